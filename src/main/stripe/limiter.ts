// Our own pace towards Stripe: a token bucket, because the SDK does not wait on 429 (ARCHITECTURE.md, "Stripe").

export type Limiter = {
  /** Resolves when one request may leave. */
  take(): Promise<void>
  /** Stripe said 429: nothing leaves for a while, longer after each in a row. */
  refused(): void
  accepted(): void
}

/**
 * `perSecond` requests a second, and at most that many at once after a quiet time.
 * `now` never goes back, `random` is in [0, 1).
 */
export function createLimiter(options: {
  perSecond: number
  now: () => number
  random: () => number
  sleep: (ms: number) => Promise<void>
}): Limiter {
  const { perSecond, now, random, sleep } = options
  let tokens = perSecond
  let filledAt = now()
  let refusals = 0
  let blockedUntil = 0
  let queue = Promise.resolve()

  async function wait(): Promise<void> {
    for (;;) {
      const at = now()
      tokens = Math.min(perSecond, tokens + ((at - filledAt) / 1_000) * perSecond)
      filledAt = at
      const until = Math.max(blockedUntil - at, tokens >= 1 ? 0 : ((1 - tokens) / perSecond) * 1_000)
      if (until <= 0) {
        tokens -= 1
        return
      }
      // In whole milliseconds: what rounding leaves of a wait would be too short to move any clock.
      await sleep(Math.ceil(until))
    }
  }

  return {
    take() {
      queue = queue.then(wait)
      return queue
    },
    refused() {
      refusals += 1
      // Full jitter: anything up to 1, 2, 4 … 32 s.
      blockedUntil = now() + random() * 1_000 * 2 ** Math.min(refusals - 1, 5)
    },
    accepted() {
      refusals = 0
    },
  }
}
