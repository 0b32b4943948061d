// Rows of the inbox about what of Stripe could not be taken in: objects after several tries, events that nobody can read.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { deadWords } from '../domain/sync-en.ts'
import { toIso } from '../domain/time.ts'
import { deadObjects } from '../store/billing-dirty.ts'
import { deadEvents } from '../store/billing-inbox.ts'
import { memberById, memberOfCustomer } from '../store/members.ts'
import type { ReadDeps } from './deps.ts'

export function deadLetterRows(deps: ReadDeps): InboxRow[] {
  return [...objectRows(deps), ...eventRows(deps)]
}

function objectRows(deps: ReadDeps): InboxRow[] {
  return deadObjects(deps.desk).map(({ account, objectId, customerId, step, error, attempts, deadAt }) => {
    const memberId = customerId === null ? null : memberOfCustomer(deps.desk, account, customerId)
    const member = memberId === null ? null : memberById(deps.desk, memberId)
    return {
      id: `dead-letter:${objectId}`,
      kind: 'dead-letter' as const,
      since: toIso(deadAt),
      member: member && { id: member.id, name: member.name },
      sentence: deadWords.object(step, attempts, member?.name ?? null),
      step,
      detail: `${error} · ${objectId}`,
      action: 'try-again' as const,
      subject: objectId,
      candidates: [],
      until: null,
    }
  })
}

function eventRows(deps: ReadDeps): InboxRow[] {
  return deadEvents(deps.desk).map(({ id, type, error, receivedAt }) => ({
    id: `dead-letter:${id}`,
    kind: 'dead-letter' as const,
    since: toIso(receivedAt),
    member: null,
    sentence: deadWords.event,
    step: deadWords.eventStep,
    detail: `${error} · ${type} · ${id}`,
    action: 'try-again' as const,
    subject: id,
    candidates: [],
    until: null,
  }))
}
