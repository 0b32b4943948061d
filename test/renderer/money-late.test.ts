// Late payments on the page: from a figure or a piece of a chart to its list, by mouse and by keys, and on paper.
import fs from 'node:fs'
import { expect, it } from 'vitest'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const rowsAsked = () => on.desk.heard.filter(({ name }) => name === 'report.rows').map(({ args }) => args)
const tile = (name: string) =>
  on.page.getByRole('region', { name: 'Figures' }).getByRole('button', { name: new RegExp(`^${name} [€¥\\d]`) })
/** As `sayMoney` writes it: the amount of a tile or of a sum. */
const moneyIn = (text: string) => /€[\d,.]+/.exec(text)?.[0]

async function open(query = ''): Promise<void> {
  await on.page.goto(`${on.desk.url}#money/late${query}`)
  await on.page.getByRole('heading', { name: 'Money' }).waitFor()
  await tile('Failed').waitFor()
}

it('opens the list behind each figure, whose sum is the figure', async () => {
  const { page, told } = on
  await page.getByRole('link', { name: 'Money' }).click()
  await tile('At risk').waitFor()
  await page.getByRole('row').nth(3).waitFor()
  await look(page, 'money-late')
  for (const name of ['Failed', 'At risk', 'In grace', 'Lapsed', 'Recovered', 'Lost', 'To collect']) {
    await tile(name).click()
    await page.getByRole('region', { name, exact: true }).waitFor()
    expect(await tile(name).getAttribute('aria-pressed')).toBe('true')
    const figure = moneyIn(await tile(name).innerText())
    await page
      .getByRole('region', { name, exact: true })
      .getByRole('status')
      .getByText(figure ?? '?')
      .waitFor()
  }
  await tile('Recovery rate').hover()
  await page.getByRole('tooltip').getByText('Recovered divided by recovered plus lost').waitFor()
  expect(await tile('Recovery rate').innerText()).toContain('recovered ÷ (recovered + lost)')
  await tile('Recovery rate').click()
  await page.getByRole('region', { name: 'Recovered or lost', exact: true }).waitFor()
  expect(told).toEqual([])
})

it('keeps what is put off out of the way until its day, and counts it all the same', async () => {
  const { page, told } = on
  await open('?of=inGrace')
  const list = page.getByRole('region', { name: 'In grace', exact: true })
  const boxes = list.getByRole('checkbox', { name: /^Select (?!all)/ })
  const figure = moneyIn(await tile('In grace').innerText()) ?? '?'
  const whole = list.getByText(`4 payments, ${figure}`)
  await whole.waitFor()
  await list.getByText(/of it one payment, €[\d.]+, put off/).waitFor()
  await expect.poll(() => boxes.count()).toBe(3)
  await look(page, 'money-late-put-off')
  await list.getByRole('button', { name: 'Show them' }).click()
  await expect.poll(() => boxes.count()).toBe(4)
  await list
    .getByText(/^put off until/)
    .filter({ visible: true })
    .waitFor()
  await whole.waitFor()
  await list.getByRole('button', { name: 'Hide them' }).click()
  await expect.poll(() => boxes.count()).toBe(3)
  expect(told).toEqual([])
})

it('is worked by keys: move, select, open; what is selected stays so when the list is renewed', async () => {
  const { page, desk, told } = on
  await open('?of=inGrace&putOff=shown')
  const boxes = page.getByRole('checkbox', { name: /^Select (?!all)/ })
  await expect.poll(() => boxes.count()).toBe(4)
  await page.keyboard.press('j')
  await page.keyboard.press('Space')
  await page.keyboard.press('j')
  await page.keyboard.press('Space')
  await page.getByText('Selected: 2 payments, €185.00').waitFor()
  // The bar alone: it sticks to the bottom, over whatever stands there just then.
  await look(page, 'money-late-selected', '[role=toolbar]')
  // In a small window less stands side by side, and nothing is lost.
  const inSight = () =>
    page
      .getByText(/@example\.org$/)
      .filter({ visible: true })
      .count()
  const reached = await inSight()
  expect(reached).toBeGreaterThan(2)
  await page.setViewportSize({ width: 900, height: 600 })
  await page.getByRole('columnheader', { name: 'Contact' }).waitFor({ state: 'hidden' })
  expect(await inSight()).toBe(reached)
  await page.setViewportSize({ width: 1440, height: 900 })
  const asked = rowsAsked().length
  desk.late.lines.splice(2, 1)
  desk.push('members', {})
  await expect.poll(() => boxes.count()).toBe(3)
  expect(rowsAsked().length).toBeGreaterThan(asked)
  await page.getByText('Selected: 2 payments, €185.00').waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[data-panel]').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('k')
  await page.keyboard.press('Space')
  await page.getByRole('checkbox', { name: 'Select all that are shown' }).check()
  await page.getByText('Selected: 3 payments').waitFor()
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByText('Selected:').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Amount' }).click()
  await expect.poll(() => rowsAsked().at(-1)).toMatchObject({ list: 'inGrace', sort: 'amount', currency: 'eur' })
  expect(told).toEqual([])
})

