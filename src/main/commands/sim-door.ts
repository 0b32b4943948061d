// `latchkey sim door`: a simulated controller that runs until it is told to end, for trying a desk's doors out.
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { type Lasting, text, type Values } from './command.ts'

const MOST = 1_000_000

export const SIM_DOOR: Lasting = {
  words: 'sim door',
  args: '--url URL --id ID [--key HEX] [--memory N] [--state FILE] [--patience MS]',
  about:
    'a simulated door controller; its key also as the first line of input, then: card CARD, cut, mend, tell forced, state, quit',
  options: {
    url: { type: 'string' },
    id: { type: 'string' },
    key: { type: 'string' },
    memory: { type: 'string' },
    state: { type: 'string' },
    patience: { type: 'string' },
  },
  async start(values, { out, err, stdin }) {
    const url = text(values.url)
    const id = text(values.id)
    const state = text(values.state)
    const key = text(values.key)
    if (url === undefined || !isHttp(url)) return { usage: '--url is where the desk serves doors: http://HOST:PORT.' }
    if (id === undefined || !/^[a-z0-9][a-z0-9-]{0,31}$/.test(id)) return { usage: '--id is the id of a door.' }
    if (key !== undefined && !/^[0-9a-f]{64}$/.test(key))
      return { usage: '--key is the 64 hex characters that `latchkey door add` printed.' }
    const memory = numberOf(values.memory, { usual: 1_000, least: 0 })
    if (memory === null) return { usage: `--memory is how many events it keeps, from 0 to ${MOST}.` }
    const patience = numberOf(values.patience, { usual: 300, least: 1 })
    if (patience === null) return { usage: `--patience is how many milliseconds it waits, from 1 to ${MOST}.` }
    const [{ runDoorProcess }, { openDoorMemory }] = await Promise.all([
      import('../../../hardware/sim/door-process.ts'),
      import('../../../hardware/sim/door-memory.ts'),
    ])
    return runDoorProcess({
      url,
      id,
      key: key ?? null,
      memory,
      patience,
      random: randomBytes,
      openMemory: (of) => (state === undefined ? undefined : openDoorMemory(path.resolve(state), { id, key: of })),
      input: stdin,
      say: out,
      complain: err,
    })
  },
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'http:'
}

function numberOf(value: Values[string], { usual, least }: { usual: number; least: number }): number | null {
  const given = text(value) ?? String(usual)
  return /^\d{1,7}$/.test(given) && Number(given) >= least && Number(given) <= MOST ? Number(given) : null
}
