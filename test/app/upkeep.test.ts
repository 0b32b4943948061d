// What keeps a desk well: backup and restore, webhooks, recordings, the timeline, diagnostics.
import { createHmac } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWebhookDesk } from '../../src/main/app/receive-webhook.ts'
import { DAY } from '../../src/main/domain/time.ts'
import { replay } from '../../src/main/host/replay.ts'
import { startWebhookServer } from '../../src/main/host/webhook-server.ts'
import { openForReading } from '../../src/main/store/open.ts'
import { restoreBackup } from '../../src/main/store/restore-backup.ts'
import { readRevision } from '../../src/main/store/settings.ts'
import type { ReadObject } from '../../src/main/stripe/port.ts'
import { translate } from '../../src/main/stripe/translate.ts'
import { freshDir } from '../serving.ts'
import { MIGRATIONS } from '../store/folder.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

let desk: WholeDesk
beforeAll(async () => {
  desk = await openWholeDesk()
  await desk.ask('doors.add', { id: 'front', driver: 'native' })
})
afterAll(async () => {
  await desk.stop()
  expect(desk.failures).toEqual([])
})

describe('a backup', () => {
  const restore = (file: string, dir: string) => restoreBackup(file, dir, { at: Date.now(), migrations: MIGRATIONS })

  test('made while the desk runs holds everything, is only for its owner, and comes back with the doors’ lists ahead', async () => {
    const folder = freshDir()
    const file = path.join(folder, 'copy')
    const { bytes } = await desk.ask('backup.make', { file })
    expect(fs.statSync(file)).toMatchObject({ size: bytes })
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    expect(fs.readdirSync(folder)).toEqual(['copy'])

    const target = freshDir()
    expect(await restore(file, target)).toEqual({ replaced: [], keptOut: { cards: [], people: [], doors: [] } })
    const db = openForReading(target, 'desk', MIGRATIONS)
    const count = (of: Pick<typeof db, 'prepare'>) => of.prepare('SELECT count(*) AS n FROM member').get()
    expect(count(db)).toEqual(count(desk.desk.deps.desk))
    expect(readRevision(db)).toBeGreaterThanOrEqual(1_000_000 + readRevision(desk.desk.deps.desk) - 1)
    db.close()
    openForReading(target, 'access', MIGRATIONS).close()

    // What was there stays beside it.
    const { replaced } = await restore(file, target)
    expect(replaced.map((one) => path.basename(one).slice(0, 22))).toEqual([
      'desk.db.before-restore',
      'access.db.before-resto',
    ])
    expect(fs.readdirSync(target).some((name) => name.startsWith('restoring'))).toBe(false)
  })

  test('is offered a name beside the data that tells its minute', async () => {
    const { file } = await desk.ask('backup.suggest', {})
    expect(file).toMatch(/^\/data\/latchkey-\d{4}-\d\d-\d\d-\d\d-\d\d\.backup$/)
  })

  test('is never written over a file, or where nothing can be written', async () => {
    const folder = freshDir()
    const file = path.join(folder, 'copy')
    fs.writeFileSync(file, 'mine')
    expect((await desk.refused('backup.make', { file })).sentence).toContain('is there already')
    expect(fs.readFileSync(file, 'utf8')).toBe('mine')
    expect((await desk.refused('backup.make', { file: '/no/such/folder/copy' })).sentence).toContain(
      'cannot be written',
    )
    await desk.refused('backup.make', { file: 'copy' })
  })

  test('that is damaged, cut short or none at all is refused, and nothing is touched', async () => {
    const folder = freshDir()
    const file = path.join(folder, 'copy')
    await desk.ask('backup.make', { file })
    const whole = fs.readFileSync(file)
    const target = freshDir()
    const cases: [string, Buffer, RegExp][] = [
      ['cut', whole.subarray(0, whole.length >> 1), /damaged|no backup/],
      ['empty', Buffer.alloc(0), /no backup/],
      ['text', Buffer.from('hello'), /no backup/],
    ]
    const flipped = Buffer.from(whole)
    const at = flipped.indexOf('Full member')
    flipped[at] = (flipped[at] ?? 0) ^ 1
    cases.push(['flipped', flipped, /damaged/])
    for (const [name, bytes, says] of cases) {
      const bad = path.join(folder, name)
      fs.writeFileSync(bad, bytes)
      await expect(restore(bad, target), name).rejects.toThrow(says)
    }
    expect(fs.readdirSync(target)).toEqual([])
  })
})

