// Local days and hours of many moments. Pure but for what it remembers.
import { HOUR, type Ms, toLocal } from './time.ts'

/** Zones shift by whole quarters of an hour, so all moments of one quarter share day and hour. */
const QUARTER = HOUR / 4

export type LocalHour = { day: string; hour: number }

/** Asks the zone once for each quarter of an hour. */
export function localHours(zone: string): (at: Ms) => LocalHour {
  const known = new Map<number, LocalHour>()
  return (at) => {
    const quarter = Math.floor(at / QUARTER)
    let one = known.get(quarter)
    if (one === undefined) {
      const { day, time } = toLocal(at, zone)
      one = { day: day.date, hour: Number(time.slice(0, 2)) }
      if (known.size >= 100_000) known.clear()
      known.set(quarter, one)
    }
    return one
  }
}
