// Changes of memberships that run at Stripe, against the sandbox: what was shown is what is billed, each is made once, and
// doors know at once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carryOut, settle } from '../../src/main/app/change-deed.ts'
import { lookAt } from '../../src/main/app/change-look.ts'
import type { Change } from '../../src/main/domain/membership-change.ts'
import { openChanges } from '../../src/main/store/membership-changes.ts'
import type { ChangesPort } from '../../src/main/stripe/changes-port.ts'
import type { MemberPanel } from '../../src/preload/shapes.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

const DAY = 86_400_000

let desk: WholeDesk
let full: { price: string; plan: string }
let small: { price: string; plan: string }
let seat: { price: string; plan: string }

beforeAll(async () => {
  desk = await openWholeDesk()
  const { stripe } = desk
  const sold = async (name: string, unit_amount: number) => {
    const { id: product } = await stripe.products.create({ name })
    return (await stripe.prices.create({ product, currency: 'eur', unit_amount, recurring: { interval: 'month' } })).id
  }
  const prices = [await sold('Whole week', 6500), await sold('Two days', 3000), await sold('Family', 2000)]
  // Plans are made of what is sold: one of each kind is sold once.
  for (const price of prices) await desk.customer({ name: `Buyer of ${price}` }, price)
  await desk.ask('doors.add', { id: 'front' })
  await desk.sync()
  const plans = await desk.ask('plans.list', {})
  const named = (name: string, n: number) => ({
    price: prices[n] ?? '',
    plan: plans.find((plan) => plan.name === name)?.id ?? '',
  })
  full = named('Whole week', 0)
  small = named('Two days', 1)
  seat = named('Family', 2)
})
afterAll(async () => {
  expect(desk.failures).toEqual([])
  await desk.stop()
})

let people = 0
type Person = { member: string; customer: string; id: string; subscription: string }

/** Somebody who has just begun to pay for it. */
async function member(price: string, quantity = 1): Promise<Person> {
  people += 1
  const name = `Person Number${people}`
  const customer = await desk.customer({ name }, price, quantity)
  await desk.sync()
  const row = (await desk.ask('members.list', { query: name })).rows.find((one) => one.name === name)
  const [membership] = (await desk.ask('members.get', { id: row?.id ?? '' })).memberships
  const subscription = (await desk.stripe.subscriptions.list({ customer })).data[0]?.id ?? ''
  return { member: row?.id ?? '', customer, id: membership?.id ?? '', subscription }
}

const panel = async (who: Person): Promise<MemberPanel['memberships'][number]> => {
  const found = (await desk.ask('members.get', { id: who.member })).memberships.find(({ id }) => id === who.id)
  if (found === undefined) throw new Error('the panel does not show the membership')
  return found
}
const invoices = async ({ subscription }: Person) =>
  (await desk.stripe.invoices.list({ subscription })).data.map(({ total, status, billing_reason }) => ({
    total,
    status,
    why: billing_reason,
  }))
const at = (who: Person) => desk.stripe.subscriptions.retrieve(who.subscription)
const priceOf = async (who: Person) => (await at(who)).items.data[0]?.price.id
const done = async (who: Person) =>
  (await desk.ask('members.timeline', { id: who.member })).flatMap(({ kind, text }) =>
    kind === 'action' ? [text] : [],
  )
/** The mirror is brought up to date by the deed itself. */
const soon = (who: Person) => expect.poll(() => panel(who), { timeout: 4_000, interval: 50 })

async function advance(days: number): Promise<void> {
  await desk.desk.deps.live.demo?.advance(days * DAY)
  await desk.sync()
}

/** What is looked at once the period of everybody is over, and some days after that: the clock goes on for all at once. */
const monthLater: (() => Promise<void>)[] = []
const daysLater: (() => Promise<void>)[] = []

/** As the next swipe would go. */
const opens = async ({ member: id }: { member: string }) => (await desk.ask('members.get', { id })).doors[0]?.grant

