// What a simulated controller did and saw on its own: numbered, and kept until the desk has it (docs/door-link.md, 6).

export type EventFacts = { card: string; grant: boolean; reason: string } | { kind: string }
export type KeptEvent = { n: number; at: string } & EventFacts

/** `at` null where the time was not known then; `uptime` says when it was by the clock since the power came. */
type Waiting = { n: number; at: string | null; uptime: number; what: EventFacts }
export type KeptNumbers = { last: number; counted: boolean; lostTo: number; events: Waiting[] }

/** Bytes of events in one upload: a request holds 64 KiB. */
const ROOM_IN_UPLOAD = 48 * 1024
/** The desk takes no longer text as a card. */
const LONGEST_CARD = 200

export class KeptEvents {
  /** How many it has room for; the oldest go first. */
  private readonly room: number
  private last = 0
  /** Whether `last` goes on from what the desk holds, so that no number is used twice under one key. */
  private counted = false
  private lostTo = 0
  private events: Waiting[] = []
  /** The highest number in the last upload: one that came meanwhile is not acknowledged by its answer. */
  private sent = 0

  constructor(room: number) {
    this.room = room
  }

  /** `at` in UTC milliseconds, null where unknown; `uptime` in milliseconds since the power came. */
  add(at: number | null, uptime: number, what: EventFacts): void {
    this.last += 1
    const fitting = 'card' in what ? { ...what, card: what.card.slice(0, LONGEST_CARD) || '?' } : what
    this.events.push({ n: this.last, at: at === null ? null : new Date(at).toISOString(), uptime, what: fitting })
    const gone = this.events.length > this.room ? this.events.shift() : undefined
    if (gone !== undefined) this.lostTo = gone.n
  }

  /** The time is known: says when everything was that happened before. `now` and `uptime` are one moment. */
  setTimes(now: number, uptime: number): void {
    for (const event of this.events) event.at ??= new Date(now - (uptime - event.uptime)).toISOString()
  }

  get isCounted(): boolean {
    return this.counted
  }

  /** The desk says up to where it holds this door's numbers, before it was told any of ours: those go on above. */
  countFrom(acked: number): void {
    for (const event of this.events) event.n += acked
    this.last += acked
    if (this.lostTo > 0) this.lostTo += acked
    this.counted = true
  }

  /** The desk holds something else under a number of ours, as where our memory was put back to an older state. */
  countAbove(acked: number): void {
    const taken = Math.max(acked, this.last)
    for (const [index, event] of this.events.entries()) event.n = taken + 1 + index
    this.last = taken + this.events.length
    this.lostTo = taken > acked ? taken : 0
  }

  /** The next upload; null where there is nothing to tell. */
  next(): { events: KeptEvent[]; lost_to?: number } | null {
    if (this.events.length === 0 && this.lostTo === 0) return null
    const events: KeptEvent[] = []
    let size = 0
    this.sent = this.lostTo
    for (const { n, at, what } of this.events) {
      const event = { n, at: at ?? '', ...what }
      size += Buffer.byteLength(JSON.stringify(event)) + 1
      if (size > ROOM_IN_UPLOAD) break
      events.push(event)
      this.sent = n
    }
    return { events, ...(this.lostTo > 0 ? { lost_to: this.lostTo } : {}) }
  }

  acknowledge(acked: number): void {
    this.events = this.events.filter(({ n }) => n > Math.min(acked, this.sent))
    this.last = Math.max(this.last, acked)
    // What the desk lacks below the first that is here was dropped when it was acknowledged: a desk that was restored from
    // an older backup has forgotten it.
    const before = (this.events[0]?.n ?? this.last + 1) - 1
    this.lostTo = before > acked ? before : 0
  }

  get waiting(): number {
    return this.events.length
  }

  keep(): KeptNumbers {
    const { last, counted, lostTo, events } = this
    return { last, counted, lostTo, events: [...events] }
  }

  /** After the power was gone: what was not timed by then gets the moment `uptime` at which it came back. */
  restore({ last, counted, lostTo, events }: KeptNumbers, uptime: number): void {
    Object.assign(this, { last, counted, lostTo, events: events.map((event) => ({ ...event, uptime })) })
  }
}
