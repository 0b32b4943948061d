// The inbox and the page of diagnostics: each row is settled where it stands, or opens the place that settles it.
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { takePictures } from './browser.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const rows = (page: Page) => page.locator('[data-waiting]')
const heard = (name: string) => on.desk.heard.findLast((one) => one.name === name)?.args

it('lists what waits, by kind, and settles rows in place', async () => {
  const { page, desk, told } = on
  desk.setLamps((lamps) => ({ ...lamps, inbox: 14 }))
  await page.getByRole('link', { name: /Inbox$/ }).click()
  await rows(page).nth(13).waitFor()
  await look(page, 'inbox')

  await page.getByRole('button', { name: /^Give access: / }).click()
  const give = page.getByRole('dialog')
  await give.getByLabel('Last day').waitFor()
  await look(page, 'inbox-give', '[role=dialog]')
  await give.getByRole('button', { name: 'Give access' }).press('Enter')
  await expect.poll(() => rows(page).count()).toBe(13)
  await expect.poll(() => page.locator('[data-waiting]:focus').count()).toBe(1)
  expect(heard('access.give')).toMatchObject({ member: desk.world.members[7]?.id, why: 'Paid days were left' })

  const retried = page.getByRole('button', { name: /^Try again: / })
  const below = await rows(page).filter({ has: retried }).locator('xpath=following-sibling::li[1]').innerText()
  await retried.press('Enter')
  await expect.poll(() => rows(page).count()).toBe(12)
  await expect.poll(() => page.locator('[data-waiting]:focus').innerText()).toBe(below)
  const questioned = rows(page).filter({ hasText: 'questions it' })
  const beside = await questioned.locator('xpath=preceding-sibling::li[1]').innerText()
  await questioned.getByRole('button', { name: /^Put away: / }).press('Enter')
  await expect.poll(() => rows(page).count()).toBe(11)
  await page
    .getByRole('status')
    .filter({ hasText: /^Put away: .* questions it/ })
    .waitFor()
  await expect.poll(() => page.locator('[data-waiting]:focus').innerText()).toBe(beside)
  await look(page, 'inbox-put-away')
  // Two hasty clicks put one away, not the one that comes up as well; and it comes back.
  await rows(page)
    .first()
    .getByRole('button', { name: /^Put away: / })
    .dblclick()
  await expect.poll(() => rows(page).count()).toBe(10)
  await page.waitForTimeout(100)
  expect(await rows(page).count()).toBe(10)
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => rows(page).count()).toBe(11)
  expect(await page.getByText(/^Put away: /).count()).toBe(0)

  await page.getByRole('link', { name: /^New price/ }).click()
  await expect.poll(() => rows(page).count()).toBe(1)
  await page.getByRole('link', { name: /^Say what it is: / }).click()
  await page.getByRole('heading', { name: 'What opens doors' }).waitFor()
  expect(told).toEqual([])
})

it('opens the place where a row is settled', async () => {
  const { page, told } = on
  await page.goto(`${on.desk.url}#/inbox`)
  await page.getByRole('button', { name: /^Add a membership: / }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Plan').waitFor()
  await look(page, 'inbox-add', '[role=dialog]')
  await dialog.getByLabel('Amount').fill('45,50')
  await dialog.getByRole('button', { name: 'Add it' }).click()
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  expect(heard('memberships.addManual')).toMatchObject({ plan: 'plan-0', amount: { minor: 4_550, currency: 'eur' } })

  await page.getByRole('button', { name: /^Renew: / }).click()
  await page.getByRole('dialog', { name: /^Renew/ }).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Renew' }).click()
  await expect.poll(() => heard('memberships.renew')).toMatchObject({ id: `${on.desk.world.members[6]?.id}-0` })
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)

  await page.getByRole('button', { name: /^Enrol a card: / }).click()
  await page.getByText('Present the card now').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Free a seat: / }).click()
  const panel = page.locator('[data-panel]')
  await panel.getByRole('tab', { name: 'Payments' }).click()
  await panel.getByText('Covers 3 of 3').waitFor()
  await page.keyboard.press('Escape')
  const invoice = page.getByRole('link', { name: /^Open the invoice: / })
  expect(await invoice.getAttribute('href')).toMatch(/^https:\/\/invoice\.stripe\.com\//)
  expect(await invoice.getAttribute('target')).toBe('_blank')
  await page.getByRole('link', { name: /^Open the list: / }).click()
  await page.getByRole('heading', { name: 'Members' }).waitFor()
  expect(page.url()).toContain('show=without-card')
  await page.goBack()
  await page.getByRole('link', { name: /^Decide about pauses: / }).click()
  await page.getByRole('heading', { name: 'Pauses' }).waitFor()
  expect(told).toEqual([])
})

it('asks who a customer is, and whether two people are one', async () => {
  const { page, told } = on
  const [one, other] = on.desk.world.members.slice(10)
  await page.goto(`${on.desk.url}#/inbox`)
  await page.getByRole('button', { name: /^Say who: R\. Dahl/ }).click()
  await page.getByRole('dialog', { name: 'Who is this?' }).waitFor()
  await look(page, 'inbox-choose', '[role=dialog]')
  await page
    .getByRole('button', { name: /^This is / })
    .first()
    .click()
  await expect.poll(() => rows(page).count()).toBe(13)
  expect(heard('members.claimCustomer')).toEqual({ customer: 'cus_700', member: on.desk.world.members[3]?.id })
  await page.getByRole('button', { name: /^Say who: Ewa Lis/ }).click()
  await page.getByRole('combobox', { name: 'Somebody else' }).fill('Okafor')
  await page.getByRole('option').first().waitFor()
  await page.getByRole('button', { name: 'Someone new' }).click()
  await expect.poll(() => heard('members.claimCustomer')).toEqual({ customer: 'cus_701', member: null })

  await page.getByRole('button', { name: /^Compare: / }).click()
  const dialog = page.getByRole('dialog', { name: 'One person, or two?' })
  await dialog.getByText(one?.emails[0] ?? '').waitFor()
  await look(page, 'inbox-merge', '[role=dialog]')
  await dialog.getByRole('button', { name: `Keep ${other?.name}` }).click()
  await page.getByText(`Merged into ${other?.name}`).waitFor()
  expect(heard('members.merge')).toEqual({ keep: other?.id, from: one?.id })
  await takePictures(page, 'inbox-merged')
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: /^Compare: / }).click()
  await dialog.getByRole('button', { name: 'These are two people' }).click()
  await expect.poll(() => heard('members.different')).toEqual({ a: one?.id, b: other?.id })
  expect(told).toEqual([])
})

it('says kindly that nothing waits', async () => {
  const { page, desk, told } = on
  desk.upkeep.inbox = []
  await page.goto(`${desk.url}#/inbox`)
  await page.getByText('Nothing waits for you').waitFor()
  await look(page, 'inbox-empty')
  expect(told).toEqual([])
})

it('shows how everything is, and gives it as text', async () => {
  const { page, desk, told } = on
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('link', { name: 'Diagnostics' }).click()
  await page.getByText('Given up on').waitFor()
  await look(page, 'diagnostics')
  await page.getByRole('button', { name: 'Copy as text' }).click()
  await page.getByText('Copied').waitFor()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toContain('Not well: Given up on. 2 things of Stripe could not be read. Open the inbox')
  const asked = () => desk.heard.filter(({ name }) => name === 'diagnostics.get').length
  const before = asked()
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect.poll(asked).toBe(before + 1)
  expect(told).toEqual([])
})
