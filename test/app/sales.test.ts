// Which sales are memberships; memberships agreed at the desk; one membership for several people; another Stripe account.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { DAY } from '../../src/main/domain/time.ts'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import { startSandbox } from '../../src/main/sandbox/stripe-server.ts'
import { createStripeClient } from '../../src/main/stripe/client.ts'
import { createLimiter } from '../../src/main/stripe/limiter.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

let desk: WholeDesk
beforeAll(async () => {
  desk = await openWholeDesk()
  await desk.ask('doors.add', { id: 'front', driver: 'native' })
})
afterAll(async () => {
  await desk.stop()
  expect(desk.failures).toEqual([])
})

const personOf = async (email: string) => (await desk.ask('members.search', { text: email }))[0]
const day = (ms: number) => new Date(desk.desk.deps.now() + ms).toISOString().slice(0, 10)
const doorOf = async (id: string) => (await desk.ask('members.get', { id })).doors[0]
const planOf = async (name: string) => (await desk.ask('plans.list', {})).find((plan) => plan.name === name)?.id ?? ''
const newPerson = async (name: string) => {
  const { member } = await desk.ask('members.create', { name, emails: [], phone: null, same: 'new' })
  return member?.id ?? ''
}

describe('memberships agreed at the desk', () => {
  test('cash for a term: in at once, in grace after it, renewed from the old end, ended at once', async () => {
    const member = await newPerson('Cash Payer')
    const plan = await planOf('Full member')
    await desk.ask('cards.add', { member, card: 'em:0B00000001' })
    const term = { member, plan, method: 'cash' as const, from: day(0), until: day(2 * DAY) }
    const { id } = await desk.ask('memberships.addManual', { ...term, amount: { minor: 4_000, currency: 'eur' } })
    expect(await desk.ask('members.get', { id: member })).toMatchObject({ standing: 'current', remedies: [] })
    expect((await doorOf(member))?.reason).toBe('ok')
    // A to-do from seven days before.
    expect((await desk.inbox('term-ends-soon')).map((row) => row.subject)).toContain(id)
    expect((await desk.refused('memberships.addManual', term)).code).toBe('taken')

    await desk.desk.deps.live.demo?.advance(4 * DAY)
    expect(await desk.ask('members.get', { id: member })).toMatchObject({ standing: 'grace', remedies: ['renew-term'] })
    expect((await doorOf(member))?.reason).toBe('ok-grace')
    await desk.refused('memberships.renew', { id, until: day(-3 * DAY), method: 'cash' })
    await desk.ask('memberships.renew', { id, until: day(20 * DAY), method: 'invoice', note: 'paper 17' })
    expect((await desk.ask('members.get', { id: member })).standing).toBe('current')
    expect((await desk.inbox('term-ends-soon')).map((row) => row.subject)).not.toContain(id)

    await desk.ask('memberships.end', { id })
    expect((await desk.ask('members.get', { id: member })).standing).toBe('ended')
    expect((await doorOf(member))?.grant).toBe(false)
    await desk.refused('memberships.end', { id })
  })

  test.each([
    ['until the day before it begins', { from: '2027-03-02', until: '2027-03-01' }, 'end before it begins'],
    ['a day that no calendar has', { from: '2027-02-30', until: '2027-03-01' }, 'is not a day'],
    ['a text that is no day', { from: 'soon', until: '2027-03-01' }, '"soon" is not a day'],
  ])('%s is refused with what to do', async (_, days, says) => {
    const [member, plan] = [await newPerson('Wrong Days'), await planOf('Full member')]
    const { sentence } = await desk.refused('memberships.addManual', { member, plan, method: 'cash', ...days })
    expect(sentence).toContain(says)
  })

  test('a membership of Stripe is ended at Stripe', async () => {
    await desk.customer({ name: 'Stripe Only', email: 'stripeonly@example.org' }, await desk.price('Full member'))
    await desk.sync()
    const person = await personOf('stripeonly@example.org')
    const [membership] = (await desk.ask('members.get', { id: person?.id ?? '' })).memberships
    expect((await desk.refused('memberships.end', { id: membership?.id ?? '' })).sentence).toContain(
      'changed in Stripe',
    )
  })
})

