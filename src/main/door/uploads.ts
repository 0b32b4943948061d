// Takes in what a controller did while the desk was silent: every event one row of the log, each number once.
import { randomUUID } from 'node:crypto'
import { ABOUT_THEN, type Upload, type UploadedEvent } from '../domain/door-events.ts'
import { type Ms, toIso } from '../domain/time.ts'
import {
  appendDecision,
  type DecisionNotice,
  decisionsAtDoor,
  decisionsOfMember,
  type NewDecision,
} from '../store/access-log.ts'
import { presenceOf, setPresence } from '../store/counted.ts'
import { readDoorSnapshot } from '../store/door-snapshot.ts'
import { ackedTo, ackOn, isUploadedAs, keepUploaded, missingBetween } from '../store/door-uploads.ts'
import { type Door, doorById, formOf } from '../store/doors.ts'
import type { AnswerDeps } from './answer.ts'

/** Rows of a door, or of a person, in which a grant is looked for. */
const LOOKED_AT = 50

export type Uploaded = { kind: 'acked' | 'conflict'; acked: number; rows: DecisionNotice[] }

/** All of it or nothing, on disk before it is acknowledged. */
export function takeUpload(
  { desk, access, deskId, now }: AnswerDeps,
  door: Door,
  { events, lostTo }: Upload,
): Uploaded {
  const counter = { doorId: door.id, keyEpoch: door.keyEpoch }
  const at = now()
  const before = ackedTo(access, counter)
  const fresh = new Map<number, UploadedEvent>()
  for (const event of events) {
    const twin = fresh.get(event.n)
    const isHeld =
      twin === undefined ? isUploadedAs(access, deskId, counter, event) : JSON.stringify(twin) === JSON.stringify(event)
    if (isHeld === false) return { kind: 'conflict', acked: before, rows: [] }
    if (isHeld === null) fresh.set(event.n, event)
  }
  const rows: DecisionNotice[] = []
  const append = (decision: Partial<NewDecision> & Pick<NewDecision, 'at' | 'reason' | 'rule'>): number => {
    const row = { ...NOTHING, doorId: door.id, receipt: randomUUID(), ...decision }
    const inputs = { uploadedAt: toIso(at), ...row.inputs }
    const seq = appendDecision(access, deskId, { ...row, inputs })
    rows.push({ seq, ...row })
    return seq
  }
  const acked = access
    .transaction(() => {
      for (const [n, event] of [...fresh].sort(([a], [b]) => a - b)) {
        const row = rowOf(event)
        const seq = append({ ...row, ...(n <= before ? { detail: 'came-late' } : {}), inputs: { n } })
        keepUploaded(access, counter, { event, seq, withCard: !row.isNobodys })
        if ('kind' in event && event.kind === 'not-opened') takeEntryBack(Math.min(event.at, at))
      }
      if (lostTo === null || lostTo <= before) return ackOn(access, counter, before)
      const missing = missingBetween(access, counter, before, lostTo)
      if (missing > 0)
        append({ at, reason: 'events-lost', rule: 'uploaded', inputs: { after: before, to: lostTo, missing } })
      return ackOn(access, counter, lostTo)
    })
    .immediate()
  return { kind: 'acked', acked, rows }

  /** Whoever was let in last, if that was just before, did not go through: where they were before is where they are. */
  function takeEntryBack(moment: Ms): void {
    const entry = decisionsAtDoor(access, deskId, door.id, LOOKED_AT).find(({ granted }) => granted)
    if (entry === undefined || entry.memberId === null || door.direction === 'out') return
    const { memberId } = entry
    const since = moment - entry.at - door.openMs
    const stands = presenceOf(access, memberId)
    if (Math.abs(since) > ABOUT_THEN || stands?.at !== entry.at || stands.doorId !== door.id) return
    const before = decisionsOfMember(access, memberId, LOOKED_AT).find((row) => row.granted && row.at < entry.at)
    const isIn = before !== undefined && doorById(desk, before.doorId)?.direction !== 'out'
    setPresence(access, memberId, before === undefined ? null : { inside: isIn, at: before.at, doorId: before.doorId })
  }

  function rowOf(event: UploadedEvent): Pick<NewDecision, 'at' | 'reason' | 'rule'> & Partial<NewDecision> {
    // Whatever its clock says: it was not later than it is heard of.
    const happened = Math.min(event.at, at)
    if ('kind' in event) return { at: happened, reason: event.kind, rule: 'sensor' }
    const { canonical, memberId, credential } = readDoorSnapshot(
      { desk, access },
      door,
      { text: event.card, form: formOf(door) },
      happened,
    )
    const { card: cardText, grant: granted, reason } = event
    const isNobodys = credential === null
    // Where people are is told late as well; visits are not taken by it.
    const inside = granted && memberId !== null && event.at <= at ? door.direction !== 'out' : null
    return { at: happened, cardText, granted, reason, rule: 'uploaded', canonical, memberId, isNobodys, inside }
  }
}

const NOTHING = {
  presentationId: null,
  cardText: '',
  canonical: null,
  memberId: null,
  granted: false,
  detail: null,
  inputs: {},
  answer: {},
}
