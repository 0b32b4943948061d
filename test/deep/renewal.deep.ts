// Three hundred people renew in one minute; `npm test` has seventy-five of them.
import { test } from 'vitest'
import { renewalMorning } from '../app/renewal-morning.ts'

test('300 renew in one minute, and nobody turns amber at any step', { timeout: 600_000 }, async () => {
  await renewalMorning(300)
})
