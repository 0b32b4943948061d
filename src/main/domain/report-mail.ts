// When the report of late payments goes out by mail. Pure.
import { latestWeekly, type Ms, nextWeekly } from './time.ts'

/** `weekday` from 1 = Monday, `hour` of the space's clock, `to`: addresses. */
export type ReportMail = { on: boolean; weekday: number; hour: number; to: string[] }

/** Early on the first day of the week: whoever reads it has the week before them. */
export const usualReportMail: ReportMail = { on: false, weekday: 1, hour: 7, to: [] }

type Asked = {
  settings: ReportMail
  /** When the settings, or those of the mail server, were last changed: what was due before is not owed. */
  since: Ms
  now: Ms
  zone: string
  /** Whether what was due on this local day (YYYY-MM-DD) was written down before. */
  isTold: (day: string) => boolean
}

/** The local day for which a report is owed now; null where none is. Of several that a desk slept through only the latest
 * is owed, and a clock that was set back finds what it has told. */
export function reportOwed({ settings, since, now, zone, isTold }: Asked): string | null {
  if (!settings.on || settings.to.length === 0) return null
  const due = latestWeekly(now, zone, settings)
  // A change in the future was made by a clock that was wrong: it must not keep the report back for years.
  if (due.at <= since && since <= now) return null
  return isTold(due.day) ? null : due.day
}

export function nextReport(settings: ReportMail, now: Ms, zone: string): Ms | null {
  return settings.on && settings.to.length > 0 ? nextWeekly(now, zone, settings).at : null
}
