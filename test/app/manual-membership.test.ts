// Memberships without Stripe: terms by local days, what renewing and ending them does at a door, several people on one.
import { expect, test } from 'vitest'
import { membershipRows } from '../../src/main/app/inbox-memberships.ts'
import { addManual, endMembership, listTerms, renewManual } from '../../src/main/app/manual-membership.ts'
import { memberPanel } from '../../src/main/app/member-panel.ts'
import { changeSeats, coverPerson, uncoverPerson } from '../../src/main/app/seats.ts'
import type { Args } from '../../src/preload/contract.ts'
import { type AgreedDesk, openAgreedDesk, refusalOf, value } from './agreed-desk.ts'

type Asked = Args<'memberships.addManual'>

function agree(desk: AgreedDesk, from: string, until: string, change: Partial<Asked> = {}): string {
  const asked: Asked = { member: 'ada', plan: 'full', method: 'cash', from, until, ...change }
  return value(addManual(desk.deps, asked)).id
}

test.each([
  ['on a plain day', '2026-03-10', '2026-03-20', '2026-03-09T23:00:00Z', '2026-03-20T23:00:00Z'],
  [
    'from before summer time to its first day',
    '2026-03-28',
    '2026-03-29',
    '2026-03-27T23:00:00Z',
    '2026-03-29T22:00:00Z',
  ],
  ['over the day of 23 hours alone', '2026-03-29', '2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
  ['over the day of 25 hours alone', '2026-10-25', '2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
  ['over the turn of the year', '2026-12-31', '2027-01-01', '2026-12-30T23:00:00Z', '2027-01-01T23:00:00Z'],
])('a term %s opens from its first local midnight to its last', (_, from, until, begins, ends) => {
  const desk = openAgreedDesk('2026-03-01T12:00:00Z')
  const id = agree(desk, from, until)
  const just = (moment: string, ms: number) => new Date(Date.parse(moment) + ms).toISOString()
  const seen = [
    just(begins, -1),
    begins,
    just(ends, -1),
    ends,
    just(ends, 7 * 86_400_000 - 1),
    just(ends, 7 * 86_400_000),
  ]
  const said = seen.map((moment) => {
    desk.setClock(moment)
    return desk.door('ada')[0]
  })
  expect(said).toEqual(['no-membership', 'ok', 'ok', 'ok-grace', 'ok-grace', 'lapsed'])
  expect(value(listTerms(desk.deps, id))).toMatchObject([
    { from: begins.replace('Z', '.000Z'), until: ends.replace('Z', '.000Z') },
  ])
})

test('an amount in a currency that there is none of is refused, and capitals are none of another', () => {
  const desk = openAgreedDesk('2026-03-01T12:00:00Z')
  const asked: Asked = { member: 'ada', plan: 'full', method: 'cash', from: '2026-03-10', until: '2026-03-20' }
  for (const currency of ['zzz', 'euro']) {
    const refused = addManual(desk.deps, { ...asked, amount: { minor: 4_500, currency } })
    expect(refusalOf(refused).sentence).toContain(`There is no currency "${currency}"`)
  }
  const id = agree(desk, asked.from, asked.until, { amount: { minor: 4_500, currency: 'EUR' } })
  const renewed = renewManual(desk.deps, {
    id,
    method: 'cash',
    until: '2026-04-20',
    amount: { minor: 1, currency: 'zzz' },
  })
  expect(refusalOf(renewed).code).toBe('bad-request')
  expect(value(listTerms(desk.deps, id)).map(({ amount }) => amount)).toEqual([{ minor: 4_500, currency: 'eur' }])
})

test('grace over at midday lets in to the end of that local day where the space says so', () => {
  const desk = openAgreedDesk('2026-10-18T10:00:00Z', true)
  agree(desk, '2026-10-18', '2026-10-18')
  // Seven times 24 hours after the term is 23:00, because the clocks went back.
  desk.setClock('2026-10-25T22:30:00Z')
  expect(desk.door('ada')).toEqual(['ok-grace'])
  desk.setClock('2026-10-25T23:00:00Z')
  expect(desk.door('ada')).toEqual(['lapsed'])
})

test('what ends with a day is said to end on that day, not on the next', () => {
  const desk = openAgreedDesk('2026-04-18T09:00:00Z')
  agree(desk, '2026-04-18', '2026-04-27')
  const said = (moment: string) => {
    desk.setClock(moment)
    const { standingDate, sentence } = value(memberPanel(desk.deps, 'ada'))
    return [standingDate, sentence]
  }
  expect(said('2026-04-20T09:00:00Z')[0]).toBe('paid until 27 Apr')
  expect(said('2026-04-27T09:00:00Z')[0]).toBe('paid until today')
  expect(said('2026-04-30T09:00:00Z')).toEqual([
    'access ends 4 May',
    'The agreed term of ada has been over since 28 Apr; access ends 4 May.',
  ])
  expect(said('2026-05-11T09:00:00Z')).toEqual([
    'since 5 May',
    "ada's agreed term ended on 27 Apr and was not renewed. Access ended 4 May.",
  ])
})

test('terms, seats and who is covered outlive a restart', () => {
  const desk = openAgreedDesk('2026-03-18T09:00:00Z')
  const amount = { minor: 12_000, currency: 'eur' }
  const id = agree(desk, '2026-03-18', '2026-06-30', { seats: 3, amount, note: ' receipt 4 ' })
  for (const member of ['ben', 'cat']) value(coverPerson(desk.deps, { id, member }))
  value(uncoverPerson(desk.deps, { id, member: 'ben' }))
  desk.restart()
  expect(desk.door('ada', 'ben', 'cat')).toEqual(['ok', 'no-membership', 'ok'])
  expect(value(listTerms(desk.deps, id))).toEqual([
    { from: '2026-03-17T23:00:00.000Z', until: '2026-06-30T22:00:00.000Z', method: 'cash', amount, note: 'receipt 4' },
  ])
  expect(value(memberPanel(desk.deps, 'cat')).memberships).toMatchObject([{ seats: 3, payer: { name: 'ada' } }])
})

test('renewed while it runs, the next term follows the last; renewed after it was over, it begins that day', () => {
  const desk = openAgreedDesk('2026-03-18T09:00:00Z')
  const id = agree(desk, '2026-03-18', '2026-03-31')
  const day = (moment: string) => moment.slice(0, 10)
  const spans = () => value(listTerms(desk.deps, id)).map(({ from, until }) => [day(from), day(until)])
  value(renewManual(desk.deps, { id, until: '2026-04-30', method: 'invoice' }))
  expect(spans()).toEqual([
    ['2026-03-31', '2026-04-30'],
    ['2026-03-17', '2026-03-31'],
  ])
  desk.setClock('2026-06-10T09:00:00Z')
  expect(desk.door('ada')).toEqual(['lapsed'])
  value(renewManual(desk.deps, { id, until: '2026-07-31', method: 'cash' }))
  expect(spans()[0]).toEqual(['2026-06-09', '2026-07-31'])
  expect(desk.door('ada')).toEqual(['ok'])
  expect(value(memberPanel(desk.deps, 'ada')).history.map(({ standing }) => standing)).toEqual([
    'current',
    'lapsed',
    'grace',
    'current',
  ])
})

test('what was paid for days that are over is written down, and opens nothing', () => {
  const desk = openAgreedDesk('2026-03-18T09:00:00Z')
  const id = agree(desk, '2026-01-01', '2026-01-31')
  expect(desk.door('ada')).toEqual(['lapsed'])
  value(renewManual(desk.deps, { id, until: '2026-02-28', method: 'cash' }))
  expect(value(listTerms(desk.deps, id))).toHaveLength(2)
  expect(desk.door('ada')).toEqual(['lapsed'])
})

test.each([
  ['overlaps its beginning', '2026-03-20', '2026-04-10', 'taken'],
  ['begins sooner and runs into it', '2026-03-18', '2026-04-01', 'taken'],
  ['lies in it', '2026-04-02', '2026-04-03', 'taken'],
  ['ends where it begins', '2026-03-18', '2026-03-31', null],
  ['begins where it ends', '2026-05-01', '2026-05-31', null],
])('a second term of the same plan that %s', (_, from, until, code) => {
  const desk = openAgreedDesk('2026-03-18T09:00:00Z')
  agree(desk, '2026-04-01', '2026-04-30')
  const second: Asked = { member: 'ada', plan: 'full', method: 'cash', from, until }
  const outcome = addManual(desk.deps, second)
  expect(outcome.ok ? null : outcome.refusal.code).toBe(code)
})

test('one that was ended is in nobody’s way; nor is one that covers them no more', () => {
  const desk = openAgreedDesk('2026-03-18T09:00:00Z')
  value(endMembership(desk.deps, agree(desk, '2026-03-18', '2026-12-31')))
  const company = agree(desk, '2026-03-18', '2026-12-31', { method: 'company', seats: 5 })
  value(uncoverPerson(desk.deps, { id: company, member: 'ada' }))
  agree(desk, '2026-03-18', '2026-12-31')
  expect(desk.door('ada')).toEqual(['ok'])
})

test('seven days before the end it is in the inbox, and a renewal takes it out until the next one', () => {
  const desk = openAgreedDesk('2026-03-18T09:00:00Z')
  const id = agree(desk, '2026-03-18', '2026-03-31')
  const ending = () => membershipRows(desk.deps).filter(({ kind }) => kind === 'term-ends-soon')
  desk.setClock('2026-03-24T21:59:59Z')
  expect(ending()).toEqual([])
  desk.setClock('2026-03-24T22:00:00Z')
  expect(ending()).toMatchObject([{ subject: id, since: '2026-03-24T22:00:00.000Z', action: 'renew-term' }])
  expect(ending()[0]?.sentence).toContain('31 Mar')
  value(renewManual(desk.deps, { id, until: '2026-04-30', method: 'cash' }))
  expect(ending()).toEqual([])
  desk.setClock('2026-04-25T09:00:00Z')
  expect(ending()).toMatchObject([{ since: '2026-04-23T22:00:00.000Z' }])
})

test('a term that is over stays in the inbox as long as grace runs, and says to when they still get in', () => {
  const desk = openAgreedDesk('2026-03-18T09:00:00Z')
  const id = agree(desk, '2026-03-18', '2026-03-31')
  const row = () => membershipRows(desk.deps).find(({ kind }) => kind === 'term-ends-soon')
  desk.setClock('2026-03-31T22:00:00Z')
  expect(desk.door('ada')).toEqual(['ok-grace'])
  expect(row()).toMatchObject({ subject: id, action: 'renew-term', sentence: expect.stringContaining('ran to') })
  expect(row()?.sentence).toContain('7 Apr')
  desk.setClock('2026-04-07T21:59:59Z')
  expect(row()).toBeDefined()
  desk.setClock('2026-04-07T22:00:00Z')
  expect([row(), desk.door('ada')]).toEqual([undefined, ['lapsed']])
})

test('a family of four has a card each; taking one off ends their rights alone, and the card stays theirs', () => {
  const desk = openAgreedDesk('2026-03-18T09:00:00Z')
  const id = agree(desk, '2026-03-18', '2026-12-31', { seats: 4 })
  for (const member of ['ben', 'cat', 'dan']) value(coverPerson(desk.deps, { id, member }))
  expect(desk.door('ada', 'ben', 'cat', 'dan', 'eve')).toEqual(['ok', 'ok', 'ok', 'ok', 'no-membership'])
  expect(refusalOf(coverPerson(desk.deps, { id, member: 'eve' })).sentence).toContain('All 4 seats are taken')
  value(uncoverPerson(desk.deps, { id, member: 'cat' }))
  expect(desk.door('ada', 'ben', 'cat', 'dan')).toEqual(['ok', 'ok', 'no-membership', 'ok'])
  expect(value(memberPanel(desk.deps, 'cat')).cards).toMatchObject([{ state: 'active' }])
  value(coverPerson(desk.deps, { id, member: 'cat' }))
  expect(desk.door('cat')).toEqual(['ok'])
  // The payer need not be covered.
  value(uncoverPerson(desk.deps, { id, member: 'ada' }))
  value(coverPerson(desk.deps, { id, member: 'eve' }))
  expect(desk.door('ada', 'eve')).toEqual(['no-membership', 'ok'])
  expect(refusalOf(changeSeats(desk.deps, { id, seats: 3 })).sentence).toContain('4 people now')
  value(endMembership(desk.deps, id))
  expect(desk.door('ben', 'cat', 'dan', 'eve')).toEqual(['ended', 'ended', 'ended', 'ended'])
})

test('nobody comes in before the term begins, whenever they were put on it, taken off and put on again', () => {
  const desk = openAgreedDesk('2026-03-18T09:00:00Z')
  const id = agree(desk, '2026-04-01', '2026-12-31', { method: 'company', seats: 2 })
  value(coverPerson(desk.deps, { id, member: 'ben' }))
  value(uncoverPerson(desk.deps, { id, member: 'ben' }))
  value(coverPerson(desk.deps, { id, member: 'ben' }))
  expect(desk.door('ada', 'ben')).toEqual(['no-membership', 'no-membership'])
  desk.setClock('2026-03-31T22:00:00Z')
  expect(desk.door('ada', 'ben')).toEqual(['ok', 'ok'])
})

test('somebody who was put away gets no membership before they are back', () => {
  const desk = openAgreedDesk('2026-03-18T09:00:00Z')
  const id = agree(desk, '2026-03-18', '2026-12-31', { seats: 2 })
  desk.deps.live.db.prepare("UPDATE member SET archived_at = 1 WHERE id = 'ben'").run()
  expect(refusalOf(coverPerson(desk.deps, { id, member: 'ben' })).sentence).toContain('ben is put away')
  const asked: Asked = { member: 'ben', plan: 'full', method: 'cash', from: '2026-03-18', until: '2026-03-19' }
  expect(refusalOf(addManual(desk.deps, asked)).code).toBe('wrong-state')
})
