// Stripe out of reach from the 31st to the 9th, every renewal on the 1st: what doors say day by day, what was forecast of it,
// and how long a manager lets old data hold. Real tables, real derivation, the door's own decision.
import { describe, expect, test } from 'vitest'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { listDoors } from '../../src/main/app/manage-doors.ts'
import { addManual } from '../../src/main/app/manual-membership.ts'
import { giveKeys } from '../../src/main/app/order-doors.ts'
import { endOutageExtension, extendOutage, setAllowance } from '../../src/main/app/outage-extend.ts'
import { forecastOutage } from '../../src/main/app/outage-forecast.ts'
import { decide } from '../../src/main/domain/decide.ts'
import { DAY } from '../../src/main/domain/time.ts'
import { insertCredential, insertCredentialFact } from '../../src/main/store/credentials.ts'
import { readDoorSnapshot } from '../../src/main/store/door-snapshot.ts'
import { doorById, insertDoor, setDoor, setDoorPlans } from '../../src/main/store/doors.ts'
import { reviewPauses } from '../../src/main/store/first-seen.ts'
import { saveInduction, setDoorInductions } from '../../src/main/store/inductions.ts'
import { insertMember } from '../../src/main/store/members.ts'
import { cover } from '../../src/main/store/membership-seats.ts'
import { insertPlan } from '../../src/main/store/plans.ts'
import { customer, invoice, item, line, paymentMethod, subscription } from '../stripe/objects.ts'
import { refusalOf, value } from './agreed-desk.ts'
import { openMirrorDesk } from './mirror-desk.ts'

const seconds = (iso: string) => Date.parse(iso) / 1_000
/** Midnight and midday in Berlin. */
const midnight = (day: string) => seconds(`${day}T00:00:00+01:00`)
const midday = (day: string) => seconds(`${day}T12:00:00+01:00`)
const OUTAGE = midday('2026-12-31')
const RENEWAL = midnight('2027-01-01')
const DAYS = ['2026-12-31', ...Array.from({ length: 9 }, (_, n) => `2027-01-0${n + 1}`)]

type Json = Record<string, unknown>
type Person = { subscription?: Json; method?: 'card' | 'sepa_debit'; invoices?: Json[]; paidTo?: number }

const owed = (due: string) => [{ id: 'open', status_transitions: { finalized_at: midday(due) } }]

/** Each of them and what a door says at midday: from that day of January on, the 31st first. */
const PEOPLE: Record<string, Person & { says: string }> = {
  'Card payer': { says: 'ok, 1 ok-stale, 8 billing-stale' },
  'Debit payer': { method: 'sepa_debit', says: 'ok, 1 ok-stale' },
  'On trial': { subscription: { status: 'trialing', trial_end: RENEWAL }, says: 'ok, 1 ok-stale, 8 billing-stale' },
  Paused: { subscription: { pause_collection: { behavior: 'void' } }, says: 'ok, 1 ok-stale, 8 billing-stale' },
  'Late with a card': {
    subscription: { status: 'past_due' },
    invoices: owed('2026-12-28'),
    paidTo: midday('2026-12-28'),
    says: 'ok-grace, 4 ok-stale',
  },
  'Late with a debit': {
    method: 'sepa_debit',
    subscription: { status: 'past_due' },
    invoices: owed('2026-12-20'),
    paidTo: midday('2026-12-20'),
    says: 'ok-grace, 3 ok-stale',
  },
  // Whoever is known to have left or not to have paid.
  'Leaves at period end': {
    subscription: { cancel_at_period_end: true, cancel_at: RENEWAL },
    says: 'ok, 1 ended',
  },
  'Leaves on the 5th': { subscription: { cancel_at: midnight('2027-01-05') }, says: 'ok, 1 ok-stale, 5 ended' },
  'Left before': {
    subscription: { status: 'canceled', ended_at: midday('2026-12-20'), canceled_at: midday('2026-12-20') },
    says: 'ended',
  },
  'Grace was over': {
    subscription: { status: 'past_due' },
    invoices: owed('2026-12-10'),
    paidTo: midday('2026-12-10'),
    says: 'lapsed',
  },
  'Given up': { subscription: { status: 'unpaid' }, invoices: owed('2026-11-01'), says: 'lapsed' },
}

