// Worklists on a real desk with people of many kinds: who stands in which, why, with what beside it, and as files.
import { expect, test } from 'vitest'
import { giveAccess } from '../../src/main/app/access-override.ts'
import { setHidden } from '../../src/main/app/hide-member.ts'
import { addManual } from '../../src/main/app/manual-membership.ts'
import { worklistCsv } from '../../src/main/app/worklist-csv.ts'
import { expiringList, oldCards } from '../../src/main/app/worklist-expiring.ts'
import { leaksList } from '../../src/main/app/worklist-leaks.ts'
import { recoveredList } from '../../src/main/app/worklist-recovered.ts'
import { weekendList } from '../../src/main/app/worklist-weekend.ts'
import { insertOverride } from '../../src/main/store/overrides.ts'
import { insertRecovered } from '../../src/main/store/recovered.ts'
import { refusalOf, value } from './agreed-desk.ts'
import { at, openWorklistsDesk, seconds } from './worklists-desk.ts'

/** Friday 27 November 2026, 18:00 in Berlin. */
const FRIDAY = '2026-11-27T17:00:00Z'

test('who will be refused before Monday, and why', async () => {
  const desk = openWorklistsDesk()
  const { deps, giveCard, idOf, comes } = desk
  desk.setClock(FRIDAY)
  desk.readPeople({
    Greta: {
      email: 'greta@example.org',
      card: '2030-01',
      of: { status: 'past_due' },
      invoices: [
        {
          id: 'late',
          next_payment_attempt: seconds('2026-11-28T08:00:00Z'),
          status_transitions: { finalized_at: seconds('2026-11-21T09:00:00Z') },
        },
      ],
    },
    Uwe: {
      card: '2030-01',
      of: { status: 'past_due' },
      invoices: [
        {
          id: 'late',
          next_payment_attempt: null,
          status_transitions: { finalized_at: seconds('2026-11-21T19:00:00Z') },
        },
      ],
    },
    Edgar: {
      of: { cancel_at_period_end: true, cancel_at: seconds('2026-11-28T12:00:00Z') },
      period: ['2026-10-28T12:00Z', '2026-11-28T12:00Z'],
    },
    Olaf: { card: '2026-10', period: ['2026-10-29T12:00Z', '2026-11-29T12:00Z'], email: 'olaf@example.org' },
    Paula: { period: ['2026-10-28T12:00Z', '2026-11-28T12:00Z'] },
    // Stripe has tried that one already.
    Pavel: { card: '2026-10', period: ['2026-10-27T12:00Z', '2026-11-27T12:00Z'] },
    Nina: { of: { cancel_at_period_end: true, cancel_at: seconds('2026-11-28T12:00:00Z') } },
  })
  for (const name of ['Greta', 'Uwe', 'Edgar', 'Olaf', 'Paula']) giveCard(name)
  const plan = desk.db.prepare('SELECT id FROM plan').pluck().get() as string
  desk.addPerson('Tilda')
  giveCard('Tilda')
  const agreed = { plan, method: 'cash', from: '2026-10-22', until: '2026-11-21' } as const
  value(addManual(deps, { ...agreed, member: 'Tilda', amount: { minor: 1_250, currency: 'kwd' }, taken: false }))
  desk.addPerson('Wim')
  giveCard('Wim')
  value(giveAccess(deps, { member: 'Wim', until: '2026-11-28', why: 'repairs the lathe' }))
  // Let in once is no rule for days: whoever has nothing else stands before a closed door anyway.
  desk.addPerson('Otto')
  giveCard('Otto')
  const once = {
    id: 'once',
    memberId: 'Otto',
    at: deps.now(),
    until: at('2026-11-28T12:00Z'),
    why: 'bag',
    operator: 'Olga',
  }
  insertOverride(desk.db, { ...once, doorId: null, uses: 1, origin: 'desk' })
  desk.addPerson('Zoe')
  giveCard('Zoe', at('2026-11-29T08:00:00Z'))
  value(addManual(deps, { ...agreed, member: 'Zoe', until: '2027-11-21' }))
  comes('Edgar', ['2026-11-02T10:00Z', '2026-11-02T11:00Z', '2026-11-03T10:00Z', '2026-11-26T10:00Z'])
  comes('Greta', ['2026-08-01T10:00Z', '2026-11-10T10:00Z', '2026-11-11T10:00Z'])
  comes('Tilda', ['2026-11-20T10:00Z'])

  const list = value(await weekendList(deps, {}))
  expect(list.until).toBe('2026-11-29T23:00:00.000Z')
  expect(
    list.rows.map(({ member, kind, at: when, visits, next }) => [member.name, kind, when, visits, next.do]),
  ).toEqual([
    ['Edgar', 'ending', '2026-11-28T12:00:00.000Z', 3, 'look'],
    ['Greta', 'grace', '2026-11-28T10:00:00.000Z', 2, 'send-link'],
    ['Tilda', 'term', '2026-11-28T23:00:00.000Z', 1, 'renew'],
    ['Uwe', 'grace', '2026-11-28T20:00:00.000Z', 0, 'take-payment'],
    ['Wim', 'word', '2026-11-28T23:00:00.000Z', 0, 'extend'],
    ['Zoe', 'card', '2026-11-29T08:00:00.000Z', 0, 'look'],
    ['Olaf', 'may', '2026-12-06T12:00:00.000Z', 0, 'write'],
  ])
  const said = Object.fromEntries(list.rows.map(({ member, sentence }) => [member.name, sentence]))
  expect(said).toEqual({
    Edgar: 'The membership ends, as was agreed.',
    Greta: '€65.00 is late since 21 Nov, and grace runs out. Stripe tries again tomorrow 09:00.',
    Uwe: '€65.00 is late since 21 Nov, and grace runs out.',
    Tilda: 'The agreed term ended 21 Nov, and its grace runs out.',
    Wim: 'The permission of Olga (repairs the lathe) runs out, and nothing else opens doors.',
    Zoe: 'The card runs out, and there is no other.',
    Olaf: 'Stripe charges a bank card Sun 13:00 that ran out in October 2026: if it fails, 7 days of grace begin.',
  })
  expect([list.total, list.certain, list.owed]).toEqual([
    7,
    6,
    [
      { minor: 13_000, currency: 'eur' },
      { minor: 1_250, currency: 'kwd' },
    ],
  ])
  expect(list.rows[1]).toMatchObject({
    contact: { email: 'greta@example.org', phone: null },
    retryAt: '2026-11-28T08:00:00.000Z',
  })

  // What is not to be named in lists of visits is not counted here, and the list stays whole.
  value(setHidden(deps, { id: idOf('Edgar'), hidden: true }))
  const after = value(await weekendList(deps, { limit: 2 }))
  expect([after.total, after.rows.map(({ member, visits }) => [member.name, visits])]).toEqual([
    7,
    [
      ['Greta', 2],
      ['Tilda', 1],
    ],
  ])
  // A day is looked at to its end; what ends after it is not in it.
  expect(value(await weekendList(deps, { until: '2026-11-27' })).total).toBe(0)
  expect(refusalOf(await weekendList(deps, { until: 'Monday' })).sentence).toContain('"Monday" is not a day')
  expect(refusalOf(await weekendList(deps, { until: '2026-11-26' })).code).toBe('bad-request')
  const { csv, name } = value(await worklistCsv(deps, { list: 'weekend' }))
  expect(name).toBe('weekend.csv')
  expect(csv.split('\r\n')).toHaveLength(9)
  expect(csv).toContain(
    'Tilda,2026-11-28T23:00:00.000Z,yes,"The agreed term ended 21 Nov, and its grace runs out.",1.250,KWD,1,,',
  )
})

