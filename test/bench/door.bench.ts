// How quickly a door is answered, beside bare servers in the same run and driven by the same signing client; and beside a
// full import. Arguments: sizes in members (default 1000 100000 1000000), "quick" for the small ones with a short log,
// "seconds=N" for each measurement.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Child, startChild } from './child.ts'
import { short, table } from './figures.ts'
import { besideImport } from './import.ts'

const given = process.argv.slice(2)
const quick = given.includes('quick')
const sizes = given.map(Number).filter((size) => size > 0)
const wanted = sizes.length > 0 ? sizes : quick ? [1_000, 10_000] : [1_000, 100_000, 1_000_000]
const seconds = Number(given.find((word) => word.startsWith('seconds='))?.split('=')[1] ?? (quick ? 2 : 5))
const ROWS = quick ? 10_000 : 1_000_000
const DOORS = 32

type Figures = { count: number; p50: number; p99: number; max: number; perSecond: number }
type Desk = { port: number; doors: { id: string; key: string }[]; card: string }

/** So many connections, each asking as soon as it was answered. */
async function drive(port: number, card: string, connections: number, doors: Desk['doors'] = []): Promise<Figures> {
  const keys = doors.slice(0, connections).flatMap(({ id, key }) => [id, key])
  const client = startChild('door-client.ts', [String(port), card, '0', String(connections), ...keys])
  await client.next()
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000))
  client.end()
  return client.next()
}

async function bare(how: 'constant' | 'single' | 'group', connections: number): Promise<Figures> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-bare-'))
  const server: Child = startChild('bare-server.ts', [folder, how])
  try {
    return await drive((await server.next()).port, '6F00000010', connections)
  } finally {
    server.end()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

const ms = (value: number) => `${short(value)} ms`
const line = (name: string, one: Figures, many: Figures) => [
  ...[name, ms(one.p50), ms(one.p99), String(Math.round(one.perSecond))],
  ...[ms(many.p50), ms(many.p99), String(Math.round(many.perSecond))],
]
const HEAD = ['', '1: p50', 'p99', '/s', `${DOORS}: p50`, 'p99', '/s']

console.log(
  `Checks at doors over 1 and ${DOORS} connections, every row durable, ${ROWS} rows in the log; ${seconds} s each.`,
)
const base = {
  constant: [await bare('constant', 1), await bare('constant', DOORS)],
  single: [await bare('single', 1), await bare('single', DOORS)],
  group: [await bare('group', 1), await bare('group', DOORS)],
} as Record<string, [Figures, Figures]>
const rows = [HEAD, ...Object.entries(base).map(([name, [one, many]]) => line(`bare, ${name}`, one, many))]
const p50s: number[] = []
for (const members of wanted) {
  const child = startChild('door-desk.ts', [String(members), String(ROWS), String(DOORS)])
  const { port, doors, card }: Desk = await child.next()
  const one = await drive(port, card, 1, doors)
  const many = await drive(port, card, DOORS, doors)
  child.end()
  rows.push(line(`${members} members`, one, many))
  p50s.push(one.p50)
  const to = (name: string): [Figures, Figures] => base[name] as [Figures, Figures]
  console.log(
    `${members} members: 1 connection p50 ${short(one.p50 / to('single')[0].p50)} and p99 ${short(one.p99 / to('single')[0].p99)} of one SELECT and one INSERT; ` +
      `${DOORS} connections ${short(many.perSecond / to('constant')[1].perSecond)} of the constant answer's rate, ${short(many.perSecond / to('group')[1].perSecond)} of group commit's.`,
  )
}
console.log(table(rows))
const [least = 1] = p50s
if (p50s.length > 1)
  console.log(`p50 at ${wanted.at(-1)} members is ${short((p50s.at(-1) ?? 0) / least)} of that at ${wanted[0]}.`)
console.log(await besideImport(quick ? 1_000 : 10_000))
console.log(
  'One connection is bound by one durable commit a question, many by the one thread that checks signatures and rules.',
)
process.exit(0)
