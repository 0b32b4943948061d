// What a device did or saw becomes rows of the log, each once; and when it asks who may come in, the answer opens the door.
import { randomUUID } from 'node:crypto'
import type { DeviceEvent, SwipeWhy } from '../../../hardware/controller.ts'
import { ABOUT_THEN, type LogWord } from '../domain/door-events.ts'
import { type Ms, toIso } from '../domain/time.ts'
import {
  appendDecision,
  type DecisionNotice,
  decisionsAtDoor,
  findPresentation,
  type NewDecision,
} from '../store/access-log.ts'
import { doneAbout, orderActionAt } from '../store/actions.ts'
import { takeInTail } from '../store/decision-tail.ts'
import { deviceDoor, setStoredTo } from '../store/device-cards.ts'
import { deviceOfDoor } from '../store/devices.ts'
import { readDoorSnapshot } from '../store/door-snapshot.ts'
import { type Door, doorById, formOf } from '../store/doors.ts'
import type { AnswerDeps } from './answer.ts'

const LOOKED_AT = 50

/** Names one event of a device, however often it is heard of: the same swipe that it asked about is no second row. */
export function presentationOf(device: string, { n, at }: { n: number | null; at: number }): string {
  return n === null ? randomUUID() : `${device} ${n} ${at}`
}

/** All on disk when it returns; answers the rows that are new. `textOf` is how the door writes a card of the device. */
export function takeDeviceEvents(
  { desk, access, deskId, now }: AnswerDeps,
  device: string,
  events: readonly DeviceEvent[],
  textOf: (door: Door, card: string) => string,
): DecisionNotice[] {
  const rows: DecisionNotice[] = []
  access
    .transaction(() => {
      // What we answered a moment ago is looked for in the log.
      takeInTail(access)
      for (const event of events) {
        if (event.n !== null) setStoredTo(access, device, event.n)
        const door = doorById(desk, event.door)
        if (door === null) continue
        const presentationId = presentationOf(device, event)
        if (findPresentation(access, door.id, presentationId) !== null) continue
        if (event.what === 'remote-open' && isOurs(door, event.at)) continue
        if (isFromBefore(event)) continue
        const row = { ...rowOf(door, event), doorId: door.id, presentationId, receipt: randomUUID(), answer: {} }
        const inputs = { uploadedAt: toIso(now()), ...(event.n === null ? {} : { n: event.n }) }
        const seq = appendDecision(access, deskId, { detail: null, inputs, ...row })
        rows.push({ seq, ...row })
      }
    })
    .immediate()
  return rows

  /** What happened before it was ours is none of our log's, and old alarms are nobody's to look at. */
  function isFromBefore({ n, door, at }: DeviceEvent): boolean {
    const adoptedAt = deviceOfDoor(desk, door)?.adoptedAt ?? null
    return n !== null && adoptedAt !== null && at < adoptedAt && n <= (deviceDoor(access, door).newest ?? 0)
  }

  /** A device tells of each opening over the network, also of those that we ordered: these stand in the logs already. */
  function isOurs(door: Door, at: Ms): boolean {
    const near = (moment: Ms | null) => moment !== null && Math.abs(moment - at) <= ABOUT_THEN
    return (
      decisionsAtDoor(access, deskId, door.id, LOOKED_AT).some((row) => row.granted && near(row.at)) ||
      ['door-opened', 'door-held-open'].some((kind) => near(doneAbout(desk, door.id, kind, at + ABOUT_THEN))) ||
      [at - ABOUT_THEN, at].some((moment) => orderActionAt(desk, door.id, moment)?.kind === 'door-held-open')
    )
  }

  function rowOf(
    door: Door,
    event: DeviceEvent,
  ): Pick<
    NewDecision,
    'at' | 'cardText' | 'canonical' | 'memberId' | 'granted' | 'reason' | 'rule' | 'isNobodys' | 'inside'
  > {
    if (event.what !== 'swipe') {
      const told = { cardText: '', canonical: null, memberId: null, granted: false }
      return { ...told, at: event.at, reason: event.what, rule: 'sensor' }
    }
    const text = textOf(door, event.card)
    const { canonical, memberId, credential } = readDoorSnapshot(
      { desk, access },
      door,
      { text, form: formOf(door) },
      event.at,
    )
    const { at, granted } = event
    const reason = granted ? 'ok' : SAID[event.why]
    const isNobodys = credential === null
    const inside = granted && memberId !== null && at <= now() ? door.direction !== 'out' : null
    return { at, cardText: text, canonical, memberId, granted, reason, rule: 'uploaded', isNobodys, inside }
  }
}

/** A device's own word for a refusal, in ours. */
const SAID: Record<SwipeWhy, LogWord> = {
  opened: 'ok',
  'unknown-card': 'unknown-card',
  'no-right': 'not-this-door',
  'outside-hours': 'outside-hours',
  expired: 'card-expired',
  'not-decided': 'not-answered',
}
