// The cards of a UHPPOTE board. A record has one first and one last day for all four doors, so a door that should end
// earlier or has hours gets a time profile, and what other doors may keeps meaning exactly the same.
import type { Change, DeviceDoor, HeldCard } from '../controller.ts'
import type { CardRecord } from './uhppote-frames.ts'
import { isProfile, type Profiles } from './uhppote-profiles.ts'
import { clip, earlier, FIRST, LAST, later, plan, type Right, say } from './uhppote-rights.ts'
import type { Wire } from './uhppote-wire.ts'

/** How often a record is written until it reads back as it was written. */
const TRIES = 3
/** No such card, and a place from which one was deleted. */
const NO_CARDS: readonly number[] = [0, 0xffff_ffff]
/** More than any board holds: one that goes on telling of empty places is not followed for ever. */
const MOST_PLACES = 100_000
const NEVER = 'at no time'

export type CardsOptions = {
  wire: Wire
  profiles: Profiles
  doors: readonly DeviceDoor[]
  /** The local day. */
  today(): string
  /** Days on which no window begins, from yesterday on. */
  holidays(): readonly string[]
  /** Null: there is room again. */
  onFull(sentence: string | null): void
}

export type Cards = {
  read(): Promise<HeldCard[]>
  apply(change: Change): Promise<HeldCard>
  termsOf(wanted: { lastDay: string; hours: NonNullable<Change['wanted']>['hours'] }): string
  /** As it was last read. */
  known(number: number): CardRecord | undefined
  get(number: number): Promise<CardRecord | null>
  rightAt(record: CardRecord, output: number): Promise<Right>
}

export function createCards({ wire, profiles, doors, today, holidays, onFull }: CardsOptions): Cards {
  let image: Map<number, CardRecord> | null = null

  async function readAll(): Promise<Map<number, CardRecord>> {
    profiles.forget()
    const cards = new Map<number, CardRecord>()
    const { count } = await wire.ask('count-cards', {})
    // Some boards count places that are empty, and some do not: so on to the first that never held a card.
    for (let index = 1; index <= MOST_PLACES && (index <= count || cards.size < count); index += 1) {
      const record = await wire.ask('get-card-by-index', { index })
      if (isCard(record)) cards.set(record.number, record)
      else if (index > count && record.number === 0) break
    }
    image = cards
    await profiles.inUse(bytesOf(cards))
    return cards
  }

  async function get(number: number): Promise<CardRecord | null> {
    const fits = (reply: CardRecord) => reply.number === number || !isCard(reply)
    const reply = await wire.ask('get-card', { number }, { fits })
    const record = isCard(reply) ? reply : null
    if (record === null) image?.delete(number)
    else image?.set(number, record)
    return record
  }

  async function rightAt({ from, to, doors: bytes }: CardRecord, output: number): Promise<Right> {
    return clip(await profiles.rightOf(bytes[output - 1] ?? 0), from, to)
  }

  async function held(door: string, card: string, record: CardRecord | null): Promise<HeldCard> {
    const output = doors.find(({ id }) => id === door)?.output ?? 0
    return { door, card, terms: record && say(await rightAt(record, output), today()) }
  }

  const planned = (wanted: Parameters<Cards['termsOf']>[0]) => plan(wanted, today(), holidays())

  /** The record that is to be; null for none, and 'full' where no time profile is left for it. */
  async function merged(number: number, before: CardRecord | null, output: number, right: Right) {
    const day = today()
    const rights: Right[] = []
    for (let at = 1; at <= 4; at += 1) {
      const kept = at === output ? right : before ? await rightAt(before, at) : []
      rights.push(kept.filter(({ to }) => to >= day))
    }
    const rules = rights.flat()
    if (rules.length === 0) return null
    const to = rules.map((rule) => rule.to).reduce(later)
    const begun = before === null || before.from === '' ? day : before.from
    const from = rights[output - 1]?.length ? earlier(begun, day) : begun
    const bytes: number[] = []
    for (const [n, one] of rights.entries()) {
      const byte = await byteFor(one, before?.doors[n] ?? 0, bytes, { from, to })
      if (byte === null) return 'full'
      bytes.push(byte)
    }
    return { number, from, to, doors: bytes, pin: before?.pin ?? 0 }
  }

  /** A byte that means this within the days of the record: the one that is there, if it still does. */
  async function byteFor(right: Right, was: number, chosen: number[], { from, to }: { from: string; to: string }) {
    const day = today()
    const meant = say(right, day)
    if (meant === null) return 0
    const kept = isProfile(was) ? [1, was] : [1]
    for (const byte of kept) if (say(clip(await profiles.rightOf(byte), from, to), day) === meant) return byte
    const wide = right.map((rule) => ({
      ...rule,
      from: rule.from <= later(from, day) ? FIRST : rule.from,
      to: rule.to === to ? LAST : rule.to,
    }))
    return profiles.idFor(wide, async () => {
      const cards = image ?? (await readAll())
      return profiles.inUse([...bytesOf(cards), ...chosen])
    })
  }

  /** False: the board has no room for it. */
  async function write(number: number, before: CardRecord | null, record: CardRecord | null): Promise<boolean> {
    if (record !== null) return (await wire.ask('put-card', record)).ok
    if (before !== null) await wire.ask('delete-card', { number })
    return true
  }

  return {
    get,
    rightAt,
    known: (number) => image?.get(number),
    termsOf: (wanted) => say(planned(wanted), today()) ?? NEVER,
    async read() {
      const found: HeldCard[] = []
      for (const record of (await readAll()).values())
        for (const { id } of doors) {
          const one = await held(id, String(record.number), record)
          if (one.terms !== null) found.push(one)
        }
      return found
    },
    async apply({ door, card, wanted }) {
      const output = doors.find(({ id }) => id === door)?.output
      const number = Number(card)
      if (output === undefined || !/^\d{1,10}$/.test(card) || !isCard({ number })) return { door, card, terms: null }
      const right = wanted === null ? [] : planned(wanted)
      let before = await get(number)
      for (let tries = 0; tries < TRIES; tries += 1) {
        const record = await merged(number, before, output, right)
        if (record === 'full') onFull('The board has no time profile left. Give fewer people hours of their own.')
        if (record === 'full' || same(record, before)) break
        if (!(await write(number, before, record))) {
          onFull('The board takes no more cards. Take cards away that nobody uses.')
          break
        }
        onFull(null)
        before = await get(number)
      }
      const now = await held(door, card, before)
      // What opens at no time any more is not stored, which is all that was wanted.
      return wanted !== null && right.length === 0 && now.terms === null ? { ...now, terms: NEVER } : now
    },
  }
}

function bytesOf(cards: ReadonlyMap<number, CardRecord>): number[] {
  return [...new Set([...cards.values()].flatMap(({ doors }) => doors))]
}

function isCard({ number }: { number: number }): boolean {
  return !NO_CARDS.includes(number) && number < 2 ** 32
}

function same(a: CardRecord | null, b: CardRecord | null): boolean {
  const order = (one: CardRecord | null) => one && [one.number, one.from, one.to, one.doors, one.pin]
  return JSON.stringify(order(a)) === JSON.stringify(order(b))
}
