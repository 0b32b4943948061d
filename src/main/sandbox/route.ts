// What a route is, and the usual kinds of them: one object, a list, a change at its customer's time.
import type { ApiError } from './api-error.ts'
import { type Allowed, type Params, text } from './params.ts'
import { type ListedKind, listAllowed, readList, readOne } from './reads.ts'
import type { Kind, Records } from './records.ts'
import { type Rendered, render } from './render.ts'
import type { World } from './state.ts'
import { atClock, clockOf } from './test-clocks.ts'

/** `id` is the path's first variable part, `inner` the second; `path` is the address of a list. */
type Run<T> = (world: World, id: string, params: Params, at: { inner: string; path: string }) => T

/**
 * `allowed` is what the sandbox models of what Stripe takes; the rest of that is a 501. `expand` is always allowed.
 * An ApiError that is returned, not thrown, came after a change was made.
 */
export type Route = { allowed: Allowed; run: Run<Rendered | ApiError> }

export function one(kind: Kind): Route {
  return { allowed: {}, run: (world, id) => readOne(world, kind, id) }
}

export function many(kind: ListedKind): Route {
  return { allowed: listAllowed(kind), run: (world, _, params, { path }) => readList(world, kind, path, params) }
}

/** A change is made at the time of the test clock by which its customer lives. */
export function change(allowed: Allowed, run: Run<Rendered | ApiError>): Route {
  return {
    allowed,
    run: (world, id, params, at) => {
      const about = [
        'test_clock',
        'customer',
        'invoice',
        'subscription',
        'charge',
        'payment_intent',
        'setup_intent',
        'from_subscription',
      ]
      const clock = clockOf(world, [id, ...about.map((name) => text(params, name))])
      return atClock(world, clock, () => run(world, id, params, at))
    },
  }
}

export function write<K extends Kind>(kind: K, allowed: Allowed, run: Run<Records[K] | ApiError>): Route {
  return change(allowed, (world, id, params, at) => {
    const result = run(world, id, params, at)
    return result instanceof Error ? result : render(world, kind, result)
  })
}

/** What is made has no id in its path yet. */
export function make<K extends Kind>(
  kind: K,
  allowed: Allowed,
  run: (world: World, params: Params) => Records[K] | ApiError,
): Route {
  return write(kind, allowed, (world, _, params) => run(world, params))
}
