// A gift card by mail. It goes beside the outbox, which keeps what it sends: the code is kept nowhere.
import { isAddress, messageIdOf } from '../domain/mail.ts'
import { formatMoney, type Money } from '../domain/money.ts'
import { giftRefusals as refusals, giftWords as words } from '../domain/money-en.ts'
import { readMailSettings, readSettings } from '../store/settings.ts'
import type { DeskDeps } from './deps.ts'
import { refuse } from './result.ts'

/** A refusal where it cannot go. */
export function mayMail(deps: DeskDeps, to: string): ReturnType<typeof refuse> | null {
  if (!isAddress(to)) return refuse('bad-request', refusals.mailTo(to))
  return readMailSettings(deps.desk) === null ? refuse('wrong-state', refusals.noMail) : null
}

/** A sentence of how that went. */
export async function mailGiftCard(deps: DeskDeps, to: string, amount: Money, code: string): Promise<string> {
  const { newId, mail } = deps.live
  const { spaceName, locale } = readSettings(deps.desk)
  const sender = readMailSettings(deps.desk)?.senderAddress ?? ''
  const sent = await mail.send({
    subject: words.subject(spaceName),
    text: words.text(formatMoney(amount, locale), code),
    html: null,
    to: { name: null, address: to },
    messageId: messageIdOf(newId(), sender),
  })
  if (sent?.outcome === 'sent') return words.mailed(to)
  return sent?.outcome === 'unclear' ? words.unclear(to) : words.notMailed(to)
}
