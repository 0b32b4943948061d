// `sync --record FILE`: one full sync, written down for a bug report with personal data blanked.
import type { Reply } from '../../preload/contract.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { readSettings } from '../store/settings.ts'
import { type RecordedLine, recordingPort } from '../stripe/recording.ts'
import type { DeskDeps } from './deps.ts'
import type { Result } from './result.ts'
import { countsOf, orRefusal } from './sync-counts.ts'

/** `open` makes the file, whose path is from the root, and throws OpenRefused where it cannot. */
export function recordSync(deps: DeskDeps, file: string): Promise<Result<Reply<'sync.run'>>> {
  const { live, now, version } = deps
  return orRefusal(async () => {
    const recording = live.openRecording(file)
    const write = (line: RecordedLine) => recording.write(JSON.stringify(line))
    try {
      const salt = live.randomHex(16)
      const { timeZone, endOfDay, graceDays, pauseOpens } = readSettings(deps.desk)
      const { account = '', livemode = false } = readSyncState(deps.desk)
      const settings = { timeZone, endOfDay, graceDays, pauseOpens }
      write({ line: 'begin', version, account, livemode, settings, at: now() })
      const outcome = await live.sync.run({ full: true, through: (port) => recordingPort(port, salt, now, write) })
      write({ line: 'end', at: now() })
      return countsOf(deps, outcome)
    } finally {
      recording.close()
    }
  })
}
