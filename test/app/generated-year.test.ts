// A made-up year of payments in three currencies, read by a desk as it goes on: at every checkpoint each figure, bucket,
// column and row of the report is what a naive count of the stories says.
import { expect, test } from 'vitest'
import { deriveManual } from '../../src/main/app/derive-manual.ts'
import { lapsedReport, lateRowsOf, wholeReport } from '../../src/main/app/lapsed-report.ts'
import { figuresIn } from '../../src/main/app/late-lines.ts'
import { BUCKETS, LATE_LISTS, type LateList, linesOf } from '../../src/main/domain/lapsed-report.ts'
import { firstByName } from '../../src/main/store/late-lists.ts'
import { insertManualMembership, insertTerm } from '../../src/main/store/manual-memberships.ts'
import { insertMember } from '../../src/main/store/members.ts'
import { cover } from '../../src/main/store/membership-seats.ts'
import { insertPlan } from '../../src/main/store/plans.ts'
import { policyFrom, readSettings } from '../../src/main/store/settings.ts'
import type { Args, Reply } from '../../src/preload/contract.ts'
import type { LateRow } from '../../src/preload/shapes-report.ts'
import { type MirrorDesk, openMirrorDesk } from './mirror-desk.ts'
import { naiveReport } from './naive-report.ts'
import { CHECKPOINTS, makeUp, objectsOf, TERMS, type TermStory } from './year-of-payments.ts'

const ZONE = 'Europe/Berlin'
const STORIES = 220

test('every figure and row of a made-up year is what the stories say, in currencies of 0, 2 and 3 decimals', () => {
  const desk = openMirrorDesk()
  const stories = makeUp(8, STORIES)
  for (const term of TERMS) agree(desk, term)
  const steps = [
    ...stories.flatMap((story) => story.moments.map((moment) => ({ at: moment.at, story, moment }))),
    ...CHECKPOINTS.map((at) => ({ at, story: null, moment: null })),
  ].toSorted((a, b) => a.at - b.at)
  const value = <T>(result: { ok: true; value: T } | { ok: false; refusal: { sentence: string } }): T => {
    if (!result.ok) throw new Error(result.refusal.sentence)
    return result.value
  }
  const report = (currency: string): Reply<'report.lapsed'> => value(lapsedReport(desk.deps, { currency }))
  const rows = (asked: Args<'report.rows'>) => value(lateRowsOf(desk.deps, { limit: 1_000, ...asked }))

  let compared = 0
  for (const { at, story, moment } of steps) {
    desk.setClock(at)
    if (story !== null) {
      desk.read(...(objectsOf(story, moment) as Parameters<typeof desk.read>))
      continue
    }
    for (const currency of ['eur', 'jpy', 'kwd']) {
      const truth = naiveReport({ stories, terms: TERMS }, currency, at, ZONE)
      const told = report(currency)
      const where = `${currency} at ${new Date(at * 1_000).toISOString()}`
      for (const [name, { amount, count }] of Object.entries(truth.tiles)) {
        const tile = told.tiles[name as keyof typeof told.tiles]
        expect({ minor: tile.amount.minor, count: tile.count }, `${name} of ${where}`).toEqual({ minor: amount, count })
      }
      expect(told.rate, `rate of ${where}`).toEqual(truth.rate)
      if (truth.daysToRecover === null) expect(told.daysToRecover).toBe(null)
      else expect(told.daysToRecover, `days of ${where}`).toBeCloseTo(truth.daysToRecover, 9)
      const ageing = Object.fromEntries(told.ageing.map(({ bucket, ...sum }) => [bucket, sum]))
      expect(ageing, `ageing of ${where}`).toEqual(truth.ageing)
      const months = Object.fromEntries(told.months.map(({ month, settling: _, ...sum }) => [month, sum]))
      expect(months, `months of ${where}`).toEqual(truth.months)
      const keyed = (list: typeof told.reasons) =>
        Object.fromEntries(list.map(({ key, words: _, ...sum }) => [key, sum]))
      expect(keyed(told.reasons), `reasons of ${where}`).toEqual(truth.reasons)
      expect(keyed(told.methods), `methods of ${where}`).toEqual(truth.methods)
      const open = wholeReport(desk.deps).rows.filter((row) => row.currency === currency)
      const listed = open.map(({ invoice, amountDue, daysOverdue, bucket, standing, attempts, dueAt }) => ({
        ...{ invoice, amount: amountDue, daysOverdue, bucket, standing, attempts, dueAt },
      }))
      const byInvoice = <T extends { invoice: string | null; dueAt: string }>(list: T[]) =>
        list.toSorted((a, b) => ((a.invoice ?? a.dueAt) < (b.invoice ?? b.dueAt) ? -1 : 1))
      expect(byInvoice(listed), `rows of ${where}`).toEqual(byInvoice(truth.rows))
      compared += 1
    }
  }
  expect(compared).toBe(CHECKPOINTS.length * 3)

  // Every figure is the sum of the rows behind it, to the smallest unit.
  for (const currency of ['eur', 'jpy', 'kwd']) {
    const told = report(currency)
    const sumOf = (asked: Args<'report.rows'>) => {
      const { rows: list, sum, total } = rows(asked)
      expect(list).toHaveLength(total)
      expect(list.reduce((all, { amount }) => all + amount.minor, 0)).toBe(sum.minor)
      return { minor: sum.minor, count: total }
    }
    for (const list of LATE_LISTS) {
      const { amount, count } = figure(told, list)
      expect(sumOf({ currency, list }), `${list} of ${currency}`).toEqual({ minor: amount.minor, count })
    }
    for (const bucket of BUCKETS) {
      const { amount, count } = told.ageing.find((one) => one.bucket === bucket) ?? { amount: -1, count: -1 }
      expect(sumOf({ currency, list: 'open', bucket })).toEqual({ minor: amount, count })
    }
    for (const { month, recovered, inRecovery, lost, count } of told.months)
      expect(sumOf({ currency, list: 'failed', month })).toEqual({ minor: recovered + inRecovery + lost, count })
    for (const { key, recovered, inRecovery, lost, count } of told.reasons)
      expect(sumOf({ currency, list: 'failed', reason: key })).toEqual({ minor: recovered + inRecovery + lost, count })
    for (const { key, recovered, inRecovery, lost, count } of told.methods)
      expect(sumOf({ currency, list: 'failed', method: key })).toEqual({ minor: recovered + inRecovery + lost, count })
  }

  // A list read page by page is the whole list, and in order.
  const below = (a: readonly (number | string)[], b: readonly (number | string)[]): boolean => {
    const n = a.findIndex((one, index) => one !== b[index])
    return n !== -1 && (a[n] ?? 0) < (b[n] ?? 0)
  }
  const places = {
    days: (row: LateRow) => [-row.daysOverdue, row.dueAt, row.id],
    amount: (row: LateRow) => [-row.amount.minor, -row.daysOverdue, row.dueAt, row.id],
    name: (row: LateRow) => [row.member.name.toLowerCase(), row.member.id, row.dueAt, row.id],
  }
  let pages = 0
  for (const currency of ['eur', 'jpy', 'kwd']) {
    for (const list of LATE_LISTS) {
      for (const sort of ['days', 'amount', 'name'] as const) {
        const whole = rows({ currency, list, sort }).rows
        const paged: LateRow[] = []
        for (let offset = 0; offset < whole.length; offset += 7, pages++)
          paged.push(...rows({ currency, list, sort, offset, limit: 7 }).rows)
        expect(paged, `${list} of ${currency} by ${sort}`).toEqual(whole)
        for (const [n, row] of whole.entries())
          if (n > 0)
            expect(below(places[sort](whole[n - 1] as LateRow), places[sort](row)), `${list} ${sort} ${n}`).toBe(true)
      }
      // Where there are thousands, names are read in their order, which has to be the same.
      const late = figuresIn(desk.deps, currency)
      const lines = linesOf(late.lines, { list }, late.calendar)
      const sums = lines.flatMap(({ id, count }) => (count === undefined ? [] : id))
      const open = lines.flatMap(({ invoiceId }) => invoiceId ?? [])
      const behind = { currency, months: late.calendar.starts, until: late.now, sums }
      const names = rows({ currency, list, sort: 'name' }).rows.flatMap(({ invoice }) => invoice?.id ?? [])
      for (const limit of [1, 5, 1_000])
        expect(firstByName(desk.db, behind, open, limit).map(({ invoiceId }) => invoiceId)).toEqual(
          names.slice(0, limit),
        )
    }
  }
  expect(pages).toBeGreaterThan(100)
})