it('opens the list behind a piece of a chart, by key and by the table behind it', async () => {
  const { page, told } = on
  await open('?chart=ageing')
  const piece = page.getByRole('button', { name: '8-14 days: €' })
  await piece.waitFor()
  await look(page, 'money-late-ageing', 'main')
  await page.getByRole('button', { name: '1-7 days: €' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const list = page.getByRole('region', { name: 'Still open' })
  await list.getByRole('heading', { name: 'Still open, 8-14 days overdue' }).waitFor()
  expect(await piece.getAttribute('aria-pressed')).toBe('true')
  const figure = moneyIn((await piece.getAttribute('aria-label')) ?? '')
  await list
    .getByRole('status')
    .getByText(figure ?? '?')
    .waitFor()
  expect(rowsAsked().at(-1)).toMatchObject({ list: 'open', bucket: '8-14' })
  await page.getByRole('button', { name: 'Show all of it' }).click()
  await page.getByRole('heading', { name: 'Still open', exact: true }).waitFor()

  await page.getByRole('button', { name: 'By reason' }).click()
  await page.getByRole('button', { name: /^Not enough money.*, Recovered/ }).waitFor()
  await look(page, 'money-late-reasons', 'main')
  await page.getByRole('button', { name: 'By month' }).click()
  await page.getByRole('button', { name: 'Show as a table' }).click()
  const table = page.getByRole('table').first()
  expect(await table.getByRole('row').count()).toBe(13)
  await look(page, 'money-late-table', 'main')
  await table
    .getByRole('button', { name: /Recovered/ })
    .first()
    .click()
  await page.getByRole('heading', { name: /^Recovered, due in / }).waitFor()
  expect(told).toEqual([])
})

it('goes out as a file and on paper, and keeps currencies apart', async () => {
  const { page, told } = on
  await open('?of=failed')
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download CSV' }).click()
  const file = await waiting
  expect(file.suggestedFilename()).toBe('late-payments-failed-eur.csv')
  expect(fs.readFileSync(await file.path(), 'utf8')).toBe('Name\r\n')

  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await page.getByRole('button', { name: 'Print' }).click()
  await page.locator('body[data-printed]').waitFor()
  expect(rowsAsked().some((args) => (args as { limit: number }).limit === 1_000)).toBe(true)
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('navigation', { name: 'Screens' }).isVisible()).toBe(false)
  expect(await page.getByRole('heading', { name: 'Holzmarkt Makerspace: Late payments' }).isVisible()).toBe(true)
  await page.locator('dd:visible', { hasText: 'Recovered divided by recovered plus lost' }).waitFor()
  await page.emulateMedia({ media: 'screen' })

  await page.getByRole('link', { name: 'JPY' }).click()
  await page.getByText('¥8,000').first().waitFor()
  expect(await page.locator('main').innerText()).not.toContain('€')
  expect(told).toEqual([])
})

it('says so where nothing was ever late, and where the report cannot be made', async () => {
  const { page, desk, told } = on
  desk.late.lines.length = 0
  await page.goto(`${desk.url}#money`)
  await page.getByText('No payment was ever late').waitFor()
  await look(page, 'money-late-never', 'main')
  desk.late.broken = true
  await page.reload()
  await page.getByRole('alert').getByText('The report could not be made').waitFor()
  expect(told).toEqual([])
})
