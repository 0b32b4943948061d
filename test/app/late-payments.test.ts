// Late payments lived through at the sandbox, read by events alone: failed, paid late, given back, taken back by the bank.
import { expect, test } from 'vitest'
import { lapsedReport, lateRowsOf } from '../../src/main/app/lapsed-report.ts'
import { DAY, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { openBackend, type SyncedDesk, syncedDesk } from './synced-desk.ts'

const sync = (desk: SyncedDesk) => desk.runner.run({ full: false })

function tilesOf({ deps }: SyncedDesk) {
  const told = lapsedReport(deps, {})
  if (!told.ok) throw new Error(told.refusal.sentence)
  const { atRisk, recovered, lost, failed } = told.value.tiles
  const minor = (tile: typeof failed) => tile.amount.minor
  return { failed: minor(failed), atRisk: minor(atRisk), recovered: minor(recovered), lost: minor(lost) }
}

test('what failed is at risk, then recovered; what is given back or taken back by the bank leaves it', async () => {
  const backend = await openBackend(MINUTE, 0)
  const { acts } = backend.sandbox
  const plan = acts.plans()[0] ?? ''
  const [ada, ben] = ['ada', 'ben'].map((name) => acts.createCustomer({ name, email: `${name}@example.org` }))
  for (const who of [ada, ben]) acts.subscribe(who ?? '', plan)
  const desk = await syncedDesk(backend)
  expect(tilesOf(desk)).toEqual({ failed: 0, atRisk: 0, recovered: 0, lost: 0 })

  for (const who of [ada, ben]) acts.failNextPayment(who ?? '', 'insufficient_funds')
  await backend.sandbox.advance(32 * DAY)
  await sync(desk)
  const open = lateRowsOf(desk.deps, { list: 'atRisk' })
  if (!open.ok) throw new Error(open.refusal.sentence)
  const [row] = open.value.rows
  expect(open.value.rows.map(({ member }) => member.name).toSorted()).toEqual(['ada', 'ben'])
  expect(row).toMatchObject({ outcome: 'open', standing: 'grace', reason: expect.stringMatching(/not enough money/) })
  expect(row?.doors.words).toMatch(/^open until /)
  const each = row?.amount.minor ?? 0
  expect(each).toBeGreaterThan(0)
  expect(tilesOf(desk)).toEqual({ failed: 2 * each, atRisk: 2 * each, recovered: 0, lost: 0 })

  // Stripe tries again by itself, and it goes through.
  await backend.sandbox.advance(8 * DAY)
  await sync(desk)
  expect(tilesOf(desk)).toEqual({ failed: 2 * each, atRisk: 0, recovered: 2 * each, lost: 0 })
  const paid = lateRowsOf(desk.deps, { list: 'recovered' })
  // Why it had failed is told though Stripe has forgotten it.
  expect(paid.ok && paid.value.rows.map(({ reason }) => reason)).toEqual([row?.reason, row?.reason])

  const chargesOf = (who: string | undefined) =>
    acts
      .ids('charge')
      .filter((id) => acts.record('charge', id).customer === who && acts.record('charge', id).status === 'succeeded')
  acts.api('POST', '/v1/refunds', { charge: chargesOf(ada).at(-1) ?? '', amount: 500 })
  await backend.sandbox.advance(HOUR)
  await sync(desk)
  expect(tilesOf(desk)).toEqual({ failed: 2 * each, atRisk: 0, recovered: 2 * each - 500, lost: 500 })

  acts.dispute(acts.record('charge', chargesOf(ben).at(-1) ?? '').intent)
  await backend.sandbox.advance(HOUR)
  await sync(desk)
  expect(tilesOf(desk)).toEqual({ failed: 2 * each, atRisk: 0, recovered: each - 500, lost: each + 500 })
}, 60_000)
