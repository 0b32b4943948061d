// `latchkey sandbox`: the Stripe stand-in alone, for those who test against it.
import path from 'node:path'
import { type Lasting, type LastingIo, type Running, text, type Values } from './command.ts'

export const SANDBOX: Lasting = {
  words: 'sandbox',
  args: '[--port N] [--seed N] [--empty] [--state DIR] [--latency MS] [--live-limits | --no-limits] [--bulk N] [--check]',
  about: 'a stand-in for Stripe on this computer, with sample people and a clock of its own (docs/sandbox.md)',
  options: {
    port: { type: 'string' },
    seed: { type: 'string' },
    empty: { type: 'boolean' },
    state: { type: 'string' },
    latency: { type: 'string' },
    'live-limits': { type: 'boolean' },
    'no-limits': { type: 'boolean' },
    bulk: { type: 'string' },
    check: { type: 'boolean' },
  },
  start: startSandboxCommand,
}

const NUMBERS = { port: 65_535, seed: 2 ** 32 - 1, latency: 600_000, bulk: 10_000_000 } as const

/** Starts it and says so in one line of JSON; a sentence where an option makes no sense. */
async function startSandboxCommand(values: Values, { out }: LastingIo): Promise<Running | { usage: string }> {
  const numbers: Partial<Record<keyof typeof NUMBERS, number>> = {}
  for (const [name, most] of Object.entries(NUMBERS) as [keyof typeof NUMBERS, number][]) {
    const given = text(values[name])
    if (given === undefined) continue
    if (!/^\d{1,10}$/.test(given) || Number(given) > most) return { usage: `--${name} is a number from 0 to ${most}.` }
    numbers[name] = Number(given)
  }
  if (values.empty === true && numbers.bulk) return { usage: '--bulk needs the sample people, so --empty is too much.' }
  const state = text(values.state)
  const { startSandbox } = await import('../sandbox/stripe-server.ts')
  const sandbox = await startSandbox({
    port: numbers.port ?? 0,
    seed: numbers.seed ?? 1,
    stateFile: state === undefined ? null : path.join(path.resolve(state), 'sandbox.json'),
    realNow: Date.now,
    ...(values.empty === true && { people: 0 }),
    checkReplies: values.check === true,
    limits: values['no-limits'] === true ? null : values['live-limits'] === true ? 'live' : 'test',
    latency: numbers.latency ?? 0,
    bulk: numbers.bulk ?? 0,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new Error(`port ${numbers.port} is taken by another program; --port 0 picks a free one`)
  })
  out(JSON.stringify({ ready: true, stripe: sandbox.url, key: sandbox.key, pid: process.pid }))
  return sandbox
}
