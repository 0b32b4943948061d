// What the desk changes of a running subscription: another plan, more people, an end, a pause, and each of them taken back.
import type { z } from 'zod'
import type { Phase, SubscriptionNow } from '../domain/membership-change.ts'
import type { Ms } from '../domain/time.ts'
import type { Params } from './address.ts'
import type { ChangesPort, Wanted } from './changes-port.ts'
import * as shapes from './changes-shapes.ts'
import { isMissing } from './failures.ts'
import { StripeTrouble } from './port.ts'
import { unexpected } from './replies.ts'

export type ChangesAsk = {
  get(path: string, params: Params, what: string): Promise<unknown>
  post(path: string, params: Record<string, unknown>, key: string | null, what: string): Promise<unknown>
  /** A second time finds nothing: what is gone is gone. */
  remove(path: string, params: Params, what: string): Promise<unknown>
  now(): Ms
}

const WHAT = 'the change of the subscription'
const EXPAND = [
  'latest_invoice',
  'schedule',
  'default_payment_method',
  'customer.invoice_settings.default_payment_method',
]

export function createChanges({ get, post, remove, now: clock }: ChangesAsk): ChangesPort {
  const at = (id: string, more = '') => `/v1/subscriptions/${encodeURIComponent(id)}${more}`
  const update = (key: string, { id }: SubscriptionNow, params: Record<string, unknown>) =>
    post(at(id), params, key, WHAT)

  /** Two askings: the subscription is taken in hand as it is, then what comes after its period is put down. */
  async function putDown(key: string, { itemId, priceId, quantity }: Wanted, now: SubscriptionNow): Promise<void> {
    const made = now.schedule ?? read(shapes.schedule, await takeInHand(`${key}:1`, now.id), WHAT)
    const current = made.phases.at(-1)
    if (current === undefined || current.end === null) throw unexpected(WHAT)
    const others = now.items.filter(({ id }) => id !== itemId)
    const next = { items: [...others, { priceId, quantity }].map(sold), ...discountsOf(current) }
    const phases = [
      { ...next, items: current.items.map(sold), start_date: current.start / 1_000, end_date: current.end / 1_000 },
      { ...next, proration_behavior: 'none' },
    ]
    const params = { phases, end_behavior: 'release', proration_behavior: 'none' }
    await post(`/v1/subscription_schedules/${encodeURIComponent(made.id)}`, params, `${key}:2`, WHAT)
  }
  const takeInHand = (key: string, id: string) =>
    post('/v1/subscription_schedules', { from_subscription: id }, key, WHAT)
  const letGo = (key: string, id: string) =>
    post(`/v1/subscription_schedules/${encodeURIComponent(id)}/release`, {}, key, WHAT)

  return {
    async subscription(id) {
      const what = 'the subscription'
      try {
        return read(shapes.subscription, await get(at(id), { expand: EXPAND }, what), what)
      } catch (error) {
        if (error instanceof StripeTrouble && isMissing(error.cause)) return null
        throw error
      }
    },

    async preview(id, wanted) {
      const what = 'the preview of the bill'
      const subscription_details = {
        items: [itemOf(wanted)],
        proration_behavior: wanted.when === 'now' ? 'always_invoice' : 'none',
        ...(wanted.when === 'now' && { proration_date: wanted.at / 1_000 }),
      }
      const params = { subscription: id, subscription_details }
      const invoice = read(shapes.preview, await post('/v1/invoices/create_preview', params, null, what), what)
      const money = (minor: number) => ({ minor, currency: invoice.currency })
      const ends = invoice.lines.data.map(({ period }) => period.end)
      return {
        due: money(invoice.amount_due),
        total: money(invoice.total),
        lines: invoice.lines.data.map(({ description, amount }) => ({
          text: description ?? '',
          amount: money(amount),
        })),
        until: ends.length > 0 ? Math.max(...ends) : null,
      }
    },

    async carryOut(key, change, now) {
      switch (change.do) {
        case 'plan':
          if (change.when === 'period-end') return putDown(key, change, now)
          // By card it only holds once it is paid. A bank debit takes days, and an invoice that is sent takes longer.
          await update(key, now, {
            ...atOnce(change),
            payment_behavior: now.byCard ? 'pending_if_incomplete' : 'allow_incomplete',
          })
          return
        case 'seats':
          // All or nothing: a person who is not paid for is not covered.
          await update(key, now, { ...atOnce(change), payment_behavior: 'error_if_incomplete' })
          return
        case 'cancel': {
          const cancellation_details = { comment: change.reason }
          // With a day of its own the subscription would not take another end.
          if (change.when === 'now') await remove(at(now.id), { 'cancellation_details[comment]': change.reason }, WHAT)
          else {
            if (now.schedule !== null) await letGo(`${key}:1`, now.schedule.id)
            await update(`${key}:2`, now, { cancel_at_period_end: true, cancellation_details })
          }
          return
        }
        case 'keep':
          await update(key, now, now.atPeriodEnd ? { cancel_at_period_end: false } : { cancel_at: '' })
          return
        case 'pause':
          if (change.way === 'collection') await update(key, now, { pause_collection: pauseOf(change.until) })
          // What is paid stays theirs, since doors stay open for it: nothing is given back.
          else await post(at(now.id, '/pause'), { bill_for: { unused_time_from: { type: 'none' } } }, key, WHAT)
          return
        case 'resume':
          if (now.collectionPaused) await update(`${key}:1`, now, { pause_collection: '' })
          if (now.status === 'paused') await post(at(now.id, '/resume'), resumeOf(now, clock()), `${key}:2`, WHAT)
          return
        case 'take-back':
          if (now.schedule !== null) await letGo(`${key}:1`, now.schedule.id)
          if (now.pendingItems !== null && now.invoice !== null)
            await post(`/v1/invoices/${encodeURIComponent(now.invoice.id)}/void`, {}, `${key}:2`, WHAT)
          return
      }
    },
  }
}

/** In the period that is paid it goes on without a charge; after it a new one begins, once that is paid. */
function resumeOf({ periodEnd }: SubscriptionNow, at: Ms) {
  return periodEnd !== null && periodEnd > at
    ? { billing_cycle_anchor: { type: 'unchanged' }, proration_behavior: 'none' }
    : { billing_cycle_anchor: { type: 'now' }, payment_behavior: 'resume_on_payment_success' }
}

function itemOf({ itemId, priceId, quantity }: { itemId: string; priceId?: string; quantity: number }) {
  return { id: itemId, ...(priceId !== undefined && { price: priceId }), quantity }
}

function atOnce(change: { itemId: string; priceId?: string; quantity: number; at: Ms }) {
  return { items: [itemOf(change)], proration_behavior: 'always_invoice', proration_date: change.at / 1_000 }
}

function pauseOf(until: Ms | null) {
  return { behavior: 'void', ...(until !== null && { resumes_at: Math.floor(until / 1_000) }) }
}

const sold = ({ priceId, quantity }: { priceId: string; quantity: number }) => ({ price: priceId, quantity })
/** A phase that names none would take them off. */
const discountsOf = ({ discounts }: Phase) =>
  discounts.length === 0 ? {} : { discounts: discounts.map((discount) => ({ discount })) }

function read<T>(shape: z.ZodType<T>, reply: unknown, what: string): T {
  const parsed = shape.safeParse(reply)
  if (!parsed.success) throw unexpected(what, parsed.error)
  return parsed.data
}
