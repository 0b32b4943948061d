// Tells somebody of a change: writes down, with the change, what is to be said. A worker sends it afterwards.
import { type MailFile, messageIdOf } from '../domain/mail.ts'
import type { Notice } from '../domain/outbox.ts'
import type { Ms } from '../domain/time.ts'
import { addressOf, insertOutbox, insertOutboxFact, insertOutboxFile } from '../store/outbox.ts'
import { readMailSettings } from '../store/settings.ts'
import type { DeskDeps } from './deps.ts'

/** `member`: whom it is about; a note to staff goes to everyone on their list, unless `to` says to whom. `subject`: the
 * change, told once. */
type Told = Notice & {
  member: string | null
  subject: string
  notBefore?: Ms
  to?: readonly string[]
  files?: readonly MailFile[]
}

/** To be called inside the transaction that makes the change. While no mail is set up nothing is written down, so that
 * setting it up sends nothing old. */
export function notify(deps: DeskDeps, { member, subject, notBefore, to, files = [], ...notice }: Told): void {
  const { db, newId, mail } = deps.live
  if (!db.inTransaction) throw new Error(`Telling of ${subject}: this belongs into the transaction of the change`)
  const settings = readMailSettings(db)
  if (settings === null) return
  const at = deps.now()
  for (const recipient of to ?? (notice.kind === 'staff' ? settings.staff : [null])) {
    const id = newId()
    const messageId = messageIdOf(id, settings.senderAddress)
    const row = { id, createdAt: at, memberId: member, recipient, messageId, notBefore: notBefore ?? at, notice }
    if (!insertOutbox(db, row, subject)) continue
    if (addressOf(db, row) === null)
      insertOutboxFact(db, { id: newId(), outboxId: id, kind: 'no-address', at, origin: deps.deskId, operator: null })
  }
  for (const file of files) insertOutboxFile(db, subject, file)
  // It looks once this turn is over, and so is the transaction.
  mail.wake()
}
