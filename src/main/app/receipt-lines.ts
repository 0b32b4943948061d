// "Why exactly?": the receipt of a row of the log as labelled lines.
import type { ReceiptLine } from '../../preload/shapes-doors.ts'
import type { Receipt } from '../domain/receipt.ts'
import {
  cardWords,
  receiptLabels as labels,
  phaseWords,
  ruleWords,
  receiptWords as words,
} from '../domain/receipt-en.ts'
import { sayMoment } from '../domain/say.ts'
import { sayHours } from '../domain/say-hours.ts'
import { MINUTE, type Ms } from '../domain/time.ts'
import type { DecisionRow } from '../store/access-log.ts'
import { memberById } from '../store/members.ts'
import type { ReadDeps } from './deps.ts'
import { voiceOf } from './sentences.ts'

export function receiptLines(deps: ReadDeps, { rule, inputs, at, seq }: DecisionRow): ReceiptLine[] {
  const voice = voiceOf(deps)
  const moment = (iso: string | null | undefined) => (iso == null ? null : sayMoment(Date.parse(iso), voice))
  const { card, plan, phase, memberships, hours, uploadedAt, policy, revision } = inputs
  const lines: Line[] = [
    ['rule', ruleWords[rule] ?? rule],
    ['card', card && cardWords[card]],
    ['plan', plan && (phase === undefined ? plan : words.plan(plan, phaseWords[phase]))],
    ['memberships', memberships !== undefined && memberships > 1 ? String(memberships) : null],
    ['paidUntil', moment(inputs.paidUntil)],
    ['graceUntil', moment(inputs.graceUntil)],
    ['knownEnd', moment(inputs.knownEnd)],
    ['provisionalUntil', moment(inputs.provisionalUntil)],
    ['hours', hours && sayHours(hours)],
    ...company(deps, inputs),
    ['permission', permission(inputs, moment)],
    ['order', order(inputs, moment)],
    ['keyholder', inputs.keyholder && words.yes],
    ['barred', inputs.barred && words.yes],
    ['extendedTo', moment(inputs.extendedTo)],
    ['freshSince', age(inputs.freshSince, at, moment)],
    ['uploadedAt', moment(uploadedAt)],
    ['version', policy === undefined || revision === undefined ? null : words.version(policy, revision)],
    ['row', String(seq)],
  ]
  return lines.flatMap(([name, value]) => (value ? [{ label: labels[name], value }] : []))
}

/** Nothing to say leaves the line out. */
type Line = [keyof typeof labels, string | false | null | undefined]

function company(deps: ReadDeps, { visits, takes, missingInduction, guestOf, minor, passback }: Receipt): Line[] {
  const counted = visits && words.visits(visits.used, visits.allowed, visits.per, visits.today)
  const host = guestOf && memberById(deps.desk, guestOf.host)?.name
  return [
    ['visits', counted && (takes === 'visit' ? words.visitTaken(counted) : counted)],
    ['missingInduction', missingInduction],
    ['guestOf', guestOf && words.host(host ?? guestOf.host, guestOf.hostIn)],
    ['minor', minor && words.guardian[`${minor.guardianIn}`]],
    ['passback', passback && words.inside(passback.alreadyIn)],
  ]
}

type Say = (iso: string | null | undefined) => string | null

function permission({ overrideBy, overrideUntil, event, takes }: Receipt, moment: Say): string | null {
  const until = moment(overrideUntil)
  if (overrideBy === undefined || until === null) return null
  return words.permission(overrideBy, until, event ?? null, takes === 'permission')
}

function order({ order: mode, orderBy, orderUntil, orderWithKeyholders }: Receipt, moment: Say): string | null {
  if (mode === undefined) return null
  return words.order(mode, orderBy ?? null, moment(orderUntil), orderWithKeyholders === true)
}

/** How old the billing data was at the time. */
function age(freshSince: string | null | undefined, at: Ms, moment: Say): string | null {
  if (freshSince === undefined) return null
  const said = moment(freshSince)
  return said === null ? words.never : words.age(said, Math.floor((at - Date.parse(freshSince ?? '')) / MINUTE))
}
