// A port to Stripe that the network and Stripe itself may spoil, request by request: late, doubled, shuffled and lost
// events, calls that fail, and a desk that dies between two of them. Nothing here is random: a history says it all.
import type { BillingEvent } from '../../src/main/domain/billing.ts'
import { type StripePort, StripeTrouble } from '../../src/main/stripe/port.ts'

/** What happens at the nth request of one sync, or after its nth commit, counted from 0. `killed` and `dies-writing` let
 * nothing more of that desk happen. */
export type Trouble = { at: number; kind: 'offline' | 'reply' | 'killed' | 'dies-writing'; after: boolean }

export type Shaky = {
  port: StripePort
  /** For the sync that comes. */
  spoil(trouble: Trouble | null): void
  /** Events that no feed ever shows. */
  lost: Set<string>
  wasKilled(): boolean
}

/** A desk that was killed never hears of its last request. A promise of its own, so that nothing holds on to that desk. */
const never = () => new Promise<never>(() => undefined)

/** `lateMs` of an event: how long after its moment the feed begins to show it. */
export function shakyPort(real: StripePort, now: () => number, lateMs: (event: BillingEvent) => number): Shaky {
  let trouble: Trouble | null = null
  let requests = 0
  let killed = false
  const lost = new Set<string>()

  async function call<T>(ask: () => Promise<T>): Promise<T> {
    if (killed) return never()
    const hit = trouble !== null && trouble.kind !== 'dies-writing' && requests === trouble.at ? trouble : null
    requests += 1
    if (hit !== null && !hit.after) return fail(hit)
    const reply = await ask()
    return killed ? never() : hit === null ? reply : fail(hit)
  }

  function fail({ kind }: Trouble): Promise<never> {
    if (kind === 'killed' || kind === 'dies-writing') {
      killed = true
      return never()
    }
    const sentence = kind === 'offline' ? 'Stripe cannot be reached.' : 'Stripe answered something else.'
    return Promise.reject(new StripeTrouble(kind, sentence))
  }

  const port: StripePort = {
    ...real,
    account: () => call(() => real.account()),
    list: (...args) => call(() => real.list(...args)),
    retrieve: (...args) => call(() => real.retrieve(...args)),
    events: (page) =>
      call(async () => {
        for (let asked = page; ; ) {
          const { data, hasMore } = await real.events(asked)
          const shown = data.filter((event) => !lost.has(event.id) && event.created + lateMs(event) <= now())
          const last = data.at(-1)
          if (shown.length > 0 || !hasMore || last === undefined) return { data: shown, hasMore }
          asked = { ...page, after: last.id }
        }
      }),
  }
  return {
    port,
    lost,
    spoil(next) {
      trouble = next
      requests = 0
    },
    wasKilled: () => killed,
  }
}