async function toPlan(who: Person, plan: string, when: 'now' | 'period-end') {
  const { due, asOf } = await desk.ask('changes.previewPlan', { id: who.id, plan, when })
  return desk.ask('changes.plan', { id: who.id, plan, when, due, asOf })
}

describe('another plan', () => {
  test('at once, in the middle of a period: the preview is the invoice, to the cent', async () => {
    const who = await member(small.price)
    await advance(10)
    const wish = { id: who.id, plan: full.plan, when: 'now' as const }
    const { due, asOf, next, lines } = await desk.ask('changes.previewPlan', wish)
    expect([due.minor, lines.map(({ amount }) => amount.minor)]).toEqual([2333, [-2000, 4333]])
    expect(next?.amount).toEqual({ minor: 6500, currency: 'eur' })
    expect((await panel(who)).can).toEqual(['plan', 'pause', 'cancel', 'cancel-now'])
    const other = { minor: due.minor - 1, currency: due.currency }
    expect((await desk.refused('changes.plan', { ...wish, asOf, due: other })).sentence).toContain('amount has changed')
    expect(await desk.ask('changes.plan', { ...wish, due, asOf })).toEqual({ says: 'It is Whole week from now on.' })
    expect((await invoices(who))[0]).toEqual({ total: 2333, status: 'paid', why: 'subscription_update' })
    await soon(who).toMatchObject({ plan: 'Whole week', pendingChange: null })
    expect(await done(who)).toContain('The plan was changed at the desk.')
    expect((await desk.refused('changes.plan', { ...wish, due, asOf })).sentence).toBe(
      'It is Whole week already: choose another plan.',
    )
  })

  test('from the next period on: nothing is due, it stands there until then, and holds after that', async () => {
    const who = await member(full.price)
    const { due, next } = await desk.ask('changes.previewPlan', { id: who.id, plan: small.plan, when: 'period-end' })
    expect([due.minor, next?.amount.minor]).toEqual([0, 3000])
    expect((await toPlan(who, small.plan, 'period-end')).says).toMatch(/^It becomes Two days on /)
    await soon(who).toMatchObject({ plan: 'Whole week', pendingChange: expect.stringMatching(/^Two days from /) })
    expect((await panel(who)).can).toEqual(['take-back', 'pause', 'cancel', 'cancel-now'])
    const again = desk.refused('changes.previewPlan', { id: who.id, plan: small.plan, when: 'now' })
    expect((await again).sentence).toContain('take that back first')
    monthLater.push(async () => {
      expect((await invoices(who))[0]).toMatchObject({ total: next?.amount.minor, why: 'subscription_cycle' })
      expect(await panel(who)).toMatchObject({ plan: 'Two days', pendingChange: null })
    })
  })

  test('that is to come can be taken back, and then nothing comes', async () => {
    const who = await member(full.price)
    await toPlan(who, small.plan, 'period-end')
    expect((await desk.ask('changes.takeBack', { id: who.id })).says).toContain('stays as it is')
    await soon(who).toMatchObject({ pendingChange: null, can: ['plan', 'pause', 'cancel', 'cancel-now'] })
    expect((await desk.refused('changes.takeBack', { id: who.id })).sentence).toBe('Nothing is to change any more.')
    monthLater.push(async () => expect(await panel(who)).toMatchObject({ plan: 'Whole week' }))
  })

  test('that is not paid waits for its invoice, which can be paid, or taken back with the change', async () => {
    const waiting = async () => {
      const who = await member(small.price)
      desk.sandbox.acts.failNextPayment(who.customer, 'insufficient_funds')
      const { says } = await toPlan(who, full.plan, 'now')
      expect(says).toMatch(/^The payment of €35\.00 did not go through, so it becomes Whole week once that is paid\.$/)
      expect(await priceOf(who)).toBe(small.price)
      await soon(who).toMatchObject({ plan: 'Two days', pendingChange: expect.stringContaining('€35.00 is paid') })
      return who
    }
    const pays = await waiting()
    expect(desk.sandbox.acts.payOpen(pays.subscription)).toBe(true)
    await desk.sync()
    expect(await panel(pays)).toMatchObject({ plan: 'Whole week', pendingChange: null })
    const leaves = await waiting()
    await desk.ask('changes.takeBack', { id: leaves.id })
    await soon(leaves).toMatchObject({ plan: 'Two days', pendingChange: null })
    expect((await invoices(leaves)).map(({ status }) => status)).toEqual(['void', 'paid'])
  })
})

