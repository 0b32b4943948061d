// The spans that membership numbers are made of. Reading those of a large space takes a second, so the report thread keeps
// them and reads them anew a little at a time; figures say of which moment they are.
import type { Reply } from '../../preload/contract.ts'
import { type Stay, staysOf } from '../domain/membership-numbers.ts'
import { DAY, MINUTE, type Ms } from '../domain/time.ts'
import type { ReadDb } from '../store/open.ts'
import type { ReadDeps } from './deps.ts'
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

/** From so many on. */
const LARGE = 5_000
/** `renewSpans` is asked to each minute. */
const OLD = 2 * MINUTE
const UNASKED = DAY
const kept = new WeakMap<ReadDb, { last: KeptSpans; askedAt: Ms }>()

export function keptSpans(deps: ReadDeps): KeptSpans {
  const now = deps.now()
  const before = kept.get(deps.desk)
  if (before !== undefined && now >= before.last.at && now - before.last.at < OLD) {
    before.askedAt = now
    return before.last
  }
  const steps = inSteps(deps)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return keep(deps.desk, step.value, now)
}

/** In a large space, where anybody asked within the last day. */
export function* renewSpans(deps: ReadDeps): Generator<void, void> {
  const before = kept.get(deps.desk)
  if (before === undefined || deps.now() - before.askedAt >= UNASKED) return
  const fresh = yield* inSteps(deps)
  fresh.staysBy(null)
  keep(deps.desk, fresh, before.askedAt)
}

function keep(desk: ReadDb, fresh: KeptSpans, askedAt: Ms): KeptSpans {
  if (fresh.spans.covered.length > LARGE) kept.set(desk, { last: fresh, askedAt })
  else kept.delete(desk)
  return fresh
}

function* inSteps(deps: ReadDeps): Generator<void, KeptSpans> {
  const at = deps.now()
  const usual = currencyHere(deps)
  yield
  const spans = yield* spansInSteps(deps.desk, usual)
  const stays = new Map<string | null, Stay[]>()
  return {
    ...{ at, usual, spans, replies: new Map() },
    staysBy(plan) {
      const known = stays.get(plan)
      if (known !== undefined) return known
      const own = plan === null ? spans.covered : spans.covered.filter((one) => one.plan === plan)
      const found = staysOf(own, at)
      stays.set(plan, found)
      return found
    },
  }
}
