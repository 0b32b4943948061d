// UUIDv7: ids that sort by the moment they were made (RFC 9562, section 5.7).
import type { Ms } from './time.ts'

/** `random` is 10 random bytes from the caller; the domain has no randomness of its own. */
export function uuidv7(at: Ms, random: Uint8Array): string {
  const time = Math.floor(at).toString(16).padStart(12, '0').slice(-12)
  const hex = Array.from(random.subarray(0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = ((Number.parseInt(hex.charAt(4), 16) & 0x3) | 0x8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(5, 8)}-${hex.slice(8, 20)}`
}

/** Makes a fresh id; the host supplies clock and randomness. */
export type NewId = () => string