describe('a webhook', () => {
  const SECRET = 'whsec_test_00000000'
  const signed = (body: string, at = Date.now(), secret = SECRET) => {
    const t = Math.floor(at / 1_000)
    return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`
  }

  test('that Stripe signed is put into the ledger once and read at once; anything else is refused and counted', async () => {
    let news = 0
    const { live } = desk.desk.deps
    const webhooks = createWebhookDesk({
      db: live.db,
      now: Date.now,
      secret: () => SECRET,
      listening: () => true,
      onNews: () => {
        news += 1
      },
    })
    const server = await startWebhookServer(
      { host: '127.0.0.1', port: 0 },
      () => webhooks,
      () => undefined,
    )
    const post = async (body: string, signature: string | null, url = '/stripe/webhook', method = 'POST') => {
      const headers = signature === null ? {} : { 'stripe-signature': signature }
      const reply = await fetch(`http://127.0.0.1:${server.port}${url}`, {
        method,
        headers,
        ...(method === 'POST' ? { body } : {}),
      })
      return reply.status
    }
    const [subscription] = (await desk.stripe.subscriptions.list({ limit: 1 })).data
    const event = (id: string, livemode = false) =>
      JSON.stringify({
        ...{
          id,
          object: 'event',
          type: 'customer.subscription.updated',
          created: 1,
          api_version: '2020-08-27',
          livemode,
        },
        data: { object: { id: subscription?.id, object: 'subscription', customer: subscription?.customer } },
      })
    const body = event('evt_hook_1')
    const ledger = () =>
      live.db.prepare("SELECT id, source FROM billing_event WHERE id LIKE 'evt_hook%' ORDER BY id").all()
    try {
      expect(await post(body, signed(body))).toBe(200)
      expect(await post(body, signed(body))).toBe(200)
      expect([ledger(), news]).toEqual([[{ id: 'evt_hook_1', source: 'webhook' }], 1])
      expect(
        live.db.prepare("SELECT object_id AS id FROM billing_dirty WHERE object_type = 'subscription'").all(),
      ).toEqual([{ id: subscription?.id }])
      const other = event('evt_hook_2')
      const ofOther = event('evt_hook_4').replace('{', '{"account":"acct_other",')
      for (const [given, signature] of [
        [other, null],
        [other, signed(body)],
        [other, signed(other, Date.now(), 'whsec_wrong_0000')],
        [other, signed(other, Date.now() - 301_000)],
        ['no json', signed('no json')],
        ['{"object":"list"}', signed('{"object":"list"}')],
        [event('evt_hook_3', true), signed(event('evt_hook_3', true))],
        [ofOther, signed(ofOther)],
      ] as const)
        expect(await post(given, signature)).toBe(400)
      expect(webhooks.figures()).toMatchObject({ listening: true, secret: true, received: 2, refused: 8 })
      expect(ledger()).toHaveLength(1)
      // Nothing else of the desk is to be had there.
      expect(await post('', null, '/')).toBe(404)
      expect(await post('', null, '/stripe/webhook', 'GET')).toBe(404)
      expect(await post('x'.repeat(1_100_000), signed('x'))).toBe(413)
      expect(webhooks.figures()).toMatchObject({ received: 2, refused: 9 })
      await desk.sync()
      expect(live.db.prepare('SELECT count(*) AS n FROM billing_dirty').get()).toEqual({ n: 0 })
    } finally {
      await server.close()
    }
  })

  test('its secret is one of Stripe’s, or refused', async () => {
    await desk.refused('secret.setWebhook', { secret: 'sk_test_1' })
    await desk.ask('secret.setWebhook', { secret: SECRET })
  })
})

