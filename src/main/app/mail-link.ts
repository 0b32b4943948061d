// A link by mail: whoever signs up pays on Stripe's page when they come to it, and nobody waits at the desk.

import { isProvisional, type SignUpNow } from '../domain/sign-up.ts'
import { signUpFaults as faults, signUpRefusals, linkWords as words } from '../domain/sign-up-en.ts'
import { emailsOf, memberById } from '../store/members.ts'
import { readMailSettings, readSettings } from '../store/settings.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { notify } from './notify.ts'

/** Why no link can be mailed to them; null where it can. */
export function noLink({ desk }: ReadDeps, memberId: string | null): string | null {
  const person = memberId === null ? null : memberById(desk, memberId)
  if (person === null) return signUpRefusals.noMember
  if (readMailSettings(desk) === null) return words.noMail
  if (readSettings(desk).website === null) return faults.noWebsite
  return emailsOf(desk, [person.id]).get(person.id) === undefined ? words.noAddress(person.name) : null
}

/** Whoever has a provisional card, and was asked for no payment yet, gets a link as soon as Stripe is reached. */
export function linkWaits(deps: ReadDeps, now: SignUpNow): boolean {
  return now.way === null && now.step === 'summary' && isProvisional(now) && noLink(deps, now.memberId) === null
}

/** In the transaction in which it is written down that the page is there. */
export function tellOfLink(
  deps: DeskDeps,
  { memberId, bill }: SignUpNow,
  page: { sessionId: string; url: string; expiresAt: number },
): void {
  const person = memberId === null ? null : memberById(deps.desk, memberId)
  if (person === null) return
  const payload = { name: person.name, url: page.url, amount: bill?.due ?? null, until: page.expiresAt }
  notify(deps, { member: person.id, subject: page.sessionId, kind: 'payment-link', payload })
}
