// The controller in Python that follows docs/door-link.md and nothing else, and what the document says.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { REASONS } from '../../src/main/domain/reasons.ts'
import { setKeys } from '../../src/main/store/door-orders.ts'
import { type DoorDesk, startDoorDesk } from '../hardware/door-desk.ts'
import { addFact, addPerson, createWorld, type World } from './world.ts'

const KEY = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'
const CARD = 'em:6F007B3972'
const DOCS = join(import.meta.dirname, '../../docs')

/** The example with the patience that a busy computer needs, or with its own. */
const BEGIN = `import sys; sys.path.insert(0, sys.argv.pop(1)); import door_client as d; d.TIMEOUT = float(sys.argv.pop(1)); `

type Client = { show(card: string): Promise<Record<string, unknown>>; errors(): string; end(): Promise<number | null> }
const clients: Client[] = []

function python(code: string, args: string[], timeout = 10) {
  return spawn('python3', ['-B', '-c', `${BEGIN}${code}`, join(DOCS, 'examples'), String(timeout), ...args])
}

function startClient(args: string[], timeout?: number): Client {
  const child = python('d.main(*sys.argv[1:])', args, timeout)
  const waiting: ((line: string) => void)[] = []
  let errors = ''
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line))
  child.stderr.on('data', (text) => {
    errors += text
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const client: Client = {
    show: (card) =>
      new Promise((resolve, reject) => {
        waiting.push((line) => resolve(JSON.parse(line)))
        child.stdin.write(`${card}\n`)
        void ended.then(() => reject(new Error(`The client ended: ${errors}`)))
      }),
    errors: () => errors,
    end: () => {
      child.stdin.end()
      return ended
    },
  }
  clients.push(client)
  return client
}

afterEach(async () => {
  for (const client of clients.splice(0)) expect(await client.end()).toBe(0)
})

test('it signs as the test vector does', async () => {
  const child = python(
    `k = bytes(range(32)); t = '|front|' + 'a' * 32 + '|' + 'b' * 32
s = d.mac(k, 'latchkey-session' + t).digest()
print(d.mac(k, 'latchkey-server' + t).hexdigest(), s.hex(), d.mac(s, 1, 'POST', '/door/v1/check', sys.argv[1]).hexdigest(), d.mac(s, 1, 200, sys.argv[2]).hexdigest())`,
    [
      '{"id":"00000000-0000-4000-8000-000000000001","card":"6F007B3972"}',
      '{"grant":true,"reason":"ok","open_ms":3000,"receipt":"r1","list_rev":7}',
    ],
  )
  let out = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  await new Promise((resolve) => child.on('close', resolve))
  expect(out.trim().split(' ')).toEqual([
    'bcd9fdfd940fe5049e7024ccb6e6196375d1d10ca073b7b39343c5505804e513',
    'fb0a86b415af4161c7b59bbc4c9e14b6aadc35666642db4bb15e24cd3321c6f5',
    '1ec3392847fbe7b1a9ab7c2c273c3aeb6b76670cc655911da555ade94f4ce44a',
    '24c9f4db60272f46238ede8864183f4f99dd0cd7050f39b81632597fef9df9a6',
  ])
})

describe('with a desk that misbehaves', () => {
  let desk: DoorDesk
  const checks = () => desk.seen.filter(({ path }) => path === '/door/v1/check')

  beforeEach(async () => {
    desk = await startDoorDesk('front', KEY)
  })
  afterEach(() => desk.close())

  test('it answers each card with one line of JSON', async () => {
    const client = startClient([desk.url, 'front', KEY, '8H10D'])
    const answer = { grant: true, reason: 'ok', open_ms: 3000, receipt: 'r1', list_rev: 7 }
    expect(await client.show('0008075634')).toEqual(answer)
    expect(JSON.parse(checks()[0]?.body ?? '')).toMatchObject({ card: '0008075634', format: '8H10D' })
    desk.faults.push('bad-request')
    expect(await client.show('?')).toMatchObject({ error: 'bad-request' })
  })

  test('it asks once more with the same id when no answer comes, and then stays shut', async () => {
    const client = startClient([desk.url, 'front', KEY], 1)
    desk.faults.push('hang')
    expect(await client.show(CARD)).toMatchObject({ grant: true })
    expect(new Set(checks().map(({ body }) => JSON.parse(body).id)).size).toBe(1)
    expect(checks()).toHaveLength(2)
    expect(checks()[1]?.seq).toBeGreaterThan(checks()[0]?.seq ?? 0)
    desk.faults.push('hang', 'hang')
    expect(await client.show(CARD)).toMatchObject({ grant: false })
  })

  test.each(['unsigned', 'forged'] as const)('an answer that is %s opens nothing but a new session', async (fault) => {
    const client = startClient([desk.url, 'front', KEY])
    desk.faults.push(fault)
    expect(await client.show(CARD)).toMatchObject({ grant: true })
    expect(checks()[1]?.session).not.toBe(checks()[0]?.session)
    desk.faults.push(fault, fault)
    expect(await client.show(CARD)).toMatchObject({ grant: false })
  })

  test('what does not hold the key of the door is not believed', async () => {
    desk.wrongProof = true
    const client = startClient([desk.url, 'front', KEY])
    expect(await client.show(CARD)).toMatchObject({ grant: false })
    expect(client.errors()).toMatch(/does not hold the key of this door/)
    expect(checks()).toEqual([])
  })
})

describe('with a real desk', () => {
  let world: World
  beforeAll(() => {
    world = createWorld()
  })
  afterAll(() => world.stop())

  test('it goes on by the list when the desk is silent, and asks again when it is back', async () => {
    const doors = await world.start()
    const [ada, lost, kim] = [addPerson(world.desk), addPerson(world.desk), addPerson(world.desk, { holds: null })]
    const { key } = world.addDoor('front')
    setKeys(world.desk, kim.memberId, ['front'], Date.now(), 'owner')
    const client = startClient([`http://127.0.0.1:${world.port}`, 'front', key])
    expect(await client.show(ada.card)).toMatchObject({ grant: true, reason: 'ok', receipt: expect.any(String) })
    addFact(world.desk, lost.credential, { kind: 'revoked', at: Date.now(), reason: 'lost' })
    expect(await client.show(lost.card)).toMatchObject({ grant: false, reason: 'card-lost' })
    // Between two cards it fetches the list that has changed.
    expect(await client.show('em:00000000AA')).toMatchObject({ reason: 'unknown-card' })

    await doors.stop()
    for (const { card } of [ada, kim])
      expect(await client.show(card)).toEqual({ grant: true, reason: 'by the list', open_ms: 3000 })
    for (const card of [lost.card, 'em:00000000AA', ''])
      expect(await client.show(card)).toEqual({ grant: false, reason: 'by the list', open_ms: 0 })

    await world.start({ port: world.port })
    expect(await client.show(ada.card)).toMatchObject({ grant: true, reason: 'ok' })
    expect(world.log().firstBad).toBeNull()
  })
})

test('the example is short enough to be read at one go', () => {
  const lines = readFileSync(join(DOCS, 'examples/door_client.py'), 'utf8').split('\n')
  expect(lines.filter((line) => line.trim() !== '').length).toBeLessThan(70)
  expect(lines.filter((line) => line.length > 121)).toEqual([])
})

test('the document lists every reason, in the order in which they hold', () => {
  const document = readFileSync(join(DOCS, 'door-link.md'), 'utf8')
  const rows = document.matchAll(/^\| `([a-z-]+)` \| (?:refused|granted)/gm)
  expect(Array.from(rows, ([, reason]) => reason)).toEqual(REASONS)
})
