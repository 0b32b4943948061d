// A sandbox with a real clock that stands still, and the real Stripe SDK pointed at it.
import Stripe from 'stripe'
import { afterEach } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/main/sandbox/stripe-server.ts'

export const START = Date.UTC(2026, 10, 20, 9, 30)
export const DAY = 24 * 60 * 60 * 1000

const running: Sandbox[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()))
})

export async function open(
  options: { seed?: number; stateFile?: string | null; realNow?: () => number } = {},
): Promise<{ sandbox: Sandbox; stripe: Stripe }> {
  const sandbox = await startSandbox({ port: 0, seed: 7, stateFile: null, realNow: () => START, ...options })
  running.push(sandbox)
  return { sandbox, stripe: clientOf(sandbox) }
}

export function clientOf(sandbox: Sandbox, key = sandbox.key): Stripe {
  const { hostname, port } = new URL(sandbox.url)
  return new Stripe(key, {
    host: hostname,
    port: Number(port),
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  })
}

/** Every item of a list, over all its pages. */
export async function everything<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of list) items.push(item)
  return items
}

export async function customerOf(stripe: Stripe, email: string | null): Promise<Stripe.Customer> {
  const found = await stripe.customers.list({ email: email ?? '' })
  if (found.data.length !== 1 || !found.data[0]) throw new Error(`${found.data.length} customers with ${email}`)
  return found.data[0]
}

export async function subscriptionOf(stripe: Stripe, email: string | null): Promise<Stripe.Subscription> {
  const customer = await customerOf(stripe, email)
  const found = await stripe.subscriptions.list({ customer: customer.id, status: 'all' })
  if (found.data.length !== 1 || !found.data[0]) throw new Error(`${found.data.length} subscriptions of ${email}`)
  return found.data[0]
}

/** What a refused call threw. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error
    throw error
  }
  throw new Error('Nothing was refused')
}
