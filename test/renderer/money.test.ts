// Money at the desk on the page: what is owed is taken, something is given back, gift cards are sold and redeemed.
import { expect, it } from 'vitest'
import type { Payment } from '../../src/preload/shapes-money.ts'
import { GIFT_CODE } from './fake-money.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args)

/** What the desk's runner would have written meanwhile. */
function goOn(news: Partial<Payment>): void {
  const { money } = on.desk
  if (money.payment !== null) money.payment = { ...money.payment, ...news }
  on.desk.push('payments', {})
}

async function openLapsed(): Promise<string> {
  const { page, desk } = on
  const late = desk.world.members.find(({ standing }) => standing === 'lapsed')
  await page.goto(`${desk.url}#members/${late?.id}`)
  await page
    .getByRole('heading', { name: late?.name ?? '' })
    .first()
    .waitFor()
  return late?.name ?? ''
}

it('takes what is owed at the card reader, in two clicks from the person; a decline says that nobody was charged', async () => {
  const { page, told } = on
  const name = await openLapsed()
  await page.getByRole('button', { name: 'Take payment' }).first().click()
  await page.getByRole('heading', { name: `Take payment from ${name}` }).waitFor()
  await page.getByText('€45.00 for Night & weekend').waitFor()
  await look(page, 'take-payment')
  await page.getByRole('button', { name: 'Card reader: Front desk' }).click()
  await page.getByText('Waiting for the card at the reader').waitFor()
  await look(page, 'take-payment-reader')
  goOn({ doing: null, fault: 'The card was not taken, and nothing was charged: the bank refused it.' })
  await page.getByRole('alert').getByText('nothing was charged').waitFor()
  await page.getByRole('button', { name: 'Their phone: pay just this' }).click()
  await page.getByText('Waiting until they have paid').waitFor()
  await look(page, 'take-payment-page')
  // With the payment the sentence goes from which the dialog was opened; the dialog stays.
  const payer = on.desk.world.members.find(({ id }) => id === on.desk.money.payment?.member.id)
  if (payer !== undefined) payer.standing = 'current'
  goOn({ doing: null, page: null, state: 'paid', paid: { minor: 4500, currency: 'eur' } })
  on.desk.push('members', {})
  await page.getByText('€45.00 is paid.').waitFor()
  await page.getByText('Access ended 9 Nov').first().waitFor({ state: 'detached' })
  await page.getByText('€45.00 is paid.').waitFor()
  await look(page, 'take-payment-paid')
  await page.getByRole('button', { name: 'Done' }).click()
  expect(heard('payments.start')).toMatchObject([
    { invoice: 'in_1', way: 'reader', reader: 'tmr_1' },
    { invoice: 'in_1', way: 'invoice-page' },
  ])
  expect(told).toEqual([])
})

it('tells of a payment that was begun before the dialog was opened again, and is not open any more', async () => {
  const { page, told } = on
  await openLapsed()
  const take = page.getByRole('button', { name: 'Take payment' }).first()
  await take.click()
  await page.getByRole('button', { name: 'Card reader: Front desk' }).click()
  await page.getByText('Waiting for the card at the reader').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await take.click()
  await page.getByText('Waiting for the card at the reader').waitFor()
  if (on.desk.money.payment !== null) on.desk.money.settled.add(on.desk.money.payment.member.id)
  goOn({ doing: null, state: 'paid', paid: { minor: 4500, currency: 'eur' } })
  await page.getByText('€45.00 is paid.').waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  expect(told).toEqual([])
})

it('takes cash only after it was asked for twice, and shows the receipt; the link goes by mail', async () => {
  const { page, told } = on
  await openLapsed()
  await page.getByRole('button', { name: 'Take payment' }).first().click()
  await page.getByRole('button', { name: 'Send them the link by mail' }).click()
  await page.getByText('The link goes to their email.').waitFor()
  await page.getByRole('button', { name: 'Cash', exact: true }).click()
  await page.getByText('Have you got €45.00 in your hand?').waitFor()
  expect(heard('payments.cash')).toEqual([])
  await page.getByRole('button', { name: 'Yes, paid in cash' }).click()
  await page.getByText('Receipt C-0011').waitFor()
  expect(heard('payments.cash')).toMatchObject([{ invoice: 'in_1' }])
  expect(told).toEqual([])
})

