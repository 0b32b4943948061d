// Readers that write a line of text for each card: cuts lines out of bytes, whatever the line says (docs/readers.md).
import type { FrameParser, FrameResult, LineEnd } from '../driver.ts'
import { hexOf, nothing, QUIET, textOf } from './bytes.ts'

/** No card is written in more characters than this; what goes on longer is noise up to the next end of a line. */
const LONGEST = 80
/** Slow sketches write a line in several goes. */
const PAUSE = 250

const ENDS: Record<LineEnd, readonly number[]> = {
  newline: [0x0d, 0x0a],
  tab: [0x09],
  semicolon: [0x3b],
  etx: [0x03],
  silence: [],
}

/** Around a line: marks (STX, ETX, bells), white space, and what a line that goes up or down looks like. */
const AROUND = [0x00, 0x02, 0x03, 0x07, 0x09, 0x0a, 0x0d, 0x20, 0xff]
const isSaid = (byte: number) => !AROUND.includes(byte)

/** A card, why it is none, or null for a line that is not about a card. */
export type LineReader = (line: string) => { card: string } | { why: string } | null

export function createLineParser(end: LineEnd, read: LineReader): FrameParser {
  const quiet = end === 'silence' ? QUIET : PAUSE
  let line: number[] = []
  let tooLong = false
  let lastByteAt = 0

  const finish = (result: FrameResult, at: number) => {
    const said = line.slice(line.findIndex(isSaid), line.findLastIndex(isSaid) + 1)
    const bytes = hexOf(line)
    line = []
    if (tooLong || said.length === 0) {
      tooLong = false
      return
    }
    // A digit of which one bit fell over must not make a shorter number that looks as good.
    const judged = said.some((byte) => byte < 0x20 || byte > 0x7e)
      ? { why: 'A character of the line was not read cleanly.' }
      : read(textOf(said))
    if (judged === null) return
    if ('card' in judged) result.reads.push({ card: judged.card, at })
    else result.rejected.push({ bytes, why: judged.why, at })
  }

  const silence = (atMs: number): FrameResult => {
    const result = nothing()
    if (end === 'silence') finish(result, atMs)
    else if (line.some(isSaid))
      result.rejected.push({ bytes: hexOf(line), why: 'The line stopped half way.', at: atMs })
    line = []
    tooLong = false
    return result
  }

  return {
    quiet,
    silence,
    feed(bytes, atMs) {
      const result = atMs - lastByteAt > quiet ? silence(atMs) : nothing()
      lastByteAt = atMs
      for (const byte of bytes) {
        if (ENDS[end].includes(byte)) {
          finish(result, atMs)
          continue
        }
        if (tooLong) continue
        line.push(byte)
        if (line.length <= LONGEST) continue
        result.rejected.push({ bytes: hexOf(line), why: 'The line is too long for a card.', at: atMs })
        line = []
        tooLong = true
      }
      return result
    },
  }
}
