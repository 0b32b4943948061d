// Ten thousand frames of every kind of reader on a noisy line; LATCHKEY_FRAMES and LATCHKEY_SEED choose others.
import { expect, test } from 'vitest'
import { hearNoise, SPEAKERS } from '../hardware/noisy-lines.ts'

const FRAMES = Number(process.env.LATCHKEY_FRAMES ?? 10_000)
const SEED = Number(process.env.LATCHKEY_SEED ?? 1)

test.each(Object.keys(SPEAKERS))(`of ${FRAMES} frames of %s exactly those that are whole are read`, (name) => {
  const { frames, unhurt, reads, rejected } = hearNoise(name, FRAMES, SEED)
  console.log(`Seed ${SEED}, ${name}: ${frames} frames, ${unhurt} unhurt, ${reads} read, ${rejected} refused`)
  expect(frames).toBeGreaterThanOrEqual(FRAMES)
  expect(reads).toBeGreaterThan(unhurt / 3)
})