describe('an end', () => {
  test('with the period, by the desk: doors open until then; taken back, it goes on', async () => {
    const who = await member(full.price)
    const { cancel, cancelNow } = await desk.ask('changes.meaning', { id: who.id })
    expect([cancel, cancelNow]).toEqual([
      expect.stringMatching(/^It ends on \d+ \w+ ?\d*\. Doors open until then/),
      expect.stringMatching(/^It ends at once, and doors refuse from the next swipe on/),
    ])
    expect((await desk.refused('changes.cancel', { id: who.id, reason: ' ' })).sentence).toContain('Say why')
    expect((await desk.ask('changes.cancel', { id: who.id, reason: 'Moves away' })).says).toMatch(
      /^It ends on .+ until then\.$/,
    )
    expect((await at(who)).cancellation_details?.comment).toBe('Moves away')
    await soon(who).toMatchObject({ can: ['pause', 'keep', 'cancel-now'], endsAt: expect.any(String) })
    expect(await opens(who)).toBe(true)
    expect((await desk.ask('changes.keep', { id: who.id })).says).toContain('goes on')
    await soon(who).toMatchObject({ endsAt: null })
    await desk.ask('changes.cancel', { id: who.id, reason: 'Moves away after all' })
    monthLater.push(async () => {
      expect(await panel(who)).toMatchObject({ standing: 'ended', can: ['renew'] })
      expect(await opens(who)).toBe(false)
    })
    const told = ['The cancellation was taken back.', 'The membership was cancelled for the end of its period.']
    expect((await done(who)).filter((text) => told.includes(text))).toHaveLength(3)
  })

  test('at once closes the doors within two seconds; whoever comes back begins with the former plan', async () => {
    const who = await member(small.price)
    expect(await opens(who)).toBe(true)
    const { says } = await desk.ask('changes.cancelNow', { id: who.id, reason: 'Has hurt somebody' })
    expect(says).toBe('It has ended, and doors refuse from now on.')
    await expect.poll(() => opens(who), { timeout: 2_000, interval: 25 }).toBe(false)
    expect((await desk.inbox('paid-days-left')).some(({ member }) => member?.id === who.member)).toBe(true)
    const { signUp } = await desk.ask('signUps.start', { member: who.member })
    expect(signUp).toMatchObject({ member: { id: who.member }, plan: { id: small.plan } })
  })

  test('with what is to come: it goes with it, whoever asked for the change', async () => {
    const who = await member(full.price)
    await toPlan(who, small.plan, 'period-end')
    await soon(who).toMatchObject({ pendingChange: expect.any(String) })
    expect((await desk.ask('changes.meaning', { id: who.id })).cancel).toContain('dropped with it')
    await desk.ask('changes.cancel', { id: who.id, reason: 'Changed her mind' })
    expect(await at(who)).toMatchObject({ cancel_at_period_end: true, schedule: null })
  })

  test('that somebody asked for in Stripe’s dashboard meanwhile is said, and shown at once', async () => {
    const who = await member(full.price)
    await desk.stripe.subscriptions.update(who.subscription, { cancel_at_period_end: true })
    const late = await desk.refused('changes.cancel', { id: who.id, reason: 'Moves away' })
    expect(late).toEqual({ code: 'wrong-state', sentence: 'Somebody has already cancelled it.' })
    await soon(who).toMatchObject({ endsAt: expect.any(String) })
    await desk.stripe.subscriptions.cancel(who.subscription)
    expect((await desk.refused('changes.keep', { id: who.id })).sentence).toContain('ended meanwhile')
  })

  test('asked for by two clicks is one', async () => {
    const who = await member(full.price)
    const click = () => desk.ask('changes.cancel', { id: who.id, reason: 'Moves away' }).catch(String)
    const [first, second] = await Promise.all([click(), click()])
    expect(first).toMatchObject({ says: expect.any(String) })
    expect(second).toContain('Somebody has already cancelled it.')
  })
})