describe('one membership for several people', () => {
  test('a family by Stripe’s quantity: each has cards of their own, and taking one off ends only their rights', async () => {
    await desk.customer({ name: 'Mother Fam', email: 'fam@example.org' }, await desk.price('Full member'), 3)
    await desk.sync()
    const payer = (await personOf('fam@example.org'))?.id ?? ''
    const [membership] = (await desk.ask('members.get', { id: payer })).memberships
    const id = membership?.id ?? ''
    expect(membership).toMatchObject({ seats: 3, covers: [{ name: 'Mother Fam' }], payer: null })
    const [son, daughter, uncle] = [
      await newPerson('Son Fam'),
      await newPerson('Daughter Fam'),
      await newPerson('Uncle Fam'),
    ]
    await desk.ask('memberships.cover', { id, member: son })
    await desk.ask('memberships.cover', { id, member: daughter })
    expect((await desk.refused('memberships.cover', { id, member: uncle })).sentence).toContain('All 3 seats are taken')
    await desk.ask('cards.add', { member: son, card: 'em:0B00000002' })
    expect(await desk.ask('members.get', { id: son })).toMatchObject({
      standing: 'current',
      memberships: [{ payer: { name: 'Mother Fam' } }],
    })
    expect((await doorOf(son))?.grant).toBe(true)

    await desk.ask('memberships.uncover', { id, member: son })
    expect(await doorOf(son)).toMatchObject({ grant: false, reason: 'no-membership' })
    expect((await desk.ask('members.get', { id: son })).cards).toMatchObject([{ state: 'active' }])
    expect((await desk.ask('members.get', { id: daughter })).standing).toBe('current')
    await desk.refused('memberships.uncover', { id, member: son })

    // Fewer than it covers: nobody is thrown out, and staff are told until somebody is taken off.
    const plan = await planOf('Full member')
    await desk.ask('plans.save', { id: plan, seats: 1 })
    const [row] = await desk.inbox('seats-over')
    expect(row).toMatchObject({
      subject: id,
      action: 'free-a-seat',
      member: { name: 'Mother Fam' },
      sentence: expect.stringContaining('covers 2 people and has one seat'),
    })
    expect((await desk.ask('members.get', { id: daughter })).standing).toBe('current')
    await desk.refused('memberships.setSeats', { id, seats: 1 })
    await desk.ask('inbox.putAway', { id: row?.id ?? '' })
    expect(await desk.inbox('seats-over')).toEqual([])
    await desk.ask('plans.save', { id: plan, seats: null })
    await desk.ask('memberships.cover', { id, member: son })
    expect((await doorOf(son))?.grant).toBe(true)
  })

  test('a company: the payer need not be a member, and its people are', async () => {
    const company = await newPerson('Acme Ltd')
    const plan = await planOf('Full member')
    const { id } = await desk.ask('memberships.addManual', {
      ...{ member: company, plan, method: 'company', from: day(0), until: day(300 * DAY), seats: 2 },
    })
    await desk.ask('memberships.uncover', { id, member: company })
    const worker = await newPerson('Worker One')
    await desk.ask('memberships.cover', { id, member: worker })
    expect(await desk.ask('members.get', { id: worker })).toMatchObject({
      standing: 'current',
      memberships: [{ payer: { name: 'Acme Ltd' }, seats: 2 }],
    })
    expect((await desk.ask('members.get', { id: company })).standing).toBe('ended')
  })
})

