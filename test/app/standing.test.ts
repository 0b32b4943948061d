// Standing end to end: what happens at a (sandbox) Stripe, what is derived, what a door and the panel say.
import { beforeAll, describe, expect, test } from 'vitest'
import { standingRows } from '../../src/main/app/inbox-standing.ts'
import { memberDisputes } from '../../src/main/app/member-disputes.ts'
import { memberPanel } from '../../src/main/app/member-panel.ts'
import { listMembers } from '../../src/main/app/member-views.ts'
import { DAY } from '../../src/main/domain/time.ts'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import { customerLinks } from '../../src/main/store/customer-links.ts'
import { reviewPauses } from '../../src/main/store/first-seen.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import { AT, customer, invoice, item, line, paymentIntent, subscription } from '../stripe/objects.ts'
import { doors, person } from './at-the-doors.ts'
import { openMirrorDesk } from './mirror-desk.ts'
import { findPerson, loadedDesk, makeTemplate, openBackend, type SyncedDesk, syncedDesk } from './synced-desk.ts'

beforeAll(makeTemplate)

const sync = (desk: SyncedDesk) => desk.runner.run({ full: false })

const DAY_S = 86_400
/** An invoice that was paid. */
const paid = () => invoice({ status: 'paid', amount_paid: 6_500, amount_remaining: 0 }, [line()])

describe('pauses', () => {
  test('the first import lists who is paused, and no door obeys before somebody has decided about pauses', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    const frozen = listMembers(desk.deps, { standing: 'frozen' }).rows.map(({ id }) => id)
    expect(frozen.length).toBeGreaterThan(4)
    const listed = () => standingRows(desk.deps).filter(({ kind }) => kind === 'paused-at-import')
    expect(
      listed()
        .map(({ member }) => member?.id)
        .toSorted(),
    ).toEqual(frozen.toSorted())
    await backend.sandbox.advance(40 * DAY)
    await sync(desk)
    expect(person(desk, SAMPLE.frozen.email)).toMatchObject({ standing: 'frozen', door: 'ok' })
    // Somebody who is paused later is not part of that.
    const { subscription: later } = await findPerson(backend.stripe, SAMPLE.current.email)
    await backend.stripe.subscriptions.update(later.id, { pause_collection: { behavior: 'void' } })
    await sync(desk)
    await backend.sandbox.advance(40 * DAY)
    await sync(desk)
    expect(person(desk, SAMPLE.current.email)).toMatchObject({ standing: 'frozen', door: 'frozen' })

    // Whoever went on paying meanwhile has nothing left to decide.
    const still = listMembers(desk.deps, { standing: 'frozen' }).rows.filter(({ id }) => frozen.includes(id))
    expect(still.length).toBeLessThan(frozen.length)
    expect(reviewPauses(desk.db, desk.deps.now())).toBe(still.length)
    await desk.runner.deriveAll()
    expect(listed()).toEqual([])
    expect(person(desk, SAMPLE.frozen.email)).toMatchObject({ standing: 'frozen', door: 'frozen' })
    expect(person(desk, SAMPLE.frozen.email).sentence).toMatch(/is paused \(payments are paused\); the paid days ended/)
  })

  test('one that the first import found and that ended is over: a later one is obeyed like any other', () => {
    const desk = openMirrorDesk()
    const pause = { pause_collection: { behavior: 'void', resumes_at: null } }
    desk.firstRead(['subscription', subscription(pause)], ['invoice', paid()])
    desk.read()
    expect(desk.door()).toBe('ok')
    desk.setClock(AT + 2 * DAY_S)
    desk.read(['subscription', subscription({ pause_collection: null })])
    expect(standingRows(desk.deps)).toEqual([])
    desk.setClock(AT + 200 * DAY_S)
    desk.read(['subscription', subscription(pause, [item({ current_period_end: AT + 230 * DAY_S })])])
    expect(desk.panel().standing).toBe('frozen')
    expect(desk.door()).toBe('frozen')
    expect(standingRows(desk.deps)).toEqual([])
  })

  test('what the space says of a kind of pause holds for those already paused', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    reviewPauses(desk.db, desk.deps.now())
    await backend.sandbox.advance(40 * DAY)
    await sync(desk)
    await desk.runner.deriveAll()
    expect(person(desk, SAMPLE.frozen.email).door).toBe('frozen')
    const pauseOpens = { collection: true, requested: false, 'trial-end': false, system: false }
    writeSetting(desk.db, 'pauseOpens', pauseOpens, 0)
    await desk.runner.deriveAll()
    expect(person(desk, SAMPLE.frozen.email).door).toBe('ok')
  })
})

