// What is made in Stripe for a plan, each with a key that stays the same while nobody knows how it went and is another
// after a clear no. What was begun is looked for first, so that nothing is made twice.
import { addShopDeedFact, shopDeedFacts } from '../store/shop-deeds.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { DeskDeps } from './deps.ts'

/** `found`: what is there already, as it was read just now. Throws StripeTrouble where it was not made. */
export async function doOnce<T extends { id: string }>(
  deps: DeskDeps,
  deed: string,
  found: T | null,
  make: (key: string) => Promise<T>,
): Promise<T> {
  const { db, operator } = deps.live
  const facts = shopDeedFacts(db, deed)
  const last = facts.at(-1)
  const write = (kind: 'begun' | 'made' | 'refused', key: string, made: string | null = null) =>
    addShopDeedFact(db, deed, { kind, key, made, at: deps.now(), operator, origin: deps.deskId })
  if (found !== null) {
    if (last?.kind === 'begun') write('made', last.key, found.id)
    return found
  }
  const open = last?.kind === 'begun' ? last.key : null
  const key = open ?? `shop:${deps.deskId}:${deed}:${facts.filter(({ kind }) => kind === 'begun').length + 1}`
  if (open === null) write('begun', key)
  try {
    const made = await make(key)
    write('made', key, made.id)
    return made
  } catch (error) {
    if (error instanceof StripeTrouble && error.kind === 'refused') write('refused', key)
    throw error
  }
}
