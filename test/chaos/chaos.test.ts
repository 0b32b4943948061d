// A desk that is killed under load loses nothing that it has said. A hundred kills by `npm run test:deep -- chaos`.
import { expect, test } from 'vitest'
import { liveThrough } from './live-through-kills.ts'

test('a door thread and a desk that are killed under load lose no answer, answer nothing twice and turn no revision back', {
  timeout: 120_000,
}, async () => {
  const { answers, events, changes } = await liveThrough(['unsaid', 'desk', 'throw', 'unsaid'], (n) => n * 10)
  expect(answers).toBeGreaterThan(20)
  expect(events).toBeGreaterThan(10)
  expect(changes).toBeGreaterThan(0)
})
