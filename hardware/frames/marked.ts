// 125 kHz readers whose frame has a start mark and an end mark: bytes to EM4100 cards (docs/readers.md).
import type { FrameParser, FrameResult } from '../driver.ts'
import { bytesOfText, checkedEm, emText, hexOf, nothing, QUIET, textOf } from './bytes.ts'

/** `digits`: 12 with a checksum, 10 without. */
export type Marks = { start: number; digits: 10 | 12; end: readonly number[] }

export const RDM6300: Marks = { start: 0x02, digits: 12, end: [0x03] }
export const ID12LA: Marks = { start: 0x02, digits: 12, end: [0x0d, 0x0a, 0x03] }
export const PARALLAX: Marks = { start: 0x0a, digits: 10, end: [0x0d] }

export function createMarkedParser({ start, digits, end }: Marks): FrameParser {
  const length = 1 + digits + end.length
  const last = end.at(-1)
  /** Since the last start mark; empty between frames. */
  let frame: number[] = []
  let lastByteAt = 0

  const refuse = (result: FrameResult, why: string, at: number) => {
    result.rejected.push({ bytes: hexOf(frame), why, at })
    frame = []
  }

  const judge = (): { card: string } | { why: string } => {
    if (frame.at(-1) !== last) return { why: 'The end mark is missing.' }
    if (frame.length !== length) return { why: 'The frame is too short.' }
    if (end.some((byte, at) => frame[1 + digits + at] !== byte)) return { why: 'The end mark is not whole.' }
    const text = textOf(frame.slice(1, 1 + digits))
    if (digits === 12) return checkedEm(text)
    return /^[0-9A-Fa-f]{10}$/.test(text)
      ? { card: `em:${text.toUpperCase()}` }
      : { why: 'A character is not a hex digit.' }
  }

  const silence = (atMs: number): FrameResult => {
    const result = nothing()
    if (frame.length > 0) refuse(result, 'The frame stopped half way.', atMs)
    return result
  }

  return {
    quiet: QUIET,
    silence,
    feed(bytes, atMs) {
      const result = atMs - lastByteAt > QUIET ? silence(atMs) : nothing()
      lastByteAt = atMs
      for (const byte of bytes) {
        if (byte === start) {
          if (frame.length > 0) refuse(result, 'A new frame began inside this one.', atMs)
          frame = [byte]
          continue
        }
        // Before the start mark there is only noise of the line, not worth a word.
        if (frame.length === 0) continue
        frame.push(byte)
        if (byte !== last && frame.length !== length) continue
        const judged = judge()
        if ('why' in judged) refuse(result, judged.why, atMs)
        else result.reads.push({ card: judged.card, at: atMs })
        frame = []
      }
      return result
    },
  }
}

/** The bytes of a card as such a reader would send them: for simulated readers and for tests. */
export function markedFrame({ start, digits, end }: Marks, card: string): Uint8Array {
  return Uint8Array.from([start, ...bytesOfText(emText(card).slice(0, digits)), ...end])
}
