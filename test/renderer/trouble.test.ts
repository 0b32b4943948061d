// What the page shows while something is amiss: refused settings, strips and lamps, a lost desk, no sign-in, a newer desk.
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

it('keeps the settings, looks up a card, and says what was refused', async () => {
  await page.goto(`${desk.url}#/cards`)
  await page.getByRole('textbox', { name: 'Look up a card' }).fill('0001234567')
  await page.keyboard.press('Enter')
  await page.locator('[data-match]').waitFor()
  await look('cards-found')
  desk.knobs.demo = false
  await page.goto(`${desk.url}#/settings`)
  await page.getByRole('heading', { name: 'Readers' }).waitFor()
  await look('settings')
  await page.getByLabel('Time zone').fill('Mars/Olympus')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await page.getByText('is not a time zone').waitFor()
  await page.goto(`${desk.url}#/settings/readers`)
  await page.waitForTimeout(50)
  await takePictures(page, 'settings-readers')
  expect(told).toEqual([])
})

it('says what is wrong in the strip and the lamps', async () => {
  const since = new Date(Date.now() - 12 * 60_000).toISOString()
  desk.setLamps((lamps) => ({
    ...lamps,
    sync: { ...lamps.sync, phase: 'offline', ageSeconds: 720, offlineSince: since, error: 'Stripe cannot be reached.' },
    readers: lamps.readers.map((reader) => ({ ...reader, state: 'missing', sentence: 'Plug the reader in again.' })),
    doors: lamps.doors.map((door, n) => ({ ...door, online: n === 0 })),
  }))
  await page.getByText(/Stripe has not been reached since .*12 min/).waitFor()
  await page.getByRole('link', { name: /Doors 1 of 2/ }).waitFor()
  await look('strip-offline')
  desk.setLamps((lamps) => ({
    ...lamps,
    sync: { ...lamps.sync, phase: 'first-load', progress: { step: 'customer', read: 1_200 } },
  }))
  await page.getByText('Reading members from Stripe: 1,200 so far').waitFor()
  desk.setLamps((lamps) => ({ ...lamps, sync: { ...lamps.sync, phase: 'no-key', ageSeconds: null } }))
  await page.getByRole('link', { name: 'Put in the key' }).waitFor()
  await look('strip-no-key', '[role=status]')
  expect(told).toEqual([])
})

it('comes back by itself when the desk was restarted, and reads everything again', async () => {
  await page.goto(`${desk.url}#/members/${desk.world.members[5]?.id}`)
  await page.getByRole('button', { name: 'Enrol a card' }).first().click()
  await page.getByText('Present the card now').waitFor()
  const { port } = desk
  await desk.close()
  await page.getByText(/Latchkey has not been reached since/).waitFor()
  await takePictures(page, 'lost')
  desk = await startFakeDesk(web.folder, { port })
  await expect.poll(() => page.getByText(/Latchkey has not been reached since/).count(), { timeout: 8_000 }).toBe(0)
  const asked = ['feed.recent', 'members.get', 'desk.lamps', 'enrol.begin']
  await expect.poll(() => desk.heard.map(({ name }) => name)).toEqual(expect.arrayContaining(asked))
  // What was waiting for a card waits again, at the desk that is there now.
  await page.getByText('Present the card now').waitFor()
  desk.settleEnrolment('timed-out', 'No card was presented within a minute.')
  await page.getByText('No card was presented within a minute.').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Desk', exact: true }).click()
  desk.swipe(4, 'refused')
  await refusals().first().waitFor()
  // The browser itself tells of refused connections; nothing else may be told.
  expect(told.filter((line) => !line.includes('ERR_CONNECTION_REFUSED'))).toEqual([])
})

it('tells how to sign in, and to reload a page that is too old', async () => {
  desk.knobs.signedOut = true
  await page.reload()
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
  await look('signed-out')
  desk.knobs.signedOut = false
  desk.knobs.protocol = 99
  await page.getByRole('button', { name: 'I have signed in: try again' }).click()
  await page.getByRole('heading', { name: 'Latchkey was updated' }).waitFor()
  await look('outdated')
  expect(told).toEqual([])
})
