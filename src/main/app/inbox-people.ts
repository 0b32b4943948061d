// Rows of the inbox about who is who: customers whom several people may be, people who may be one.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import type { ProbableDuplicate } from '../../preload/shapes-memberships.ts'
import type { Member } from '../domain/member.ts'
import { cleanName } from '../domain/name.ts'
import { alikeWords, peopleInbox } from '../domain/people-en.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { entitlementsOfMember } from '../store/entitlements.ts'
import { emailsOf, membersByEmail, membersByIds } from '../store/members.ts'
import { type Alike, alikePairs, crowds, openQuestions } from '../store/people-alike.ts'
import type { ReadDeps } from './deps.ts'
import { inboxRow } from './inbox-row.ts'
import { rowOf } from './people.ts'

export function peopleRows(deps: ReadDeps): InboxRow[] {
  return [...questionRows(deps), ...crowdRows(deps), ...alikeRows(deps)]
}

function questionRows(deps: ReadDeps): InboxRow[] {
  const db = deps.desk
  const { account } = readSyncState(db)
  if (account === undefined) return []
  return openQuestions(db, account).map(({ customerId, askedAt, email, name }) =>
    inboxRow('who-is-this', customerId, askedAt, {
      sentence: peopleInbox['who-is-this'](cleanName(name ?? '') || 'Somebody', email ?? ''),
      detail: customerId,
      action: 'choose-person',
      candidates: email === null ? [] : candidatesOf(deps, membersByEmail(db, email)),
    }),
  )
}

function alikeRows(deps: ReadDeps): InboxRow[] {
  const pairs = pairsOf(deps)
  const members = membersByIds(deps.desk, [...new Set(pairs.flatMap(({ a, b }) => [a, b]))])
  const people = new Map(
    candidatesOf(deps, members).map((candidate, n) => [candidate.id, { candidate, since: members[n]?.createdAt ?? 0 }]),
  )
  return pairs.flatMap(({ a, b, by }) => {
    const [one, other] = [people.get(a), people.get(b)]
    if (one === undefined || other === undefined) return []
    const kind = by.length === 1 && by[0] === 'email' ? ('shared-email' as const) : ('probable-duplicate' as const)
    const names = [one.candidate.name, other.candidate.name] as const
    const because = by.map((word) => alikeWords[word]).join(', ')
    return [
      inboxRow(kind, `${a}:${b}`, Math.max(one.since, other.since), {
        sentence:
          kind === 'shared-email'
            ? peopleInbox['shared-email'](...names)
            : peopleInbox['probable-duplicate'](...names, because),
        action: 'merge',
        candidates: [one.candidate, other.candidate],
      }),
    ]
  })
}

/** One row an address, with two people at a time: all pairs of a company would bury everything else. */
function crowdRows(deps: ReadDeps): InboxRow[] {
  return crowds(deps.desk).flatMap(({ email, count, since, a, b }) => {
    const candidates = candidatesOf(deps, membersByIds(deps.desk, [a, b]))
    const [one, other] = candidates
    if (one === undefined || other === undefined) return []
    const sentence = peopleInbox.crowd(count, email, one.name, other.name)
    return [inboxRow('shared-email', email, since, { sentence, action: 'merge', candidates })]
  })
}

function pairsOf(deps: ReadDeps): { a: string; b: string; by: Alike['by'][] }[] {
  const pairs = new Map<string, { a: string; b: string; by: Alike['by'][] }>()
  for (const { a, b, by } of alikePairs(deps.desk)) {
    const pair = pairs.get(`${a}:${b}`) ?? { a, b, by: [] }
    pair.by.push(by)
    pairs.set(`${a}:${b}`, pair)
  }
  return [...pairs.values()]
}

function candidatesOf(deps: ReadDeps, members: readonly Member[]): InboxRow['candidates'] {
  const now = deps.now()
  const emails = emailsOf(
    deps.desk,
    members.map(({ id }) => id),
  )
  return members.map(({ id, name }) => ({
    id,
    name,
    email: emails.get(id)?.[0] ?? null,
    plan: entitlementsOfMember(deps.desk, id, now)[0]?.planName ?? null,
  }))
}

export function probableDuplicates(deps: ReadDeps): ProbableDuplicate[] {
  return pairsOf(deps).flatMap(({ a, b, by }) => {
    const [one, other] = membersByIds(deps.desk, [a, b])
    if (one === undefined || other === undefined) return []
    return [{ a: rowOf(deps, one), b: rowOf(deps, other), because: by.map((word) => alikeWords[word]) }]
  })
}
