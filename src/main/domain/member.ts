// A person with an agreement with the space. Email is a way to reach them, not who they are.
import { fold, UNSPACED } from './fold.ts'
import { cleanName } from './name.ts'
import { bestStanding, type Entitlement, membershipStanding, type Standing } from './standing.ts'
import type { Ms } from './time.ts'

export type Member = { id: string; name: string; phone: string | null; createdAt: Ms; archivedAt: Ms | null }

/** Lower-cased and trimmed: Stripe keeps upper and lower case apart, people do not. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** For comparing, never for showing: case, accents and ligatures are folded, runs of space too. */
export function normaliseName(name: string): string {
  return fold(cleanName(name))
}

/** What a person is called while nobody knows. */
export const NAMELESS = 'No name yet'

/** By which two people may be found to be called the same; null where a name tells too little, such as a first name alone. */
export function nameKey(name: string): string | null {
  const key = normaliseName(name)
  const unspaced = key.replaceAll(' ', '')
  if (UNSPACED.test(unspaced)) return key.includes(' ') || FULL_NAME.test(key) ? unspaced : null
  return key.includes(' ') && name !== NAMELESS ? key : null
}

/** Family and given name in one; two signs, or kana throughout, may be a given name alone. */
const FULL_NAME = /^[\p{sc=Han}\p{sc=Hang}].{2,}/u

/** By which two numbers may be found to be the same, with or without the country's code; null where there are too few digits. */
export function phoneKey(phone: string | null): string | null {
  const digits = (phone ?? '').replace(/\D/g, '')
  return digits.length < 6 ? null : digits.slice(-9)
}

export type MemberStanding = { standing: Standing; paidUntil: Ms | null; graceUntil: Ms | null }

/** A person's standing: the best over the memberships that cover them; `ended` for someone who never had one. */
export function memberStanding(entitlements: readonly Entitlement[], now: Ms): MemberStanding {
  const words = entitlements.map((entitlement) => membershipStanding(entitlement, now))
  const standing = bestStanding(words)
  const deciding = entitlements.filter((_, index) => words[index] === standing)
  return {
    standing,
    paidUntil: latest(deciding.map((entitlement) => paidEnd(entitlement))),
    // While a bank debit is on its way grace has no end that anybody knows.
    graceUntil:
      standing === 'grace' && !deciding.some((entitlement) => entitlement.debitProcessing)
        ? latest(deciding.map((entitlement) => entitlement.graceUntil))
        : null,
  }
}

/** An agreed end before the end of the paid period is the end. */
function paidEnd({ paidUntil, knownEnd }: Entitlement): Ms | null {
  if (paidUntil === null || knownEnd === null) return paidUntil
  return Math.min(paidUntil, knownEnd)
}

function latest(moments: readonly (Ms | null)[]): Ms | null {
  return moments.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null)
}
