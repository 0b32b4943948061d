// What the page shows while something is amiss: refused settings, strips and lamps, a lost desk, no sign-in, a newer desk.
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { takePictures } from './browser.ts'
import { startFakeDesk } from './fake-desk.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()

const refusals = (page: Page) => page.locator('[data-refusal]')

it('keeps the settings, looks up a card, and says what was refused', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/cards`)
  await page.getByRole('textbox', { name: 'Or type any number printed on it' }).fill('em:0000BC614E')
  await page.keyboard.press('Enter')
  await page.locator('[data-exam]').waitFor()
  await look(page, 'cards-found')
  desk.knobs.demo = false
  await page.goto(`${desk.url}#/settings`)
  await page.getByRole('heading', { name: 'Readers', exact: true }).waitFor()
  await look(page, 'settings')
  await page.getByLabel('Time zone').fill('Mars/Olympus')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await page.getByText('is not a time zone').waitFor()
  await page.goto(`${desk.url}#/settings/readers`)
  await page.waitForTimeout(50)
  await takePictures(page, 'settings-readers')
  expect(told).toEqual([])
})

it('says what is wrong in the strip and the lamps', async () => {
  const { page, desk, told } = on
  const since = new Date(Date.now() - 12 * 60_000).toISOString()
  desk.setLamps((lamps) => ({
    ...lamps,
    sync: { ...lamps.sync, phase: 'offline', ageSeconds: 720, offlineSince: since, error: 'Stripe cannot be reached.' },
    readers: lamps.readers.map((reader) => ({ ...reader, state: 'missing', sentence: 'Plug the reader in again.' })),
    doors: lamps.doors.map((door, n) => ({ ...door, online: n === 0 })),
  }))
  await page.getByText(/Stripe unreachable for 12 min/).waitFor()
  await page.getByRole('link', { name: /Doors 1 of 2/ }).waitFor()
  await look(page, 'strip-offline')
  desk.setLamps((lamps) => ({ ...lamps, sync: { ...lamps.sync, drift: 3, dead: 2 } }))
  await page.getByText('2 things of Stripe could not be read.').waitFor()
  await page.getByRole('link', { name: /^Stripe/ }).hover()
  await page.getByText(/: 3 things differed and were mended/).waitFor()
  await look(page, 'lamp', '[data-lamp]')
  desk.setLamps((lamps) => ({
    ...lamps,
    sync: { ...lamps.sync, phase: 'first-load', progress: { step: 'customer', read: 1_200 } },
  }))
  await page.getByText('Reading members from Stripe: 1,200 so far').waitFor()
  // After too long a silence everything is read again: nothing else is as urgent, and no link leads anywhere.
  desk.setLamps((lamps) => ({ ...lamps, sync: { ...lamps.sync, phase: 'syncing', gapDays: 34 } }))
  await page.getByText(/34 days/).waitFor()
  await look(page, 'strip-gap', '[role=status]')
  expect(await page.getByRole('status').getByText('2 things of Stripe could not be read.').count()).toBe(0)
  desk.setLamps((lamps) => ({ ...lamps, sync: { ...lamps.sync, gapDays: null } }))
  await page.getByText(/34 days/).waitFor({ state: 'detached' })
  desk.setLamps((lamps) => ({ ...lamps, sync: { ...lamps.sync, phase: 'no-key', ageSeconds: null } }))
  await page.getByRole('link', { name: 'Put in the key' }).waitFor()
  await look(page, 'strip-no-key', '[role=status]')
  expect(told).toEqual([])
})

it('comes back by itself when the desk was restarted, and reads everything again', async () => {
  const { page, told } = on
  let { desk } = on
  await page.goto(`${desk.url}#/members/${desk.world.members[5]?.id}`)
  await page.getByRole('button', { name: 'Enrol a card' }).first().click()
  await page.getByText('Present the card now').waitFor()
  const { port } = desk
  await desk.close()
  await page.getByText(/Latchkey has not been reached since/).waitFor()
  await takePictures(page, 'lost')
  desk = await startFakeDesk(on.folder, { port })
  on.desk = desk
  await expect.poll(() => page.getByText(/Latchkey has not been reached since/).count()).toBe(0)
  const asked = ['feed.recent', 'members.get', 'desk.lamps', 'cards.await']
  await expect.poll(() => desk.heard.map(({ name }) => name)).toEqual(expect.arrayContaining(asked))
  // What was waiting for a card waits again, at the desk that is there now.
  await page.getByText('Present the card now').waitFor()
  desk.cards.settle('timed-out', 'No card was presented within a minute.')
  await page.getByText('No card was presented within a minute.').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Desk', exact: true }).click()
  desk.swipe(4, 'refused')
  await refusals(page).first().waitFor()
  // The browser itself tells of refused connections; nothing else may be told.
  expect(told.filter((line) => !line.includes('ERR_CONNECTION_REFUSED'))).toEqual([])
})

it('tells how to sign in, and to reload a page that is too old', async () => {
  const { page, desk, told } = on
  desk.knobs.signedOut = true
  await page.reload()
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
  await look(page, 'signed-out')
  desk.knobs.signedOut = false
  desk.knobs.protocol = 99
  await page.getByRole('button', { name: 'I have signed in: try again' }).click()
  await page.getByRole('heading', { name: 'Latchkey was updated' }).waitFor()
  await look(page, 'outdated')
  expect(told).toEqual([])
})
