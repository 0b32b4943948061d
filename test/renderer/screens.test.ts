// The page in a real Chromium, against a desk that answers from fixed data: every screen, what keys and pushes do,
// not one console message, no finding of axe in light or dark.
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { findings, launch, openPage, type Told, takePictures, webFolder } from './browser.ts'
import { type FakeDesk, startFakeDesk } from './fake-desk.ts'

let web: Awaited<ReturnType<typeof webFolder>>
let browser: Browser
let desk: FakeDesk
let page: Page
let told: Told

beforeAll(async () => {
  ;[web, browser] = await Promise.all([webFolder(), launch()])
})
afterAll(async () => {
  await browser.close()
  web.remove()
})
beforeEach(async () => {
  desk = await startFakeDesk(web.folder)
  ;({ page, told } = await openPage(browser, desk.url))
  await page.getByRole('heading', { name: 'Holzmarkt Makerspace' }).waitFor()
})
afterEach(async () => {
  await page.context().close()
  await desk.close()
})

/** `within`: what lies around it was looked at before. */
async function look(name: string, within?: string): Promise<void> {
  await takePictures(page, name)
  expect(await findings(page, within)).toEqual([])
}
const refusals = () => page.locator('[data-refusal]')
const panel = () => page.locator('[data-panel]')

it('shows the desk: feed, refusals that stack, who came in, what to do', async () => {
  await page.locator('[data-feed]').first().waitFor()
  expect(await page.title()).toBe('Latchkey · Desk')
  await takePictures(page, 'desk-quiet')
  desk.swipe(4, 'refused')
  desk.swipe(12, 'grace', 1)
  desk.swipe(17, 'refused')
  desk.swipe(null, 'note')
  await expect.poll(() => refusals().count()).toBe(3)
  expect(await refusals().first().innerText()).toContain('Unknown card')
  // In public a grace reads as granted.
  expect(await page.locator('[data-feed]').nth(2).innerText()).toMatch(/note[\s\S]*Granted/)
  await look('desk')
  await page.reload()
  await expect.poll(() => refusals().count()).toBe(3)
  await page.keyboard.press('x')
  await expect.poll(() => refusals().count()).toBe(2)
  await page.getByRole('button', { name: /^Put away: Maximiliane/ }).click()
  await expect.poll(() => refusals().count()).toBe(1)
  await page.reload()
  await expect.poll(() => refusals().count()).toBe(1)
  expect(told).toEqual([])
})

it('opens the sentence of a refusal with its button, for a member and for a card that nobody has', async () => {
  desk.swipe(4, 'refused')
  await refusals().first().waitFor()
  expect(await page.locator('main').innerText()).not.toContain('Paid until')
  await page.keyboard.press('w')
  await panel().getByText('Stripe has not been reached for 8 days').waitFor()
  await panel().getByRole('button', { name: 'Sync now' }).click()
  await expect.poll(() => desk.heard.some(({ name }) => name === 'sync.run')).toBe(true)
  await look('panel-refused', '[data-panel]')
  await page.keyboard.press('Escape')
  await expect.poll(() => panel().count()).toBe(0)

  desk.swipe(null, 'note')
  await page.getByRole('button', { name: 'See why: Unknown card' }).click()
  await panel().getByText('Nobody has this card').waitFor()
  await look('panel-unknown', '[data-panel]')
  await panel().getByRole('button', { name: 'Assign to…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Enrol a card' })
  await dialog.getByRole('combobox').fill('Okafor')
  await dialog.getByRole('option').first().waitFor()
  await look('enrol-choose', '[role=dialog]')
  await page.keyboard.press('Enter')
  await page
    .getByRole('dialog', { name: /A card for / })
    .getByText('Present the card now')
    .waitFor()
  await page.getByRole('button', { name: 'Enrol the card that was at the door' }).click()
  await page.getByText('has this card now').waitFor()
  expect(desk.heard.find(({ name }) => name === 'cards.add')?.args).toMatchObject({ card: 'em:0000BC614E' })
  expect(told).toEqual([])
})

it('blanks everything personal with one key and brings it back', async () => {
  desk.swipe(4, 'refused')
  await refusals().first().waitFor()
  await page.keyboard.press('b')
  await page.getByText('Press b or click to bring it back').waitFor()
  expect(await refusals().first().isVisible()).toBe(false)
  await look('blank')
  await page.keyboard.press('b')
  await refusals().first().waitFor()
  await page.getByRole('button', { name: 'Blank the screen (b)' }).click()
  await page.mouse.click(400, 400)
  await refusals().first().waitFor()
  expect(told).toEqual([])
})

it('finds people as one types, by keyboard alone, and never shows an older answer', async () => {
  desk.knobs.slowSearchFor = 'mei'
  await page.keyboard.press('/')
  await page.keyboard.type('mei', { delay: 90 })
  await page.waitForTimeout(150)
  await page.keyboard.type(' dahl')
  const options = page.getByRole('option')
  await options.first().waitFor()
  await page.waitForTimeout(500)
  for (const text of await options.allInnerTexts()) expect(text).toContain('Mei Dahl')
  await look('search', 'search')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await panel().getByRole('heading', { name: 'Mei Dahl' }).waitFor()
  await page.keyboard.press('Control+k')
  // While typing, b is a letter.
  await page.keyboard.type('bzzz')
  await page.getByText('Nobody found for “bzzz”').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  expect(told).toEqual([])
})

