// What a door told that somebody has to go and look at, until they say that they have: pure.
import type { ToldWord } from './door-events.ts'
import { HOUR, MINUTE, type Ms } from './time.ts'

export const ALARMS = ['fire', 'exit-refused', 'forced', 'open-too-long', 'events-lost', 'power-on'] as const
export type AlarmKind = (typeof ALARMS)[number]

/** After "seen" the same alarm of the same door is quiet for so long: whoever goes to look opens it by key, comes back, and
 * the sensor tells of that too. */
export const QUIET = 15 * MINUTE
/** A controller that starts so often within an hour has a bad supply or a fault; once or twice is a power cut. */
export const STARTS = 3

/** `at` by the controller's clock, `heardAt` by ours: what happened while the desk was silent is heard later. */
export type Told = { seq: number; at: Ms; heardAt: Ms }

export type DoorSituation = {
  now: Ms
  /** The last rows of each kind, newest first. */
  told: (word: ToldWord) => readonly Told[]
  /** When somebody last said that they had seen to it; null where nobody did. */
  seenAt: (kind: AlarmKind) => Ms | null
  /** Whether the door was held open by order at a moment: then it stands open because it should. */
  held: (at: Ms) => boolean
}

export type Alarm = { kind: AlarmKind; seq: number; at: Ms }

export function alarmsOf(door: DoorSituation): Alarm[] {
  return ALARMS.flatMap((kind) => {
    const row = alarmOf(kind, door)
    return row === undefined ? [] : [{ kind, seq: row.seq, at: row.at }]
  })
}

function alarmOf(kind: AlarmKind, { now, told, seenAt, held }: DoorSituation): Told | undefined {
  const seen = seenAt(kind)
  const quietTo = seen === null ? Number.NEGATIVE_INFINITY : seen + QUIET
  const news = told(kind).filter(({ heardAt }) => seen === null || heardAt > seen)
  switch (kind) {
    case 'forced':
      return news.find(({ at, heardAt }) => heardAt >= quietTo && !held(at))
    case 'fire':
    case 'exit-refused':
    case 'events-lost':
      return news.find(({ heardAt }) => heardAt >= quietTo)
    case 'open-too-long': {
      // It goes on, so what began in the quiet time is told after it, unless the door is shut by then.
      const isShut = (open: Told) =>
        told('closed').some(({ at, seq }) => at > open.at || (at === open.at && seq > open.seq))
      return now < quietTo ? undefined : news.find((one) => !isShut(one) && !held(one.at))
    }
    case 'power-on': {
      const [last, ...before] = news
      const first = before[STARTS - 2]
      const often = last !== undefined && first !== undefined && Math.abs(last.at - first.at) <= HOUR
      return often && last.heardAt >= quietTo ? last : undefined
    }
  }
}
