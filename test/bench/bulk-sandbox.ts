// A large account of the sandbox for benches. Arguments: customers, milliseconds that every answer takes, and whose limits
// hold ("test", "live" or "none"). Prints where it is, its key, and between which moments (in seconds) everything was made;
// on SIGUSR2 how many requests it had and how many of them it refused.
import { SPREAD } from '../../src/main/sandbox/bulk-world.ts'
import { startSandbox } from '../../src/main/sandbox/stripe-server.ts'

const [customers, wait, mode] = process.argv.slice(2)
const at = Date.UTC(2026, 10, 20)
const limits = mode === 'test' || mode === 'live' ? mode : null
const { url, key, counters } = await startSandbox({
  port: 0,
  seed: 1,
  stateFile: null,
  realNow: () => at,
  bulk: Number(customers),
  latency: Number(wait),
  limits,
})
process.on('SIGUSR2', () => console.log(JSON.stringify(counters)))
const to = at / 1_000
console.log(JSON.stringify({ base: url, key, from: to - SPREAD, to }))
