// The door thread's entry: its own event loop, desk.db read-only, access.db its own. Nothing the desk does holds it up.
import { parentPort, workerData } from 'node:worker_threads'
import { openForReading, openForWriting } from '../store/open.ts'
import { createAnswerer } from './answer.ts'
import { createDoorServer } from './link.ts'
import { createLists } from './list.ts'
import type { DoorThreadData, DoorThreadMessage } from './supervise.ts'
import { takeUpload } from './uploads.ts'

const { dataDir, migrations, deskId, host, port, clockOffset } = workerData as DoorThreadData
const offset = new Float64Array(clockOffset)
const now = () => Date.now() + (offset[0] ?? 0)
const tell = (message: DoorThreadMessage) => parentPort?.postMessage(message)

const access = openForWriting(dataDir, 'access', migrations)
const desk = openForReading(dataDir, 'desk', migrations)
const seenAt = new Map<string, number>()

const server = createDoorServer({
  desk,
  now,
  monotonic: () => performance.now(),
  answer: createAnswerer({ desk, access, deskId, now }),
  lists: createLists({ desk, access, now }),
  upload: (door, upload) => takeUpload({ desk, access, deskId, now }, door, upload),
  onUploaded: (rows) => {
    for (const { seq, at, doorId, memberId, canonical, cardText, reason } of rows)
      tell({ kind: 'decision', seq, at, doorId, memberId, canonical, cardText, reason })
  },
  onSeen: (doorId) => {
    // Once a second is enough for a lamp.
    const at = performance.now()
    if (at - (seenAt.get(doorId) ?? Number.NEGATIVE_INFINITY) < 1_000) return
    seenAt.set(doorId, at)
    tell({ kind: 'seen', doorId, at: now() })
  },
  // The door hears first.
  onAnswer: ({ door, answer, ...row }) =>
    void setImmediate(() => tell({ kind: 'decision', doorId: door.id, reason: answer.reason, ...row })),
  onFailure: (what, error) => tell({ kind: 'failure', what, error: String((error as Error)?.stack ?? error) }),
})

server.on('error', (error: NodeJS.ErrnoException) => tell({ kind: 'cannot-listen', code: error.code ?? 'unknown' }))
server.listen(port, host, () => {
  const address = server.address()
  tell({ kind: 'listening', port: typeof address === 'object' && address !== null ? address.port : port })
})

parentPort?.on('message', (message: unknown) => {
  if (message === 'alive?') return tell({ kind: 'alive' })
  if (message !== 'stop') return
  server.close()
  // Answers whose rows are being written leave first; then the databases close cleanly.
  setImmediate(() => {
    server.closeAllConnections()
    desk.close()
    access.close()
    parentPort?.close()
  })
})
