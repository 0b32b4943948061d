// A door under siege: an enemy without a key, a controller with one that talks nonsense, and one that means it.
import http from 'node:http'
import { expect } from 'vitest'
import { type Asked, connect, type LinkSession, type Sent } from '../door/controller.ts'
import { addPerson, newCard, type World } from '../door/world.ts'
import { politeAttack, rudeAttack } from './attacks.ts'
import { strangeBody, strangeCheck, strangeEvents, strangeQuery } from './bodies.ts'
import type { Random } from './random.ts'
import { keepConnection, throwAt } from './wire.ts'

/** In one round: over each of the kept connections, over connections of their own, and signed. */
const ROUND = { lanes: 8, polite: 38, rude: 76, signed: 20 }
const IN_A_ROUND = ROUND.lanes * ROUND.polite + ROUND.rude + ROUND.signed
/** An enemy remembers that many requests. */
const REMEMBERED = 200

export type Siege = {
  requests: number
  /** How often each status came back. */
  statuses: Record<string, number>
  /** Presentations that were meant, each answered rightly. */
  meant: number
  rows: number
}

export async function besiege(
  world: World,
  random: Random,
  requests: number,
  onRound: (sent: number) => void = () => undefined,
): Promise<Siege> {
  const agents = [1, 2].map(() => new http.Agent({ keepAlive: true, maxSockets: 1 }))
  const [front, side] = [world.addDoor('front'), world.addDoor('side')]
  const { card } = addPerson(world.desk)
  const { port } = await world.start()
  const lanes = Array.from({ length: ROUND.lanes }, () => keepConnection(port))
  const statuses: Record<string, number> = {}
  const receipts = new Set<string>()
  const heard = { requests: [] as Sent[], sessions: [] as string[] }
  let meant = 0
  let honest = await meet()
  const nonsense = await connect(port, side, { agent: agents[1] as http.Agent })
  heard.sessions.push(nonsense.id)

  async function meet(): Promise<LinkSession> {
    const session = await connect(port, front, { agent: agents[0] as http.Agent })
    heard.sessions.push(session.id)
    return session
  }

  /** What must be answered, whatever else goes on. */
  async function mean(): Promise<void> {
    const good = await honest.check(card)
    expect(good).toMatchObject({ status: 200, json: { grant: true, reason: 'ok' }, signed: true })
    const unknown = await honest.check(newCard())
    expect(unknown).toMatchObject({ status: 200, json: { grant: false, reason: 'unknown-card' }, signed: true })
    const time = await honest.time()
    expect(time).toMatchObject({ status: 200, signed: true })
    for (const { json } of [good, unknown]) receipts.add(json.receipt)
    meant += 2
    heard.requests.push(good.sent, unknown.sent, time.sent)
    heard.requests.splice(0, heard.requests.length - REMEMBERED)
  }

  function note(reply: string): void {
    if (reply.includes('"grant"')) throw new Error(`Somebody without a key was told ${reply}`)
    for (const [, status = ''] of reply.matchAll(/HTTP\/1\.1 (\d{3})/g)) statuses[status] = (statuses[status] ?? 0) + 1
  }

  /** Signed with a good key, so every one is answered and signed; there is nobody whom it could let in. */
  async function talkNonsense(): Promise<void> {
    const asked: (() => Promise<Asked>)[] = [
      () => nonsense.ask('POST', '/door/v1/check', strangeCheck(random)),
      () => nonsense.ask('POST', '/door/v1/events', strangeEvents(random)),
      () => nonsense.ask('GET', `/door/v1/list${strangeQuery(random)}`),
      () => nonsense.ask(random.pick(['POST', 'GET', 'PUT']), '/door/v1/check', strangeBody(random)),
      () => nonsense.ask(random.pick(['POST', 'PATCH']), '/door/v1/events', strangeBody(random)),
    ]
    const { status, json, signed } = await random.pick(asked)()
    expect({ signed, isKnown: [200, 400, 404, 409].includes(status), grant: json.grant ?? false }).toEqual({
      signed: true,
      isKnown: true,
      grant: false,
    })
    if (json.receipt !== undefined) receipts.add(json.receipt)
    statuses[`signed ${status}`] = (statuses[`signed ${status}`] ?? 0) + 1
  }

  await mean()
  let sent = 0
  for (; sent < requests; sent += IN_A_ROUND) {
    await Promise.all([
      ...lanes.map(async (lane) => {
        for (let n = 0; n < ROUND.polite; n += 1) {
          const answer = await lane.ask(politeAttack(random, heard))
          if (!/^HTTP\/1\.1 [245]/.test(answer)) throw new Error(`A well-formed request was answered "${answer}"`)
          note(answer)
        }
      }),
      ...Array.from({ length: ROUND.rude }, async () => note(await throwAt(port, rudeAttack(random, heard)))),
      (async () => {
        for (let n = 0; n < ROUND.signed; n += 1) await talkNonsense()
      })(),
    ])
    if (random.below(4) === 0) honest = await meet()
    await mean()
    onRound(sent + IN_A_ROUND)
  }
  for (const lane of lanes) lane.close()
  for (const agent of agents) agent.destroy()

  expect(world.lines).toEqual([])
  const { rows, firstBad } = world.log()
  expect(firstBad).toBeNull()
  const presented = rows.filter(({ presentation_id: id }) => id !== null)
  expect(new Set(presented.map(({ receipt }) => receipt))).toEqual(receipts)
  expect(presented).toHaveLength(receipts.size)
  expect(presented.filter(({ granted }) => granted === 1)).toHaveLength(meant / 2)
  const numbers = rows.flatMap(({ inputs }) => JSON.parse(String(inputs)).n ?? [])
  expect(new Set(numbers).size).toBe(numbers.length)
  return { requests: sent, statuses, meant, rows: rows.length }
}
