// The cash box: receipts without a gap, shifts that are closed once, what is counted beside what was taken, and receipts in
// mails and on paper.
import { beforeEach, expect, it } from 'vitest'
import { cashOfMember, cashStatus, closeShift, listShifts, printable } from '../../src/main/app/cash.ts'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { currencyHere } from '../../src/main/app/late-lines.ts'
import { addManual, renewManual } from '../../src/main/app/manual-membership.ts'
import { mergePeople } from '../../src/main/app/merge-people.ts'
import { todo } from '../../src/main/app/status.ts'
import { countedAgainst, sumsOf } from '../../src/main/domain/cash.ts'
import { parseMoney } from '../../src/main/domain/money.ts'
import { addEmail } from '../../src/main/store/members.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import { type AgreedDesk, openAgreedDesk, value } from './agreed-desk.ts'

let desk: AgreedDesk
let deps: DeskDeps
beforeEach(() => {
  desk = openAgreedDesk('2026-03-10T10:00:00Z')
  deps = desk.deps
  Object.assign(deps.live, { mail: { wake: () => undefined } })
})

const EUR = (minor: number) => ({ minor, currency: 'eur' })
const USD = (minor: number) => ({ minor, currency: 'usd' })
const agree = (
  member: string,
  amount: { minor: number; currency: string } | null,
  { method = 'cash' as 'cash' | 'invoice', from = '2026-03-10' } = {},
) => value(addManual(deps, { member, plan: 'full', from, until: '2026-12-31', method, amount }))
const refusal = (result: ReturnType<typeof closeShift>) => (result.ok ? 'done' : result.refusal.sentence)
const open = () => {
  const { shift } = cashStatus(deps)
  if (shift === null) throw new Error('no shift is open')
  return shift
}
const mails = () =>
  deps.live.db.prepare('SELECT kind, member_id AS member, payload FROM outbox ORDER BY rowid').all() as {
    kind: string
    member: string
    payload: string
  }[]

it('suggests the currency in which people pay here: at Stripe, else at the desk, else that of prices', () => {
  expect(currencyHere(deps)).toBe('eur')
  const { db } = deps.live
  db.exec(`INSERT INTO stripe_price (account, id, created, product_id, recurring, currency, api_version, fetched_at, seen_run)
    VALUES ('acct_1', 'price_1', 0, 'prod_1', 1, 'gbp', '', 0, 0)`)
  expect(currencyHere(deps)).toBe('gbp')
  agree('cat', USD(500))
  agree('dan', null)
  expect(currencyHere(deps)).toBe('usd')
  db.exec(`INSERT INTO stripe_subscription
      (account, id, created, customer_id, status, pause_collection, api_version, fetched_at, seen_run, currency, items)
    VALUES ('acct_1', 'sub_1', 0, 'cus_1', 'active', 0, '', 0, 0, 'chf', '[]')`)
  expect(currencyHere(deps)).toBe('chf')
})

it('numbers each cash payment without a gap, and puts it into the shift that it opened', () => {
  expect(cashStatus(deps)).toEqual({ shift: null })
  agree('ada', EUR(6_500))
  agree('ben', USD(2_000))
  // Nothing was taken for these.
  agree('cat', EUR(6_500), { method: 'invoice' })
  agree('dan', null)
  // An old agreement that is only written down; and one that began before and is paid just now.
  const old = { member: 'dan', plan: 'full', method: 'cash', amount: EUR(900) } as const
  value(addManual(deps, { ...old, from: '2025-01-01', until: '2025-12-31' }))
  const eve = value(
    addManual(deps, { ...old, member: 'eve', amount: EUR(500), from: '2026-03-01', until: '2026-12-31', taken: true }),
  )
  value(renewManual(deps, { id: eve.id, until: '2027-12-31', method: 'cash', amount: EUR(700) }))
  expect(open()).toMatchObject({
    openedAt: '2026-03-10T10:00:00.000Z',
    expected: [EUR(7_700), USD(2_000)],
    payments: [
      { number: 'C-0001', member: { id: 'ada' }, what: 'Full member', amount: EUR(6_500), by: 'owner' },
      { number: 'C-0002', member: { id: 'ben' }, amount: USD(2_000) },
      { number: 'C-0003', member: { id: 'eve' }, amount: EUR(500) },
      { number: 'C-0004', member: { id: 'eve' }, amount: EUR(700) },
    ],
  })
  expect(todo(deps).cash).toBe(4)
  // What is refused takes no number with it.
  expect(
    addManual(deps, {
      member: 'ada',
      plan: 'full',
      from: '2026-03-10',
      until: '2026-06-30',
      method: 'cash',
      amount: EUR(1),
    }).ok,
  ).toBe(false)
  expect(open().payments).toHaveLength(4)
  const { db } = deps.live
  expect(() => db.prepare('DELETE FROM cash_payment WHERE number = 4').run()).toThrow('only added to')
  expect(() => db.prepare('UPDATE cash_payment SET minor = 1').run()).toThrow('only added to')
  expect(() =>
    db
      .prepare(`INSERT INTO cash_payment SELECT 'x', origin, number + 2, shift_id, member_id, what, subject, minor, currency, at, operator
      FROM cash_payment WHERE number = 4`)
      .run(),
  ).toThrow('without a gap')
})

