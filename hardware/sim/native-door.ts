// A native door controller without hardware: speaks door link v1 as an ESP32 at a door would (docs/door-link.md).
import {
  type Nonces,
  replySignature,
  requestSignature,
  sameSignature,
  serverProof,
  sessionKey,
} from './door-link-crypto.ts'
import { HeldList, KeptEvents, type ListPage } from './held-list.ts'

/** A controller waits this long for an answer, in milliseconds, and asks once more (docs/door-link.md). */
const PATIENCE = 300
/** At most 20 s may lie between two questions for the time; this leaves room for one that fails. */
const POLL = 10_000

export type DoorAnswer =
  | { kind: 'answer'; grant: boolean; reason: string; openMs: number; receipt: string; listRev: number }
  /** The desk said no to the question itself: an unknown door, a text that is no card. */
  | { kind: 'refused'; error: string; detail: string }
  | { kind: 'unreachable'; why: string }
  /** The desk was silent, and the list that the controller holds decided. */
  | { kind: 'offline'; grant: boolean; reason: string }

export type NativeDoorOptions = {
  url: string
  id: string
  /** 64 hex characters, as `door add` printed them. */
  key: string
  random(bytes: number): Uint8Array
  /** How many events it can keep while the desk is silent; with 0, the default, it holds no list and only asks. */
  memory?: number
  /** Milliseconds that it waits for an answer, and its own clock, which counts milliseconds since some moment. */
  patience?: number
  uptime?(): number
  onAnswer?(card: string, answer: DoorAnswer): void
}

export type NativeDoor = {
  /** One presentation; never rejects. `format` as the card is written, by default as the door is set. */
  present(card: string, format?: string): Promise<DoorAnswer>
  /** True: as if its cable were pulled, until false. */
  cutOff(cut: boolean): void
  /** Something that the door itself sees, such as `forced`. */
  tell(kind: string): Promise<void>
  /** What it would do anyway after a while: asks for the time, for the list, and uploads. */
  catchUp(): Promise<void>
  /** Whether it stands unlocked for everybody, as the desk last ordered: a lease, which runs out by itself. */
  isHeldOpen(): boolean
  /** The revision that it holds, and events that wait to be uploaded. */
  held(): { rev: number; waiting: number }
  close(): Promise<void>
}

type Session = { id: string; key: Uint8Array; seq: number }
type Reply = { status: number; json: Record<string, unknown>; signed: boolean }

