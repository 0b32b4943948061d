// The page in a real Chromium, against a desk that answers from fixed data: every screen, what keys and pushes do,
// not one console message, no finding of axe in light or dark.
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { takePictures } from './browser.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()

const refusals = (page: Page) => page.locator('[data-refusal]')
const panel = (page: Page) => page.locator('[data-panel]')

it('shows the desk: feed, refusals that stack, who came in, what to do', async () => {
  const { page, desk, told } = on
  await page.locator('[data-feed]').first().waitFor()
  expect(await page.title()).toBe('Latchkey · Desk')
  await takePictures(page, 'desk-quiet')
  desk.swipe(4, 'refused')
  desk.swipe(12, 'grace', 1)
  desk.swipe(17, 'refused')
  desk.swipe(null, 'note')
  await expect.poll(() => refusals(page).count()).toBe(3)
  expect(await refusals(page).first().innerText()).toContain('Unknown card')
  // In public a grace reads as granted.
  expect(await page.locator('[data-feed]').nth(2).innerText()).toMatch(/note[\s\S]*Granted/)
  await look(page, 'desk')
  await page.reload()
  await expect.poll(() => refusals(page).count()).toBe(3)
  await page.keyboard.press('x')
  await expect.poll(() => refusals(page).count()).toBe(2)
  await page.getByRole('button', { name: /^Put away: Maximiliane/ }).click()
  await expect.poll(() => refusals(page).count()).toBe(1)
  await page.reload()
  await expect.poll(() => refusals(page).count()).toBe(1)
  expect(told).toEqual([])
})

it('opens the sentence of a refusal with its button, for a member and for a card that nobody has', async () => {
  const { page, desk, told } = on
  desk.swipe(4, 'refused')
  await refusals(page).first().waitFor()
  expect(await page.locator('main').innerText()).not.toContain('Paid until')
  await page.keyboard.press('w')
  await panel(page).getByText('Stripe has not been reached for 8 days').waitFor()
  await panel(page).getByRole('button', { name: 'Sync now' }).click()
  await expect.poll(() => desk.heard.some(({ name }) => name === 'sync.run')).toBe(true)
  await look(page, 'panel-refused', '[data-panel]')
  await page.keyboard.press('Escape')
  await expect.poll(() => panel(page).count()).toBe(0)

  desk.swipe(null, 'note')
  await page.getByRole('button', { name: 'See why: Unknown card' }).click()
  await panel(page).getByText('Nobody has this card').waitFor()
  await look(page, 'panel-unknown', '[data-panel]')
  expect(told).toEqual([])
})

it('blanks everything personal with one key and brings it back', async () => {
  const { page, desk, told } = on
  desk.swipe(4, 'refused')
  await refusals(page).first().waitFor()
  await page.keyboard.press('b')
  await page.getByText('Press b or click to bring it back').waitFor()
  expect(await refusals(page).first().isVisible()).toBe(false)
  await look(page, 'blank')
  await page.keyboard.press('b')
  await refusals(page).first().waitFor()
  await page.getByRole('button', { name: 'Blank the screen (b)' }).click()
  await page.mouse.click(400, 400)
  await refusals(page).first().waitFor()
  await expect.poll(() => page.locator('button:focus').getAttribute('aria-label')).toBe('Blank the screen (b)')
  expect(told).toEqual([])
})

it('finds people as one types, by keyboard alone, and never shows an older answer', async () => {
  const { page, desk, told } = on
  desk.knobs.slowSearchFor = 'mei'
  await page.keyboard.press('/')
  await page.keyboard.type('mei', { delay: 90 })
  await page.waitForTimeout(150)
  await page.keyboard.type(' dahl')
  const options = page.getByRole('option')
  await options.first().waitFor()
  await page.waitForTimeout(500)
  for (const text of await options.allInnerTexts()) expect(text).toContain('Mei Dahl')
  await look(page, 'search', 'search')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await panel(page).getByRole('heading', { name: 'Mei Dahl' }).waitFor()
  await page.keyboard.press('Control+k')
  // While typing, b is a letter.
  await page.keyboard.type('bzzz')
  await page.getByText('Nobody found for “bzzz”').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  expect(told).toEqual([])
})

