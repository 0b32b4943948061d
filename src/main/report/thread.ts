// The report thread's entry: reads both databases by handles of its own, so that neither the desk nor a door waits for a
// report. It alone writes report.db.
import { parentPort, workerData } from 'node:worker_threads'
import type { ReadDeps } from '../app/deps.ts'
import { asideHandlers } from '../app/handlers-aside.ts'
import { keptSpans } from '../app/kept-spans.ts'
import type { Result } from '../app/result.ts'
import { seenAtDoors } from '../app/seen-at-doors.ts'
import { untilTakenIn } from '../store/decision-tail.ts'
import { openForReading } from '../store/open.ts'
import { openReport } from '../store/report-db.ts'
import { followLog } from '../store/report-follow.ts'
import type { ReportAsk, ReportThreadData, ReportThreadMessage } from './supervise.ts'

const { dataDir, migrations, deskId, version, clockOffset } = workerData as ReportThreadData
const offset = new Float64Array(clockOffset)
const now = () => Date.now() + (offset[0] ?? 0)
const tell = (message: ReportThreadMessage) => parentPort?.postMessage(message)
const onFailure = (what: string, error: unknown) =>
  tell({ kind: 'failure', what, error: String((error as Error)?.stack ?? error) })

const desk = openForReading(dataDir, 'desk', migrations)
const access = openForReading(dataDir, 'access', migrations)
const report = openReport(dataDir, migrations)
// KB of pages in memory, at most as many as there are: with the usual 16 MB figures of 100,000 members take twice as long.
for (const db of [desk, access]) db.prepare('PRAGMA cache_size = -131072').run()
const deps: ReadDeps = {
  version,
  desk,
  access,
  report,
  deskId,
  now,
  live: null,
  progress: (so) => tell({ kind: 'progress', so }),
}
const log = followLog({ report, access, desk, deskId, now })

/** Before an answer no more is read than takes a moment; the rest is read between the questions. */
const STEPS = 10
const EVERY = 60_000
/** Between the steps, for doors on a small computer: a step takes some four times as long. */
const BREATH = 10
/** An answer does not wait for the disk: what was read before it is written through by `follow` alone. */
report.pragma('wal_autocheckpoint = 0')
const settle = () => report.pragma('wal_checkpoint(PASSIVE)')
let following = false
let stopping = false
let answering = 0

function catchUp(): void {
  for (let left = STEPS; left > 0; left--) if (log.step() === 0) return
  void follow()
}

async function follow(): Promise<void> {
  if (following) return
  following = true
  // Whoever waits for an answer does not wait for what is read ahead as well.
  const breath = async () => {
    do await new Promise((resolve) => setTimeout(resolve, BREATH))
    while (answering > 0 && !stopping)
  }
  try {
    await breath()
    for (let steps = 1; !stopping && log.step() > 0; steps++) {
      if (steps % STEPS === 0) settle()
      await breath()
    }
    if (stopping) return
    settle()
    await breath()
    for (const kept of [keptSpans, seenAtDoors]) {
      const steps = kept.renew(deps)
      while (!stopping && !steps.next().done) await breath()
    }
  } catch (error) {
    onFailure('Reading for reports ahead of their being asked for', error)
  }
  following = false
}

async function answer({ id, name, args }: ReportAsk): Promise<void> {
  answering += 1
  try {
    // Beside a running desk: what a door has answered before is in it.
    await untilTakenIn(access)
    catchUp()
    const handler = asideHandlers[name as keyof typeof asideHandlers] as (
      deps: ReadDeps,
      args: unknown,
    ) => Result<unknown> | Promise<Result<unknown>>
    tell({ kind: 'reply', id, outcome: await handler(deps, args) })
  } catch (error) {
    onFailure(`Answering ${name}`, error)
    tell({ kind: 'reply', id, outcome: null })
  } finally {
    answering -= 1
  }
}

const again = setInterval(() => void follow(), EVERY)
void follow()

parentPort?.on('message', (message: ReportAsk | 'stop') => {
  if (message !== 'stop') return void answer(message)
  stopping = true
  clearInterval(again)
  setImmediate(() => {
    report.close()
    access.close()
    desk.close()
    parentPort?.close()
  })
})
