// A membership that runs at Stripe, changed from the member's panel: another plan, an end, a pause, people, coming back.
import { expect, it } from 'vitest'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.findLast((one) => one.name === name)?.args

async function payments(n: number): Promise<void> {
  await on.page.goto(`${on.desk.url}#/members/${on.desk.world.members[n]?.id}`)
  await on.page.getByRole('tab', { name: 'Payments' }).click()
}
async function choose(act: string): Promise<void> {
  await on.page
    .getByRole('button', { name: /^Change / })
    .first()
    .focus()
  await on.page.keyboard.press('Enter')
  await on.page.getByRole('menuitem', { name: act }).click()
  await on.page.getByRole('dialog').waitFor()
  expect(await on.page.getByRole('menu').count()).toBe(0)
}

it('gives the keyboard back to the menu’s button once its dialog is closed', async () => {
  const { page, told } = on
  await payments(0)
  const button = page.getByRole('button', { name: /^Change / }).first()
  for (const act of ['Another plan', 'Pause', 'Cancel at the end of the period', 'End it at once']) {
    await choose(act)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true)
  }
  expect(told).toEqual([])
})

it('leaves the keyboard where somebody quick has taken it as the dialog went', async () => {
  const { page, told } = on
  await payments(0)
  const tab = page.getByRole('tab', { name: 'Payments', includeHidden: true })
  await choose('Pause')
  await tab.evaluate((one) => {
    const gone = new MutationObserver(() => {
      if (document.querySelector('[role=dialog]') === null && one instanceof HTMLElement) one.focus()
    })
    gone.observe(document.body, { childList: true, subtree: true })
  })
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  // What gives the keyboard back does so in a turn of its own, later.
  await page.waitForTimeout(100)
  expect(await tab.evaluate((one) => one === document.activeElement)).toBe(true)
  expect(told).toEqual([])
})

it('changes the plan: what it costs first, now or from the next period on, and takes it back', async () => {
  const { page, told } = on
  await payments(0)
  await page.getByText(/^The bank has taken back €45\.00 or questions it\. Answer it in Stripe by/).waitFor()
  await page.getByRole('button', { name: /^Change Full/ }).click()
  await page.getByRole('menuitem', { name: 'Another plan' }).waitFor()
  await look(page, 'membership-menu')
  await page.keyboard.press('Escape')
  // A menu that goes gives the keyboard back in a turn of its own.
  await page.getByRole('menu').waitFor({ state: 'detached' })
  await choose('Another plan')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('New plan').selectOption({ label: 'Studio resident, €95.00 a month' })
  await dialog.locator('[data-due="2500"]').waitFor()
  await look(page, 'change-plan-now', '[role=dialog]')
  await dialog.getByLabel('New plan').selectOption({ label: 'Community, €25.00 a month' })
  await dialog.getByText('€10.00 is kept for the invoices to come.').waitFor()
  await dialog.getByRole('button', { name: 'Change the plan' }).click()
  await dialog.getByText(/^The amount has changed/).waitFor()
  await look(page, 'change-plan-moved', '[role=dialog]')
  await dialog.getByRole('radio', { name: /^From the next period/ }).check()
  await dialog.locator('[data-due="0"]').waitFor()
  await dialog.getByRole('button', { name: 'Change the plan' }).click()
  await expect
    .poll(() => heard('changes.plan'))
    .toMatchObject({ plan: 'plan-2', when: 'period-end', due: { minor: 0 } })
  await page.getByText('It becomes Community on 3 Dec.').waitFor()
  await page.getByText('Community from 3 Dec').waitFor()
  await look(page, 'change-pending', 'main')
  await page.getByRole('button', { name: 'Take it back' }).click()
  await page.getByText(/^It stays as it is/).waitFor()
  expect(told).toEqual([])
})

it('cancels with a reason, takes that back, pauses, ends at once, and begins again', async () => {
  const { page, told } = on
  await payments(1)
  await choose('Cancel at the end of the period')
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/^It ends on 3 Dec\. Doors open until then/).waitFor()
  await dialog.getByLabel('Why').fill('Moves away')
  await look(page, 'change-cancel', '[role=dialog]')
  await page.keyboard.press('Enter')
  await expect.poll(() => heard('changes.cancel')).toMatchObject({ reason: 'Moves away' })
  await page.getByText(/^It ends on 3 Dec, and doors open/).waitFor()
  await choose('Take the cancellation back')
  await look(page, 'change-keep', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await page.getByText('It goes on, and is not cancelled any more.').waitFor()
  await choose('Pause')
  await dialog.getByLabel('Goes on by itself on').fill('2027-02-01')
  await dialog.getByLabel('Why').fill('Travels')
  await look(page, 'change-pause', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Pause it' }).click()
  await expect.poll(() => heard('changes.pause')).toMatchObject({ way: 'collection', until: '2027-02-01' })
  await choose('Resume')
  await dialog.getByRole('button', { name: 'Resume it' }).click()
  await dialog.getByText(/^It is not paused any more/).waitFor()
  await look(page, 'change-resume', '[role=dialog]')
  await page.keyboard.press('Escape')
  await choose('End it at once')
  await dialog.getByLabel('Why').fill('Has hurt somebody')
  await look(page, 'change-end-now', '[role=dialog]')
  await dialog.getByRole('button', { name: 'End it now' }).click()
  await page.getByText('It has ended, and doors refuse from now on.').waitFor()
  await look(page, 'change-ended', 'main')
  await page.getByRole('button', { name: 'Renew' }).click()
  await expect.poll(() => heard('signUps.start')).toMatchObject({ member: on.desk.world.members[1]?.id })
  await page.getByRole('complementary', { name: 'Due now' }).waitFor()
  expect(told).toEqual([])
})

it('covers one more where each is paid for, and pays for fewer', async () => {
  const { page, desk, told } = on
  await payments(9)
  await page.getByRole('button', { name: 'Cover one more' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').fill(desk.world.members[12]?.name ?? '')
  await dialog.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await dialog.locator('[data-due="1000"]').waitFor()
  await look(page, 'change-seat-more', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Cover and charge' }).click()
  await expect.poll(() => heard('changes.seats')).toMatchObject({ seats: 3, cover: desk.world.members[12]?.id })
  await dialog.waitFor({ state: 'detached' })
  await page
    .getByRole('button', { name: /^Take .* off$/ })
    .last()
    .click()
  await dialog.getByText('€10.00 is kept').waitFor()
  await look(page, 'change-seat-fewer', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Pay for one fewer' }).click()
  await expect.poll(() => heard('changes.seats')).toMatchObject({ seats: 2, uncover: desk.world.members[10]?.id })
  expect(told).toEqual([])
})
