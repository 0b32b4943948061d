// The bill of a sign-up as it is shown: Stripe's figures, with what is taken off in words.
import type { SignUp } from '../../preload/shapes-sign-up.ts'
import { discountText } from '../domain/plans-en.ts'
import type { SignUpNow } from '../domain/sign-up.ts'
import { toIso } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { priceById } from '../store/billing-objects.ts'
import type { ReadDeps } from './deps.ts'
import { voiceOf } from './sentences.ts'

export function billView(deps: ReadDeps, { bill, choice }: SignUpNow): SignUp['bill'] {
  if (bill === null) return null
  const { due, lines, discounts = [], credit = null, next } = bill
  const { account = '' } = readSyncState(deps.desk)
  const every = priceById(deps.desk, account, choice?.priceId ?? '')?.interval ?? null
  const voice = voiceOf(deps)
  return {
    due,
    lines,
    discounts: discounts.map((one) => ({
      text: discountText(one, every, voice),
      amount: { ...one.taken, minor: -one.taken.minor },
    })),
    credit,
    next: next && {
      amount: next.amount,
      at: toIso(next.at),
      discounted: discounts.some(({ duration, end }) => duration !== 'once' && (end === null || end > next.at)),
    },
  }
}