test('cancelled by Stripe because the payment failed: ended, and the door, the sentence and the button are those of lapsed, and staff have a row of it', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  const ended = person(desk, SAMPLE.endedUnpaid.email)
  expect(ended).toMatchObject({
    standing: 'ended',
    door: 'lapsed',
    history: [{ why: 'cancelled because the payment failed' }],
  })
  const lapsed = person(desk, SAMPLE.unpaid.email)
  for (const { name, sentence } of [ended, lapsed])
    expect(sentence).toMatch(
      new RegExp(`^${name}'s payment of €[\\d.]+ failed on [^:]+: [^;]+; [^.]+\\. Access ended [^.]+\\.$`),
    )
  for (const { remedies, invoices } of [ended, lapsed, person(desk, SAMPLE.grace.email)]) {
    expect(remedies[0]).toBe('take-payment')
    expect(invoices.map(({ status }) => status)).toContain('open')
  }
  const rows = () => standingRows(desk.deps).filter(({ kind }) => kind === 'cancelled-unpaid')
  const [row] = rows().filter(({ member }) => member?.id === ended.id)
  expect(row).toMatchObject({
    action: 'open-invoice',
    subject: ended.invoices.find(({ status }) => status === 'open')?.url,
  })
  expect(row?.sentence).toMatch(
    new RegExp(`^${ended.name}'s membership was cancelled .* because €[\\d.]+ was not paid`),
  )
  expect(rows().map(({ member }) => member?.id)).not.toContain(lapsed.id)
  // Once it is paid, or given up, nothing is left to do.
  const { customer } = await findPerson(backend.stripe, SAMPLE.endedUnpaid.email)
  for (const { id } of (await backend.stripe.invoices.list({ customer: customer.id, status: 'open' })).data)
    await backend.stripe.invoices.pay(id, { paid_out_of_band: true })
  await sync(desk)
  expect(rows().map(({ member }) => member?.id)).not.toContain(ended.id)
  expect(person(desk, SAMPLE.endedUnpaid.email)).toMatchObject({
    door: 'ended',
    remedies: ['sign-up', 'let-in-once'],
  })
})

test('nobody who has paid all that was owed is told that a payment is missing, however Stripe had stopped them', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  const lapsed = () => listMembers(desk.deps, { standing: 'lapsed', limit: 100 }).rows.map(({ id }) => id)
  const owing = lapsed()
  const statuses = new Set<string>()
  for (const { customerId: customer } of owing.flatMap((id) => customerLinks(desk.db, id))) {
    for (const { status } of (await backend.stripe.subscriptions.list({ customer })).data) statuses.add(status)
    for (const { id } of (await backend.stripe.invoices.list({ customer, status: 'open' })).data)
      await backend.stripe.invoices.pay(id, { paid_out_of_band: true })
  }
  expect([...statuses]).toEqual(expect.arrayContaining(['past_due', 'unpaid', 'paused']))
  await sync(desk)
  expect(lapsed()).toEqual([])
})

test('cancelled at once with paid days left: shut, and offered in the inbox until the last of them', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  const paidUntil = person(desk, SAMPLE.current.email).memberships[0]?.paidUntil
  const { subscription: present } = await findPerson(backend.stripe, SAMPLE.current.email)
  await backend.stripe.subscriptions.cancel(present.id)
  await sync(desk)
  expect(person(desk, SAMPLE.current.email)).toMatchObject({ standing: 'ended', door: 'ended' })
  const rows = standingRows(desk.deps).filter(({ kind }) => kind === 'paid-days-left')
  expect(rows.filter(({ member }) => member?.name === SAMPLE.current.name)).toMatchObject([
    { until: paidUntil, action: 'give-access-until' },
  ])
})

test('a failed payment, its grace and its end are told in the history with the clock’s part in it', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  for (let day = 0; day < 20; day += 5) {
    await backend.sandbox.advance(5 * DAY)
    await sync(desk)
  }
  expect(person(desk, SAMPLE.willLapse.email).history.map(({ standing, why }) => `${standing}: ${why}`)).toEqual([
    'lapsed: the grace ran out',
    'grace: a payment is late',
    'current: paid',
  ])
  const fresh = await syncedDesk(backend)
  expect(person(fresh, SAMPLE.willLapse.email).standing).toBe('lapsed')
})

