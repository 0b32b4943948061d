// What keeps a desk well, by the command line: backup and restore, webhooks, recordings.
import { createHmac, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MemberRow, Status } from '../../src/preload/shapes.ts'
import { connect } from '../door/controller.ts'
import { command, freshDir, latchkey, type Served, startServe, until } from '../serving.ts'

/** As a person writes it who stands in some folder. */
const relative = (file: string) => path.relative(process.cwd(), file)

function rowsOf<T>(dataDir: string, sql: string): T[] {
  const db = new Database(path.join(dataDir, 'desk.db'), { readonly: true })
  try {
    return db.prepare(sql).all() as T[]
  } finally {
    db.close()
  }
}

describe('a backup', () => {
  it('brings a desk back after the folder is lost: doors hear the same answer, and see that lists are newer', async () => {
    const desk = await startServe([])
    const { key } = await desk.json<{ key: string }>('door', 'add', 'front')
    const ask = async (served: Served, id: string) => {
      const session = await connect(Number(new URL(served.ready.doors).port), { id: 'front', key })
      return (await session.check('em:6F007B3972', { id })).json
    }
    const id = randomUUID()
    const before = await ask(desk, id)
    expect(before).toMatchObject({ grant: false, reason: 'unknown-card' })

    const file = path.join(freshDir(), 'copy')
    const made = await desk.run('backup', relative(file))
    expect(made).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('keep it like a key') })
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)

    // Not while somebody works with the folder.
    const refused = await desk.run('restore', file)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain(`process ${desk.ready.pid}`)
    expect(refused.stderr.trimEnd().split('\n')).toHaveLength(1)
    await desk.stop()

    const dataDir = freshDir()
    const lost = await latchkey(['restore', relative(file), '--data-dir', dataDir, '--json'])
    expect(JSON.parse(lost.stdout)).toEqual({ ok: true, replaced: [], keptOut: { cards: [], people: [], doors: [] } })
    const again = await startServe([], { dataDir })
    try {
      const after = await ask(again, id)
      expect(after).toEqual(before)
      const fresh = await ask(again, randomUUID())
      expect(fresh.list_rev).toBeGreaterThan(before.list_rev + 1_000_000)
      expect(await again.json('audit', 'verify')).toMatchObject({ ok: true })
    } finally {
      await again.stop()
    }
  })

  it('is made where no desk runs too, and what it replaces stays beside it', async () => {
    const desk = await startServe([])
    await desk.json('door', 'add', 'front')
    await desk.stop()
    const file = path.join(freshDir(), 'copy')
    expect(await desk.json('backup', file)).toMatchObject({ file, bytes: fs.statSync(file).size })
    expect(await desk.run('backup', file)).toMatchObject({ code: 1, stderr: expect.stringContaining('there already') })
    const { replaced } = await desk.json<{ replaced: string[] }>('restore', file)
    expect(replaced.map((name) => path.basename(name).split('.before-restore-')[0])).toEqual(['desk.db', 'access.db'])
    for (const name of replaced) expect(fs.statSync(name).mode & 0o777).toBe(0o600)
    expect(await desk.json('door', 'list')).toMatchObject([{ id: 'front' }])
  })

  it('that was cut short when it came back keeps the desk from starting', async () => {
    const dataDir = freshDir()
    fs.writeFileSync(path.join(dataDir, 'restore-unfinished'), '')
    await expect(startServe([], { dataDir })).rejects.toThrow('was cut short: do it again')
    expect(fs.existsSync(path.join(dataDir, 'desk.db'))).toBe(false)
  })

  it('that is not there, or none, is refused in one sentence, and no folder is made for it', async () => {
    const dataDir = path.join(freshDir(), 'new')
    const missing = await command(['restore', '/no/such/file', '--data-dir', dataDir])
    expect(missing).toMatchObject({ code: 1, stderr: 'There is no file /no/such/file: look where the backup is.\n' })
    expect(fs.existsSync(dataDir)).toBe(false)
    const text = path.join(freshDir(), 'text')
    fs.writeFileSync(text, 'hello')
    const none = await command(['restore', text, '--data-dir', freshDir(), '--json'])
    expect(none.code).toBe(1)
    expect(JSON.parse(none.stdout)).toMatchObject({ ok: false, sentence: expect.stringContaining('is no backup') })
    expect((await command(['restore'])).code).toBe(2)
    expect((await command(['restore', 'a', 'b'])).code).toBe(2)
  })
})

