// Payments that take their time, lived through at the sandbox: bank debits that settle or come back while the desk cannot
// look, and the morning on which everybody renews (300 people: `npm run test:deep -- renewal`).
import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import { person } from './at-the-doors.ts'
import { JOINS, NOON, renewalMorning, SEPA, until } from './renewal-morning.ts'
import { openBackend, type SyncedDesk, syncedDesk } from './synced-desk.ts'

const EMAIL = 'ada.debit@example.org'
const sync = (desk: SyncedDesk) => desk.runner.run({ full: false })

/** Ada pays by bank debit; her first debit has settled, and the next one leaves on the 1st. */
async function debitDesk() {
  const backend = await openBackend(MINUTE, 0)
  const { acts } = backend.sandbox
  const ada = acts.createCustomer({ name: 'Ada Debit', email: EMAIL }, SEPA)
  const subscription = acts.subscribe(ada, acts.plans()[0] ?? '', JOINS)
  const desk = await syncedDesk(backend)
  writeSetting(desk.db, 'endOfDay', false, 0)
  expect(person(desk, EMAIL)).toMatchObject({ standing: 'pending', door: 'payment-pending' })
  expect(person(desk, EMAIL).sentence).toMatch(/not through yet \(the bank debit is on its way\)\.$/)
  await backend.sandbox.advance(6 * DAY)
  // Nothing read since: what is stored speaks.
  expect(person(desk, EMAIL).door).toBe('payment-pending')
  await sync(desk)
  expect(person(desk, EMAIL)).toMatchObject({ standing: 'current', door: 'ok' })
  const state = () => acts.record('subscription', subscription).status
  return { backend, acts, desk, ada, state, stands: () => Object.values(pick(person(desk, EMAIL))).join(', ') }
}
const pick = ({ standing, door }: ReturnType<typeof person>) => ({ standing, door })

describe('a settlement while Stripe is out of reach', () => {
  test.each([
    ['eight days after the due day: in grace, which had begun then', 8, 'grace, ok-grace', 'lapsed, lapsed'],
    ['three weeks after it: grace is over', 21, 'lapsed, lapsed', 'lapsed, lapsed'],
  ])(
    'a renewal’s debit that fails meanwhile is held against nobody before it is read, %s',
    async (_, days, then, later) => {
      const { backend, acts, desk, ada, state, stands } = await debitDesk()
      await until(backend, NOON + 2 * HOUR)
      await sync(desk)
      expect([state(), stands()]).toEqual(['active', 'current, ok'])
      acts.failNextPayment(ada, 'insufficient_funds', 9)
      backend.proxy.fate = () => 'cut'
      await until(backend, NOON + days * DAY)
      expect(state()).toBe('past_due')
      await expect(sync(desk)).rejects.toMatchObject({ kind: 'offline' })
      // Paid until the 1st of January, as far as anybody here knows.
      expect(stands()).toBe('current, ok')
      backend.proxy.fate = () => 'pass'
      await sync(desk)
      expect(stands()).toBe(then)
      await until(backend, NOON + Math.max(15, days) * DAY)
      await sync(desk)
      expect(stands()).toBe(later)
    },
    60_000,
  )

  test('a debit for what is late, still on its way at the last look, lets people in for the allowance and no longer', async () => {
    const { backend, acts, desk, ada, state, stands } = await debitDesk()
    acts.failNextPayment(ada, 'insufficient_funds')
    // The first debit comes back on the 6th; the next one leaves on the 9th and takes five days.
    await until(backend, NOON + 9 * DAY)
    await sync(desk)
    expect([state(), stands()]).toEqual(['past_due', 'grace, ok-grace'])
    acts.failNextPayment(ada, 'insufficient_funds', 9)
    backend.proxy.fate = () => 'cut'
    const at = async (day: number) => {
      await until(backend, NOON + day * DAY)
      return stands()
    }
    // Grace to the 15th, then as stale as the allowance of a bank debit: fourteen days.
    expect(await at(14)).toBe('grace, ok-grace')
    expect(await at(16)).toBe('grace, ok-stale')
    expect(await at(28)).toBe('grace, ok-stale')
    expect(await at(30)).toBe('grace, billing-stale')
    backend.proxy.fate = () => 'pass'
    await sync(desk)
    expect(stands()).toBe('lapsed, lapsed')
  })

  test('one that settles meanwhile was never anybody’s trouble', async () => {
    const { backend, desk, state, stands } = await debitDesk()
    await until(backend, NOON + 2 * HOUR)
    await sync(desk)
    backend.proxy.fate = () => 'cut'
    await until(backend, NOON + 20 * DAY)
    expect([state(), stands()]).toEqual(['active', 'current, ok'])
    backend.proxy.fate = () => 'pass'
    await sync(desk)
    expect(stands()).toBe('current, ok')
    expect(person(desk, EMAIL).history.map(({ standing }) => standing)).toEqual(['current', 'pending'])
  })
})

test('75 renew in one minute: drafts, half a sync, lists in place of single reads, debits for days; nobody turns amber', async () => {
  await renewalMorning(75)
})
