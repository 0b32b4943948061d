// `sync --record FILE`: one full sync, written down for a bug report with personal data blanked.
import type { Reply } from '../../preload/contract.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import type { ReadDb } from '../store/open.ts'
import { decidedPrices } from '../store/price-plans.ts'
import { duesToRecord, membershipsToRecord, pausesToRecord, peopleToRecord } from '../store/recorded-facts.ts'
import { mappingConfirmedAt, readSettings } from '../store/settings.ts'
import { blank, type RecordedLine, recordingPort } from '../stripe/recording.ts'
import type { DeskDeps } from './deps.ts'
import type { Result } from './result.ts'
import { countsOf, orRefusal } from './sync-counts.ts'
import { wholePath } from './whole-path.ts'

/** People are ids, and names that mean nothing. */
function writeFacts(db: ReadDb, salt: string, write: (line: RecordedLine) => void): void {
  const { account = '' } = readSyncState(db)
  for (const due of duesToRecord(db, account)) write({ line: 'due', ...due })
  for (const pause of pausesToRecord(db, account)) write({ line: 'pause', ...pause })
  for (const person of peopleToRecord(db, account))
    write({ line: 'person', ...person, name: String(blank(person.name, salt, 'name')) })
  for (const membership of membershipsToRecord(db, account)) write({ line: 'membership', ...membership })
}

/** `file` is a path on the desk's computer, from its root. */
export async function recordSync(deps: DeskDeps, file: string): Promise<Result<Reply<'sync.run'>>> {
  const { live, now, version } = deps
  const path = wholePath(file)
  if (!path.ok) return path
  return orRefusal(async () => {
    const recording = live.openRecording(file)
    const write = (line: RecordedLine) => recording.write(JSON.stringify(line))
    try {
      const salt = live.randomHex(16)
      const { timeZone, endOfDay, graceDays, pauseOpens } = readSettings(deps.desk)
      const { account = '', livemode = false, lastCompleteAt } = readSyncState(deps.desk)
      const settings = { timeZone, endOfDay, graceDays, pauseOpens }
      const prices = decidedPrices(deps.desk, account)
      const sales = { confirmed: mappingConfirmedAt(deps.desk) !== null, prices }
      const readBefore = lastCompleteAt !== undefined
      write({ line: 'begin', version, account, livemode, settings, sales, readBefore, at: now() })
      const outcome = await live.sync.run({ full: true, through: (port) => recordingPort(port, salt, now, write) })
      writeFacts(deps.desk, salt, write)
      write({ line: 'end', at: now() })
      return countsOf(deps, outcome)
    } finally {
      recording.close()
    }
  })
}
