// Gift cards: sold with a code that is told once, redeemed once as credit at Stripe, which the next invoices use up.
import type { Args } from '../../preload/contract.ts'
import type { GiftCard } from '../../preload/shapes-money.ts'
import { type GiftFact, type GiftNow, giftAt, giftCode, readGiftCode } from '../domain/gift-card.ts'
import { formatMoney, isCurrency, type Money } from '../domain/money.ts'
import { paymentRefusals, giftRefusals as refusals, giftWords as words } from '../domain/money-en.ts'
import { cashNumber } from '../domain/paid-receipt.ts'
import { sayDay } from '../domain/say.ts'
import { toIso } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { priceById } from '../store/billing-objects.ts'
import { cashPayment } from '../store/cash.ts'
import { customerLinks } from '../store/customer-links.ts'
import { digestOfGiftCode, findGiftCard } from '../store/gift-cards.ts'
import { memberById } from '../store/members.ts'
import { moneyFacts, moneyJournals } from '../store/money-journal.ts'
import { personNow } from '../store/people-merge.ts'
import { openSignUpOf } from '../store/sign-ups.ts'
import type { MoneyPort } from '../stripe/money-port.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { mailGiftCard, mayMail } from './gift-card-mail.ts'
import { doOneDeed } from './money-deed.ts'
import { type NewsOf, writeMoney } from './money-journal.ts'
import { recordAction } from './record-action.ts'
import { refreshBilling } from './refresh-billing.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'
import { signUpNow } from './sign-up-journal.ts'
import { takeCash } from './take-cash.ts'
import { tellOfCash } from './tell-of-agreement.ts'

type Sold = { card: GiftCard; code: string; mailed: string | null }

export async function sellGiftCard(deps: DeskDeps, asked: Args<'giftCards.sell'>): Promise<Result<Sold>> {
  const { db, newId, randomHex } = deps.live
  const { paidBy, note, mailTo, buyer = null } = asked
  const amount = { minor: asked.amount.minor, currency: asked.amount.currency.trim().toLowerCase() }
  if (amount.minor <= 0) return refuse('bad-request', refusals.noAmount)
  if (!isCurrency(amount.currency)) return refuse('bad-request', refusals.noCurrency(asked.amount.currency))
  if (buyer !== null && memberById(db, buyer) === null) return refuse('not-found', paymentRefusals.noMember)
  if (paidBy === 'cash' && buyer === null) return refuse('bad-request', refusals.whoBuys)
  const to = mailTo?.trim() || null
  const refused = to === null ? null : mayMail(deps, to)
  if (refused !== null) return refused
  const id = newId()
  const code = giftCode(randomHex(10))
  const salt = randomHex(16)
  db.transaction(() => {
    const number = moneyJournals(db, 'gift-card', {}).length + 1
    const receipt = buyer !== null && paidBy === 'cash' ? inCash(deps, buyer, id, number, amount) : null
    const digest = digestOfGiftCode(salt, readGiftCode(code) ?? '')
    write(deps, id, { kind: 'started', number, amount, paidBy, receipt, note: note?.trim() || null, salt, digest })
    recordAction(deps, 'gift-card-sold', id, { number, amount, paidBy, receipt })
  }).immediate()
  const mailed = to === null ? null : await mailGiftCard(deps, to, amount, code)
  deps.live.push('payments', {})
  const card = view(deps, id)
  return card.ok ? done({ card: card.value, code, mailed }) : card
}

function inCash(deps: DeskDeps, member: string, id: string, number: number, amount: Money): string {
  const cash = takeCash(deps, { member, what: words.credit(number), subject: id, amount })
  tellOfCash(deps, member, cashPayment(deps.live.db, cash.id))
  return cashNumber(cash.number)
}

export function listGiftCards(deps: ReadDeps): GiftCard[] {
  return moneyJournals<GiftFact>(deps.desk, 'gift-card', {}).flatMap(({ id, operator, facts }) => {
    const now = giftAt(facts)
    return now === null ? [] : [shown(deps, id, operator, now)]
  })
}

export async function redeemGiftCard(
  deps: DeskDeps,
  { member, code }: Args<'giftCards.redeem'>,
): Promise<Result<GiftCard>> {
  const money = deps.live.sync.stripe()?.money
  const person = memberById(deps.desk, member)
  if (person === null) return refuse('not-found', paymentRefusals.noMember)
  if (money === undefined) return refuse('stripe', paymentRefusals.noStripe)
  const letters = readGiftCode(code)
  const id = letters === null ? null : findGiftCard(deps.desk, letters)
  if (id === null) return refuse('not-found', refusals.unknown)
  const before = mayRedeem(deps, id, member)
  if (!before.ok) return before
  const customer = customerFor(deps, member)
  if (customer === null) return refuse('wrong-state', refusals.noCustomer(person.name))
  const pays = await currencyOf(money, customer)
  if (!pays.ok) return pays
  const { amount } = before.value
  if (pays.value !== null && pays.value !== amount.currency)
    return refuse('wrong-state', refusals.currency(formatMoney(amount, voiceOf(deps).locale), pays.value))
  // Somebody else may have been quicker meanwhile; from here on nothing comes in between.
  const free = mayRedeem(deps, id, member)
  if (!free.ok) return free
  if (free.value.state === 'unused')
    write(deps, id, { kind: 'claimed', memberId: member, customerId: customer.id }, { memberId: member })
  return deps.live.payments.once(id, () => goOn(deps, money, id))
}

