// A row of the outbox as the mail that it is now: to where its person is reached today, in the space's own words.
import type { Mail } from '../domain/mail.ts'
import { type MailVoice, mailText } from '../domain/mail-en.ts'
import type { ReadDb } from '../store/open.ts'
import { addressOf, filesOf, type OutboxRow } from '../store/outbox.ts'
import { readSettings } from '../store/settings.ts'

/** Null where its person has no address. */
export function composeMail(db: ReadDb, row: OutboxRow): Mail | null {
  const to = addressOf(db, row)
  return to === null
    ? null
    : { ...mailText(row.notice, mailVoice(db)), to, messageId: row.messageId, files: filesOf(db, row) }
}

export function mailVoice(db: ReadDb): MailVoice {
  const { spaceName, locale, timeZone } = readSettings(db)
  return { space: spaceName, locale, zone: timeZone }
}
