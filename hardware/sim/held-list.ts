// The list that a simulated controller holds for the time when the desk is silent, and what it opens for by it.
import { clockOf, isWithin, type ListWindow } from './list-windows.ts'

export type ListEntry = { card: string; until: string; windows: ListWindow[]; always?: boolean }
export type ListPage = {
  rev: number
  full: boolean
  more: boolean
  valid_until: string
  tz: string
  closed: string[]
  entries: ListEntry[]
  removed: string[]
}
/** What is kept of it where the power goes. */
export type KeptList = { rev: number; validUntil: string; zone: string; closed: string[]; entries: ListEntry[] }
export type OfflineAnswer = { grant: boolean; reason: string }

export class HeldList {
  rev = 0
  private entries = new Map<string, ListEntry>()
  private validUntil = ''
  private closed: readonly string[] = []
  private zone = 'UTC'
  private clock = clockOf('UTC')

  /** Every page of one revision, in their order; throws where the zone is none, and then nothing is taken. */
  take(pages: readonly ListPage[]): void {
    const last = pages.at(-1)
    if (last === undefined) return
    this.clock = clockOf(last.tz)
    if (last.full) this.entries = new Map()
    for (const { entries, removed } of pages) {
      for (const entry of entries) this.entries.set(entry.card, entry)
      for (const card of removed) this.entries.delete(card)
    }
    this.rev = last.rev
    this.zone = last.tz
    this.validUntil = last.valid_until
    this.closed = last.closed
  }

  get size(): number {
    return this.entries.size
  }

  /** `at` in UTC milliseconds; null where the controller does not know the time, which only keyholders need not. */
  answer(card: string, at: number | null, lockedDown = false): OfflineAnswer {
    const entry = this.entries.get(card)
    if (lockedDown && entry?.always !== true) return { grant: false, reason: 'lockdown' }
    if (entry === undefined) return { grant: false, reason: 'unknown-card' }
    // Asked so that a moment which is none refuses.
    if (at !== null && !(at < Date.parse(entry.until))) return { grant: false, reason: 'billing-stale' }
    if (entry.always === true) return { grant: true, reason: 'ok-keyholder' }
    if (at === null || !(at < Date.parse(this.validUntil))) return { grant: false, reason: 'billing-stale' }
    return isWithin(entry.windows, this.closed, this.clock, at)
      ? { grant: true, reason: 'ok' }
      : { grant: false, reason: 'outside-hours' }
  }

  keep(): KeptList {
    const { rev, validUntil, zone, closed, entries } = this
    return { rev, validUntil, zone, closed: [...closed], entries: [...entries.values()] }
  }

  restore({ rev, validUntil, zone, closed, entries }: KeptList): void {
    this.take([{ rev, full: true, more: false, valid_until: validUntil, tz: zone, closed, entries, removed: [] }])
  }
}
