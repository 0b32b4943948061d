// One thing asked of the desk by a button: busy while it runs, and the sentence where it was refused.
import { useState } from 'react'
import type { Args, CallName, Refusal, Reply } from '../../preload/contract.ts'
import type { Outcome } from '../../preload/wire.ts'
import { call } from './link.ts'
import { renew } from './readings.ts'

export type Deed = {
  busy: boolean
  refusal: Refusal | null
  run<N extends CallName>(name: N, args: Args<N>, ...changes: CallName[]): Promise<Outcome<Reply<N>>>
  clear(): void
}

/** `changes`: which answers on screen may be different afterwards. */
export function useDeed(): Deed {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  return {
    busy,
    refusal,
    clear: () => setRefusal(null),
    async run(name, args, ...changes) {
      setBusy(true)
      setRefusal(null)
      const outcome = await call(name, args)
      setBusy(false)
      if (!outcome.ok) setRefusal(outcome.refusal)
      if (changes.length > 0) renew(...changes)
      return outcome
    },
  }
}

/** Beside which fields a refusal is said, and what; null where it is about the whole. */
export function fieldsOf(refusal: Refusal | null): Record<string, string> | null {
  const detail = refusal?.detail
  if (typeof detail !== 'object' || detail === null || !('fields' in detail)) return null
  const { fields } = detail
  if (typeof fields !== 'object' || fields === null) return null
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => typeof text === 'string'))
}
