// How quickly a door is answered, beside bare servers in the same run and driven by the same signing client; and beside a
// full import. Arguments: sizes in members (default 1000 100000 1000000), "quick" for the small ones with a short log,
// "seconds=N" for each measurement.
import { startChild } from './child.ts'
import { figuresOf, short, table } from './figures.ts'
import { besideImport } from './import.ts'

const given = process.argv.slice(2)
const quick = given.includes('quick')
const sizes = given.map(Number).filter((size) => size > 0)
const wanted = sizes.length > 0 ? sizes : quick ? [1_000, 10_000] : [1_000, 100_000, 1_000_000]
const seconds = Number(given.find((word) => word.startsWith('seconds='))?.split('=')[1] ?? (quick ? 1 : 2))
const ROWS = quick ? 10_000 : 1_000_000
const DOORS = 32
const ROUNDS = quick ? 3 : 7

type Figures = { count: number; p50: number; p99: number; max: number; perSecond: number }
type Server = { port: number; card: string; doors: { id: string; key: string }[] }

/** Shows a card over so many connections, on each as soon as it was answered. */
async function drive({ port, card, doors }: Server, connections: number): Promise<Figures> {
  const keys = doors.slice(0, connections).flatMap(({ id, key }) => [id, key])
  const client = startChild('door-client.ts', [String(port), card, '0', String(connections), ...keys])
  await client.next()
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000))
  client.end()
  return client.next()
}

/** Each server's figures in the middle of all rounds; in the first, which does not count, its code is still being compiled.
 * They take turns, for a machine is slower at one time than at another. */
async function inTurn(servers: readonly Server[], connections: number): Promise<Figures[]> {
  const measured = servers.map((): Figures[] => [])
  for (let round = 0; round <= ROUNDS; round++)
    for (const [n, server] of servers.entries()) {
      const figures = await drive(server, connections)
      if (round > 0) measured[n]?.push(figures)
    }
  return measured.map((rounds) => {
    const middle = (name: keyof Figures) => figuresOf(rounds.map((figures) => figures[name])).p50
    return {
      count: middle('count'),
      p50: middle('p50'),
      p99: middle('p99'),
      max: middle('max'),
      perSecond: middle('perSecond'),
    }
  })
}

/** Beside a desk of so many members: bare servers and the desk over one connection, then over many. */
async function measure(members: number) {
  const desk = startChild('door-desk.ts', [String(members), String(ROWS), String(DOORS)])
  const ours: Server = await desk.next()
  const bare = ['constant', 'single', 'group'].map((how) => startChild('bare-server.ts', [how]))
  const [constant, single, group] = (await Promise.all(bare.map((child) => child.next()))) as [Server, Server, Server]
  // The many first: by then everything that is asked often has been compiled.
  const many = await inTurn([constant, group, ours], DOORS)
  const one = await inTurn([single, ours], 1)
  for (const child of [desk, ...bare]) child.end()
  return { one: one as [Figures, Figures], many: many as [Figures, Figures, Figures] }
}

const line = (members: number, who: string, connections: number, { p50, p99, perSecond }: Figures) => [
  ...[`${members} members, ${connections}:`, who],
  ...[`${short(p50)} ms`, `${short(p99)} ms`, String(Math.round(perSecond))],
]

console.log(
  `Checks at doors over 1 and ${DOORS} connections, every row durable, ${ROWS} rows in the log; in turn, ${ROUNDS} times ${seconds} s each.`,
)
const rows = [['', '', 'p50', 'p99', '/s']]
const p50s: number[] = []
const ratios: number[] = []
for (const members of wanted) {
  const {
    one: [single, alone],
    many: [constant, group, busy],
  } = await measure(members)
  rows.push(line(members, 'bare, single', 1, single), line(members, 'desk', 1, alone))
  rows.push(line(members, 'bare, constant', DOORS, constant), line(members, 'bare, group', DOORS, group))
  rows.push(line(members, 'desk', DOORS, busy))
  p50s.push(alone.p50)
  ratios.push(alone.p50 / single.p50)
  console.log(
    `${members} members: 1 connection p50 ${short(alone.p50 / single.p50)} and p99 ${short(alone.p99 / single.p99)} of one SELECT and one INSERT; ` +
      `${DOORS} connections ${short(busy.perSecond / constant.perSecond)} of the constant answer's rate, ${short(busy.perSecond / group.perSecond)} of group commit's.`,
  )
}
console.log(table(rows))
const growth = (of: readonly number[]) => short((of.at(-1) ?? Number.NaN) / (of[0] ?? Number.NaN))
if (p50s.length > 1)
  console.log(
    `p50 at ${wanted.at(-1)} members is ${growth(p50s)} of that at ${wanted[0]}; by the bare servers beside them, ${growth(ratios)}.`,
  )
console.log(await besideImport(quick ? 1_000 : 10_000))
console.log(
  'One connection is bound by one durable commit a question, many by the one thread that checks signatures and rules.',
)
process.exit(0)
