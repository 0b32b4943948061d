// Membership numbers on the page: figures, one chart at a time, tables, files; while the log is being read, and before
// anybody came.
import { expect, it } from 'vitest'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const asked = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args as object)

async function open(query = ''): Promise<void> {
  await on.page.goto(`${on.desk.url}#money/numbers${query}`)
  await on.page.getByRole('heading', { name: 'Month by month' }).waitFor()
}

it('shows figures, charts and tables, says what each means, and gives each as a file', async () => {
  const { page, told } = on
  await open()
  const figures = page.getByRole('region', { name: 'Figures' })
  expect(await figures.locator('dl').first().innerText()).toMatch(
    /Members\s+262\s+now\s+Joined\s+9\s+this month so far\s+Left\s+3\s+this month so far\s+Net\s+\+6\s+this month so far\s+Churn\s+3.2%\s+in \w+ \d{4}\s+MRR\s+€11,348.50\s+without 2 memberships of unknown price/,
  )
  await page.getByText('What the figures mean').click()
  await page.getByText('People who became members, and had not been in the 30 days before.').first().waitFor()
  const months = page.getByRole('table', { name: 'Month by month' })
  expect(await months.getByRole('row').count()).toBe(13)
  expect(await months.getByRole('row').last().innerText()).toMatch(/so far\)\s+262\s+9\s+3\s+\+6\s+1.2%\s+€11,348.50/)
  await page.getByRole('button', { name: 'MRR' }).click()
  await page.getByRole('group', { name: /^What memberships bring in a month/ }).waitFor()
  expect(new URL(page.url()).hash).toContain('chart=mrr')
  const hours = page.getByRole('table', { name: 'Busiest hours' })
  expect(await hours.getByRole('columnheader').allInnerTexts()).toEqual([
    'Weekday',
    ...Array.from({ length: 17 }, (_, n) => String(n + 7).padStart(2, '0')),
  ])
  expect(await hours.getByRole('row', { name: /^Monday/ }).innerText()).toMatch(/\s14\s/)
  const stays = page.getByRole('table', { name: 'Who stays' })
  expect(await stays.getByRole('row').nth(1).getByRole('cell').nth(2).innerText()).toContain('13 of 14')
  await look(page, 'money-numbers')
  await stays.scrollIntoViewIfNeeded()
  await look(page, 'money-numbers-stays', 'main')
  await hours.scrollIntoViewIfNeeded()
  await look(page, 'money-numbers-hours', 'main')
  for (const name of ['months', 'plans', 'cohorts', 'visits', 'hours']) {
    const title = {
      months: 'Month by month',
      plans: 'By plan',
      cohorts: 'Who stays',
      visits: 'How often members come',
      hours: 'Busiest hours',
    }[name]
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: `CSV: ${title}` }).click()
    expect((await saved).suggestedFilename()).toBe(`membership-${name}.csv`)
  }
  await page.emulateMedia({ media: 'print' })
  await look(page, 'money-numbers-print')
  await page.emulateMedia({ media: null })
  expect(told).toEqual([])
})

it('is narrowed to a plan and changes the currency, which a link keeps', async () => {
  const { page, told } = on
  await open()
  await page.getByRole('combobox', { name: 'Plan' }).selectOption('Student')
  await page.getByRole('link', { name: 'USD' }).click()
  await expect.poll(() => asked('numbers.membership').at(-1)).toEqual({ currency: 'usd', plan: 'plan-3' })
  await page.reload()
  await page.getByText('$', { exact: false }).first().waitFor()
  expect(await page.getByRole('combobox', { name: 'Plan' }).inputValue()).toBe('plan-3')
  await page.getByRole('button', { name: 'CSV: Month by month' }).click()
  await expect.poll(() => asked('numbers.csv')).toEqual([{ what: 'months', currency: 'usd', plan: 'plan-3' }])
  await page.goto(`${on.desk.url}#money/numbers?plan=gone`)
  await page.getByRole('alert').getByText('This plan is not there any more: choose another.').waitFor()
  expect(told).toEqual([])
})

it('says how far the log was read, looks again, and says kindly that nobody came', async () => {
  const { page, desk, told } = on
  desk.numbers.reading = true
  await open()
  await page
    .getByText('The log of swipes is being read for the first time (40 % is done): look again in a minute.')
    .waitFor()
  await look(page, 'money-numbers-reading', 'main')
  Object.assign(desk.numbers, { reading: false, empty: true })
  await page.getByRole('button', { name: 'Look again' }).click()
  await page.getByText('Nobody has been let in yet on a day that is over.').waitFor()
  expect(await page.getByRole('table', { name: 'Busiest hours' }).count()).toBe(0)
  expect(told).toEqual([])
})
