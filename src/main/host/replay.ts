// `latchkey replay FILE`: what a desk made of a recording, without a desk, a network or anybody's data.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import type { MemberRow } from '../../preload/shapes.ts'
import { listMembers } from '../app/member-views.ts'
import { type RecordedLine, replayRecording } from '../app/replay-recording.ts'
import { uuidv7 } from '../domain/ids.ts'
import { openForWriting } from '../store/open.ts'
import { migrations } from './config.ts'
import { Refused } from './refusals.ts'

export function replay(file: string, version: string): MemberRow[] {
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new Refused(`There is no file ${file}: look where the recording is.`)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-replay-'))
  const db = openForWriting(folder, 'desk', migrations)
  // It lives as long as this command.
  db.pragma('synchronous = OFF')
  try {
    const at = replayRecording(db, recordedLines(file), () => uuidv7(Date.now(), randomBytes(10)))
    const { rows } = listMembers(
      { version, desk: db, access: null, report: null, deskId: 'replay', now: () => at, live: null },
      {},
    )
    return rows
  } catch (error) {
    const foreign = error instanceof NoRecording || error instanceof SyntaxError || (error as Error).name === 'ZodError'
    if (!foreign) throw error
    throw new Refused(`${file} is no recording, or a part of one: make it with \`latchkey sync --record FILE\`.`)
  } finally {
    db.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

class NoRecording extends Error {}

function* recordedLines(file: string): Generator<RecordedLine> {
  let begun = false
  for (const text of linesOf(file)) {
    if (text === '') continue
    const line = JSON.parse(text) as RecordedLine
    if (!begun && (line.line !== 'begin' || !line.settings || !line.sales)) break
    begun = true
    yield line
  }
  if (!begun) throw new NoRecording()
}

/** A recording of a large space is larger than a text may be. */
function* linesOf(file: string): Generator<string> {
  const handle = fs.openSync(file, 'r')
  const decoder = new StringDecoder('utf8')
  const buffer = Buffer.alloc(1024 * 1024)
  let rest = ''
  try {
    for (;;) {
      const read = fs.readSync(handle, buffer)
      if (read === 0) break
      const lines = (rest + decoder.write(buffer.subarray(0, read))).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
    yield rest + decoder.end()
  } finally {
    fs.closeSync(handle)
  }
}