describe('a pause', () => {
  test('of the payments, until a day: Stripe goes on by itself, and nothing of it is owed', async () => {
    const who = await member(full.price)
    const day = new Date(desk.sandbox.now() + 34 * DAY).toISOString().slice(0, 10)
    const pause = { id: who.id, way: 'collection' as const, reason: 'Travels' }
    expect((await desk.refused('changes.pause', { ...pause, until: '2020-01-01' })).sentence).toContain('still to come')
    expect((await desk.refused('changes.pause', { ...pause, until: 'soon' })).sentence).toContain('"soon" is not a day')
    expect((await desk.ask('changes.pause', { ...pause, until: day })).says).toMatch(/^Its payments are paused until /)
    await soon(who).toMatchObject({ standing: 'frozen', can: expect.arrayContaining(['resume']) })
    // What is paid is never taken.
    expect(await opens(who)).toBe(true)
    monthLater.push(async () => {
      expect(await opens(who)).toBe(false)
      expect((await invoices(who))[0]).toMatchObject({ status: 'void' })
    })
    daysLater.push(async () => expect(await panel(who)).toMatchObject({ standing: 'current' }))
  })

  test('as a whole, and resumed: in the paid period without a charge, after it with a new one', async () => {
    const who = await member(full.price)
    const pause = { id: who.id, way: 'requested' as const, reason: 'Broken leg' }
    expect((await desk.refused('changes.pause', { ...pause, until: '2099-01-01' })).sentence).toContain(
      'leave the day out',
    )
    expect((await desk.ask('changes.pause', pause)).says).toBe('It is paused until somebody resumes it.')
    await soon(who).toMatchObject({ standing: 'frozen', can: ['resume', 'cancel', 'cancel-now'] })
    expect(await opens(who)).toBe(true)
    expect((await desk.refused('changes.pause', pause)).sentence).toBe('Somebody has already paused it.')
    expect((await desk.ask('changes.resume', { id: who.id })).says).toBe('It goes on.')
    expect(await invoices(who)).toHaveLength(1)
    await desk.ask('changes.pause', pause)
    monthLater.push(async () => {
      expect(await opens(who)).toBe(false)
      expect((await desk.ask('changes.resume', { id: who.id })).says).toBe('It goes on.')
      await soon(who).toMatchObject({ standing: 'current' })
      expect((await invoices(who)).map(({ total, status }) => [total, status])).toEqual([
        [6500, 'paid'],
        [6500, 'paid'],
      ])
      expect(await opens(who)).toBe(true)
    })
  })

  test('that is over with a payment goes on once that is made', async () => {
    const who = await member(full.price)
    await desk.ask('changes.pause', { id: who.id, way: 'requested', reason: 'Travels' })
    monthLater.push(async () => {
      desk.sandbox.acts.failNextPayment(who.customer, 'insufficient_funds')
      expect((await desk.ask('changes.resume', { id: who.id })).says).toBe('It goes on once €65.00 is paid.')
      expect(await opens(who)).toBe(false)
    })
  })
})