it('lists members by standing, walks them by keys, opens one as a panel and as a page', async () => {
  const { page, desk, told } = on
  await page.getByRole('link', { name: 'Members', exact: true }).click()
  await page.getByRole('row').nth(5).waitFor()
  expect(await page.title()).toBe('Latchkey · Members')
  expect(await page.getByRole('row').count()).toBe(201)
  await look(page, 'members')
  await page.getByRole('button', { name: 'Show 60 more' }).click()
  await expect.poll(() => page.getByRole('row').count()).toBe(261)
  await page.getByRole('link', { name: /^Grace/ }).click()
  await expect.poll(() => page.getByRole('row').count()).toBeLessThan(100)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await panel(page).getByText('access ends Sat 18:00').first().waitFor()
  await look(page, 'panel-overview', '[data-panel]')
  for (const tab of ['Payments', 'Visits']) {
    await page.getByRole('tab', { name: tab }).click()
    await look(page, `panel-${tab.toLowerCase()}`, '[data-panel]')
  }
  const close = await panel(page).getByRole('button', { name: 'Close' }).boundingBox()
  const below = await panel(page).locator('article').locator('..').boundingBox()
  expect(below?.y).toBeGreaterThanOrEqual((close?.y ?? 0) + (close?.height ?? 0))
  await panel(page).getByRole('link', { name: 'Open as a page' }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await look(page, 'member-page')
  await page.goto(`${desk.url}#/members?show=without-card`)
  await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(1)
  expect(told).toEqual([])
})

it('says of what ends with a day which day is the last', async () => {
  const { page, desk, told } = on
  const [member] = desk.world.members
  if (member === undefined) throw new Error('Nobody is here')
  member.paidUntil = '2030-02-27T23:00:00.000Z'
  await page.goto(`${desk.url}#/members`)
  await page
    .getByRole('row', { name: new RegExp(member.name) })
    .getByText('27 Feb 2030')
    .waitFor()
  await page.goto(`${desk.url}#/members/${member.id}`)
  await page.getByRole('tab', { name: 'Payments' }).click()
  await page.getByText('Paid until 27 Feb 2030').first().waitFor()
  expect(told).toEqual([])
})

it('locks a door down, holds it open, and brings it back to normal', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/doors`)
  const front = page.locator('[data-door=front]')
  await front.getByRole('button', { name: 'Hold open 15 min' }).click()
  await front.getByText(/^Held open until/).waitFor()
  await look(page, 'doors-held')
  await front.getByRole('button', { name: 'Back to normal' }).press('Enter')
  // What was pressed is gone: the keyboard stays at its door.
  await expect.poll(() => page.locator('h2:focus').allTextContents()).toEqual(['Front door'])
  await front.getByRole('button', { name: 'Lock down' }).click()
  await front.getByText('The way out stays free').waitFor()
  await front.getByLabel('Why').fill('an alarm')
  await look(page, 'doors-ask')
  await front.getByRole('group').getByRole('button', { name: 'Lock down' }).click()
  await front.getByText(/^Locked down: only keyholders/).waitFor()
  await front.getByText(/^an alarm · by owner since \d\d:\d\d$/).waitFor()
  const workshop = desk.world.doors.find(({ id }) => id === 'workshop')
  Object.assign(workshop ?? {}, { mode: 'held-open', modeUntil: desk.world.iso(30) })
  desk.setLamps((lamps) => lamps)
  await look(page, 'doors-locked')
  await page.getByRole('link', { name: 'Members', exact: true }).click()
  const strips = page.getByRole('status')
  await strips.getByText(/^Front door is locked down since \d\d:\d\d \(an alarm\)\.$/).waitFor()
  await strips.getByText(/^Workshop is held open until \d/).waitFor()
  desk.world.doors.push({ ...desk.world.doors[0], id: 'side', name: 'Side gate' } as (typeof desk.world.doors)[number])
  desk.setLamps((lamps) => lamps)
  await strips.getByText(/^Front door and Side gate are locked down since/).waitFor()
  await look(page, 'strip-orders', '[role=status]')
  await strips.getByRole('link', { name: 'Look at the doors' }).first().click()
  await front.waitFor()
  const asked = desk.heard.filter(({ name }) => /^doors\.(?!list|alarms)/.test(name))
  expect(asked.map(({ name, args }) => [name, args])).toEqual([
    ['doors.holdOpen', { id: 'front', minutes: 15 }],
    ['doors.normal', { id: 'front' }],
    ['doors.lockdown', { id: 'front', why: 'an alarm' }],
  ])
  expect(told).toEqual([])
})

it('is called as somebody has just called the space in another window', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/settings`)
  const name = page.locator('#space').getByLabel('Name')
  await expect.poll(() => name.inputValue()).toBe('Holzmarkt Makerspace')
  desk.knobs.settings = { spaceName: 'The Shed' }
  desk.push('settings', {})
  await expect.poll(() => name.inputValue()).toBe('The Shed')
  // What is half typed stays; everything else follows.
  const zone = page.locator('#space').getByLabel('Time zone')
  await zone.fill('Europe/Vie')
  const card = page.locator('#access').getByLabel('Paying by card')
  await card.fill('3')
  desk.knobs.settings = { spaceName: 'The Shed', endOfDay: false, graceDays: { card: 10, 'bank-debit': 21, manual: 7 } }
  desk.push('settings', {})
  await expect.poll(() => page.locator('#access').getByLabel('Paying by bank debit').inputValue()).toBe('21')
  expect(await page.locator('#access').getByRole('checkbox').isChecked()).toBe(false)
  expect([await zone.inputValue(), await card.inputValue()]).toEqual(['Europe/Vie', '3'])
  await card.fill('10')
  desk.knobs.settings.graceDays = { card: 12, 'bank-debit': 21, manual: 7 }
  desk.push('settings', {})
  await expect.poll(() => card.inputValue()).toBe('12')
  await page.getByRole('link', { name: 'Desk', exact: true }).click()
  await page.getByRole('heading', { name: 'The Shed' }).waitFor()
  expect(told).toEqual([])
})

