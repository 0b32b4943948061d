// Guests: somebody who comes in while their host is in, for some days.
import type { Args, Reply } from '../../preload/contract.ts'
import { companyRefusals, guestRefusals } from '../domain/company-en.ts'
import { memberStanding } from '../domain/member.ts'
import { DAY, type Ms, readMoment, toIso } from '../domain/time.ts'
import { endGuest as end, guestById, hostsOf, insertGuest } from '../store/companions.ts'
import { keysOf } from '../store/door-orders.ts'
import { entitlementsOfMember } from '../store/entitlements.ts'
import { readSettings } from '../store/settings.ts'
import type { DeskDeps } from './deps.ts'
import { personHere, personUnbarred } from './person-here.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** Whoever comes along for longer should have something of their own. */
const MOST_DAYS = 14

export function inviteGuest(deps: DeskDeps, asked: Args<'guests.invite'>): Result<Reply<'guests.invite'>> {
  const { db, newId, operator } = deps.live
  const now = deps.now()
  const host = personHere(deps, asked.host)
  if (!host.ok) return host
  const guest = personUnbarred(deps, asked.guest)
  if (!guest.ok) return guest
  if (host.value.id === guest.value.id) return refuse('bad-request', guestRefusals.themselves)
  const until = readMoment(asked.until, readSettings(db).timeZone, 'end')
  if (until === null) return refuse('bad-request', companyRefusals.noMoment(asked.until))
  if (until <= now) return refuse('bad-request', companyRefusals.past)
  // To the end of the last day, however the clocks are changed meanwhile.
  if (until > now + (MOST_DAYS + 1) * DAY) return refuse('bad-request', guestRefusals.tooLong(MOST_DAYS))
  if (!comesInAlone(deps, host.value.id, now)) return refuse('wrong-state', guestRefusals.noHost(host.value.name))
  const id = newId()
  const [hostId, memberId] = [host.value.id, guest.value.id]
  db.transaction(() => {
    for (const former of hostsOf(db, memberId, now)) if (former.hostId === hostId) end(db, former.id, now)
    insertGuest(db, { id, memberId, hostId, at: now, until, operator })
    recordAction(deps, 'guest-invited', memberId, { guest: id, host: hostId, until: toIso(until) })
  }).immediate()
  deps.live.push('members', {})
  return done({ id })
}

/** Two guests of each other would let each other in for ever. */
function comesInAlone({ desk }: DeskDeps, id: string, now: Ms): boolean {
  const { standing } = memberStanding(entitlementsOfMember(desk, id, now), now)
  return ['current', 'grace', 'frozen'].includes(standing) || keysOf(desk, id).length > 0
}

export function endGuest(deps: DeskDeps, id: string): Result<Reply<'guests.end'>> {
  const { db } = deps.live
  const guest = guestById(db, id)
  const ended =
    guest !== null &&
    db
      .transaction(() => {
        if (!end(db, id, deps.now())) return false
        recordAction(deps, 'guest-ended', guest.memberId, { guest: id, host: guest.hostId })
        return true
      })
      .immediate()
  if (!ended) return refuse('wrong-state', guestRefusals.gone)
  deps.live.push('members', {})
  return done({ ok: true })
}
