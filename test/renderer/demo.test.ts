// The page as `latchkey serve --demo` serves it: its own headers, sign-in link and data. What a fixed desk cannot show.
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Status } from '../../src/preload/shapes.ts'
import { type Served, startServe, until } from '../serving.ts'
import { findings, openPage, type Told, takePictures } from './browser.ts'

let served: Served
let page: Page
let told: Told
let home: string

beforeAll(async () => {
  served = await startServe(['--demo'])
  const link = await until(async () => /http:\S+sign-in\S+/.exec(served.output.stderr)?.[0], 'the sign-in link')
  ;({ page, told } = await openPage(link))
  home = new URL('/', page.url()).href
})
afterAll(async () => {
  await page?.context().close()
  expect(await served?.stop()).toBe(0)
})

/** Axe looks at the same screens elsewhere, with data that never changes. */
const look = (name: string) => takePictures(page, `demo-${name}`)
const panel = () => page.locator('[data-panel]')

async function openBySearch(name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(name)
  await page.getByRole('option', { name: new RegExp(name) }).waitFor()
  await page.keyboard.press('Enter')
  await panel().getByRole('heading', { name }).waitFor()
}

it('asks a browser that never signed in to do so', async () => {
  const fresh = await openPage(home)
  await fresh.page.getByRole('heading', { name: 'You are signed out' }).waitFor()
  expect(await findings(fresh.page)).toEqual([])
  expect(fresh.told).toEqual([])
  await fresh.page.context().close()
})

it('shows every screen with the data of the demo', async () => {
  // The sample people get their cards while the first test runs.
  await until(async () => (await served.json<Status>('status')).credentials > 150, 'members and cards')
  await page.locator('[data-feed]').first().waitFor({ timeout: 10_000 })
  await page.getByRole('link', { name: /Stripe \d+ s ago/ }).waitFor()
  await page.getByRole('link', { name: /Reader ready/ }).waitFor()
  await page.getByRole('link', { name: /Doors 5 of 5/ }).waitFor()
  await look('desk')
  for (const screen of ['Members', 'Inbox', 'Cards', 'Doors', 'Diagnostics', 'Settings']) {
    // The inbox has its count before its name.
    await page.getByRole('link', { name: new RegExp(`${screen}$`) }).click()
    await page.getByRole('heading', { level: 1, name: screen }).waitFor()
    if (screen === 'Inbox' || screen === 'Diagnostics') await page.locator('main li').nth(3).waitFor()
    if (screen === 'Members') await page.getByRole('link', { name: /^All\s*246/ }).waitFor()
    if (screen === 'Members' || screen === 'Cards') await page.getByRole('row').nth(5).waitFor()
    expect(await page.title()).toBe(`Latchkey · ${screen}`)
    await look(screen.toLowerCase())
  }
  expect(told).toEqual([])
})

it('shows a swipe of an unknown card at once, and why', async () => {
  await page.getByRole('link', { name: 'Desk', exact: true }).click()
  await served.json('demo', 'swipe', 'front', 'em:6F007B3972')
  await page.getByRole('button', { name: 'See why: Unknown card' }).click()
  await panel().getByText('Nobody has this card').waitFor()
  await panel().getByRole('button', { name: 'Assign to…' }).click()
  await page.getByRole('dialog', { name: 'Give this card to somebody' }).waitFor()
  await look('assign')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  expect(told).toEqual([])
})

it('enrols a sample card, and a second dialog is told that one is waiting', async () => {
  await openBySearch('Ingrid Solheim')
  const enrol = panel()
    .getByRole('button', { name: /Enrol a card/ })
    .first()
  await enrol.click()
  const dialog = page.getByRole('dialog', { name: /A card for/ })
  await dialog.getByText('Present the card now').waitFor()
  await look('enrol-waiting')

  const other = await page.context().newPage()
  await other.goto(`${home}#/members`)
  await other.getByRole('row').nth(5).click()
  await other
    .getByRole('button', { name: /Enrol a card/ })
    .first()
    .click()
  await other.getByRole('dialog').getByText('Not just now').waitFor()
  await other.close()

  await dialog.getByRole('button', { name: 'Present a sample card' }).click()
  await dialog.getByText('has this card now').waitFor()
  await look('enrol-done')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await panel().getByText('Active').first().waitFor()
  await page.keyboard.press('Escape')
  expect(told).toEqual([])
})

it('opens the same member by keyboard, their tabs and the menu of a card', async () => {
  await openBySearch('Ingrid Solheim')
  for (const tab of ['Payments', 'Visits', 'History', 'Timeline', 'Overview']) {
    await panel().getByRole('tab', { name: tab }).click()
    await panel().getByRole('tabpanel', { name: tab }).waitFor()
    await look(`panel-${tab.toLowerCase()}`)
  }
  await panel()
    .getByRole('button', { name: /^Actions for card/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Suspend' }).click()
  await panel().getByRole('button', { name: 'Suspend' }).click()
  await panel().getByText('Suspended').first().waitFor()
  await panel()
    .getByRole('button', { name: /^Reinstate/ })
    .first()
    .click()
  await panel().getByText('Active').first().waitFor()
  await expect
    .poll(async () => {
      await page.keyboard.press('Escape')
      return panel().count()
    })
    .toBe(0)
  expect(told).toEqual([])
})

it('adds a door and shows its key once', async () => {
  await page.getByRole('link', { name: 'Doors', exact: true }).click()
  await page.getByRole('button', { name: 'Add a door' }).click()
  await page.getByLabel('Id', { exact: true }).fill('cellar')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.locator('[data-door-key]').waitFor()
  await look('door-key')
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await page.locator('[data-door=cellar]').getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove the door' }).click()
  await expect.poll(() => page.locator('[data-door=cellar]').count()).toBe(0)
  expect(told).toEqual([])
})

it('cuts a door off, and plugs it in again', async () => {
  await page.getByRole('button', { name: 'Cut off a door' }).click()
  await page.getByRole('menuitem', { name: 'Cut off Front door' }).click()
  await page.getByText('Front door is cut off.').waitFor()
  await look('cut-off')
  // A card that the door has never heard of: its list refuses, and the desk hears of it when the cable is back.
  expect(await served.json('demo', 'swipe', 'front', 'em:00000000BB')).toMatchObject({ grant: false, offline: true })
  await page.getByRole('button', { name: 'Cut off a door' }).click()
  await page.getByRole('menuitem', { name: 'Plug Front door in again' }).click()
  await expect.poll(() => page.getByText('Front door is cut off.').count()).toBe(0)
  expect(told).toEqual([])
})

it('moves the clock of the demo, and goes on telling the right age and day', async () => {
  await page.getByRole('link', { name: 'Desk', exact: true }).click()
  await page.getByRole('button', { name: '+7 days' }).click()
  await page.getByText(/^Here it is/).waitFor()
  await page.getByRole('link', { name: /Stripe \d+ s ago/ }).waitFor()
  await look('ahead')
  expect(told).toEqual([])
})
