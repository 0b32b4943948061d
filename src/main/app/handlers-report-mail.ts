// The calls about the report by mail, each mapped to its use case.
import type { reportMailCalls } from '../../preload/calls-report-mail.ts'
import { visitsFile } from './export-visits.ts'
import type { HandlersOf } from './handler-type.ts'
import { reportMailState, sendReport, setReportMail } from './report-mail.ts'
import { done } from './result.ts'

export const reportMailHandlers = {
  'report.mail': (deps) => done(reportMailState(deps)),
  'report.setMail': (deps, args) => setReportMail(deps, args),
  'report.sendMail': (deps) => sendReport(deps),
  'export.visits': (deps, args) => visitsFile(deps, args),
} satisfies HandlersOf<typeof reportMailCalls>