it('shows doors, who may open them, and a new key once', async () => {
  const { page, desk, told } = on
  await page.getByRole('link', { name: 'Doors', exact: true }).click()
  await page.getByRole('heading', { name: 'Workshop' }).waitFor()
  await look(page, 'doors')
  await page.getByRole('button', { name: 'Change which plans open Workshop' }).click()
  const owls = page.getByRole('checkbox', { name: /Night owl/ })
  await page.emulateMedia({ colorScheme: 'dark' })
  // An empty box is drawn as a field is, and not as the browser would.
  expect(await owls.evaluate((box) => getComputedStyle(box).borderTopColor)).toBe('rgb(102, 119, 143)')
  await page.emulateMedia({ colorScheme: 'light' })
  await owls.check()
  await look(page, 'door-plans', '[role=dialog]')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('[data-door=workshop]').getByText('Night owl').waitFor()
  await page.getByRole('button', { name: 'Add a door' }).click()
  await page.getByLabel('Id', { exact: true }).fill('cellar')
  await look(page, 'door-add', '[role=dialog]')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.locator('[data-door-key]').waitFor()
  await look(page, 'door-key', '[role=dialog]')
  // One key too many must not lose it.
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Copy')
  await page.keyboard.press('Escape')
  expect(await page.getByRole('dialog').getByRole('button').allTextContents()).toEqual(['Copy', 'I have saved it'])
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await page.locator('[data-door=front]').getByRole('button', { name: 'Remove' }).click()
  await look(page, 'door-remove', '[data-door=front]')
  await page.getByRole('button', { name: 'Remove the door' }).click()
  await expect.poll(() => desk.heard.some(({ name }) => name === 'doors.remove')).toBe(true)
  expect(told).toEqual([])
})
