// Chance with a seed, so that a run that fails can be had again.

export type Random = {
  below(n: number): number
  pick<T>(list: readonly T[]): T
  hex(length: number): string
  bytes(length: number): Buffer
}

/** mulberry32 */
export function randomFrom(seed: number): Random {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  const bytes = (length: number) => {
    const made = Buffer.allocUnsafe(length)
    for (let at = 0; at < length; at += 1) made[at] = below(256)
    return made
  }
  return {
    below,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
    hex: (length) =>
      bytes(Math.ceil(length / 2))
        .toString('hex')
        .slice(0, length),
    bytes,
  }
}
