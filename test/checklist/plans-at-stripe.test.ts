// The seed checklist's group "plans and money", as far as it is about what Stripe makes of a plan: each line is lived at the
// sandbox, read by a sync, and looked at in the member panel.
import { beforeAll, expect, test } from 'vitest'
import { readMapping } from '../../src/main/app/mapping.ts'
import { memberPanel } from '../../src/main/app/member-panel.ts'
import { listMembers } from '../../src/main/app/member-views.ts'
import { listPlans } from '../../src/main/app/plan-members.ts'
import { DAY } from '../../src/main/domain/time.ts'
import { freshSince, readSyncState } from '../../src/main/store/billing-inbox.ts'
import { value } from '../app/agreed-desk.ts'
import { loadedDesk, makeTemplate, openBackend } from '../app/synced-desk.ts'

const EMAIL = 'ada.plans@example.org'

beforeAll(makeTemplate)

/** A desk in use, and Ada, who is new. `panel` syncs first. */
async function opened() {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  const { sandbox } = backend
  const who = sandbox.acts.createCustomer({ name: 'Ada Planner', email: EMAIL })
  const panel = async () => {
    await desk.runner.run({ full: false })
    const [row] = listMembers(desk.deps, { query: EMAIL }).rows
    return value(memberPanel(desk.deps, row?.id ?? ''))
  }
  return { backend, sandbox, desk, who, panel, plan: sandbox.acts.createPlan('Weaver', 8_000) }
}

const undecided = (desk: Awaited<ReturnType<typeof loadedDesk>>) =>
  desk.db.prepare("SELECT count(*) AS n FROM plan WHERE name LIKE 'Fee%'").get()

test('37: a plan is made by making it in Stripe: product and price are enough, and a price without an amount is told as that', async () => {
  const { sandbox, desk, who, panel } = await opened()
  const { acts } = sandbox
  const made = acts.createPlan('Foundry', 9_900)
  await panel().catch(() => undefined)
  const mapped = (price: string) => readMapping(desk.deps).prices.find((one) => one.price === price)
  expect(mapped(made)).toMatchObject({
    productName: 'Foundry',
    amount: { minor: 9_900, currency: 'eur' },
    interval: 'month',
  })
  acts.subscribe(who, made)
  expect((await panel()).memberships).toMatchObject([{ plan: 'Foundry', price: { minor: 9_900 } }])
  expect(listPlans(desk.deps).map(({ name }) => name)).toContain('Foundry')
  // Tiered prices and those by use have no amount of their own.
  desk.db.prepare('UPDATE stripe_price SET unit_amount = NULL WHERE id = ?').run(made)
  expect(mapped(made)?.amount).toBeNull()
  expect((await panel()).memberships).toMatchObject([{ plan: 'Foundry', price: null }])
})

test('38: a part of a month first, up to the 1st, with a fee: paid until the 1st, at the price of the plan', async () => {
  const { sandbox, desk, who, panel, plan } = await opened()
  const { acts } = sandbox
  const fee = acts.createPlan('Fee for joining', 10_000, { interval: 'once' })
  acts.subscribe(who, plan, { billing_cycle_anchor_config: { day_of_month: 1 }, add_invoice_items: [{ price: fee }] })
  const { standing, memberships } = await panel()
  expect(standing).toBe('current')
  expect(memberships).toMatchObject([{ plan: 'Weaver', price: { minor: 8_000, currency: 'eur' } }])
  expect(memberships[0]?.paidUntil?.slice(0, 10)).toBe('2026-12-01')
  expect(undecided(desk)).toEqual({ n: 0 })
  await sandbox.advance(12 * DAY)
  expect((await panel()).memberships[0]?.paidUntil?.slice(0, 10)).toBe('2027-01-01')
})

test('38: from today on: paid until the same day of the next month', async () => {
  const { sandbox, who, panel, plan } = await opened()
  sandbox.acts.subscribe(who, plan)
  expect((await panel()).memberships[0]?.paidUntil?.slice(0, 10)).toBe('2026-12-20')
})

