// Coming in beside paying, on the page: let in once, inductions, guests, people under age, events, and "why exactly?".
import { expect, it } from 'vitest'
import { takePictures } from './browser.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.findLast((one) => one.name === name)?.args
const idOf = (n: number) => on.desk.world.members[n]?.id ?? ''
const memberPage = (n: number) => `${on.desk.url}#/members/${idOf(n)}`

it('lets somebody in once from the sentence of a refusal, and says what it stood on', async () => {
  const { page, desk, told } = on
  desk.swipe(4, 'refused')
  await page.locator('[data-refusal]').waitFor()
  await page.keyboard.press('w')
  const panel = page.locator('[data-panel]')
  await panel.getByText('Why exactly?').click()
  await panel.getByText('The renewal could not be seen for too long').waitFor()
  await look(page, 'panel-why', '[data-panel]')
  await panel.getByRole('button', { name: 'Let in once' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Why').fill('her coat')
  await look(page, 'let-in-once', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Let in once' }).click()
  await expect.poll(() => heard('access.letInOnce')).toEqual({ member: idOf(4), door: 'front', why: 'her coat' })
  await panel.getByText(/^Once, until .*, at Front door$/).waitFor()
  await panel.getByRole('button', { name: 'End it' }).first().click()
  await expect.poll(() => heard('access.end')).toEqual({ id: 'once-1' })
  expect(told).toEqual([])
})

it('gives an induction with an end, and takes one back', async () => {
  const { page, told } = on
  await page.goto(memberPage(0))
  await page.getByRole('button', { name: 'Give an induction' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Last day').fill('2027-01-31')
  await look(page, 'give-induction', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Give it' }).click()
  const given = { member: idOf(0), induction: 'induction-1', until: '2027-01-31' }
  await expect.poll(() => heard('inductions.give')).toEqual(given)
  await page.getByText('Wood workshop').waitFor()
  await look(page, 'member-inductions', 'main')
  await page.getByRole('button', { name: 'Take back Laser' }).click()
  await page.getByText('Laser', { exact: true }).waitFor({ state: 'detached' })
  expect(told).toEqual([])
})

it('invites a guest who is new here, shows both sides, and ends it', async () => {
  const { page, told } = on
  await page.goto(memberPage(1))
  await page.getByText(/is their guest/).waitFor()
  await page.getByRole('button', { name: 'Invite a guest' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').fill('Wanda Zobel')
  await dialog.getByRole('button', { name: 'Someone new: Wanda Zobel' }).click()
  await look(page, 'invite-guest', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect.poll(() => heard('guests.invite')).toMatchObject({ host: idOf(1), guest: 'new-one' })
  expect(heard('members.create')).toMatchObject({ name: 'Wanda Zobel', same: 'new' })
  await page.getByText('Wanda Zobel is their guest').waitFor()
  await page.goto(memberPage(3))
  await page.getByText(/^Guest of /).waitFor()
  await look(page, 'member-guest', 'main')
  await page.getByRole('button', { name: /^End it: Guest of/ }).click()
  await page.getByText(/^Guest of /).waitFor({ state: 'detached' })
  expect(told).toEqual([])
})

it('sets rules for somebody under age, with guardians, and takes them off', async () => {
  const { page, told } = on
  await page.goto(memberPage(4))
  await page.getByText('Under age until 14 May 2031').waitFor()
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Find the person' }).fill('Okafor')
  await dialog.getByRole('listbox').getByRole('option').first().click()
  await look(page, 'minor-form', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(() => heard('members.setMinor'))
    .toMatchObject({ member: idOf(4), guardianNeeded: true, hours: 'hours-day', guardians: [idOf(2), idOf(0)] })
  await look(page, 'member-minor', 'main')
  await page.getByRole('button', { name: 'Take off' }).click()
  await page.getByRole('group').getByRole('button', { name: 'Take off' }).click()
  await page.getByText(/^Under age until/).waitFor({ state: 'detached' })
  expect(told).toEqual([])
})

it('plans an event for some people at one door, and ends it', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/doors`)
  await page.getByText('Nothing is planned.').waitFor()
  await page.getByRole('button', { name: 'New event' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Open day')
  await dialog.getByRole('radio', { name: 'Only these', exact: true }).check()
  await dialog.getByRole('checkbox', { name: 'Workshop' }).check()
  await dialog.getByRole('radio', { name: 'Only these people' }).check()
  await dialog.getByRole('combobox', { name: 'Add a person' }).fill('Okafor')
  await dialog.getByRole('listbox').getByRole('option').first().click()
  await dialog.getByLabel('How many people at most').fill('30')
  await look(page, 'new-event', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await expect
    .poll(() => heard('events.save'))
    .toMatchObject({ name: 'Open day', doors: ['workshop'], members: [idOf(0)], heads: 30 })
  expect(heard('events.save')).toMatchObject({ from: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:00$/) })
  await page.getByText('0 of 30 came').waitFor()
  await look(page, 'doors-events')
  await page.getByRole('button', { name: 'End Open day' }).click()
  await page.getByRole('group').getByRole('button', { name: 'End it' }).click()
  await page.getByText('Nothing is planned.').waitFor()
  expect(told).toEqual([])
})

it('says who is in where doors see people leave, and what that cannot know', async () => {
  const { page, desk, told } = on
  await page.getByText('Doors see people come in, not leave.').waitFor()
  desk.knobs.exits = true
  await page.reload()
  await page.getByRole('heading', { name: 'Now in' }).waitFor()
  await page.getByText('counts as in for 16 hours').waitFor()
  await takePictures(page, 'desk-now-in')
  expect(told).toEqual([])
})
