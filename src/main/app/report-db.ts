// What is kept of the log of decisions for reports, for whoever needs it.
import { reportWords } from '../domain/numbers-en.ts'
import { decisionHead } from '../store/access-log.ts'
import type { ReadDb } from '../store/open.ts'
import { readTail } from '../store/report-db.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'

/** Swipes that came while it was asked change no figure that anybody would miss. */
const NEARLY = 1_000

/** Refused where no desk runs, and while the log is being read for the first time. */
export function reportOf({ report, access, deskId }: ReadDeps): Result<ReadDb> {
  if (report === null || access === null) return refuse('not-running', reportWords.notRunning)
  const rows = decisionHead(access, deskId).rows
  const read = readTail(report)?.seq ?? 0
  return rows - read < NEARLY ? done(report) : refuse('busy', reportWords.reading(Math.floor((100 * read) / rows)))
}
