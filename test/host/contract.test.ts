// The contract, the same suite over every transport: WebSocket as browsers and commands use it, and message ports as
// Electron's processes use them. Every reply and push is held to its schema.

import fs from 'node:fs'
import path from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { handlers } from '../../src/main/app/handlers.ts'
import { answerCall, openSession, owner } from '../../src/main/host/dispatch.ts'
import { startUiServer } from '../../src/main/host/ws-transport.ts'
import { PERMISSIONS } from '../../src/preload/call-shape.ts'
import {
  type Args,
  type CallName,
  calls,
  type Push,
  type PushName,
  pushes,
  REFUSALS,
  type Reply,
} from '../../src/preload/contract.ts'
import { type DeskMessage, type Outcome, PROTOCOL } from '../../src/preload/wire.ts'
import { freshDir } from '../serving.ts'
import { startTestDesk, type TestDesk } from './test-desk.ts'

type Link = {
  hello: Promise<DeskMessage>
  call<N extends CallName>(name: N, args: Args<N>): Promise<Outcome<Reply<N>>>
  raw(value: unknown): void
  next<N extends PushName>(name: N): Promise<Push<N>>
  close(): void
}

let test: TestDesk
beforeAll(async () => {
  test = await startTestDesk()
})
afterAll(() => test.stop())

function linkOver(
  send: (value: unknown) => void,
  listen: (receive: (message: DeskMessage) => void) => void,
  close: () => void,
): Link {
  const waiting = new Map<number, (outcome: Outcome<never>) => void>()
  const pushed: { name: PushName; resolve: (value: never) => void }[] = []
  let last = 0
  const hello = new Promise<DeskMessage>((resolve) => {
    listen((message) => {
      if (message.kind === 'hello') return resolve(message)
      if (message.kind === 'reply') return waiting.get(message.id)?.(message as Outcome<never>)
      const value = pushes[message.name].parse(message.value)
      for (const one of pushed.filter(({ name }) => name === message.name)) one.resolve(value as never)
    })
  })
  return {
    hello,
    call: <N extends CallName>(name: N, args: Args<N>) =>
      new Promise<Outcome<Reply<N>>>((resolve) => {
        last += 1
        waiting.set(last, resolve as never)
        send({ id: last, name, args })
      }),
    raw: send,
    next: (name) => new Promise((resolve) => pushed.push({ name, resolve })),
    close,
  }
}

