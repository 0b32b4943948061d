// Everything around the desk that the demo has to make up: a clock that can be moved, a reader, doors, people who come and go.
import { randomBytes, randomInt } from 'node:crypto'
import { presentToReader } from '../../../hardware/sim/reader.ts'
import type { Reply } from '../../preload/contract.ts'
import type { BankCard } from '../domain/bank-cards.ts'
import type { DoorEventKind } from '../domain/door-events.ts'
import { type Call, setUpAccess, setUpCompany } from './demo-access.ts'
import { GATE, startDemoBoard } from './demo-board.ts'
import { STUDIO, startDemoBox } from './demo-box.ts'
import type { DemoDoor, Swipe } from './demo-door.ts'
import { startDemoNative } from './demo-native.ts'
import { STORE, startDemoRelay } from './demo-relay.ts'
import { PAID_PAGE } from './pages.ts'
import type { Sandbox } from './stripe-server.ts'

const READER = 'sim:desk'
const DOORS = [
  { id: 'front', name: 'Front door' },
  { id: 'workshop', name: 'Workshop' },
] as const
/** All doors together swipe at most once in this time. */
const BETWEEN_SWIPES = 60_000

/** What a person at the demo can do to it; the desk's own `DemoControls`. The doors are the simulated ones. */
export type DemoWorld = {
  advance(ms: number): Promise<void>
  present(card: string): boolean
  /** A bank card at the card reader for payments; false where none waits for one. */
  pay(card: BankCard): boolean
  /** Where the sandbox has the page of an invoice: its objects tell an address of Stripe's. */
  pageOf(url: string): string
  doors(): Reply<'demo.doors'>
  swipe(doorId: string, card: string): Promise<Swipe>
  cutDoor(doorId: string, cut: boolean): Promise<void>
  tell(doorId: string, kind: DoorEventKind): Promise<string | null>
  /** Puts up reader and doors, hands out cards once members are there, and lets people come in. */
  begin(call: Call, at: { doors: string; broker: Promise<number> }): Promise<void>
  stop(): Promise<void>
}

/** `moveClock` is told how far the sandbox's clock runs ahead of the computer's, in milliseconds; `boxFile` is where what the
 * box at a door holds outlasts the demo. */
export function createDemoWorld(
  sandbox: Sandbox,
  moveClock: (offset: number) => void,
  boxFile: string | null = null,
): DemoWorld {
  const doors = new Map<string, DemoDoor>()
  let timer: ReturnType<typeof setTimeout> | null = null
  let stopped = false
  moveClock(sandbox.now() - Date.now())

  function doorOf(id: string): DemoDoor {
    const door = doors.get(id)
    if (door === undefined) throw new Error(`The demo has no door ${id}`)
    return door
  }

  /** One that is ready only after the demo was stopped ends at once. */
  async function putUp(id: string, starting: Promise<DemoDoor | null>): Promise<void> {
    const door = await starting
    if (stopped) await door?.close()
    else if (door !== null) doors.set(id, door)
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

  /** The sandbox is at another port each time. */
  async function thankPayers(call: Call, fresh: boolean): Promise<void> {
    const known = await call('settings.get', {})
    if (fresh || (known.ok && known.value.website?.endsWith(PAID_PAGE)))
      await call('settings.set', { website: `${sandbox.url}${PAID_PAGE}` })
  }

  async function someoneComes(call: Call): Promise<void> {
    const members = await call('members.list', {})
    if (!members.ok) return
    const cards = members.value.rows.flatMap((row) =>
      row.standing === 'current' || randomInt(4) === 0 ? row.credentials : [],
    )
    const card = cards[randomInt(Math.max(1, cards.length))]
    if (card !== undefined) await doors.get(DOORS[randomInt(3) === 0 ? 1 : 0].id)?.swipe(card)
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

    pageOf: (url) => url.replace('https://invoice.stripe.com', sandbox.url),
    pay(card) {
      const waiting = payReaders(sandbox).find(({ action }) => action?.status === 'in_progress')
      if (waiting !== undefined) sandbox.acts.presentCard(waiting.id, card)
      return waiting !== undefined
    },

    doors: () =>
      [...doors].map(([id, door]) => {
        const { name, holdsList } = door
        return { id, name, holdsList, cut: door.isCut(), waiting: door.waiting() }
      }),

    swipe: (doorId, card) => doorOf(doorId).swipe(card),
    cutDoor: (doorId, cut) => doorOf(doorId).cut(cut),
    tell: (doorId, kind) => doorOf(doorId).tell(kind),

    async begin(call, at) {
      const known = await call('doors.list', {})
      const members = await call('members.list', { limit: 1 })
      const fresh = members.ok && members.value.total === 0 && known.ok && known.value.length === 0
      const deps = { call, now: () => sandbox.now(), fresh }
      if (fresh) await call('readers.add', { port: READER, profile: 'simulated' })
      await thankPayers(call, fresh)
      if (payReaders(sandbox).length === 0) putUpPayReader(sandbox)
      for (const door of DOORS) await putUp(door.id, startDemoNative(deps, door, at.doors))
      // The first answer is that no key is there yet, until the connection to Stripe is made.
      while (!stopped && !(await call('sync.run', { wait: true })).ok)
        await new Promise((resolve) => setTimeout(resolve, 200))
      if (stopped) return
      await handOutCards(call)
      next(call, 4_000)
      // What needs most to be loaded comes last. A door that somebody has removed stays away.
      const others = [
        [GATE, () => startDemoBoard(deps)],
        [STORE, () => startDemoRelay(deps)],
        [STUDIO, () => startDemoBox(deps, at.broker, boxFile)],
      ] as const
      for (const [{ id }, start] of others)
        if (!stopped && (fresh || (known.ok && known.value.some((door) => door.id === id)))) await putUp(id, start())
    },

    async stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await Promise.all([...doors.values()].map((door) => door.close()))
    },
  }
}

type PayReader = { id: string; action: { status: string } | null }

function payReaders({ acts }: Sandbox): PayReader[] {
  return (acts.api('GET', '/v1/terminal/readers') as { data?: PayReader[] }).data ?? []
}

/** The one at the desk that takes bank cards. */
function putUpPayReader({ acts }: Sandbox): void {
  const address = { line1: 'Holzmarktstraße 25', city: 'Berlin', country: 'DE', postal_code: '10243' }
  const location = acts.api('POST', '/v1/terminal/locations', { display_name: 'Front desk', address })
  const reader = { registration_code: 'simulated-wpe', label: 'Front desk', location: String(location.id) }
  acts.api('POST', '/v1/terminal/readers', reader)
}
