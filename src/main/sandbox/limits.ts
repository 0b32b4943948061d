// Stripe's rate limits (docs.stripe.com/rate-limits): requests a second for each endpoint, and for the account as a whole.

/** 25 a second for an endpoint; 25 for a sandbox account, 100 for a live one. */
export const LIMITS = { test: { endpoint: 25, account: 25 }, live: { endpoint: 25, account: 100 } } as const
export type LimitMode = keyof typeof LIMITS

const SECOND = 1_000

/** True lets a request through; `now` in milliseconds of a clock that never jumps. */
export type Limits = (endpoint: string, now: number) => boolean

export function createLimits(mode: LimitMode): Limits {
  const { endpoint: each, account } = LIMITS[mode]
  const all = createWindow(account)
  const windows = new Map<string, ReturnType<typeof createWindow>>()
  return (endpoint, now) => {
    const own = windows.get(endpoint) ?? createWindow(each)
    windows.set(endpoint, own)
    if (!all.hasRoom(now) || !own.hasRoom(now)) return false
    all.add(now)
    own.add(now)
    return true
  }
}

function createWindow(most: number) {
  let moments: number[] = []
  return {
    hasRoom(now: number): boolean {
      moments = moments.filter((moment) => moment > now - SECOND)
      return moments.length < most
    },
    add: (now: number) => void moments.push(now),
  }
}
