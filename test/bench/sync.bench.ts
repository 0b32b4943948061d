// How long a first import takes, beside a bare loop that pages the same lists; what a door answers meanwhile, beside a
// bare group-commit server. Arguments: sizes in customers (default 1000 10000 100000), "quick" for the small ones alone.
import { BILLING_KINDS } from '../../src/main/domain/billing.ts'
import { LIVE_PACE, RISE, TEST_PACE } from '../../src/main/stripe/limiter.ts'
import { short, table } from './figures.ts'
import { bareLoop, besideImport, importInto, LATENCY, type Mode, withBulk } from './import.ts'

const given = process.argv.slice(2)
const quick = given.includes('quick')
const sizes = given.map(Number).filter((size) => size > 0)
const wanted = sizes.length > 0 ? sizes : quick ? [1_000] : [1_000, 10_000, 100_000]

const seconds = (ms: number) => `${short(ms / 1_000)} s`
const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`

console.log(
  `First import against lists with ${LATENCY} ms an answer, no limits; each customer has a subscription and two invoices.`,
)
const rows: string[][] = [
  ['customers', 'objects', 'import', 'objects/s', 'bare loop', 'ratio', 'cpu', 'memory', 'members', 'inbox'],
]
for (const size of wanted) {
  rows.push(
    await withBulk(size, LATENCY, async (bulk) => {
      const loops = [await bareLoop(bulk), await bareLoop(bulk)].map(({ ms }) => ms)
      const best = Math.min(...loops)
      const { figures } = await importInto(bulk, 'free', 'nobody')
      const { ms, objects, maxRss, cpuMs, members, inboxMs } = figures
      return [
        ...[size, objects].map(String),
        ...[seconds(ms), String(Math.round(objects / (ms / 1_000))), seconds(best), short(ms / best)],
        ...[seconds(cpuMs), megabytes(maxRss), String(members), seconds(inboxMs)],
      ]
    }),
  )
  console.log(table(rows.slice(0, 1).concat(rows.slice(-1))))
}

const middle = Math.min(10_000, wanted.at(-1) ?? 10_000)
await withBulk(middle, 0, async (bulk) => {
  const best = Math.min((await bareLoop(bulk)).ms, (await bareLoop(bulk)).ms)
  const { figures } = await importInto(bulk, 'free', 'nobody')
  console.log(
    `At 0 ms an answer, ${middle} customers: import ${seconds(figures.ms)}, bare loop ${seconds(best)}, ratio ${short(figures.ms / best)} (bounded by this computer's processor).`,
  )
})

console.log(await besideImport(middle))

/** How fast a reader of lists can be at all: by the requests a second that we allow ourselves, which rise in live mode. */
const LIMIT: Record<Mode, { account: { from: number; to: number; rise: number }; list: number }> = {
  test: { account: { from: TEST_PACE.from, to: TEST_PACE.to, rise: RISE }, list: Number.POSITIVE_INFINITY },
  live: { account: { from: LIVE_PACE.from, to: LIVE_PACE.to, rise: RISE }, list: LIVE_PACE.endpoint ?? 0 },
}

/** The least time that so many requests take: no list faster than its own limit, all of them as the account's pace rises. */
function boundOf(mode: Mode, perList: readonly number[]): number {
  const { account, list } = LIMIT[mode]
  const all = perList.reduce((sum, pages) => sum + pages, 0)
  let [sent, ms] = [0, 0]
  for (; sent < all; ms += 10) sent += Math.min(account.to, account.from + (account.rise * ms) / 1_000) / 100
  return Math.max(ms, (Math.max(...perList) / list) * 1_000)
}

for (const mode of ['test', 'live'] as const) {
  await withBulk(
    middle,
    LATENCY,
    async (bulk) => {
      const { figures } = await importInto(bulk, mode, 'nobody')
      const { requests, refused429 } = await bulk.counters()
      // Customers, subscriptions, and twice as many invoices; of everything else a page.
      const pages = Math.ceil(middle / 100)
      const bound = boundOf(mode, [pages, pages, 2 * pages, ...BILLING_KINDS.slice(3).map(() => 1)])
      console.log(
        `With Stripe's limits of ${mode} mode on and our pace for them, ${middle} customers: ${requests} requests, ${refused429} refused (429); ${seconds(figures.ms)}, the limit's own bound ${seconds(bound)}, ratio ${short(figures.ms / bound)}.`,
      )
    },
    mode,
  )
}
process.exit(0)
