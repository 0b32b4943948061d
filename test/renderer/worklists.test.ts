// Worklists on the page: five lists with their totals, walked by keys, each row with the one thing to do, and on paper.
import { expect, it } from 'vitest'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args)
const pill = (name: string) => on.page.getByRole('navigation', { name: 'Worklist' }).getByRole('link', { name })
const list = (name: string) => on.page.getByRole('region', { name, exact: true })
const focused = () => on.page.evaluate(() => document.querySelector(':focus')?.textContent)

async function open(name = ''): Promise<void> {
  await on.page.goto(`${on.desk.url}#money/worklists${name}`)
  await pill('Weekend lock-out').waitFor()
}

it('says who is refused before Monday, with what is next for each', async () => {
  const { page, desk, told } = on
  await open()
  await list('Weekend lock-out')
    .getByText('6 people, 5 of them for certain, €110.00 and KWD 12.500 to collect')
    .waitFor()
  await look(page, 'money-worklists-weekend')
  const [first, , third, fourth, fifth] = desk.worklists.weekend.map(({ member }) => member)
  await page.getByRole('button', { name: `Send link: ${first?.name}` }).press('Enter')
  await page.getByText('Link sent').waitFor()
  await expect.poll(focused).toContain(first?.name)
  expect(heard('payments.mail')).toEqual([{ member: first?.id, invoice: 'in_1' }])
  await page.getByRole('button', { name: `Renew: ${third?.name}` }).click()
  await page.getByRole('dialog').getByText('Night & weekend').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: `Extend: ${fourth?.name}` }).click()
  await page.getByRole('dialog', { name: new RegExp(fourth?.name ?? '?') }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: `Take payment: ${fifth?.name}` }).click()
  await page
    .getByRole('dialog')
    .getByText(fifth?.name ?? '?')
    .waitFor()
  await page.keyboard.press('Escape')
  expect(
    await page
      .getByRole('link', { name: /^Write to them/ })
      .first()
      .getAttribute('href'),
  ).toMatch(/^mailto:/)
  // None of the buttons opened the person; a row does, by its key.
  expect(await page.locator('[data-panel]').count()).toBe(0)
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.locator('[data-panel]').waitFor()
  expect(told).toEqual([])
})

it('shows each list with its total, and mends a leak with one click', async () => {
  const { page, desk, told } = on
  await open('?list=entering')
  await page.getByText('Lapsed 3 Nov. Let in 11 times').waitFor()
  await look(page, 'money-worklists-entering', 'main')
  await pill('In without paying 2').waitFor()
  const name = desk.worklists.entering.shift()?.member.name
  await page.getByRole('button', { name: `End permission: ${name}` }).press('Enter')
  await pill('In without paying 1').waitFor()
  await expect.poll(focused).toContain(desk.worklists.entering[0]?.member.name)
  expect(heard('access.end')).toEqual([{ id: 'override-1' }])

  await pill('Paying, not coming 130').click()
  await list('Paying, not coming').getByText('130 memberships, €5,805.00 a month').waitFor()
  await page.getByText('2 more are not to be named in lists of visits.').waitFor()
  await look(page, 'money-worklists-idle', 'main')
  await page.getByText('100 of 130 shown').waitFor()
  await page.getByRole('button', { name: 'Show 30 more' }).click()
  await page.getByText('130 of 130 shown').waitFor()

  await pill('Recovered at the door 2').click()
  await list('Recovered at the door').getByText('€90.00, paid 4 minutes after the swipe (median)').waitFor()
  await look(page, 'money-worklists-recovered', 'main')
  await pill('Cards running out 3').click()
  await list('Cards running out').getByText('3 charges').waitFor()
  await look(page, 'money-worklists-expiring', 'main')
  const file = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download CSV' }).click()
  expect((await file).suggestedFilename()).toBe('expiring.csv')
  expect(told).toEqual([])
})

it('prints all of a list, and says kindly where there is nothing to do or to tell', async () => {
  const { page, desk, told } = on
  await page.evaluate(() => {
    window.print = () =>
      document.body.setAttribute('data-printed', String(document.querySelectorAll('tbody tr').length))
  })
  await page.evaluate(() => {
    window.location.hash = '#/money/worklists?list=idle'
  })
  await page.getByText('100 of 130 shown').waitFor()
  await page.getByRole('button', { name: 'Print' }).click()
  await page.locator('body[data-printed="130"]').waitFor()

  desk.worklists.empty = true
  desk.worklists.notYet = 'Doors have told of visits only since 1 Aug: 60 days later this list begins.'
  desk.push('members', {})
  await page.getByText('It is too early to say').waitFor()
  await look(page, 'money-worklists-too-early', 'main')
  await pill('Weekend lock-out 0').click()
  await page.getByText('Nobody will be refused before Monday').waitFor()
  await look(page, 'money-worklists-empty', 'main')
  expect(await page.getByRole('button', { name: 'Print' }).isDisabled()).toBe(true)
  expect(told).toEqual([])
})
