// The contract's calls about money at the desk, each mapped to its use case.
import type { moneyCalls } from '../../preload/calls-money.ts'
import { listGiftCards, redeemGiftCard, sellGiftCard, withdrawGiftCard } from './gift-cards.ts'
import type { HandlersOf } from './handler-type.ts'
import { mailInvoice, startPayment, stopPayment, view } from './payment-steps.ts'
import { owedView } from './payment-view.ts'
import { listRecovered } from './recovered.ts'
import { listPayments, makeRefund } from './refunds.ts'
import { done } from './result.ts'

export const moneyHandlers = {
  'payments.owed': (deps, { member }) => done(owedView(deps, member)),
  'payments.start': (deps, args) => startPayment(deps, args),
  'payments.cash': (deps, args) => startPayment(deps, { ...args, way: 'cash' }),
  'payments.mail': (deps, args) => mailInvoice(deps, args),
  'payments.get': (deps, { id }) => view(deps, id),
  'payments.stop': (deps, { id }) => stopPayment(deps, id),
  'refunds.payments': (deps, { member }) => listPayments(deps, member),
  'refunds.make': (deps, args) => makeRefund(deps, args),
  'giftCards.sell': (deps, args) => sellGiftCard(deps, args),
  'giftCards.list': (deps) => done(listGiftCards(deps)),
  'giftCards.redeem': (deps, args) => redeemGiftCard(deps, args),
  'giftCards.withdraw': (deps, args) => withdrawGiftCard(deps, args),
  'money.recovered': (deps, args) => listRecovered(deps, args),
} satisfies HandlersOf<typeof moneyCalls>
