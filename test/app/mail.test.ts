// Mail from the call to the mail server: settings and their refusals, what a change writes down, and what did not go.
import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { notify } from '../../src/main/app/notify.ts'
import { mailRefusals } from '../../src/main/domain/mail-en.ts'
import { answerCall, owner } from '../../src/main/host/dispatch.ts'
import { fileSecrets } from '../../src/main/host/secrets.ts'
import { type MailDesk, startMail } from '../../src/main/notify/start-mail.ts'
import type { Args, CallName, Refusal, Reply } from '../../src/preload/contract.ts'
import { startMailServer } from '../notify/mail-server.ts'
import { freshFolder } from '../store/folder.ts'
import { type AgreedDesk, openAgreedDesk, value } from './agreed-desk.ts'

let desk: AgreedDesk
let deps: DeskDeps
let mail: MailDesk
let pushed: string[]
let told: string[]
const folder = () => freshFolder()

beforeEach(() => {
  desk = openAgreedDesk('2026-03-10T10:00:00Z')
  pushed = []
  told = []
  deps = desk.deps
  Object.assign(deps.live, {
    demo: null,
    push: (name: string) => pushed.push(name),
    mail: begin(fileSecrets(folder(), undefined, 'mail')),
  })
})

function begin(password: { get(): string | null; set(password: string): void }): MailDesk {
  mail = startMail({
    db: deps.live.db,
    now: deps.now,
    newId: deps.live.newId,
    origin: 'desk-1',
    password,
    onChange: () => undefined,
    log: (line, error) => told.push(`${line}: ${String(error)}`),
  })
  const started = mail
  onTestFinished(() => started.stop())
  return mail
}

const call = (name: string, args: unknown) =>
  answerCall(deps, owner(), name, args, (line, error) => told.push(`${line}: ${String(error)}`))
async function ask<N extends CallName>(name: N, args: Args<N>): Promise<Reply<N>> {
  return value((await call(name, args)) as never)
}
async function refused<N extends CallName>(name: N, args: Args<N>): Promise<[Refusal['code'], string]> {
  const outcome = await call(name, args)
  if (outcome.ok) throw new Error(`${name} was done`)
  return [outcome.refusal.code, outcome.refusal.sentence]
}

const SET = {
  host: '127.0.0.1',
  port: 25,
  security: 'none',
  user: null,
  senderName: '',
  senderAddress: 'desk@space.example',
  staff: [],
} as const satisfies Args<'mail.set'>
const agree = (member: string, from = '2026-03-10') =>
  ask('memberships.addManual', {
    member,
    plan: 'full',
    from,
    until: '2026-12-31',
    method: 'cash',
    amount: { minor: 45_000, currency: 'eur' },
  })
const rows = () => deps.live.db.prepare('SELECT kind, recipient FROM outbox ORDER BY rowid').raw().all()

it('tells nobody anything until mail is set up, and then nothing old', async () => {
  const server = await startMailServer()
  await agree('ada')
  expect(await refused('mail.test', {})).toEqual(['wrong-state', mailRefusals.notSetUp])
  await ask('mail.set', { ...SET, port: server.port, staff: [' board@space.example', 'board@space.example', ''] })
  expect((await ask('mail.get', {})).settings).toMatchObject({
    senderName: 'Our space',
    staff: ['board@space.example'],
  })
  expect(await ask('mail.test', { to: 'me@space.example' })).toMatchObject({ sent: true })
  await ask('members.update', { id: 'ben', addEmail: 'Ben@example.org' })
  await agree('ben')
  await expect.poll(() => server.arrived.length).toBe(3)
  expect(server.arrived.map(({ to, mail: { subject } }) => [to[0], subject])).toEqual([
    ['me@space.example', 'Mail from Our space works'],
    ['board@space.example', 'ben has a new membership: Full member'],
    ['Ben@example.org', 'Welcome to Our space'],
  ])
  expect(server.arrived[1]?.mail.text).toMatch(
    /^From 10 March 2026 to 31 December 2026\.\n\n€450\.00 in cash\.\n\nAgreed at the desk by owner\.$/m,
  )
  expect(server.arrived[2]?.mail.text).toContain('- Front door, at all hours')
  await expect.poll(() => ask('outbox.list', {})).toEqual([])
  // Somebody who was here before is not greeted as new, and gets a receipt for what they paid.
  await ask('memberships.end', { id: (await ask('members.get', { id: 'ben' })).memberships[0]?.id ?? '' })
  await agree('ben')
  await agree('cat', '2025-01-01')
  await expect.poll(() => server.arrived.length).toBe(6)
  expect(rows()).toEqual([
    ['staff', 'board@space.example'],
    ['welcome', null],
    ['staff', 'board@space.example'],
    ['receipt', null],
    ['staff', 'board@space.example'],
  ])
  expect(told).toEqual([])
})

