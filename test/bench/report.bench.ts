// How quickly reports are answered, and whether a door notices. Arguments: members (default 100000), with
// twelve invoices and fifty swipes each; "rounds=N" of questions (default 200).
import { type Child, startChild } from './child.ts'
import { type Figures, short, table } from './figures.ts'

const given = process.argv.slice(2)
const people = Number(given.find((word) => Number(word) > 0) ?? 100_000)
const rounds = given.find((word) => word.startsWith('rounds='))?.split('=')[1] ?? '200'
/** Checks a second that the door makes all the while. */
const PACE = 50
const ALONE = 10_000

const ms = (value: number) => `${short(value)} ms`
const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`

const desk = startChild('report-desk.ts', [String(people), rounds])
const { port, door, key, card, filled } = await desk.next()
console.log(`${people} members: made in ${Math.round(filled / 1_000)} s.`)

async function doorWhile<T>(work: () => Promise<T>): Promise<[T, Figures]> {
  const client: Child = startChild('door-client.ts', [String(port), card, String(PACE), '1', door, key])
  await client.next()
  const value = await work()
  client.end()
  return [value, await client.next()]
}

const part = () => {
  desk.process.kill('SIGUSR2')
  return desk.next()
}
const [, alone] = await doorWhile(() => new Promise((resolve) => setTimeout(resolve, ALONE)))
const [build, beside] = await doorWhile(part)
console.log(
  `report.db is made of ${build.rows} rows in ${ms(build.built)}; desk, access, report: ${build.sizes.map(mb).join(', ')}.`,
)
const [asked, besideReports] = await doorWhile(part)
type Asked = Figures & { name: string; first: number; bare: number }
console.log(
  table([
    ['', 'p50', 'p99', 'max', 'the first', 'p50 to a bare SELECT'],
    ...asked.figures.map((one: Asked) => [
      ...[one.name, ms(one.p50), ms(one.p99), ms(one.max), ms(one.first)],
      `${short(one.p50 / one.bare)} of ${ms(one.bare)}`,
    ]),
  ]),
)
for (const { took, swipes, unknown, people } of asked.tried)
  console.log(
    `A rule tried on 90 days, ${swipes} swipes: ${ms(took)}, ${people} people treated differently, ${unknown} swipes unknown.`,
  )
console.log(`The whole program took at most ${mb(asked.maxRss)}.`)
const doorLine = (what: string, one: Figures) =>
  `${what}: p50 ${ms(one.p50)}, p99 ${ms(one.p99)} (${short(one.p99 / alone.p99)} of alone), max ${ms(one.max)}, ${one.count} checks.`
console.log(doorLine('The door alone', alone))
console.log(doorLine('The door while report.db is made', beside))
console.log(doorLine('The door while reports are asked for', besideReports))
desk.end()
await new Promise((resolve) => desk.process.once('exit', resolve))
process.exit(0)
