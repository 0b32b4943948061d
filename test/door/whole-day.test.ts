// The desk is gone from one evening to the next: two doors that hold lists go on, and every swipe comes into the log with
// the time that it had, none twice and none missing, though the desk dies once more while they tell of it.
import { randomBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { startNativeDoor } from '../../hardware/sim/native-door.ts'
import { DAY, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { setKeys } from '../../src/main/store/door-orders.ts'
import { breakThread } from '../chaos/break-thread.ts'
import { addPerson, newCard, worldForTest } from './world.ts'

const FAILING = new URL('./failing-thread.ts', import.meta.url)
const SWIPES = 288

test('a day without the desk, at two doors', async () => {
  const world = worldForTest()
  const ids = ['front', 'side'] as const
  const keys = ids.map((id) => world.addDoor(id).key)
  // Between two swipes, so that it does not matter how long this test takes.
  const end = Date.now() + 12 * HOUR + 2 * MINUTE
  const ada = addPerson(world.desk).card
  const leaving = addPerson(world.desk, { holds: { knownEnd: end } }).card
  const kim = addPerson(world.desk, { holds: null })
  setKeys(world.desk, kim.memberId, ['front'], Date.now(), 'owner')
  const unknown = newCard()
  const desk = await world.start()

  let uptime = 0
  const doors = ids.map((id, n) => {
    const url = `http://127.0.0.1:${world.port}`
    const own = { url, id, key: keys[n] ?? '', random: randomBytes, memory: 1_000, patience: 10_000 }
    return startNativeDoor({ ...own, uptime: () => uptime })
  })
  onTestFinished(async () => void (await Promise.all(doors.map((door) => door.close()))))
  for (const door of doors) await door.catchUp()
  const began = Date.now()
  await desk.stop()

  const cards = [ada, leaving, kim.card, unknown]
  const seen: { id: string; n: number; at: number; card: string; grant: boolean; reason: string }[] = []
  for (let n = 1; n <= SWIPES; n += 1) {
    uptime = n * 5 * MINUTE
    for (const [which, door] of doors.entries()) {
      const card = cards[(n + which) % cards.length] ?? ''
      const answer = await door.present(card)
      if (answer.kind !== 'offline') throw new Error(`A door without a desk said ${JSON.stringify(answer)}`)
      const { grant, reason } = answer
      seen.push({ id: ids[which] ?? '', n, at: began + uptime, card, grant, reason })
    }
  }
  const granted = (card: string, id: string) => seen.filter((one) => one.card === card && one.id === id && one.grant)
  const shown = SWIPES / cards.length
  expect([granted(ada, 'front'), granted(ada, 'side')].map(({ length }) => length)).toEqual([shown, shown])
  expect([granted(kim.card, 'front'), granted(kim.card, 'side')].map(({ length }) => length)).toEqual([shown, 0])
  expect(granted(unknown, 'front')).toEqual([])
  // To the end that was agreed, and no longer.
  for (const id of ids) expect(granted(leaving, id)).toHaveLength(shown / 2)

  world.offset[0] = DAY
  await world.start({ port: world.port, entry: FAILING })
  // It dies with the first upload on disk and nobody told.
  await breakThread(world.dataDir, 'unsaid')
  for (const door of doors)
    await expect
      .poll(
        () =>
          door.catchUp().then(
            () => door.held().waiting,
            () => null,
          ),
        { timeout: 15_000 },
      )
      .toBe(0)
  for (const door of doors) expect(await door.present(ada)).toMatchObject({ kind: 'answer', grant: true })

  const { rows, firstBad } = world.log()
  expect(firstBad).toBeNull()
  for (const id of ids) {
    const uploaded = rows.filter((row) => row.door_id === id && row.rule === 'uploaded')
    const own = seen.filter((one) => one.id === id)
    const told = uploaded.map(({ inputs, at, card_text: card, granted: grant, reason }, index) => {
      const { n, uploadedAt } = JSON.parse(String(inputs))
      expect(Date.parse(uploadedAt)).toBeGreaterThanOrEqual(began + DAY)
      expect(Math.abs(Number(at) - (own[index]?.at ?? 0))).toBeLessThan(MINUTE)
      return { id, n, at: own[index]?.at, card, grant: grant === 1, reason }
    })
    expect(told).toEqual(own)
  }
})
