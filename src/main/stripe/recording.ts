// A recording of what a sync read, for bug reports: events and objects with their times, personal data blanked.
// Only what stands in the list of fields below stays readable; every other text becomes a mark that is the same for the
// same text, so that what is equal stays equal.
import { createHash } from 'node:crypto'
import { BILLING_KINDS, type BillingEvent, type BillingKind } from '../domain/billing.ts'
import { normaliseEmail, normaliseName } from '../domain/member.ts'
import type { DueFact, MembershipFact, PauseFact, PersonFact } from '../domain/recorded-facts.ts'
import type { Ms } from '../domain/time.ts'
import type { StripePort } from './port.ts'
import { OUR_ID } from './stripe-shapes.ts'

export type RecordedLine =
  | {
      line: 'begin'
      version: string
      account: string
      livemode: boolean
      settings: Record<string, unknown>
      /** Which prices are memberships, as far as a manager has said so. */
      sales: { confirmed: boolean; prices: { price: string; plan: { id: string; name: string } | null }[] }
      /** Whether the account had been read before: what is found paused at first waits for a manager. */
      readBefore: boolean
      at: Ms
    }
  | { line: 'event'; event: BillingEvent; receivedAt: Ms }
  | { line: 'object'; kind: BillingKind; raw: unknown; fetchedAt: Ms }
  | { line: 'gone'; kind: BillingKind; id: string; at: Ms }
  // What the desk had written down by itself, as it was at the end.
  | ({ line: 'due' } & DueFact)
  | ({ line: 'pause' } & PauseFact)
  | ({ line: 'person' } & PersonFact)
  | ({ line: 'membership' } & MembershipFact)
  | { line: 'end'; at: Ms }

/** Fields whose texts are Stripe's own words or ids, never a person's. */
const READABLE = new Set(
  `id object status type currency interval customer subscription price product payment_intent charge payment invoice
   reason billing_reason collection_method behavior duration decline_code code api_version parent default_payment_method
   latest_invoice latest_charge payment_method coupon usage_type proration_behavior billing_scheme tax_behavior network_status
   balance_type`.split(/\s+/),
)

/** `salt` is random for each recording: marks of two recordings say nothing about each other. */
export function blank(value: unknown, salt: string, field = ''): unknown {
  if (typeof value === 'string') return READABLE.has(field) || field === OUR_ID ? value : mark(value, salt, field)
  if (Array.isArray(value)) return value.map((one) => blank(one, salt, field))
  if (typeof value !== 'object' || value === null) return value
  const own = Object.entries(value)
  const isProduct = (value as { object?: string }).object === 'product'
  return Object.fromEntries(
    own.flatMap(([name, inner]) => {
      if (name === 'metadata') return [[name, ourMetadata(inner)]]
      // What a space sells is no secret of a person, and standing is told by it.
      if (isProduct && name === 'name') return [[name, inner]]
      if (name === 'payment_method_types') return [[name, inner]]
      return [[name, blank(inner, salt, name)]]
    }),
  )
}

function ourMetadata(metadata: unknown): Record<string, string> {
  const ours = (metadata as Record<string, string> | null)?.[OUR_ID]
  return ours === undefined ? {} : { [OUR_ID]: ours }
}

/** Texts that the desk takes for the same keep being the same, and an empty one is no name. */
function mark(text: string, salt: string, field: string): string {
  const isEmail = field === 'email' || /^\S+@\S+$/.test(text.trim())
  const plain = isEmail ? normaliseEmail(text) : field === 'name' ? normaliseName(text) : text.trim()
  if (plain === '') return ''
  const hash = createHash('sha256').update(`${salt}|${plain}`).digest('hex').slice(0, 12)
  return isEmail ? `x${hash}@example.invalid` : `x${hash}`
}

/** The same port, with everything that it answers written down. */
export function recordingPort(
  port: StripePort,
  salt: string,
  now: () => Ms,
  write: (line: RecordedLine) => void,
): StripePort {
  const object = (kind: BillingKind, raw: unknown, fetchedAt: Ms) =>
    write({ line: 'object', kind, raw: blank(raw, salt), fetchedAt })
  return {
    ...port,
    async list(kind, asked) {
      const page = await port.list(kind, asked)
      for (const { raw, fetchedAt } of page.data) object(kind, raw, fetchedAt)
      return page
    },
    async retrieve(kind, id) {
      const found = await port.retrieve(kind, id)
      if (found === null) write({ line: 'gone', kind, id, at: now() })
      else object(kind, found.raw, found.fetchedAt)
      return found
    },
    async events(asked) {
      const page = await port.events(asked)
      const receivedAt = now()
      for (const event of page.data) {
        if (BILLING_KINDS.includes(event.objectType as BillingKind))
          write({ line: 'event', event: { ...event, payload: '{}' }, receivedAt })
      }
      return page
    },
  }
}