describe('the demo', () => {
  let demo: Served
  beforeAll(async () => {
    demo = await startServe(['--demo', '--webhook', '127.0.0.1:0'])
    await until(async () => (await demo.json<Status>('status')).credentials > 150, 'cards in the demo')
  })
  afterAll(() => demo.stop())

  it('takes webhooks that are signed with the secret, at an address where nothing else is', async () => {
    const url = /http:\S+(?=\/stripe\/webhook)/.exec(demo.output.stderr)?.[0] ?? ''
    const [{ id: subscription, customer } = { id: '', customer: '' }] = rowsOf<{ id: string; customer: string }>(
      demo.dataDir,
      'SELECT id, customer_id AS customer FROM stripe_subscription LIMIT 1',
    )
    const body = JSON.stringify({
      id: 'evt_by_tunnel',
      object: 'event',
      type: 'customer.subscription.updated',
      created: Math.floor(Date.now() / 1_000),
      api_version: '2026-01-01',
      livemode: false,
      data: { object: { id: subscription, object: 'subscription', customer, status: 'canceled' } },
    })
    const post = async (secret: string, at = Date.now()) => {
      const t = Math.floor(at / 1_000)
      const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')
      const headers = { 'stripe-signature': `t=${t},v1=${v1}` }
      return (await fetch(`${url}/stripe/webhook`, { method: 'POST', headers, body })).status
    }
    const seen = () =>
      rowsOf<{ source: string; result: string | null }>(
        demo.dataDir,
        "SELECT source, result FROM billing_event WHERE id = 'evt_by_tunnel'",
      )
    // Before there is a secret nobody is believed.
    expect(await post('')).toBe(400)
    const set = (input: string) => command(['secret', 'set', 'stripe-webhook', '--data-dir', demo.dataDir], { input })
    expect(await set('sk_test_no')).toMatchObject({ code: 1, stderr: expect.stringContaining('whsec_') })
    expect(await set('whsec_of_the_tunnel\n')).toMatchObject({ code: 0, stderr: '' })
    expect(await post('whsec_of_somebody')).toBe(400)
    expect(await post('whsec_of_the_tunnel', Date.now() - 400_000)).toBe(400)
    expect(seen()).toEqual([])
    expect(await post('whsec_of_the_tunnel')).toBe(200)
    expect(await post('whsec_of_the_tunnel')).toBe(200)
    // It is read again, and what it said of itself counts for nothing.
    await until(async () => seen()[0]?.result === 'read', 'the object to be read')
    expect(seen()).toEqual([{ source: 'webhook', result: 'read' }])
    const [stored] = rowsOf<{ status: string }>(
      demo.dataDir,
      `SELECT status FROM stripe_subscription WHERE id = '${subscription}'`,
    )
    expect(stored?.status).not.toBe('canceled')
    for (const [method, at] of [
      ['GET', '/'],
      ['GET', '/stripe/webhook'],
      ['POST', '/stripe/webhook/'],
      ['POST', '/desk'],
      ['GET', '/sign-in'],
    ] as const)
      expect((await fetch(`${url}${at}`, { method })).status, at).toBe(404)
    const kept = fs
      .readdirSync(demo.dataDir)
      .map((name) => fs.readFileSync(path.join(demo.dataDir, name), 'latin1'))
      .join('')
    expect(kept + demo.output.stderr).not.toContain('whsec_of_the_tunnel')
  })

  it('is recorded without anybody’s name, and a replay anywhere gives the same standings', async () => {
    const file = path.join(freshDir(), 'recording.jsonl')
    expect(await demo.run('sync', '--record', relative(file))).toMatchObject({ code: 0, stderr: '' })
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    expect(await demo.run('sync', '--record', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there already'),
    })
    const text = fs.readFileSync(file, 'utf8')
    const people = rowsOf<{ name: string; phone: string | null }>(demo.dataDir, 'SELECT name, phone FROM member')
    const emails = rowsOf<{ email: string }>(demo.dataDir, 'SELECT email FROM member_email')
    const last4 = text.match(/"last4":"[^"]*"/g) ?? []
    const personal = [...people.flatMap(({ name, phone }) => [name, phone ?? '']), ...emails.map(({ email }) => email)]
    expect(personal.filter((word) => word !== '' && text.includes(word))).toEqual([])
    expect(personal.filter((word) => word !== '').length).toBeGreaterThan(400)
    expect(last4.filter((one) => /\d{4}"$/.test(one) && !one.includes('"x'))).toEqual([])

    const here = await demo.json<MemberRow[]>('members')
    const empty = freshDir()
    const ran = await command(['replay', relative(file), '--json', '--data-dir', empty])
    const byCustomers = (rows: MemberRow[]) =>
      Object.fromEntries(rows.map((row) => [row.stripeCustomers.toSorted().join(' '), [row.standing, ...row.plans]]))
    expect(byCustomers(JSON.parse(ran.stdout))).toEqual(byCustomers(here))
    expect(fs.readdirSync(empty)).toEqual([])
    expect(fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('latchkey-replay-'))).toEqual([])
    expect((await command(['replay', relative(file)])).stdout).toContain('STANDING')
  })

  it('that is no recording is refused', async () => {
    expect(await command(['replay', '/no/such/file'])).toMatchObject({
      code: 1,
      stderr: 'There is no file /no/such/file: look where the recording is.\n',
    })
    expect((await command(['replay'])).code).toBe(2)
  })
})

it('the help of the command line tells of all of them', async () => {
  const { stdout } = await command(['--help'])
  for (const words of [
    'backup FILE',
    'restore FILE',
    'replay FILE',
    '--record FILE',
    'set stripe-webhook',
    '--webhook',
  ])
    expect(stdout).toContain(words)
})
