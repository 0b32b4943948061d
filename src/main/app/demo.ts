// The demo's own controls: time goes on, a card is shown at a simulated door or reader.

import type { Reply } from '../../preload/contract.ts'
import { parseDuration, toIso } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { credentialByCanonical } from '../store/credentials.ts'
import { doorById } from '../store/doors.ts'
import { StripeTrouble } from '../stripe/port.ts'
import { cardFromText } from './card-text.ts'
import type { DemoControls, DeskDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'

const notDemo = () => refuse('not-demo', 'This works in the demo only: start it with `latchkey serve --demo`.')

/** Moves the demo's one clock on and waits until the desk has read what happened at Stripe meanwhile. */
export async function advanceClock(deps: DeskDeps, by: string): Promise<Result<Reply<'demo.clock'>>> {
  const demo = deps.live.demo
  if (demo === null) return notDemo()
  const ms = by.trim().startsWith('-') ? -1 : parseDuration(by)
  if (ms === null) return refuse('bad-request', `"${by}" is not a span of time: write it like +40d, +3h or +30m.`)
  if (ms <= 0) return refuse('bad-request', "The demo's clock only goes forward: write it like +40d.")
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
  const demo = deps.live.demo
  if (demo === null) return notDemo()
  if (doorById(deps.desk, door) === null)
    return refuse('not-found', `There is no door "${door}": \`latchkey door list\` shows them.`)
  const answer = await demo.swipe(door, card)
  if (answer === null)
    return refuse('wrong-state', `The door "${door}" is not a simulated one: show the card at the door itself.`)
  return done(answer as Reply<'demo.swipe'>)
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
  return demo.present(card)
    ? done({ card })
    : refuse(
        'wrong-state',
        'The simulated reader was removed: add it again in Settings (port sim:desk, profile simulated).',
      )
}