/** One that is on its way to the same person is gone on with. */
function mayRedeem(deps: ReadDeps, id: string, member: string): Result<GiftNow> {
  const now = giftAt(moneyFacts<GiftFact>(deps.desk, id))
  if (now === null) return refuse('not-found', refusals.unknown)
  if (now.state === 'redeemed') return refuse('wrong-state', refusals.spent(sayDay(now.since, voiceOf(deps))))
  if (now.state === 'withdrawn') return refuse('wrong-state', refusals.withdrawn(sayDay(now.since, voiceOf(deps))))
  if (now.claim !== null && personNow(deps.desk, now.claim.memberId) !== member) return refuse('busy', refusals.goingOn)
  return done(now)
}

type CustomerOf = { id: string; currency: string | null }

/** The one at Stripe, else the one that their sign-up has made just now; `currency` is what they are about to pay in. */
function customerFor(deps: ReadDeps, member: string): CustomerOf | null {
  const { account = '' } = readSyncState(deps.desk)
  const linked = customerLinks(deps.desk, member).findLast((link) => link.account === account)?.customerId
  const open = openSignUpOf(deps.desk, member)
  const signUp = open === null ? null : signUpNow(deps, open)
  const priceId = signUp?.choice?.priceId ?? null
  const currency = priceId === null ? null : (priceById(deps.desk, account, priceId)?.currency ?? null)
  const id = signUp?.customerId ?? linked ?? null
  return id === null ? null : { id, currency }
}

async function currencyOf(money: MoneyPort, { id, currency }: CustomerOf): Promise<Result<string | null>> {
  try {
    return done((await money.currencyOf(id)) ?? currency)
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
}

/** Adds the credit, or looks whether it is there already. */
async function goOn(deps: DeskDeps, money: MoneyPort, id: string): Promise<Result<GiftCard>> {
  const now = giftAt(moneyFacts<GiftFact>(deps.desk, id))
  if (now === null || now.claim === null) return refuse('not-found', refusals.none)
  const { amount, number, claim } = now
  const { memberId, customerId } = claim
  const refused = await doOneDeed<string>(deps, {
    what: 'gift-card',
    id,
    deed: 'credit',
    before: now.credit,
    unclear: refusals.unclear,
    begun: (key) => write(deps, id, { kind: 'begun', deed: 'credit', key }),
    async ask(key) {
      // Also at the first asking: a backup that was restored may not know of it.
      const found = await money.findCredit(customerId, id)
      return found ?? money.addCredit(key, { customerId, amount, text: words.credit(number) }, id)
    },
    made(creditId) {
      write(deps, id, { kind: 'made', deed: 'credit', creditId })
      write(deps, id, { kind: 'closed', how: 'redeemed' })
      recordAction(deps, 'gift-card-redeemed', memberId, { giftCard: id, number, amount })
    },
    refused: (fault) => write(deps, id, { kind: 'refused', deed: 'credit', fault }),
  })
  deps.live.push('payments', {})
  if (refused !== null) return refused
  refreshBilling(deps, { customer: customerId })
  return view(deps, id)
}

/** After a start: what was begun is looked up, and asked for where it is not there. */
export function resumeGiftCards(deps: DeskDeps): void {
  const money = deps.live.sync.stripe()?.money
  if (money === undefined) return
  for (const { id, facts } of moneyJournals<GiftFact>(deps.desk, 'gift-card', { open: true })) {
    if (giftAt(facts)?.state !== 'going') continue
    void deps.live.payments.once(id, () => goOn(deps, money, id)).catch(() => undefined)
  }
}

export function withdrawGiftCard(deps: DeskDeps, { id, why }: Args<'giftCards.withdraw'>): Result<GiftCard> {
  const now = giftAt(moneyFacts<GiftFact>(deps.desk, id))
  if (now === null) return refuse('not-found', refusals.none)
  if (why.trim() === '') return refuse('bad-request', refusals.why)
  const free = mayRedeem(deps, id, '')
  if (!free.ok) return free
  deps.live.db
    .transaction(() => {
      write(deps, id, { kind: 'closed', how: 'withdrawn' })
      recordAction(deps, 'gift-card-withdrawn', id, { number: now.number, why: why.trim() })
    })
    .immediate()
  deps.live.push('payments', {})
  return view(deps, id)
}

function write(deps: DeskDeps, id: string, news: NewsOf<GiftFact>, about: { memberId?: string } = {}): void {
  writeMoney<GiftFact>(deps, 'gift-card', id, news, about)
}

function view(deps: ReadDeps, id: string): Result<GiftCard> {
  const card = listGiftCards(deps).find((one) => one.id === id)
  return card === undefined ? refuse('not-found', refusals.none) : done(card)
}

function shown(deps: ReadDeps, id: string, by: string, now: GiftNow): GiftCard {
  const { number, amount, paidBy, receipt, note, state, since, at, claim } = now
  const whoNow = claim && personNow(deps.desk, claim.memberId)
  const who = whoNow === null ? null : memberById(deps.desk, whoNow)
  return {
    id,
    number,
    soldAt: toIso(at),
    by,
    amount,
    paidBy: paidBy as GiftCard['paidBy'],
    receipt,
    note,
    state,
    since: toIso(since),
    member: who && { id: who.id, name: who.name },
  }
}
