// What the desk does at Stripe: each deed with a key that makes a second asking harmless, and read back before it is
// believed. Reading what is there already is client.ts's and goes through here only for what a deed needs.
import type { z } from 'zod'
import { type Receipt, receiptWords } from '../domain/paid-receipt.ts'
import type { Ms } from '../domain/time.ts'
import type { Params } from './address.ts'
import { unexpected } from './replies.ts'
import type { Bought, For, HostedPage, Intent, Order, Reader, Till } from './till-port.ts'
import * as shapes from './till-shapes.ts'
import { discountOf } from './translate.ts'

/** How the client asks: `get` is tried again by itself, `post` with its key as well. */
export type Ask = {
  get(path: string, params: Params, what: string): Promise<unknown>
  post(path: string, params: Record<string, unknown>, key: string | null, what: string): Promise<unknown>
  now(): Ms
}

const SIGN_UP = 'latchkey_sign_up'
const MEMBER = 'latchkey_member'

export function createTill({ get, post, now }: Ask): Till {
  const about = ({ signUpId, memberId }: For) => ({ [SIGN_UP]: signUpId, [MEMBER]: memberId })
  const ours =
    ({ signUpId }: For) =>
    (found: { metadata: Record<string, string> }) =>
      found.metadata[SIGN_UP] === signUpId

  /** The first of a list, newest first, that this sign-up made. */
  async function made<T extends { id: string; metadata: Record<string, string> }>(
    shape: z.ZodType<T>,
    path: string,
    params: Params,
    who: For,
    what: string,
  ): Promise<T | null> {
    for (let after: string | null = null; ; ) {
      const page: z.infer<ReturnType<typeof shapes.list<T>>> = read(
        shapes.list(shape),
        await get(path, { ...params, limit: 100, ...(after === null ? {} : { starting_after: after }) }, what),
        what,
      )
      const found = page.data.find(ours(who))
      after = page.data.at(-1)?.id ?? null
      if (found !== undefined || !page.has_more || after === null) return found ?? null
    }
  }

  const promoted = (id: string | null) => (id === null ? {} : { discounts: [{ promotion_code: id }] })
  const fee = ({ feePriceId, feePromotion }: Order) =>
    feePriceId === null ? [] : [{ price: feePriceId, ...promoted(feePromotion) }]

  return {
    async findCustomer(who: For): Promise<string | null> {
      const since: Params = { created: { gte: Math.floor(who.startedAt / 1_000) - 60 } }
      return (await made(shapes.customer, '/v1/customers', since, who, 'the customer'))?.id ?? null
    },

    async createCustomer(
      key: string,
      person: { name: string; email: string | null; phone: string | null },
      who: For,
    ): Promise<string> {
      const { name, email, phone } = person
      const params = { name, ...(email && { email }), ...(phone && { phone }), metadata: about(who) }
      return read(shapes.customer, await post('/v1/customers', params, key, 'the customer'), 'the customer').id
    },

    /** What Stripe would bill for this order, now and next. */
    async preview(order) {
      const { customerId, priceId, quantity, anchorDay, promotion } = order
      const what = 'the preview of the bill'
      const begins =
        anchorDay === null
          ? {}
          : {
              billing_cycle_anchor: { type: 'timestamp', timestamp: nextFirst(now()) / 1_000 },
              proration_behavior: 'create_prorations',
            }
      const params = {
        customer: customerId,
        subscription_details: { items: [{ price: priceId, quantity }], ...begins },
        ...(fee(order).length > 0 && { invoice_items: fee(order) }),
        ...promoted(promotion),
        expand: ['total_discount_amounts.discount.source.coupon'],
      }
      const invoice = read(shapes.preview, await post('/v1/invoices/create_preview', params, null, what), what)
      const money = (minor: number) => ({ minor, currency: invoice.currency })
      const last = invoice.lines.data.findLast(({ recurring }) => recurring)
      return {
        due: money(invoice.amount_due),
        lines: invoice.lines.data.map(({ description, amount }) => ({ text: description, amount: money(amount) })),
        discounts: invoice.total_discount_amounts.map(({ amount, discount }) => ({
          ...(typeof discount === 'string' ? UNKNOWN_DISCOUNT : discountOf(discount)),
          taken: money(amount),
        })),
        credit: (invoice.starting_balance ?? 0) < 0 ? money(-(invoice.starting_balance ?? 0)) : null,
        next: last === undefined ? null : { amount: money(last.unit * quantity), at: last.end },
        previewedAt: now(),
      }
    },

    /** The id of an active promotion code, null where there is none. */
    async promotion(code: string): Promise<string | null> {
      const reply = await get('/v1/promotion_codes', { code, active: true, limit: 1 }, 'the promotion')
      return read(shapes.list(shapes.promotion), reply, 'the promotion').data[0]?.id ?? null
    },

    async createIntent(key: string, customerId: string, who: For): Promise<Intent> {
      const params = {
        customer: customerId,
        allowed_payment_method_types: ['card_present'],
        usage: 'off_session',
        metadata: about(who),
      }
      return intentOf(await post('/v1/setup_intents', params, key, 'the saving of a card'))
    },

    async intent(id: string): Promise<Intent> {
      return intentOf(
        await get(
          `/v1/setup_intents/${encodeURIComponent(id)}`,
          { expand: ['latest_attempt', 'payment_method'] },
          'the saving of a card',
        ),
      )
    },

    async readers(): Promise<Reader[]> {
      const reply = await get('/v1/terminal/readers', { limit: 100 }, 'the card readers')
      return read(shapes.list(shapes.reader), reply, 'the card readers').data
    },

    async reader(id: string): Promise<Reader> {
      return readerOf(await get(`/v1/terminal/readers/${encodeURIComponent(id)}`, {}, 'the card reader'))
    },

    async collect(key: string, readerId: string, intentId: string): Promise<Reader> {
      const params = {
        setup_intent: intentId,
        allow_redisplay: 'always',
        process_config: { enable_customer_cancellation: true },
      }
      const path = `/v1/terminal/readers/${encodeURIComponent(readerId)}/process_setup_intent`
      return readerOf(await post(path, params, key, 'the card reader'))
    },

    async cancelAction(readerId: string): Promise<void> {
      await post(`/v1/terminal/readers/${encodeURIComponent(readerId)}/cancel_action`, {}, null, 'the card reader')
    },

    async makeDefault(customerId: string, paymentMethodId: string): Promise<void> {
      const params = { invoice_settings: { default_payment_method: paymentMethodId } }
      await post(`/v1/customers/${encodeURIComponent(customerId)}`, params, null, 'the customer')
    },

    async findSubscription(customerId: string, who: For): Promise<Bought | null> {
      const params: Params = { customer: customerId, status: 'all', expand: ['data.latest_invoice'] }
      const found = await made(shapes.subscription, '/v1/subscriptions', params, who, 'the subscription')
      return found === null ? null : boughtOf(found)
    },

    /** All or nothing: where the bank says no there is no subscription. */
    async subscribe(key, order, { paymentMethodId, method }, who) {
      const { customerId, priceId, quantity, anchorDay, promotion } = order
      const params = {
        customer: customerId,
        items: [{ price: priceId, quantity }],
        ...(anchorDay !== null && {
          // Noon in UTC is that day from UTC-12 to UTC+11.
          billing_cycle_anchor_config: { day_of_month: anchorDay, hour: 12, minute: 0, second: 0 },
          proration_behavior: 'create_prorations',
        }),
        default_payment_method: paymentMethodId,
        off_session: true,
        payment_behavior: method === 'card' ? 'error_if_incomplete' : 'allow_incomplete',
        ...(fee(order).length > 0 && { add_invoice_items: fee(order) }),
        ...promoted(promotion),
        metadata: about(who),
        expand: ['latest_invoice'],
      }
      const what = 'the subscription'
      return boughtOf(read(shapes.subscription, await post('/v1/subscriptions', params, key, what), what))
    },

    async subscription(id: string): Promise<Bought> {
      const what = 'the subscription'
      const path = `/v1/subscriptions/${encodeURIComponent(id)}`
      return boughtOf(read(shapes.subscription, await get(path, { expand: ['latest_invoice'] }, what), what))
    },

    async openPage(key, { customerId, currency, returnTo }, who) {
      const params = { mode: 'setup', customer: customerId, currency, success_url: returnTo, metadata: about(who) }
      return pageOf(await post('/v1/checkout/sessions', params, key, 'the payment page'))
    },

    async page(id: string): Promise<HostedPage> {
      return pageOf(await get(`/v1/checkout/sessions/${encodeURIComponent(id)}`, {}, 'the payment page'))
    },

    /** Refused by Stripe where it was just paid: read it first and after. */
    async expirePage(id: string): Promise<HostedPage> {
      const path = `/v1/checkout/sessions/${encodeURIComponent(id)}/expire`
      return pageOf(await post(path, {}, null, 'the payment page'))
    },
  }
}

