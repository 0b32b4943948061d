// RDM6300 bytes to EM4100 cards: pure, with the moments handed in (flow 1 of ARCHITECTURE.md, its first step).
// A frame is 14 bytes: STX, ten hex characters, two of checksum (the XOR of the five bytes), ETX (docs/cards.md, "What a reader sends").
import type { ReaderRead, ReaderReject } from '../driver.ts'

const STX = 0x02
const ETX = 0x03
const LENGTH = 14
/** 14 bytes take 15 ms at 9600 baud: what stops for this long, in milliseconds, is not going on. */
export const SILENCE = 100

export type FrameResult = { reads: ReaderRead[]; rejected: ReaderReject[] }

export type FrameParser = {
  /** Takes bytes as they come, in pieces of any size; every frame that repeats is a read. */
  feed(bytes: Uint8Array, atMs: number): FrameResult
  /** To be called when nothing has come for `SILENCE` and when the line ends: a part is dropped and told. */
  silence(atMs: number): FrameResult
}

export function createRdm6300Parser(): FrameParser {
  /** Since the last STX; empty between frames. */
  let frame: number[] = []
  let lastByteAt = 0

  const refuse = (result: FrameResult, why: string, at: number) => {
    result.rejected.push({ bytes: hexOf(frame), why, at })
    frame = []
  }

  const end = (result: FrameResult, at: number) => {
    const why = faultOf(frame)
    if (why !== null) return refuse(result, why, at)
    result.reads.push({ card: `em:${textOf(frame).slice(0, 10)}`, at })
    frame = []
  }

  const silence = (atMs: number): FrameResult => {
    const result: FrameResult = { reads: [], rejected: [] }
    if (frame.length > 0) refuse(result, 'The frame stopped half way.', atMs)
    return result
  }

  return {
    silence,
    feed(bytes, atMs) {
      const result = atMs - lastByteAt > SILENCE ? silence(atMs) : { reads: [], rejected: [] }
      lastByteAt = atMs
      for (const byte of bytes) {
        if (byte === STX) {
          if (frame.length > 0) refuse(result, 'A new frame began inside this one.', atMs)
          frame = [byte]
          continue
        }
        // Before STX there is only noise of the line, not worth a word.
        if (frame.length === 0) continue
        frame.push(byte)
        if (byte === ETX || frame.length === LENGTH) end(result, atMs)
      }
      return result
    },
  }
}

/** The bytes of a card as the reader would send them: for the simulated reader and for tests. */
export function rdm6300Frame(card: string): Uint8Array {
  const digits = card.replace(/^em:/, '')
  const bytes = digits.match(/../g) ?? []
  const sum = bytes.reduce((xor, byte) => xor ^ Number.parseInt(byte, 16), 0)
  const text = digits + sum.toString(16).toUpperCase().padStart(2, '0')
  return Uint8Array.from([STX, ...Array.from(text, (char) => char.charCodeAt(0)), ETX])
}

function faultOf(frame: readonly number[]): string | null {
  if (frame.at(-1) !== ETX) return 'The end mark is missing.'
  if (frame.length !== LENGTH) return 'The frame is too short.'
  const text = textOf(frame)
  if (!/^[0-9A-F]{12}$/.test(text)) return 'A character is not a hex digit.'
  const bytes = (text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
  // With its checksum the XOR of all six bytes is zero.
  return bytes.reduce((xor, byte) => xor ^ byte, 0) === 0 ? null : 'The checksum is wrong.'
}

function textOf(frame: readonly number[]): string {
  return String.fromCharCode(...frame.slice(1, -1)).toUpperCase()
}

function hexOf(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('')
}
