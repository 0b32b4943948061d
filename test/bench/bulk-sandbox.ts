// A large account of the sandbox for benches, without limits. Arguments: customers, milliseconds that every answer takes.
// Prints where it is, its key, and between which moments (in seconds) everything was made.
import { SPREAD } from '../../src/main/sandbox/bulk-world.ts'
import { startSandbox } from '../../src/main/sandbox/stripe-server.ts'

const [bulk = 0, latency = 0] = process.argv.slice(2).map(Number)
const at = Date.UTC(2026, 10, 20)
const { url, key } = await startSandbox({ port: 0, seed: 1, stateFile: null, realNow: () => at, bulk, latency })
const to = at / 1_000
console.log(JSON.stringify({ base: url, key, from: to - SPREAD, to }))
