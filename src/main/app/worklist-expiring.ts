// Bank cards that will have run out when Stripe charges them next.
import type { Args, Reply } from '../../preload/contract.ts'
import type { NextAction } from '../../preload/shapes-worklists.ts'
import { sayDay, type Voice } from '../domain/say.ts'
import { fromWallClock, type Ms, toIso, toLocal } from '../domain/time.ts'
import { isRunOut } from '../domain/worklists.ts'
import { listDefinitions, expiringWords as words } from '../domain/worklists-en.ts'
import { planById } from '../store/plans.ts'
import { readSettings } from '../store/settings.ts'
import { chargesOnOldCards, type NextCharge } from '../store/worklists.ts'
import type { ReadDeps } from './deps.ts'
import { voiceOf } from './sentences.ts'
import { contactOf, personNamed, type Reached, ROWS, writeTo } from './worklist-people.ts'

export type Charge = NextCharge & { memberId: string }

export function expiringList(
  deps: ReadDeps,
  { limit = ROWS }: Args<'worklists.expiring'>,
): Reply<'worklists.expiring'> {
  const voice = voiceOf(deps)
  const charges = oldCards(deps, Number.MAX_SAFE_INTEGER)
  const thisMonth = toLocal(voice.now, voice.zone).day.date.slice(0, 7)
  return {
    asOf: toIso(voice.now),
    total: charges.length,
    definition: listDefinitions.expiring,
    rows: charges.slice(0, limit).map((charge) => {
      const { membershipId, planId, memberId, chargeAt, expires } = charge
      const say = expires < thisMonth ? words.ranOut : words.runsOut
      return {
        id: membershipId,
        member: personNamed(deps, memberId),
        sentence: say(sayMonth(expires, voice), sayDay(chargeAt, voice)),
        ...askFor(deps, charge, voice),
        plan: planById(deps.desk, planId)?.name ?? '',
        chargeAt: toIso(chargeAt),
        expires,
      }
    }),
  }
}

/** Charges before a moment, the soonest first. One that should have been made already is still to come. */
export function oldCards({ desk }: ReadDeps, before: Ms): Charge[] {
  const { timeZone } = readSettings(desk)
  return chargesOnOldCards(desk, before).flatMap(({ memberId, ...charge }) =>
    memberId === null || !isRunOut(charge.expires, charge.chargeAt, timeZone) ? [] : [{ ...charge, memberId }],
  )
}

/** How to reach whoever pays, and a mail that asks for another bank card. */
export function askFor(
  deps: ReadDeps,
  { memberId, expires, chargeAt }: Charge,
  voice: Voice,
): { contact: Reached; next: NextAction } {
  const { spaceName } = readSettings(deps.desk)
  const contact = contactOf(deps, memberId)
  const { name } = personNamed(deps, memberId)
  const body = words.body(name, sayMonth(expires, voice), sayDay(chargeAt, voice), spaceName)
  return { contact, next: writeTo(contact, { subject: words.subject(spaceName), body }) }
}

/** "November 2026" of YYYY-MM; Stripe's own text where it is none. */
export function sayMonth(month: string, { zone, locale }: Voice): string {
  const at = fromWallClock(`${month}-15T12:00:00`, zone)
  return at === null
    ? month
    : new Intl.DateTimeFormat(locale, { timeZone: zone, month: 'long', year: 'numeric' }).format(at)
}