describe('a recording', () => {
  test('replayed in an empty database gives everybody the same standing, and names nobody', async () => {
    const file = path.join(freshDir(), 'recording')
    const lines: string[] = []
    desk.desk.deps.live.openRecording = () => ({ write: (line) => lines.push(line), close: () => undefined })
    await desk.ask('sync.run', { record: file })
    fs.writeFileSync(file, lines.join('\n'))
    const byCustomers = (rows: readonly { stripeCustomers: string[]; standing: string }[]) =>
      new Map(rows.flatMap((row) => row.stripeCustomers.map((id): [string, string] => [id, row.standing])))
    const here = byCustomers((await desk.ask('members.list', {})).rows)
    expect(here.size).toBeGreaterThan(200)
    expect(byCustomers(replay(file, '1'))).toEqual(here)

    const text = lines.join('\n')
    for (const { name, emails } of (await desk.ask('members.list', {})).rows) {
      expect(text.includes(name), name).toBe(false)
      for (const email of emails) expect(text.includes(email), email).toBe(false)
    }
  })

  test('carries what the desk has written down by itself: dues, pauses that were looked at, agreements, who is covered, words that nobody knows', async () => {
    const { live } = desk.desk.deps
    const rows = async () => (await desk.ask('members.list', {})).rows
    const first = async (standing: 'current' | 'frozen') =>
      (await rows()).find((row) => row.standing === standing)?.id ?? ''
    const plan = (await desk.ask('plans.list', {}))[0]?.id ?? ''
    const agreed = async (name: string, from: number, until: number) => {
      const { member } = await desk.ask('members.create', { name, emails: [], phone: null, same: 'new' })
      const day = (days: number) => new Date(desk.desk.deps.now() + days * DAY).toISOString().slice(0, 10)
      const term = { plan, method: 'cash' as const, from: day(from), until: day(until) }
      await desk.ask('memberships.addManual', { member: member?.id ?? '', ...term })
      return member?.id ?? ''
    }
    const people = {
      paysCash: await agreed('Pays Cash', -10, 10),
      cashLate: await agreed('Cash Late', -40, -2),
      // One whose payment is not on its way.
      dueLong:
        (await rows()).find(({ graceUntil, stripeCustomers: of }) => graceUntil !== null && of.length > 0)?.id ?? '',
      looked: await first('frozen'),
      covered: '',
      nobodyKnows: await first('current'),
    }
    // An invoice whose due moment was moved at Stripe after the desk had first seen it.
    live.db.exec('UPDATE invoice_due SET due_at = due_at - 2592000000')
    await desk.ask('settings.set', { pauseOpens: (await desk.ask('settings.get', {})).pauseOpens })
    await live.sync.deriveAll()
    const holder = await desk.customer(
      { name: 'Two Seats', email: 'two.seats@example.org' },
      await desk.price('Full member'),
      2,
    )
    await desk.sync()
    const payer = (await rows()).find(({ stripeCustomers }) => stripeCustomers.includes(holder))?.id ?? ''
    const membership = (await desk.ask('members.get', { id: payer })).memberships[0]?.id ?? ''
    const { member } = await desk.ask('members.create', { name: 'Is Covered', emails: [], phone: null, same: 'new' })
    people.covered = member?.id ?? ''
    await desk.ask('memberships.cover', { id: membership, member: people.covered })
    // From now on Stripe has a word for one subscription that nobody knows.
    const odd = (await desk.ask('members.get', { id: people.nobodyKnows })).memberships[0]?.customer ?? ''
    const port = live.sync.stripe()
    if (port === null) throw new Error('no Stripe')
    const hover = (object: ReadObject): ReadObject => {
      const raw = { ...(object.raw as object), status: 'hovering' }
      const hers = object.mirror.kind === 'subscription' && object.mirror.row.customerId === odd
      return hers ? { ...object, raw, mirror: translate('subscription', raw) } : object
    }
    live.sync.setStripe({
      ...port,
      list: async (kind, page) => {
        const read = await port.list(kind, page)
        return { ...read, data: read.data.map(hover) }
      },
      retrieve: async (kind, id) => {
        const read = await port.retrieve(kind, id)
        return read && hover(read)
      },
    })
    const lines: string[] = []
    live.openRecording = () => ({ write: (line) => lines.push(line), close: () => undefined })
    const file = path.join(freshDir(), 'recording')
    await desk.ask('sync.run', { record: file })
    live.sync.setStripe(port)
    fs.writeFileSync(file, lines.join('\n'))

    const standings = (all: readonly { id: string; standing: string }[]) =>
      new Map(all.map(({ id, standing }) => [id, standing]))
    const here = standings(await rows())
    expect(Object.values(people).map((id) => here.get(id))).toEqual([
      'current',
      'grace',
      'lapsed',
      'frozen',
      'current',
      'current',
    ])
    const replayed = replay(file, '1')
    expect(standings(replayed)).toEqual(here)
    const plans = (all: readonly { id: string; plans: string[] }[]) =>
      all.find(({ id }) => id === people.covered)?.plans
    expect(plans(replayed)).toEqual(plans(await rows()))
    const text = lines.join('\n')
    for (const { name } of await rows()) expect(text.includes(name), name).toBe(false)
  })

  test('knows what a manager said about prices', async () => {
    const { prices } = await desk.ask('mapping.get', {})
    const [sold] = prices.toSorted((a, b) => b.subscriptions - a.subscriptions)
    const plan = sold?.plan?.id ?? ''
    const price = sold?.price ?? ''
    await desk.ask('mapping.confirm', {})
    await desk.ask('mapping.set', { price, plan: null })
    const file = path.join(freshDir(), 'recording')
    const lines: string[] = []
    desk.desk.deps.live.openRecording = () => ({ write: (line) => lines.push(line), close: () => undefined })
    await desk.ask('sync.run', { record: file })
    fs.writeFileSync(file, lines.join('\n'))
    const entering = (rows: readonly { stripeCustomers: string[]; plans: string[]; standing: string }[]) =>
      rows.flatMap((row) =>
        row.standing === 'current' ? [[row.stripeCustomers.toSorted().join(), row.plans.join()].join()] : [],
      )
    const here = entering((await desk.ask('members.list', {})).rows)
    expect(entering(replay(file, '1')).toSorted()).toEqual(here.toSorted())
    await desk.ask('mapping.set', { price, plan })
    expect(entering((await desk.ask('members.list', {})).rows).length).toBeGreaterThan(here.length + 20)
  })

  test('goes only to a whole path, wherever the desk was started', async () => {
    await desk.refused('sync.run', { record: 'recording' })
  })

  test('that is none is refused in one sentence', () => {
    const file = path.join(freshDir(), 'x')
    expect(() => replay(file, '1')).toThrow('There is no file')
    for (const text of ['', 'hello', '{"line":"end","at":1}', '{"line":"begin"}\n{"line":"object","kind":"invoice"}']) {
      fs.writeFileSync(file, text)
      expect(() => replay(file, '1'), text).toThrow('is no recording')
    }
  })
})

test('what was given up on can be tried again; where nothing waits, that is said', async () => {
  const { sentence } = await desk.refused('sync.tryAgain', {})
  expect(sentence).toContain('Nothing of Stripe waits')
})