it('refuses settings that cannot work or would give the password away, and keeps the password to itself', async () => {
  const user = { ...SET, host: 'smtp.example.org', security: 'starttls', user: 'desk' } as const
  const cases: [Args<'mail.set'>, string][] = [
    [{ ...SET, host: 'http://smtp.example.org' }, mailRefusals.host('http://smtp.example.org')],
    [{ ...SET, senderAddress: 'desk' }, mailRefusals.sender('desk')],
    [{ ...SET, senderAddress: 'a@b.c>, <x@y.z' }, mailRefusals.sender('a@b.c>, <x@y.z')],
    [{ ...SET, staff: ['board'] }, mailRefusals.staff('board')],
    [user, mailRefusals.noPassword],
    [{ ...user, security: 'none', password: 'x' }, mailRefusals.inTheClear],
  ]
  for (const [args, sentence] of cases) expect(await refused('mail.set', args)).toEqual(['bad-request', sentence])
  expect((await ask('mail.get', {})).settings).toBeNull()
  await ask('mail.set', { ...user, password: 'correct horse' })
  await ask('mail.set', { ...user, staff: ['board@space.example'] })
  // Another server does not get to see it.
  expect(await refused('mail.set', { ...user, host: 'smtp.example.com' })).toEqual([
    'bad-request',
    mailRefusals.otherPassword,
  ])
  expect(mail.password()).toBe('correct horse')
  expect(await ask('mail.get', {})).toMatchObject({ hasPassword: true, settings: { user: 'desk' } })
  const written = ['setting', 'action', 'outbox'].flatMap((table) =>
    deps.live.db.prepare(`SELECT * FROM ${table}`).all(),
  )
  expect(JSON.stringify([written, await ask('mail.get', {}), told])).not.toContain('correct horse')
  await ask('mail.set', SET)
  expect([mail.password(), (await ask('mail.get', {})).hasPassword]).toEqual([null, false])

  Object.assign(deps.live, { demo: {} })
  expect(await refused('mail.set', SET)).toEqual(['wrong-state', mailRefusals.demo])
  expect(await refused('mail.test', {})).toEqual(['wrong-state', mailRefusals.demo])
})

it('keeps a password in a file that only its owner may read and that does not hold it as it is', async () => {
  const where = folder()
  const kept = fileSecrets(where, undefined, 'mail')
  await begin(kept).keepPassword('correct horse')
  expect(begin(fileSecrets(where, undefined, 'mail')).password()).toBe('correct horse')
  const file = path.join(where, 'secrets-mail.json')
  expect((fs.statSync(file).mode & 0o777).toString(8)).toBe('600')
  expect(fs.readFileSync(file, 'utf8')).not.toContain('correct')
  mail.keepPassword('')
  expect(begin(fileSecrets(where, undefined, 'mail')).password()).toBeNull()
  // One that cannot be opened is none: the desk starts, and the log says why.
  kept.set('correct horse')
  expect(begin(fileSecrets(where, 'another passphrase', 'mail')).password()).toBeNull()
  expect(told).toEqual([expect.stringMatching(/^Opening the password of the mail server: .*put it in again/)])
})

