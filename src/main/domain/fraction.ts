// Exact fractions of minor units: a yearly price is a twelfth of it a month, and only sums are rounded.

/** `num` / `den`, both whole, `den` above zero. */
export type Fraction = { num: bigint; den: bigint }

export function fraction(num: number | bigint, den: number | bigint = 1): Fraction {
  return reduced(BigInt(num), BigInt(den))
}

export function times(a: Fraction, b: Fraction): Fraction {
  return reduced(a.num * b.num, a.den * b.den)
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return a.den === b.den ? { num: a.num + b.num, den: a.den } : reduced(a.num * b.den + b.num * a.den, a.den * b.den)
}

/** Halves go up. */
export function rounded({ num, den }: Fraction): number {
  const doubled = 2n * num + den
  const whole = doubled / (2n * den)
  return Number(doubled < 0n && whole * 2n * den !== doubled ? whole - 1n : whole)
}

function reduced(num: bigint, den: bigint): Fraction {
  if (den === 1n) return { num, den }
  const common = gcd(num < 0n ? -num : num, den)
  return common === 1n ? { num, den } : { num: num / common, den: den / common }
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}
