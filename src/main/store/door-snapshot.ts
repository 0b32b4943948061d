// Everything that a decision at a door reads, in one read transaction on desk.db (flow 1 of ARCHITECTURE.md).
import { type CardForm, isLossy, readCard } from '../domain/card-identity.ts'
import { credentialAt, wasEnrolledAs } from '../domain/credential.ts'
import { type DecisionInput, PLAIN } from '../domain/decide.ts'
import type { DoorSnapshot } from '../domain/receipt.ts'
import type { Ms } from '../domain/time.ts'
import { readFreshFrom } from './billing-inbox.ts'
import { credentialByCanonical, credentialsProjectingTo, type StoredCredential } from './credentials.ts'
import { type DoorRules, doorRules, doorRulesThen, extendedTo } from './door-rules.ts'
import type { Door } from './doors.ts'
import { inOneRead, type ReadDb } from './open.ts'
import { pastFacts } from './past-facts.ts'
import { type Databases, personAtDoor } from './person-at-door.ts'

export type ShownCard = { text: string; form: CardForm | undefined }

/** `rulesAt`: of the door, as they stand at that moment or stood then. */
export function readDoorSnapshot(
  dbs: Databases,
  door: Door,
  card: ShownCard,
  now: Ms,
  rulesAt: typeof doorRules = doorRules,
): DoorSnapshot {
  return inOneRead(dbs.desk, () => snapshot(dbs, door, card, now, rulesAt(dbs.desk, door, now)))
}

/** The same for somebody whose card is in order, whichever it is. */
export function personSnapshot(dbs: Databases, door: Door, memberId: string, now: Ms): DoorSnapshot {
  return inOneRead(dbs.desk, () => {
    const rules = doorRules(dbs.desk, door, now)
    const nobody = atDoor(dbs.desk, door, rules, now)
    const { entitlements, ...person } = personAtDoor(dbs, door, rules, memberId, nobody)
    const input = { ...nobody, ...person, card: 'active' } as const
    return { input, canonical: null, credential: null, memberId, entitlements, revision: rules.revision }
  })
}

/** The same at a moment that is past, by what was stored then; hours, inductions and plans of doors as they stand now. */
export function pastSnapshot(
  dbs: Databases,
  door: Door,
  memberId: string,
  at: Ms,
  { card, freshSince }: Pick<DecisionInput, 'card' | 'freshSince'>,
): DoorSnapshot {
  return inOneRead(dbs.desk, () => {
    const rules = doorRulesThen(dbs.desk, door, at)
    const nobody = { ...atDoor(dbs.desk, door, rules, at), freshSince }
    const { entitlements, ...person } = personAtDoor(dbs, door, rules, memberId, nobody, pastFacts(dbs, at))
    const input = { ...nobody, ...person, card } as const
    return { input, canonical: null, credential: null, memberId, entitlements, revision: rules.revision }
  })
}

function snapshot(dbs: Databases, door: Door, card: ShownCard, now: Ms, rules: DoorRules): DoorSnapshot {
  const { desk } = dbs
  const nobody = atDoor(desk, door, rules, now)
  const { revision } = rules
  const none = { credential: null, memberId: null, entitlements: [], revision }
  const reading = readCard(card.text, card.form)
  if (!reading.ok) return { ...none, input: { ...nobody, card: 'unreadable' }, canonical: null }
  const found = findCredential(desk, reading.canonical, card.form, now)
  if (found === null) return { ...none, input: nobody, canonical: reading.canonical }
  const credential = credentialAt(found.facts, now)
  const { canonical } = found
  const { memberId, state } = credential
  if (memberId === null) return { ...none, input: { ...nobody, card: state }, canonical, credential }
  const { entitlements, ...person } = personAtDoor(dbs, door, rules, memberId, nobody)
  return { input: { ...nobody, ...person, card: state }, canonical, credential, memberId, entitlements, revision }
}

/** What a decision reads of the door alone, as if nobody had shown anything. */
function atDoor(desk: ReadDb, door: Door, rules: DoorRules, now: Ms): DecisionInput {
  return {
    ...PLAIN,
    now,
    policy: rules.policy,
    holidays: rules.holidays,
    doorAllowance: door.allowance,
    extendedTo: extendedTo(rules, now),
    card: 'unknown',
    memberships: [],
    freshSince: readFreshFrom(desk),
    order: rules.order !== null && (rules.order.until ?? now + 1) > now ? rules.order : null,
    wayOut: door.direction === 'out',
  }
}

/** The exact identity first. A short one stands for a longer card where the door's form says that bytes are lost, or where
 * that card was enrolled by it; and only if one living card fits. */
function findCredential(db: ReadDb, canonical: string, form: CardForm | undefined, now: Ms): StoredCredential | null {
  const exact = credentialByCanonical(db, canonical)
  if (exact !== null || !isLossy(canonical)) return exact
  const longer = credentialsProjectingTo(db, canonical)
  const fitting = form === undefined ? longer.filter(({ facts }) => wasEnrolledAs(facts, canonical)) : longer
  const living = fitting.filter(({ facts }) => {
    const { memberId, state } = credentialAt(facts, now)
    return memberId !== null && state !== 'revoked'
  })
  const [only, ...others] = living.length > 0 ? living : fitting
  return only !== undefined && others.length === 0 ? only : null
}
