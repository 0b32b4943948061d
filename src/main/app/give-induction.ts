// Who was shown how: inductions are given with an end or for good, and taken back.
import type { Args, Reply } from '../../preload/contract.ts'
import { companyRefusals, inductionRefusals } from '../domain/company-en.ts'
import { readMoment, toIso } from '../domain/time.ts'
import { allInductions, giveInduction as give, takeInduction as take } from '../store/inductions.ts'
import { readSettings } from '../store/settings.ts'
import type { DeskDeps } from './deps.ts'
import { personHere } from './person-here.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

export function giveInduction(deps: DeskDeps, asked: Args<'inductions.give'>): Result<Reply<'inductions.give'>> {
  const { db, operator } = deps.live
  const at = deps.now()
  const person = personHere(deps, asked.member)
  if (!person.ok) return person
  const induction = allInductions(db).find(({ id }) => id === asked.induction)
  if (induction === undefined) return refuse('not-found', inductionRefusals.none)
  const until = asked.until === null ? null : readMoment(asked.until, readSettings(db).timeZone, 'end')
  if (asked.until !== null && until === null) return refuse('bad-request', companyRefusals.noMoment(asked.until))
  if (until !== null && until <= at) return refuse('bad-request', companyRefusals.past)
  const memberId = person.value.id
  db.transaction(() => {
    give(db, { memberId, inductionId: induction.id, at, until, operator })
    recordAction(deps, 'induction-given', memberId, {
      induction: induction.id,
      name: induction.name,
      until: toIso(until),
    })
  }).immediate()
  deps.live.push('members', {})
  return done({ ok: true })
}

export function takeInduction(deps: DeskDeps, asked: Args<'inductions.take'>): Result<Reply<'inductions.take'>> {
  const { db } = deps.live
  const person = personHere(deps, asked.member)
  if (!person.ok) return person
  const induction = allInductions(db).find(({ id }) => id === asked.induction)
  if (induction === undefined) return refuse('not-found', inductionRefusals.none)
  const { id: memberId, name } = person.value
  const taken = db
    .transaction(() => {
      if (!take(db, memberId, induction.id)) return false
      recordAction(deps, 'induction-taken', memberId, { induction: induction.id, name: induction.name })
      return true
    })
    .immediate()
  if (!taken) return refuse('wrong-state', inductionRefusals.notGiven(name, induction.name))
  deps.live.push('members', {})
  return done({ ok: true })
}