test('who comes in without paying, and who pays without coming', async () => {
  const desk = openWorklistsDesk()
  const { deps, giveCard, idOf, comes } = desk
  desk.setClock('2026-08-01T09:00:00Z')
  const period = ['2026-07-15T09:00Z', '2026-08-15T09:00Z'] as [string, string]
  const names = ['Lars', 'Ida', 'Ivo', 'Hedda', 'Cora', 'Fia', 'Nele'] as const
  desk.readPeople(Object.fromEntries(names.map((name) => [name, { period }])))
  desk.readPeople({ Pia: { period, of: { pause_collection: { behavior: 'void', resumes_at: null } } } })
  for (const name of names) giveCard(name)
  comes('Fia', ['2026-08-01T10:00Z'])
  comes('Ivo', ['2026-09-02T10:00Z'])
  comes('Ida', ['2026-09-20T10:00Z'])
  comes('Cora', ['2026-11-20T10:00Z'])

  // While the log is younger than sixty days nobody can be told to have stayed away.
  desk.setClock('2026-09-25T10:00:00Z')
  expect((await leaksList(deps, {})).idle).toMatchObject({
    total: 0,
    notYet: 'Doors have told of visits only since 1 Aug: 60 days later this list begins.',
  })

  desk.setClock('2026-11-10T09:00:00Z')
  desk.readPeople({ Lars: { of: { status: 'unpaid' }, invoices: [{ id: 'late' }] } })
  const given = value(giveAccess(deps, { member: idOf('Lars'), until: '2026-12-31', why: 'helps with repairs' }))
  const byOlga = {
    reason: 'ok-override',
    rule: 'override',
    inputs: { override: given.id, overrideBy: 'Olga' },
  } as const
  comes('Lars', ['2026-11-09T10:00Z'], byOlga)
  comes('Lars', ['2026-11-12T10:00Z', '2026-11-19T10:00Z'], byOlga)
  comes('Lars', ['2026-11-20T10:00Z'], { rule: 'uploaded' })
  comes('Lars', ['2026-11-21T10:00Z'], { granted: false, reason: 'lapsed' })
  comes('Lars', ['2026-11-22T10:00Z'], { reason: 'ok-keyholder', rule: 'keyholder' })
  desk.setClock(FRIDAY)
  desk.readPeople({
    Fia: { of: { status: 'past_due' }, invoices: [{ id: 'late' }] },
    // Was paused till now; joined this month.
    Pia: {},
    Jan: { of: { created: seconds('2026-11-01T09:00:00Z') } },
  })
  value(setHidden(deps, { id: idOf('Hedda'), hidden: true }))

  const { entering, idle } = await leaksList(deps, {})
  expect(entering.rows).toMatchObject([
    {
      member: { name: 'Lars' },
      standing: 'lapsed',
      since: '2026-11-10T09:00:00.000Z',
      times: 3,
      lastAt: '2026-11-20T10:00:00.000Z',
      sentence:
        "Lapsed 10 Nov. Let in twice by Olga's permission (helps with repairs), once by an old list of Front door.",
      next: { do: 'end-permission', permission: given.id },
    },
  ])
  // Cora came lately, Fia is late: neither is told to stay away.
  expect(idle.rows.map(({ member, sentence, perMonth }) => [member.name, sentence, perMonth])).toEqual([
    [
      'Nele',
      'Member since 17 Apr 2024; not let in since doors tell of visits, 1 Aug.',
      { minor: 6_500, currency: 'eur' },
    ],
    ['Ivo', 'Was last let in 2 Sept.', { minor: 6_500, currency: 'eur' }],
    ['Ida', 'Was last let in 20 Sept.', { minor: 6_500, currency: 'eur' }],
  ])
  expect([idle.total, idle.hidden, idle.perMonth, idle.notYet]).toEqual([
    3,
    1,
    [{ minor: 19_500, currency: 'eur' }],
    null,
  ])
  expect(value(await worklistCsv(deps, { list: 'idle' })).csv).toContain(
    'Ivo,Full member,2026-09-02T10:00:00.000Z,65.00,EUR',
  )
  expect(value(await worklistCsv(deps, { list: 'entering' })).csv.split('\r\n')).toHaveLength(3)
})

