// The way to a mail server, against a real one: what arrives, and what is told of each way in which it does not.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import tls from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import type { Mail, MailSettings } from '../../src/main/domain/mail.ts'
import type { Delivery } from '../../src/main/domain/outbox.ts'
import { createMail } from '../../src/main/notify/mail.ts'
import { freshFolder } from '../store/folder.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

const AT = Date.parse('2026-03-18T09:00:00Z')
const MAIL: Mail = {
  to: { name: 'Zoë “Zo” Müller', address: 'zoe@example.org' },
  messageId: '<01950000-0000-7000-8000-000000000001@space.example>',
  subject: 'Willkommen — welcome, €45.00',
  text: 'Hello Zoë,\n.\nfrom the workshop 🔑\n',
  html: '<p>Hello Zoë 🔑</p>',
}
/** Longer than a busy machine takes: only what never answers is to meet it. */
const patience = { answer: 60_000, whole: 60_000, stopped: 50 }

function settings(port: number, change: Partial<MailSettings> = {}): MailSettings {
  return {
    host: '127.0.0.1',
    port,
    security: 'none',
    user: null,
    senderName: 'Holzmarkt, the "Makerspace"',
    senderAddress: 'desk@space.example',
    staff: [],
    ...change,
  }
}

type How = { change?: Partial<MailSettings>; password?: string; mail?: Partial<Mail>; stop?: AbortSignal }

/** What came of it, and how often it was said that the mail is on its way. */
async function send(port: number, how: How = {}, wait = patience): Promise<[Delivery, number]> {
  let handedOver = 0
  const post = createMail({
    settings: settings(port, how.change),
    password: how.password ?? null,
    now: () => AT,
    patience: wait,
  })
  const delivery = await post(
    { ...MAIL, ...how.mail },
    () => {
      handedOver += 1
    },
    how.stop ?? new AbortController().signal,
  )
  return [delivery, handedOver]
}

it('brings a mail over as it was written, in both forms', async () => {
  const server = await startMailServer()
  expect(await send(server.port)).toEqual([{ outcome: 'sent', detail: expect.stringContaining('kept') }, 1])
  const [{ from, to, mail, raw } = never()] = server.arrived
  expect([from, to]).toEqual(['desk@space.example', ['zoe@example.org']])
  expect(mail.from).toMatchObject({ name: 'Holzmarkt, the "Makerspace"', address: 'desk@space.example' })
  expect(mail.to).toMatchObject([MAIL.to])
  expect([mail.subject, mail.messageId, mail.date]).toEqual([MAIL.subject, MAIL.messageId, '2026-03-18T09:00:00.000Z'])
  expect(mail.text?.trim()).toBe(MAIL.text.trim())
  expect(mail.html?.trim()).toBe(MAIL.html)
  expect(raw).toContain('Auto-Submitted: auto-generated')
})

it('lets nothing that a person is called begin another header or another address', async () => {
  const server = await startMailServer()
  const name = 'Eve\r\nBcc: all@example.org\r\n\r\nHello <x@example.org>, '
  await send(server.port, { mail: { to: { name, address: 'eve@example.org' }, subject: 'One\r\nX-Two: 2' } })
  const [{ to, mail } = never()] = server.arrived
  expect(to).toEqual(['eve@example.org'])
  expect(mail.to).toHaveLength(1)
  expect(mail.headers.map(({ key }) => key)).not.toContain('x-two')
  expect(mail.bcc ?? []).toEqual([])
})

it('tells one refusal from another, and whether the mail had left', async () => {
  const server = await startMailServer()
  const { habits } = server
  const told = async (change: () => void) => {
    Object.assign(habits, { refuses: new Map(), sender: null, message: null, atEnd: 'answer' })
    change()
    const [delivery, handedOver] = await send(server.port)
    return [delivery.outcome, 'why' in delivery ? delivery.why : null, handedOver]
  }
  const to = (words: string) => () => habits.refuses.set('zoe@example.org', words)
  const cases: [() => void, unknown[]][] = [
    [to('550 5.1.1 no such person'), ['refused', 'address', 0]],
    [to('451 4.7.1 try again later'), ['failed', 'later', 0]],
    [to('550 5.7.1 relaying denied'), ['failed', 'relay', 0]],
    [to('530 5.7.0 log in first'), ['failed', 'relay', 0]],
    [() => Object.assign(habits, { sender: '553 not your address' }), ['failed', 'sender', 0]],
    [() => Object.assign(habits, { message: '554 5.7.1 looks like junk' }), ['refused', 'content', 1]],
    [() => Object.assign(habits, { message: '452 disk full' }), ['failed', 'later', 1]],
    [() => Object.assign(habits, { atEnd: 'drop' }), ['unclear', 'cut-off', 1]],
    [() => Object.assign(habits, { atEnd: 'keep' }), ['unclear', 'cut-off', 1]],
  ]
  for (const [change, expected] of cases) expect(await told(change)).toEqual(expected)
  expect(server.arrived).toHaveLength(1)
  // The words of a server are kept short and in one line.
  Object.assign(habits, { atEnd: 'answer', message: `554 ${'long '.repeat(100)}` })
  const [delivery] = await send(server.port)
  expect(delivery.detail?.length).toBeLessThanOrEqual(200)
})