function read<T>(shape: z.ZodType<T>, reply: unknown, what: string): T {
  const parsed = shape.safeParse(reply)
  if (!parsed.success) throw unexpected(what, parsed.error)
  return parsed.data
}

const intentOf = (reply: unknown): Intent => read(shapes.intent, reply, 'the saving of a card')
const readerOf = (reply: unknown): Reader => read(shapes.reader, reply, 'the card reader')
const pageOf = (reply: unknown): HostedPage => read(shapes.page, reply, 'the payment page')

/** One that Stripe does not open tells only what it takes off now. */
const UNKNOWN_DISCOUNT = { name: null, percentOff: null, amountOff: null, duration: 'once', end: null }

/** When the next first of a month is at noon in UTC: the moment that Stripe makes of the day and hour we give. */
function nextFirst(at: Ms): Ms {
  const day = new Date(at)
  const noon = (month: number) => Date.UTC(day.getUTCFullYear(), month, 1, 12)
  return noon(day.getUTCMonth()) > at ? noon(day.getUTCMonth()) : noon(day.getUTCMonth() + 1)
}

type Invoice = NonNullable<z.output<typeof shapes.subscription>['latest_invoice']>

/** Every figure is the invoice's own. */
function receiptOf(invoice: Invoice): Receipt {
  const money = (minor: number) => ({ minor, currency: invoice.currency })
  const balance = invoice.starting_balance - (invoice.ending_balance ?? invoice.starting_balance)
  return {
    number: invoice.number ?? invoice.id,
    at: invoice.created,
    lines: [
      ...invoice.lines.data.map(({ description, amount }) => ({ text: description ?? '', amount: money(amount) })),
      ...invoice.total_discount_amounts.map(({ amount }) => ({ text: receiptWords.discount, amount: money(-amount) })),
      ...invoice.total_taxes.map(({ amount }) => ({ text: receiptWords.tax, amount: money(amount) })),
      ...(balance === 0 ? [] : [{ text: receiptWords.credit, amount: money(balance) }]),
    ].filter(({ amount }) => amount.minor !== 0),
    total: money(invoice.amount_paid),
  }
}

function boughtOf({ id, status, latest_invoice }: z.output<typeof shapes.subscription>): Bought {
  if (latest_invoice === null) throw unexpected('the subscription')
  const paid = latest_invoice.status === 'paid'
  return {
    subscriptionId: id,
    status,
    invoiceId: latest_invoice.id,
    paid,
    receipt: paid ? receiptOf(latest_invoice) : null,
  }
}
