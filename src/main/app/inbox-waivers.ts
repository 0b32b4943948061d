// A row of the inbox about waivers: members who signed an older one than is in force.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { waiverWords } from '../domain/details-en.ts'
import { presentWaiver } from '../store/waivers.ts'
import type { ReadDeps } from './deps.ts'
import { inboxRow } from './inbox-row.ts'
import { membersOfOlderWaiver } from './waivers.ts'

/** One row however many they are: they sign when they come by, and each panel says so. */
export function waiverRows(deps: ReadDeps): InboxRow[] {
  const present = presentWaiver(deps.desk)
  const [first, ...others] = membersOfOlderWaiver(deps)
  if (present === null || first === undefined) return []
  const { memberId: id, name, version } = first
  if (others.length > 0)
    return [
      inboxRow('waiver-older', present.version, present.at, {
        sentence: waiverWords.manyOlder(others.length + 1, present.version),
        action: 'open-list',
        subject: 'older-waiver',
      }),
    ]
  return [
    inboxRow('waiver-older', present.version, present.at, {
      sentence: waiverWords.older(name, version, present.version),
      action: 'open-member',
      member: { id, name },
    }),
  ]
}
