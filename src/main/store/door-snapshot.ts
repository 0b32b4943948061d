// Everything that a decision at a door reads, in one read transaction on desk.db (flow 1 of ARCHITECTURE.md).
import { type CardForm, isLossy, readCard } from '../domain/card-identity.ts'
import { credentialAt } from '../domain/credential.ts'
import type { DoorSnapshot } from '../domain/receipt.ts'
import type { Ms } from '../domain/time.ts'
import { freshSince, readFreshFrom } from './billing-inbox.ts'
import { credentialByCanonical, credentialsProjectingTo, type StoredCredential } from './credentials.ts'
import { exceptionsAt, orderAt } from './door-orders.ts'
import { type Door, opensFor } from './doors.ts'
import { entitlementsOfMember } from './entitlements.ts'
import type { ReadDb } from './open.ts'
import { extendedTo } from './outage-extensions.ts'
import { overridesOf } from './overrides.ts'
import { policyFrom, readSettings } from './settings.ts'

export function readDoorSnapshot(
  db: ReadDb,
  door: Door,
  card: { text: string; form: CardForm | undefined },
  now: Ms,
): DoorSnapshot {
  return db.transaction(() => snapshot(db, door, card, now))()
}

const NONE = { keyholder: false, barred: false, word: false }

function snapshot(db: ReadDb, door: Door, card: { text: string; form: CardForm | undefined }, now: Ms): DoorSnapshot {
  const policy = policyFrom(readSettings(db))
  const base = {
    now,
    policy,
    doorAllowance: door.allowance,
    extendedTo: extendedTo(db, door, now),
    memberships: [],
    freshSince: readFreshFrom(db),
    override: null,
    order: orderAt(db, door.id, now),
    keyholder: false,
    barred: false,
  }
  const reading = readCard(card.text, card.form)
  if (!reading.ok)
    return {
      input: { ...base, card: 'unreadable' },
      canonical: null,
      credential: null,
      memberId: null,
      entitlements: [],
    }
  const found = findCredential(db, reading.canonical, card.form, now)
  if (found === null) {
    return {
      input: { ...base, card: 'unknown' },
      canonical: reading.canonical,
      credential: null,
      memberId: null,
      entitlements: [],
    }
  }
  const credential = credentialAt(found.facts, now)
  const { memberId } = credential
  const entitlements = memberId === null ? [] : entitlementsOfMember(db, memberId, now)
  const opens = opensFor(db, door)
  const exceptions = memberId === null ? NONE : exceptionsAt(db, memberId, door.id, now)
  return {
    input: {
      ...base,
      card: credential.state,
      memberships: entitlements.map((entitlement) => ({ entitlement, opensDoor: opens(entitlement) })),
      freshSince: memberId === null ? base.freshSince : freshSince(db, memberId),
      override: memberId !== null && exceptions.word ? (overridesOf(db, memberId, now)[0] ?? null) : null,
      keyholder: exceptions.keyholder,
      barred: exceptions.barred,
    },
    canonical: found.canonical,
    credential,
    memberId,
    entitlements,
  }
}

/** The exact identity first; a short one, where the door's form says that bytes are lost, only if one living card fits. */
function findCredential(db: ReadDb, canonical: string, form: CardForm | undefined, now: Ms): StoredCredential | null {
  const exact = credentialByCanonical(db, canonical)
  if (exact !== null || form === undefined || !isLossy(canonical)) return exact
  const fitting = credentialsProjectingTo(db, canonical)
  const living = fitting.filter((credential) => credentialAt(credential.facts, now).state !== 'revoked')
  const [only, ...others] = living.length > 0 ? living : fitting
  return only !== undefined && others.length === 0 ? only : null
}
