// The contract's calls about late payments, each mapped to its use case.
import type { reportCalls } from '../../preload/calls-report.ts'
import type { HandlersOf } from './handler-type.ts'
import { lapsedReport, lateRowsOf, wholeReport } from './lapsed-report.ts'
import { lateCsv } from './late-csv.ts'
import { done } from './result.ts'

export const reportHandlers = {
  'report.lapsed': (deps, args) => lapsedReport(deps, args),
  'report.rows': (deps, args) => lateRowsOf(deps, args),
  'report.whole': (deps) => done(wholeReport(deps)),
  'report.csv': (deps, args) => done(lateCsv(deps, args)),
} satisfies HandlersOf<typeof reportCalls>
