// A million payloads at the topics of an ESP-RFID box; LATCHKEY_FUZZ and LATCHKEY_SEED choose others.
import { expect, test } from 'vitest'
import { randomFrom } from '../fuzz/random.ts'
import { storm } from '../hardware/esp-rfid-payloads.ts'

const PAYLOADS = Number(process.env.LATCHKEY_FUZZ ?? 1_000_000)
const SEED = Number(process.env.LATCHKEY_SEED ?? 1)

test(`${PAYLOADS} random and mutated payloads break nothing`, async () => {
  const began = performance.now()
  const every = Math.max(1_000, PAYLOADS / 10)
  const counted = await storm(randomFrom(SEED), PAYLOADS, (sent) => {
    if (sent % every === 0) console.log(`${sent} payloads, ${Math.round((performance.now() - began) / 1_000)} s`)
  })
  console.log(`Seed ${SEED}: ${JSON.stringify(counted)}`)
  expect(counted.understood).toBeGreaterThan(PAYLOADS / 20)
  expect(counted.events).toBeGreaterThan(PAYLOADS / 100)
})
