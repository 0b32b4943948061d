// A whole desk on the sandbox, asked as a screen asks it, with the SDK to change things at Stripe.
import Stripe from 'stripe'
import { expect } from 'vitest'
import { answerCall, owner } from '../../src/main/host/dispatch.ts'
import type { Args, CallName, Refusal, Reply } from '../../src/preload/contract.ts'
import type { InboxKind, InboxRow } from '../../src/preload/shapes-inbox.ts'
import { startTestDesk, type TestDesk } from '../host/test-desk.ts'

export type WholeDesk = TestDesk & {
  stripe: Stripe
  /** The value of a call that must be done. */
  ask<N extends CallName>(name: N, args: Args<N>): Promise<Reply<N>>
  /** The sentence of a call that must be refused. */
  refused<N extends CallName>(name: N, args: Args<N>): Promise<Refusal>
  sync(): Promise<void>
  inbox(kind: InboxKind): Promise<InboxRow[]>
  /** A person at Stripe with a card that works, and a subscription where a price is given. */
  customer(person: { name?: string; email?: string }, price?: string, quantity?: number): Promise<string>
  price(product: string): Promise<string>
}

/** `lineTo`: what the desk finds at the sandbox's address, such as a proxy. */
export async function openWholeDesk(lineTo?: (url: string) => Promise<string>): Promise<WholeDesk> {
  const test = await startTestDesk(lineTo)
  const { desk, sandbox } = test
  const { hostname, port } = new URL(sandbox.url)
  const stripe = new Stripe(sandbox.key, { host: hostname, port, protocol: 'http', telemetry: false })
  const call = (name: string, args: unknown) =>
    answerCall(desk.deps, owner(), name, args, (line, error) => test.failures.push(`${line}: ${String(error)}`))
  const whole: WholeDesk = {
    ...test,
    stripe,
    async ask(name, args) {
      const outcome = await call(name, args)
      if (!outcome.ok) throw new Error(`${name} was refused: ${outcome.refusal.sentence}`)
      return outcome.value as never
    },
    async refused(name, args) {
      const outcome = await call(name, args)
      if (outcome.ok) throw new Error(`${name} was done: ${JSON.stringify(outcome.value)}`)
      expect(outcome.refusal.sentence).toMatch(/^["/A-Z].*[.?]$/)
      return outcome.refusal
    },
    async sync() {
      await desk.deps.live.sync.run({ full: false })
    },
    inbox: async (kind) => (await whole.ask('inbox.list', { kind })).rows,
    async customer(person, price, quantity = 1) {
      const { id } = await stripe.customers.create(person)
      const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
      await stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } })
      if (price !== undefined) await stripe.subscriptions.create({ customer: id, items: [{ price, quantity }] })
      return id
    },
    async price(product) {
      const products = (await stripe.products.list({ limit: 100 })).data
      const found = products.find(({ name }) => name === product)
      const price = (await stripe.prices.list({ product: found?.id ?? '', active: true })).data[0]
      if (price === undefined) throw new Error(`The sandbox sells no ${product}`)
      return price.id
    },
  }
  return whole
}
