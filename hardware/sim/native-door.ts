// A native door controller without hardware: speaks door link v1 as an ESP32 at a door would (docs/door-link.md).
import { answerOf, type DoorAnswer, isSilence, jsonOf } from './door-answer.ts'
import type { DoorMemory } from './door-memory.ts'
import { HeldList, type ListPage } from './held-list.ts'
import { KeptEvents } from './kept-events.ts'
import { type Asked, createLinkClient } from './link-client.ts'

/** A controller waits this long for an answer, in milliseconds, and asks once more (docs/door-link.md). */
const PATIENCE = 300
/** At most 20 s may lie between two questions for the time; this leaves room for one that fails. */
const POLL = 10_000
/** The desk may have to make a list first; a card that is shown meanwhile goes before it. */
const LIST_PATIENCE = 10_000
/** A list whose revision stands still grows old all the same. */
const LIST_AGAIN = 600_000

export type Mode = 'normal' | 'lockdown' | 'held-open'
export type DoorNews =
  | { what: 'desk'; reached: boolean; why?: string }
  | { what: 'list'; rev: number; cards: number }
  | { what: 'mode'; mode: Mode; seconds: number }
  | { what: 'uploaded'; acked: number; waiting: number }

export type NativeDoorOptions = {
  url: string
  id: string
  /** 64 hex characters, as `door add` printed them. */
  key: string
  random(bytes: number): Uint8Array
  /** How many events it can keep while the desk is silent; with 0, the default, it holds no list and only asks. */
  memory?: number
  /** What outlasts a loss of power; by default nothing does. */
  flash?: DoorMemory
  /** Milliseconds since some moment, by a clock that nobody sets. */
  uptime?(): number
  /** Milliseconds that one request may take. */
  patience?: number
  onAnswer?(card: string, answer: DoorAnswer): void
  onNews?(news: DoorNews): void
}

export type DoorHeld = {
  /** The revision of the list that it holds, and how many cards are on it. */
  rev: number
  cards: number
  /** Events that wait to be uploaded. */
  waiting: number
  /** UTC milliseconds by its own clock; null until the desk told it the time. */
  clock: number | null
  mode: Mode
  cut: boolean
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
  held(): DoorHeld
  close(): Promise<void>
}