function outageDesk() {
  const mirror = openMirrorDesk()
  const { db } = mirror
  let ids = 0
  const newId = () => `id-${++ids}`
  const nothing = () => undefined
  const live = {
    db,
    newId,
    operator: 'owner',
    push: nothing,
    pushLamps: nothing,
    doorSeen: () => null,
    deviceState: () => null,
  }
  const report = () => ({ offlineSince: OUTAGE * 1_000 })
  // Of what only a running desk has, these use cases take no more.
  const deps: DeskDeps = { ...mirror.deps, live: { ...live, sync: { report } } as never }
  const cards = new Map<string, string>()
  const give = (name: string, memberId: string) => {
    const card = `em:0A000000${String(10 + cards.size)}`
    const fact = { kind: 'enrolled', at: 0, memberId, validFrom: null, validUntil: null } as const
    insertCredential(db, `card-${cards.size}`, card, 0)
    insertCredentialFact(db, `card-${cards.size}`, fact, { id: newId(), origin: 'desk', operator: 'owner' })
    cards.set(name, card)
  }
  const memberOf = (name: string) => db.prepare('SELECT id FROM member WHERE name = ?').pluck().get(name) as string
  return {
    ...mirror,
    deps,
    give,
    memberOf,
    /** What Stripe has of these people is read, everything else is as before. */
    readPeople(people: Record<string, Person>) {
      mirror.read(...Object.entries(people).flatMap(([name, person]) => objectsOf(name, person)))
      for (const name of Object.keys(people)) if (!cards.has(name)) give(name, memberOf(name))
    },
    /** Without Stripe: their word at the desk. */
    addPerson(name: string) {
      insertMember(db, { id: name, name, phone: null, createdAt: 0 }, 'desk')
      give(name, name)
    },
    says(name: string, id = 'front') {
      const door = doorById(db, id)
      if (door === null) throw new Error(`no door ${id}`)
      return decide(readDoorSnapshot(deps, door, { text: cards.get(name) ?? '', form: undefined }, deps.now()).input)
        .reason
    },
    door: (id: string) => insertDoor(db, { id, name: id, driver: 'native', format: null, key: null, at: 0 }),
  }
}

function objectsOf(
  name: string,
  { subscription: change = {}, method = 'card', invoices = [], paidTo = RENEWAL }: Person,
) {
  const of = (id: string) => `${id}_${name.replaceAll(' ', '')}`
  const parent = { type: 'subscription_details', subscription_details: { subscription: of('sub') } }
  const own = { customer: of('cus'), parent, payments: { object: 'list', data: [], has_more: false } }
  const period = { current_period_start: RENEWAL - 31 * 86_400, current_period_end: RENEWAL }
  const paid = { id: of('in_paid'), status: 'paid', amount_remaining: 0, created: paidTo - 31 * 86_400 }
  return [
    ['customer', customer({ id: of('cus'), name, email: `${of('x')}@example.org` })],
    [
      'subscription',
      subscription({ id: of('sub'), customer: of('cus'), default_payment_method: paymentMethod(method), ...change }, [
        item({ id: of('si'), ...period }),
      ]),
    ],
    ['invoice', invoice({ ...own, ...paid }, [line({ period: { start: paidTo - 31 * 86_400, end: paidTo } })])],
    ...invoices.map((one) => ['invoice', invoice({ ...own, ...one, id: of(String(one.id)) })] as const),
  ] as const
}

/** "ok, 1 ok-stale, 8 billing-stale" as one word for each of the ten days. */
function byDay(says: string): string[] {
  const steps = says.split(', ').map((step, n) => (n === 0 ? ([0, step] as const) : stepOf(step)))
  return DAYS.map((_, day) => steps.findLast(([from]) => from <= day)?.[1] ?? '')
}
const stepOf = (step: string) => [Number(step.split(' ')[0]), step.split(' ')[1]] as const

