// `latchkey replay FILE`: what a desk made of a recording, without a desk, a network or anybody's data.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { MemberRow } from '../../preload/shapes.ts'
import { listMembers } from '../app/member-views.ts'
import { type RecordedLine, replayRecording } from '../app/replay-recording.ts'
import { uuidv7 } from '../domain/ids.ts'
import { openForWriting } from '../store/open.ts'
import { migrations } from './config.ts'
import { Refused } from './refusals.ts'

export function replay(file: string, version: string): MemberRow[] {
  const lines = readLines(file)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-replay-'))
  const db = openForWriting(folder, 'desk', migrations)
  try {
    const at = replayed(() => replayRecording(db, lines, () => uuidv7(Date.now(), randomBytes(10))), file)
    const { rows } = listMembers({ version, desk: db, access: null, deskId: 'replay', now: () => at, live: null }, {})
    return rows
  } finally {
    db.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

function readLines(file: string): RecordedLine[] {
  if (!fs.existsSync(file)) throw new Refused(`There is no file ${file}: look where the recording is.`)
  const texts = fs.readFileSync(file, 'utf8').split('\n')
  return replayed(() => {
    const lines = texts.filter((text) => text !== '').map((text) => JSON.parse(text) as RecordedLine)
    if (lines[0]?.line !== 'begin') throw new Error('it does not begin')
    return lines
  }, file)
}

function replayed<T>(read: () => T, file: string): T {
  try {
    return read()
  } catch {
    throw new Refused(`${file} is no recording, or a part of one: make it with \`latchkey sync --record FILE\`.`)
  }
}