it('comes to an end with a server that says nothing, says nonsense, hangs up or is not there', async () => {
  const why = async (port: number, answer = patience.answer) => {
    const [delivery, handedOver] = await send(port, {}, { ...patience, answer })
    expect(handedOver).toBe(0)
    return 'why' in delivery ? [delivery.outcome, delivery.why] : [delivery.outcome]
  }
  expect(await why(await listening(() => undefined), 200)).toEqual(['failed', 'silent'])
  expect(await why(await listening((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')))).toEqual([
    'failed',
    'unreachable',
  ])
  expect(await why(await listening((socket) => socket.destroy()))).toEqual(['failed', 'unreachable'])
  expect(await why(await listening((socket) => socket.write('554 5.3.2 not today\r\n')))).toEqual(['failed', 'relay'])
  expect(await why(await listening((socket) => socket.write('x'.repeat(3_000_000))))).toEqual(['failed', 'unreachable'])
  const gone = await startMailServer()
  await gone.close()
  expect(await why(gone.port)).toEqual(['failed', 'unreachable'])
})

it('does not outlast its patience with a server that drips', async () => {
  const drip = await listening((socket) => {
    const timer = setInterval(() => socket.write('220-wait\r\n'), 20)
    socket.on('close', () => clearInterval(timer))
  })
  expect((await send(drip, {}, { ...patience, whole: 300 }))[0]).toMatchObject({ why: 'silent' })
})

it('ends when it is told to: at once before the mail has left, and with a moment for the last word after', async () => {
  const silent = await listening(() => undefined)
  const stop = new AbortController()
  const sending = send(silent, { stop: stop.signal })
  stop.abort()
  expect(await sending).toEqual([{ outcome: 'failed', why: 'stopped', detail: null }, 0])
  expect((await send(silent, { stop: stop.signal }))[0]).toMatchObject({ why: 'stopped' })

  const mute = await startMailServer()
  mute.habits.atEnd = 'never'
  const unanswered = new AbortController()
  const cut = send(mute.port, { stop: unanswered.signal })
  await expect.poll(mute.read).toBe(1)
  unanswered.abort()
  expect(await cut).toEqual([{ outcome: 'unclear', why: 'cut-off', detail: null }, 1])

  const server = await startMailServer()
  const later = new AbortController()
  server.habits.before = new Promise((resolve) => {
    later.signal.addEventListener('abort', () => setImmediate(resolve))
  })
  const underWay = send(server.port, { stop: later.signal }, { ...patience, stopped: 20_000 })
  await expect.poll(server.read).toBe(1)
  later.abort()
  expect(await underWay).toMatchObject([{ outcome: 'sent' }, 1])
})

it('gives name and password only where nobody can listen, and only to the server that is meant', async () => {
  const { key, cert } = certificate()
  const onAuth = (
    { username, password }: { username?: string; password?: string | null },
    _session: unknown,
    callback: (error: Error | null, answer?: { user: string }) => void,
  ) => (password === 'right' ? callback(null, { user: username ?? '' }) : callback(new Error('no')))
  const options = { key, cert, onAuth: onAuth as never, authOptional: false }
  const implicit = await startMailServer({ ...options, secure: true })
  const begins = await startMailServer({ ...options, hideSTARTTLS: false })
  const plain = await startMailServer({ disabledCommands: ['STARTTLS'] })
  const told = async (server: MailServer, security: MailSettings['security'], password: string) => {
    const [delivery] = await send(server.port, { change: { security, user: 'desk' }, password })
    return 'why' in delivery ? delivery.why : delivery.outcome
  }
  // Nobody vouches for it: not a word is said.
  expect(await told(implicit, 'tls', 'right')).toBe('unsafe')
  expect(await told(begins, 'starttls', 'right')).toBe('unsafe')
  const usual = tls.getCACertificates('default')
  onTestFinished(() => tls.setDefaultCACertificates(usual))
  tls.setDefaultCACertificates([...usual, cert])
  expect(await told(implicit, 'tls', 'right')).toBe('sent')
  expect(await told(begins, 'starttls', 'right')).toBe('sent')
  expect(await told(implicit, 'tls', 'wrong')).toBe('password')
  expect(await told(begins, 'starttls', 'wrong')).toBe('password')
  expect([...implicit.arrived, ...begins.arrived].map(({ user }) => user)).toEqual(['desk', 'desk'])
  // Protection that is not there is not done without.
  expect(await told(plain, 'starttls', 'right')).toBe('no-encryption')
  expect(await told(plain, 'tls', 'right')).toBe('no-encryption')
  expect(plain.arrived).toEqual([])
})

/** The number of the port of a server that does only this. */
async function listening(greet: (socket: net.Socket) => void): Promise<number> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    greet(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as net.AddressInfo).port
}

/** Signed by itself, for this computer. */
function certificate(): { key: string; cert: string } {
  const folder = freshFolder()
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
  execFileSync(
    'openssl',
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=mail -keyout ${key} -out ${cert} -addext subjectAltName=IP:127.0.0.1`.split(
      ' ',
    ),
    { stdio: 'ignore' },
  )
  return { key: fs.readFileSync(key, 'utf8'), cert: fs.readFileSync(cert, 'utf8') }
}

function never(): never {
  throw new Error('nothing arrived')
}
