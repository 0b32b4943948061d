// The form of a person on the page: what is asked, what cannot be so, a minor's guardian, the waiver with its signature, the
// details of a member, and what a manager makes of all that.
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args)
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })
const WAIVER = { version: '2026-1', text: 'Saws are sharp.\nAsk before you use one.', url: null, at: 0 }
const idOf = (n: number) => on.desk.world.members[n]?.id ?? ''

async function draw(page: Page): Promise<void> {
  const pad = page.locator('[data-signature]')
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (box === null) throw new Error('no field to sign in')
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const
  await page.mouse.move(...at(0.15, 0.7))
  await page.mouse.down()
  for (const [x, y] of [
    [0.22, 0.2],
    [0.3, 0.75],
    [0.36, 0.4],
    [0.42, 0.72],
    [0.6, 0.45],
    [0.8, 0.6],
  ] as const)
    await page.mouse.move(...at(x, y), { steps: 4 })
  await page.mouse.up()
}

it('says beside each field what cannot be so, goes to the first, and loses nothing', async () => {
  const { page, told } = on
  await page.goto(`${on.desk.url}#/sign-up`)
  await field(page, 'First and last name').fill('Rosa Neumann')
  await page.getByText('Without one: a paper receipt').waitFor()
  expect(await page.getByLabel('Birth date').count()).toBe(0)
  await page.getByRole('button', { name: 'More details' }).click()
  await field(page, 'Company').fill('x'.repeat(201))
  await page.getByRole('button', { name: 'Fewer details' }).click()
  await field(page, 'Email (if they have one)').fill('rosa@nowhere')
  await field(page, 'Call in an emergency').fill('Ben')
  // Leaving the page half way loses nothing.
  await page.getByRole('link', { name: 'Members' }).click()
  await page.getByRole('link', { name: 'Sign up' }).click()
  expect(await field(page, 'First and last name').inputValue()).toBe('Rosa Neumann')
  await page.getByRole('button', { name: 'Next' }).click()
  const email = field(page, 'Email (if they have one)')
  await expect.poll(() => email.evaluate((one) => one === document.activeElement)).toBe(true)
  const said = await email.getAttribute('aria-describedby')
  expect(await page.locator(`[id="${said}"]`).innerText()).toContain('This is no email address')
  // What is wrong behind "More details" is opened.
  expect(await page.locator('[aria-invalid="true"]').count()).toBe(3)
  await page.getByText('200 characters at most').waitFor()
  expect(await field(page, 'Call in an emergency').inputValue()).toBe('Ben')
  await look(page, 'details-faults')
  await email.fill('')
  await field(page, 'Their phone').fill('+49 30 555 0199')
  await field(page, 'Company').fill('Neumann & Co')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Sign up Rosa Neumann' }).waitFor()
  expect(heard('signUps.start').at(-1)).toEqual({
    name: 'Rosa Neumann',
    emails: [],
    details: { emergencyName: 'Ben', emergencyPhone: '+49 30 555 0199', company: 'Neumann & Co' },
  })
  // Whoever comes next finds an empty form.
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByRole('link', { name: 'Go on with Rosa Neumann' }).waitFor()
  expect(await field(page, 'First and last name').inputValue()).toBe('')
  expect(told).toEqual([])
})

