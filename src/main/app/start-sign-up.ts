// A sign-up begins: for somebody who is here, or for someone new, and never twice for one person.
import type { Args, Reply } from '../../preload/contract.ts'
import { tidy } from '../domain/details.ts'
import { signUpRefusals as refusals } from '../domain/sign-up-en.ts'
import { memberById } from '../store/members.ts'
import { openSignUpOf } from '../store/sign-ups.ts'
import type { DeskDeps } from './deps.ts'
import { refusedFor } from './details.ts'
import { formerPlan } from './former-plan.ts'
import { createMember } from './people.ts'
import { personUnbarred, refusedAsBarred } from './person-here.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { begunBefore, faultsAtStart, learn } from './sign-up-details.ts'
import { signUpNow, writeSignUp } from './sign-up-journal.ts'
import { signUpView } from './sign-up-view.ts'

const ASK = { sentence: refusals.askManager }

/** The person and their sign-up are made in one step, so that there is never one without the other. */
export function startSignUp(deps: DeskDeps, asked: Args<'signUps.start'>): Result<Reply<'signUps.start'>> {
  const { db, newId, operator } = deps.live
  return db
    .transaction((): Result<Reply<'signUps.start'>> => {
      let memberId = asked.member
      if (memberId === undefined) {
        const { name = '', emails = [], phone, same, details = {} } = asked
        const known = same === undefined ? null : memberById(db, same)
        // Nothing is learnt of somebody who is refused.
        const barred = known && refusedAsBarred(deps, known, ASK)
        if (barred !== null) return barred
        const refused = refusedFor(faultsAtStart(deps, asked))
        if (refused !== null) return refused
        const made = createMember(deps, {
          name,
          emails,
          phone: phone ?? null,
          ...(same !== undefined && { same }),
        })
        if (!made.ok) return made
        const { member, candidates } = made.value
        if (member === null) return done({ signUp: null, candidates, begun: begunBefore(deps, candidates) })
        memberId = member.id
        const here = memberById(db, memberId)
        const typed = tidy('phone', phone ?? '')
        if (here !== null) learn(deps, here, here.phone === null && typed ? { phone: typed } : {}, details)
      }
      const person = personUnbarred(deps, memberId, ASK)
      if (!person.ok) return person
      // "They are here, but never paid" is no dead end: it goes on where it stopped.
      const open = openSignUpOf(db, memberId)
      if (open !== null) return shown(deps, open)
      const id = newId()
      writeSignUp(deps, id, { kind: 'started', operator })
      writeSignUp(deps, id, { kind: 'person', memberId })
      const former = formerPlan(deps, memberId)
      if (former !== null) writeSignUp(deps, id, { kind: 'plan', ...former })
      recordAction(deps, 'sign-up-started', memberId, { signUp: id })
      return shown(deps, id)
    })
    .immediate()
}

function shown(deps: DeskDeps, id: string): Result<Reply<'signUps.start'>> {
  const now = signUpNow(deps, id)
  if (now === null) return refuse('not-found', refusals.none)
  return done({ signUp: signUpView(deps, id, now), candidates: [], begun: [] })
}
