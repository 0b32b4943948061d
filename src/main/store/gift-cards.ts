// What is kept of a gift card's code: a salted digest, by which the card is found again.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { GiftFact } from '../domain/gift-card.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

export function digestOfGiftCode(salt: string, letters: string): string {
  return createHash('sha256').update(`${salt}:${letters}`).digest('hex')
}

/** Each has a salt of its own, so every card is tried: a thousand take a few milliseconds. */
export function findGiftCard(db: ReadDb, letters: string): string | null {
  const rows = sql<{ id: string; data: string }>(
    db,
    `SELECT id, data FROM money_fact WHERE what = 'gift-card' AND kind = 'started'`,
  ).all()
  for (const { id, data } of rows) {
    const { salt, digest } = JSON.parse(data) as Extract<GiftFact, { kind: 'started' }>
    if (timingSafeEqual(Buffer.from(digestOfGiftCode(salt, letters)), Buffer.from(digest))) return id
  }
  return null
}
