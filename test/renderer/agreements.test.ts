// What is agreed with people and what is sold: the member's panel, new members, prices, plans, pauses, the account.
import { expect, it } from 'vitest'
import { takePictures } from './browser.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.findLast((one) => one.name === name)?.args
const memberPage = (n: number) => `${on.desk.url}#/members/${on.desk.world.members[n]?.id}`

it('shows a family on one membership, and covers people and takes them off', async () => {
  const { page, desk, told } = on
  await page.goto(memberPage(2))
  await page.getByRole('tab', { name: 'Payments' }).click()
  await page.getByText('20 % off until 3 March').waitFor()
  await look(page, 'member-family')
  await page
    .getByRole('button', { name: /^Take .* off$/ })
    .nth(1)
    .click()
  await expect.poll(() => heard('memberships.uncover')).toMatchObject({ member: desk.world.members[3]?.id })
  await page.getByRole('button', { name: 'Change how many' }).click()
  await page.getByLabel('People it covers').fill('1')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('take someone off first').waitFor()
  await takePictures(page, 'member-seats')
  await page.getByLabel('People it covers').fill('4')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => heard('memberships.setSeats')).toMatchObject({ seats: 4 })
  expect(told).toEqual([])
})

it('renews and ends a membership that is kept by hand', async () => {
  const { page, told } = on
  await page.goto(memberPage(6))
  await page.getByRole('tab', { name: 'Payments' }).click()
  await page.getByText('Kept by hand').waitFor()
  await page.getByText('3 terms so far').click()
  await page.getByText('No. 118').waitFor()
  await look(page, 'member-terms', 'main')
  await page.getByRole('button', { name: 'Renew' }).click()
  await look(page, 'member-renew', '[role=dialog]')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'End it' }).click()
  await look(page, 'member-end', 'main')
  await page
    .getByRole('group', { name: /^End this membership/ })
    .getByRole('button', { name: 'End it' })
    .click()
  await expect.poll(() => heard('memberships.end')).toBeDefined()
  expect(told).toEqual([])
})

it('tells what a person was and what happened, and ends access by word', async () => {
  const { page, told } = on
  const lapsed = on.desk.world.members.findIndex(({ standing }) => standing === 'lapsed')
  await page.goto(memberPage(lapsed))
  await page.getByText('waiting for the bank').waitFor()
  await page.getByRole('button', { name: 'End it' }).click()
  await expect.poll(() => heard('access.end')).toEqual({ id: 'override-1' })
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByText('The card was declined.').waitFor()
  await look(page, 'member-history', 'main')
  await page.getByRole('tab', { name: 'Timeline' }).click()
  await page.getByText('Stripe said that an invoice was paid.').waitFor()
  await look(page, 'member-timeline', 'main')
  expect(told).toEqual([])
})

it('makes somebody a keyholder, and bars somebody for a reason', async () => {
  const { page, desk, told } = on
  await page.goto(memberPage(0))
  await page.getByRole('button', { name: 'Keys' }).click()
  await page.getByRole('checkbox', { name: 'Workshop' }).check()
  await look(page, 'member-keys', '[role=dialog]')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => heard('members.setKeys')).toEqual({ member: desk.world.members[0]?.id, doors: ['workshop'] })
  await page.getByText('Keyholder of Workshop').waitFor()
  await page.getByRole('button', { name: 'Bar', exact: true }).click()
  await page.getByLabel('Why').fill('after the party')
  await look(page, 'member-bar', '[role=dialog]')
  await page.getByRole('dialog').getByRole('button', { name: 'Bar', exact: true }).click()
  await page.getByText('Barred since today').waitFor()
  await look(page, 'member-barred', 'main')
  expect(await page.getByText('after the party').isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Lift it' }).click()
  await page.getByText('Barred since today').waitFor({ state: 'detached' })
  expect(told).toEqual([])
})

it('changes who a person is, and says why they cannot be put away', async () => {
  const { page, told } = on
  await page.goto(memberPage(0))
  await page.getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog')
  await look(page, 'member-edit', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Put away' }).click()
  await dialog.getByRole('button', { name: 'Put away' }).first().click()
  await dialog.getByText('End it first').waitFor()
  await dialog.getByLabel('Name').fill('Amara O. Okafor')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { level: 1, name: 'Amara O. Okafor' }).waitFor()
  expect(told).toEqual([])
})

