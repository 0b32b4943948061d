// Membership numbers: on a whole desk beside what Stripe itself lists, and with what is kept of the log of decisions.
import fs from 'node:fs'
import path from 'node:path'
import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { addManual } from '../../src/main/app/manual-membership.ts'
import { membershipNumbers } from '../../src/main/app/membership-numbers.ts'
import { mergePeople } from '../../src/main/app/merge-people.ts'
import { numbersCsv } from '../../src/main/app/numbers-csv.ts'
import { visitNumbers } from '../../src/main/app/visit-numbers.ts'
import { answerCall, owner } from '../../src/main/host/dispatch.ts'
import { openStoredDesk } from '../../src/main/host/stored-desk.ts'
import { appendDecision } from '../../src/main/store/access-log.ts'
import { insertDoor } from '../../src/main/store/doors.ts'
import { followLog } from '../../src/main/store/report-follow.ts'
import { MIGRATIONS, openFresh } from '../store/folder.ts'
import { openAgreedDesk, refusalOf, value } from './agreed-desk.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

describe('on a whole desk', () => {
  let desk: WholeDesk
  beforeAll(async () => {
    desk = await openWholeDesk()
  })
  afterAll(() => desk.stop())

  const numbers = (args = {}) => desk.ask('numbers.membership', args)
  const thisMonth = async (args = {}) => (await numbers(args)).months.at(-1)

  test('the same is brought in a month as by what Stripe lists, in each currency', async () => {
    const sums = await naive(desk.stripe)
    const { currencies } = await numbers()
    expect(currencies).toEqual([...sums.keys()].toSorted())
    expect(currencies.length).toBeGreaterThan(1)
    for (const currency of currencies) {
      const { months, byPlan } = await numbers({ currency })
      expect(months.at(-1)?.mrr).toEqual({ minor: Math.round(sums.get(currency) ?? 0), currency })
      expect(byPlan.reduce((sum, { mrr }) => sum + mrr.minor, 0)).toBe(months.at(-1)?.mrr.minor)
    }
  })

  test('each month begins where the one before ended, and who joined is there or left', async () => {
    const { months, cohorts } = await numbers({ months: 24 })
    expect(months).toHaveLength(24)
    for (const [n, month] of months.entries()) {
      expect(month.net).toBe(month.joined - month.left)
      if (n > 0) expect(month.members).toBe((months[n - 1]?.members ?? 0) + month.net)
      expect(cohorts[n]?.here.every((here, k, all) => here <= (all[k - 1] ?? month.joined))).toBe(true)
    }
    expect(months.reduce((sum, { joined }) => sum + joined, 0)).toBeGreaterThan(50)
  })

  test('whoever pays for a plan has joined, and whoever ends it has left', async () => {
    const before = await thisMonth()
    const full = (await numbers()).plans.find(({ name }) => name === 'Full member')?.id ?? ''
    const fullBefore = await thisMonth({ plan: full })
    const customer = await desk.customer({ name: 'Nora Numbers' }, await desk.price('Full member'), 2)
    await desk.sync()
    expect(await thisMonth()).toMatchObject({
      members: (before?.members ?? 0) + 1,
      joined: (before?.joined ?? 0) + 1,
      mrr: { minor: (before?.mrr.minor ?? 0) + 13_000, currency: 'eur' },
    })
    expect((await thisMonth({ plan: full }))?.joined).toBe((fullBefore?.joined ?? 0) + 1)
    await desk.ask('demo.clock', { by: '+1h' })
    const subscription = (await desk.stripe.subscriptions.list({ customer })).data[0]
    await desk.stripe.subscriptions.cancel(subscription?.id ?? '')
    await desk.sync()
    expect(await thisMonth()).toMatchObject({
      left: (before?.left ?? 0) + 1,
      members: before?.members,
      mrr: before?.mrr,
    })
    expect(await thisMonth({ plan: full })).toMatchObject({ members: fullBefore?.members, mrr: fullBefore?.mrr })
  })

  test('what is not there is refused in a sentence', async () => {
    expect((await desk.refused('numbers.membership', { currency: 'jpy' })).sentence).toContain('"jpy"')
    expect((await desk.refused('numbers.membership', { plan: 'nothing' })).code).toBe('not-found')
  })

  test('another thread reads: the desk’s own handle is not touched, and the permission is asked first', async () => {
    const untouchable = new Proxy({} as never, {
      get: () => {
        throw new Error('read by the desk')
      },
    })
    const log = (line: string, error: unknown) => desk.failures.push(`${line}: ${String(error)}`)
    const deps = { ...desk.desk.deps, desk: untouchable, access: untouchable }
    expect(await answerCall(deps, owner(), 'numbers.membership', {}, log)).toMatchObject({ ok: true })
    expect(await answerCall(deps, owner(), 'numbers.visits', {}, log)).toMatchObject({ ok: true })
    const asked: string[] = []
    const live = { ...deps.live, aside: async (name: string) => asked.push(name) as never }
    const clerk = { operator: 'clerk', permissions: new Set(['desk.read'] as const) }
    const refused = await answerCall({ ...deps, live }, clerk, 'numbers.membership', {}, log)
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } })
    expect(await answerCall({ ...deps, live }, owner(), 'numbers.membership', { plans: 1 }, log)).toMatchObject({
      refusal: { code: 'bad-request' },
    })
    expect(asked).toEqual([])
    expect(desk.failures).toEqual([])
  })

  test('where no desk runs, what stands in desk.db is told, and visits are not', async () => {
    const stored = openStoredDesk(desk.dataDir, MIGRATIONS, '1')
    onTestFinished(() => stored.close())
    expect(await stored.call('numbers.membership', {})).toMatchObject({ ok: true })
    expect(await stored.call('numbers.visits', {})).toMatchObject({ ok: false, refusal: { code: 'not-running' } })
    expect(fs.existsSync(path.join(desk.dataDir, 'report.db'))).toBe(true)
  })
})

