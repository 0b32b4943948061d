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
  await page.getByText('Covers 3 of 4').waitFor()
  await page.getByRole('button', { name: 'Cover one more' }).click()
  const dialog = page.getByRole('dialog')
  await look(page, 'member-cover', '[role=dialog]')
  await dialog.getByRole('combobox').fill(desk.world.members[7]?.name ?? '')
  await dialog.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => heard('memberships.cover')).toMatchObject({ member: desk.world.members[7]?.id })
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('Covers 4 of 4').waitFor()
  expect(told).toEqual([])
})

it('renews and ends a membership that is kept by hand', async () => {
  const { page, desk, told } = on
  desk.upkeep.termCurrency = 'chf'
  await page.goto(memberPage(6))
  await page.getByRole('tab', { name: 'Payments' }).click()
  await page.getByText('Kept by hand').waitFor()
  await page.getByText('3 terms so far').click()
  await page.getByText('No. 118').waitFor()
  await look(page, 'member-terms', 'main')
  await page.getByRole('button', { name: 'Renew' }).click()
  await look(page, 'member-renew', '[role=dialog]')
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByLabel('Currency').inputValue()).toBe('CHF')
  await dialog.getByLabel('Last day').fill('')
  await page.keyboard.press('Enter')
  await dialog.getByText('Fill this in first.').waitFor()
  await look(page, 'member-renew-fault', '[role=dialog]')
  expect(heard('memberships.renew')).toBeUndefined()
  // What is typed takes the sentence away.
  await dialog.getByLabel('Last day').fill('2027-03-01')
  expect(await dialog.getByText('Fill this in first.').count()).toBe(0)
  // A comma before three digits is as likely a thousand.
  for (const typed of ['abc', '1,234', '-5']) {
    await dialog.getByLabel('Amount').fill(typed)
    await page.keyboard.press('Enter')
    await dialog.getByText('Write the amount as a number, such as 25.00.').waitFor()
  }
  await look(page, 'member-renew-amount', '[role=dialog]')
  expect(heard('memberships.renew')).toBeUndefined()
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
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
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

it('brings back somebody who was put away', async () => {
  const { page, desk, told } = on
  const away = desk.world.members[5]
  desk.world.archived.add(away?.id ?? '')
  await page.goto(memberPage(5))
  await page.getByText(/^Put away\. They are in no list/).waitFor()
  await look(page, 'member-archived', 'main')
  await page.getByRole('button', { name: 'Bring back' }).click()
  await page.getByText(/^Put away\. They are in no list/).waitFor({ state: 'detached' })
  expect(heard('members.restore')).toEqual({ id: away?.id })
  expect(told).toEqual([])
})

it('makes a new member, and asks first who shares the email', async () => {
  const { page, desk, told } = on
  await page.getByRole('link', { name: 'Members', exact: true }).click()
  await page.getByRole('button', { name: 'New member' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Nadia Okafor')
  await dialog.getByLabel('Email').fill('nadia')
  await page.keyboard.press('Enter')
  await dialog.getByText('Write a whole address, such as name@example.org.').waitFor()
  await look(page, 'member-new-fault', '[role=dialog]')
  expect(heard('members.create')).toBeUndefined()
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
  await page.getByText('Sold once: it opens nothing by itself.').waitFor()
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
  // Another plan is asked about as well: people pay for what it was.
  const full = page.getByRole('combobox', { name: /^Full member, €45/ })
  await full.selectOption({ label: 'Community' })
  const moving = page.getByRole('group', { name: /As Community it opens for them at once what Community opens/ })
  await moving.waitFor()
  await moving.getByRole('button', { name: 'Back' }).click()
  expect(heard('mapping.set')).toEqual({ price: 'price_2', plan: null })
  await full.selectOption({ label: 'Community' })
  await look(page, 'settings-move-price', 'main')
  await moving.getByRole('button', { name: 'Make it Community' }).click()
  await expect.poll(() => heard('mapping.set')).toMatchObject({ plan: 'plan-1' })
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

it('begins the settings with a list of their parts, each of which it goes to, also a second time', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/settings`)
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  await look(page, 'settings-parts', 'main')
  const link = page.getByRole('navigation', { name: 'Parts of the settings' }).getByRole('link')
  const parts = await link.evaluateAll((all) => all.map((one) => one.getAttribute('href')?.split('/').at(-1) ?? ''))
  const shown = await page.locator('main section[id]').evaluateAll((all) => all.map(({ id }) => id))
  expect(parts.toSorted()).toEqual(shown.toSorted())
  const inView = (id: string) =>
    page.locator(`#${id}`).evaluate((one) => {
      const { top } = one.getBoundingClientRect()
      return top >= 0 && top < window.innerHeight / 2
    })
  for (const id of ['waiver', 'waiver']) {
    await link.first().scrollIntoViewIfNeeded()
    expect(await inView(id)).toBe(false)
    await page.locator(`a[href="#/settings/${id}"]`).click()
    await expect.poll(() => inView(id)).toBe(true)
  }
  expect(told).toEqual([])
})
