// A controller that never gives up: asks about cards, for the time and for its list, uploads, and asks again after every
// failure, each thing under the name that it had. It notes what it was told and what it should not have been told.
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import { type Asked, connect, type LinkSession } from '../door/controller.ts'
import type { TestDoor } from '../door/world.ts'

export type Told = { door: string; id: string; card: string; text: string }
/** Milliseconds of one silence, from the failure to the next signed answer. */
export type Silence = { since: number; lasted: number }

export type InsistentDoor = {
  told: Told[]
  silences: Silence[]
  /** The number of its last event, all of which were acknowledged. */
  events(): number
  /** What went wrong, in words. */
  faults: string[]
  /** Shows one card and waits for the answer, however long that takes. */
  show(card: string): Promise<{ grant: boolean; reason: string }>
  /** Begins to show these, one after the other, until `rest`. */
  work(cards: readonly string[]): void
  rest(): Promise<void>
}

const RECENT = 3

export function insistentDoor(port: number, door: TestDoor): InsistentDoor {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const told: Told[] = []
  const silences: Silence[] = []
  const faults: string[] = []
  const held = new Map<string, string>()
  let session: LinkSession | null = null
  let isNew = true
  let silentSince: number | null = null
  let revision = 0
  let heldRevision = 0
  let events = 0
  let working: Promise<void> = Promise.resolve()
  let resting = false

  async function insist(ask: (on: LinkSession) => Promise<Asked>): Promise<Asked> {
    for (;;) {
      try {
        if (session === null) {
          session = await connect(port, door, { agent })
          if (!isNew) await askAgain(session)
          isNew = false
        }
        const reply = await ask(session)
        if (reply.signed) {
          if (silentSince !== null) silences.push({ since: silentSince, lasted: performance.now() - silentSince })
          silentSince = null
          if (reply.status !== 200) faults.push(`${door.id} was told ${reply.status} ${reply.text}`)
          return reply
        }
      } catch {
        silentSince ??= performance.now()
      }
      session = null
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** What was answered before it went silent must be answered the same. */
  async function askAgain(on: LinkSession): Promise<void> {
    for (const { id, card, text } of told.slice(-RECENT)) {
      const reply = await on.check(card, { id })
      if (reply.signed && reply.text !== text) faults.push(`${id} was answered ${text} and then ${reply.text}`)
    }
  }

  function seen(rev: number, where: string): void {
    if (rev < revision) faults.push(`${door.id} heard of revision ${revision}, and then of ${rev} by ${where}`)
    revision = Math.max(revision, rev)
  }

  async function show(card: string) {
    const id = randomUUID()
    const { json, text } = await insist((on) => on.check(card, { id }))
    told.push({ door: door.id, id, card, text })
    seen(json.list_rev, 'check')
    return json
  }

  async function fetchList(since: number): Promise<Asked> {
    const reply = await insist((on) => on.ask('GET', `/door/v1/list?since=${since}`))
    seen(reply.json.rev, 'list')
    return reply
  }

  async function keepList(): Promise<void> {
    const { json } = await fetchList(heldRevision)
    if (json.full) held.clear()
    for (const entry of json.entries) held.set(entry.card, JSON.stringify(entry))
    for (const card of json.removed) held.delete(card)
    heldRevision = json.rev
  }

  async function upload(): Promise<void> {
    const at = new Date().toISOString()
    const fresh = [1, 2, 3].map((more) => ({ n: events + more, at, kind: 'closed' }))
    events += fresh.length
    const { json } = await insist((on) => on.ask('POST', '/door/v1/events', JSON.stringify({ events: fresh })))
    if (json.acked !== events) faults.push(`${door.id} uploaded to ${events}, and ${json.acked} was acknowledged`)
  }

  async function work(cards: readonly string[]): Promise<void> {
    for (let round = 0; !resting; round += 1) {
      await show(cards[round % cards.length] as string)
      if (round % 3 === 0) seen((await insist((on) => on.time())).json.list_rev, 'time')
      if (round % 4 === 0) await keepList()
      if (round % 5 === 0) await upload()
    }
  }

  return {
    told,
    silences,
    faults,
    events: () => events,
    show,
    work(cards) {
      working = work(cards)
    },
    async rest() {
      resting = true
      await working
      await keepList()
      const { json } = await fetchList(0)
      const whole = json.entries.map((entry: { card: string }) => JSON.stringify(entry))
      if (json.rev === heldRevision && JSON.stringify([...held.values()].sort()) !== JSON.stringify(whole.sort()))
        faults.push(`${door.id} kept a list by its changes that is not the whole list`)
      agent.destroy()
    },
  }
}
