// Chance that can be repeated: the same seed gives the same people, ids and coins.

/** Hands out numbers in [0, 1); `state` is what has to be kept to go on where it stopped. */
export type Random = { next(): number; state(): number }

/** mulberry32: small, fast and good enough for names; nothing here guards a secret. */
export function random(seed: number): Random {
  let state = seed >>> 0
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
    },
    state: () => state,
  }
}

export function pick<T>(chance: Random, from: readonly T[]): T {
  const item = from[Math.floor(chance.next() * from.length)]
  if (item === undefined) throw new Error('Picking at random: the list is empty')
  return item
}

/** Whole numbers from `low` to `high`, both included. */
export function between(chance: Random, low: number, high: number): number {
  return low + Math.floor(chance.next() * (high - low + 1))
}

export function shuffled<T>(chance: Random, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: chance.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** `cus_` and the like with random letters: like Stripe's, such an id says nothing about when it was made. */
export function randomId(chance: Random, prefix: string, length: number): string {
  let id = prefix
  for (let n = 0; n < length; n += 1) id += ALPHABET.charAt(Math.floor(chance.next() * ALPHABET.length))
  return id
}