it('asks for the guardian of a minor, who signs the waiver by hand', async () => {
  const { page, desk, told } = on
  desk.details.waiver = WAIVER
  desk.details.asked = { ...desk.details.asked, twoNames: true }
  desk.details.asked.kinds = { ...desk.details.asked.kinds, birthDate: 'asked' }
  const year = new Date(desk.world.iso(0)).getUTCFullYear()
  await page.goto(`${desk.url}#/sign-up`)
  await field(page, 'First name').fill('Mia')
  await field(page, 'Last name (if they have one)').fill('Neumann')
  await field(page, 'Birth date').fill(`${year - 30}-05-01`)
  expect(await page.getByText('Their guardian').count()).toBe(0)
  await field(page, 'Birth date').fill(`${year - 12}-05-01`)
  await page.getByText('They are under age').waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText('write down who their guardian is').waitFor()
  await field(page, 'Name of the guardian').fill('Eva Neumann')
  await field(page, 'Phone of the guardian').fill('+49 30 555 0100')
  await page.getByLabel('The guardian pays').uncheck()
  await look(page, 'details-guardian')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('heading', { name: 'Sign up Mia Neumann' }).waitFor()
  expect(heard('signUps.start').at(-1)).toMatchObject({
    name: 'Mia Neumann',
    details: { guardianName: 'Eva Neumann', guardianPays: false },
  })
  await page.getByRole('radio', { name: /Full member/ }).check()
  await page.getByLabel('Eva Neumann accepts the terms').check()
  await page.getByText('Saws are sharp.').waitFor()
  expect(await field(page, 'Name of whoever signs').inputValue()).toBe('Eva Neumann')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('alert').getByText('Nothing was signed yet').waitFor()
  await draw(page)
  await look(page, 'sign-up-waiver')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText('How do they pay?').waitFor()
  const [, signed] = heard('members.signWaiver') as { as: string; name: string; strokes: number[][][] }[]
  expect(signed).toMatchObject({ version: '2026-1', as: 'guardian', name: 'Eva Neumann' })
  expect(signed?.strokes).toHaveLength(1)
  expect(signed?.strokes[0]?.length).toBeGreaterThan(10)
  expect(heard('signUps.terms').at(-1)).toMatchObject({ by: 'Eva Neumann' })
  // A photo may be taken meanwhile.
  await page.getByRole('button', { name: 'Photo of Mia Neumann' }).click()
  await page.getByRole('menuitem', { name: 'Take a photo' }).waitFor()
  await page.keyboard.press('Escape')
  expect(told).toEqual([])
})

it('says who has begun and not paid, and fills in what is missing of somebody who is here', async () => {
  const { page, desk, told } = on
  const somebody = desk.world.members.find(({ emails }) => emails.length > 0)
  const { name = '', emails: [email = ''] = [] } = somebody ?? {}
  desk.details.asked = { ...desk.details.asked, kinds: { ...desk.details.asked.kinds, emergency: 'required' } }
  await page.goto(`${desk.url}#/sign-up`)
  // The field of this page, which is the last only once it is there.
  await page.getByLabel('First and last name').waitFor()
  await page.getByRole('combobox').last().fill(name)
  await page
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .click()
  await page.getByRole('heading', { name: `What we ask of ${name}` }).waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText('who is to be called in an emergency').waitFor()
  await look(page, 'sign-up-missing')
  // It is at this step also after coming back, by whatever way.
  await page.getByRole('link', { name: 'Sign up' }).click()
  await field(page, 'First and last name').fill('Somebody')
  await field(page, 'Email (if they have one)').fill(email)
  await field(page, 'Call in an emergency').fill('Ben')
  await field(page, 'Their phone').fill('112')
  await page.keyboard.press('Enter')
  const go = page.getByRole('button', { name: `${name} began to sign up on 3 Mar and has not paid: go on.` })
  await go.waitFor()
  await look(page, 'sign-up-begun')
  await go.click()
  await page.getByRole('heading', { name: `What we ask of ${name}` }).waitFor()
  await field(page, 'Call in an emergency').fill('Ben')
  await field(page, 'Their phone').fill('112')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Which plan?' }).or(page.getByText('Which plan?')).first().waitFor()
  expect(heard('signUps.details').at(-1)).toMatchObject({ details: { emergencyName: 'Ben' } })
  expect(told).toEqual([])
})