it('lists members by standing, walks them by keys, opens one as a panel and as a page', async () => {
  await page.getByRole('link', { name: 'Members', exact: true }).click()
  await page.getByRole('row').nth(5).waitFor()
  expect(await page.title()).toBe('Latchkey · Members')
  expect(await page.getByRole('row').count()).toBe(201)
  await look('members')
  await page.getByRole('button', { name: 'Show 60 more' }).click()
  await expect.poll(() => page.getByRole('row').count()).toBe(261)
  await page.getByRole('link', { name: /^Grace/ }).click()
  await expect.poll(() => page.getByRole('row').count()).toBeLessThan(100)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await panel().getByText('access ends Sat 18:00').first().waitFor()
  await look('panel-overview', '[data-panel]')
  for (const tab of ['Payments', 'Visits']) {
    await page.getByRole('tab', { name: tab }).click()
    await look(`panel-${tab.toLowerCase()}`, '[data-panel]')
  }
  await panel().getByRole('link', { name: 'Open as a page' }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await look('member-page')
  await page.goto(`${desk.url}#/members?show=without-card`)
  await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(1)
  expect(told).toEqual([])
})

it('changes a card in two steps', async () => {
  await page.goto(`${desk.url}#/members/${desk.world.members[0]?.id}`)
  await page.getByRole('button', { name: /^Actions for card/ }).click()
  await page.getByRole('menuitem', { name: 'Report lost' }).waitFor()
  await look('card-menu', '[role=menu]')
  await page.getByRole('menuitem', { name: 'Report lost' }).click()
  await page.getByText('Report this card lost?').waitFor()
  await look('card-confirm', 'main')
  expect(desk.heard.some(({ name }) => name === 'cards.revoke')).toBe(false)
  await page.getByRole('button', { name: 'Report lost' }).click()
  await page.getByText('Lost', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Reinstate' }).click()
  await page.getByText('Active', { exact: true }).waitFor()
  expect(told).toEqual([])
})

it('enrols a card: presented, refused, timed out, typed in, cancelled', async () => {
  await page.getByRole('link', { name: 'Cards', exact: true }).click()
  await page.getByRole('row').nth(5).waitFor()
  await look('cards')
  await page.goto(`${desk.url}#/members/${desk.world.members[5]?.id}`)
  const enrol = page.getByRole('button', { name: 'Enrol a card' }).first()
  await enrol.click()
  await page.getByText('Present the card now').waitFor()
  await look('enrol-waiting', '[role=dialog]')
  desk.settleEnrolment(
    'refused',
    'This card belongs to Jonas Weber. Take it back from them first, or use another card.',
  )
  await page.getByText('This card belongs to Jonas Weber').waitFor()
  await look('enrol-refused', '[role=dialog]')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Present the card now').waitFor()
  desk.settleEnrolment('timed-out', 'No card was presented within a minute.')
  await page.getByText('No card was presented within a minute.').waitFor()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'Present a sample card' }).click()
  await page.getByText('has this card now').waitFor()
  await look('enrol-done', '[role=dialog]')
  await page.getByRole('button', { name: 'Enrol another' }).click()
  await page.getByLabel('Or type the printed number').fill('0012345678')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /uhppote/ }).waitFor()
  await look('enrol-readings', '[role=dialog]')
  await page.keyboard.press('Escape')
  await expect.poll(() => desk.heard.some(({ name }) => name === 'enrol.cancel')).toBe(true)
  desk.setLamps((lamps) => ({ ...lamps, readers: [] }))
  await enrol.click()
  await page.getByText('No reader is ready').waitFor()
  await look('enrol-no-reader', '[role=dialog]')
  expect(told).toEqual([])
})

it('shows doors, who may open them, and a new key once', async () => {
  await page.getByRole('link', { name: 'Doors', exact: true }).click()
  await page.getByRole('heading', { name: 'Workshop' }).waitFor()
  await look('doors')
  await page.getByRole('button', { name: 'Change which plans open Workshop' }).click()
  await page.getByRole('checkbox', { name: /Night owl/ }).check()
  await look('door-plans', '[role=dialog]')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('[data-door=workshop]').getByText('Night owl').waitFor()
  await page.getByRole('button', { name: 'Add a door' }).click()
  await page.getByLabel('Id').fill('cellar')
  await look('door-add', '[role=dialog]')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.locator('[data-door-key]').waitFor()
  await look('door-key', '[role=dialog]')
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await page.locator('[data-door=front]').getByRole('button', { name: 'Remove' }).click()
  await look('door-remove', '[data-door=front]')
  await page.getByRole('button', { name: 'Remove the door' }).click()
  await expect.poll(() => desk.heard.some(({ name }) => name === 'doors.remove')).toBe(true)
  expect(told).toEqual([])
})
