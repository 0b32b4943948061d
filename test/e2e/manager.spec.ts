// A manager at work: from a figure to its list, to what is done about it, to the door that opens again; and on paper.
import { expect } from 'playwright/test'
import { test } from './counter.ts'

const CARD = 'em:6F007B3972'
const NAME = 'Tilda Brandt'
const EMAIL = 'tilda.brandt@example.org'

test('from a figure to its list to an action to the door', async ({ counter }) => {
  const { page, said, door, ask, acts, stripe } = counter
  const picture = (name: string) => page.screenshot({ path: `test-results/pictures/manager-${name}.png` })
  const who = acts().createCustomer({ name: NAME, email: EMAIL })
  acts().subscribe(who, acts().plans()[0] ?? '')
  await ask('sync.run', { wait: true })
  await ask('cards.add', { member: EMAIL, card: CARD })
  expect(await door.present(CARD)).toMatchObject({ grant: true })

  // Their next payment fails, Stripe's tries as well, and grace runs out.
  acts().failNextPayment(who, 'insufficient_funds', 9)
  await ask('demo.clock', { by: '+45d' })
  await ask('sync.run', { wait: true })
  expect(await door.present(CARD)).toMatchObject({ grant: false, reason: 'lapsed' })

  await page.getByRole('link', { name: 'Money' }).click()
  const figures = page.getByRole('region', { name: 'Figures' })
  const lapsed = figures.getByRole('button', { name: /^Lapsed/ })
  const before = await lapsed.innerText()
  await lapsed.click()
  const row = page.getByRole('row').filter({ hasText: NAME })
  await expect(row).toContainText(/not enough money on the account/i)
  await expect(row).toContainText(/closed since/)
  await expect(row).toContainText(EMAIL)
  await picture('1-list')

  // Money has come to the bank: it is marked as paid, asked twice.
  await row.getByRole('checkbox').check()
  const bar = page.getByRole('toolbar', { name: 'What to do about them' })
  await bar.getByRole('button', { name: /Mark as paid/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/Reference/).fill('statement of today')
  await dialog.getByRole('button', { name: /^Mark .* as paid/ }).click()
  await expect(dialog.getByText(/This cannot be taken back/)).toContainText(NAME)
  await picture('2-asked-twice')
  await dialog.getByRole('button', { name: /^Yes/ }).click()
  await expect(page.getByText(/^Marked as paid/)).toBeVisible()
  await expect(row).toHaveCount(0)
  expect(await lapsed.innerText()).not.toBe(before)
  await picture('3-paid')

  // The door opens at once, Stripe tries no more, and the money stands among what was recovered.
  expect(await door.present(CARD)).toMatchObject({ grant: true })
  const [paid] = (await stripe.invoices.list({ customer: who })).data
  expect(paid).toMatchObject({ status: 'paid', next_payment_attempt: null })
  await figures.getByRole('button', { name: /^Recovered/ }).click()
  await expect(page.getByRole('row').filter({ hasText: NAME })).toBeVisible()

  // On paper: the report and its list, light, without what can be pressed.
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation')).toBeHidden()
  await expect(page.getByRole('row').filter({ hasText: NAME })).toBeVisible()
  await expect(bar).toBeHidden()
  await picture('4-print')
  const paper = await page.pdf({ format: 'A4' })
  expect(paper.subarray(0, 5).toString()).toBe('%PDF-')
  await page.emulateMedia({ media: null })
  expect(said).toEqual([])
})
