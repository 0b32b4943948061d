// One deed of a journal of money that has no other: written down before it is asked for and after, once at a time.
import { keyOfDeed, type MoneyKind } from '../domain/money-journal.ts'
import type { DeedNow } from '../domain/sign-up.ts'
import { StripeTrouble } from '../stripe/port.ts'
import { faultOf } from './at-card-reader.ts'
import type { DeskDeps } from './deps.ts'
import { refuse } from './result.ts'

type OneDeed<T> = {
  what: MoneyKind
  id: string
  deed: string
  before: DeedNow
  /** What is said where nobody knows how it went. */
  unclear: string
  begun: (key: string) => void
  /** `again`: it was asked for before, and its answer was lost. */
  ask: (key: string, again: boolean) => Promise<T>
  /** In one transaction. */
  made: (made: T) => void
  refused: (fault: { code: string; sentence: string }) => void
}

/** Null where it was done. What is unclear stays begun. */
export async function doOneDeed<T>(deps: DeskDeps, one: OneDeed<T>): Promise<ReturnType<typeof refuse> | null> {
  const { what, id, deed, before } = one
  const again = before.state === 'open'
  const key = keyOfDeed(what, id, deed, before)
  if (!again) one.begun(key)
  try {
    const made = await one.ask(key, again)
    deps.live.db.transaction(() => one.made(made)).immediate()
    return null
  } catch (error) {
    const fault = faultOf(error)
    if (fault !== null) {
      deps.live.db.transaction(() => one.refused(fault)).immediate()
      return refuse('stripe', fault.sentence)
    }
    if (error instanceof StripeTrouble) return refuse('stripe', one.unclear)
    throw error
  }
}