describe('people of a family', () => {
  test('come and go with what is paid for them', async () => {
    const who = await member(seat.price, 2)
    const child = await member(small.price)
    const another = await member(small.price)
    await desk.ask('memberships.cover', { id: who.id, member: child.member })
    expect(await panel(who)).toMatchObject({ seats: 2, bySeat: true })
    expect((await desk.refused('memberships.cover', { id: who.id, member: another.member })).sentence).toContain(
      'taken',
    )
    const shown = await desk.ask('changes.previewSeats', { id: who.id, seats: 3 })
    expect([shown.due.minor, shown.next?.amount.minor]).toEqual([2000, 6000])
    const more = { id: who.id, seats: 3, cover: another.member, due: shown.due, asOf: shown.asOf }
    // A bank that says no leaves all as it was.
    desk.sandbox.acts.failNextPayment(who.customer, 'insufficient_funds')
    expect((await desk.refused('changes.seats', more)).sentence).toMatch(/^The payment did not go through: /)
    expect((await panel(who)).covers).toHaveLength(2)
    desk.sandbox.acts.banksAreGoodAgain(who.customer)
    expect((await desk.ask('changes.seats', more)).says).toBe('It is paid for 3 people now.')
    expect((await invoices(who))[0]).toMatchObject({ total: 2000, status: 'paid' })
    await soon(who).toMatchObject({ seats: 3, covers: [{}, {}, { id: another.member }] })
    const fewer = await desk.ask('changes.previewSeats', { id: who.id, seats: 2 })
    expect(fewer).toMatchObject({ due: { minor: 0 }, credit: { minor: 2000 }, next: { amount: { minor: 4000 } } })
    const { due, asOf } = fewer
    expect(
      (await desk.refused('changes.seats', { id: who.id, seats: 1, uncover: another.member, due, asOf })).sentence,
    ).toContain('covers 2 people')
    await desk.ask('changes.seats', { id: who.id, seats: 2, uncover: another.member, due, asOf })
    await soon(who).toMatchObject({ seats: 2, covers: [{}, { id: child.member }] })
    expect((await desk.refused('changes.previewSeats', { id: 'nobody', seats: 2 })).sentence).toContain('not at Stripe')
  })
})

