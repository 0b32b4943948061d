// A hundred kills under load; LATCHKEY_KILLS and LATCHKEY_SEED choose others.
import { availableParallelism, loadavg } from 'node:os'
import { expect, test } from 'vitest'
import { type Kill, liveThrough } from '../chaos/live-through-kills.ts'
import { randomFrom } from '../fuzz/random.ts'

const KILLS = Number(process.env.LATCHKEY_KILLS ?? 100)
const { below, pick } = randomFrom(Number(process.env.LATCHKEY_SEED ?? 1))
const THREAD = ['throw', 'reject', 'exit', 'unsaid', 'unsaid'] as const

test(`${KILLS} kills lose no answer, answer nothing twice and turn no revision back`, {
  timeout: 3_600_000,
}, async () => {
  const kills = Array.from({ length: KILLS }, (_, n): Kill => (n % 2 === 0 ? pick(THREAD) : 'desk'))
  const { silent, ...lived } = await liveThrough(kills, () => below(200))
  const [load = 0] = loadavg()
  console.log(`${JSON.stringify(lived)}, with ${load.toFixed(1)} wanting one of ${availableParallelism()} processors`)
  for (const [what, ofThread] of [
    ['The door thread', true],
    ['The whole desk', false],
  ] as const) {
    const times = silent.filter(({ kill }) => (kill !== 'desk') === ofThread).map(({ ms }) => ms)
    times.sort((a, b) => a - b)
    const [half, most] = [times[Math.floor(times.length / 2)] ?? 0, times.at(-1) ?? 0]
    console.log(`${what} was killed ${times.length} times: back after ${half} ms (half of them), ${most} ms at most.`)
    // A second is promised of a computer that has time for it.
    if (ofThread && load <= availableParallelism()) expect(most).toBeLessThan(1_000)
  }
})
