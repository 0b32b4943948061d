// Calls whose answer is a file, each mapped to its use case; all of them read much.
import type { fileCalls } from '../../preload/calls-report-mail.ts'
import { latePaymentsFile, membersFile, membershipsFile } from './export-files.ts'
import type { HandlersOf } from './handler-type.ts'
import { reportLetter, reportPdf } from './report-letter.ts'
import { done } from './result.ts'

export const fileHandlers = {
  'report.letter': (deps) => reportLetter(deps),
  'report.pdf': (deps, args) => reportPdf(deps, args),
  'export.members': (deps) => done(membersFile(deps)),
  'export.memberships': (deps) => done(membershipsFile(deps)),
  'export.latePayments': (deps) => done(latePaymentsFile(deps)),
} satisfies HandlersOf<typeof fileCalls>