it('closes a shift once, with a reason where the count is another; the next payment opens the next', () => {
  agree('ada', EUR(6_500))
  agree('ben', USD(2_000))
  const { id } = open()
  const close = (counted: { minor: number; currency: string }[], note?: string) =>
    closeShift(deps, { shift: id, counted, ...(note === undefined ? {} : { note }) })
  const all = 'Count each currency of this shift once: €65.00, US$20.00.'
  expect(refusal(close([EUR(6_500)]))).toBe(all)
  expect(refusal(close([EUR(6_500), EUR(0)]))).toBe(all)
  expect(refusal(close([EUR(6_500), USD(2_000), { minor: 1, currency: 'chf' }]))).toBe(all)
  const differs = 'You counted €60.00 where €65.00 were taken: count again, or write down why.'
  expect(refusal(close([EUR(6_000), USD(2_000)]))).toBe(differs)
  expect(refusal(close([EUR(6_000), USD(2_000)], '  '))).toBe(differs)
  desk.setClock('2026-03-10T18:00:00Z')
  const closed = value(close([EUR(6_000), { minor: 2_000, currency: 'USD' }], ' Change given twice '))
  expect(closed).toEqual({
    id,
    openedAt: '2026-03-10T10:00:00.000Z',
    closedAt: '2026-03-10T18:00:00.000Z',
    by: 'owner',
    note: 'Change given twice',
    counts: [
      { currency: 'eur', expected: 6_500, counted: 6_000 },
      { currency: 'usd', expected: 2_000, counted: 2_000 },
    ],
    receipts: { count: 2, from: 'C-0001', to: 'C-0002' },
  })
  expect(refusal(close([EUR(6_500), USD(2_000)]))).toBe('This shift is closed already: look at the list again.')
  expect(refusal(closeShift(deps, { shift: 'gone', counted: [] }))).toBe(
    'No shift is open: the next cash payment begins one.',
  )
  expect(cashStatus(deps)).toEqual({ shift: null })
  expect(todo(deps).cash).toBe(0)
  desk.setClock('2026-03-11T09:00:00Z')
  agree('cat', EUR(100), { from: '2026-03-11' })
  const next = open()
  expect(next).toMatchObject({ openedAt: '2026-03-11T09:00:00.000Z', payments: [{ number: 'C-0003' }] })
  value(closeShift(deps, { shift: next.id, counted: [EUR(100)] }))
  expect(listShifts(deps).map(({ receipts }) => receipts.from)).toEqual(['C-0003', 'C-0001'])
  expect(value(printable(deps, id))).toMatchObject({
    kind: 'shift',
    space: 'Our space',
    shift: closed,
    payments: [{ number: 'C-0001' }, { number: 'C-0002' }],
  })
})

it('gives a receipt on paper to everybody, and by mail to whoever has an address; after a merge it is theirs still', () => {
  writeSetting(
    deps.live.db,
    'mail',
    {
      host: 'h',
      port: 25,
      security: 'none',
      user: null,
      senderName: '',
      senderAddress: 'desk@space.example',
      staff: [],
    },
    deps.now(),
  )
  addEmail(deps.live.db, 'ada', 'ada@example.org', deps.now())
  agree('ada', EUR(6_500))
  const bens = agree('ben', EUR(6_500)).id
  const [welcome, bare] = mails()
  expect([welcome?.kind, welcome?.member]).toEqual(['welcome', 'ada'])
  expect(JSON.parse(welcome?.payload ?? '')).toMatchObject({
    receipt: {
      number: 'C-0001',
      lines: [{ text: 'Full member', amount: EUR(6_500) }],
      total: EUR(6_500),
      paidBy: 'Cash',
    },
  })
  expect([bare?.kind, bare?.member]).toEqual(['welcome', 'ben'])
  // A renewal is no welcome: it is a receipt, and none for whom there is only paper.
  value(renewManual(deps, { id: bens, until: '2027-12-31', method: 'cash', amount: EUR(100) }))
  expect(mails()).toHaveLength(2)
  addEmail(deps.live.db, 'ben', 'ben@example.org', deps.now())
  value(renewManual(deps, { id: bens, until: '2028-12-31', method: 'cash', amount: EUR(200) }))
  expect(mails().map(({ kind }) => kind)).toEqual(['welcome', 'welcome', 'receipt'])
  expect(JSON.parse(mails()[2]?.payload ?? '')).toMatchObject({ name: 'ben', number: 'C-0004', total: EUR(200) })

  const [receipt] = cashOfMember(deps, 'ada')
  expect(value(printable(deps, receipt?.id ?? ''))).toMatchObject({
    kind: 'receipt',
    space: 'Our space',
    receipt: { number: 'C-0001', name: 'ada', by: 'owner', total: EUR(6_500), paidBy: 'Cash' },
  })
  const missing = printable(deps, 'gone')
  expect(missing.ok ? null : missing.refusal.code).toBe('not-found')
  value(mergePeople(deps, { keep: 'ada', from: 'ben' }))
  expect(cashOfMember(deps, 'ada').map(({ number, member }) => [number, member.id])).toEqual(
    ['C-0004', 'C-0003', 'C-0002', 'C-0001'].map((number) => [number, 'ada']),
  )
})

it('never adds two currencies, and reads amounts as they are written', () => {
  expect(sumsOf([USD(1), EUR(2), USD(3)])).toEqual([EUR(2), USD(4)])
  expect(countedAgainst([EUR(2)], [EUR(-1)])).toBeNull()
  expect(
    ['65 eur', '65,50EUR', ' 500 jpy ', '1.2345 EUR', '65', 'EUR 65', '-1 EUR'].map((text) => parseMoney(text)),
  ).toEqual([EUR(6_500), EUR(6_550), { minor: 500, currency: 'jpy' }, null, null, null, null])
})
