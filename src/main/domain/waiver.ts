// The waiver of a space and who signed which version of it.
import type { Signer } from './details.ts'
import type { Strokes } from './signature.ts'
import type { Ms } from './time.ts'

/** In force since `at`. Its words, the address where they stand, or both. */
export type Waiver = { version: string; text: string | null; url: string | null; at: Ms }

/** `strokes` null: the name was typed instead of drawn. */
export type Signing = { version: string; at: Ms; strokes: Strokes | null } & Signer

/** How a person stands with the waiver in force: the signing that counts, the newest one where none does. */
export function waiverAt(
  present: Waiver | null,
  signings: readonly Signing[],
): { due: boolean; signing: Signing | null } {
  const newest = signings.toSorted((a, b) => b.at - a.at)
  if (present === null) return { due: false, signing: newest[0] ?? null }
  const counts = newest.find(({ version }) => version === present.version)
  return { due: counts === undefined, signing: counts ?? newest[0] ?? null }
}
