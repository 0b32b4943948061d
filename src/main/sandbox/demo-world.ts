// Everything around the desk that the demo has to make up: a clock that can be moved, a reader, two doors, people who come and go.
import { randomBytes, randomInt } from 'node:crypto'
import { type NativeDoor, startNativeDoor } from '../../../hardware/sim/native-door.ts'
import { presentToReader } from '../../../hardware/sim/reader.ts'
import type { Reply } from '../../preload/contract.ts'
import { type Call, setUpAccess, setUpCompany } from './demo-access.ts'
import { type DemoBoard, GATE, startDemoBoard } from './demo-board.ts'
import type { Sandbox } from './stripe-server.ts'

const READER = 'sim:desk'
const DOORS = [
  { id: 'front', name: 'Front door' },
  { id: 'workshop', name: 'Workshop' },
]
/** All doors together swipe at most once in this time. */
const BETWEEN_SWIPES = 60_000

/** What a person at the demo can do to it; the desk's own `DemoControls`. The doors are the simulated ones. */
export type DemoWorld = {
  advance(ms: number): Promise<void>
  present(card: string): boolean
  doors(): Reply<'demo.doors'>
  swipe(doorId: string, card: string): Promise<Swipe | { why: string }>
  cutDoor(doorId: string, cut: boolean): Promise<void>
  tell(doorId: string, kind: string): Promise<void>
  /** Puts up reader and doors, hands out cards once members are there, and lets people come in. */
  begin(call: Call, doorsUrl: string): Promise<void>
  stop(): Promise<void>
}

type Swipe = { grant: boolean; reason: string; receipt: string | null; offline: boolean }

/** `moveClock` is told how far the sandbox's clock runs ahead of the computer's, in milliseconds. */
export function createDemoWorld(sandbox: Sandbox, moveClock: (offset: number) => void): DemoWorld {
  const doors = new Map<string, NativeDoor>()
  let gate: { board: DemoBoard; call: Call } | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let stopped = false
  moveClock(sandbox.now() - Date.now())

  const simulatedDoor = (id: string, key: string, url: string) =>
    startNativeDoor({
      url,
      id,
      key,
      random: randomBytes,
      memory: 1_000,
      // Its clock goes on with the demo's, also while it is cut off.
      uptime: () => sandbox.now(),
      // Nobody stands there whom a busy computer keeps waiting.
      patience: 2_000,
    })

  function doorOf(id: string): NativeDoor {
    const door = doors.get(id)
    if (door === undefined) throw new Error(`The demo has no door ${id}`)
    return door
  }

  async function handOutCards(call: Call): Promise<void> {
    const members = await call('members.list', {})
    if (!members.ok || members.value.rows.some((row) => row.credentials.length > 0)) return
    // Some still wait for their card, so that there is something to enrol.
    const holders = members.value.rows.filter((row, index) => row.standing !== 'pending' && index % 6 !== 5)
    for (const { id } of holders)
      await call('cards.add', { member: id, card: `em:${randomBytes(5).toString('hex').toUpperCase()}` })
    await setUpAccess(call, new Date(sandbox.now()).getUTCFullYear())
    await setUpCompany(call, members.value.rows, sandbox.now())
  }

  async function someoneComes(call: Call): Promise<void> {
    const members = await call('members.list', {})
    if (!members.ok) return
    const cards = members.value.rows.flatMap((row) =>
      row.standing === 'current' || randomInt(4) === 0 ? row.credentials : [],
    )
    const card = cards[randomInt(Math.max(1, cards.length))]
    const door = [...doors.values()][randomInt(3) === 0 ? 1 : 0]
    if (card !== undefined) await door?.present(card)
  }

  function next(call: Call, after: number): void {
    if (stopped) return
    timer = setTimeout(() => {
      void someoneComes(call).finally(() => next(call, BETWEEN_SWIPES + randomInt(30_000)))
    }, after)
  }

  return {
    async advance(ms) {
      await sandbox.advance(ms)
      moveClock(sandbox.now() - Date.now())
    },

    present: (card) => presentToReader(READER, card),

    doors: () => [
      ...DOORS.flatMap(({ id, name }) => {
        const held = doors.get(id)?.held()
        return held === undefined ? [] : [{ id, name, cut: held.cut, waiting: held.waiting }]
      }),
      ...(gate === null ? [] : [{ ...GATE, cut: gate.board.isCut(), waiting: 0 }]),
    ],

    async swipe(doorId, card) {
      if (gate !== null && doorId === GATE.id) {
        const swiped = await gate.board.swipe(gate.call, card)
        return 'why' in swiped ? swiped : { ...swiped, receipt: null }
      }
      const answer = await doorOf(doorId).present(card)
      if (answer.kind === 'refused') return { why: answer.detail || answer.error }
      if (answer.kind === 'unreachable') return answer
      const { grant, reason } = answer
      return {
        grant,
        reason,
        receipt: answer.kind === 'answer' ? answer.receipt : null,
        offline: answer.kind === 'offline',
      }
    },

    async cutDoor(doorId, cut) {
      if (doorId === GATE.id) return gate?.board.cut(cut)
      const door = doorOf(doorId)
      // What it would do by itself within ten seconds: have the newest list beforehand, tell everything afterwards.
      if (cut) await door.catchUp()
      door.cutOff(cut)
      if (!cut) await door.catchUp()
    },

    async tell(doorId, kind) {
      if (doorId === GATE.id) return gate?.board.force()
      await doorOf(doorId).tell(kind)
    },

    async begin(call, doorsUrl) {
      const known = await call('doors.list', {})
      const members = await call('members.list', { limit: 1 })
      const fresh = members.ok && members.value.total === 0 && known.ok && known.value.length === 0
      if (fresh) await call('readers.add', { port: READER, profile: 'simulated' })
      for (const { id, name } of DOORS) {
        // The key was shown once, when the door was made; the simulated controller gets a new one at each start.
        const made = fresh ? await call('doors.add', { id, name }) : await call('doors.rekey', { id })
        if (made.ok && made.value.key !== null) doors.set(id, simulatedDoor(id, made.value.key, doorsUrl))
      }
      // The first answer is that no key is there yet, until the connection to Stripe is made.
      while (!stopped && !(await call('sync.run', { wait: true })).ok)
        await new Promise((resolve) => setTimeout(resolve, 200))
      if (stopped) return
      await handOutCards(call)
      if (fresh || (known.ok && known.value.some(({ id }) => id === GATE.id)))
        gate = { call, board: await startDemoBoard(call, () => sandbox.now(), fresh) }
      next(call, 4_000)
    },

    async stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await Promise.all([...[...doors.values()].map((door) => door.close()), gate?.board.close()])
    },
  }
}
