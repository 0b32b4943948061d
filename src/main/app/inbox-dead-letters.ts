// Rows of the inbox about objects of Stripe that could not be taken in after several tries.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { toIso } from '../domain/time.ts'
import { deadObjects } from '../store/billing-dirty.ts'
import { memberById, memberOfCustomer } from '../store/members.ts'
import type { ReadDeps } from './deps.ts'

export function deadLetterRows(deps: ReadDeps): InboxRow[] {
  return deadObjects(deps.desk).map(({ account, objectId, customerId, step, error, attempts, deadAt }) => {
    const memberId = customerId === null ? null : memberOfCustomer(deps.desk, account, customerId)
    const member = memberId === null ? null : memberById(deps.desk, memberId)
    return {
      id: `dead-letter:${objectId}`,
      kind: 'dead-letter' as const,
      since: toIso(deadAt),
      member: member && { id: member.id, name: member.name },
      sentence: `${step} failed ${attempts} times, so Latchkey stopped trying${
        member === null ? '' : `; ${member.name} keeps what was known before`
      }. Try again, and if it fails again, look at it in Stripe.`,
      step,
      detail: `${error} · ${objectId}`,
      action: 'try-again' as const,
      subject: objectId,
      candidates: [],
      until: null,
    }
  })
}
