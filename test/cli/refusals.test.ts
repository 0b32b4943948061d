// What can be wrong at the start, each in one plain sentence; and what must not stop the desk.
import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import type { Status } from '../../src/preload/shapes.ts'
import { command, freshDir, latchkey, type Served, startServe, until } from '../serving.ts'

const open: { stop(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop()
})

async function serve(args: string[] = [], options: Parameters<typeof startServe>[1] = {}): Promise<Served> {
  const served = await startServe(args, options)
  open.push(served)
  return served
}

async function occupied(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  open.push({ stop: () => server.close() })
  return (server.address() as net.AddressInfo).port
}

describe('what an option does not take is wrong usage, before any desk is asked', () => {
  it.each([
    [['serve', '--doors', 'everywhere'], /write --doors like/],
    [['serve', '--ui', 'nonsense'], /write --ui like/],
    [['serve', '--stripe-base', 'notaurl'], /write --stripe-base like/],
    [['door', 'add', 'side', '--driver', 'foo'], /^"foo" is none of --driver: native uhppote esp-rfid relay\./],
    [['door', 'add', 'side', '--format', 'zzz'], /^"zzz" is none of --format: canonical hex /],
    [['card', 'find', '00', '--form', 'FOO'], /^"FOO" is none of --form: /],
    [['card', 'revoke', '00', '--reason', 'eaten'], /^"eaten" is none of --reason: lost /],
    [['members', '--standing', 'happy'], /^"happy" is none of --standing: current /],
    [['explain', 'front', '00', '--at', 'foo'], /^"foo" is no day or moment for --at: write 2026-12-03/],
    [['money', 'recovered', '--from', '1.12.2026'], /^"1\.12\.2026" is no day or moment for --from/],
  ])('%j', async (args, said) => {
    const ran = await command([...args, '--data-dir', freshDir()])
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(said) })
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('serve ends with exit code 1 and one sentence', () => {
  const refused = async (args: string[], dataDir = freshDir(), run = command) => {
    const ran = await run(['serve', '--ui', '127.0.0.1:0', '--doors', '127.0.0.1:0', '--data-dir', dataDir, ...args])
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(ran.stdout).toBe('')
    expect(ran.code).toBe(1)
    return ran.stderr
  }

  it('when the address of the screen is in use', async () => {
    // As a program of its own, as all of them would.
    expect(await refused(['--ui', `127.0.0.1:${await occupied()}`], freshDir(), latchkey)).toMatch(/in use.*--ui/)
  })

  it('when the address of the doors is in use', async () => {
    expect(await refused(['--doors', `127.0.0.1:${await occupied()}`], freshDir(), latchkey)).toMatch(/in use.*--doors/)
  })

  it('when the screen would be open to others', async () => {
    expect(await refused(['--ui', '0.0.0.0:4700'])).toMatch(/only be served on this computer/)
  })

  it('when the data folder cannot be written', async () => {
    const file = path.join(freshDir(), 'a-file')
    fs.writeFileSync(file, '')
    expect(await refused([], path.join(file, 'below'))).toMatch(/cannot be written/)
    expect(await refused([], '/proc/latchkey')).toMatch(/cannot be written/)
  })

  it('when the database is from a newer version, which it leaves as it is', async () => {
    const dataDir = freshDir()
    const db = new Database(path.join(dataDir, 'desk.db'))
    db.pragma('user_version = 999')
    db.close()
    const before = fs.readFileSync(path.join(dataDir, 'desk.db'))
    expect(await refused([], dataDir)).toMatch(/newer Latchkey/)
    expect(fs.readFileSync(path.join(dataDir, 'desk.db'))).toEqual(before)
  })

  it('when the database is damaged', async () => {
    const dataDir = freshDir()
    fs.writeFileSync(
      path.join(dataDir, 'desk.db'),
      'this is no database, whatever it is called, and long enough to be read',
    )
    expect(await refused([], dataDir)).toMatch(/damaged/)
  })

  it('when demo and real data would mix', async () => {
    const real = await startServe([])
    await real.stop()
    expect(await refused(['--demo'], real.dataDir)).toMatch(/real members/)
    const demo = await startServe(['--demo'])
    await demo.stop()
    expect(await refused([], demo.dataDir)).toMatch(/made by the demo/)
  })
})

describe('the desk runs on', () => {
  const settled = (desk: Served, phase: string) =>
    until(async () => {
      const { sync } = await desk.json<Status>('status')
      return sync.phase === phase && sync
    }, `the phase ${phase}`)

  it('without a key, and says what to do', async () => {
    const desk = await serve()
    expect((await settled(desk, 'no-key')).error).toMatch(/put one into Settings/)
    expect(await desk.json('door', 'add', 'front')).toMatchObject({
      id: 'front',
      driver: 'native',
      key: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect((await desk.run('sync', '--wait')).code).toBe(1)
  })

  it('while Stripe cannot be reached, and doors answer', async () => {
    const desk = await serve(['--stripe-base', 'http://127.0.0.1:9'], {
      env: { STRIPE_API_KEY: 'rk_test_unreachable' },
    })
    expect((await settled(desk, 'offline')).error).toMatch(/cannot be reached/)
    await desk.json('door', 'add', 'front')
    expect(await desk.json('explain', 'front', 'em:6F007B3972')).toMatchObject({ grant: false, reason: 'unknown-card' })
  })

  it('with a wrong key, a full live key, and takes a good one later', async () => {
    const stripe = http.createServer((_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } }))
    })
    await new Promise<void>((resolve) => stripe.listen(0, '127.0.0.1', resolve))
    open.push({ stop: () => stripe.close() })
    const desk = await serve(['--stripe-base', `http://127.0.0.1:${(stripe.address() as net.AddressInfo).port}`])
    const set = (key: string) => command(['secret', 'set', 'stripe', '--data-dir', desk.dataDir], { input: key })
    expect(await set('sk_live_abcdefghijkl')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Create restricted key/),
    })
    expect(await set('hello')).toMatchObject({ code: 1, stderr: expect.stringMatching(/not a Stripe key/) })
    expect(await set('rk_test_wrong123\n')).toMatchObject({ code: 0, stderr: '' })
    expect((await settled(desk, 'failed')).error).toMatch(/does not accept the key/)
    const everything = fs
      .readdirSync(desk.dataDir)
      .map((name) => fs.readFileSync(path.join(desk.dataDir, name), 'latin1'))
      .join('')
    expect(everything).not.toContain('rk_test_wrong123')
    expect(desk.output.stderr + desk.output.stdout).not.toContain('rk_test_wrong123')
  })

  it('with a reader that is not there, and says so', async () => {
    const desk = await serve()
    await desk.json('reader', 'add', '--port', '/dev/ttyNOWHERE', '--profile', 'rdm6300')
    const reader = await until(async () => {
      const [found] = await desk.json<{ state: string; sentence: string | null }[]>('reader', 'list')
      return found?.state === 'missing' && found
    }, 'the reader to be missed')
    expect(reader.sentence).toMatch(/Plug it in/)
    expect(await desk.json('reader', 'remove', '/dev/ttyNOWHERE')).toEqual({ ok: true })
    expect(await desk.json('reader', 'list')).toEqual([])
  })
})

