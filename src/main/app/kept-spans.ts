// The spans that membership numbers are made of.
import type { Reply } from '../../preload/contract.ts'
import { type Stay, staysOf } from '../domain/membership-numbers.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDeps } from './deps.ts'
import { kept, LARGE } from './kept.ts'
import { currencyHere } from './late-lines.ts'
import { type Spans, spansInSteps } from './membership-spans.ts'

/** `usual`: the currency of most memberships. */
export type KeptSpans = {
  at: Ms
  usual: string
  spans: Spans
  staysBy: (plan: string | null) => Stay[]
  replies: Map<string, Reply<'numbers.membership'>>
}

export const keptSpans = kept<KeptSpans>(inSteps, ({ spans }) => spans.covered.length > LARGE)

function* inSteps(deps: ReadDeps): Generator<void, KeptSpans> {
  const at = deps.now()
  const usual = currencyHere(deps)
  yield
  const spans = yield* spansInSteps(deps.desk, usual)
  const everybody: Stay[] = []
  for (const some of Map.groupBy(spans.covered, ({ person }) => person.at(-1)).values()) {
    yield
    for (const stay of staysOf(some, at)) everybody.push(stay)
  }
  const stays = new Map<string | null, Stay[]>([[null, everybody]])
  return {
    ...{ at, usual, spans, replies: new Map() },
    staysBy(plan) {
      const known = stays.get(plan)
      if (known !== undefined) return known
      const own = spans.covered.filter((one) => one.plan === plan)
      const found = staysOf(own, at)
      stays.set(plan, found)
      return found
    },
  }
}
