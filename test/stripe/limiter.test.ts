import { expect, test } from 'vitest'
import { createLimiter, LIVE_PACE, type Pace, TEST_PACE } from '../../src/main/stripe/limiter.ts'

/** A clock that only sleepers move: the earliest of them wakes, in order, and what it does happens before the next. */
function world() {
  let at = 5_000
  const sleepers: { until: number; wake: () => void }[] = []
  return {
    now: () => at,
    sleep: (ms: number) =>
      new Promise<void>((wake) => {
        sleepers.push({ until: at + ms, wake })
      }),
    pass: (ms: number) => {
      at += ms
    },
    async runUntilDone(all: Promise<unknown>) {
      let done = false
      void all.then(() => {
        done = true
      })
      for (;;) {
        // Everything that can go on at this moment does.
        await new Promise((resolve) => setImmediate(resolve))
        if (done) return
        const next = sleepers.toSorted((a, b) => a.until - b.until)[0]
        if (next === undefined) throw new Error('nobody sleeps, and nothing ends')
        sleepers.splice(sleepers.indexOf(next), 1)
        at = Math.max(at, next.until)
        next.wake()
      }
    },
  }
}

function take(
  limiter: { take(endpoint: string): Promise<void> },
  count: number,
  now: () => number,
  endpoint = 'customers',
) {
  const left: { n: number; at: number }[] = []
  const all = Promise.all(
    Array.from({ length: count }, async (_, n) => {
      await limiter.take(endpoint)
      left.push({ n, at: now() })
    }),
  )
  return { all, left }
}

const flat = (perSecond: number): Pace => ({ from: perSecond, to: perSecond, endpoint: null })

const most = (moments: readonly number[], span: number) =>
  Math.max(...moments.map((from) => moments.filter((at) => at >= from && at < from + span).length))

test.each([1, 5, 20])(
  'at %i a second no second ever holds more than a fifth over that, and the pace is kept',
  async (rate) => {
    const clock = world()
    const limiter = createLimiter({ pace: flat(rate), now: clock.now, random: () => 0.5, sleep: clock.sleep })
    const { all, left } = take(limiter, rate * 10, clock.now)
    await clock.runUntilDone(all)
    const moments = left.map(({ at }) => at)
    // Stripe allows 25 where we ask for 20 (docs.stripe.com/rate-limits).
    expect(most(moments, 1_000)).toBeLessThanOrEqual(Math.ceil(rate * 1.2) + 1)
    const [first = 0, last = 0] = [moments[0], moments.at(-1)]
    const asked = ((rate * 10 - 1) * 1_000) / rate
    expect(last - first).toBeGreaterThanOrEqual(asked - 201)
    expect(last - first).toBeLessThanOrEqual(asked + 10)
  },
)

test('a quiet hour saves up a fifth of a second of requests and no more', async () => {
  const clock = world()
  const limiter = createLimiter({ pace: flat(20), now: clock.now, random: () => 0, sleep: clock.sleep })
  clock.pass(3_600_000)
  const began = clock.now()
  const { all, left } = take(limiter, 12, clock.now)
  await clock.runUntilDone(all)
  expect(left.filter(({ at }) => at === began)).toHaveLength(5)
})

test('whoever asked first goes first, also behind a block', async () => {
  const clock = world()
  const limiter = createLimiter({ pace: flat(3), now: clock.now, random: () => 0.9, sleep: clock.sleep })
  limiter.refused()
  const { all, left } = take(limiter, 10, clock.now)
  await clock.runUntilDone(all)
  expect(left.map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('each refusal in a row doubles the wait up to 32 s, and an accepted request begins anew', async () => {
  const clock = world()
  const limiter = createLimiter({ pace: flat(100), now: clock.now, random: () => 0.5, sleep: clock.sleep })
  const waited = async () => {
    const began = clock.now()
    limiter.refused()
    await clock.runUntilDone(limiter.take('customers'))
    return clock.now() - began
  }
  const waits: number[] = []
  for (let n = 0; n < 8; n++) waits.push(await waited())
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 16_000, 16_000])
  limiter.accepted()
  expect(await waited()).toBe(500)
})

test('the wait is jittered over its whole span', async () => {
  const clock = world()
  const draws = [0, 0.25, 0.999]
  const limiter = createLimiter({
    pace: flat(100),
    now: clock.now,
    random: () => draws.shift() ?? 0,
    sleep: clock.sleep,
  })
  for (const expected of [0, 250, 999]) {
    const began = clock.now()
    limiter.refused()
    await clock.runUntilDone(limiter.take('customers'))
    expect(clock.now() - began).toBe(expected)
    limiter.accepted()
  }
})

test('one who waits already when Stripe refuses waits on', async () => {
  const clock = world()
  const limiter = createLimiter({ pace: flat(1), now: clock.now, random: () => 0.9, sleep: clock.sleep })
  await limiter.take('customers')
  const next = limiter.take('customers')
  await Promise.resolve()
  const began = clock.now()
  for (let n = 0; n < 4; n++) limiter.refused()
  await clock.runUntilDone(next)
  expect(clock.now() - began).toBe(7_200)
})

test('a refusal halves the pace, which rises again while none comes', async () => {
  const clock = world()
  const limiter = createLimiter({ pace: LIVE_PACE, now: clock.now, random: () => 0, sleep: clock.sleep })
  expect(limiter.figures()).toEqual({ refused: 0, perSecond: 20 })
  for (let second = 0; second < 30; second++) {
    clock.pass(1_000)
    await limiter.take(`list ${second}`)
  }
  expect(limiter.figures().perSecond).toBe(80)
  limiter.refused()
  expect(limiter.figures()).toEqual({ refused: 1, perSecond: 40 })
  clock.pass(1_000)
  await limiter.take('customers')
  expect(limiter.figures().perSecond).toBe(45)
  for (let n = 0; n < 20; n++) limiter.refused()
  expect(limiter.figures().perSecond).toBe(2)
})

test('in test mode the pace never rises', async () => {
  const clock = world()
  const limiter = createLimiter({ pace: TEST_PACE, now: clock.now, random: () => 0, sleep: clock.sleep })
  for (let second = 0; second < 30; second++) {
    clock.pass(1_000)
    await limiter.take('customers')
  }
  expect(limiter.figures().perSecond).toBe(20)
})

test('in live mode each list has a pace of its own, below that of the account', async () => {
  const clock = world()
  const limiter = createLimiter({
    pace: { from: 80, to: 80, endpoint: 20 },
    now: clock.now,
    random: () => 0,
    sleep: clock.sleep,
  })
  const began = clock.now()
  const lists = ['customers', 'subscriptions', 'invoices'].map((name) => take(limiter, 100, clock.now, name))
  await clock.runUntilDone(Promise.all(lists.map(({ all }) => all)))
  for (const { left } of lists) expect((left.at(-1)?.at ?? 0) - began).toBeLessThanOrEqual(5_000)
  const one = take(limiter, 100, clock.now, 'events')
  const from = clock.now()
  await clock.runUntilDone(one.all)
  expect(clock.now() - from).toBeGreaterThan(4_500)
})