test('what was paid after a swipe, and how long it took', () => {
  const desk = openWorklistsDesk()
  const { deps, idOf, comes } = desk
  desk.setClock(FRIDAY)
  desk.readPeople({ Rita: {}, Rolf: {}, Rosa: {} })
  comes('Rita', ['2026-11-26T10:00:00Z'], { granted: false, reason: 'lapsed' })
  comes('Rolf', ['2026-11-26T11:00:00Z'], { reason: 'ok-grace', rule: 'grace' })
  comes('Rosa', ['2026-05-01T11:00:00Z'], { granted: false, reason: 'lapsed' })
  comes('Rita', ['2026-11-26T10:05:00Z'], { granted: false, reason: 'billing-stale' })
  comes('Rita', ['2026-11-26T10:09:00Z'])
  const pays = (name: string, when: string, seq: number, minor: number, currency: string) =>
    insertRecovered(
      desk.db,
      {
        account: 'acct_1',
        invoiceId: `in_${name}`,
        memberId: idOf(name),
        at: at(when),
        operator: 'Olga',
        way: 'cash',
        amount: { minor, currency },
        decision: { desk: 'desk', seq },
      },
      'desk',
    )
  pays('Rita', '2026-11-26T10:04:00Z', 1, 6_500, 'eur')
  pays('Rolf', '2026-11-26T12:00:00Z', 2, 5_000, 'jpy')
  pays('Rosa', '2026-05-01T11:10:00Z', 3, 100, 'eur')

  const list = value(recoveredList(deps, {}))
  expect(
    list.rows.map(({ member, minutesToPay, minutesToBack, swipe }) => [
      member.name,
      minutesToPay,
      minutesToBack,
      swipe?.reason,
    ]),
  ).toEqual([
    ['Rolf', 60, null, 'ok-grace'],
    ['Rita', 4, 5, 'lapsed'],
  ])
  expect(list.rows.map(({ sentence }) => sentence)).toEqual([
    'Let in late at Front door yesterday 12:00, paid in cash 60 minutes later, not let in since.',
    'Refused at Front door yesterday 11:00, paid in cash 4 minutes later, let in 5 minutes after that.',
  ])
  expect(list.sums).toEqual([
    { amount: { minor: 6_500, currency: 'eur' }, count: 1, minutes: 4 },
    { amount: { minor: 5_000, currency: 'jpy' }, count: 1, minutes: 60 },
  ])
  expect(value(recoveredList(deps, { from: '2026-05-01', until: '2026-05-01' })).sums).toEqual([
    { amount: { minor: 100, currency: 'eur' }, count: 1, minutes: 10 },
  ])
  expect(refusalOf(recoveredList(deps, { from: 'May' })).code).toBe('bad-request')
})

