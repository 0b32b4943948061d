// Cards: identities and the facts recorded about them. State is folded from the facts (domain/credential), never stored.
import { projections } from '../domain/card-identity.ts'
import type { CredentialFact, RevokeReason } from '../domain/credential.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type StoredCredential = { id: string; canonical: string; facts: CredentialFact[] }

/** Who recorded a fact, where, and the fact's own id. */
export type FactOrigin = { id: string; origin: string; operator: string }

type FactRow = {
  credentialId: string
  canonical: string
  kind: CredentialFact['kind']
  at: Ms
  memberId: string | null
  reason: string | null
  validFrom: Ms | null
  validUntil: Ms | null
}

const FACTS = `
  SELECT c.id AS credentialId, c.canonical, f.kind, f.at, f.member_id AS memberId, f.reason,
    f.valid_from AS validFrom, f.valid_until AS validUntil
  FROM credential c JOIN credential_fact f ON f.credential_id = c.id`

export function credentialByCanonical(db: ReadDb, canonical: string): StoredCredential | null {
  return collect(sql<FactRow>(db, `${FACTS} WHERE c.canonical = ? ORDER BY f.rowid`).all(canonical))[0] ?? null
}

/** When the card was last enrolled; 0 for one that never was. */
export function heldSince(db: ReadDb, canonical: string): Ms {
  const facts = credentialByCanonical(db, canonical)?.facts ?? []
  return facts.findLast(({ kind }) => kind === 'enrolled')?.at ?? 0
}

/** Every card that was ever enrolled for one of these people. */
export function credentialsEverOf(db: ReadDb, memberIds: readonly string[]): StoredCredential[] {
  return collect(
    sql<FactRow>(
      db,
      `${FACTS} WHERE c.id IN (SELECT credential_id FROM credential_fact WHERE member_id IN (SELECT value FROM json_each(?)))
       ORDER BY f.rowid`,
    ).all(JSON.stringify(memberIds)),
  )
}

export function allCredentials(db: ReadDb): StoredCredential[] {
  return collect(sql<FactRow>(db, `${FACTS} ORDER BY f.rowid`).all())
}

/** Cards that a reader which loses bytes would show as this short identity. */
export function credentialsProjectingTo(db: ReadDb, short: string): StoredCredential[] {
  return collect(
    sql<FactRow>(
      db,
      `${FACTS} JOIN credential_projection p ON p.credential_id = c.id WHERE p.short = ? ORDER BY f.rowid`,
    ).all(short),
  )
}

export function insertCredential(db: WriteDb, id: string, canonical: string, at: Ms): void {
  sql(db, 'INSERT INTO credential VALUES (?, ?, ?)').run(id, canonical, at)
  for (const short of projections(canonical)) sql(db, 'INSERT INTO credential_projection VALUES (?, ?)').run(short, id)
}

export function credentialId(db: ReadDb, canonical: string): string | null {
  return sql<{ id: string }>(db, 'SELECT id FROM credential WHERE canonical = ?').get(canonical)?.id ?? null
}

export function insertCredentialFact(db: WriteDb, credential: string, fact: CredentialFact, by: FactOrigin): void {
  sql(
    db,
    `INSERT INTO credential_fact (id, credential_id, kind, at, origin, operator, member_id, reason, valid_from, valid_until)
     VALUES (@id, @credential, @kind, @at, @origin, @operator, @memberId, @reason, @validFrom, @validUntil)`,
  ).run({
    ...by,
    credential,
    kind: fact.kind,
    at: fact.at,
    memberId: fact.kind === 'enrolled' ? fact.memberId : null,
    reason: fact.kind === 'revoked' || fact.kind === 'suspended' ? fact.reason : null,
    validFrom: fact.kind === 'enrolled' ? fact.validFrom : null,
    validUntil: fact.kind === 'enrolled' ? fact.validUntil : null,
  })
}

function collect(rows: readonly FactRow[]): StoredCredential[] {
  const byId = new Map<string, StoredCredential>()
  for (const row of rows) {
    const known = byId.get(row.credentialId) ?? { id: row.credentialId, canonical: row.canonical, facts: [] }
    known.facts.push(toFact(row))
    byId.set(row.credentialId, known)
  }
  return [...byId.values()]
}

function toFact(row: FactRow): CredentialFact {
  switch (row.kind) {
    case 'enrolled':
      return {
        kind: 'enrolled',
        at: row.at,
        memberId: row.memberId ?? '',
        validFrom: row.validFrom,
        validUntil: row.validUntil,
      }
    case 'revoked':
      return { kind: 'revoked', at: row.at, reason: row.reason as RevokeReason }
    case 'suspended':
      return { kind: 'suspended', at: row.at, reason: row.reason ?? '' }
    case 'reinstated':
      return { kind: 'reinstated', at: row.at }
  }
}