describe('an outage from the 31st to the 9th with every renewal on the 1st', () => {
  function opened() {
    const desk = outageDesk()
    desk.setClock(OUTAGE)
    desk.readPeople(PEOPLE)
    // A pause that nobody has looked at yet shuts no door, with or without Stripe.
    reviewPauses(desk.db, desk.deps.now())
    desk.deriveAll()
    for (const [name, until] of [
      ['Term over the 31st', '2026-12-31'],
      ['Term for years', '2028-12-31'],
    ] as const) {
      desk.addPerson(name)
      value(addManual(desk.deps, { member: name, plan: planOf(desk), method: 'cash', from: '2026-12-01', until }))
    }
    // Two memberships, of which one is agreed until the 3rd: the other may have been renewed.
    desk.addPerson('Covered twice')
    const card = desk.db.prepare("SELECT id FROM membership WHERE subscription_id = 'sub_Cardpayer'").pluck().get()
    cover(desk.db, String(card), 'Covered twice', 0)
    value(
      addManual(desk.deps, {
        member: 'Covered twice',
        plan: planOf(desk),
        method: 'cash',
        from: '2026-12-01',
        until: '2027-01-03',
        again: true,
      }),
    )
    return desk
  }
  const planOf = (desk: ReturnType<typeof outageDesk>) => desk.db.prepare('SELECT id FROM plan').pluck().get() as string
  const expected = {
    ...Object.fromEntries(Object.entries(PEOPLE).map(([name, { says }]) => [name, byDay(says)])),
    'Term over the 31st': byDay('ok, 1 ok-grace, 8 lapsed'),
    'Term for years': byDay('ok'),
    // Their term's grace runs to the 11th; while it does nobody is refused.
    'Covered twice': byDay('ok, 4 ok-grace'),
  }

  test('nobody who might have paid is refused within their allowance, nobody known to have left is let in', () => {
    const desk = opened()
    const said = Object.fromEntries(Object.keys(expected).map((name) => [name, [] as string[]]))
    for (const day of DAYS) {
      desk.setClock(midday(day))
      for (const name of Object.keys(expected)) said[name]?.push(desk.says(name))
    }
    expect(said).toEqual(expected)
  })

  test('the forecast of the first day names those and that moment, and each day after it still does', async () => {
    const desk = opened()
    const victims = ['Card payer', 'On trial', 'Paused']
    for (const day of DAYS) {
      desk.setClock(midday(day))
      const { first, refused, offlineSince } = await forecastOutage(desk.deps)
      expect(offlineSince).toBe('2026-12-31T11:00:00.000Z')
      const over = day >= '2027-01-08'
      expect([day, refused.people.map(({ name }) => name)]).toEqual([day, over ? victims : []])
      if (over) continue
      expect(first).toMatchObject({ at: '2027-01-07T23:00:00.000Z', count: 3 })
      expect(first?.people.map(({ name, doors }) => [name, doors])).toEqual(victims.map((name) => [name, null]))
    }
    desk.setClock(midnight('2027-01-08') - 1)
    expect(victims.map((name) => desk.says(name))).toEqual(['ok-stale', 'ok-stale', 'ok-stale'])
    desk.setClock(midnight('2027-01-08'))
    expect(victims.map((name) => desk.says(name))).toEqual(['billing-stale', 'billing-stale', 'billing-stale'])
  })

  test('what follows is on the list: the late card on the 11th, the debits on the 15th and 17th', async () => {
    const desk = opened()
    const { next } = await forecastOutage(desk.deps)
    const days = next.map(({ at, count }) => [at.slice(0, 10), count])
    expect(days).toEqual([
      ['2027-01-10', 1],
      ['2027-01-11', 1],
      ['2027-01-14', 1],
      ['2027-01-17', 1],
    ])
  })

  test('once Stripe is read again nothing is left of it: who paid comes in, who did not is told so', async () => {
    const desk = opened()
    desk.setClock(midday('2027-01-09'))
    const renewed = { paidTo: midnight('2027-02-01') }
    const failed = { status: 'past_due' }
    desk.readPeople({
      'Card payer': renewed,
      'On trial': { subscription: failed, invoices: owed('2027-01-01'), paidTo: RENEWAL },
      Paused: { subscription: { status: 'canceled', ended_at: midday('2027-01-03') } },
      'Debit payer': { method: 'sepa_debit', subscription: failed, invoices: owed('2027-01-02') },
    })
    expect(['Card payer', 'On trial', 'Paused', 'Debit payer'].map((name) => desk.says(name))).toEqual([
      'ok',
      'lapsed',
      'ended',
      'ok-grace',
    ])
    expect((await forecastOutage(desk.deps)).refused.count).toBe(0)
  })
})

