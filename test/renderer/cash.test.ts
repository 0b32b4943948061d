// Cash on the page: the shift and its end, receipts as they are printed; and Stripe's card readers and cards before anything
// is paid, in Settings.
import { expect, it } from 'vitest'
import { takePictures } from './browser.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args)

it('closes the shift with what was counted, and a reason where it differs, and prints the sheet', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/cash`)
  await page.getByText('€80.00 should be in the box').waitFor()
  await look(page, 'cash-shift')
  await page.getByLabel('Counted, EUR').fill('75')
  await page.getByLabel('Counted, CHF').fill('20')
  await page.getByLabel('Counted, CHF').press('Enter')
  await page.getByRole('alert').getByText('You counted €75.00 where €80.00 were taken').waitFor()
  await look(page, 'cash-differs')
  await page.getByLabel('Why it differs').fill('Five euros for stamps')
  await page.getByRole('button', { name: 'Close the shift' }).click()
  await page.getByRole('heading', { name: 'Cash of one shift' }).waitFor()
  await page.getByText('Five euros for stamps').waitFor()
  await look(page, 'cash-sheet')
  expect(heard('cash.close').at(-1)).toEqual({
    shift: 'shift-2',
    counted: [
      { minor: 2_000, currency: 'chf' },
      { minor: 7_500, currency: 'eur' },
    ],
    note: 'Five euros for stamps',
  })
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  // Of the page nothing is printed but the sheet.
  expect(await page.getByRole('navigation').isVisible()).toBe(false)
  expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
  expect(await page.locator('.print-sheet').isVisible()).toBe(true)
  await takePictures(page, 'cash-sheet-printed')
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' })
  await page.getByRole('link', { name: 'Back to cash' }).click()
  await page.locator('[data-shift]').nth(1).waitFor()
  expect(await page.locator('[data-shift]').first().innerText()).toContain('Difference -€5.00: Five euros for stamps')
  expect(told).toEqual([])
})

it('prints a receipt from the person who paid, and says kindly where no shift is open', async () => {
  const { page, desk, told } = on
  const [paid] = desk.cash.taken
  await page.goto(`${desk.url}#/members/${paid?.member.id}`)
  await page.getByRole('tab', { name: 'Payments' }).click()
  await page.getByRole('link', { name: `Print ${paid?.number}` }).click()
  await page.getByText(`Received from ${paid?.member.name}`).waitFor()
  await look(page, 'cash-receipt')
  await page.emulateMedia({ media: 'print', colorScheme: 'light' })
  await takePictures(page, 'cash-receipt-printed')
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' })
  desk.cash.taken = []
  desk.cash.closed = []
  desk.push('cash', {})
  await page.getByRole('link', { name: 'Back to cash' }).click()
  await page.getByText('The next cash payment begins one.').waitFor()
  await page.getByText('No shift was closed yet.').waitFor()
  await look(page, 'cash-empty')
  expect(told).toEqual([])
})

it('registers a card reader at a new place, renames and removes it, and sets the cards before anything is paid', async () => {
  const { page, desk, told } = on
  const part = page.locator('#pay-readers')
  await page.goto(`${desk.url}#/settings/pay-readers`)
  await part.getByText('No card reader for payments yet').waitFor()
  await part.getByLabel('The words that it shows').fill('simulated-wpe')
  await part.getByLabel('Its name').fill('Front desk')
  await part.getByLabel('Name of the place').fill('Front desk')
  await part.getByLabel('Street and number').fill('Holzmarktstraße 25')
  await part.getByLabel('Country, in two letters').fill('D')
  await part.getByLabel('Country, in two letters').press('Enter')
  await part.getByRole('alert').getByText('"D" is no country in two letters').waitFor()
  await part.getByLabel('Country, in two letters').fill('DE')
  await look(page, 'pay-readers-add', '#pay-readers')
  await part.getByRole('button', { name: 'Register it' }).click()
  await part.getByRole('status').getByText('Front desk is registered.').waitFor()
  expect(heard('payReaders.add').at(-1)).toEqual({
    code: 'simulated-wpe',
    label: 'Front desk',
    newPlace: { name: 'Front desk', line1: 'Holzmarktstraße 25', postalCode: '', city: '', country: 'DE' },
  })
  await part.getByRole('button', { name: 'Rename Front desk' }).click()
  await part.locator('[data-pay-reader]').getByLabel('Its name').fill('Bar')
  await part.locator('[data-pay-reader]').getByLabel('Its name').press('Enter')
  await part.getByText('It waits for nobody.').waitFor()
  await part.getByRole('button', { name: 'Remove Bar' }).click()
  await part.getByRole('group', { name: /Stripe forgets Bar/ }).waitFor()
  await look(page, 'pay-readers', '#pay-readers')
  await part.getByRole('group').getByRole('button', { name: 'Remove' }).click()
  await part.getByText('No card reader for payments yet').waitFor()

  const cards = page.locator('#provisional')
  await cards.getByLabel('It lasts for').fill('3')
  await cards.getByRole('radio', { name: 'Only these doors' }).check()
  expect(await cards.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await cards.getByRole('checkbox', { name: 'Front door' }).check()
  await look(page, 'provisional-settings', '#provisional')
  await cards.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => heard('settings.set').at(-1)).toEqual({ provisional: { days: 3, doors: ['front'] } })
  expect(told).toEqual([])
})