export function startNativeDoor(options: NativeDoorOptions): NativeDoor {
  const { url, id, key, random, memory = 0, flash, uptime = () => performance.now(), patience = PATIENCE } = options
  const link = createLinkClient({ url, id, key, random, patience })
  const list = new HeldList()
  const kept = new KeptEvents(memory)
  const news = (told: DoorNews) => options.onNews?.(told)
  /** The desk's clock as it was last told, and when that was. Before that no clock is to be trusted. */
  let told: { now: number; at: number } | null = null
  const clock = () => (told === null ? null : told.now + uptime() - told.at)
  let listAt = Number.NEGATIVE_INFINITY
  let mode: Mode = 'normal'
  let heldUntil = 0
  let leaseEnd: ReturnType<typeof setTimeout> | undefined
  let reached: boolean | null = null
  let fetching = false
  const forList = { patience: Math.max(patience, LIST_PATIENCE) }
  let queue: Promise<unknown> = Promise.resolve()

  const remembered = flash?.load() ?? null
  if (remembered?.list) list.restore(remembered.list)
  if (remembered !== null) kept.restore(remembered.events, uptime())
  const save = () => flash?.save({ list: list.rev === 0 ? null : list.keep(), events: kept.keep() })

  /** One at a time: the numbers of a session must arrive in order. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work)
    queue = result.catch(() => {})
    return result
  }

  const ask = async (...question: Parameters<typeof link.ask>): Promise<Asked> => {
    const asked = await link.ask(...question)
    const answers = asked.kind === 'reply'
    if (answers !== reached)
      news({ what: 'desk', reached: answers, ...(answers ? {} : { why: 'why' in asked ? asked.why : asked.error }) })
    reached = answers
    return asked
  }

  /** A retry is a new number with the same id, so that the desk counts one presentation. */
  const check = (card: string, format: string | undefined): Promise<Asked> => {
    const body = { id: uuid(random(16)), card, ...(format === undefined ? {} : { format }) }
    return ask('POST', '/door/v1/check', JSON.stringify(body), { tries: 2 })
  }

  const fetchList = async (): Promise<void> => {
    const pages: ListPage[] = []
    for (let after = ''; ; ) {
      const query = `since=${list.rev}&after=${encodeURIComponent(after)}`
      fetching = true
      const page = jsonOf(await link.ask('GET', `/door/v1/list?${query}`, '', forList)) as ListPage | null
      fetching = false
      // Where the list changed between two pages, those that came before are of no use.
      if (page === null || pages.some(({ rev }) => rev !== page.rev)) return
      pages.push(page)
      if (!page.more) break
      after = [...page.entries.map(({ card }) => card), ...page.removed].reduce(later, '')
    }
    const before = list.rev
    list.take(pages)
    listAt = uptime()
    save()
    if (list.rev !== before) news({ what: 'list', rev: list.rev, cards: list.size })
  }

  const upload = async (): Promise<void> => {
    // A controller that remembers nothing must not use a number twice, so it asks how far the desk is.
    if (!kept.isCounted) {
      const reply = jsonOf(await ask('POST', '/door/v1/events', '{"events":[]}'))
      if (reply === null) return
      kept.countFrom(Number(reply.acked))
      save()
    }
    for (let next = kept.next(), before = ''; next !== null; next = kept.next()) {
      const body = JSON.stringify(next)
      const asked = await ask('POST', '/door/v1/events', body)
      // Where the desk takes nothing of it, the next time is soon enough.
      if (asked.kind !== 'reply' || body === before) return
      before = body
      const acked = Number(asked.json.acked)
      if (asked.status === 409) kept.countAbove(acked)
      else if (asked.status === 200) kept.acknowledge(acked)
      else return
      save()
      if (asked.status === 200) news({ what: 'uploaded', acked, waiting: kept.waiting })
    }
  }

  const takeMode = (ordered: Mode, seconds: number) => {
    clearTimeout(leaseEnd)
    heldUntil = ordered === 'held-open' ? uptime() + seconds * 1_000 : 0
    if (ordered === 'held-open') leaseEnd = setTimeout(takeMode, seconds * 1_000, 'normal', 0)
    if (ordered !== mode) news({ what: 'mode', mode: ordered, seconds })
    mode = ordered
  }

  const tick = async (): Promise<void> => {
    const time = jsonOf(await ask('GET', '/door/v1/time'))
    if (time === null) return
    takeMode(time.mode as Mode, Number(time.mode_for))
    told = { now: Date.parse(String(time.now)), at: uptime() }
    if (memory === 0) return
    kept.setTimes(told.now, told.at)
    if (Number(time.list_rev) !== list.rev || uptime() - listAt >= LIST_AGAIN) await fetchList()
    await upload()
  }

  /** Where nobody answers, the list does, and what it did is kept for later. */
  const alone = (card: string): DoorAnswer => {
    const answer = list.answer(card, clock(), mode === 'lockdown')
    kept.add(clock(), uptime(), { card, ...answer })
    save()
    return { kind: 'offline', ...answer }
  }

  const poll = () => void inTurn(tick).catch(() => {})
  poll()
  const timer = setInterval(poll, POLL)

  return {
    cutOff: (pulled) => link.cut(pulled),
    async tell(kind) {
      kept.add(clock(), uptime(), { kind })
      save()
      await inTurn(tick).catch(() => {})
    },
    catchUp: () => inTurn(tick),
    isHeldOpen: () => uptime() < heldUntil,
    held: () => ({
      rev: list.rev,
      cards: list.size,
      waiting: kept.waiting,
      clock: clock(),
      mode,
      cut: link.isCut(),
    }),
    async present(card, format) {
      if (fetching) link.giveUp()
      const asked = await inTurn(() => check(card, format))
      // Without a list there is nothing to fall back upon, and what was said is shown, vouched for or not.
      const answer = memory > 0 && isSilence(asked) ? alone(card) : answerOf(asked)
      if (memory > 0 && answer.kind === 'answer' && answer.listRev !== list.rev) poll()
      options.onAnswer?.(card, answer)
      return answer
    },
    async close() {
      clearInterval(timer)
      clearTimeout(leaseEnd)
      link.close()
      await queue
    },
  }
}

/** Of two cards the one that stands later as the desk orders a list: by the bytes of UTF-8. */
function later(a: string, b: string): string {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0 ? b : a
}

function uuid(bytes: Uint8Array): string {
  const digits = Buffer.from(bytes).toString('hex')
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 0x3) | 0x8).toString(16)
  const fourth = `${variant}${digits.slice(17, 20)}`
  return [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, fourth, digits.slice(20)].join('-')
}
