// Our own pace towards Stripe, because the SDK does not wait on 429 (ARCHITECTURE.md, "Stripe").
// One bucket for the account and one for each endpoint, each kept as the moment at which its next request is due.

export type Limiter = {
  /** Resolves when one request to this endpoint may leave. */
  take(endpoint: string): Promise<void>
  /** Stripe said 429: nothing leaves for a while, longer after each in a row, and then half as fast. */
  refused(): void
  accepted(): void
  listsApart: boolean
  /** Refusals since the start, and requests a second that the account's bucket lets out now. */
  figures(): { refused: number; perSecond: number }
}

export type Pace = {
  /** Requests a second for the account: where it begins, and where it rises to while no 429 comes. */
  from: number
  to: number
  /** Requests a second for each endpoint; null where only the account counts. */
  endpoint: number | null
}

/** Below Stripe's 25/s of test mode, and its 25/s an endpoint and 100/s an account of live mode (docs.stripe.com/rate-limits). */
export const TEST_PACE: Pace = { from: 20, to: 20, endpoint: null }
export const LIVE_PACE: Pace = { from: 20, to: 80, endpoint: 20 }

/** After a quiet time this share of a second's requests may leave at once. */
const BURST = 0.2
/** Requests a second that the pace rises by in a second, until Stripe has refused one; and from then on. */
export const RISE = 30
const CAUTIOUS_RISE = 5
const SLOWEST = 2

/** `now` never goes back, `random` is in [0, 1). */
export function createLimiter(options: {
  pace: Pace
  now: () => number
  random: () => number
  sleep: (ms: number) => Promise<void>
}): Limiter {
  const { pace, now, random, sleep } = options
  const due = new Map<string, number>()
  let perSecond = pace.from
  let risenAt = now()
  let refusals = 0
  let refusedEver = 0
  let blockedUntil = 0

  /** Takes the next place in a bucket and says when that is due. */
  function book(bucket: string, rate: number): number {
    const at = now()
    const interval = 1_000 / rate
    const asked = Math.max(due.get(bucket) ?? 0, at - BURST * 1_000)
    due.set(bucket, asked + interval)
    return asked
  }

  function rise(): void {
    const seconds = (now() - risenAt) / 1_000
    const step = refusedEver === 0 ? RISE : CAUTIOUS_RISE
    perSecond = Math.min(pace.to, perSecond + step * Math.min(seconds, 2))
    risenAt = now()
  }

  return {
    async take(endpoint) {
      rise()
      const ours = book('', perSecond)
      const theirs = pace.endpoint === null ? 0 : book(endpoint, pace.endpoint)
      for (let wait = Math.max(ours, theirs, blockedUntil) - now(); wait > 0; wait = blockedUntil - now()) {
        // In whole milliseconds: what rounding leaves of a wait would be too short to move any clock.
        await sleep(Math.ceil(wait))
      }
    },
    refused() {
      refusals += 1
      refusedEver += 1
      perSecond = Math.max(SLOWEST, perSecond / 2)
      risenAt = now()
      // Full jitter: anything up to 1, 2, 4 … 32 s.
      blockedUntil = now() + random() * 1_000 * 2 ** Math.min(refusals - 1, 5)
    },
    accepted() {
      refusals = 0
    },
    listsApart: pace.endpoint !== null,
    figures: () => ({ refused: refusedEver, perSecond: Math.round(perSecond) }),
  }
}
