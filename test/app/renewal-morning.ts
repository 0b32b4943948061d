// The morning on which everybody renews, lived through at the sandbox and read by the real client and sync.
import { expect } from 'vitest'
import { listMembers } from '../../src/main/app/member-views.ts'
import { DAY, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { doors, person } from './at-the-doors.ts'
import { type Backend, openBackend, type SyncedDesk, syncedDesk } from './synced-desk.ts'

/** Everybody's period ends on the 1st of December at noon. */
export const JOINS = { billing_cycle_anchor_config: { day_of_month: 1, hour: 12, minute: 0, second: 0 } }
export const NOON = Date.UTC(2026, 11, 1, 12)
export const SEPA = { type: 'sepa_debit', verified: true } as const

export const until = ({ sandbox }: Backend, at: number) => sandbox.advance(Math.max(0, at - sandbox.now()))
const sync = (desk: SyncedDesk) => desk.runner.run({ full: false })

/** One in five pays by bank debit. Drafts for an hour, half a sync, lists in place of single reads, debits for days: nobody
 * turns amber at any step. */
export async function renewalMorning(people: number): Promise<void> {
  const backend = await openBackend(MINUTE, 0)
  const { sandbox, proxy } = backend
  const [plan = ''] = sandbox.acts.plans()
  const subscriptions = Array.from({ length: people }, (_, n) => {
    const who = { name: `Member ${n}`, email: `m${n}@example.org` }
    return sandbox.acts.subscribe(sandbox.acts.createCustomer(who, n % 5 === 0 ? SEPA : {}), plan, JOINS)
  })
  await sandbox.advance(6 * DAY)
  const desk = await syncedDesk(backend)
  const all = (...expected: string[]) => {
    const words = listMembers(desk.deps, {}).rows.map(({ standing }) => standing)
    expect([words.length, new Set(words)]).toEqual([people, new Set(['current'])])
    expect([...new Set(doors(desk).values())].filter((reason) => !expected.includes(reason))).toEqual([])
  }
  const invoices = () => new Set(subscriptions.map((id) => sandbox.acts.record('invoice', newest(id)).status))
  const newest = (id: string) => sandbox.acts.record('subscription', id).latestInvoice ?? ''
  await until(backend, NOON - MINUTE)
  await sync(desk)
  all('ok')

  await until(backend, NOON + MINUTE)
  expect(invoices()).toEqual(new Set(['draft']))
  // Nobody has looked yet: as stale as a minute is.
  all('ok', 'ok-stale')
  // A sync that gets as far as the subscriptions: their new period is known, and no invoice of it.
  proxy.fate = (line) => (line.startsWith('GET /v1/invoices') ? 'cut' : 'pass')
  await expect(sync(desk)).rejects.toMatchObject({ kind: 'offline' })
  all('ok', 'ok-stale')
  proxy.fate = () => 'pass'
  proxy.requests.length = 0
  await sync(desk)
  all('ok')
  // Three hundred of a kind are read as lists, a hundred at a time.
  expect(proxy.requests.filter((line) => /^GET \/v1\/(invoices|subscriptions)\/\w/.test(line))).toEqual([])
  expect(proxy.requests.length).toBeLessThan(60)

  await until(backend, NOON + HOUR - MINUTE)
  await sync(desk)
  expect(invoices()).toEqual(new Set(['draft']))
  all('ok')
  await until(backend, NOON + HOUR + MINUTE)
  expect(invoices()).toEqual(new Set(['paid', 'open']))
  all('ok')
  await sync(desk)
  all('ok')
  await until(backend, NOON + 4 * DAY)
  await sync(desk)
  all('ok')
  await until(backend, NOON + 7 * DAY)
  await sync(desk)
  expect(invoices()).toEqual(new Set(['paid']))
  all('ok')
  const told = listMembers(desk.deps, {}).rows.slice(0, 20)
  for (const { emails } of told) expect(person(desk, emails[0] ?? '').history).toHaveLength(1)
}