test('39: a promotion that Stripe no longer has takes nothing from who joined with it, and gives nothing to who comes after', async () => {
  const { sandbox, who, panel, plan } = await opened()
  const { acts } = sandbox
  const coupon = acts.createCoupon({ percent_off: 50, duration: 'forever', name: 'AUTO-WEAVER' })
  const { id } = acts.api('POST', '/v1/promotion_codes', { promotion: { type: 'coupon', coupon }, code: 'AUTO-WEAVER' })
  acts.subscribe(who, plan, { discounts: [{ promotion_code: String(id) }] })
  acts.api('POST', `/v1/promotion_codes/${id}`, { active: false })
  expect(await panel()).toMatchObject({ standing: 'current', memberships: [{ discount: '50 % off for good' }] })
  const late = acts.createCustomer({ name: 'Late', email: 'late.plans@example.org' })
  expect(acts.tries(() => void acts.subscribe(late, plan, { discounts: [{ promotion_code: String(id) }] }))).toBe(false)
})

test('40: one discount on the fee and another on the plan, at once: what lasts is told, and both renew', async () => {
  const { sandbox, who, panel, plan } = await opened()
  const { acts } = sandbox
  const fee = acts.createPlan('Fee for joining', 10_000, { interval: 'once' })
  const feeProduct = String(acts.read('price', fee).product)
  const onFee = acts.createCoupon({ percent_off: 100, duration: 'once', applies_to: { products: [feeProduct] } })
  const onPlan = acts.createCoupon({ percent_off: 25, duration: 'repeating', duration_in_months: 3 })
  const sub = acts.subscribe(who, plan, {
    add_invoice_items: [{ price: fee }],
    discounts: [{ coupon: onFee }, { coupon: onPlan }],
  })
  const [first] = acts.ids('invoice').slice(-1)
  expect(acts.record('invoice', first ?? '').amountDue).toBe(6_000)
  expect(await panel()).toMatchObject({
    standing: 'current',
    memberships: [{ discount: '25 % off until 20 Feb 2027' }],
  })
  await sandbox.advance(32 * DAY)
  expect(acts.record('subscription', sub).status).toBe('active')
  expect((await panel()).standing).toBe('current')
})

test('44: money that Stripe keeps in two currencies is told in both, and what a bill takes of one leaves the other', async () => {
  const { sandbox, who, panel, plan } = await opened()
  const { acts } = sandbox
  acts.addBalance(who, -10_000)
  acts.addBalance(who, -3_000, 'jpy')
  acts.subscribe(who, plan)
  expect((await panel()).balances).toEqual([
    { minor: 2_000, currency: 'eur' },
    { minor: 3_000, currency: 'jpy' },
  ])
})

test('48: a change that a member makes for the end of the period is told before, then it is so', async () => {
  const { sandbox, who, panel, plan } = await opened()
  const { acts } = sandbox
  const smaller = acts.createPlan('Loom', 3_000)
  const sub = acts.subscribe(who, plan)
  expect((await panel()).memberships).toMatchObject([{ plan: 'Weaver', pendingChange: null }])
  const schedule = acts.changePlanAtEnd(sub, smaller)
  expect((await panel()).memberships).toMatchObject([{ plan: 'Weaver', pendingChange: 'Loom from 20 Dec' }])
  acts.releaseSchedule(schedule)
  expect((await panel()).memberships).toMatchObject([{ plan: 'Weaver', pendingChange: null }])
  acts.changePlanAtEnd(sub, smaller)
  await sandbox.advance(31 * DAY)
  const { standing, memberships } = await panel()
  expect(standing).toBe('current')
  expect(memberships).toMatchObject([{ plan: 'Loom', price: { minor: 3_000 }, pendingChange: null }])
})

