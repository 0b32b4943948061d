// The card doctor on the screen: a card that is presented or typed, its doors, its test at a door, and the quiet line.
import { expect, it } from 'vitest'
import { shortForm } from '../../src/main/domain/card-identity.ts'
import { plainCard } from './fake-cards.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args)
const exam = () => on.page.locator('[data-exam]')

it('looks at a card that is presented or typed in: who has it, the doors, where it was shown, a copy, a short number', async () => {
  const { page, desk, told } = on
  const [card] = desk.world.cards
  if (card?.member == null) throw new Error('nobody has a card')
  desk.doctor.knobs.copied = true
  desk.doctor.shown(card.canonical, 0, `${card.member.name} came in.`)
  await page.getByRole('link', { name: 'Cards', exact: true }).click()

  await page.getByRole('button', { name: 'Present a card' }).click()
  await page.getByText('Present the card now').waitFor()
  await look(page, 'doctor-wait', 'main')
  desk.cards.settle('timed-out', 'No card was presented within a minute.')
  await page.getByText('No card was presented within a minute.').waitFor()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Present the card now').waitFor()
  desk.cards.settle('done', null, { card })
  await exam().waitFor()
  expect(heard('cards.await')).toEqual([{ what: 'look' }, { what: 'look' }])

  await exam().getByText('There may be a copy').waitFor()
  const doors = exam().locator('[data-door]')
  expect(await doors.count()).toBe(3)
  expect(await doors.nth(0).innerText()).toMatch(/the whole number[\s\S]*may come in/)
  expect(await doors.nth(1).innerText()).toMatch(
    /only part of the number[\s\S]*\(2H3D,4H5D\)[\s\S]*Not yet on the device there, since /,
  )
  expect(await doors.nth(2).innerText()).toMatch(/nothing of it[\s\S]*does not work there/)
  expect(await exam().getByRole('heading', { level: 2 }).innerText()).toBe(shortForm(card.canonical))
  await exam().getByText(`${card.member.name} came in.`).waitFor()
  await look(page, 'doctor-found', 'main')
  await exam()
    .getByRole('button', { name: `Open ${card.member.name}` })
    .click()
  await page.locator('[data-panel]').getByRole('heading', { name: card.member.name }).waitFor()
  await page.keyboard.press('Escape')

  // Typed in a way that may be several cards, then a short one, then one that may be somebody's short one.
  const field = page.getByLabel('Or type any number printed on it')
  await field.fill('0008075634')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^10 digits, four bytes \(8H10D\)/ }).click()
  await page.locator('[data-exam="w34:007B3972"]').getByText('It may be one of these').waitFor()
  await look(page, 'doctor-short', 'main')
  desk.doctor.knobs.copied = false
  await field.fill('em:6F007B3972')
  await page.keyboard.press('Enter')
  await exam().getByText('Is this the same card?').waitFor()
  await exam().getByRole('button', { name: 'It is the same card' }).click()
  await expect.poll(() => heard('cards.upgrade')).toEqual([{ card: 'w26:7B3972', whole: 'em:6F007B3972' }])
  desk.doctor.knobs.mayReadVisits = false
  await field.fill('em:6F007B3973')
  await page.keyboard.press('Enter')
  await page.locator('[data-exam="em:6F007B3973"]').getByText('Nobody has this card', { exact: true }).waitFor()
  await expect.poll(() => heard('cards.uses').at(-1)).toEqual({ card: 'em:6F007B3973' })
  expect(await exam().getByRole('heading', { name: 'Lately shown' }).count()).toBe(0)
  expect(told).toEqual([])
})

it('a card that nobody waited for: a quiet line with a name; then its test, ticked door by door', async () => {
  const { page, desk, told } = on
  const [card] = desk.world.cards
  if (card?.member == null) throw new Error('nobody has a card')
  const { name } = card.member
  const line = page.locator('[data-card-shown]')
  desk.push('cardShown', { ...plainCard('em:6F007B3973', ''), since: null })
  await line.getByText('Nobody has this card').waitFor()
  await line.getByRole('button', { name: 'Give it to someone' }).click()
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await page.keyboard.press('Escape')
  desk.push('cardShown', card)
  await line.getByText(`${name}’s card`).waitFor()
  expect(await line.innerText()).not.toContain(card.short)
  await look(page, 'doctor-shown')
  await line.getByRole('button', { name: 'Look at it' }).click()
  await exam().waitFor()
  expect(await line.count()).toBe(0)

  await exam().getByRole('button', { name: 'Test it at a door' }).click()
  const test = page.getByRole('region', { name: 'Test it at a door' })
  await test.getByText('Front door: waiting').waitFor()
  // Somebody else comes in meanwhile.
  desk.swipe(3, 'granted')
  await expect.poll(() => heard('cards.uses').at(-1)).toEqual({ card: card.canonical, after: 0 })
  expect(await test.getByText(/opened for/).count()).toBe(0)
  desk.doctor.shown(card.canonical, 0, `${name} came in.`)
  desk.swipe(0, 'granted')
  await test.getByText(new RegExp(`^Front door opened for ${name} at \\d\\d:\\d\\d$`)).waitFor()
  expect(await test.getByText('Front door: waiting').count()).toBe(0)
  desk.doctor.shown(card.canonical, 1, 'Full member does not open Workshop: it needs the laser induction.', false)
  desk.swipe(0, 'refused', 1)
  await test.getByText(/^Workshop stayed shut at/).waitFor()
  await test.getByText('Full member does not open Workshop: it needs the laser induction.').waitFor()
  await look(page, 'doctor-test', 'main')
  await test.getByRole('button', { name: 'Done' }).click()
  expect(await test.count()).toBe(0)
  expect(told).toEqual([])
})

it('offers the test once a card is enrolled', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/members/${desk.world.members[5]?.id}`)
  await page.getByRole('button', { name: 'Enrol a card' }).first().click()
  const dialog = page.getByRole('dialog').last()
  await dialog.getByText('Present the card now').waitFor()
  desk.cards.settle('done')
  await dialog.getByRole('button', { name: 'Test it at a door' }).click()
  await page.getByRole('region', { name: 'Test it at a door' }).waitFor()
  expect(page.url()).toContain('#/cards')
  expect(told).toEqual([])
})

it('shows the one card of ours that a number may be, and what else it may be', async () => {
  const { page, desk, told } = on
  desk.doctor.knobs.known = 'iso14a:807BAF3F'
  await page.goto(`${desk.url}#/cards`)
  await page.getByLabel('Or type any number printed on it').fill(String(0x807baf3f))
  await page.keyboard.press('Enter')
  await page.locator('[data-exam="iso14a:807BAF3F"]').waitFor()
  await page.getByText('The same number may also be another card').click()
  const choices = page.getByRole('group', { name: /Which is it\?$/ })
  expect(await choices.getByRole('button').count()).toBeGreaterThan(1)
  expect(await choices.innerText()).not.toContain('iso14a:807BAF3F')
  await look(page, 'doctor-likely', 'main')
  await choices.getByRole('button', { name: /^A decimal number, last byte first/ }).click()
  await page.locator('[data-exam="iso14a:3FAF7B80"]').waitFor()
  expect(told).toEqual([])
})