describe('a manager lets old data hold', () => {
  function opened() {
    const desk = outageDesk()
    desk.setClock(OUTAGE)
    desk.readPeople({ 'Card payer': {}, 'Leaves at period end': PEOPLE['Leaves at period end'] ?? {} })
    desk.door('laser')
    value(setAllowance(desk.deps, { id: 'laser', days: 1 }))
    return desk
  }
  const extend = (desk: ReturnType<typeof outageDesk>, change = {}) =>
    extendOutage(desk.deps, { door: null, until: '2027-01-20', why: 'the bank has called', ...change })

  test('at every door but those with a rule of their own, until that day is over, and nobody who left comes in by it', async () => {
    const desk = opened()
    const { id } = value(extend(desk))
    desk.setClock(midday('2027-01-12'))
    expect(desk.says('Card payer')).toBe('ok-stale')
    expect(desk.says('Card payer', 'laser')).toBe('billing-stale')
    expect(desk.says('Leaves at period end')).toBe('ended')
    const forecast = await forecastOutage(desk.deps)
    expect(forecast).toMatchObject({
      refused: { count: 1, people: [{ name: 'Card payer', doors: ['laser'] }] },
      first: { at: '2027-01-20T23:00:00.000Z', people: [{ name: 'Card payer', doors: null }] },
      extensions: [{ id, door: null, until: '2027-01-20T23:00:00.000Z', why: 'the bank has called', by: 'owner' }],
    })
    desk.setClock(midnight('2027-01-21'))
    expect(desk.says('Card payer')).toBe('billing-stale')
    expect((await forecastOutage(desk.deps)).extensions).toEqual([])
  })

  test('at one door by its name, whatever rule it has of its own', () => {
    const desk = opened()
    value(extend(desk, { door: 'laser' }))
    desk.setClock(midday('2027-01-12'))
    expect(desk.says('Card payer', 'laser')).toBe('ok-stale')
    expect(desk.says('Card payer')).toBe('billing-stale')
  })

  test('until it is taken back, and each step stands in the log', async () => {
    const desk = opened()
    const { id } = value(extend(desk))
    desk.setClock(midday('2027-01-12'))
    value(endOutageExtension(desk.deps, { id }))
    expect(desk.says('Card payer')).toBe('billing-stale')
    expect((await forecastOutage(desk.deps)).refused.count).toBe(1)
    expect(refusalOf(endOutageExtension(desk.deps, { id })).sentence).toBe('This extension is over already.')
    expect(desk.db.prepare('SELECT kind, subject FROM action ORDER BY seq').raw().all()).toEqual([
      ['door-allowance', 'laser'],
      ['outage-extended', '*'],
      ['outage-extension-ended', '*'],
    ])
  })

  test('not in the past, not too far ahead, not without a reason, not at a door that is not there', () => {
    const desk = opened()
    const rows = desk.db.prepare('SELECT count(*) FROM action').pluck()
    const before = rows.get()
    const refused = [
      [{ until: '2026-12-30' }, 'That moment is over: choose a day that is still to come.'],
      [{ until: '2026-12-31T10:59:59Z' }, 'That moment is over: choose a day that is still to come.'],
      [{ until: 'soon' }, '"soon" is not a day: write it like 2026-12-03, or choose one.'],
      [
        { until: '2027-01-31' },
        'That is more than 30 days ahead. Choose an earlier day; it can be extended again then.',
      ],
      [{ why: '  ' }, 'Say why doors should go by old data for longer: it stands in the log.'],
      [{ door: 'cellar' }, 'There is no door "cellar": `latchkey door list` shows them.'],
    ] as const
    for (const [change, sentence] of refused) expect(refusalOf(extend(desk, change)).sentence).toBe(sentence)
    expect(rows.get()).toBe(before)
    value(extend(desk, { until: '2027-01-30' }))
  })
})

