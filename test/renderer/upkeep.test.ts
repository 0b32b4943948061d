// The inbox, diagnostics, and what is agreed and sold, in a real Chromium against fixed answers: the main job of each.
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const dialog = (page: Page) => page.getByRole('dialog')
const go = (page: Page, hash: string) => page.goto(`${on.desk.url}#/${hash}`)
const lastOf = (name: string) => on.desk.heard.findLast((call) => call.name === name)?.args

it('the inbox: each row has one thing to do, done in place or opened where it is done', async () => {
  const { page, told } = on
  await go(page, 'inbox')
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  await page
    .getByRole('button', { name: /^Try again/ })
    .first()
    .waitFor()
  await look(page, 'inbox')

  await page
    .getByRole('button', { name: /^Say who: / })
    .first()
    .click()
  await look(page, 'inbox-who', '[role=dialog]')
  await dialog(page).getByRole('button', { name: 'Someone new' }).click()
  await dialog(page).waitFor({ state: 'detached' })
  expect(lastOf('members.claimCustomer')).toMatchObject({ member: null })

  await page
    .getByRole('button', { name: /^Compare: / })
    .first()
    .click()
  await look(page, 'inbox-merge', '[role=dialog]')
  await dialog(page)
    .getByRole('button', { name: /^Keep / })
    .first()
    .click()
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(lastOf('members.unmerge')).toEqual({ merge: 'merge-1' })

  await page
    .getByRole('button', { name: /^Give access: / })
    .first()
    .click()
  await dialog(page).getByRole('button', { name: 'Give access' }).click()
  await dialog(page).waitFor({ state: 'detached' })
  expect(lastOf('access.give')).toMatchObject({ why: 'Paid days were left', until: expect.stringMatching(/^\d{4}-/) })

  const rows = await page.getByRole('button', { name: /^Put away: / }).count()
  await page
    .getByRole('button', { name: /^Put away: / })
    .first()
    .click()
  await expect.poll(() => page.getByRole('button', { name: /^Put away: / }).count()).toBe(rows - 1)
  await page.getByRole('link', { name: /^Paid, no card/ }).click()
  await expect.poll(() => page.getByRole('button', { name: /^Put away: / }).count()).toBe(1)
  expect(told).toEqual([])
})

it('diagnostics: a line for each thing, with what to do where it is not well', async () => {
  const { page, told } = on
  await go(page, 'diagnostics')
  await page.getByText('Open the inbox and try them again.').waitFor()
  await look(page, 'diagnostics')
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect.poll(() => on.desk.heard.filter(({ name }) => name === 'diagnostics.get').length).toBe(2)
  expect(told).toEqual([])
})

it('settings: what each price is, a new plan for one, and the word that it is right', async () => {
  const { page, told } = on
  await go(page, 'settings/plans')
  const price = page.getByRole('combobox', { name: /^Ten-visit pass/ })
  await price.selectOption({ label: 'A new plan…' })
  await page.getByLabel('Name of the new plan').fill('Ten visits')
  await page.getByRole('button', { name: 'Make it' }).click()
  await expect.poll(() => price.evaluate((one: HTMLSelectElement) => one.selectedOptions[0]?.text)).toBe('Ten visits')
  await page.getByRole('combobox', { name: /^Laser hours/ }).selectOption({ label: 'Community' })
  await page.getByRole('button', { name: 'This is right' }).click()
  await page.getByText(/^Confirmed today/).waitFor()
  await look(page, 'settings-plans')

  await page.getByLabel('File on this computer').fill('/home/desk/there')
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page.getByText('is there already').waitFor()
  await page.getByLabel('File on this computer').fill('/home/desk/copy')
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page.getByText('Done: /home/desk/copy').waitFor()
  expect(told).toEqual([])
})

it('a person: a membership by hand, access by word, another name, history and timeline', async () => {
  const { page, told } = on
  await go(page, 'members')
  await page.locator('[data-open]').first().click()
  const panel = page.locator('[data-panel]')
  await panel.getByRole('button', { name: 'Give access' }).click()
  await dialog(page).getByLabel('Why').fill('waits for the bank')
  await dialog(page).getByRole('button', { name: 'Give access' }).click()
  await dialog(page).waitFor({ state: 'detached' })
  expect(lastOf('access.give')).toMatchObject({ why: 'waits for the bank' })

  await panel.getByRole('button', { name: 'Edit' }).click()
  await look(page, 'person-edit', '[role=dialog]')
  await dialog(page).getByLabel('Name').fill('Another Name')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await dialog(page).waitFor({ state: 'detached' })
  expect(lastOf('members.update')).toMatchObject({ name: 'Another Name' })

  await panel.getByRole('tab', { name: 'Payments' }).click()
  await panel.getByRole('button', { name: 'Add a membership' }).click()
  await dialog(page).getByLabel('Amount').fill('45,50')
  await look(page, 'person-manual', '[role=dialog]')
  await dialog(page).getByRole('button', { name: 'Add it' }).click()
  await dialog(page).waitFor({ state: 'detached' })
  expect(lastOf('memberships.addManual')).toMatchObject({ method: 'cash', amount: { minor: 4_550, currency: 'eur' } })

  await panel.getByRole('tab', { name: 'Timeline' }).click()
  await panel.getByText('Stripe said that an invoice was paid.').waitFor()
  await look(page, 'person-timeline', '[data-panel]')
  expect(told).toEqual([])
})

it('a new member: whoever shares the email is shown first', async () => {
  const { page, told } = on
  await go(page, 'members')
  const email =
    (await page.locator('tbody tr').first().innerText()).split('\n').find((text) => text.includes('@')) ?? ''
  await page.getByRole('button', { name: 'New member' }).click()
  await dialog(page).getByLabel('Name').fill('Somebody Else')
  await dialog(page).getByLabel('Email').fill(email)
  await dialog(page).getByRole('button', { name: 'Add them' }).click()
  await dialog(page).getByText('Is it one of these?').waitFor()
  await look(page, 'member-new', '[role=dialog]')
  await dialog(page).getByRole('button', { name: 'No, someone new' }).click()
  await dialog(page).waitFor({ state: 'detached' })
  expect(lastOf('members.create')).toMatchObject({ same: 'new', emails: [email] })
  expect(told).toEqual([])
})
