// The space's settings: one row a key, JSON values, defaults here.
import type { PauseKind } from '../domain/cause.ts'
import type { AskedDetails } from '../domain/details.ts'
import type { MailTemplate } from '../domain/fill-template.ts'
import type { MailSettings } from '../domain/mail.ts'
import { type ReportMail, usualReportMail } from '../domain/report-mail.ts'
import type { Policy } from '../domain/standing.ts'
import { DAY, type Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type Settings = {
  spaceName: string
  /** IANA name; decides days and hours. */
  timeZone: string
  locale: string
  /** Access that ends by the clock runs to the end of that local day. */
  endOfDay: boolean
  /** Days of grace by payment method. */
  graceDays: { card: number; 'bank-debit': number; manual: number }
  /** Kinds of pause during which doors stay open beyond the paid days. */
  pauseOpens: Record<PauseKind, boolean>
  /** Where a page of Stripe's returns to, null where the space has none. */
  website: string | null
  /** What a card opens before anything is paid, where Stripe could not be reached: for how many days after today, 0 for
   * no such cards; `doors` null: those of the plan. */
  provisional: { days: number; doors: string[] | null }
}

const defaults: Omit<Settings, 'timeZone'> = {
  spaceName: 'Our space',
  locale: 'en-GB',
  endOfDay: true,
  graceDays: { card: 7, 'bank-debit': 14, manual: 7 },
  pauseOpens: { collection: false, requested: false, 'trial-end': false, system: false },
  website: null,
  provisional: { days: 7, doors: null },
}

export function readSettings(db: ReadDb): Settings {
  const stored = Object.fromEntries(
    sql<{ key: string; value: string }>(db, 'SELECT key, value FROM setting')
      .all()
      .map((row) => [row.key, JSON.parse(row.value)]),
  ) as Partial<Settings>
  return {
    spaceName: stored.spaceName ?? defaults.spaceName,
    timeZone: stored.timeZone ?? 'UTC',
    locale: stored.locale ?? defaults.locale,
    endOfDay: stored.endOfDay ?? defaults.endOfDay,
    graceDays: stored.graceDays ?? defaults.graceDays,
    pauseOpens: stored.pauseOpens ?? defaults.pauseOpens,
    website: stored.website ?? defaults.website,
    provisional: stored.provisional ?? defaults.provisional,
  }
}

export function policyFrom({ graceDays, pauseOpens, endOfDay, timeZone }: Settings): Policy {
  return {
    grace: { card: graceDays.card * DAY, 'bank-debit': graceDays['bank-debit'] * DAY, manual: graceDays.manual * DAY },
    pauseOpens,
    endOfDay,
    zone: timeZone,
  }
}

export function writeSetting(
  db: WriteDb,
  key:
    | keyof Settings
    | 'deskId'
    | 'madeByDemo'
    | 'clockOffset'
    | 'mappingConfirmedAt'
    | 'mail'
    | 'details'
    | 'lateTemplates'
    | 'reportMail'
    | 'searchShape',
  value: unknown,
  at: Ms,
): void {
  sql(
    db,
    `INSERT INTO setting VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at WHERE value IS NOT excluded.value`,
  ).run(key, JSON.stringify(value), at)
}

/** This desk's id, which names its logs; null in a database that no desk has opened yet. */
export function readDeskId(db: ReadDb): string | null {
  return readSetting(db, 'deskId')
}

export function wasMadeByDemo(db: ReadDb): boolean {
  return readSetting(db, 'madeByDemo') === true
}

/** How the search index is written; null before that was counted. */
export function readSearchShape(db: ReadDb): number | null {
  return readSetting<number>(db, 'searchShape')
}

/** Milliseconds that the demo's clock ran ahead of the computer's when it was last moved. */
export function readClockOffset(db: ReadDb): Ms {
  return readSetting<Ms>(db, 'clockOffset') ?? 0
}

/** Since when a manager has confirmed which prices are memberships; null: every recurring one is. */
export function mappingConfirmedAt(db: ReadDb): Ms | null {
  return readSetting<Ms>(db, 'mappingConfirmedAt')
}

/** Null while nobody has set mail up: then nothing is sent about anything. The password is kept elsewhere. */
export function readMailSettings(db: ReadDb): MailSettings | null {
  return readSetting<MailSettings>(db, 'mail')
}

/** What is asked of people beside their name; null while no manager has said. */
export function readAskedDetails(db: ReadDb): AskedDetails | null {
  return readSetting<AskedDetails>(db, 'details')
}

/** Texts for mails about late payments; null while nobody has written any. */
export function readLateTemplates(db: ReadDb): MailTemplate[] | null {
  return readSetting<MailTemplate[]>(db, 'lateTemplates')
}

/** When and to whom the report of late payments goes by mail. */
export function readReportMail(db: ReadDb): ReportMail {
  return readSetting<ReportMail>(db, 'reportMail') ?? usualReportMail
}

/** The latest change of when it goes, or of the server that it goes by; null while neither was ever set. */
export function reportMailSince(db: ReadDb): Ms | null {
  return (
    sql<{ at: Ms | null }>(db, "SELECT max(changed_at) AS at FROM setting WHERE key IN ('reportMail', 'mail')").get()
      ?.at ?? null
  )
}

function readSetting<T>(db: ReadDb, key: string): T | null {
  const row = sql<{ value: string }>(db, 'SELECT value FROM setting WHERE key = ?').get(key)
  return row ? (JSON.parse(row.value) as T) : null
}

/** Rises with every change that may alter what a door would answer. */
export function readRevision(db: ReadDb): number {
  return sql<{ n: number }>(db, 'SELECT n FROM revision').get()?.n ?? 0
}
