// What plans cost and give on the page: the forms with what is wrong beside each field, the template, the check, the panel.
import { expect, it } from 'vitest'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args)

it('gives a plan its price, fee and terms, and says beside a field what cannot be', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/settings/plan-list`)
  await page.getByRole('button', { name: 'What it costs at the desk: Community' }).click()
  const dialog = page.getByRole('dialog', { name: 'What Community costs at the desk' })
  await dialog.getByLabel('Price', { exact: true }).selectOption({ label: '€65.00 a month · Full member' })
  await dialog.getByLabel('Billed').selectOption('first')
  await dialog.getByLabel('Fee on the first bill').selectOption('price_fee')
  await dialog.getByLabel('Name for promotions').fill('full')
  await dialog.getByText('AUTO-FULL in Stripe is taken off').waitFor()
  await dialog.getByLabel('Version of the terms').fill('2026-11')
  await dialog.getByLabel('Each month').fill('65,50')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('has this name for promotions already').waitFor()
  expect(await dialog.getByLabel('Name for promotions').getAttribute('aria-invalid')).toBe('true')
  await look(page, 'plan-costs', '[role=dialog]')
  await dialog.getByLabel('Name for promotions').fill('community')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(heard('plans.setSale').at(-1)).toEqual({
    plan: 'plan-1',
    price: 'price_full',
    fee: 'price_fee',
    anchorDay: 1,
    slug: 'community',
    listed: true,
    termsVersion: '2026-11',
    termsUrl: null,
    termDays: null,
    should: { cost: 6_550, fee: null, currency: 'eur' },
  })
  // What is sold once is good for some days, and has no fee.
  await page.getByRole('button', { name: 'What it costs at the desk: Community' }).click()
  await dialog.getByLabel('Price', { exact: true }).selectOption('price_pass')
  await dialog.getByLabel('Days it is good for').fill('3')
  await dialog.getByText('What is sold once is agreed at the desk').waitFor()
  await look(page, 'plan-sold-once', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(heard('plans.setSale').at(-1)).toMatchObject({ price: 'price_pass', anchorDay: null, termDays: 3 })
  expect(told).toEqual([])
})

it('says what a plan gives, and takes it off and back on the panel', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/settings/plan-list`)
  await page.getByRole('button', { name: 'What it gives: Community' }).click()
  const dialog = page.getByRole('dialog', { name: 'What Community gives' })
  await dialog.getByRole('button', { name: 'Add a line' }).click()
  await dialog.getByLabel('What', { exact: true }).fill('Day passes')
  await dialog.getByLabel('How many').fill('5')
  await dialog.getByRole('button', { name: 'Add a line' }).click()
  await dialog.getByLabel('What', { exact: true }).last().fill('Room credits')
  await dialog.getByLabel('New', { exact: true }).last().selectOption('term')
  await look(page, 'plan-gives', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(heard('plans.setAllowances')).toEqual([
    {
      plan: 'plan-1',
      allowances: [
        { name: 'Day passes', amount: 5, per: 'month' },
        { name: 'Room credits', amount: 1, per: 'term' },
      ],
    },
  ])
  await page.goto(`${desk.url}#/members/${desk.world.members[0]?.id}`)
  await page.getByText('3 of 5 day passes left, new on 1 Dec').waitFor()
  expect(await page.getByRole('button', { name: 'Used one: Room credits' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Used one: Day passes' }).click()
  await page.getByText('2 of 5 day passes left').waitFor()
  await look(page, 'panel-allowances', 'article')
  await page.getByRole('button', { name: 'Give one back: Day passes' }).click()
  await page.getByText('3 of 5 day passes left').waitFor()
  expect(told).toEqual([])
})

it('begins with six plans, and says what is wrong with those that are there', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/settings/plan-list`)
  // Stripe is asked only where somebody wants to know.
  expect(heard('plans.lint')).toEqual([])
  await page.getByRole('button', { name: 'Check the plans' }).click()
  await page.getByText(/should cost €70\.00/).waitFor()
  await look(page, 'plan-check', '#plan-list')
  await page.getByRole('button', { name: 'Create in Stripe: Startup' }).click()
  await page.getByText('give it that permission').waitFor()
  await page.getByRole('button', { name: 'Start from a template' }).click()
  const dialog = page.getByRole('dialog', { name: 'Six plans to begin with' })
  await dialog.getByText('Studio: Creator Pass').waitFor()
  await dialog.getByLabel('Membership terms: address').fill('https://example.org/terms')
  await look(page, 'plan-template', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Make these 6 plans' }).click()
  await dialog.getByText('All six are here.').waitFor()
  await look(page, 'plan-template-made', '[role=dialog]')
  expect(heard('plans.fromTemplate')).toEqual([
    {
      currency: 'EUR',
      terms: { membership: { version: '1', url: 'https://example.org/terms' }, studio: { version: '1' } },
    },
  ])
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'A new plan' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Four hours')
  await page.getByRole('button', { name: 'Make it' }).click()
  await page.getByRole('button', { name: 'What it costs at the desk: Four hours' }).waitFor()
  expect(told).toEqual([])
})

it('agrees on a pass that is sold once, and shows a plan that is not offered to whoever asks', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/sign-up`)
  const { signUp } = await startFor(desk.world.members[1]?.name ?? '')
  await page.goto(`${desk.url}#/sign-up/${signUp}`)
  await page.getByRole('radio', { name: /Four hours/ }).waitFor()
  expect(await page.getByRole('radio', { name: /^Founder/ }).count()).toBe(0)
  await page.getByRole('button', { name: 'Plans for those who ask' }).click()
  await page.getByRole('radio', { name: /^Founder/ }).waitFor()
  await page.getByRole('radio', { name: /Four hours/ }).check()
  await page.getByRole('checkbox', { name: /accepts the terms/ }).check()
  await look(page, 'sign-up-pass')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Agree on it' }).waitFor()
  expect(await page.getByLabel('Amount').inputValue()).toBe('15')
  await look(page, 'sign-up-pass-pay')
  await page.getByRole('button', { name: 'Agree on it' }).click()
  await page.getByText('It is agreed').waitFor()
  expect(heard('signUps.agree')[0]).toMatchObject({ way: 'cash', amount: { minor: 1_500, currency: 'eur' } })
  // What is sold once has no bill to ask for.
  expect(heard('signUps.bill')).toEqual([])
  expect(told).toEqual([])
})

/** Somebody who is here begins, by a few keys. */
async function startFor(name: string): Promise<{ signUp: string }> {
  const { page } = on
  await page
    .getByRole('combobox')
    .last()
    .fill(name.split(' ')[0] ?? '')
  await page
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .click()
  await page.getByRole('heading', { name: `Sign up ${name}` }).waitFor()
  return { signUp: on.desk.signUps.open[0]?.id ?? '' }
}