test('bank cards that will have run out at the next charge', () => {
  const desk = openWorklistsDesk()
  desk.setClock(FRIDAY)
  const soon = ['2026-11-10T09:00Z', '2026-12-10T09:00Z'] as [string, string]
  desk.readPeople({
    Later: { card: '2026-11', period: soon, email: 'later+x@example.org' },
    First: { card: '2026-10' },
    'Good still': { card: '2026-12', period: soon },
    'Own debit': { card: '2026-10', own: null },
    'Own card': { card: '2030-01', own: '2026-11', period: ['2026-11-05T09:00Z', '2026-12-05T09:00Z'] },
    'Own good card': { card: '2026-10', own: '2030-01' },
    Leaves: { card: '2026-10', of: { cancel_at: seconds('2026-12-01T09:00:00Z'), cancel_at_period_end: true } },
    'By invoice': { card: '2026-10', of: { collection_method: 'send_invoice', days_until_due: 14 } },
    Paused: { card: '2026-10', of: { pause_collection: { behavior: 'void', resumes_at: null } } },
    Trial: { card: '2026-11', of: { status: 'trialing', trial_end: seconds('2026-12-02T09:00:00Z') } },
    Retried: {
      card: '2026-11',
      period: soon,
      of: { status: 'past_due' },
      invoices: [{ id: 'late', next_payment_attempt: seconds('2026-12-03T09:00:00Z') }],
    },
    Gone: { card: '2026-10', of: { status: 'canceled', ended_at: seconds('2026-11-01T09:00:00Z') } },
  })
  const list = expiringList(desk.deps, {})
  expect(list.rows.map(({ member, expires, chargeAt }) => [member.name, expires, chargeAt.slice(0, 10)])).toEqual([
    ['First', '2026-10', '2026-12-01'],
    ['Trial', '2026-11', '2026-12-02'],
    ['Retried', '2026-11', '2026-12-03'],
    ['Own card', '2026-11', '2026-12-05'],
    ['Later', '2026-11', '2026-12-10'],
  ])
  expect(list.rows.map(({ sentence }) => sentence).slice(0, 2)).toEqual([
    'The bank card ran out in October 2026; Stripe charges it 1 Dec.',
    'The bank card runs out with November 2026; Stripe charges it 2 Dec.',
  ])
  const [next] = list.rows.slice(-1).map((row) => row.next)
  expect(next?.do === 'write' && next.mailto).toMatch(/^mailto:later%2Bx@example\.org\?subject=Your%20bank%20card/)
  expect(list.total).toBe(5)
  // Before a moment: also of one whose period ends after it, and who is tried again before.
  const all = oldCards(desk.deps, Number.MAX_SAFE_INTEGER)
  for (const before of all.flatMap(({ chargeAt }) => [chargeAt, chargeAt + 1]))
    expect(oldCards(desk.deps, before)).toEqual(all.filter(({ chargeAt }) => chargeAt < before))
})