const transports: Record<string, () => Promise<Link>> = {
  async WebSocket() {
    const webFolder = freshDir()
    fs.writeFileSync(path.join(webFolder, 'index.html'), '<title>Latchkey</title>')
    const server = await startUiServer({
      host: '127.0.0.1',
      port: 0,
      webFolder,
      token: 'the-token',
      realNow: Date.now,
      log: () => undefined,
    })
    server.attach(test.desk)
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/desk`, {
      headers: { authorization: 'Bearer the-token' },
    })
    const link = linkOver(
      (value) => socket.send(JSON.stringify(value)),
      (receive) => socket.on('message', (data) => receive(JSON.parse(String(data)))),
      () => {
        socket.close()
        void server.close()
      },
    )
    await link.hello
    return link
  },
  async 'message ports'() {
    const { port1, port2 } = new MessageChannel()
    const link = linkOver(
      (value) => port1.postMessage(value),
      (receive) => port1.on('message', receive),
      () => port1.close(),
    )
    const session = openSession(
      test.desk,
      owner(),
      (message) => port2.postMessage(message),
      (line) => test.failures.push(line),
    )
    port2.on('message', (value) => session.receive(value))
    port1.on('close', () => session.close())
    await link.hello
    return link
  },
}

describe.each(Object.keys(transports))('over %s', (name) => {
  let link: Link
  beforeAll(async () => {
    link = (await transports[name]?.()) as Link
  })
  afterAll(() => link.close())

  async function value<N extends CallName>(call: N, args: Args<N>): Promise<Reply<N>> {
    const outcome = await link.call(call, args)
    if (!outcome.ok) throw new Error(`${call}: ${outcome.refusal.sentence}`)
    return calls[call].reply.parse(outcome.value) as Reply<N>
  }

  it('says hello with the protocol that it speaks', async () => {
    expect(await link.hello).toEqual({ kind: 'hello', protocol: PROTOCOL, version: '0.0.0-test' })
  })

  it.each([
    'desk.get',
    'desk.status',
    'desk.lamps',
    'desk.todo',
    'desk.signInLink',
    'secret.state',
    'readers.list',
    'readers.ports',
    'readers.profiles',
    'doors.list',
    'plans.list',
    'feed.today',
    'outage.forecast',
    'doors.alarms',
    'audit.verify',
    'settings.get',
  ] as const)('answers %s in its shape', async (call) => {
    await value(call, {})
  })

  it("does the desk's whole work", async () => {
    const { rows, total } = await value('members.list', { standing: 'current', limit: 5 })
    expect(rows).toHaveLength(5)
    expect(total).toBeGreaterThan(150)
    const lacking = await value('members.list', { withoutCard: true })
    expect(lacking.total).toBe((await value('desk.todo', {})).withoutCard)
    expect(lacking.rows.filter((row) => row.credentials.length > 0)).toEqual([])
    const member = rows[0] as (typeof rows)[number]
    expect(await value('members.search', { text: member.name })).toContainEqual(
      expect.objectContaining({ id: member.id }),
    )

    const door = `door-${name === 'WebSocket' ? 'a' : 'b'}`
    expect((await value('doors.add', { id: door, name: 'A door' })).key).toMatch(/^[0-9a-f]{64}$/)
    const told = link.next('members')
    const card = name === 'WebSocket' ? 'em:0A0B0C0D01' : 'em:0A0B0C0D02'
    expect(await value('cards.add', { member: member.id, card })).toMatchObject({ canonical: card, state: 'active' })
    await told
    expect(await value('decisions.explain', { door, card })).toMatchObject({ grant: true, reason: 'ok' })
    const panel = await value('members.get', { id: member.id })
    expect(panel.cards.map(({ canonical }) => canonical)).toContain(card)
    expect(panel.doors.find(({ id }) => id === door)).toMatchObject({ grant: true })

    const plans = await value('plans.list', {})
    const other = plans.find((plan) => !member.plans.includes(plan.name))
    await value('doors.setPlans', { id: door, plans: other === undefined ? [] : [other.id] })
    expect(await value('decisions.explain', { door, card })).toMatchObject({ grant: false, reason: 'not-this-door' })
    await value('cards.suspend', { card, why: 'left in a locker' })
    expect(await value('decisions.explain', { door, card })).toMatchObject({ reason: 'card-suspended' })
    await value('cards.reinstate', { card })
    await value('cards.revoke', { card, reason: 'returned' })
    expect((await value('cards.find', { card })).matches[0]).toMatchObject({ state: 'revoked', member: member.id })
    expect(await value('cards.list', { limit: 3 })).toHaveLength(name === 'WebSocket' ? 1 : 2)
    await value('doors.rekey', { id: door })
    await value('doors.remove', { id: door })
    expect(await value('sync.run', { wait: true, full: true })).toMatchObject({ drift: 0 })
    expect(await value('settings.set', { spaceName: 'The Forge' })).toMatchObject({ spaceName: 'The Forge' })
  })

  it('enrols the card that is presented while the dialog is open, and only one dialog at a time', async () => {
    await value('readers.add', { port: `sim:${name}`, profile: 'simulated' }).catch(() => undefined)
    const { rows } = await value('members.list', { standing: 'current', limit: 30 })
    const member = rows[name === 'WebSocket' ? 20 : 21] as (typeof rows)[number]
    const wait = await value('cards.await', { what: 'enrol', member: member.id })
    expect(wait).toMatchObject({ state: 'waiting', member: { id: member.id } })
    expect(await link.call('cards.await', { what: 'enrol', member: member.id })).toMatchObject({
      ok: false,
      refusal: { code: 'busy' },
    })
    const settled = link.next('cardWait')
    await value('cards.stopWaiting', { id: wait.id })
    expect(await settled).toMatchObject({ id: wait.id, state: 'cancelled' })
  })

  it.each([
    ['a call that is not there', 'members.eat', {}, 'bad-request'],
    ['a name that every object has', 'constructor', {}, 'bad-request'],
    ['an argument of another shape', 'members.get', { id: 7 }, 'bad-request'],
    ['an argument too many', 'desk.get', { colour: 'red' }, 'bad-request'],
    ['a person who is not there', 'members.get', { id: 'nobody' }, 'not-found'],
    ['a swipe that is not there', 'feed.why', { seq: 99_999 }, 'not-found'],
    ['a time zone that is none', 'settings.set', { timeZone: 'Mars/Olympus' }, 'bad-request'],
    ['a span that is none', 'demo.clock', { by: 'soon' }, 'bad-request'],
  ])('refuses %s in one sentence', async (_, call, args, code) => {
    const outcome = await link.call(call as CallName, args as never)
    expect(outcome).toMatchObject({ ok: false, refusal: { code } })
    if (!outcome.ok) expect(outcome.refusal.sentence).toMatch(/^[A-Z"].*\.\)?$/)
  })

  it('says of a text that is too long how long it may be', async () => {
    expect(await link.call('members.search', { text: 'x'.repeat(20_000) })).toMatchObject({
      ok: false,
      refusal: { sentence: 'What was written for "text" is too long: 4000 characters at most.' },
    })
  })

  it('goes on after messages that are no calls', async () => {
    for (const junk of [null, 1, 'x', [], { id: 'a', name: 1 }, { name: 'desk.get' }]) link.raw(junk)
    await value('desk.get', {})
  })
})

describe('the contract', () => {
  it('has one handler for each call, and no other', () => {
    expect(Object.keys(handlers).toSorted()).toEqual(Object.keys(calls).toSorted())
  })

  it('names a permission for each call, and the handler is not reached without it', async () => {
    for (const [name, call] of Object.entries(calls)) {
      expect(PERMISSIONS).toContain(call.permission)
      const nobody = { operator: 'nobody', permissions: new Set<never>() }
      expect(await answerCall(test.desk.deps, nobody, name, {}, () => undefined)).toMatchObject({
        ok: false,
        refusal: { code: 'not-allowed' },
      })
    }
  })

  it('keeps its refusals to the closed list', () => {
    expect(new Set(REFUSALS).size).toBe(REFUSALS.length)
  })

  it('broke nothing on the way', () => {
    expect(test.failures).toEqual([])
  })
})