describe('commands where no desk runs', () => {
  it('read what is stored, and say so where they cannot write', async () => {
    const desk = await startServe([])
    await desk.json('door', 'add', 'front')
    await desk.stop()
    expect(await desk.json('door', 'list')).toMatchObject([{ id: 'front', online: false }])
    expect(await desk.json('audit', 'verify')).toMatchObject({ ok: true })
    expect(await desk.json('members')).toEqual([])
    expect(await desk.run('door', 'add', 'back')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/not running/),
    })
    expect(await desk.run('card', 'suspend', 'em:6F007B3972')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/not running/),
    })
  })

  it('say what to do where there is no data at all', async () => {
    const ran = await command(['status', '--json', '--data-dir', path.join(freshDir(), 'nothing')])
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/start `latchkey serve`/) })
  })

  it("name the demo's folder where only the demo has been tried", async () => {
    const home = freshDir()
    fs.mkdirSync(path.join(home, 'latchkey-demo'))
    fs.writeFileSync(path.join(home, 'latchkey-demo', 'desk.db'), '')
    const ran = await latchkey(['status'], { env: { XDG_DATA_HOME: home } })
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining(`--data-dir ${home}/latchkey-demo`) })
  })

  it('print one JSON value also where they fail, and take the common options before the command too', async () => {
    const nowhere = path.join(freshDir(), 'nothing')
    for (const [args, code] of [
      [['status', '--json', '--data-dir', nowhere], 1],
      [['--json', '--data-dir', nowhere, 'status'], 1],
      [['frob', '--json', '--data-dir', nowhere], 2],
      [['door', 'add', '--json'], 2],
      [['members', '--standing', 'x', '--json', '--data-dir', nowhere], 2],
      [['serve', '--ui', '0.0.0.0:1', '--json', '--data-dir', nowhere], 1],
      [['status', '--json', '--data-dir', ''], 2],
    ] as const) {
      const ran = await command([...args])
      expect({ args, code: ran.code }).toEqual({ args, code })
      expect(JSON.parse(ran.stdout)).toMatchObject({ ok: false, sentence: ran.stderr.trimEnd() })
    }
    expect((await command(['frob', '--data-dir', nowhere])).stderr).toContain('no command "frob"')
  })

  it('print their help as one JSON value where that is asked for', async () => {
    const all = JSON.parse((await command(['--help', '--json'])).stdout)
    const names = all.map(({ command: name }: { command: string }) => name)
    expect(names).toEqual(expect.arrayContaining(['serve', 'sim door', 'restore', 'card find']))
    for (const name of ['serve', 'sim door', 'restore', 'card find']) {
      const one = await command([...name.split(' '), '--help', '--json'])
      expect(one).toMatchObject({ code: 0, stderr: '' })
      expect(JSON.parse(one.stdout)).toEqual([all[names.indexOf(name)]])
    }
  })

  it('print long output whole', async () => {
    const { stdout, code } = await latchkey(['--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('latchkey serve')
    expect(stdout).toContain('latchkey card reinstate')
  })
})