describe('renewal morning', () => {
  const PEOPLE = 300
  const RENEWAL = AT + 12 * 86_400
  const many = (make: (n: number) => object) => Array.from({ length: PEOPLE }, (_, n) => make(n))
  const period = { current_period_start: RENEWAL, current_period_end: RENEWAL + 30 * 86_400 }
  const subscriptions = (now: object, change = {}) =>
    many((n) => subscription({ id: `sub_${n}`, customer: `cus_${n}`, ...change }, [item({ id: `si_${n}`, ...now })]))
  const bills = (prefix: string, change: object, period?: { start: number; end: number }) =>
    many((n) =>
      invoice(
        {
          id: `${prefix}_${n}`,
          customer: `cus_${n}`,
          parent: { type: 'subscription_details', subscription_details: { subscription: `sub_${n}` } },
          payments: { object: 'list', data: [], has_more: false },
          ...change,
        },
        [line(period ? { period } : {})],
      ),
    )
  const as = (kind: 'customer' | 'subscription' | 'invoice', objects: object[]) =>
    objects.map((one) => [kind, one as Record<string, unknown>] as const)

  test('300 renew in one minute: through drafts, open invoices and half a sync nobody turns amber', () => {
    const desk = openMirrorDesk()
    const people = many((n) => customer({ id: `cus_${n}`, email: `m${n}@example.org`, name: `Member ${n}` }))
    const paid = { status: 'paid', amount_remaining: 0 }
    desk.read(
      ...as('customer', people),
      ...as('subscription', subscriptions({ current_period_end: RENEWAL })),
      ...as('invoice', bills('old', paid, { start: AT, end: RENEWAL })),
    )
    const all = (expected: string) => {
      const words = listMembers(desk.deps, {}).rows.map(({ standing }) => standing)
      expect([words.length, new Set(words)]).toEqual([PEOPLE, new Set(['current'])])
      expect(new Set(doors(desk).values())).toEqual(new Set([expected]))
    }
    desk.setClock(RENEWAL - 60)
    desk.read()
    all('ok')
    // A sync that sees the new period only, then the drafts of that hour, then open invoices that nobody has tried.
    const next = { start: RENEWAL, end: RENEWAL + 30 * 86_400 }
    const steps: [number, object[], 'subscription' | 'invoice'][] = [
      [60, subscriptions(period), 'subscription'],
      [
        2 * 60,
        bills('new', { status: 'draft', status_transitions: { finalized_at: null }, attempt_count: 0 }, next),
        'invoice',
      ],
      [
        59 * 60,
        bills('new', { status: 'draft', status_transitions: { finalized_at: null }, attempt_count: 0 }, next),
        'invoice',
      ],
      [
        61 * 60,
        bills('new', { attempt_count: 0, status_transitions: { finalized_at: RENEWAL + 3_600 } }, next),
        'invoice',
      ],
      [65 * 60, bills('new', paid, next), 'invoice'],
    ]
    for (const [after, objects, kind] of steps) {
      desk.setClock(RENEWAL + after)
      desk.read(...as(kind, objects))
      all('ok')
    }
    const steppedInHistory = listMembers(desk.deps, {})
      .rows.slice(0, 20)
      .flatMap(({ id }) => {
        const panel = memberPanel(desk.deps, id)
        return panel.ok ? [panel.value.history.length] : []
      })
    expect(new Set(steppedInHistory)).toEqual(new Set([1]))
  })
})

describe('a payment that the bank questions or takes back', () => {
  const dispute = (change: object) => ({
    id: 'dp_1',
    object: 'dispute',
    created: AT - 3_600,
    payment_intent: 'pi_Ada',
    status: 'needs_response',
    reason: 'debit_not_authorized',
    amount: 6_500,
    currency: 'eur',
    ...change,
  })
  test.each([
    ['open', { evidence_details: { due_by: AT + 7 * 86_400 } }, 1],
    ['lost, as a bank debit that comes back late is at once', { status: 'lost' }, 1],
    ['lost long ago', { status: 'lost', created: AT - 90 * 86_400 }, 0],
    ['won', { status: 'won' }, 0],
  ])('%s: staff are told, nobody is locked out', (_, change, told) => {
    const desk = openMirrorDesk()
    desk.read(
      ['subscription', subscription()],
      ['invoice', invoice({ status: 'paid' })],
      ['payment_intent', paymentIntent({ status: 'succeeded', last_payment_error: null })],
      ['dispute', dispute(change)],
    )
    expect(desk.door()).toBe('ok')
    const rows = standingRows(desk.deps)
    expect(rows).toHaveLength(told)
    for (const row of rows)
      expect(row).toMatchObject({
        id: 'dispute:dp_1',
        sentence: expect.stringMatching(
          'evidence_details' in change
            ? /^Ada Lovelace's bank has taken back €65\.00 or questions it\. Answer it in Stripe by \d+ \w+ \d\d:\d\d; access goes/
            : /^Ada Lovelace's bank has taken back €65\.00 for good\. Talk to them; access goes on meanwhile\.$/,
        ),
        until: 'evidence_details' in change ? expect.any(String) : null,
      })
    // On the panel it is a call of its own, for managers.
    expect(desk.panel().memberships[0]?.flag).toBeNull()
    const { id } = desk.panel()
    expect(memberDisputes(desk.deps, id)).toMatchObject({ ok: true, value: Array(told).fill({ id: 'dp_1' }) })
  })
})
