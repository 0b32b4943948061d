// What the demo can do at each of its doors, whatever is simulated there, and how it hears what the desk made of a swipe.
import type { DoorEventKind } from '../domain/door-events.ts'
import type { Call } from './demo-access.ts'

/** `offline`: the door decided by its own list, and there is no receipt yet. `why` ends a sentence: nobody answered. */
export type Swipe = { grant: boolean; reason: string; receipt: string | null; offline: boolean } | { why: string }

export type DemoDoor = {
  name: string
  /** Cut off, it goes on by a list of its own; any other stays shut then. */
  holdsList: boolean
  swipe(card: string): Promise<Swipe>
  /** Pulls its cable, or plugs it in again. */
  cut(cut: boolean): Promise<void>
  isCut(): boolean
  /** How much it did on its own and keeps until it can tell. */
  waiting(): number
  /** Its sensor sees something; what it answers ends a sentence: why it tells nothing of that. */
  tell(kind: DoorEventKind): Promise<string | null>
  close(): Promise<void>
}

/** `fresh`: the door is added as well; else the desk knows it, and is only told where its device is now. */
export type DemoDeps = { call: Call; now: () => number; fresh: boolean }

export const seesNothing = 'it has no sensor for that'

const ANSWERS_WITHIN = 2_000
const LOOK_EVERY = 20

/** Shows a card by `present` and waits for what the desk decides; null where it decides nothing. */
export async function askDesk(call: Call, doorId: string, present: () => unknown): Promise<string | null> {
  const before = await newestSwipe(call, doorId)
  present()
  const seq = await within(async () => {
    const newest = await newestSwipe(call, doorId)
    return newest > before ? newest : null
  })
  const why = seq === null ? null : await call('feed.why', { seq })
  return why?.ok ? why.value.reason : null
}

/** Null where it does not come to be in time. */
export async function within<T>(look: () => Promise<T | null> | T | null): Promise<T | null> {
  for (let waited = 0; waited < ANSWERS_WITHIN; waited += LOOK_EVERY) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
    const seen = await look()
    if (seen !== null) return seen
  }
  return null
}

async function newestSwipe(call: Call, doorId: string): Promise<number> {
  const rows = await call('feed.recent', { limit: 20 })
  return (rows.ok ? rows.value : []).find(({ door, event }) => door.id === doorId && event === null)?.seq ?? 0
}