describe('which sales are memberships', () => {
  test('a ticket with a one-time price never is one, and makes nobody a member', async () => {
    const { prices, confirmedAt } = await desk.ask('mapping.get', {})
    expect(confirmedAt).toBeNull()
    expect(prices.find(({ productName }) => productName === 'Day pass')).toMatchObject({
      decision: 'other',
      plan: null,
    })
    expect(prices.filter(({ interval }) => interval !== null).every(({ decision }) => decision === 'membership')).toBe(
      true,
    )
  })

  test('nobody can make a membership of what is sold once', async () => {
    const price = (await desk.ask('mapping.get', {})).prices.find(
      ({ productName }) => productName === 'Day pass',
    )?.price
    const asked = { price: price ?? '', plan: await planOf('Full member') }
    expect((await desk.refused('mapping.set', asked)).sentence).toContain('sold once')
  })

  test('once confirmed, a new price opens nothing and waits; said what it is, it opens at once', async () => {
    const before = (await desk.ask('desk.status', {})).members
    const confirmed = await desk.ask('mapping.confirm', {})
    expect(confirmed.prices.some(({ decision }) => decision === 'undecided')).toBe(false)
    expect((await desk.ask('desk.status', {})).members).toEqual(before)

    const product = await desk.stripe.products.create({ name: 'Night owl' })
    const price = await desk.stripe.prices.create({
      ...{ product: product.id, currency: 'eur', unit_amount: 1_900 },
      recurring: { interval: 'month' },
    })
    await desk.customer({ name: 'Night Owl', email: 'owl@example.org' }, price.id)
    await desk.sync()
    expect(await personOf('owl@example.org')).toBeUndefined()
    expect((await desk.inbox('price-unmapped')).find(({ subject }) => subject === price.id)).toMatchObject({
      action: 'map-price',
      sentence: expect.stringContaining('Night owl'),
    })
    expect((await desk.ask('mapping.get', {})).prices.find((one) => one.price === price.id)).toMatchObject({
      decision: 'undecided',
      subscriptions: 1,
      suggestion: null,
    })
    await desk.refused('mapping.set', { price: price.id, newPlan: 'Full member' })
    await desk.ask('mapping.set', { price: price.id, newPlan: 'Night owls' })
    expect(await personOf('owl@example.org')).toMatchObject({ standing: 'current', plans: ['Night owls'] })
    expect(await desk.inbox('price-unmapped')).toEqual([])

    // The next price of that product is probably the same plan.
    const yearly = await desk.stripe.prices.create({
      ...{ product: product.id, currency: 'eur', unit_amount: 19_000 },
      recurring: { interval: 'year' },
    })
    await desk.sync()
    expect((await desk.ask('mapping.get', {})).prices.find((one) => one.price === yearly.id)).toMatchObject({
      decision: 'undecided',
      suggestion: await planOf('Night owls'),
    })
    await desk.ask('mapping.set', { price: yearly.id, plan: await planOf('Night owls') })
    await desk.customer({ name: 'Year Owl', email: 'yearowl@example.org' }, yearly.id)
    await desk.sync()
    expect(await personOf('yearowl@example.org')).toMatchObject({ standing: 'current', plans: ['Night owls'] })
  })

  test('a price may become another plan, or no membership, which ends what it opened until that is taken back', async () => {
    await desk.customer({ name: 'Was Full', email: 'wasfull@example.org' }, await desk.price('Studio resident'))
    await desk.sync()
    const price = await desk.price('Studio resident')
    await desk.ask('mapping.set', { price, plan: await planOf('Full member') })
    expect(await personOf('wasfull@example.org')).toMatchObject({ plans: ['Full member'] })
    await desk.ask('mapping.set', { price, plan: null })
    const person = await personOf('wasfull@example.org')
    expect(person).toMatchObject({ standing: 'ended' })
    const { history, sentence } = await desk.ask('members.get', { id: person?.id ?? '' })
    expect(history[0]?.why).toBe('what was bought is no membership any more')
    expect(sentence).toBe("Was Full's membership ended.")
    expect((await desk.inbox('paid-days-left')).map((row) => row.member?.name)).not.toContain('Was Full')
    await desk.ask('mapping.set', { price, plan: await planOf('Full member') })
    expect(await personOf('wasfull@example.org')).toMatchObject({ standing: 'current', plans: ['Full member'] })
  })

  test('a plan keeps the name that a person gave it, whatever the product is called later', async () => {
    const id = await planOf('Student')
    await desk.ask('plans.save', { id, name: 'Students and pupils', seats: 2 })
    const products = (await desk.stripe.products.list({ limit: 100 })).data
    await desk.stripe.products.update(products.find(({ name }) => name === 'Student')?.id ?? '', { name: 'Stud.' })
    await desk.sync()
    expect((await desk.ask('plans.list', {})).find((plan) => plan.id === id)).toMatchObject({
      name: 'Students and pupils',
      seats: 2,
    })
    await desk.refused('plans.save', { id, name: 'Full member' })
  })
})

