// A process that shows one card, signed, until it is told to stop; prints its figures.
// Arguments: port, card, checks a second over each connection (0: each as soon as the last was answered), how many
// connections, and for doors of ours an id and a key for each of them (a bare server needs none).
import { randomBytes } from 'node:crypto'
import http from 'node:http'
import { connect, sessionOn } from '../door/controller.ts'
import { figuresOf } from './figures.ts'

const [port, card, pace, connections, ...doors] = process.argv.slice(2) as [string, string, string, string, ...string[]]
const every = Number(pace) === 0 ? 0 : 1_000 / Number(pace)
const measured: number[] = []
let stopped = false
process.on('SIGTERM', () => {
  stopped = true
})

type Check = () => Promise<void>
const agents = Array.from({ length: Number(connections) }, () => new http.Agent({ keepAlive: true, maxSockets: 1 }))
const checks = await Promise.all(
  agents.map((agent, n) => {
    const [id, key] = doors.slice(2 * n)
    return id === undefined || key === undefined ? bare(agent) : ours({ id, key }, agent)
  }),
)
await Promise.all(
  checks.map(async (check) => {
    for (let warm = 0; warm < 50; warm++) await check()
  }),
)
measured.length = 0
console.log(JSON.stringify({ ready: true }))

const began = performance.now()
await Promise.all(checks.map(run))
const seconds = (performance.now() - began) / 1_000
console.log(JSON.stringify({ ...figuresOf(measured), perSecond: measured.length / seconds }))
for (const agent of agents) agent.destroy()

async function run(check: Check): Promise<void> {
  let due = performance.now()
  while (!stopped) {
    const start = performance.now()
    await check()
    measured.push(performance.now() - start)
    if (every === 0) continue
    due = Math.max(due + every, performance.now())
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
  }
}

async function ours(door: { id: string; key: string }, agent: http.Agent): Promise<Check> {
  const session = await connect(Number(port), door, { agent })
  return async () => {
    const reply = await session.check(card)
    if (reply.status !== 200 || reply.json.grant !== true)
      throw new Error(`The door said ${reply.status} ${reply.text}`)
  }
}

/** Signs and looks at replies as the other does, so that both pay for it; a bare server looks at nothing and signs nothing. */
function bare(agent: http.Agent): Check {
  const session = sessionOn(Number(port), { id: 'none', key: randomBytes(32) }, { agent })
  return async () => {
    const { status } = await session.check(card)
    if (status !== 200) throw new Error(`The bare server said ${status}`)
  }
}
