// The demo's own controls: time goes on, a card is shown at a simulated door or reader.

import type { Reply } from '../../preload/contract.ts'
import type { BankCard } from '../domain/bank-cards.ts'
import { readCard } from '../domain/card-identity.ts'
import { demoRefusals as refusals } from '../domain/demo-en.ts'
import type { DoorEventKind } from '../domain/door-events.ts'
import { DAY, parseDuration, toIso } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { credentialByCanonical } from '../store/credentials.ts'
import { textAtDoor } from '../store/door-list.ts'
import { type Door, doorById, formOf } from '../store/doors.ts'
import { StripeTrouble } from '../stripe/port.ts'
import { cardFromText } from './card-text.ts'
import type { DemoControls, DeskDeps } from './deps.ts'
import { oursFirst } from './find-card.ts'
import { done, type Result, refuse } from './result.ts'

const notDemo = () => refuse('not-demo', refusals.notDemo)

/** Every renewal of every member on the way is made up: more would take all memory. */
const FARTHEST = 3_660 * DAY

/** Moves the demo's one clock on and waits until the desk has read what happened at Stripe meanwhile. */
export async function advanceClock(deps: DeskDeps, by: string): Promise<Result<Reply<'demo.clock'>>> {
  const demo = deps.live.demo
  if (demo === null) return notDemo()
  const ms = by.trim().startsWith('-') ? -1 : parseDuration(by)
  if (ms === null) return refuse('bad-request', refusals.noSpan(by))
  if (ms <= 0) return refuse('bad-request', refusals.onlyForward)
  if (ms > FARTHEST) return refuse('bad-request', refusals.tooFar)
  await demo.advance(ms)
  try {
    await deps.live.sync.run({ full: false })
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
  deps.live.push('members', {})
  deps.live.pushLamps()
  return done({ now: toIso(deps.now()), lastCompleteAt: toIso(readSyncState(deps.desk).lastCompleteAt ?? null) })
}

export async function demoSwipe(deps: DeskDeps, door: string, card: string): Promise<Result<Reply<'demo.swipe'>>> {
  const found = simulated(deps, door)
  if (!found.ok) return found
  const answer = await found.value.swipe(door, textShown(deps, door, card))
  if ('why' in answer) return refuse('bad-request', refusals.noAnswer(door, answer.why))
  return done(answer as Reply<'demo.swipe'>)
}

/** A device is shown the card, a controller of our own what its reader would make of it; of what is none, it says so. */
function textShown(deps: DeskDeps, id: string, text: string): string {
  const door = doorById(deps.desk, id)
  const card = door === null ? null : cardMeant(deps, door, text)
  if (door === null || card === null) return text
  return door.driver === 'native' ? (textAtDoor(card, door.format) ?? card) : card
}

/** Written as lists show it, as it is printed where that is one card of ours, or as the door's reader would show it. */
function cardMeant(deps: DeskDeps, door: Door, text: string): string | null {
  const identity = readCard(text, 'canonical')
  if (identity.ok) return identity.canonical
  const [ours, ...more] = oursFirst(deps, text).filter(({ known }) => known)
  if (ours !== undefined && more.length === 0) return ours.canonical
  const read = readCard(text, formOf(door))
  return read.ok ? read.canonical : null
}

export function demoDoors(deps: DeskDeps): Result<Reply<'demo.doors'>> {
  const demo = deps.live.demo
  return demo === null ? notDemo() : done(demo.doors())
}

/** Back at the cable, a door tells at once what it did meanwhile. */
export async function cutDoor(deps: DeskDeps, door: string, cut: boolean): Promise<Result<Reply<'demo.cutDoor'>>> {
  const found = simulated(deps, door)
  if (!found.ok) return found
  await found.value.cutDoor(door, cut)
  deps.live.pushLamps()
  return stateOf(found.value, door)
}

export async function tellAtDoor(
  deps: DeskDeps,
  door: string,
  kind: DoorEventKind,
): Promise<Result<Reply<'demo.tell'>>> {
  const found = simulated(deps, door)
  if (!found.ok) return found
  const why = await found.value.tell(door, kind)
  return why !== null ? refuse('wrong-state', refusals.tellsNothing(door, why)) : stateOf(found.value, door)
}

/** The demo's controls, where this door is one of its simulated ones. */
function simulated(deps: DeskDeps, door: string): Result<DemoControls> {
  const demo = deps.live.demo
  if (demo === null) return notDemo()
  if (doorById(deps.desk, door) === null) return refuse('not-found', refusals.noDoor(door))
  return demo.doors().some(({ id }) => id === door) ? done(demo) : refuse('wrong-state', refusals.realDoor(door))
}

function stateOf(demo: DemoControls, door: string): Result<Reply<'demo.tell'>> {
  const state = demo.doors().find(({ id }) => id === door)
  return state === undefined ? refuse('wrong-state', refusals.realDoor(door)) : done(state)
}

/** Holds a card to the simulated reader: the one asked for, or a fresh one. */
export function presentCard(deps: DeskDeps, text: string | undefined): Result<{ card: string }> {
  const demo: DemoControls | null = deps.live.demo
  if (demo === null) return notDemo()
  if (text !== undefined) {
    const card = cardFromText(text, undefined)
    return card.ok ? present(demo, card.value) : card
  }
  let card = `em:${deps.live.randomHex(5).toUpperCase()}`
  while (credentialByCanonical(deps.desk, card) !== null) card = `em:${deps.live.randomHex(5).toUpperCase()}`
  return present(demo, card)
}

function present(demo: DemoControls, card: string): Result<{ card: string }> {
  return demo.present(card) ? done({ card }) : refuse('wrong-state', refusals.noReader)
}

/** A sample bank card, where a card reader waits for one. */
export function payAtReader(deps: DeskDeps, card: BankCard): Result<{ ok: true }> {
  const { demo } = deps.live
  if (demo === null) return notDemo()
  return demo.pay(card) ? done({ ok: true as const }) : refuse('wrong-state', refusals.nobodyPays)
}
