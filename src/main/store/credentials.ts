// Cards: identities and the facts recorded about them. State is folded from the facts (domain/credential), never stored.
import { type CardForm, isLossy, mayBePart, projections } from '../domain/card-identity.ts'
import type { CredentialFact, RevokeReason } from '../domain/credential.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type StoredCredential = { id: string; canonical: string; facts: CredentialFact[] }

/** Who recorded a fact, where, and the fact's own id; `importId` where a file said it. */
export type FactOrigin = { id: string; origin: string; operator: string; importId?: string }

type FactRow = {
  credentialId: string
  canonical: string
  kind: CredentialFact['kind']
  at: Ms
  memberId: string | null
  reason: string | null
  validFrom: Ms | null
  validUntil: Ms | null
  dueAt: Ms | null
  loaner: number | null
}

/** Facts of an import that was undone are not among them, nor cards of which nothing else is known. */
const FACTS = `
  SELECT c.id AS credentialId, c.canonical, f.kind, f.at, f.member_id AS memberId, f.reason,
    f.valid_from AS validFrom, f.valid_until AS validUntil, f.due_at AS dueAt, f.loaner
  FROM credential c JOIN card_fact f ON f.credential_id = c.id`

export function credentialByCanonical(db: ReadDb, canonical: string): StoredCredential | null {
  return collect(sql<FactRow>(db, `${FACTS} WHERE c.canonical = ? ORDER BY f.n`).all(canonical))[0] ?? null
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
      `${FACTS} WHERE c.id IN (SELECT credential_id FROM card_fact WHERE member_id IN (SELECT value FROM json_each(?)))
       ORDER BY f.n`,
    ).all(JSON.stringify(memberIds)),
  )
}

export function allCredentials(db: ReadDb): StoredCredential[] {
  return collect(sql<FactRow>(db, `${FACTS} ORDER BY f.n`).all())
}

/** Cards that a reader which loses bytes would show as this short identity. */
export function credentialsProjectingTo(db: ReadDb, short: string): StoredCredential[] {
  return collect(
    sql<FactRow>(
      db,
      `${FACTS} JOIN credential_projection p ON p.credential_id = c.id WHERE p.short = ? ORDER BY f.n`,
    ).all(short),
  )
}

/** The cards with more bytes that a reader of this form would show as this identity. */
export function longerCards(db: ReadDb, canonical: string, form: CardForm | undefined): StoredCredential[] {
  if (isLossy(canonical)) return credentialsProjectingTo(db, canonical)
  const [short] = projections(canonical)
  if (short === undefined || !mayBePart(canonical, form)) return []
  // Its first four bytes give a card of seven the same 34 bits.
  return credentialsProjectingTo(db, short).filter(
    (one) => one.canonical !== canonical && one.canonical.startsWith(canonical),
  )
}

export function insertCredential(db: WriteDb, id: string, canonical: string, at: Ms): void {
  sql(db, 'INSERT INTO credential VALUES (?, ?, ?)').run(id, canonical, at)
  for (const short of projections(canonical)) sql(db, 'INSERT INTO credential_projection VALUES (?, ?)').run(short, id)
}

export function credentialId(db: ReadDb, canonical: string): string | null {
  return sql<{ id: string }>(db, 'SELECT id FROM credential WHERE canonical = ?').get(canonical)?.id ?? null
}

/** The card is one that was enrolled by a short form, seen whole: it keeps its history under its whole identity. */
export function renameCredential(db: WriteDb, id: string, canonical: string): void {
  sql(db, 'UPDATE credential SET canonical = ? WHERE id = ?').run(canonical, id)
  sql(db, 'DELETE FROM credential_projection WHERE credential_id = ?').run(id)
  for (const short of projections(canonical)) sql(db, 'INSERT INTO credential_projection VALUES (?, ?)').run(short, id)
}

export function insertCredentialFact(db: WriteDb, credential: string, fact: CredentialFact, by: FactOrigin): void {
  sql(
    db,
    `INSERT INTO credential_fact
       (id, credential_id, kind, at, origin, operator, member_id, reason, valid_from, valid_until, due_at, loaner, import_id)
     VALUES (@id, @credential, @kind, @at, @origin, @operator, @memberId, @reason, @validFrom, @validUntil, @dueAt, @loaner,
       @importId)`,
  ).run({
    ...NO_FACT,
    ...by,
    importId: by.importId ?? null,
    credential,
    kind: fact.kind,
    at: fact.at,
    ...columnsOf(fact),
  })
}

const NO_FACT = { memberId: null, reason: null, validFrom: null, validUntil: null, dueAt: null, loaner: null }

function columnsOf(fact: CredentialFact): Partial<Record<keyof typeof NO_FACT, string | number | null>> {
  switch (fact.kind) {
    case 'enrolled':
      return {
        memberId: fact.memberId,
        validFrom: fact.validFrom,
        validUntil: fact.validUntil,
        dueAt: fact.dueAt ?? null,
      }
    case 'revoked':
    case 'suspended':
      return { reason: fact.reason }
    case 'stocked':
      return { loaner: fact.loaner ? 1 : 0 }
    case 'labelled':
      return { reason: fact.label }
    case 'upgraded':
      return { reason: fact.from }
    case 'reinstated':
      return {}
  }
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
        dueAt: row.dueAt,
      }
    case 'revoked':
      return { kind: 'revoked', at: row.at, reason: row.reason as RevokeReason }
    case 'suspended':
      return { kind: 'suspended', at: row.at, reason: row.reason ?? '' }
    case 'reinstated':
      return { kind: 'reinstated', at: row.at }
    case 'stocked':
      return { kind: 'stocked', at: row.at, loaner: row.loaner === 1 }
    case 'labelled':
      return { kind: 'labelled', at: row.at, label: row.reason ?? '' }
    case 'upgraded':
      return { kind: 'upgraded', at: row.at, from: row.reason ?? '' }
  }
}