it('lists what did not go until somebody has settled it, here, in the inbox and in what is to do', async () => {
  const server = await startMailServer()
  await ask('mail.set', { ...SET, port: server.port })
  await ask('members.update', { id: 'ada', addEmail: 'ada@example.org' })
  await ask('members.update', { id: 'cat', addEmail: 'cat@example.org' })
  server.habits.refuses.set('ada@example.org', '550 5.1.1 no such person')
  await agree('ada')
  const stuck = async () =>
    (await ask('outbox.list', {})).map(({ state, action, sentence }) => [state, action, sentence])
  await expect
    .poll(stuck)
    .toEqual([
      [
        'refused',
        'send-mail-again',
        'The welcome for ada did not go: the mail server refused this address. Ask for the right address.',
      ],
    ])
  const before = server.connections()
  await agree('ben')
  expect((await stuck())[1]).toEqual([
    'no-address',
    'told-at-desk',
    'ben has no email address, so the welcome cannot be sent. Tell them at the desk.',
  ])
  server.habits.atEnd = 'keep'
  await agree('cat')
  await expect
    .poll(async () => (await stuck())[2])
    .toEqual([
      'unclear',
      'ask-whether-arrived',
      'The welcome for cat may have been sent: the connection was cut in the middle of it. Ask whether it arrived, or send it again.',
    ])
  // Whoever has no address was never tried.
  expect(server.connections()).toBe(before + 1)
  const inbox = await ask('inbox.list', { kind: 'mail-undelivered' })
  expect(inbox.rows.map(({ member, action }) => [member?.id, action]).toSorted()).toEqual([
    ['ada', 'send-mail-again'],
    ['ben', 'told-at-desk'],
    ['cat', 'ask-whether-arrived'],
  ])
  expect((await ask('desk.todo', {})).undelivered).toBe(3)
  const [ada, ben, cat] = (await ask('outbox.list', {})).map(({ id }) => id) as [string, string, string]

  expect((await refused('outbox.retry', { id: ben }))[1]).toBe(mailRefusals.noAddress('ben'))
  expect((await refused('outbox.putAside', { id: ben, arrived: true }))[1]).toBe(mailRefusals.notUnclear)
  await ask('outbox.putAside', { id: ben })
  await ask('outbox.putAside', { id: cat, arrived: true })
  expect((await refused('outbox.retry', { id: cat }))[0]).toBe('not-found')
  // The right address, and it goes there.
  server.habits.atEnd = 'answer'
  server.habits.refuses.clear()
  await ask('outbox.retry', { id: ada })
  await expect.poll(stuck).toEqual([])
  expect(server.arrived.map(({ to }) => to[0])).toEqual(['cat@example.org', 'ada@example.org'])
  expect((await ask('inbox.list', { kind: 'mail-undelivered' })).rows).toEqual([])
  const actions = deps.live.db
    .prepare("SELECT kind, subject FROM action WHERE kind LIKE 'mail-%' ORDER BY seq")
    .raw()
    .all()
  expect(actions).toEqual([
    ['mail-set', 'mail'],
    ['mail-put-aside', 'ben'],
    ['mail-arrived', 'cat'],
    ['mail-again', 'ada'],
  ])
  expect(pushed).toContain('members')
  expect(told).toEqual([])
})

it('tries again what failed when the settings are mended, and puts aside what waits when mail is switched off', async () => {
  const gone = await startMailServer()
  await gone.close()
  await ask('mail.set', { ...SET, port: gone.port, staff: ['board@space.example'] })
  await agree('dan')
  const states = async () => (await ask('outbox.list', {})).map(({ state, sentence }) => [state, sentence])
  await expect.poll(states).toEqual([
    ['no-address', expect.stringContaining('dan has no email address')],
    [
      'waiting',
      'The note to staff for board@space.example did not go yet: the mail server cannot be reached. It is tried again today 11:01.',
    ],
  ])
  expect(await ask('mail.test', {})).toMatchObject({
    sent: false,
    sentence: expect.stringMatching(/^The test mail did not go: the mail server cannot be reached\. Check /),
  })
  const server = await startMailServer()
  await ask('mail.set', { ...SET, port: server.port, staff: ['board@space.example'] })
  await expect.poll(() => server.arrived.length).toBe(1)
  await ask('mail.off', {})
  expect(await ask('outbox.list', {})).toEqual([])
  expect((await refused('mail.off', {}))[1]).toBe(mailRefusals.isOff)
  await agree('eve')
  await ask('mail.set', { ...SET, port: server.port, staff: ['board@space.example'] })
  expect(await ask('outbox.list', {})).toEqual([])
  expect(server.arrived).toHaveLength(1)
})

it('writes down what is to be told with the change, or neither', async () => {
  await ask('mail.set', SET)
  const notice = { kind: 'staff' as const, payload: { what: 'x', lines: [] }, member: 'ada', subject: 's' }
  expect(() => notify(deps, notice)).toThrow(/belongs into the transaction/)
  await ask('mail.set', { ...SET, staff: ['a@space.example', 'b@space.example'] })
  const { db } = deps.live
  expect(() =>
    db.transaction(() => {
      notify(deps, notice)
      throw new Error('the change failed')
    })(),
  ).toThrow('the change failed')
  expect(rows()).toEqual([])
  const twice = db.transaction(() => {
    notify(deps, notice)
    notify(deps, notice)
  })
  twice.immediate()
  expect(rows()).toEqual([
    ['staff', 'a@space.example'],
    ['staff', 'b@space.example'],
  ])
})
