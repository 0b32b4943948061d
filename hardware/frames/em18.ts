// EM-18: twelve bare characters, with nothing before and nothing after them but silence (docs/readers.md).
import type { FrameParser, FrameResult } from '../driver.ts'
import { checkedEm, hexOf, nothing, textOf } from './bytes.ts'

const LENGTH = 12
/** Bytes follow each other within a millisecond, but a USB adapter may hold some back for 16; readers pause longer. */
const GAP = 30
/** Without a pause there is no frame to be found: what goes on for longer than this is dropped. */
const MOST = 40 * LENGTH

export function createEm18Parser(): FrameParser {
  let burst: number[] = []
  let lastByteAt = 0

  const silence = (atMs: number): FrameResult => {
    const result = nothing()
    const [from, to] = [burst.findIndex(isHex), burst.findLastIndex(isHex) + 1]
    // What is not a digit before and after it is noise of the line, not worth a word.
    const frame = burst.slice(Math.max(from, 0), to)
    burst = []
    if (frame.length === 0) return result
    if (frame.length % LENGTH !== 0) {
      const why = frame.length < LENGTH ? 'The frame stopped half way.' : 'The frame has more than twelve characters.'
      result.rejected.push({ bytes: hexOf(frame), why, at: atMs })
      return result
    }
    // A computer that was busy gets frames in one piece.
    for (let at = 0; at < frame.length; at += LENGTH) {
      const one = frame.slice(at, at + LENGTH)
      const judged = checkedEm(textOf(one))
      if ('card' in judged) result.reads.push({ card: judged.card, at: atMs })
      else result.rejected.push({ bytes: hexOf(one), why: judged.why, at: atMs })
    }
    return result
  }

  return {
    quiet: GAP,
    silence,
    feed(bytes, atMs) {
      const result = atMs - lastByteAt > GAP ? silence(atMs) : nothing()
      lastByteAt = atMs
      burst.push(...bytes)
      if (burst.length > MOST) burst = burst.slice(-MOST)
      return result
    },
  }
}

function isHex(byte: number): boolean {
  return /[0-9A-Fa-f]/.test(String.fromCharCode(byte))
}