it('shows a member’s details only when they are opened, changes them, and lets the new waiver be signed by keyboard', async () => {
  const { page, desk, told } = on
  const id = idOf(4)
  desk.details.told.set(id, {
    birthDate: '1990-12-03',
    emergencyName: 'Ben',
    emergencyPhone: '112',
    notes: 'Has a dog.',
  })
  const drawn: [number, number][] = [
    [60, 140],
    [140, 40],
    [220, 150],
    [420, 90],
  ]
  desk.details.signed.set(id, [{ version: '2025-1', at: 0, as: 'guardian', name: 'Ana', strokes: [drawn] }])
  desk.details.waiver = WAIVER
  await page.goto(`${desk.url}#/members/${id}`)
  await page.getByText('Version 2026-1 is in force: let them sign the new one.').waitFor()
  await page.getByText('Emergency contact, birth date, notes').waitFor()
  expect(heard('members.details')).toEqual([])
  expect(await page.locator('main').innerText()).not.toContain('1990')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await page.getByText('3 Dec 1990').waitFor()
  await page.getByRole('img', { name: 'Signature of Ana on waiver 2025-1' }).waitFor()
  await page.getByText('Has a dog.').scrollIntoViewIfNeeded()
  await look(page, 'member-details')
  await page.locator('section', { hasText: 'Has a dog.' }).last().getByRole('button', { name: 'Change' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Their phone').fill('')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('how they are reached in an emergency').waitFor()
  await look(page, 'member-details-edit', '[role=dialog]')
  await dialog.getByLabel('Their phone').fill('113')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('113').waitFor()

  await page.getByRole('button', { name: 'Sign the waiver' }).click()
  await look(page, 'member-waiver', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Type the name instead' }).focus()
  await page.keyboard.press('Enter')
  await dialog.getByText('counts as the signature').waitFor()
  await dialog.getByLabel('Name of whoever signs').press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByText(/Waiver 2026-1 signed today/).waitFor()
  expect(heard('members.signWaiver')).toMatchObject([{ strokes: null, as: 'person' }])
  expect(told).toEqual([])
})

it('lets a manager say what is asked, and puts a waiver in force', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/settings/details`)
  const asked = page.locator('#details')
  await asked.getByLabel('Emergency contact').selectOption({ label: 'Must be told' })
  await asked.getByLabel('Of age with').fill('16')
  await asked.getByRole('button', { name: 'Save' }).click()
  await asked.getByText('Saved').waitFor()
  expect(desk.details.asked).toMatchObject({ ofAge: 16, kinds: { emergency: 'required', email: 'asked' } })
  const waiver = page.locator('#waiver')
  await waiver.getByText('There is no waiver.').waitFor()
  await waiver.getByLabel('Version').fill('2026-1')
  await waiver.getByRole('button', { name: 'Save' }).click()
  await waiver.getByRole('alert').getByText('Write down the text').waitFor()
  await waiver.getByLabel('Text').fill(WAIVER.text)
  await waiver.getByRole('button', { name: 'Save' }).click()
  await waiver.getByText('Version 2026-1 is in force.').waitFor()
  await waiver.getByRole('status').getByText('Saved').waitFor()
  // Put in force in another window while a link is half typed here.
  await waiver.getByLabel('Web address').fill('https://exa')
  desk.details.waiver = { ...WAIVER, version: '2026-2' }
  desk.push('members', {})
  await waiver.getByText('Version 2026-2 is in force.').waitFor()
  expect(await waiver.getByLabel('Version').inputValue()).toBe('2026-2')
  expect(await waiver.getByLabel('Web address').inputValue()).toBe('https://exa')
  await waiver.getByLabel('Web address').fill('')
  await asked.scrollIntoViewIfNeeded()
  await look(page, 'settings-details', '#details')
  await waiver.scrollIntoViewIfNeeded()
  await look(page, 'settings-waiver', '#waiver')
  // Where the inbox leads to, which counts whoever signed an older one.
  await page.goto(`${desk.url}#/members?show=older-waiver`)
  await page.getByRole('link', { name: 'Signed an older waiver' }).waitFor()
  await expect.poll(() => heard('members.list')).toContainEqual(expect.objectContaining({ olderWaiver: true }))
  await page.goto(`${desk.url}#/settings/waiver`)
  await waiver.getByRole('button', { name: 'No waiver any more' }).click()
  await waiver.getByRole('button', { name: 'No waiver any more' }).click()
  await waiver.getByText('There is no waiver.').waitFor()
  expect(told).toEqual([])
})
