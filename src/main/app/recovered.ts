// Money that came in because of a door: somebody was refused there, or let in late, and paid here within a day.
import type { Args, Reply } from '../../preload/contract.ts'
import { isReason } from '../domain/door-events.ts'
import { manualRefusals } from '../domain/memberships-en.ts'
import type { Money } from '../domain/money.ts'
import type { PaymentNow, PayWay } from '../domain/payment.ts'
import type { Reason } from '../domain/reasons.ts'
import { DAY, endOfLocalDate, startOfLocalDate, toIso } from '../domain/time.ts'
import { decisionBySeq, decisionsOfMember } from '../store/access-log.ts'
import { doorNames } from '../store/doors.ts'
import { memberById } from '../store/members.ts'
import { idsOfPerson, personNow } from '../store/people-merge.ts'
import { insertRecovered, recoveredBetween } from '../store/recovered.ts'
import { readSettings } from '../store/settings.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'

/** What a door says where money is late. */
const ABOUT_MONEY: readonly Reason[] = ['ok-grace', 'lapsed', 'payment-pending', 'billing-stale', 'ended']
const LOOKED_THROUGH = 200

/** Inside the transaction in which the payment is written down. */
export function noteRecovered(deps: DeskDeps, now: PaymentNow, amount: Money): void {
  const { access } = deps
  if (access === null || now.invoice === null || amount.minor <= 0) return
  const at = deps.now()
  const [row] = idsOfPerson(deps.desk, now.memberId)
    .flatMap((id) => decisionsOfMember(access, id, LOOKED_THROUGH))
    .filter((one) => one.at >= at - DAY && one.at <= at && isReason(one.reason) && ABOUT_MONEY.includes(one.reason))
    .toSorted((a, b) => b.at - a.at || b.seq - a.seq)
  if (row === undefined) return
  const { account, invoice, memberId, way } = now
  const decision = { desk: deps.deskId, seq: row.seq }
  const payment = { account, invoiceId: invoice.id, memberId, at, operator: deps.live.operator, way: way ?? '', amount }
  insertRecovered(deps.live.db, { ...payment, decision }, deps.deskId)
}

export function listRecovered(deps: ReadDeps, asked: Args<'money.recovered'>): Result<Reply<'money.recovered'>> {
  const { timeZone } = readSettings(deps.desk)
  const from = asked.from === undefined ? 0 : startOfLocalDate(asked.from, timeZone)
  const until = asked.until === undefined ? Number.MAX_SAFE_INTEGER : endOfLocalDate(asked.until, timeZone)
  if (from === null) return refuse('bad-request', manualRefusals.noDay(asked.from ?? ''))
  if (until === null) return refuse('bad-request', manualRefusals.noDay(asked.until ?? ''))
  const doors = doorNames(deps.desk)
  return done(
    recoveredBetween(deps.desk, from, until).map(({ memberId, at, amount, way, operator, invoiceId, decision }) => {
      const id = personNow(deps.desk, memberId) ?? memberId
      const row = deps.access === null ? null : decisionBySeq(deps.access, decision.desk, decision.seq)
      const swipe =
        row === null || !isReason(row.reason)
          ? null
          : { seq: row.seq, at: toIso(row.at), door: doors.get(row.doorId) ?? row.doorId, reason: row.reason }
      const member = { id, name: memberById(deps.desk, id)?.name ?? '' }
      return { at: toIso(at), member, amount, way: way as PayWay, by: operator, invoice: invoiceId, swipe }
    }),
  )
}