test('a door’s own allowance is shorter, none, or that of the payment method again', () => {
  const desk = outageDesk()
  desk.setClock(OUTAGE)
  desk.readPeople({ 'Card payer': {} })
  desk.setClock(midday('2027-01-02'))
  const says = (days: number | null) => {
    expect(value(setAllowance(desk.deps, { id: 'front', days })).allowanceDays).toBe(days)
    return desk.says('Card payer')
  }
  expect([says(null), says(1), says(2), says(0), says(null)]).toEqual([
    'ok-stale',
    'billing-stale',
    'ok-stale',
    'billing-stale',
    'ok-stale',
  ])
  expect(listDoors(desk.deps)[0]?.allowanceDays).toBeNull()
  expect(refusalOf(setAllowance(desk.deps, { id: 'cellar', days: 1 })).code).toBe('not-found')
})

test('who holds a key, or no card, is not forecast; who may open one door only is told with it', async () => {
  const desk = outageDesk()
  desk.setClock(OUTAGE)
  desk.readPeople({ 'Card payer': {}, Keyholder: {}, 'Half a keyholder': {} })
  desk.door('laser')
  value(giveKeys(desk.deps, { member: desk.memberOf('Keyholder'), doors: ['*'] }))
  value(giveKeys(desk.deps, { member: desk.memberOf('Half a keyholder'), doors: ['front'] }))
  desk.db.prepare('DELETE FROM card_held WHERE member_id = ?').run(desk.memberOf('Card payer'))
  expect((await forecastOutage(desk.deps)).first).toEqual({
    at: new Date(RENEWAL * 1_000 + 7 * DAY).toISOString(),
    count: 1,
    people: [{ id: desk.memberOf('Half a keyholder'), name: 'Half a keyholder', doors: ['laser'] }],
  })
})

test('doors that would not open to them anyway are not told: another plan’s, one that asks for an induction, a way out', async () => {
  const desk = outageDesk()
  const { db } = desk
  desk.setClock(OUTAGE)
  desk.readPeople({ 'Card payer': {} })
  for (const id of ['office', 'mill', 'exit', 'yard']) desk.door(id)
  insertPlan(db, { id: 'staff', name: 'Staff', at: 0 })
  setDoorPlans(db, 'office', [{ plan: 'staff', schedule: null }])
  saveInduction(db, { id: 'milling', name: 'Milling' }, 0)
  setDoorInductions(db, 'mill', ['milling'])
  const exit = doorById(db, 'exit')
  if (exit !== null) setDoor(db, { ...exit, direction: 'out', allowance: 0 })
  value(setAllowance(desk.deps, { id: 'yard', days: 1 }))
  expect((await forecastOutage(desk.deps)).first).toMatchObject({
    at: new Date(RENEWAL * 1_000 + DAY).toISOString(),
    people: [{ name: 'Card payer', doors: ['yard'] }],
  })
  value(setAllowance(desk.deps, { id: 'yard', days: null }))
  expect((await forecastOutage(desk.deps)).first?.people).toMatchObject([{ name: 'Card payer', doors: null }])
})
