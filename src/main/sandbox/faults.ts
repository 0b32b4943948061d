// Trouble on demand: what a network and a busy Stripe do to requests, so many times, on one route, or now and then.
import { routeOf } from './find-route.ts'
import { type Random, random } from './random.ts'

export const FAULTS = [
  '429',
  '500-before',
  '500-after',
  'drop-before',
  'drop-after',
  'slow',
  'empty',
  'other-object',
  'no-error',
  'truncated',
] as const
export type FaultKind = (typeof FAULTS)[number]

export type Fault = {
  kind: FaultKind
  /** `GET /v1/customers/:id`; left out: any. */
  route?: string | undefined
  /** How many requests it hits; left out: all. */
  times?: number | undefined
  /** The share of requests that it hits, 0 to 1; left out: each. */
  chance?: number | undefined
  /** How long a slow reply takes, in milliseconds. */
  ms?: number | undefined
  /** The header `stripe-should-retry` of a 429 or 500; left out: none. */
  retry?: boolean | undefined
}

export type Faults = {
  add(fault: Fault): void
  clear(): void
  all(): readonly Fault[]
  /** The fault that hits this request; the one that was added first goes first. */
  take(method: string, path: string): Fault | null
}

/** The same seed hits the same requests. */
export function createFaults(seed: number): Faults {
  const chance: Random = random(seed)
  let faults: Fault[] = []
  return {
    add: (fault) => void faults.push({ ...fault }),
    clear() {
      faults = []
    },
    all: () => faults,
    take(method, path) {
      for (const fault of faults) {
        if (fault.route !== undefined && routeOf([fault.route], method, path) === null) continue
        if (fault.chance !== undefined && chance.next() >= fault.chance) continue
        if (fault.times !== undefined) {
          fault.times -= 1
          if (fault.times <= 0) faults = faults.filter((one) => one !== fault)
        }
        return fault
      }
      return null
    },
  }
}
