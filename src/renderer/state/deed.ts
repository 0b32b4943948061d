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