it('gives back in part with a reason, and asks what becomes of the membership', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#members/${desk.world.members[0]?.id}`)
  await page.getByRole('tab', { name: 'Payments' }).click()
  await page.getByText('€5.00 given back by owner: The laser stood still for a week').waitFor()
  await page.getByText('€20.00 given back at Stripe').waitFor()
  await page.getByText('Questioned by the bank').waitFor()
  await look(page, 'payments-taken')
  await page
    .getByRole('button', { name: /^Give back of €45\.00/ })
    .first()
    .click()
  await page.getByLabel('Why').fill('Was ill for a week')
  await page.getByLabel('Amount').fill('12.5O')
  await page.keyboard.press('Enter')
  await page.getByText('Write the amount as a number, such as 25.00.').waitFor()
  await page.getByLabel('Amount').fill('12.50')
  await look(page, 'refund')
  await page.getByRole('button', { name: 'Give back', exact: true }).click()
  await page.getByText('And the membership?').waitFor()
  await page.getByRole('button', { name: 'End it now' }).click()
  await page.getByText('They lose access at once').waitFor()
  await look(page, 'refund-and-then')
  expect(heard('changes.cancelNow')).toEqual([])
  await page.getByRole('button', { name: 'Leave it as it is' }).click()
  await page.getByText('€12.50 given back by owner: Was ill for a week').waitFor()
  expect(heard('refunds.make')).toMatchObject([
    {
      payment: 'ch_1',
      amount: { minor: 1250, currency: 'eur' },
      left: { minor: 4500, currency: 'eur' },
      reason: 'requested',
      why: 'Was ill for a week',
    },
  ])
  expect(told).toEqual([])
})

it('sells a gift card, whose code is shown once, and redeems one', async () => {
  const { page, desk, told } = on
  // What was once sold in another currency says nothing of this sale.
  Object.assign(desk.upkeep.mapping.prices[0] ?? {}, { amount: { minor: 6_000, currency: 'usd' } })
  await page.goto(`${desk.url}#members/${desk.world.members[0]?.id}`)
  await page.getByRole('tab', { name: 'Payments' }).click()
  await page.getByRole('button', { name: 'Sell a gift card' }).click()
  await expect.poll(() => page.getByLabel('Currency').inputValue()).toBe('EUR')
  await page.getByLabel('Amount').fill('fifty')
  await page.keyboard.press('Enter')
  await page.getByText('Write the amount as a number, such as 25.00.').waitFor()
  await page.getByLabel('Amount').fill('50')
  await page.getByLabel('Mail it to').fill('gift@example.org')
  await look(page, 'gift-sell')
  await page.getByRole('button', { name: 'Sell it' }).click()
  await page.getByText(GIFT_CODE).waitFor()
  await look(page, 'gift-sold')
  // One key too many must not lose it.
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Print it')
  await page.keyboard.press('Escape')
  expect(await page.getByRole('dialog').getByRole('button').allTextContents()).toEqual(['Print it', 'Done'])
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByText(GIFT_CODE).isVisible()).toBe(true)
  expect(await page.getByRole('heading', { name: 'Sell a gift card' }).isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Redeem a gift card' }).click()
  await page.getByLabel('Code').fill('7h2k')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('No gift card has this code').waitFor()
  await look(page, 'gift-redeem')
  await page.getByLabel('Code').fill(GIFT_CODE.toLowerCase())
  await page.keyboard.press('Enter')
  await page.getByText('€50.00 is theirs now.').waitFor()
  expect(told).toEqual([])
})

it('lists gift cards that were sold, and withdraws one that went astray', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/cash`)
  const gifts = page.locator('[data-gift]')
  await gifts.first().waitFor()
  expect(await gifts.evaluateAll((all) => all.map((one) => one.getAttribute('data-gift')))).toEqual(['3', '1', '2'])
  await page.getByText(/^Used .* · /).waitFor()
  await gifts.last().scrollIntoViewIfNeeded()
  await look(page, 'gift-list')
  await page.getByRole('button', { name: 'Withdraw gift card no. 3' }).click()
  await page.getByRole('dialog').getByLabel('Why').fill('Lost in the post')
  await look(page, 'gift-withdraw', '[role=dialog]')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByText(/^Withdrawn /).waitFor()
  expect(await page.getByRole('button', { name: /^Withdraw/ }).count()).toBe(1)
  expect(desk.heard.findLast(({ name }) => name === 'giftCards.withdraw')?.args).toEqual({
    id: 'gift-3',
    why: 'Lost in the post',
  })
  expect(told).toEqual([])
})
