// A door's list as a device takes it, which knows days and perhaps hours but hears nothing of us for long: pure, and never
// wider than the list.
import type { Hours } from './schedule.ts'
import { DAY, endOfLocalDay, type Ms, toLocal } from './time.ts'

export type Listed = { card: string; until: Ms; windows: Hours }
export type OnDevice = { card: string; until: Ms; lastDay: string; hours: Hours }

/** `lastDay` is the last local day that is over by `until`. */
export function onDevice({ card, until, windows }: Listed, zone: string): OnDevice {
  const whole = endOfLocalDay(until - 1, zone) === until
  return { card, until, lastDay: toLocal(whole ? until - 1 : until - DAY, zone).day.date, hours: windows }
}
