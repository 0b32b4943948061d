// A process that shows one card at one door, signed, at an even pace, until it is told to stop; prints its figures.
// Arguments: port, card, checks a second, and for a door of ours its id and key (a bare server needs none).
import { randomBytes, randomUUID } from 'node:crypto'
import http from 'node:http'
import { requestSignature } from '../../hardware/sim/door-link-crypto.ts'
import { connect, send } from '../door/controller.ts'
import { figuresOf } from './figures.ts'

const [port, card, pace, doorId, doorKey] = process.argv.slice(2) as [string, string, string, string?, string?]
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
const every = 1_000 / Number(pace)
const measured: number[] = []
let stopped = false
process.on('SIGTERM', () => {
  stopped = true
})

const check = doorId === undefined || doorKey === undefined ? bare() : await ours({ id: doorId, key: doorKey })
for (let warm = 0; warm < 50; warm++) await check()
console.log(JSON.stringify({ ready: true }))

let due = performance.now()
while (!stopped) {
  const began = performance.now()
  await check()
  measured.push(performance.now() - began)
  due = Math.max(due + every, performance.now())
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
}
console.log(JSON.stringify(figuresOf(measured)))
agent.destroy()

async function ours(door: { id: string; key: string }): Promise<() => Promise<void>> {
  const session = await connect(Number(port), door, { agent })
  return async () => {
    const reply = await session.check(card)
    if (reply.status !== 200 || reply.json.grant !== true)
      throw new Error(`The door said ${reply.status} ${reply.text}`)
  }
}

/** Signs as the other does, so that both pay for it; a bare server looks at nothing. */
function bare(): () => Promise<void> {
  const key = randomBytes(32)
  const path = '/door/v1/check'
  let seq = 0
  return async () => {
    const body = JSON.stringify({ id: randomUUID(), card })
    seq += 1
    const signature = requestSignature(key, { seq: String(seq), method: 'POST', path, body })
    const headers = { 'latchkey-session': 'none', 'latchkey-seq': String(seq), 'latchkey-signature': signature }
    const reply = await send(Number(port), { method: 'POST', path, headers, body }, { agent })
    if (reply.status !== 200) throw new Error(`The bare server said ${reply.status}`)
  }
}
