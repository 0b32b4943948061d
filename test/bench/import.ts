// A first import against the sandbox's long lists, alone or beside a door that is asked all the while.
import { startChild } from './child.ts'
import { short } from './figures.ts'

/** Milliseconds that the sandbox takes for each answer. */
export const LATENCY = 40
/** Checks a second that a door makes meanwhile. */
const PACE = 50

type Import = { ms: number; objects: number; members: number; maxRss: number; cpuMs: number; inboxMs: number }
type Bulk = { base: string; key: string; from: number; to: number; counters: () => Promise<Counters> }
type Counters = { requests: number; refused429: number }
export type Mode = 'test' | 'live'
type Door = { count: number; p50: number; p99: number; max: number }

/** `limits`: Stripe's own, at the sandbox. */
export async function withBulk<T>(
  customers: number,
  latency: number,
  work: (bulk: Bulk) => Promise<T>,
  limits: Mode | 'none' = 'none',
): Promise<T> {
  const child = startChild('bulk-sandbox.ts', [String(customers), String(latency), limits])
  try {
    const where = await child.next()
    const counters = () => {
      child.process.kill('SIGUSR2')
      return child.next()
    }
    return await work({ ...where, counters })
  } finally {
    child.end()
  }
}

export async function bareLoop({ base, key, from, to }: Bulk): Promise<Import> {
  return startChild('bare-loop.ts', [base, key, String(from), String(to)]).next()
}

/** `beside`: a door is asked all the while: ours, or a bare server that shares the machine with the same import. */
export async function importInto(
  { base, key }: Bulk,
  pace: 'free' | Mode,
  beside: 'nobody' | 'our door' | 'a bare server',
): Promise<{ figures: Import; door: Door | null }> {
  const desk = startChild('import-desk.ts', [base, key, pace])
  const { port, door, doorKey, card } = await desk.next()
  const bare = beside === 'a bare server' ? startChild('bare-server.ts', ['group']) : null
  const client =
    beside === 'nobody'
      ? null
      : startChild(
          'door-client.ts',
          bare === null
            ? [String(port), card, String(PACE), '1', door, doorKey]
            : [String((await bare.next()).port), card, String(PACE), '1'],
        )
  if (client !== null) await client.next()
  desk.process.kill('SIGUSR2')
  const figures: Import = await desk.next()
  client?.end()
  const measured = client === null ? null : ((await client.next()) as Door)
  bare?.end()
  desk.end()
  return { figures, door: measured }
}

/** What a door answers beside an import, in one sentence: ours, and a bare group-commit server beside the same import. */
export async function besideImport(customers: number): Promise<string> {
  return withBulk(customers, LATENCY, async (bulk) => {
    const ours = await importInto(bulk, 'free', 'our door')
    const bare = await importInto(bulk, 'free', 'a bare server')
    const say = (door: Door | null) =>
      door === null ? '' : `p50 ${short(door.p50)} ms, p99 ${short(door.p99)} ms of ${door.count}`
    const ratio = (ours.door?.p99 ?? Number.NaN) / (bare.door?.p99 ?? Number.NaN)
    return `A door asked ${PACE} times a second beside the import of ${customers} customers: ${say(ours.door)}; a bare group-commit server beside it: ${say(bare.door)}; ratio of p99 ${short(ratio)}.`
  })
}