/** Minor units a month by currency, from Stripe's own lists. */
async function naive(stripe: Stripe): Promise<Map<string, number>> {
  const sums = new Map<string, number>()
  const list = stripe.subscriptions.list({ status: 'all', limit: 100, expand: ['data.discounts.source.coupon'] })
  for await (const one of list) {
    // Paused after a trial that nobody paid for.
    if (one.status === 'paused' && one.trial_end !== null) continue
    if (one.ended_at !== null || ['incomplete', 'incomplete_expired', 'trialing'].includes(one.status)) continue
    let sum = 0
    for (const { price, quantity = 1 } of one.items.data)
      sum +=
        ((price.unit_amount ?? 0) * (quantity ?? 1)) / ({ month: 1, year: 12 }[String(price.recurring?.interval)] ?? 0)
    for (const discount of one.discounts) {
      const coupon = typeof discount === 'string' ? null : discount.source.coupon
      if (coupon === null || typeof coupon === 'string') throw new Error('a coupon was not expanded')
      if (coupon.duration === 'forever') sum *= 1 - (coupon.percent_off ?? 0) / 100
    }
    sums.set(one.currency, (sums.get(one.currency) ?? 0) + sum)
  }
  return sums
}

test('visits: of members now, on whole days that are over, also of two who became one, and not out of the door', () => {
  const desk = openAgreedDesk('2026-11-16T12:00:00Z')
  const access = openFresh('access')
  const report = openFresh('report')
  const deps = { ...desk.deps, access, report }
  insertDoor(deps.live.db, { id: 'exit', name: 'Exit', driver: 'native', format: null, key: null, at: 0 })
  deps.live.db.prepare("UPDATE door SET direction = 'out' WHERE id = 'exit'").run()
  for (const member of ['ada', 'ben', 'cat'])
    value(addManual(deps, { member, plan: 'full', method: 'cash', from: '2026-11-01', until: '2026-11-30', ...SIXTY }))
  const came = (member: string, moment: string, doorId = 'front') =>
    appendDecision(access, 'desk-1', {
      ...{ at: Date.parse(moment), doorId, presentationId: null, cardText: 'em:0A00000000', canonical: null },
      ...{ memberId: member, granted: true, reason: 'ok', detail: null, receipt: moment, rule: 'rule', answer: {} },
      inputs: {} as never,
    })
  expect(refusalOf(visitNumbers({ ...deps, report: null }))).toMatchObject({ code: 'not-running' })
  access.transaction(() => {
    for (let n = 0; n < 1_000; n++) came('ben', '2026-11-14T18:00:00Z')
  })()
  expect(refusalOf(visitNumbers(deps))).toEqual({
    code: 'busy',
    sentence: 'The log of swipes is being read for the first time (0 % is done): look again in a minute.',
  })
  came('ada', '2026-11-13T09:00:00Z')
  came('dan', '2026-11-13T10:00:00Z')
  came('dan', '2026-11-14T10:00:00Z')
  came('ada', '2026-11-14T11:00:00Z', 'exit')
  // Today is not over, and counts tomorrow.
  came('cat', '2026-11-16T08:00:00Z')
  const log = followLog({ ...deps, access, report, desk: deps.live.db })
  while (log.step() > 0);

  const first = value(visitNumbers(deps))
  expect(first.days).toEqual({ from: '2026-11-13', to: '2026-11-15', count: 3 })
  expect(first.bands.map(({ people }) => people)).toEqual([1, 1, 1, 0, 0, 0])
  expect([first.people, first.mean, first.median]).toEqual([3, 1, 1])
  // Friday in the first row but four, Saturday below it; a wall clock in Berlin is an hour ahead.
  expect([first.hours[4]?.[10], first.hours[4]?.[11], first.hours[5]?.[11], first.hours[5]?.[19]]).toEqual([
    1, 1, 1, 1_000,
  ])
  expect(first.hours[5]?.[12]).toBe(0)

  value(mergePeople(deps, { keep: 'cat', from: 'dan' }))
  expect(value(visitNumbers(deps)).bands.map(({ people }) => people)).toEqual([0, 1, 2, 0, 0, 0])

  desk.setClock('2026-11-17T12:00:00Z')
  expect(value(visitNumbers(deps)).bands.map(({ people }) => people)).toEqual([0, 1, 2, 0, 0, 0])
  expect(value(visitNumbers(deps)).mean).toBe(2)

  expect(value(numbersCsv(deps, { what: 'visits' })).csv).toBe(
    'Days,People\r\n0,0\r\n1,1\r\n2 to 4,2\r\n5 to 12,0\r\n13 to 30,0\r\n31 and more,0\r\n',
  )
  expect(value(numbersCsv(deps, { what: 'hours' })).csv.split('\r\n')[6]).toMatch(
    /^Saturday,0,.*,1,0,0,0,0,0,0,0,1000,0,0,0,0$/,
  )
  expect(value(numbersCsv(deps, { what: 'months', months: 2 })).csv).toBe(
    'Month,Members,Joined,Left,Net,Churn,MRR,Currency,Without a known price\r\n' +
      '2026-10,0,0,0,0,,0.00,EUR,0\r\n2026-11,3,3,0,3,,180.00,EUR,0\r\n',
  )
  expect(value(numbersCsv(deps, { what: 'plans' })).csv).toBe(
    'Plan,Members,Memberships,MRR,Currency\r\nFull member,3,3,180.00,EUR\r\n',
  )
  expect(value(numbersCsv(deps, { what: 'cohorts', months: 2 })).csv).toBe(
    'Month,Joined,Here after 0,Here after 1\r\n2026-10,0,0,0\r\n2026-11,3,3,\r\n',
  )
  desk.setClock('2027-01-20T12:00:00Z')
  expect(value(membershipNumbers(deps, { months: 3 })).months.map(({ members, left }) => [members, left])).toEqual([
    [3, 0],
    [0, 3],
    [0, 0],
  ])
})

const SIXTY = { amount: { minor: 6_000, currency: 'eur' } }
