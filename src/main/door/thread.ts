// The door thread's entry: its own event loop, desk.db read-only, access.db its own. Nothing the desk does holds it up.
import { parentPort, workerData } from 'node:worker_threads'
import type { DoorQuestion } from '../domain/door-questions.ts'
import { SECOND } from '../domain/time.ts'
import type { DecisionNotice } from '../store/access-log.ts'
import { takeInTail } from '../store/decision-tail.ts'
import { commitLater, openForReading, openForWriting } from '../store/open.ts'
import { readSettings } from '../store/settings.ts'
import { type Answerer, createAnswerer } from './answer.ts'
import { createAnswerTimes } from './answer-times.ts'
import { startControllers } from './controllers.ts'
import { createDeviceHub } from './device-hub.ts'
import { createDoorServer, type RecordedAnswer } from './link.ts'
import { createLists } from './list.ts'
import type { DoorAsk, DoorThreadData, DoorThreadMessage } from './supervise.ts'
import { startUpkeep } from './upkeep.ts'
import { takeUpload } from './uploads.ts'

const { dataDir, migrations, deskId, host, port, clockOffset, mqtt } = workerData as DoorThreadData
const offset = new Float64Array(clockOffset)
const now = () => Date.now() + (offset[0] ?? 0)
const tell = (message: DoorThreadMessage) => parentPort?.postMessage(message)

const access = openForWriting(dataDir, 'access', migrations)
const desk = openForReading(dataDir, 'desk', migrations)
const seenAt = new Map<string, number>()
const times = createAnswerTimes(now, () => readSettings(desk).timeZone)
const dbs = { desk, access, deskId, now }
const lists = createLists(dbs)
const answerer = createAnswerer(dbs)
const answer: Answerer = async (door, presentation, ready) => {
  const from = performance.now()
  const made = await answerer(door, presentation, ready)
  times.note(door.id, performance.now() - from)
  return made
}

function onSeen(doorId: string): void {
  // Once a second is enough for a lamp.
  const at = performance.now()
  if (at - (seenAt.get(doorId) ?? Number.NEGATIVE_INFINITY) < 1_000) return
  seenAt.set(doorId, at)
  tell({ kind: 'seen', doorId, at: now() })
}

function onRows(rows: readonly DecisionNotice[]): void {
  tell({
    kind: 'decisions',
    rows: rows.map(({ seq, at, doorId, memberId, canonical, cardText, reason }) => {
      return { seq, at, doorId, memberId, canonical, cardText, reason }
    }),
  })
}

let untold: DecisionNotice[] = []

/** How long the log's own table and the desk wait for a row: less than anybody sees, and long enough that a busy door
 * wakes the desk seldom. */
const TOLD_AFTER = 10

/** The doors hear first. What was answered together is taken into the log and told together, for each message wakes the desk. */
function onAnswer({ door, answer: given, ...row }: RecordedAnswer): void {
  if (untold.push({ ...row, doorId: door.id, reason: given.reason }) === 1) setTimeout(tellRows, TOLD_AFTER)
}

/** Not before they can be read: the desk looks each of them up. */
function tellRows(): void {
  if (untold.length === 0) return
  try {
    commitLater(access, () => takeInTail(access))
  } catch (error) {
    onFailure('Taking answers into the log', error)
    setTimeout(tellRows, SECOND).unref()
    return
  }
  tell({ kind: 'decisions', rows: untold })
  untold = []
}

const onFailure = (what: string, error: unknown) =>
  tell({ kind: 'failure', what, error: String((error as Error)?.stack ?? error) })

const server = createDoorServer({
  desk,
  now,
  monotonic: () => performance.now(),
  answer,
  lists,
  upload: (door, upload) => takeUpload(dbs, door, upload),
  onUploaded: onRows,
  onSeen,
  onAnswer,
  onFailure,
})
const hub = createDeviceHub(desk, mqtt, (at) => tell({ kind: 'broker', port: at }))
const controllers = startControllers({
  ...dbs,
  lists,
  answer,
  openDevice: hub.open,
  onSeen,
  onState: (state) => tell({ kind: 'device', state }),
  onAnswer,
  onRows,
  onFailure,
})

const upkeep = startUpkeep({ access, deskId, now, onFailure })

function reply(question: DoorQuestion): unknown {
  switch (question.what) {
    case 'read':
      return controllers.read(question.doorId)
    case 'open':
      return controllers.open(question.doorId)
    case 'present':
      return controllers.present(question.doorId, question.card)
    case 'times':
      return times.of(question.doorId)
  }
}

server.on('error', (error: NodeJS.ErrnoException) => tell({ kind: 'cannot-listen', code: error.code ?? 'unknown' }))
server.listen(port, host, () => {
  const address = server.address()
  tell({ kind: 'listening', port: typeof address === 'object' && address !== null ? address.port : port })
})

parentPort?.on('message', (message: unknown) => {
  if (message === 'alive?') return tell({ kind: 'alive' })
  if (message !== 'stop') {
    const { id, question } = message as DoorAsk
    void Promise.resolve(reply(question))
      .catch((error) => onFailure(`Asking ${question.doorId}`, error))
      .then((value) => tell({ kind: 'reply', id, value: value ?? null }))
    return
  }
  server.close()
  upkeep.stop()
  // Answers whose rows are being written leave first; then the databases close cleanly.
  setImmediate(async () => {
    server.closeAllConnections()
    await controllers.close()
    await hub.close()
    tellRows()
    desk.close()
    // The desk reads on for a moment, so this is not the last to close, and who copies the files by hand takes no WAL.
    access.pragma('busy_timeout = 500')
    access.pragma('wal_checkpoint(TRUNCATE)')
    access.close()
    parentPort?.close()
  })
})
