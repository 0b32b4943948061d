// A stand-in for the desk: serves the built page with the real headers and answers the contract from fixed data.
// Strict: arguments and replies are held to the contract's own schemas.
import http from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { servePage } from '../../src/main/host/page.ts'
import { type CallName, calls, type Push, type PushName, pushes, type Refusal } from '../../src/preload/contract.ts'
import type { Lamps, MemberPanel, Settings } from '../../src/preload/shapes.ts'
import { type CallEnvelope, type DeskMessage, PROTOCOL } from '../../src/preload/wire.ts'
import { accessHandlers } from './fake-access.ts'
import { type Handlers, idleLamps, readingHandlers } from './fake-answers.ts'
import { byMailHandlers, createByMail } from './fake-by-mail.ts'
import { createDoctor } from './fake-card-doctor.ts'
import { createCards } from './fake-cards.ts'
import { cashHandlers, createCash } from './fake-cash.ts'
import { changeHandlers } from './fake-changes.ts'
import { companyHandlers } from './fake-company.ts'
import { createWorld } from './fake-data.ts'
import { createDetails, detailHandlers } from './fake-details.ts'
import { deviceHandlers } from './fake-devices.ts'
import { createLate, lateHandlers } from './fake-late.ts'
import { lateActionHandlers } from './fake-late-actions.ts'
import { createPost, mailHandlers } from './fake-mail.ts'
import { createMoney, moneyHandlers } from './fake-money.ts'
import { createNumbers, numberHandlers } from './fake-numbers.ts'
import { createOutage, outageHandlers } from './fake-outage.ts'
import { photoHandlers } from './fake-photos.ts'
import { planHandlers } from './fake-plans.ts'
import { readerHandlers } from './fake-readers.ts'
import { createSignUps, signUpHandlers } from './fake-sign-up.ts'
import { createUpkeep, upkeepHandlers } from './fake-upkeep.ts'
import { createWhatIf, whatIfHandlers } from './fake-what-if.ts'
import { createWorklists, worklistHandlers } from './fake-worklists.ts'

/** No page, but without a complaint: where a browser waits between two desks. With an icon of its own, or the browser would
 * ask for one, perhaps when the desk is gone. */
export const NOTHING = '/nothing.html'
const NOTHING_PAGE = '<!doctype html><title>Nothing</title><link rel="icon" href="data:,">'

export type FakeDesk = Awaited<ReturnType<typeof startFakeDesk>>

export async function startFakeDesk(webFolder: string, { port = 0, realNow = Date.now } = {}) {
  const world = createWorld(realNow())
  const upkeep = createUpkeep(world)
  const outage = createOutage(world)
  const post = createPost(world)
  const signUps = createSignUps()
  const cash = createCash(world)
  const money = createMoney(world)
  const late = createLate(world)
  const whatIf = createWhatIf()
  const worklists = createWorklists(world)
  const numbers = createNumbers()
  const byMail = createByMail(world)
  const details = createDetails()
  const knobs = {
    signedOut: false,
    protocol: PROTOCOL,
    demo: true,
    exits: false,
    refuseEvents: false,
    /** What somebody else has set since. */
    settings: {} as Partial<Settings>,
    slowSearchFor: null as string | null,
    sameAs: null as string | null,
    waiting: { unpaid: 0, handOver: 0, cash: 0 },
  }
  const heard: { name: string; args: unknown }[] = []
  /** What deeds made of people's panels. */
  const changed = new Map<string, Partial<MemberPanel>>()
  let lamps: Lamps = idleLamps(world)
  let lastSeq = 100

  const server = http.createServer((request, response) => {
    if (request.url === NOTHING) return response.setHeader('content-type', 'text/html').end(NOTHING_PAGE)
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

  const doctor = createDoctor(world)
  const cards = createCards(world, {
    now: realNow,
    ready: () => lamps.readers.some(({ state }) => state === 'ready'),
    tell: (wait) => push('cardWait', wait),
  })

  const handlers: Handlers = {
    ...readingHandlers(world, knobs, () => ({ ...lamps, now: new Date(realNow()).toISOString() }), changed),
    ...companyHandlers(world, changed, knobs),
    ...upkeepHandlers(world, upkeep),
    ...outageHandlers(world, outage),
    ...accessHandlers(world),
    ...deviceHandlers(world),
    ...readerHandlers(
      realNow,
      () => lamps,
      (readers) => {
        lamps = { ...lamps, readers }
        push('lamps', lamps)
      },
    ),
    ...photoHandlers(world),
    ...changeHandlers(world, changed),
    ...mailHandlers(post, knobs, upkeep),
    ...signUpHandlers(world, signUps, details),
    ...cashHandlers(world, cash),
    ...moneyHandlers(world, money),
    ...lateHandlers(world, late),
    ...lateActionHandlers(world, late),
    ...numberHandlers(world, numbers),
    ...byMailHandlers(world, byMail, post, knobs, realNow),
    ...whatIfHandlers(world, whatIf),
    ...worklistHandlers(world, worklists),
    ...planHandlers(world),
    ...detailHandlers(world, details, signUps),
    ...cards.handlers,
    ...doctor.handlers,
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
    signUps,
    cash,
    money,
    late,
    whatIf,
    worklists,
    numbers,
    byMail,
    details,
    upkeep,
    outage,
    post,
    knobs,
    heard,
    push,
    cards,
    doctor,
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
