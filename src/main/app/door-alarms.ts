// What doors told that waits for somebody to go and look, and "seen", which puts it away.
import type { Args, Reply } from '../../preload/contract.ts'
import { alarmsOf, STARTS } from '../domain/door-alarms.ts'
import { alarmRefusals } from '../domain/doors-en.ts'
import { toIso } from '../domain/time.ts'
import { orderActionAt } from '../store/actions.ts'
import { lastTold } from '../store/door-told.ts'
import { allDoors } from '../store/doors.ts'
import { putAwayAt, writePutAway } from '../store/inbox.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** Rows looked at of each kind: a door that is held open may tell of many that are no alarm. */
const LOOKED_AT = Math.max(50, STARTS)

type DoorAlarm = Reply<'doors.alarms'>[number]

const rowOf = (doorId: string, kind: string) => `door-alarm:${doorId}:${kind}`

export function doorAlarms({ access, desk, deskId, now }: ReadDeps): DoorAlarm[] {
  if (access === null) return []
  const at = now()
  return allDoors(desk)
    .flatMap(({ id, name }) =>
      alarmsOf({
        now: at,
        told: (word) => lastTold(access, deskId, id, word, LOOKED_AT),
        seenAt: (kind) => putAwayAt(desk, rowOf(id, kind)),
        held: (moment) => {
          const order = orderActionAt(desk, id, moment)
          return order?.kind === 'door-held-open' && moment < Date.parse(String(order.detail.until))
        },
      }).map((alarm) => ({ ...alarm, at: toIso(alarm.at), door: { id, name } })),
    )
    .sort((a, b) => b.seq - a.seq)
}

export function seeDoorAlarm(deps: DeskDeps, { door, kind }: Args<'doors.seen'>): Result<{ ok: true }> {
  const { db, operator } = deps.live
  const alarm = doorAlarms(deps).find((one) => one.door.id === door && one.kind === kind)
  if (alarm === undefined) return refuse('wrong-state', alarmRefusals.settled)
  const at = deps.now()
  db.transaction(() => {
    writePutAway(db, { id: rowOf(door, kind), since: Date.parse(alarm.at), at, operator })
    recordAction(deps, 'door-alarm-seen', door, { kind, seq: alarm.seq })
  }).immediate()
  deps.live.pushLamps()
  return done({ ok: true })
}
