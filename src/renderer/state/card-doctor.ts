// The card doctor: which card is looked at, the wait for one at the reader, the test at doors, and a card that was presented
// while nobody waited.
import { create } from 'zustand'
import type { Refusal } from '../../preload/contract.ts'
import type { CardRow } from '../../preload/shapes.ts'
import type { CardUses } from '../../preload/shapes-card-doctor.ts'
import type { CardWait } from '../../preload/shapes-cards.ts'
import type { DeskLink } from '../../preload/wire.ts'
import { call } from './link.ts'
import { renew } from './readings.ts'
import { linkTo } from './route.ts'

/** How long somebody has to walk to a door and back. */
const TEST_MS = 5 * 60_000

/** `card` as it was written, `form` where somebody said which. */
export type Asked = { card: string; form?: string }
/** `after`: the newest row of the log when it began. */
export type DoorTest = { card: string; after: number; until: number; uses: CardUses['uses']; over: boolean }

type DoctorFacts = {
  asked: Asked | null
  wait: CardWait | null
  /** Why it cannot be waited for a card, or tested. */
  refusal: Refusal | null
  test: DoorTest | null
  /** A card that was presented while nobody waited. */
  shown: CardRow | null
}

export const useDoctor = create<DoctorFacts>(() => ({
  asked: null,
  wait: null,
  refusal: null,
  test: null,
  shown: null,
}))

/** From wherever a card is named; `test`: it is to be tried at a door now. */
export function openDoctor(canonical: string, { test = false } = {}): void {
  examine({ card: canonical })
  useDoctor.setState({ shown: null })
  window.location.hash = linkTo('cards')
  if (test) void testAtDoor(canonical)
}

export function examine(asked: Asked | null): void {
  stopTest()
  useDoctor.setState({ asked, refusal: null })
}

/** The next card at the desk's reader is looked at. */
export async function waitForCard(): Promise<void> {
  useDoctor.setState({ refusal: null, wait: null, shown: null })
  const outcome = await call('cards.await', { what: 'look' })
  useDoctor.setState(outcome.ok ? { wait: outcome.value } : { refusal: outcome.refusal })
}

export function stopWaiting(): void {
  const { wait } = useDoctor.getState()
  useDoctor.setState({ wait: null })
  if (wait?.state === 'waiting') void call('cards.stopWaiting', { id: wait.id })
}

function holdWait(wait: CardWait): void {
  if (useDoctor.getState().wait?.id !== wait.id) return
  useDoctor.setState({ wait: wait.state === 'done' || wait.state === 'cancelled' ? null : wait })
  if (wait.state === 'done' && wait.card !== null) examine({ card: wait.card.canonical })
}

let timer: ReturnType<typeof setTimeout> | undefined

export async function testAtDoor(card: string): Promise<void> {
  const outcome = await call('cards.uses', { card })
  if (!outcome.ok) return useDoctor.setState({ refusal: outcome.refusal })
  clearTimeout(timer)
  timer = setTimeout(() => useDoctor.setState(({ test }) => ({ test: test && { ...test, over: true } })), TEST_MS)
  const until = Date.now() + TEST_MS
  useDoctor.setState({ refusal: null, test: { card, after: outcome.value.newest, until, uses: [], over: false } })
}

export function stopTest(): void {
  clearTimeout(timer)
  useDoctor.setState({ test: null })
}

/** Something happened at a door: was it the card that is tested? */
async function askTest(): Promise<void> {
  const { test } = useDoctor.getState()
  if (test === null || test.over) return
  const { card, after } = test
  const outcome = await call('cards.uses', { card, after })
  if (!outcome.ok) return
  const { uses } = outcome.value
  useDoctor.setState(({ test: now }) =>
    // An answer that comes late must not hide one that was asked for later.
    now?.card === card && now.after === after && uses.length > now.uses.length ? { test: { ...now, uses } } : {},
  )
  if (uses.length > 0) renew('cards.uses')
}

export function forgetShown(): void {
  useDoctor.setState({ shown: null })
}

export function followDoctor(link: DeskLink): void {
  link.on('cardWait', holdWait)
  link.on('cardShown', (shown) => useDoctor.setState({ shown }))
  link.on('feed', () => void askTest())
  // What the desk waited for before is not known any more, and swipes may have come meanwhile.
  link.onLink((state) => {
    if (state !== 'open') return
    useDoctor.setState({ wait: null })
    void askTest()
  })
}
