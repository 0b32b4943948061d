// Everything around the desk that the demo has to make up: a clock that can be moved, a reader, two doors, people who come and go.
import { randomBytes, randomInt } from 'node:crypto'
import { type NativeDoor, startNativeDoor } from '../../../hardware/sim/native-door.ts'
import { presentToReader } from '../../../hardware/sim/reader.ts'
import type { Args, CallName, Reply } from '../../preload/contract.ts'
import type { Outcome } from '../../preload/wire.ts'
import { DAY, toIso } from '../domain/time.ts'
import { SAMPLE } from './people.ts'
import type { Sandbox } from './stripe-server.ts'

const READER = 'sim:desk'
const DOORS = [
  { id: 'front', name: 'Front door', plans: null },
  { id: 'workshop', name: 'Workshop', plans: ['Full member', 'Studio resident', 'Annual supporter'] },
]
/** All doors together swipe at most once in this time. */
const BETWEEN_SWIPES = 60_000

type Call = <N extends CallName>(name: N, args: Args<N>) => Promise<Outcome<Reply<N>>>

/** What a person at the demo can do to it; the desk's own `DemoControls`. */
export type DemoWorld = {
  advance(ms: number): Promise<void>
  swipe(doorId: string, card: string): Promise<{ grant: boolean; reason: string; receipt: string } | null>
  present(card: string): boolean
  /** Puts up reader and doors, hands out cards once members are there, and lets people come in. */
  begin(call: Call, doorsUrl: string): Promise<void>
  stop(): Promise<void>
}

/** `moveClock` is told how far the sandbox's clock runs ahead of the computer's, in milliseconds. */
export function createDemoWorld(sandbox: Sandbox, moveClock: (offset: number) => void): DemoWorld {
  const doors = new Map<string, NativeDoor>()
  let timer: ReturnType<typeof setTimeout> | null = null
  let stopped = false
  moveClock(sandbox.now() - Date.now())

  async function handOutCards(call: Call): Promise<void> {
    const members = await call('members.list', {})
    if (!members.ok || members.value.rows.some((row) => row.credentials.length > 0)) return
    // Some still wait for their card, so that there is something to enrol.
    const holders = members.value.rows.filter((row, index) => row.standing !== 'pending' && index % 6 !== 5)
    for (const { id } of holders)
      await call('cards.add', { member: id, card: `em:${randomBytes(5).toString('hex').toUpperCase()}` })
    const plans = await call('plans.list', {})
    if (!plans.ok) return
    for (const door of DOORS) {
      if (door.plans === null) continue
      const ids = plans.value.filter((plan) => door.plans.includes(plan.name)).map((plan) => plan.id)
      await call('doors.setPlans', { id: door.id, plans: ids })
    }
    await fillCalendar(call, members.value.rows)
  }

  /** Something that the space puts on, and somebody who comes along with a member. */
  async function fillCalendar(call: Call, rows: Reply<'members.list'>['rows']): Promise<void> {
    const day = (ahead: number) => toIso(sandbox.now() + ahead * DAY).slice(0, 10)
    const evening = { name: 'Open evening', from: `${day(2)}T18:00`, until: `${day(2)}T22:00` }
    await call('events.save', { ...evening, doors: ['front'], members: null, heads: 40 })
    const played: string[] = Object.values(SAMPLE).map(({ name }) => name)
    const someone = (standing: string) => rows.find((row) => row.standing === standing && !played.includes(row.name))
    const [host, guest] = [someone('current'), someone('ended')]
    if (host && guest) await call('guests.invite', { host: host.id, guest: guest.id, until: day(3) })
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

    async swipe(doorId, card) {
      const answer = await doors.get(doorId)?.present(card)
      return answer?.kind === 'answer' ? { grant: answer.grant, reason: answer.reason, receipt: answer.receipt } : null
    },

    present: (card) => presentToReader(READER, card),

    async begin(call, doorsUrl) {
      const known = await call('doors.list', {})
      const members = await call('members.list', { limit: 1 })
      const fresh = members.ok && members.value.total === 0 && known.ok && known.value.length === 0
      if (fresh) await call('readers.add', { port: READER, profile: 'simulated' })
      for (const { id, name } of DOORS) {
        // The key was shown once, when the door was made; the simulated controller gets a new one at each start.
        const made = fresh ? await call('doors.add', { id, name }) : await call('doors.rekey', { id })
        if (made.ok)
          doors.set(id, startNativeDoor({ url: doorsUrl, id, key: made.value.key, random: randomBytes, memory: 1_000 }))
      }
      // The first answer is that no key is there yet, until the connection to Stripe is made.
      while (!stopped && !(await call('sync.run', { wait: true })).ok)
        await new Promise((resolve) => setTimeout(resolve, 200))
      if (stopped) return
      await handOutCards(call)
      next(call, 4_000)
    },

    async stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await Promise.all([...doors.values()].map((door) => door.close()))
    },
  }
}
