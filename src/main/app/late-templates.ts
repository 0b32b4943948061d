// Texts for mails about late payments, as the space keeps them.
import type { Args, Reply } from '../../preload/contract.ts'
import { type MailTemplate, unknownPlaceholders } from '../domain/fill-template.ts'
import { lateRefusals, usualTemplates } from '../domain/late-actions-en.ts'
import { oneLine } from '../domain/mail-layout.ts'
import { readLateTemplates, writeSetting } from '../store/settings.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** More nobody finds again. */
const MOST = 20

export function listTemplates({ desk }: ReadDeps): MailTemplate[] {
  return readLateTemplates(desk) ?? [...usualTemplates]
}

/** As it is sent: the subject on one line. */
export function readMailText(asked: { subject: string; text: string }): Result<{ subject: string; text: string }> {
  const subject = oneLine(asked.subject)
  const text = asked.text.trim()
  if (subject === '') return refuse('bad-request', lateRefusals.noSubject)
  if (text === '') return refuse('bad-request', lateRefusals.noText)
  const [unknown] = unknownPlaceholders(`${subject} ${text}`)
  return unknown === undefined ? done({ subject, text }) : refuse('bad-request', lateRefusals.placeholder(unknown))
}

export function keepTemplate(deps: DeskDeps, asked: Args<'late.keepTemplate'>): Result<Reply<'late.keepTemplate'>> {
  const name = oneLine(asked.name)
  const mail = readMailText(asked)
  if (name === '') return refuse('bad-request', lateRefusals.noName)
  if (!mail.ok) return mail
  const before = listTemplates(deps)
  const others = before.filter((one) => one.name !== name)
  if (others.length >= MOST) return refuse('bad-request', lateRefusals.tooMany(MOST))
  const kept = { name, ...mail.value }
  const known = before.some((one) => one.name === name)
  return write(deps, known ? before.map((one) => (one.name === name ? kept : one)) : [...before, kept], name)
}

export function dropTemplate(deps: DeskDeps, { name }: Args<'late.dropTemplate'>): Result<Reply<'late.dropTemplate'>> {
  const before = listTemplates(deps)
  const left = before.filter((one) => one.name !== name)
  return left.length === before.length ? refuse('not-found', lateRefusals.noTemplate) : write(deps, left, name)
}

function write(deps: DeskDeps, templates: MailTemplate[], name: string): Result<MailTemplate[]> {
  deps.live.db
    .transaction(() => {
      writeSetting(deps.live.db, 'lateTemplates', templates, deps.now())
      recordAction(deps, 'late-templates', 'late-templates', { name, kept: templates.map((one) => one.name) })
    })
    .immediate()
  deps.live.push('members', {})
  return done(templates)
}