describe('whatever dies in between', () => {
  const port = (): ChangesPort => {
    const stripe = desk.desk.deps.live.sync.stripe()
    if (stripe === null) throw new Error('no Stripe')
    return stripe.changes
  }
  /** The desk dies at this point of a change: nothing after it happens. */
  function dying(when: 'before' | 'reading'): ChangesPort {
    const real = port()
    return {
      ...real,
      async subscription(id) {
        if (when === 'reading') throw new Error('died')
        return real.subscription(id)
      },
      async carryOut(...asked) {
        if (when === 'before') throw new Error('died')
        await real.carryOut(...asked)
      },
    }
  }
  const asks: [string, (who: Person) => Promise<Change>][] = [
    [
      'another plan at once',
      async (who) => {
        const item = (await at(who)).items.data[0]
        const now = Math.floor(desk.sandbox.now() / 1000) * 1000
        return {
          do: 'plan',
          when: 'now',
          planId: full.plan,
          itemId: item?.id ?? '',
          priceId: full.price,
          quantity: 1,
          at: now,
        }
      },
    ],
    [
      'another plan later',
      async (who) => {
        const item = (await at(who)).items.data[0]
        return {
          do: 'plan',
          when: 'period-end',
          planId: full.plan,
          itemId: item?.id ?? '',
          priceId: full.price,
          quantity: 1,
          at: 0,
        }
      },
    ],
    ['an end later', async () => ({ do: 'cancel', when: 'period-end', reason: 'Test' })],
    ['an end now', async () => ({ do: 'cancel', when: 'now', reason: 'Test' })],
    ['a pause', async () => ({ do: 'pause', way: 'requested', until: null, reason: 'Test' })],
  ]

  test.each(asks)('%s is made once, and known at the next start', async (_, wish) => {
    for (const when of ['before', 'reading'] as const) {
      const who = await member(small.price)
      const { deps } = desk.desk
      const look = await lookAt(deps, who.id)
      if (!look.ok) throw new Error(look.refusal.sentence)
      const change = await wish(who)
      await expect(carryOut(deps, { ...look.value, port: dying(when) }, change)).rejects.toThrow('died')
      const [asked, ...others] = openChanges(deps.desk, who.id)
      if (asked === undefined) throw new Error('it was not written down')
      expect(others).toEqual([])
      await settle(deps, port(), asked)
      expect(openChanges(deps.desk, who.id)).toEqual([])
      const text = (await done(who)).filter((line) => /plan|cancelled|ended at once|paused/.test(line))
      expect(text).toHaveLength(1)
      const made = (await desk.stripe.subscriptions.list({ customer: who.customer, status: 'all' })).data
      expect(made).toHaveLength(1)
      expect((await invoices(who)).filter(({ why }) => why === 'subscription_update').length).toBe(
        change.do === 'plan' && change.when === 'now' ? 1 : 0,
      )
    }
  })

  test('what was never done is not done long after: nobody expects to be charged then', async () => {
    const who = await member(small.price)
    const { deps } = desk.desk
    const look = await lookAt(deps, who.id)
    const [, plan] = asks[0] ?? []
    if (!look.ok || plan === undefined) throw new Error('no look')
    await expect(carryOut(deps, { ...look.value, port: dying('before') }, await plan(who))).rejects.toThrow('died')
    const later = { ...deps, now: () => deps.now() + 2 * 3_600_000 }
    for (const asked of openChanges(deps.desk, who.id)) await settle(later, port(), asked)
    expect(openChanges(deps.desk, who.id)).toEqual([])
    expect(await priceOf(who)).toBe(small.price)
    expect(await invoices(who)).toHaveLength(1)
  })

  test.each([
    ['POST /v1/subscriptions/:id', (who: Person) => toPlan(who, full.plan, 'now')],
    ['POST /v1/subscription_schedules/:id', (who: Person) => toPlan(who, full.plan, 'period-end')],
    ['DELETE /v1/subscriptions/:id', (who: Person) => desk.ask('changes.cancelNow', { id: who.id, reason: 'Test' })],
  ])('an answer to %s that is lost after Stripe has done it makes one change', async (route, ask) => {
    const who = await member(small.price)
    desk.sandbox.fail({ kind: 'drop-after', route })
    await expect(ask(who)).rejects.toThrow('Stripe did not say whether it was done')
    desk.sandbox.heal()
    await desk.desk.deps.live.changes.settle(who.id)
    expect(openChanges(desk.desk.deps.desk, who.id)).toEqual([])
    expect((await done(who)).filter((text) => /plan|ended at once/.test(text))).toHaveLength(1)
    expect((await invoices(who)).length).toBe(route === 'POST /v1/subscriptions/:id' ? 2 : 1)
  })

  test('what is not known stays so until it is, and nothing else is begun meanwhile', async () => {
    const who = await member(full.price)
    const route = 'GET /v1/subscriptions/:id'
    const post = 'POST /v1/subscriptions/:id'
    desk.sandbox.fail({ kind: 'drop-before', route: post })
    const lost = await desk.refused('changes.cancel', { id: who.id, reason: 'Moves away' })
    expect(lost.sentence).toMatch(/^Stripe did not say whether it was done/)
    desk.sandbox.fail({ kind: 'drop-before', route })
    expect((await desk.refused('changes.keep', { id: who.id })).code).toBe('stripe')
    desk.sandbox.heal()
    // Whoever asks next has it settled first.
    expect((await desk.ask('changes.keep', { id: who.id })).says).toContain('goes on')
    expect(openChanges(desk.desk.deps.desk, who.id)).toEqual([])
  })
})

test('a bank that questions a payment is told to managers, with the day of the answer, and locks nobody out', async () => {
  const who = await member(full.price)
  desk.sandbox.acts.dispute(who.subscription)
  await desk.sync()
  const [row] = await desk.ask('members.disputes', { id: who.member })
  expect(row).toMatchObject({ amount: { minor: 6500 }, due: expect.any(String) })
  expect(row?.sentence).toMatch(
    /^The bank has taken back €65\.00 or questions it\. Answer it in Stripe by \d+ \w+ \d\d:\d\d;/,
  )
  expect((await desk.inbox('dispute')).find(({ subject }) => subject === who.member)).toMatchObject({ until: row?.due })
  expect(await panel(who)).toMatchObject({ flag: null, standing: 'current' })
  expect(await opens(who)).toBe(true)
})

test('a month later, and some days after that, each is as it was agreed', async () => {
  await advance(32)
  for (const look of monthLater) await look()
  await advance(3)
  for (const look of daysLater) await look()
  expect([monthLater.length, daysLater.length]).toEqual([6, 1])
})
