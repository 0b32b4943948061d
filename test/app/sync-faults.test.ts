// A desk beside a Stripe at its worst: every fault that the sandbox has at once, events late, in old shapes and some of them
// lost, webhooks doubled and out of order, while things go on happening there. In the end it has the truth.
import { expect, onTestFinished, test } from 'vitest'
import { createWebhookDesk } from '../../src/main/app/receive-webhook.ts'
import { MINUTE, SECOND } from '../../src/main/domain/time.ts'
import { startWebhookServer } from '../../src/main/host/webhook-server.ts'
import { FAULTS } from '../../src/main/sandbox/faults.ts'
import { countDead } from '../../src/main/store/billing-dirty.ts'
import { naiveStandings } from './naive-standing.ts'
import { type Backend, openBackend, openDesk, portTo, type SyncedDesk, standings } from './synced-desk.ts'

const SECRET = 'whsec_faults_000000'
const ROUNDS = 8

async function receiveFrom({ sandbox }: Backend, { db, runner }: SyncedDesk) {
  const webhooks = createWebhookDesk({
    db,
    now: sandbox.now,
    secret: () => SECRET,
    listening: () => true,
    onNews: () => void runner.run({ full: false }).catch(() => undefined),
  })
  const nowhere = { host: '127.0.0.1', port: 0 }
  const server = await startWebhookServer(
    nowhere,
    () => webhooks,
    () => undefined,
  )
  onTestFinished(() => server.close())
  sandbox.addReceiver({
    url: `http://127.0.0.1:${server.port}/stripe/webhook`,
    secret: SECRET,
    doubled: 0.3,
    shuffled: true,
  })
  return webhooks
}

test('with every fault at once a desk loads, follows for ten minutes, and ends with the truth', async () => {
  const backend = await openBackend(0, 0)
  const { sandbox } = backend
  const { acts } = sandbox
  const plans = acts.plans()
  const people = Array.from({ length: 40 }, (_, n) => {
    const customer = acts.createCustomer({ name: `Person ${n}`, email: `p${n}@example.org` })
    return { customer, subscription: acts.subscribe(customer, plans[n % plans.length] ?? '') }
  })
  const stops = FAULTS.filter((kind) => kind !== 'slow')
  for (const kind of stops) sandbox.fail({ kind, chance: 0.02 })
  sandbox.fail({ kind: '429', chance: 0.02, retry: true })
  sandbox.fail({ kind: '500-after', chance: 0.02, retry: false })
  sandbox.fail({ kind: 'slow', chance: 0.05, ms: 20 })
  sandbox.tell({ late: 20, lost: 0.05, payloads: 'old' })

  const desk = openDesk(backend)
  // No proxy in between: what fails is the sandbox itself.
  const port = portTo(backend, sandbox.key, sandbox.now, sandbox.url)
  desk.runner.setStripe(port)
  const webhooks = await receiveFrom(backend, desk)
  let failed = 0
  const sync = (full = false) =>
    desk.runner.run({ full }).catch(() => {
      failed += 1
    })
  const deeds: ((who: (typeof people)[number], n: number) => void)[] = [
    ({ subscription }) => acts.cancelNow(subscription),
    ({ subscription }) => acts.pauseCollection(subscription),
    ({ subscription }) => acts.changePlan(subscription, plans[0] ?? ''),
    ({ subscription }) => acts.cancelAtEnd(subscription),
    ({ subscription }, n) =>
      acts.applyDiscount(subscription, acts.createCoupon({ percent_off: 10 + n, duration: 'once' })),
    ({ customer }) => acts.changeEmail(customer, `${customer}@example.org`),
    ({ customer }, n) => acts.addBalance(customer, -100 * (n + 1)),
    ({ subscription }) => void acts.changePlanAtEnd(subscription, plans[1] ?? ''),
    ({ customer }) => acts.deleteCustomer(customer),
  ]
  for (let round = 0; round < ROUNDS; round++) {
    for (const [n, deed] of deeds.entries()) {
      const who = people[(round * deeds.length + n * 7) % people.length]
      if (who !== undefined) acts.tries(() => deed(who, n))
    }
    await sandbox.advance(MINUTE + 13 * SECOND)
    await sandbox.deliver()
    await sync()
  }
  // It was as bad as it should be.
  expect(failed).toBeGreaterThan(0)
  expect(port.observed().refused).toBeGreaterThan(0)
  expect(webhooks.figures().received).toBeGreaterThan(people.length)
  expect(webhooks.figures().refused).toBe(0)

  sandbox.heal()
  sandbox.tell({ late: 0 })
  await sandbox.advance(2 * MINUTE)
  desk.db.exec('UPDATE billing_dirty SET not_before = 0')
  await desk.runner.run({ full: false })
  // What no event told of is what a comparison finds; after it nothing is left to find.
  await desk.runner.run({ full: true })
  const truth = await naiveStandings(sandbox.url, sandbox.key, sandbox.now())
  const here = [...standings(desk)]
  expect(new Map(here.filter(([customer]) => truth.has(customer)))).toEqual(truth)
  // Whom Stripe no longer lists has nothing left there.
  const gone = here.filter(([customer]) => !truth.has(customer))
  expect([gone.length > 0, new Set(gone.map(([, standing]) => standing))]).toEqual([true, new Set(['ended'])])
  expect((await desk.runner.run({ full: true })).drift).toBe(0)
  expect(countDead(desk.db)).toBe(0)
}, 120_000)
