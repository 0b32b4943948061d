// PN532 over its serial line (HSU): frames out of bytes, and cards out of frames (docs/readers.md).
import type { FrameParser, FrameResult, ReaderReject } from '../driver.ts'
import { hexOf, nothing, QUIET } from './bytes.ts'

const TO_CHIP = 0xd4
const FROM_CHIP = 0xd5
/** The answer to InListPassiveTarget. */
const LISTED = 0x4b
/** LEN is one byte; longer ones are for commands that a reader of cards does not need. */
const START = [0x00, 0xff]

/** `data` begins with the frame identifier: D5 from the chip, D4 from us. */
export type Pn532Frame = { kind: 'ack' } | { kind: 'nack' } | { kind: 'fault' } | { kind: 'data'; data: number[] }

export type Pn532Scan = { frames: Pn532Frame[]; rejected: ReaderReject[] }

/** What is no frame is skipped; what begins as one and breaks a checksum is told, and looked through for the next. */
export function createPn532Scanner() {
  let held: number[] = []
  let lastByteAt = 0

  const scan = (at: number, ended: boolean): Pn532Scan => {
    const result: Pn532Scan = { frames: [], rejected: [] }
    for (;;) {
      const start = held.findIndex((byte, index) => byte === START[0] && held[index + 1] === START[1])
      if (start === -1) {
        // A start may be half here.
        held = held.at(-1) === START[0] && !ended ? held.slice(-1) : []
        return result
      }
      held = held.slice(start)
      const found = frameAt(held)
      if (found === null && !ended) return result
      if (found !== null && 'frame' in found) {
        result.frames.push(found.frame)
        held = held.slice(found.length)
        continue
      }
      const { why, length } = found ?? { why: 'The frame stopped half way.', length: held.length }
      result.rejected.push({ bytes: hexOf(held.slice(0, length)), why, at })
      held = held.slice(START.length)
    }
  }

  const silence = (at: number) => scan(at, true)
  return {
    silence,
    feed(bytes: Uint8Array, at: number): Pn532Scan {
      const before = at - lastByteAt > QUIET ? silence(at) : { frames: [], rejected: [] }
      lastByteAt = at
      held.push(...bytes)
      const { frames, rejected } = scan(at, false)
      return { frames: [...before.frames, ...frames], rejected: [...before.rejected, ...rejected] }
    },
  }
}

type Found = { frame: Pn532Frame; length: number } | { why: string; length: number } | null

/** From a start code on; null where bytes are still to come. */
function frameAt(bytes: readonly number[]): Found {
  const [, , len, lcs] = bytes
  if (len === undefined || lcs === undefined) return null
  if (len === 0x00 && lcs === 0xff) return { frame: { kind: 'ack' }, length: 4 }
  if (len === 0xff && lcs === 0x00) return { frame: { kind: 'nack' }, length: 4 }
  if (((len + lcs) & 0xff) !== 0 || len === 0) return { why: 'The length breaks its checksum.', length: 4 }
  const length = 4 + len + 1
  if (bytes.length < length) return null
  const data = bytes.slice(4, 4 + len)
  const sum = bytes.slice(4, length).reduce((total, byte) => total + byte, 0)
  if ((sum & 0xff) !== 0) return { why: 'The checksum is wrong.', length }
  // The chip says so where a command was not understood.
  if (len === 1 && data[0] === 0x7f) return { frame: { kind: 'fault' }, length }
  if (data[0] === FROM_CHIP || data[0] === TO_CHIP) return { frame: { kind: 'data', data }, length }
  return { why: 'The frame comes from neither side.', length }
}

/** The cards in one answer; more than one only where a reader was asked for more. */
export function cardsIn(data: readonly number[]): { cards: string[] } | { why: string } {
  if (data[0] !== FROM_CHIP || data[1] !== LISTED) return { cards: [] }
  const cards: string[] = []
  let at = 3
  for (let target = 0; target < (data[2] ?? 0); target++) {
    // Number, two bytes of ATQA, SAK, and the length of the UID.
    const length = data[at + 4] ?? 0
    const uid = data.slice(at + 5, at + 5 + length)
    if (uid.length !== length) return { why: 'The answer is shorter than it says.' }
    if (length !== 4 && length !== 7) return { why: `A card with a UID of ${length} bytes cannot be kept.` }
    cards.push(`iso14a:${hexOf(uid)}`)
    const sak = data[at + 3] ?? 0
    at += 5 + length
    // A card that speaks ISO 14443-4 also tells how (its ATS, whose first byte is its length).
    if ((sak & 0x20) !== 0) at += data[at] ?? 0
  }
  return { cards }
}

export function createPn532Parser(): FrameParser {
  const scanner = createPn532Scanner()
  const read = ({ frames, rejected }: Pn532Scan, at: number): FrameResult => {
    const result: FrameResult = { ...nothing(), rejected }
    for (const frame of frames) {
      if (frame.kind !== 'data') continue
      const found = cardsIn(frame.data)
      if ('cards' in found) result.reads.push(...found.cards.map((card) => ({ card, at })))
      else result.rejected.push({ bytes: hexOf(frame.data), why: found.why, at })
    }
    return result
  }
  return {
    quiet: QUIET,
    silence: (at) => read(scanner.silence(at), at),
    feed: (bytes, at) => read(scanner.feed(bytes, at), at),
  }
}

/** `side` D4 is a command of ours, D5 an answer of the chip. */
export function pn532Frame(data: readonly number[], side = TO_CHIP): Uint8Array {
  const body = [side, ...data]
  const sum = body.reduce((total, byte) => total + byte, 0)
  return Uint8Array.from([0x00, ...START, body.length, -body.length & 0xff, ...body, -sum & 0xff, 0x00])
}

export const PN532_ACK = Uint8Array.from([0x00, 0x00, 0xff, 0x00, 0xff, 0x00])