test('48: a key that may not read what is planned does everything else, and nobody’s data counts as old for it', async () => {
  const { backend, sandbox, desk, who, panel, plan } = await opened()
  backend.proxy.fate = (line) =>
    line.startsWith('GET /v1/subscription_schedules')
      ? { status: 403, body: { error: { type: 'invalid_request_error', message: 'no' } } }
      : 'pass'
  sandbox.acts.changePlanAtEnd(sandbox.acts.subscribe(who, plan), sandbox.acts.createPlan('Loom', 3_000))
  const { id, standing, memberships } = await panel()
  expect({ standing, memberships }).toMatchObject({ standing: 'current', memberships: [{ pendingChange: null }] })
  expect(freshSince(desk.db, id)).toBe(readSyncState(desk.db).freshFrom)
  await desk.runner.run({ full: true })
  expect(desk.db.prepare('SELECT * FROM billing_dirty').all()).toEqual([])
})

test('48: a planned change that cannot be read makes nobody’s data old: no standing hangs on it', async () => {
  const { backend, sandbox, desk, who, panel, plan } = await opened()
  const sub = sandbox.acts.subscribe(who, plan)
  const { id } = await panel()
  backend.proxy.fate = (line) =>
    line.startsWith('GET /v1/subscription_schedules') ? { status: 200, body: { object: 'something else' } } : 'pass'
  sandbox.acts.changePlanAtEnd(sub, sandbox.acts.createPlan('Loom', 3_000))
  expect((await panel()).standing).toBe('current')
  expect(desk.db.prepare('SELECT object_type AS type, attempts FROM billing_dirty').all()).toEqual([
    { type: 'subscription_schedule', attempts: 1 },
  ])
  expect(freshSince(desk.db, id)).toBe(readSyncState(desk.db).freshFrom)
})

test('49: a discount on one item and one on the customer are told with their ends, and a subscription’s own comes before the customer’s', async () => {
  const { sandbox, desk, who, panel, plan } = await opened()
  const { acts } = sandbox
  const told = async () => (await panel()).memberships[0]?.discount
  acts.discountCustomer(who, acts.createCoupon({ percent_off: 10, duration: 'repeating', duration_in_months: 2 }))
  const onItem = acts.createCoupon({ amount_off: 500, currency: 'eur', duration: 'repeating', duration_in_months: 3 })
  const items = [{ price: plan, discounts: [{ coupon: onItem }] }]
  const { id } = acts.api('POST', '/v1/subscriptions', { customer: who, items })
  expect(await told()).toBe('€5.00 off until 20 Feb 2027; 10 % off until 20 Jan 2027')
  acts.applyDiscount(String(id), acts.createCoupon({ percent_off: 25, duration: 'forever' }))
  expect(await told()).toBe('€5.00 off until 20 Feb 2027; 25 % off for good')
  // A whole list says the same.
  desk.db.exec('DELETE FROM stripe_subscription; DELETE FROM stripe_customer')
  await desk.runner.run({ full: true })
  expect(await told()).toBe('€5.00 off until 20 Feb 2027; 25 % off for good')
})

test('41: a plan that is sold no longer keeps its members, and goes on renewing them', async () => {
  const { sandbox, who, panel, plan } = await opened()
  sandbox.acts.subscribe(who, plan)
  sandbox.acts.retirePlan(plan)
  await sandbox.advance(32 * DAY)
  expect(await panel()).toMatchObject({ standing: 'current', memberships: [{ plan: 'Weaver' }] })
})

test('45: two prices of one plan are each told as they are, the dearer one to who pays it', async () => {
  const { sandbox, who, panel, plan } = await opened()
  const { acts } = sandbox
  const product = String(acts.read('price', plan).product)
  const given = { product, currency: 'eur', unit_amount: 9_500, recurring: { interval: 'month' } }
  const dearer = String(acts.api('POST', '/v1/prices', given).id)
  const sub = acts.subscribe(who, plan)
  expect((await panel()).memberships).toMatchObject([{ plan: 'Weaver', price: { minor: 8_000 } }])
  acts.changePlan(sub, dearer)
  expect((await panel()).memberships).toMatchObject([{ plan: 'Weaver', price: { minor: 9_500 } }])
})
