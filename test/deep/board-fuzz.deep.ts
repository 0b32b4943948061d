// A million datagrams that no board sends; LATCHKEY_FUZZ and LATCHKEY_SEED choose others.
import { expect, test } from 'vitest'
import { randomFrom } from '../fuzz/random.ts'
import { parseStrange } from '../fuzz/uhppote-datagrams.ts'

const DATAGRAMS = Number(process.env.LATCHKEY_FUZZ ?? 1_000_000)
const SEED = Number(process.env.LATCHKEY_SEED ?? 1)

test(`${DATAGRAMS} datagrams that no board sends are understood or left aside, and nothing throws`, {
  timeout: 3_600_000,
}, () => {
  const taken = parseStrange(randomFrom(SEED), DATAGRAMS)
  console.log(`Seed ${SEED}: ${taken} of ${DATAGRAMS} were taken for a message`)
  expect(taken).toBeGreaterThan(DATAGRAMS / 20)
  expect(taken).toBeLessThan(DATAGRAMS)
})
