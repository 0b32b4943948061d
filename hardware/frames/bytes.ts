// Small things that every frame parser needs.
import type { FrameResult } from '../driver.ts'

/** 14 bytes take 15 ms at 9600 baud, 12 bytes 50 ms at 2400: what stops for this long, in milliseconds, is over. */
export const QUIET = 100

export const nothing = (): FrameResult => ({ reads: [], rejected: [] })

export function hexOf(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('')
}

export function textOf(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

export function bytesOfText(text: string): number[] {
  return Array.from(text, (char) => char.charCodeAt(0))
}

export function bytesOfHex(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
}

/** Ten hex characters and two of checksum, the XOR of the five bytes; a sentence where they are not that. */
export function checkedEm(text: string): { card: string } | { why: string } {
  if (!/^[0-9A-Fa-f]{12}$/.test(text)) return { why: 'A character is not a hex digit.' }
  if (bytesOfHex(text).reduce((xor, byte) => xor ^ byte, 0) !== 0) return { why: 'The checksum is wrong.' }
  return { card: `em:${text.slice(0, 10).toUpperCase()}` }
}

/** The twelve characters of a card, for simulated readers and tests. */
export function emText(card: string): string {
  const digits = card.replace(/^em:/, '')
  const sum = bytesOfHex(digits).reduce((xor, byte) => xor ^ byte, 0)
  return digits + hexOf([sum])
}
