// A desk whose mirror, log of decisions and agreements are filled by hand, for worklists: people of many kinds on one Friday.
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { appendDecision, type NewDecision } from '../../src/main/store/access-log.ts'
import { notePresence } from '../../src/main/store/counted.ts'
import { insertCredential, insertCredentialFact } from '../../src/main/store/credentials.ts'
import { insertMember } from '../../src/main/store/members.ts'
import { openFresh } from '../store/folder.ts'
import { customer, invoice, item, line, paymentMethod, subscription } from '../stripe/objects.ts'
import { openMirrorDesk } from './mirror-desk.ts'

export const at = (iso: string) => Date.parse(iso)
export const seconds = (iso: string) => at(iso) / 1_000

type Json = Record<string, unknown>
/** `card`: the bank card that is the customer's, `own` the subscription's own way to pay; YYYY-MM for a bank card. */
type AtStripe = {
  of?: Json
  period?: [string, string]
  invoices?: Json[]
  email?: string | null
  card?: string | null
  own?: string | null
}

export function openWorklistsDesk() {
  const mirror = openMirrorDesk()
  const { db } = mirror
  const access = openFresh('access')
  let ids = 0
  const newId = () => `id-${++ids}`
  const nothing = () => undefined
  const told = { push: nothing, pushLamps: nothing, doorSeen: () => null, deviceState: () => null }
  // Of what only a running desk has, these use cases take no more.
  const live = { db, newId, operator: 'Olga', ...told } as never
  const deps: DeskDeps = { ...mirror.deps, access, live }
  const idOf = (name: string) => db.prepare('SELECT id FROM member WHERE name = ?').pluck().get(name) as string
  const giveCard = (name: string, validUntil: number | null = null) => {
    const fact = { kind: 'enrolled', at: 0, memberId: idOf(name), validFrom: null, validUntil } as const
    const id = newId()
    insertCredential(db, id, `em:0A${String(ids).padStart(8, '0')}`, 0)
    insertCredentialFact(db, id, fact, { id: newId(), origin: 'desk', operator: 'Olga' })
  }
  return {
    ...mirror,
    deps,
    idOf,
    giveCard,
    setClock: (iso: string) => mirror.setClock(seconds(iso)),
    /** What Stripe has of these people is read, everything else is as before. */
    readPeople(people: Record<string, AtStripe>) {
      mirror.read(...Object.entries(people).flatMap(([name, person]) => objectsOf(name, person)))
    },
    /** Somebody whom Stripe does not know. */
    addPerson: (name: string) => insertMember(db, { id: name, name, phone: null, createdAt: 0 }, 'desk'),
    /** Presentations, each let through. */
    comes(name: string, moments: string[], more: Partial<NewDecision> = {}) {
      for (const iso of moments) {
        appendDecision(access, 'desk', { ...ROW, ...more, at: at(iso), memberId: idOf(name), receipt: newId() })
        if (more.granted !== false) notePresence(access, idOf(name), { inside: true, at: at(iso), doorId: 'front' })
      }
    },
  }
}

const ROW: NewDecision = {
  at: 0,
  doorId: 'front',
  presentationId: null,
  cardText: 'x',
  canonical: null,
  memberId: null,
  granted: true,
  reason: 'ok',
  detail: null,
  receipt: '',
  rule: 'paid',
  inputs: {},
  answer: {},
}

function wayToPay(expires: string | null): Json {
  if (expires === null) return paymentMethod('sepa_debit')
  const [exp_year, exp_month] = expires.split('-').map(Number)
  return { ...paymentMethod('card'), card: { brand: 'visa', last4: '4242', exp_year, exp_month, fingerprint: null } }
}

function objectsOf(name: string, { of = {}, period, invoices = [], email, card = null, own }: AtStripe) {
  const idFor = (kind: string) => `${kind}_${name.replaceAll(' ', '')}`
  const parent = { type: 'subscription_details', subscription_details: { subscription: idFor('sub') } }
  const [start, end] = (period ?? ['2026-11-01T09:00Z', '2026-12-01T09:00Z']).map(seconds)
  const span = { current_period_start: start, current_period_end: end }
  const mine = { customer: idFor('cus'), parent, payments: { object: 'list', data: [], has_more: false } }
  const paid = { status: 'paid', amount_remaining: 0, created: start, attempt_count: 1, next_payment_attempt: null }
  const invoice_settings = { default_payment_method: wayToPay(card) }
  const ownWay = own === undefined ? null : wayToPay(own)
  return [
    ['customer', customer({ id: idFor('cus'), name, phone: null, email: email ?? null, invoice_settings })],
    [
      'subscription',
      subscription({ id: idFor('sub'), customer: idFor('cus'), default_payment_method: ownWay, ...of }, [
        item({ id: idFor('si'), ...span }),
      ]),
    ],
    ['invoice', invoice({ ...mine, ...paid, id: idFor('in') }, [line({ period: { start, end } })])],
    ...invoices.map((one) => ['invoice', invoice({ ...mine, ...one, id: idFor(String(one.id)) })] as const),
  ] as const
}