it('makes a new member, and asks first who shares the email', async () => {
  const { page, desk, told } = on
  await page.getByRole('link', { name: 'Members', exact: true }).click()
  await page.getByRole('button', { name: 'New member' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Nadia Okafor')
  await dialog.getByLabel('Email').fill(desk.world.members[0]?.emails[0] ?? '')
  await page.keyboard.press('Enter')
  await dialog.getByText('Is it one of these?').waitFor()
  await look(page, 'member-new', '[role=dialog]')
  await dialog.getByRole('button', { name: 'No, someone new' }).click()
  await page.locator('[data-panel]').getByRole('heading', { name: 'Nadia Okafor' }).waitFor()
  expect(heard('members.create')).toMatchObject({ same: 'new' })
  expect(told).toEqual([])
})

it('says which sales open doors, what plans cover, and what a pause means', async () => {
  const { page, desk, told } = on
  desk.setLamps((lamps) => ({ ...lamps, confirmPlans: true }))
  await page.getByText(/Full member, Community/).waitFor()
  await look(page, 'strip-plans', '[role=status]')
  await page.getByRole('link', { name: 'Look at the plans' }).click()
  const pass = page.getByRole('combobox', { name: /^Ten-visit pass/ })
  await pass.waitFor()
  await look(page, 'settings-plans')
  await pass.selectOption({ label: 'A new plan…' })
  await page.getByLabel('Name of the new plan').fill('Visitor')
  await page.getByRole('button', { name: 'Make it' }).click()
  await expect.poll(() => heard('mapping.set')).toEqual({ price: 'price_0', newPlan: 'Visitor' })
  await page.getByRole('combobox', { name: /^Full member, €495/ }).selectOption({ label: 'No membership' })
  const ask = page.getByRole('group', { name: /^31 people pay for Full member/ })
  await ask.waitFor()
  expect(heard('mapping.set')).toEqual({ price: 'price_0', newPlan: 'Visitor' })
  await look(page, 'settings-no-membership', 'main')
  await ask.getByRole('button', { name: 'No membership' }).click()
  await expect.poll(() => heard('mapping.set')).toEqual({ price: 'price_2', plan: null })
  await page.getByRole('button', { name: 'This is right' }).click()
  await page.getByText(/^Confirmed today/).waitFor()

  await page.getByRole('button', { name: 'Change: Community' }).click()
  await page.getByLabel('Days before payment').fill('3')
  await takePictures(page, 'settings-plan')
  await page.getByRole('button', { name: 'Save' }).nth(2).click()
  await expect.poll(() => heard('plans.save')).toMatchObject({ id: 'plan-1', seats: null, provisionalDays: 3 })

  desk.setLamps((lamps) => ({ ...lamps, pausesToReview: 7 }))
  await page.getByRole('link', { name: 'Decide' }).click()
  await page.getByRole('checkbox', { name: 'Paused on request' }).check()
  await takePictures(page, 'settings-pauses')
  await page.locator('#pauses').getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => heard('settings.set')).toMatchObject({ pauseOpens: { requested: true, collection: false } })
  expect(told).toEqual([])
})

it('takes another Stripe account over in one guided step, makes a backup, takes a secret', async () => {
  const { page, desk, told } = on
  desk.upkeep.account.waiting = { account: 'acct_1Verein', livemode: true }
  await page.goto(`${desk.url}#/settings/account`)
  await page.getByLabel('Rights of the former account hold to').waitFor()
  await look(page, 'settings-account', '#account')
  await page.getByRole('button', { name: 'Change the account' }).click()
  await page.getByText('4 people have no subscription in the new account yet').waitFor()
  await takePictures(page, 'settings-account-after')
  await page.goto(`${desk.url}#/settings/backup`)
  await page.getByLabel('File on this computer').fill('/home/desk/there')
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page.getByText('choose another name').waitFor()
  await page.getByLabel('File on this computer').fill('/home/desk/monday')
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page.getByText('Done: /home/desk/monday').waitFor()
  await page.getByLabel('Signing secret of webhooks').fill('whsec_abc')
  await page.getByRole('button', { name: 'Take it' }).click()
  await page.getByText('The secret is stored.').waitFor()
  await look(page, 'settings-backup', '#backup')
  expect(await page.getByLabel('Signing secret of webhooks').inputValue()).toBe('')
  expect(told).toEqual([])
})
