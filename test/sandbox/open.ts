// A sandbox with a real clock that stands still, and the real Stripe SDK pointed at it.
import Stripe from 'stripe'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/main/sandbox/stripe-server.ts'
import { closeAfterEachFile, closeAfterEachTest } from '../closing.ts'

export const START = Date.UTC(2026, 10, 20, 9, 30)
export const DAY = 24 * 60 * 60 * 1000

const running: Sandbox[] = []
const shared: Sandbox[] = []
const closeAll = (sandboxes: Sandbox[]) => Promise.all(sandboxes.splice(0).map((sandbox) => sandbox.close()))
closeAfterEachTest(() => closeAll(running))
closeAfterEachFile(() => closeAll(shared))

export type Opened = { sandbox: Sandbox; stripe: Stripe }

export async function open(options: Partial<SandboxOptions> = {}): Promise<Opened> {
  const opened = await start(options)
  running.push(opened.sandbox)
  return opened
}

/** For the tests of a file that leave it as it was. */
export async function openForAll(options: Partial<SandboxOptions> = {}): Promise<Opened> {
  const opened = await start(options)
  shared.push(opened.sandbox)
  return opened
}

/** Every reply is held against Stripe's declarations; one that is not Stripe's fails the test when the sandbox closes. */
async function start(options: Partial<SandboxOptions>): Promise<Opened> {
  const usual = { port: 0, seed: 7, stateFile: null, realNow: () => START, checkReplies: true }
  const sandbox = await startSandbox({ ...usual, ...options })
  return { sandbox, stripe: clientOf(sandbox) }
}

export function clientOf(sandbox: Sandbox, key = sandbox.key, maxNetworkRetries = 0): Stripe {
  const { hostname, port } = new URL(sandbox.url)
  return new Stripe(key, {
    host: hostname,
    port: Number(port),
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries,
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
