// Makes and answers a door's list (docs/door-link.md, "list"). Made a little at a time, so that no check waits behind it.
import { listTerms } from '../domain/door-list.ts'
import { DAY, MINUTE, type Ms, toIso, toLocal } from '../domain/time.ts'
import {
  endsOf,
  forgetList,
  isListRevision,
  type ListEntry,
  listPage,
  listRevision,
  madeList,
  nextWidening,
  textsAtDoor,
  writeList,
} from '../store/door-list.ts'
import { readDoorSnapshot, type ShownCard } from '../store/door-snapshot.ts'
import { type Door, formOf } from '../store/doors.ts'
import type { ReadDb, WriteDb } from '../store/open.ts'
import { allHolidays } from '../store/schedules.ts'
import { readRevision, readSettings } from '../store/settings.ts'

/** After so long without the desk a controller opens for keyholders only. */
export const LIST_HOLDS = 7 * DAY
const MOST = 5_000
/** How fresh the desk's data is may make a list longer without a revision of its own: it is looked through again after this. */
const GOOD_FOR = MINUTE
/** Cards looked at before others get their turn. */
const AT_A_TIME = 20

export type ListDeps = { desk: ReadDb; access: WriteDb; now: () => Ms }

export type DoorLists = {
  revision(doorId: string): number
  /** The answer to `GET /door/v1/list`; a text where the query makes no sense. */
  answer(door: Door, query: URLSearchParams): Promise<object | string>
  /** All that is on it now. */
  entries(door: Door): Promise<ListEntry[]>
}

export function createLists({ desk, access, now }: ListDeps): DoorLists {
  const making = new Map<string, Promise<number>>()

  function make(door: Door): Promise<number> {
    const running = making.get(door.id)
    if (running !== undefined) return running
    const made = makeNow(door).finally(() => making.delete(door.id))
    making.set(door.id, made)
    return made
  }

  async function makeNow(door: Door): Promise<number> {
    const at = now()
    const builtFrom = readRevision(desk)
    const nextAt = nextWidening(desk, door.id, at)
    const entries: ListEntry[] = []
    const form = formOf(door)
    for (const [index, text] of textsAtDoor(desk, door.format).entries()) {
      if (index % AT_A_TIME === AT_A_TIME - 1) await new Promise((resolve) => setImmediate(resolve))
      const entry = entryOf(door, { text, form }, at)
      if (entry !== null) entries.push(entry)
    }
    return access
      .transaction(() => {
        const before = madeList(access, door.id)
        if (before !== null && (before.keyEpoch !== door.keyEpoch || before.format !== door.format))
          forgetList(access, door.id)
        return writeList(access, door, entries, { builtFrom, nextAt, at })
      })
      .immediate()
  }

  /** By the same snapshot and the same rules as a check, looked at now and at every moment when they may turn. */
  function entryOf(door: Door, card: ShownCard, at: Ms): ListEntry | null {
    const snapshot = readDoorSnapshot({ desk, access }, door, card, at)
    const { memberId, credential, input } = snapshot
    if (memberId === null) return null
    const validUntil = credential?.validUntil ?? null
    const ends = [...endsOf(desk, memberId, at), ...(validUntil === null ? [] : [validUntil])]
    const inputAt = (moment: Ms) =>
      moment === at ? input : readDoorSnapshot({ desk, access }, door, card, moment).input
    const terms = listTerms(inputAt, at, ends)
    return terms === null ? null : { card: card.text, ...terms, always: input.keyholder }
  }

  /** The revision of the list as it was made, where nothing can have changed it since; pages of one list are one list. */
  function stillGood(door: Door): number | null {
    const made = madeList(access, door.id)
    const at = now()
    if (made === null || made.keyEpoch !== door.keyEpoch || made.format !== door.format) return null
    const age = at - made.builtAt
    const moved = made.builtFrom !== readRevision(desk) || (made.nextAt !== null && at >= made.nextAt)
    return moved || age < 0 || age >= GOOD_FOR ? null : made.builtFrom + made.bumps
  }

  /** Holidays from the day before on, whose hours may still run, as far ahead as a list may be good for. */
  function closedFrom(at: Ms): string[] {
    const { timeZone } = readSettings(desk)
    const [first, last] = [at - DAY, at + 2 * LIST_HOLDS].map((moment) => toLocal(moment, timeZone).day.date) as [
      string,
      string,
    ]
    return allHolidays(desk)
      .map(({ day }) => day)
      .filter((day) => day >= first && day <= last)
  }

  return {
    async entries(door) {
      if (stillGood(door) === null) await make(door)
      const { rows } = listPage(access, door.id, { since: null, after: '', limit: Number.MAX_SAFE_INTEGER - 1 })
      return rows.flatMap(({ until, ...row }) => (until === null ? [] : [{ ...row, until }]))
    },
    revision: (doorId) => listRevision(access, doorId, readRevision(desk), now()),
    async answer(door, query) {
      const asked = readQuery(query)
      if (typeof asked === 'string') return asked
      const { since, limit, after } = asked
      const rev = stillGood(door) ?? (await make(door))
      const known = since > 0 && since <= rev && isListRevision(access, door.id, since)
      const { rows, more } = listPage(access, door.id, { since: known ? since : null, after, limit })
      return {
        rev,
        full: !known,
        more,
        valid_until: toIso(now() + LIST_HOLDS),
        tz: readSettings(desk).timeZone,
        closed: closedFrom(now()),
        entries: rows.flatMap(({ card, until, windows, always }) =>
          until === null ? [] : [{ card, until: toIso(until), windows, ...(always ? { always } : {}) }],
        ),
        removed: rows.flatMap(({ card, until }) => (until === null ? [card] : [])),
      }
    },
  }
}

function readQuery(query: URLSearchParams): { since: number; limit: number; after: string } | string {
  const since = numberOf(query.get('since'))
  const limit = query.has('limit') ? numberOf(query.get('limit')) : MOST
  if (since === null) return 'since: the revision that you hold, 0 for all'
  if (limit === null || limit < 1 || limit > MOST) return `limit: from 1 to ${MOST}`
  return { since, limit, after: query.get('after') ?? '' }
}

function numberOf(text: string | null): number | null {
  return text !== null && /^(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null
}
