// A stand-in for the desk: serves the built page with the real headers and answers the contract from fixed data.
// Strict: arguments and replies are held to the contract's own schemas.
import http from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { servePage } from '../../src/main/host/page.ts'
import { type CallName, calls, type Push, type PushName, pushes, type Refusal } from '../../src/preload/contract.ts'
import type { Enrolment, Lamps, MemberPanel } from '../../src/preload/shapes.ts'
import { type CallEnvelope, type DeskMessage, PROTOCOL } from '../../src/preload/wire.ts'
import { accessHandlers } from './fake-access.ts'
import { type Handlers, idleLamps, no, readingHandlers } from './fake-answers.ts'
import { companyHandlers } from './fake-company.ts'
import { createWorld, short } from './fake-data.ts'
import { deviceHandlers } from './fake-devices.ts'
import { createOutage, outageHandlers } from './fake-outage.ts'
import { createUpkeep, upkeepHandlers } from './fake-upkeep.ts'

export type FakeDesk = Awaited<ReturnType<typeof startFakeDesk>>

export async function startFakeDesk(webFolder: string, { port = 0, realNow = Date.now } = {}) {
  const world = createWorld(realNow())
  const upkeep = createUpkeep(world)
  const outage = createOutage(world)
  const knobs = { signedOut: false, protocol: PROTOCOL, demo: true, exits: false, slowSearchFor: null as string | null }
  const heard: { name: string; args: unknown }[] = []
  /** What deeds made of people's panels. */
  const changed = new Map<string, Partial<MemberPanel>>()
  let lamps: Lamps = idleLamps(world)
  let enrolment: Enrolment | null = null
  let lastSeq = 100

  const server = http.createServer((request, response) => {
    const page = servePage(webFolder, new URL(request.url ?? '/', 'http://desk').pathname)
    response.writeHead(page.status, page.headers)
    response.end(page.body)
  })
  const sockets = new WebSocketServer({ server, path: '/desk' })

  function say(message: DeskMessage, to?: WebSocket): void {
    for (const socket of to === undefined ? sockets.clients : [to]) socket.send(JSON.stringify(message))
  }
  function push<N extends PushName>(name: N, value: Push<N>): void {
    say({ kind: 'push', name, value: pushes[name].parse(value) })
  }

  const handlers: Handlers = {
    ...readingHandlers(world, knobs, () => ({ ...lamps, now: new Date(realNow()).toISOString() }), changed),
    ...companyHandlers(world, changed),
    ...upkeepHandlers(world, upkeep),
    ...outageHandlers(world, outage),
    ...accessHandlers(world),
    ...deviceHandlers(world),
    'enrol.begin': ({ member }) => {
      const known = world.members.find(({ id }) => id === member)
      if (known === undefined) return no('not-found', 'This person is not here any more.')
      if (enrolment !== null) return no('busy', 'Another card is being enrolled just now: finish or cancel that first.')
      enrolment = {
        id: `enrolment-${heard.length}`,
        member: { id: known.id, name: known.name },
        until: new Date(realNow() + 60_000).toISOString(),
        state: 'waiting',
        sentence: null,
        card: null,
        readerReady: lamps.readers.some(({ state }) => state === 'ready'),
      }
      return enrolment
    },
    'enrol.cancel': ({ id }) => {
      if (enrolment?.id === id) enrolment = null
      return { ok: true }
    },
    'demo.present': () => {
      settleEnrolment('done')
      return { card: 'em:0A1B2C3D4E' }
    },
    'cards.add': ({ member, card, form }) => {
      if (form === undefined && /^\d{10}$/.test(card)) {
        return no('unreadable', `${card} may stand for different cards; say which form it has: 10H13D, 8H10D.`, [
          { form: '8H10D', canonical: 'em:0000BC614E' },
          { form: 'uhppote', canonical: 'w26:BC614E' },
        ])
      }
      const known = world.members.find(({ id }) => id === member)
      return {
        canonical: 'em:0000BC614E',
        short: '0012345678',
        state: 'active',
        since: world.iso(0),
        why: null,
        member: known ? { id: known.id, name: known.name } : null,
        stillOpens: [],
      }
    },
  }

  function settleEnrolment(state: Enrolment['state'], sentence: string | null = null): void {
    if (enrolment === null) return
    const card =
      state === 'done'
        ? {
            canonical: 'em:0A1B2C3D4E',
            short: short('em:0A1B2C3D4E'),
            state: 'active' as const,
            since: world.iso(0),
            why: null,
            member: enrolment.member,
            stillOpens: [],
          }
        : null
    const settled: Enrolment = { ...enrolment, state, sentence, card }
    enrolment = null
    push('enrol', settled)
  }

  async function answer({ id, name, args }: CallEnvelope, socket: WebSocket): Promise<void> {
    heard.push({ name, args })
    const call = calls[name as CallName]
    const handler = handlers[name as CallName] as ((args: unknown) => unknown) | undefined
    if (handler === undefined) throw new Error(`The fake desk cannot answer ${name}`)
    const value = (await handler(call.args.parse(args))) as { refusal?: Refusal }
    const refused = typeof value === 'object' && value !== null && 'refusal' in value ? value.refusal : undefined
    say(
      refused
        ? { kind: 'reply', id, ok: false, refusal: refused }
        : { kind: 'reply', id, ok: true, value: call.reply.parse(value) },
      socket,
    )
  }

  sockets.on('connection', (socket) => {
    if (knobs.signedOut) return socket.close(4401, 'signed out')
    say({ kind: 'hello', protocol: knobs.protocol, version: '0.1.0' }, socket)
    socket.on('message', (data) => void answer(JSON.parse(String(data)) as CallEnvelope, socket))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  const at = typeof address === 'object' && address !== null ? address.port : port

  return {
    url: `http://127.0.0.1:${at}/`,
    port: at,
    world,
    upkeep,
    outage,
    knobs,
    heard,
    push,
    settleEnrolment,
    swipe(member: number | null, verdict: 'granted' | 'grace' | 'refused' | 'note', door = 0) {
      lastSeq += 1
      const row = world.swipe(
        lastSeq,
        realNow(),
        member === null ? null : (world.members[member] ?? null),
        verdict,
        door,
      )
      world.feed.unshift(row)
      push('feed', row)
      return row
    },
    setLamps(change: (lamps: Lamps) => Lamps) {
      lamps = change({ ...idleLamps(world), now: new Date(realNow()).toISOString() })
      push('lamps', lamps)
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