describe('another Stripe account', () => {
  test('that holds some of the same people: they are found again by their email, on the new account’s prices', async () => {
    const { sync } = desk.desk.deps.live
    const former = sync.stripe()
    if (former === null) throw new Error('no Stripe')
    const ingrid = await personOf(SAMPLE.current.email)
    const before = await desk.ask('members.get', { id: ingrid?.id ?? '' })
    await desk.ask('cards.add', { member: before.id, card: 'em:0B0000000A' })
    const people = (await desk.ask('desk.status', {})).members
    // The new account has other prices, Ingrid with her email written otherwise, and somebody whom nobody knows.
    const other = await startSandbox({ port: 0, seed: 5, stateFile: null, realNow: desk.sandbox.now, people: 0 })
    onTestFinished(() => other.close())
    const plan = other.acts.createPlan('Verein, full', 7_000)
    const join = (person: { name: string; email: string }) =>
      other.acts.subscribe(other.acts.createCustomer(person), plan)
    join({ name: SAMPLE.current.name, email: ` ${SAMPLE.current.email.toUpperCase()}` })
    join({ name: 'Nobody Knows', email: 'nobody.knows@example.org' })
    const limiter = createLimiter({
      pace: { from: 1_000, to: 1_000, endpoint: null },
      now: () => performance.now(),
      random: Math.random,
      sleep: async () => undefined,
    })
    const options = { key: other.key, base: other.url, limiter, sleep: async () => undefined, now: desk.sandbox.now }
    // Every sandbox is the same account: this one says that it is another.
    const port = { ...createStripeClient(options), account: async () => ({ id: 'acct_verein', livemode: false }) }
    const takeOver = async (to: typeof port) => {
      sync.setStripe(to)
      await sync.run({ full: false }).catch(() => undefined)
      expect(desk.failures.splice(0)).toHaveLength(1)
      await desk.ask('account.change', { holdUntil: day(10 * DAY) })
      await sync.run({ full: false })
    }
    await takeOver(port)

    const after = await desk.ask('members.get', { id: before.id })
    expect(after.cards.map(({ canonical }) => canonical)).toContain('em:0B0000000A')
    expect(after.standing).toBe('current')
    const own = after.memberships.filter(({ plan }) => plan === 'Verein, full')
    expect(own).toMatchObject([{ price: { minor: 7_000, currency: 'eur' }, status: 'active' }])
    const { missing } = await desk.ask('account.get', {})
    expect(missing.length).toBeGreaterThan(100)
    expect(missing.map(({ id }) => id)).not.toContain(before.id)
    expect((await personOf('nobody.knows@example.org'))?.standing).toBe('current')
    expect((await desk.ask('desk.status', {})).members.total).toBe(people.total + 1)
    // What its prices are nobody has said yet: they are asked about, and none of the former account's is.
    const mapping = await desk.ask('mapping.get', {})
    expect(mapping.confirmedAt).toBeNull()
    expect(mapping.prices.filter(({ subscriptions }) => subscriptions > 0).map(({ price }) => price)).toEqual([plan])
    await desk.ask('mapping.confirm', {})
    expect(await desk.inbox('price-unmapped')).toEqual([])

    // Back again: the first account is read like any other, and everybody is who they were.
    await takeOver(former as typeof port)
    const back = await desk.ask('members.get', { id: before.id })
    expect(back.memberships.filter(({ status }) => status === 'active').map(({ plan }) => plan)).toContain(
      before.memberships[0]?.plan,
    )
    expect((await desk.ask('desk.status', {})).members).toMatchObject({
      current: people.current + 1,
      total: people.total + 1,
    })
    await desk.ask('mapping.confirm', {})
  })

  test('waits for the guided change; the former one’s rights hold to the day, and who is missing is listed', async () => {
    const { sync } = desk.desk.deps.live
    const former = sync.stripe()
    if (former === null) throw new Error('no Stripe')
    const empty = async () => ({ data: [], misshapen: [], last: null, hasMore: false })
    const other = {
      ...former,
      account: async () => ({ id: 'acct_new', livemode: false }),
      list: empty,
      events: async () => ({ data: [], hasMore: false }),
      retrieve: async () => null,
    }
    const before = (await desk.ask('desk.status', {})).members
    sync.setStripe(other)
    await sync.run({ full: false }).catch(() => undefined)
    // The refusal of the key stands in the log, once.
    expect(desk.failures.splice(0)).toHaveLength(1)
    expect((await desk.ask('account.get', {})).waiting).toEqual({ account: 'acct_new', livemode: false })
    expect((await desk.ask('desk.status', {})).sync.error).toContain('another Stripe account')
    await desk.refused('account.change', { holdUntil: '2020-01-01' })

    const hold = day(10 * DAY)
    await desk.ask('account.change', { holdUntil: hold })
    await sync.run({ full: false })
    const state = await desk.ask('account.get', {})
    expect(state.waiting).toBeNull()
    expect(state.accounts.map(({ account, frozenAt }) => [account, frozenAt === null])).toEqual([
      ['acct_new', true],
      ['acct_1SandboxLatchkey', false],
      ['acct_verein', false],
    ])
    const after = (await desk.ask('desk.status', {})).members
    // Whose grace ran out earlier today comes in to the end of the day, and so is held as well.
    const endedToday = (await desk.ask('members.list', { standing: 'lapsed' })).rows
    expect(after.current).toBeGreaterThanOrEqual(before.current + before.grace)
    expect(after.current).toBeLessThanOrEqual(before.current + before.grace + before.lapsed - endedToday.length)
    expect(state.missing.length).toBeGreaterThan(100)
    expect((await desk.inbox('not-in-new-account')).length).toBe(state.missing.length)
    const held = state.missing[0]?.id ?? ''
    expect((await desk.ask('members.get', { id: held })).standing).toBe('current')

    await desk.desk.deps.live.demo?.advance(11 * DAY)
    expect((await desk.ask('members.get', { id: held })).standing).toBe('ended')
    await desk.refused('account.change', { holdUntil: day(5 * DAY) })
  })
})
