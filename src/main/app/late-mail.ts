// Mails about late payments, to one or many: Stripe's page of the invoice, or a text of the space's own. Each person once.
import type { Args, Reply } from '../../preload/contract.ts'
import type { Acted } from '../../preload/shapes-late.ts'
import type { Invoice } from '../domain/billing.ts'
import { asksFor, fillTemplate, type Placeholder } from '../domain/fill-template.ts'
import type { LateLine } from '../domain/lapsed-report.ts'
import { lateRefusals, notDone } from '../domain/late-actions-en.ts'
import { mailDay } from '../domain/mail-en.ts'
import { formatMoney, type Money } from '../domain/money.ts'
import { sayMoment } from '../domain/say.ts'
import { DAY } from '../domain/time.ts'
import { doneAbout } from '../store/actions.ts'
import { storedObject } from '../store/billing-objects.ts'
import { planOfMembership } from '../store/entitlements.ts'
import { addressOf } from '../store/outbox.ts'
import { idsOfPerson } from '../store/people-merge.ts'
import { planById } from '../store/plans.ts'
import { readMailSettings, readSettings } from '../store/settings.ts'
import { type AboutLine, aboutLines, actOn, type WhyNot } from './act-on-lines.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { writeFollowUp } from './follow-ups.ts'
import { readMailText } from './late-templates.ts'
import { notify } from './notify.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'

export function mailLinks(deps: DeskDeps, { lines, again }: Args<'late.link'>): Result<Acted> {
  return mailEach(deps, lines, again === true, ({ line, person }, act) => {
    const url = payAt(deps, line)
    if (url === null) return notDone.noLink(person.name)
    const payload = { name: person.name, url, amount: amountOf(line), until: null }
    notify(deps, { member: person.id, subject: `${line.id}@${act}`, kind: 'payment-link', payload })
    writeFollowUp(deps, { act, lineId: line.id, memberId: person.id, kind: 'link' })
    recordAction(deps, 'payment-mailed', person.id, { invoice: line.invoiceId, act })
    return null
  })
}

export function mailText(deps: DeskDeps, asked: Args<'late.mail'>): Result<Acted> {
  const mail = readMailText(asked)
  if (!mail.ok) return mail
  return mailEach(deps, asked.lines, asked.again === true, (about, act) => {
    const { line, person } = about
    const filled = fill(deps, about, mail.value)
    if (filled === null) return notDone.noLinkInText(person.name)
    notify(deps, { member: person.id, subject: `${line.id}@${act}`, kind: 'reminder', payload: filled })
    writeFollowUp(deps, { act, lineId: line.id, memberId: person.id, kind: 'mail', text: filled.subject })
    recordAction(deps, 'late-mailed', person.id, { line: line.id, act })
    return null
  })
}

export function previewMail(deps: ReadDeps, asked: Args<'late.preview'>): Result<Reply<'late.preview'>> {
  const mail = readMailText(asked)
  if (!mail.ok) return mail
  const [about] = aboutLines(deps, [asked.line]).found
  if (about === undefined) return refuse('not-found', notDone.gone)
  const filled = fill(deps, about, mail.value)
  if (filled === null) return refuse('wrong-state', notDone.noLinkInText(about.person.name))
  const { subject, text } = filled
  return done({ name: about.person.name, to: addressFor(deps, about)?.address ?? null, subject, text })
}

function mailEach(
  deps: DeskDeps,
  lines: readonly string[],
  again: boolean,
  send: (about: AboutLine, act: string) => WhyNot,
): Result<Acted> {
  if (readMailSettings(deps.desk) === null) return refuse('wrong-state', lateRefusals.noMail)
  const mailed = new Set<string>()
  return actOn(deps, lines, false, (about, act) => {
    const { line, person } = about
    if (line.state !== 'open') return notDone.settled
    if (mailed.has(person.id)) return notDone.oneMail(person.name)
    if (addressFor(deps, about) === null) return notDone.noAddress(person.name)
    const lately = again ? null : mailedLately(deps, person.id)
    if (lately !== null) return { sentence: notDone.lately(person.name, lately), again: true }
    const why = send(about, act)
    if (why === null) mailed.add(person.id)
    return why
  })
}

/** When they were last mailed about money, where that is not a day ago. */
function mailedLately(deps: DeskDeps, memberId: string): string | null {
  const now = deps.now()
  const times = idsOfPerson(deps.desk, memberId).flatMap((id) =>
    ['payment-mailed', 'late-mailed'].map((kind) => doneAbout(deps.desk, id, kind, now) ?? 0),
  )
  const last = Math.max(...times)
  return last > now - DAY ? sayMoment(last, voiceOf(deps)) : null
}

function addressFor(deps: ReadDeps, { person }: AboutLine): { address: string } | null {
  return addressOf(deps.desk, { memberId: person.id, recipient: null, createdAt: deps.now() })
}

/** Null where the text asks for a page to pay at, and there is none. */
function fill(
  deps: ReadDeps,
  { line, person }: AboutLine,
  { subject, text }: { subject: string; text: string },
): { subject: string; text: string; url: string | null } | null {
  const { desk } = deps
  const { locale, timeZone: zone } = readSettings(desk)
  const asks = asksFor(`${subject} ${text}`, 'link')
  const url = asks ? payAt(deps, line) : null
  if (asks && url === null) return null
  const values: Record<Placeholder, string> = {
    name: person.name,
    amount: formatMoney(amountOf(line), locale),
    plan: planById(desk, planOfMembership(desk, line.membershipId) ?? '')?.name ?? '',
    due: mailDay(line.dueAt, { locale, zone }),
    link: url ?? '',
  }
  return { subject: fillTemplate(subject, values), text: fillTemplate(text, values), url }
}

function amountOf({ amount, currency }: LateLine): Money {
  return { minor: amount, currency }
}

function payAt(deps: ReadDeps, line: LateLine): string | null {
  return line.state === 'open' ? (invoiceOf(deps, line)?.url ?? null) : null
}

export function invoiceOf({ desk }: ReadDeps, { account, invoiceId }: LateLine): Invoice | null {
  const stored = invoiceId === null ? null : storedObject(desk, 'invoice', account ?? '', invoiceId)
  return stored?.kind === 'invoice' ? stored.row : null
}
