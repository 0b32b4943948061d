// An enemy on the wire who hears everything and sends whatever comes to mind, framing included: no crash, no hang, no
// grant. A million by `npm run test:deep -- fuzz`.
import { expect, test } from 'vitest'
import { randomFrom } from '../fuzz/random.ts'
import { besiege } from '../fuzz/siege.ts'
import { worldForTest } from './world.ts'

const REQUESTS = 20_000

test(`${REQUESTS} random and mutated requests open nothing, break nothing and hold nobody up`, {
  timeout: 120_000,
}, async () => {
  const { requests, statuses } = await besiege(worldForTest(), randomFrom(20_261_120), REQUESTS)
  expect(requests).toBeGreaterThanOrEqual(REQUESTS)
  // The whole of the protocol was met, not only the parser of HTTP.
  for (const status of ['200', '400', '401', '409', '413', '431', 'signed 200', 'signed 400', 'signed 409'])
    expect(statuses[status], status).toBeGreaterThan(0)
})
