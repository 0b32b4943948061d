// What a simulated controller holds for the time when the desk is silent: the list that it fetched, and what it did by it.

export type ListWindow = { days: number[]; from: string; to: string }
export type ListPage = {
  rev: number
  full: boolean
  more: boolean
  valid_until: string
  tz: string
  closed: string[]
  entries: { card: string; until: string; windows: ListWindow[]; always?: boolean }[]
  removed: string[]
}
export type OfflineAnswer = { grant: boolean; reason: string }
export type KeptEvent = { n: number; at: string } & (
  | { card: string; grant: boolean; reason: string }
  | { kind: string }
)

type Entry = ListPage['entries'][number]

export class HeldList {
  rev = 0
  private entries = new Map<string, Entry>()
  private validUntil = Number.NEGATIVE_INFINITY
  private zone = 'UTC'
  private closed: readonly string[] = []

  /** Every page of one revision, in their order. */
  take(pages: readonly ListPage[]): void {
    const last = pages.at(-1)
    if (last === undefined) return
    if (last.full) this.entries = new Map()
    for (const { entries, removed } of pages) {
      for (const entry of entries) this.entries.set(entry.card, entry)
      for (const card of removed) this.entries.delete(card)
    }
    this.rev = last.rev
    this.validUntil = Date.parse(last.valid_until)
    this.zone = last.tz
    this.closed = last.closed
  }

  /** `at` in UTC milliseconds, by the controller's own clock. */
  answer(card: string, at: number): OfflineAnswer {
    const entry = this.entries.get(card)
    if (entry === undefined) return { grant: false, reason: 'unknown-card' }
    if (at >= Date.parse(entry.until)) return { grant: false, reason: 'billing-stale' }
    if (entry.always) return { grant: true, reason: 'ok-keyholder' }
    if (at >= this.validUntil) return { grant: false, reason: 'billing-stale' }
    return this.isWithin(entry.windows, at) ? { grant: true, reason: 'ok' } : { grant: false, reason: 'outside-hours' }
  }

  private isWithin(windows: readonly ListWindow[], at: number): boolean {
    if (windows.length === 0) return true
    const today = this.local(at)
    const yesterday = this.local(at - 86_400_000)
    return windows.some(({ days, from, to }) => {
      const on = ({ day, date }: Local) => days.includes(day) && !this.closed.includes(date)
      const overnight = to < from
      if (on(today) && today.time >= from && (overnight || today.time < to)) return true
      return overnight && on(yesterday) && today.time < to
    })
  }

  private local(at: number): Local {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: this.zone, dateStyle: 'short', timeStyle: 'short' })
    const [date = '', time = ''] = format.format(at).split(' ')
    return { date, time, day: new Date(`${date}T12:00:00Z`).getUTCDay() || 7 }
  }
}

type Local = { day: number; date: string; time: string }

/** Numbered from 1 and kept until they are acknowledged; the oldest go when the memory is full, and that is told. */
export class KeptEvents {
  private kept: KeptEvent[] = []
  private last = 0
  private lostTo = 0
  private readonly room: number

  constructor(room: number) {
    this.room = room
  }

  add(at: number, what: { card: string; grant: boolean; reason: string } | { kind: string }): void {
    this.last += 1
    this.kept.push({ n: this.last, at: new Date(at).toISOString(), ...what })
    const gone = this.kept.length > this.room ? this.kept.shift() : undefined
    if (gone !== undefined) this.lostTo = gone.n
  }

  /** The next upload; null where there is nothing to tell. */
  next(most = 200): { events: KeptEvent[]; lost_to?: number } | null {
    if (this.kept.length === 0 && this.lostTo === 0) return null
    return { events: this.kept.slice(0, most), ...(this.lostTo > 0 ? { lost_to: this.lostTo } : {}) }
  }

  acknowledge(acked: number): void {
    this.kept = this.kept.filter(({ n }) => n > acked)
    // What the desk lacks below the first that is here was dropped when it was acknowledged: a desk that was restored from
    // an older backup has forgotten it.
    const before = (this.kept[0]?.n ?? this.last + 1) - 1
    this.lostTo = before > acked ? before : 0
  }

  get waiting(): number {
    return this.kept.length
  }
}
