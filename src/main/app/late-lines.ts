// The lines that the report of late payments is made of: every late payment in one currency, and terms that are over.
import { type Calendar, calendarAt, type LateLine } from '../domain/lapsed-report.ts'
import { membershipStanding, type Standing } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import { entitlementOf } from '../store/entitlements.ts'
import { lateCurrencies, latePayments } from '../store/late-payments.ts'
import { overdueTerms, usualCurrency } from '../store/overdue-terms.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'

/** Where nothing has told of any currency. */
const NO_CURRENCY = 'eur'

export type Late = { now: Ms; calendar: Calendar; currency: string; lines: LateLine[] }

export function lateIn(deps: ReadDeps, currency: string): Late {
  const now = deps.now()
  const calendar = calendarAt(now, readSettings(deps.desk).timeZone)
  const paid = latePayments(deps.desk, currency, calendar.from, now).map((row): LateLine => {
    // Only what is open is asked for its standing, and that is little.
    const standing = row.state === 'open' ? standingOf(deps, row.membershipId, now) : 'current'
    return { ...row, id: row.invoiceId, standing }
  })
  return { now, calendar, currency, lines: [...paid, ...termLines(deps, currency, now)] }
}

/** Those in which anything is or was late. */
export function currenciesOf(deps: ReadDeps): string[] {
  const terms = overdueTerms(deps.desk, deps.now()).map((term) => term.currency ?? currencyHere(deps))
  return [...new Set([...lateCurrencies(deps.desk), ...terms])].toSorted()
}

/** The currency of a space where nothing is late. */
export function currencyHere({ desk }: ReadDeps): string {
  return usualCurrency(desk) ?? NO_CURRENCY
}

function termLines(deps: ReadDeps, currency: string, now: Ms): LateLine[] {
  const usual = currencyHere(deps)
  return overdueTerms(deps.desk, now).flatMap(({ membershipId, until, ...term }): LateLine[] =>
    (term.currency ?? usual) !== currency
      ? []
      : [
          {
            id: membershipId,
            invoiceId: null,
            account: null,
            membershipId,
            currency,
            amount: term.amount ?? 0,
            returned: 0,
            dueAt: until,
            state: 'open',
            paidAt: null,
            method: null,
            code: null,
            attempts: 0,
            nextAttemptAt: null,
            standing: standingOf(deps, membershipId, now),
          },
        ],
  )
}

function standingOf({ desk }: ReadDeps, membershipId: string, now: Ms): Standing {
  const entitlement = entitlementOf(desk, membershipId)
  return entitlement === null ? 'ended' : membershipStanding(entitlement, now)
}
