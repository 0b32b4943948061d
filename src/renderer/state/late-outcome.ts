// What was last done about late payments, with what can be done about that: it outlives the selection that it was done to.
import { create } from 'zustand'
import type { Acted } from '../../preload/shapes-late.ts'

/** `again`: whom it can be done to all the same, where it was not for having been done lately. */
export type LateOutcome = { words: string; acted: Acted; again: (() => Promise<void>) | null }

export const useLateOutcome = create<{ outcome: LateOutcome | null }>(() => ({ outcome: null }))

export function tellOutcome(outcome: LateOutcome | null): void {
  useLateOutcome.setState({ outcome })
}
