// Whom to call about late payments: each person once, with the number first; those without one are told at the desk.
import type { Args } from '../../preload/contract.ts'
import type { Caller, CallList } from '../../preload/shapes-late.ts'
import { type CsvColumn, csvOf } from '../domain/csv.ts'
import { calendarAt, reasonKey } from '../domain/lapsed-report.ts'
import { callWords } from '../domain/late-actions-en.ts'
import { decimals } from '../domain/money.ts'
import { reasonWords } from '../domain/report-en.ts'
import { guardianAt } from '../store/details.ts'
import { planOfMembership } from '../store/entitlements.ts'
import { memberById } from '../store/members.ts'
import { planById } from '../store/plans.ts'
import { readSettings } from '../store/settings.ts'
import { aboutLines } from './act-on-lines.ts'
import type { ReadDeps } from './deps.ts'
import { followedOf } from './follow-ups.ts'

export function callList(deps: ReadDeps, { lines }: Args<'late.callList'>): CallList {
  const { desk } = deps
  const now = deps.now()
  const calendar = calendarAt(now, readSettings(desk).timeZone)
  const noted = followedOf(deps, lines)
  const open = aboutLines(deps, lines).found.filter(({ line }) => line.state === 'open')
  const people = [...Map.groupBy(open, ({ line, person }) => `${person.id} ${line.currency}`).values()]
  const rows = people.flatMap((group): Caller[] => {
    // The oldest is what there is to talk about.
    const [first] = group
    if (first === undefined) return []
    const { line, person } = first
    const guardian = guardianAt(desk, person.id, 'guardianCalled', now)
    const notes = group.flatMap((one) => noted(one.line.id).note ?? [])
    return [
      {
        member: { id: person.id, name: person.name },
        phone: (guardian?.phone || memberById(desk, person.id)?.phone) ?? null,
        ask: guardian?.name ?? null,
        amount: { minor: group.reduce((sum, one) => sum + one.line.amount, 0), currency: line.currency },
        plan: planById(desk, planOfMembership(desk, line.membershipId) ?? '')?.name ?? '',
        daysOverdue: calendar.daysOverdue(line),
        reason: reasonWords(reasonKey(line)),
        note: notes.length === 0 ? null : notes.join(' · '),
      },
    ]
  })
  const call = rows.filter(({ phone }) => phone !== null)
  const others = rows.filter(({ phone }) => phone === null)
  return { call, desk: others, file: { name: 'call-list.csv', csv: csvOf([...call, ...others], CELLS) } }
}

const { columns } = callWords
const CELLS: readonly CsvColumn<Caller>[] = [
  [columns.phone, ({ phone }) => phone ?? callWords.noPhone],
  [columns.name, ({ member }) => member.name],
  [columns.ask, ({ ask }) => ask],
  [columns.amount, ({ amount }) => decimals(amount)],
  [columns.currency, ({ amount }) => amount.currency.toUpperCase()],
  [columns.plan, ({ plan }) => plan],
  [columns.days, ({ daysOverdue }) => daysOverdue],
  [columns.reason, ({ reason }) => reason],
  [columns.note, ({ note }) => note],
]
