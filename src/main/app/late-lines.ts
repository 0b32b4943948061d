// The lines that the report of late payments is made of: every late payment in one currency, and terms that are over.
import { type Calendar, calendarAt, type LateLine } from '../domain/lapsed-report.ts'
import { membershipStanding, type Standing } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import { closedLatePayments, closedSums, openLatePayments } from '../store/late-lists.ts'
import { entitlementsOf, lateCurrencies, latePaymentsById, type StoredLatePayment } from '../store/late-payments.ts'
import { type OverdueTerm, overdueTerms, usualCurrency } from '../store/overdue-terms.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'

/** Where nothing has told of any currency. */
const NO_CURRENCY = 'eur'

export type Late = { now: Ms; calendar: Calendar; currency: string; lines: LateLine[] }

/** Enough for every figure: what is open line by line, what is paid or given up as sums of those that read alike. */
export function figuresIn(deps: ReadDeps, currency: string): Late {
  const open = openIn(deps, currency)
  const { calendar, now } = open
  const closed = closedSums(deps.desk, currency, calendar.starts, now).map(
    (sum): LateLine => ({
      ...{ invoiceId: '', account: null, membershipId: '', currency, nextAttemptAt: null, standing: null },
      ...sum,
    }),
  )
  return { ...open, lines: [...open.lines, ...closed] }
}

/** What is open alone, which is little. */
export function openIn(deps: ReadDeps, currency: string): Late {
  const now = deps.now()
  const calendar = calendarAt(now, readSettings(deps.desk).timeZone)
  const open = linesOfPayments(deps, openLatePayments(deps.desk, currency, now), now)
  return { now, calendar, currency, lines: [...open, ...termLines(deps, currency, now)] }
}

/** Each line by itself, also of what is closed. */
export function lateIn(deps: ReadDeps, currency: string): Late {
  const open = openIn(deps, currency)
  const { calendar, now } = open
  const closed = linesOfPayments(deps, closedLatePayments(deps.desk, currency, calendar.from, now), now)
  return { ...open, lines: [...closed, ...open.lines] }
}

/** Those of these ids that are late payments or terms that are over, in whatever currency; the oldest first. */
export function linesById(deps: ReadDeps, ids: readonly string[]): LateLine[] {
  const now = deps.now()
  const terms = termsIn(deps, now).filter(({ membershipId }) => ids.includes(membershipId))
  const standingOf = standingsIn(deps, terms, now)
  return [
    ...linesOfPayments(deps, latePaymentsById(deps.desk, ids), now),
    ...terms.map((term) => termLine(term, standingOf)),
  ].toSorted((a, b) => a.dueAt - b.dueAt)
}

export function linesOfPayments(deps: ReadDeps, rows: readonly StoredLatePayment[], now: Ms): LateLine[] {
  // Only what is open is asked for its standing, and that is little.
  const isOpen = ({ state }: StoredLatePayment) => state === 'open'
  const standingOf = standingsIn(deps, rows.filter(isOpen), now)
  return rows.map((row) => ({
    ...row,
    id: row.invoiceId,
    standing: isOpen(row) ? standingOf(row.membershipId) : null,
  }))
}

/** Those in which anything is or was late. */
export function currenciesOf(deps: ReadDeps): string[] {
  const terms = termsIn(deps, deps.now()).map((term) => term.currency)
  return [...new Set([...lateCurrencies(deps.desk), ...terms])].toSorted()
}

/** The currency of a space where nothing is late. */
export function currencyHere({ desk }: ReadDeps): string {
  return usualCurrency(desk) ?? NO_CURRENCY
}

type TermIn = OverdueTerm & { currency: string }

/** One without a currency is in that of most subscriptions, which is asked for only then: it looks at all of them. */
function termsIn(deps: ReadDeps, now: Ms): TermIn[] {
  const terms = overdueTerms(deps.desk, now)
  const usual = terms.some(({ currency }) => currency === null) ? currencyHere(deps) : NO_CURRENCY
  return terms.map((term) => ({ ...term, currency: term.currency ?? usual }))
}

function termLines(deps: ReadDeps, currency: string, now: Ms): LateLine[] {
  const terms = termsIn(deps, now).filter((term) => term.currency === currency)
  const standingOf = standingsIn(deps, terms, now)
  return terms.map((term) => termLine(term, standingOf))
}

function termLine(term: TermIn, standingOf: (id: string) => Standing): LateLine {
  return {
    id: term.membershipId,
    invoiceId: null,
    account: null,
    membershipId: term.membershipId,
    currency: term.currency,
    amount: term.amount ?? 0,
    returned: 0,
    dueAt: term.until,
    state: 'open',
    paidAt: null,
    method: null,
    code: null,
    attempts: 0,
    nextAttemptAt: null,
    standing: standingOf(term.membershipId),
  }
}

/** Of all of them at once; a membership of which nothing is derived has ended. */
export function standingsIn(
  { desk }: ReadDeps,
  lines: readonly { membershipId: string }[],
  now: Ms,
): (membershipId: string) => Standing {
  const entitlements = entitlementsOf(
    desk,
    lines.map(({ membershipId }) => membershipId),
  )
  return (id) => {
    const entitlement = entitlements.get(id)
    return entitlement === undefined ? 'ended' : membershipStanding(entitlement, now)
  }
}