export function startNativeDoor(options: NativeDoorOptions): NativeDoor {
  const { url, id, key, random, memory = 0, patience = PATIENCE, onAnswer } = options
  const uptime = options.uptime ?? (() => performance.now())
  const stop = new AbortController()
  const list = new HeldList()
  const kept = new KeptEvents(memory)
  let cut = false
  let heldUntil = 0
  /** The desk's clock as it was last told, and when that was. */
  let told: { now: number; at: number } | null = null
  const clock = () => (told === null ? Date.now() : told.now + uptime() - told.at)
  let session: Session | null = null
  let queue: Promise<unknown> = Promise.resolve()

  const send = async (method: string, path: string, body: string, headers: Record<string, string>) => {
    if (cut) throw new Error('The cable is pulled.')
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(patience)])
    const content: Record<string, string> = body === '' ? {} : { 'content-type': 'application/json' }
    const response = await fetch(new URL(path, url), {
      method,
      headers: { ...headers, ...content },
      signal,
      ...(body === '' ? {} : { body }),
    })
    return { response, text: await response.text() }
  }

  const openSession = async (): Promise<Session | DoorAnswer> => {
    const clientNonce = hex(random(16))
    const body = JSON.stringify({ door: id, client_nonce: clientNonce })
    const { response, text } = await send('POST', '/door/v1/session', body, {})
    const reply = parse(text)
    if (response.status !== 200)
      return { kind: 'refused', error: String(reply.error), detail: String(reply.detail ?? '') }
    const nonces: Nonces = { door: id, clientNonce, serverNonce: String(reply.server_nonce) }
    if (!sameSignature(serverProof(key, nonces), String(reply.proof))) {
      return { kind: 'unreachable', why: 'What answered does not hold the key of this door.' }
    }
    return { id: String(reply.session), key: sessionKey(key, nonces), seq: 0 }
  }

  const ask = async (open: Session, method: string, path: string, body: string): Promise<Reply> => {
    const seq = ++open.seq
    const { response, text } = await send(method, path, body, {
      'latchkey-session': open.id,
      'latchkey-seq': String(seq),
      'latchkey-signature': requestSignature(open.key, { seq, method, path, body }),
    })
    const expected = replySignature(open.key, { seq, status: response.status, body: text })
    const signed = sameSignature(expected, response.headers.get('latchkey-signature'))
    return { status: response.status, json: parse(text), signed }
  }

  /** One question, opening a session where there is none. A reply without a good signature only ends the session. */
  const question = async (method: string, path: string, body: string): Promise<Reply | DoorAnswer> => {
    for (let opened = 0; ; ) {
      if (session === null) {
        if (opened++ > 0) return { kind: 'unreachable', why: 'The answer was not signed with the key of this door.' }
        const open = await openSession()
        if ('kind' in open) return open
        session = open
      }
      const reply = await ask(session, method, path, body)
      if (reply.signed) return reply
      session = null
    }
  }

  /** One at a time: the numbers of a session must arrive in order. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work)
    queue = result.catch(() => {})
    return result
  }

  const check = async (card: string, format: string | undefined): Promise<DoorAnswer> => {
    const body = JSON.stringify({ id: uuid(random(16)), card, ...(format === undefined ? {} : { format }) })
    let why = ''
    // A retry is a new number with the same id, so that the desk counts one presentation.
    for (let attempt = 0; attempt < 2 && !stop.signal.aborted; attempt++) {
      try {
        const reply = await question('POST', '/door/v1/check', body)
        return 'kind' in reply ? reply : answerOf(reply)
      } catch (error) {
        why = error instanceof Error ? error.message : String(error)
      }
    }
    return { kind: 'unreachable', why: why || 'The door is being closed.' }
  }

  const fetchList = async (): Promise<void> => {
    const pages: ListPage[] = []
    for (let after = ''; ; ) {
      const query = `since=${list.rev}&after=${encodeURIComponent(after)}`
      const reply = await question('GET', `/door/v1/list?${query}`, '')
      if ('kind' in reply || reply.status !== 200) return
      const page = reply.json as unknown as ListPage
      // The list changed between two pages: those that came before are of no use.
      if (pages.some(({ rev }) => rev !== page.rev)) return
      pages.push(page)
      if (!page.more) break
      after = [...page.entries.map(({ card }) => card), ...page.removed].reduce(
        (a, b) => (bytesOf(a, b) < 0 ? b : a),
        '',
      )
    }
    list.take(pages)
  }

  const upload = async (): Promise<void> => {
    for (let next = kept.next(); next !== null; next = kept.next()) {
      const reply = await question('POST', '/door/v1/events', JSON.stringify(next))
      if ('kind' in reply || reply.status !== 200) return
      kept.acknowledge(Number(reply.json.acked))
    }
  }

  const tick = async (): Promise<void> => {
    const reply = await question('GET', '/door/v1/time', '')
    if ('kind' in reply || reply.status !== 200) return
    heldUntil = reply.json.mode === 'held-open' ? uptime() + Number(reply.json.mode_for) * 1_000 : 0
    if (memory === 0) return
    told = { now: Date.parse(String(reply.json.now)), at: uptime() }
    if (Number(reply.json.list_rev) > list.rev) await fetchList()
    await upload()
  }

  /** Where nobody answers, the list does, and what it did is kept for later. */
  const alone = (card: string): DoorAnswer => {
    const answer = list.answer(card, clock())
    kept.add(clock(), { card, ...answer })
    return { kind: 'offline', ...answer }
  }

  const poll = () => void inTurn(tick).catch(() => {})
  poll()
  const timer = setInterval(poll, POLL)

  return {
    cutOff(pulled) {
      cut = pulled
    },
    async tell(kind) {
      kept.add(clock(), { kind })
      await inTurn(upload).catch(() => {})
    },
    catchUp: () => inTurn(tick),
    isHeldOpen: () => uptime() < heldUntil,
    held: () => ({ rev: list.rev, waiting: kept.waiting }),
    async present(card, format) {
      const asked = await inTurn(() => check(card, format))
      const answer = asked.kind === 'unreachable' && memory > 0 ? alone(card) : asked
      onAnswer?.(card, answer)
      return answer
    },
    async close() {
      clearInterval(timer)
      stop.abort()
      await queue
    },
  }
}

function answerOf({ status, json }: Reply): DoorAnswer {
  if (status !== 200) return { kind: 'refused', error: String(json.error), detail: String(json.detail ?? '') }
  return {
    kind: 'answer',
    // Anything but a plain yes keeps the door shut.
    grant: json.grant === true,
    reason: String(json.reason),
    openMs: Number(json.open_ms),
    receipt: String(json.receipt),
    listRev: Number(json.list_rev),
  }
}

/** As the desk orders a list: by the bytes of UTF-8. */
function bytesOf(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function parse(text: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? { ...json } : {}
  } catch {
    return {}
  }
}

function uuid(bytes: Uint8Array): string {
  const digits = hex(bytes)
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 0x3) | 0x8).toString(16)
  const [a, b, c, d, e] = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(13, 16),
    digits.slice(17, 20),
    digits.slice(20),
  ]
  return `${a}-${b}-4${c}-${variant}${d}-${e}`
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
