// Money that is owed, was paid, or lies ready: each deed with a key that makes a second asking harmless.
import type { z } from 'zod'
import type { Params } from './address.ts'
import type { InvoiceNow, MoneyPort } from './money-port.ts'
import * as shapes from './money-shapes.ts'
import { listOf, placesOf, unexpected } from './replies.ts'
import type { Ask } from './till.ts'
import { intent, page } from './till-shapes.ts'

const INVOICE = { expand: ['payments.data.payment.payment_intent'] }

export function createMoney({ get, post }: Pick<Ask, 'get' | 'post'>): MoneyPort {
  const at = (list: string, id: string, more = '') => `/v1/${list}/${encodeURIComponent(id)}${more}`
  const marked = (ours: string) => ({ [shapes.OURS]: ours })

  /** Page by page, until `enough` of what was found. */
  async function all<T>(
    shape: z.ZodType<T>,
    path: string,
    params: Params,
    what: string,
    enough: (found: T[]) => boolean = () => false,
  ): Promise<T[]> {
    const found: T[] = []
    const placeAfter = placesOf(what)
    for (let after: string | null = null; ; ) {
      const place: Params = after === null ? {} : { starting_after: after }
      const list = listOf(await get(path, { ...params, limit: 100, ...place }, what), what)
      found.push(...list.data.map((one) => read(shape, one, what)))
      after = placeAfter(list.has_more, (list.data.at(-1) as { id?: string } | undefined)?.id)
      if (after === null || enough(found)) return found
    }
  }

  async function invoice(id: string): Promise<InvoiceNow> {
    const what = 'the invoice'
    return read(shapes.invoice, await get(at('invoices', id), INVOICE, what), what)
  }

  return {
    invoice,

    async payInvoice(key, invoiceId, paymentMethodId) {
      const params = { payment_method: paymentMethodId, off_session: true }
      await post(at('invoices', invoiceId, '/pay'), params, key, 'the payment')
      return invoice(invoiceId)
    },

    async markPaid(key, invoiceId) {
      await post(at('invoices', invoiceId, '/pay'), { paid_out_of_band: true }, key, 'the payment')
      return invoice(invoiceId)
    },

    async saveAtReader(key, customer, ours) {
      const what = 'the saving of a card'
      const params = {
        customer,
        allowed_payment_method_types: ['card_present'],
        usage: 'off_session',
        metadata: marked(ours),
      }
      return read(intent, await post('/v1/setup_intents', params, key, what), what)
    },

    async savePage(key, { customerId, currency, returnTo }, ours) {
      const what = 'the payment page'
      const params = { mode: 'setup', customer: customerId, currency, success_url: returnTo, metadata: marked(ours) }
      return read(page, await post('/v1/checkout/sessions', params, key, what), what)
    },

    async keepMethod(customerId, subscriptionId, id) {
      if (subscriptionId !== null)
        await post(at('subscriptions', subscriptionId), { default_payment_method: id }, null, 'the subscription')
      const params = { invoice_settings: { default_payment_method: id } }
      await post(at('customers', customerId), params, null, 'the customer')
    },

    payments: (customer) =>
      // What lies further back is given back in Stripe's dashboard.
      all(shapes.charge, '/v1/charges', { customer }, 'the payments', (found) => found.length >= 100),

    async payment(id) {
      return read(shapes.charge, await get(at('charges', id), {}, 'the payment'), 'the payment')
    },

    refunds: (charge) => all(shapes.refund, '/v1/refunds', { charge }, 'the refunds'),

    async refund(key, { chargeId, minor, reason }, ours) {
      const params = { charge: chargeId, amount: minor, ...(reason !== null && { reason }), metadata: marked(ours) }
      return read(shapes.refund, await post('/v1/refunds', params, key, 'the refund'), 'the refund')
    },

    async currencyOf(id) {
      return read(shapes.customer, await get(at('customers', id), {}, 'the customer'), 'the customer').currency
    },

    async findCredit(customerId, ours) {
      const is = (line: z.output<typeof shapes.credit>) => line.metadata[shapes.OURS] === ours
      const path = at('customers', customerId, '/balance_transactions')
      const found = await all(shapes.credit, path, {}, 'the balance', (lines) => lines.some(is))
      return found.find(is)?.id ?? null
    },

    async addCredit(key, { customerId, amount, text }, ours) {
      // Below nothing is credit.
      const params = { amount: -amount.minor, currency: amount.currency, description: text, metadata: marked(ours) }
      const path = at('customers', customerId, '/balance_transactions')
      return read(shapes.credit, await post(path, params, key, 'the balance'), 'the balance').id
    },
  }
}

function read<T>(shape: z.ZodType<T>, reply: unknown, what: string): T {
  const parsed = shape.safeParse(reply)
  if (!parsed.success) throw unexpected(what, parsed.error)
  return parsed.data
}
