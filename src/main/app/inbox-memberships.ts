// Rows of the inbox about what is sold and agreed: prices that nobody has mapped, full memberships, terms that end.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { membershipInbox, membershipSteps } from '../domain/memberships-en.ts'
import { formatMoney } from '../domain/money.ts'
import { sayDay } from '../domain/say.ts'
import { DAY, toIso } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { allPrices, priceById } from '../store/billing-objects.ts'
import { termsEnding } from '../store/manual-memberships.ts'
import { memberById } from '../store/members.ts'
import { overfull, payerOf, seatsOf } from '../store/membership-seats.ts'
import { decisionOf } from '../store/price-plans.ts'
import { mappingConfirmedAt } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { readMapping } from './mapping.ts'
import { voiceOf } from './sentences.ts'

/** A term that ends is spoken of so long before. */
const SOON = 7 * DAY

export function membershipRows(deps: ReadDeps): InboxRow[] {
  return [...unmappedRows(deps), ...overfullRows(deps), ...endingRows(deps)]
}

function unmappedRows(deps: ReadDeps): InboxRow[] {
  const db = deps.desk
  const { account } = readSyncState(db)
  if (account === undefined || mappingConfirmedAt(db) === null) return []
  // Counting subscriptions by price reads them all, and mostly nothing waits.
  if (!allPrices(db, account).some(({ id, recurring }) => recurring && decisionOf(db, account, id) === null)) return []
  const { locale } = voiceOf(deps)
  return readMapping(deps)
    .prices.filter(({ decision }) => decision === 'undecided')
    .map(({ price, productName, nickname, amount, subscriptions }) => ({
      id: `price-unmapped:${price}`,
      kind: 'price-unmapped' as const,
      since: toIso(priceById(db, account, price)?.created ?? deps.now()),
      member: null,
      sentence: membershipInbox['price-unmapped'](nickname ?? productName, subscriptions),
      step: membershipSteps['price-unmapped'],
      detail: amount === null ? price : `${formatMoney(amount, locale)} · ${price}`,
      action: 'map-price' as const,
      subject: price,
      candidates: [],
      until: null,
    }))
}

function overfullRows(deps: ReadDeps): InboxRow[] {
  const db = deps.desk
  return overfull(db).map(({ membershipId, covered, since }) => {
    const payer = payerOf(db, membershipId)
    return {
      id: `seats-over:${membershipId}`,
      kind: 'seats-over' as const,
      since: toIso(since),
      member: payer,
      sentence: membershipInbox['seats-over'](payer?.name ?? '', covered, seatsOf(db, membershipId) ?? covered),
      step: membershipSteps['seats-over'],
      detail: null,
      action: 'free-a-seat' as const,
      subject: membershipId,
      candidates: [],
      until: null,
    }
  })
}

function endingRows(deps: ReadDeps): InboxRow[] {
  const now = deps.now()
  const voice = voiceOf(deps)
  return termsEnding(deps.desk, now, now + SOON).flatMap(({ membershipId, memberId, until, graceUntil }) => {
    const member = memberById(deps.desk, memberId)
    if (member === null) return []
    return [
      {
        id: `term-ends-soon:${membershipId}`,
        kind: 'term-ends-soon' as const,
        since: toIso(until - SOON),
        member: { id: member.id, name: member.name },
        sentence:
          until > now
            ? membershipInbox['term-ends-soon'](member.name, sayDay(until - 1, voice))
            : membershipInbox['term-over'](member.name, sayDay(until - 1, voice), sayDay(graceUntil - 1, voice)),
        step: membershipSteps['term-ends-soon'],
        detail: null,
        action: 'renew-term' as const,
        subject: membershipId,
        candidates: [],
        until: toIso(until),
      },
    ]
  })
}
