// The contract's calls that do something about late payments, each mapped to its use case.
import type { lateActionCalls } from '../../preload/calls-late-actions.ts'
import { callList } from './call-list.ts'
import type { HandlersOf } from './handler-type.ts'
import { barLines, extendLines } from './late-access.ts'
import { assignLines, noteLines, snoozeLines } from './late-facts.ts'
import { mailLinks, mailText, previewMail } from './late-mail.ts'
import { dropTemplate, keepTemplate, listTemplates } from './late-templates.ts'
import { markLinesPaid } from './mark-paid.ts'
import { done } from './result.ts'
import { lateHistory, undoLate } from './undo-late.ts'

export const lateActionHandlers = {
  'late.link': (deps, args) => mailLinks(deps, args),
  'late.mail': (deps, args) => mailText(deps, args),
  'late.preview': (deps, args) => previewMail(deps, args),
  'late.templates': (deps) => done(listTemplates(deps)),
  'late.keepTemplate': (deps, args) => keepTemplate(deps, args),
  'late.dropTemplate': (deps, args) => dropTemplate(deps, args),
  'late.callList': (deps, args) => done(callList(deps, args)),
  'late.extend': (deps, args) => extendLines(deps, args),
  'late.bar': (deps, args) => barLines(deps, args),
  'late.assign': (deps, args) => assignLines(deps, args),
  'late.note': (deps, args) => noteLines(deps, args),
  'late.snooze': (deps, args) => snoozeLines(deps, args),
  'late.paid': (deps, args) => markLinesPaid(deps, args),
  'late.history': (deps, args) => done(lateHistory(deps, args)),
  'late.undo': (deps, args) => undoLate(deps, args),
} satisfies HandlersOf<typeof lateActionCalls>
