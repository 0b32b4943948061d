// Rows of the inbox about what has no other half: here without Stripe, in Stripe without a person, paid without a card.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { cleanName } from '../domain/name.ts'
import { peopleInbox } from '../domain/people-en.ts'
import { sayDay } from '../domain/say.ts'
import { DAY } from '../domain/time.ts'
import { heldWithoutNew, knownAccounts } from '../store/accounts.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import {
  cardWithoutPlan,
  paidWithoutCard,
  peopleWithoutAnything,
  twiceSubscribed,
  twoPlans,
  unclaimedSubscriptions,
  unfinishedSignUps,
} from '../store/inbox.ts'
import { membersByIds } from '../store/members.ts'
import { mappingConfirmedAt } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { fewAlone, inboxRow, type PeopleKind } from './inbox-row.ts'
import { voiceOf } from './sentences.ts'

type Person = { id: string; name: string; since: number }

/** Whoever began to sign up and let it be is spoken of so long. */
const UNFINISHED_FOR = 30 * DAY
/** A second plan that was bought in place of the first is charged twice within a month. */
const NEW_PLAN_FOR = 30 * DAY

/** Each reads everybody, so a desk may do other things between. */
export const ORPHAN_PARTS: readonly ((deps: ReadDeps) => InboxRow[])[] = [
  (deps) => rowsOf('here-without-stripe', 'add-membership', peopleWithoutAnything(deps.desk, deps.now())),
  (deps) => withoutCard(deps, deps.now(), (people) => rowsOf('paid-without-card', 'enrol-card', people)),
  (deps) => rowsOf('card-without-plan', 'add-membership', cardWithoutPlan(deps.desk, deps.now())),
  (deps) => {
    const now = deps.now()
    return rowsOf('sign-up-unfinished', 'open-member', unfinishedSignUps(deps.desk, now, now - UNFINISHED_FOR))
  },
  (deps) =>
    twiceSubscribed(deps.desk, deps.now()).map(({ id, name, plan, since }) =>
      inboxRow('two-subscriptions', id, since, {
        member: { id, name },
        sentence: peopleInbox['two-subscriptions'](name, plan),
        action: 'open-member',
      }),
    ),
  (deps) =>
    twoPlans(deps.desk, deps.now() - NEW_PLAN_FOR).map(({ id, name, former, later, since }) =>
      inboxRow('two-subscriptions', `${id}:${since}`, since, {
        member: { id, name },
        sentence: peopleInbox['two-plans'](name, former, later, sayDay(since, voiceOf(deps))),
        action: 'open-member',
      }),
    ),
  strangers,
  (deps) => leftBehind(deps, deps.now()),
]

function rowsOf(
  kind: PeopleKind & ('here-without-stripe' | 'paid-without-card' | 'card-without-plan' | 'sign-up-unfinished'),
  action: InboxRow['action'],
  people: readonly Person[],
): InboxRow[] {
  return people.map(({ id, name, since }) =>
    inboxRow(kind, id, since, { member: { id, name }, sentence: peopleInbox[kind](name), action }),
  )
}

function withoutCard(deps: ReadDeps, now: number, rows: (people: readonly Person[]) => InboxRow[]): InboxRow[] {
  const people = paidWithoutCard(deps.desk, now).toSorted((a, b) => b.since - a.since)
  const { few, newest, others } = fewAlone(people, now)
  if (newest === undefined) return rows(few)
  const together = inboxRow('paid-without-card', 'all', newest.since, {
    sentence: peopleInbox['many-without-card'](others, few.length > 0),
    action: 'open-list',
    subject: 'without-card',
  })
  return [...rows(few), together]
}

/** Whoever pays for a membership and is nobody here; a sale that is no membership is nobody's trouble. */
function strangers(deps: ReadDeps): InboxRow[] {
  const db = deps.desk
  const { account } = readSyncState(db)
  if (account === undefined) return []
  return unclaimedSubscriptions(db, account, mappingConfirmedAt(db) === null).map(
    ({ subscriptionId, customerId, name, email, since }) =>
      inboxRow('stripe-without-person', subscriptionId, since, {
        sentence: peopleInbox['stripe-without-person'](cleanName(name ?? '') || (email ?? 'Somebody')),
        detail: subscriptionId,
        action: 'choose-person',
        subject: customerId,
      }),
  )
}

function leftBehind(deps: ReadDeps, now: number): InboxRow[] {
  const { account } = readSyncState(deps.desk)
  const former = knownAccounts(deps.desk).find(({ frozenAt }) => frozenAt !== null)
  if (account === undefined || former?.frozenAt == null) return []
  const since = former.frozenAt
  const held = new Map(heldWithoutNew(deps.desk, account, now).map((one) => [one.memberId, one.holdUntil]))
  const voice = voiceOf(deps)
  return membersByIds(deps.desk, [...held.keys()]).map(({ id, name }) => {
    const sentence = peopleInbox['not-in-new-account'](name, sayDay((held.get(id) ?? 0) - 1, voice))
    return inboxRow('not-in-new-account', id, since, { member: { id, name }, sentence, action: 'open-member' })
  })
}
