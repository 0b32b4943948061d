// Opens the dialog in which a card is enrolled, unless another has the readers.
import type { Enrolment } from '../../preload/shapes.ts'
import { memberById } from '../store/members.ts'
import type { DeskDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'

export function beginEnrolment(deps: DeskDeps, memberId: string): Result<Enrolment> {
  const member = memberById(deps.desk, memberId)
  if (member === null) return refuse('not-found', 'This person is not here any more: search for them by name.')
  const enrolment = deps.live.enrolments.begin({ id: member.id, name: member.name })
  if (enrolment === null) return refuse('busy', 'Another card is being enrolled just now: finish or cancel that first.')
  return done(enrolment)
}
