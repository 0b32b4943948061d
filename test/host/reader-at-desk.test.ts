// A reader at the desk that belongs to a door with a relay: what it reads is a swipe there, unless a card is being enrolled.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { presentToReader } from '../../hardware/sim/reader.ts'
import { type Shelly, startShelly } from '../../hardware/sim/shelly.ts'
import { answerCall, owner } from '../../src/main/host/dispatch.ts'
import { allReaders } from '../../src/main/store/doors.ts'
import type { Args, CallName, Reply } from '../../src/preload/contract.ts'
import type { ReaderSearch } from '../../src/preload/shapes-readers.ts'
import { until } from '../hardware/until.ts'
import { startTestDesk, type TestDesk } from './test-desk.ts'

const READER = 'sim:relay'
const CARD = 'em:6F007B3972'
let desk: TestDesk
let shelly: Shelly

async function ask<N extends CallName>(name: N, args: Args<N>): Promise<Reply<N>> {
  const outcome = await answerCall(desk.desk.deps, owner(), name, args, () => undefined)
  if (!outcome.ok) throw new Error(outcome.refusal.sentence)
  return outcome.value as Reply<N>
}

beforeAll(async () => {
  desk = await startTestDesk()
  shelly = await startShelly({ random: randomBytes })
})
afterAll(async () => {
  await desk.stop()
  await shelly.close()
})

test('a card that is being enrolled opens nothing, and the next time it does', async () => {
  await ask('doors.add', { id: 'gate', driver: 'relay', url: `http://127.0.0.1:${shelly.port}` })
  await ask('doors.add', { id: 'front' })
  const reader = { port: READER, profile: 'simulated' }
  await expect(ask('readers.add', { ...reader, door: 'front' })).rejects.toThrow('asks us by itself')
  await expect(ask('readers.add', { ...reader, door: 'cellar' })).rejects.toThrow('There is no door "cellar"')
  expect(await ask('readers.add', { ...reader, door: 'gate' })).toMatchObject({ port: READER, door: 'gate' })
  const [member] = (await ask('members.list', { standing: 'current' })).rows
  await ask('cards.await', { what: 'enrol', member: member?.id ?? '' })
  presentToReader(READER, CARD)
  const found = async () => (await ask('cards.find', { card: CARD })).matches[0]?.member
  await expect.poll(found).toBe(member?.id)
  expect(shelly.done.filter((done) => done.startsWith('Switch.Set'))).toEqual([])

  presentToReader(READER, CARD)
  await until('the relay opens', () => shelly.isOn())
  expect((await ask('feed.recent', { limit: 5 }))[0]).toMatchObject({
    door: { id: 'gate' },
    member: { id: member?.id },
  })
  presentToReader(READER, 'em:0011223344')
  const newest = async () => (await ask('feed.recent', { limit: 5 }))[0]?.verdict
  await expect.poll(newest).toBe('note')
  expect(desk.failures).toEqual([])
})

test('a reader that types is found out, added with its form, and enrols', async () => {
  const told: ReaderSearch[] = []
  const deaf = desk.desk.onPush((name, value) => void (name === 'readerSearch' && told.push(value as ReaderSearch)))
  const search = await ask('readers.find', { port: 'keyboard' })
  await expect.poll(() => told.at(-1)?.state).toBe('listening')
  await ask('readers.typed', { text: '0008075634' })
  expect(told.at(-1)?.guesses.map(({ settings }) => settings.form)).toContain('6H10D')
  const { guesses } = await ask('readers.learn', { id: search.id, printed: '6F007B3972' })
  const right = guesses.find(({ settings }) => settings.form === '8H10D')
  expect(right).toMatchObject({ profile: 'wedge', card: 'w34:007B3972' })
  await ask('readers.endFind', { id: search.id })
  expect(told.at(-1)?.state).toBe('ended')
  deaf()

  const wedge = { port: '', profile: 'wedge', settings: right?.settings ?? {} }
  await expect(ask('readers.add', { ...wedge, port: '/dev/ttyUSB0' })).rejects.toThrow('its port is keyboard')
  await expect(ask('readers.add', { ...wedge, settings: { baud: 9_600 } })).rejects.toThrow('nothing to set as "baud"')
  await expect(ask('readers.add', { ...wedge, profile: 'crystal' })).rejects.toThrow('Use one of: rdm6300')
  const { id } = await ask('readers.add', wedge)
  await expect(ask('readers.add', wedge)).rejects.toThrow('There is a reader on keyboard already')
  await expect(ask('readers.find', { port: 'keyboard' })).rejects.toThrow('in use already')
  await expect.poll(async () => (await ask('readers.list', {})).find((one) => one.id === id)?.state).toBe('ready')
  expect(allReaders(desk.desk.deps.desk).find((one) => one.id === id)).toMatchObject({
    port: 'keyboard',
    settings: { form: '8H10D' },
    ids: null,
  })

  const member = (await ask('members.list', { standing: 'current' })).rows[1]
  await ask('cards.await', { what: 'enrol', member: member?.id ?? '' })
  await ask('readers.typed', { text: '0012345678' })
  await expect.poll(async () => (await ask('cards.find', { card: 'w34:00BC614E' })).matches[0]?.member).toBe(member?.id)
  await ask('readers.remove', { id })
  expect((await ask('readers.list', {})).some((one) => one.id === id)).toBe(false)
  expect(desk.failures).toEqual([])
})