/** A term of a year that somebody agreed to at the desk. */
function agree({ db }: MirrorDesk, { id, currency, amount, until }: TermStory): void {
  const [from, end] = [(until - 300 * 86_400) * 1_000, until * 1_000]
  insertMember(db, { id: `${id}-person`, name: `Person of ${id}`, phone: null, createdAt: from }, 'desk')
  insertPlan(db, { id: `${id}-plan`, name: `Plan of ${id}`, at: from })
  insertManualMembership(db, {
    id,
    planId: `${id}-plan`,
    payerId: `${id}-person`,
    seats: null,
    at: from,
    origin: 'desk',
  })
  cover(db, id, `${id}-person`, from)
  const paid = { method: 'cash', amount: { minor: amount, currency }, note: null } as const
  insertTerm(db, {
    id: `${id}-paid`,
    membershipId: id,
    from,
    until: end,
    ...paid,
    at: from,
    operator: 'owner',
    origin: 'desk',
  })
  deriveManual(db, id, policyFrom(readSettings(db)), from)
}

/** What the report says of a list: most have a tile of their own. */
function figure(told: Reply<'report.lapsed'>, list: LateList) {
  if (list === 'open') return sumTile(told.ageing)
  if (list !== 'decided') return told.tiles[list]
  const { failed } = told.tiles
  const open = sumTile(told.ageing)
  return { amount: { minor: failed.amount.minor - open.amount.minor }, count: failed.count - open.count }
}

function sumTile(ageing: Reply<'report.lapsed'>['ageing']) {
  const sum = (pick: (one: (typeof ageing)[number]) => number) => ageing.reduce((all, one) => all + pick(one), 0)
  return { amount: { minor: sum(({ amount }) => amount) }, count: sum(({ count }) => count) }
}
