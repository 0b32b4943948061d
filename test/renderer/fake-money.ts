// Money at the fake desk: what is owed, payments that wait until the test goes on with them, refunds, gift cards.
import { giftRefusals, paymentDoing, paymentFaults } from '../../src/main/domain/money-en.ts'
import type { GiftCard, PaidPayment, Payment } from '../../src/preload/shapes-money.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'

export type FakeMoney = { payment: Payment | null; taken: PaidPayment[]; settled: Set<string> }

const EUR = (minor: number) => ({ minor, currency: 'eur' })
export const GIFT_CODE = '7H2K-M9QX-03TB-VD5R'

export function createMoney(world: World): FakeMoney {
  const paid = (id: string, days: number, more: Partial<PaidPayment> = {}): PaidPayment => ({
    id,
    at: world.iso(days),
    amount: EUR(4500),
    refunded: EUR(0),
    left: EUR(4500),
    disputed: false,
    with: 'card 4242',
    invoice: 'LK-0007',
    membership: 'membership-1',
    refunds: [],
    ...more,
  })
  const refund = (id: string, minor: number, by: string | null, why: string | null) => ({
    id,
    at: world.iso(-20),
    amount: EUR(minor),
    status: 'succeeded',
    by,
    why,
  })
  return {
    payment: null,
    settled: new Set(),
    taken: [
      paid('ch_1', -12),
      paid('ch_2', -42, {
        invoice: 'LK-0006',
        refunded: EUR(2500),
        left: EUR(2000),
        refunds: [refund('re_1', 2000, null, null), refund('re_2', 500, 'owner', 'The laser stood still for a week')],
      }),
      paid('ch_3', -72, { invoice: 'LK-0005', disputed: true }),
    ],
  }
}

export function moneyHandlers(world: World, facts: FakeMoney): Handlers {
  const owes = (id: string) => {
    const standing = world.members.find((member) => member.id === id)?.standing
    return (standing === 'lapsed' || standing === 'grace') && !facts.settled.has(id)
  }
  const begin = (member: string, news: Partial<Payment>): Payment => {
    const who = world.members.find(({ id }) => id === member)
    facts.payment = {
      id: 'payment-1',
      member: { id: member, name: who?.name ?? '' },
      invoice: owes(member) ? { id: 'in_1', number: 'LK-0008' } : null,
      way: null,
      doing: null,
      fault: null,
      page: null,
      state: 'open',
      paid: null,
      receipt: null,
      ...news,
    }
    return facts.payment
  }
  const card = (state: GiftCard['state'], minor: number, member: GiftCard['member'] = null): GiftCard => ({
    id: 'gift-1',
    number: 1,
    soldAt: world.iso(0),
    by: 'owner',
    amount: EUR(minor),
    paidBy: 'cash',
    receipt: 'C-0012',
    note: null,
    state,
    since: world.iso(0),
    member,
  })
  const used = world.members[4] ?? null
  const gifts: GiftCard[] = [
    card('unused', 5000),
    { ...card('redeemed', 2500, used && { id: used.id, name: used.name }), id: 'gift-2', number: 2, paidBy: 'card' },
    { ...card('unused', 9500), id: 'gift-3', number: 3, paidBy: 'given', receipt: null },
  ]
  return {
    'payments.owed': ({ member }) => ({
      debts: owes(member)
        ? [
            {
              invoice: 'in_1',
              number: 'LK-0008',
              amount: EUR(4500),
              since: world.iso(-6),
              plan: 'Night & weekend',
              state: 'not enough money on the account; another try may go through',
              url: 'https://invoice.stripe.com/i/acct_1/in_1',
            },
          ]
        : [],
      open: facts.payment?.member.id === member && facts.payment.state === 'open' ? facts.payment : null,
    }),
    'payments.start': ({ member, way }) =>
      begin(member, {
        way,
        doing: { reader: paymentDoing.collect, page: paymentDoing.page, 'invoice-page': paymentDoing.invoicePage }[way],
        page:
          way === 'reader' ? null : { url: 'https://checkout.stripe.com/c/pay/cs_test_a1b2', expiresAt: world.iso(1) },
      }),
    'payments.cash': ({ member }) => {
      const paid = begin(member, { way: 'cash', state: 'paid', paid: EUR(4500), receipt: 'C-0011' })
      facts.settled.add(member)
      return paid
    },
    'payments.mail': () => ({ ok: true }),
    'payments.get': () => facts.payment ?? no('not-found', 'This payment is not here any more.'),
    'payments.stop': () => {
      if (facts.payment === null) return no('not-found', 'This payment is not here any more.')
      facts.payment = { ...facts.payment, doing: null, page: null, fault: paymentFaults.pageEnded }
      return facts.payment
    },
    'refunds.payments': () => facts.taken,
    'refunds.make': ({ payment, amount, why }) => {
      const made = { id: 're_9', at: world.iso(0), amount, status: 'succeeded', by: 'owner', why }
      facts.taken = facts.taken.map((one) =>
        one.id === payment
          ? { ...one, left: EUR(one.left.minor - amount.minor), refunds: [made, ...one.refunds] }
          : one,
      )
      return made
    },
    'giftCards.sell': ({ amount, mailTo }) => ({
      card: card('unused', amount.minor),
      code: GIFT_CODE,
      mailed: mailTo === undefined ? null : `It was mailed to ${mailTo}.`,
    }),
    'giftCards.list': () => gifts,
    'giftCards.withdraw': ({ id, why }) => {
      const found = gifts.find((one) => one.id === id)
      if (found === undefined || why.trim() === '') return no('bad-request', giftRefusals.why)
      return Object.assign(found, { state: 'withdrawn' })
    },
    'giftCards.redeem': ({ member, code }) =>
      code.toUpperCase() === GIFT_CODE
        ? card('redeemed', 5000, { id: member, name: '' })
        : no('not-found', giftRefusals.unknown),
  }
}
