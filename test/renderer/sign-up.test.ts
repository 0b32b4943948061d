// Signing somebody up on the page: from the name to the card, at the card reader, on Stripe's page, at the desk.
import { expect, it } from 'vitest'
import type { SignUp } from '../../src/preload/shapes-sign-up.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args)

/** What the desk's runner would have written meanwhile. */
function goOn(news: Partial<SignUp>): void {
  const { signUps } = on.desk
  signUps.open = signUps.open.map((one, n) => (n === 0 ? { ...one, ...news } : one))
  on.desk.push('signUps', {})
}

it('goes from the name to the card in a few clicks, and says what the card reader does', async () => {
  const { page, told } = on
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByText('Nobody is in the middle of signing up').waitFor()
  await look(page, 'sign-up-start')
  await page.getByLabel('First and last name').fill('Rosa Neumann')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Sign up Rosa Neumann' }).waitFor()
  await page.getByRole('radio', { name: /Full member/ }).check()
  await page.getByRole('checkbox', { name: /Rosa Neumann accepts the terms/ }).check()
  await look(page, 'sign-up-plan')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText('€43.50').waitFor()
  await page.getByText('Then €65.00 on').waitFor()
  await look(page, 'sign-up-pay')
  expect(await page.getByRole('button', { name: /Workshop, switched off/ }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Card reader: Front desk' }).click()
  await page.getByText('Waiting for the card at the reader').waitFor()
  await look(page, 'sign-up-reader')
  goOn({
    doing: null,
    fault:
      'The card was not taken, and nothing was charged: not enough money on the account; another try may go through.',
  })
  await page.getByRole('alert').getByText('nothing was charged').waitFor()
  await look(page, 'sign-up-declined')
  await page.getByRole('button', { name: 'Card reader: Front desk' }).click()
  await page.getByText('Waiting for the card at the reader').waitFor()
  goOn({ doing: null, step: 'card', paid: 'paid' })
  await page.getByText('It is paid').waitFor()
  await look(page, 'sign-up-card')
  await page
    .getByRole('button', { name: 'Without a card for now' })
    .or(page.getByRole('button', { name: 'Finish' }))
    .click()
  await page.getByText('Rosa Neumann is a member').waitFor()
  expect(heard('signUps.terms')).toEqual([{ id: 'sign-up-1', version: '2026-01', by: 'Rosa Neumann' }])
  expect(told).toEqual([])
})

it('goes to the question whether somebody is here already', async () => {
  const { page, desk, told } = on
  await page.setViewportSize({ width: 900, height: 600 })
  await page.goto(`${desk.url}#/sign-up`)
  await page.getByLabel('First and last name').fill('Rosa Neumann')
  await page.getByLabel('Email (if they have one)').fill(desk.world.members[0]?.emails[0] ?? '')
  await page.keyboard.press('Enter')
  const question = page.getByRole('group', { name: 'Is it one of these?' })
  await expect.poll(() => question.evaluate((one) => one === document.activeElement)).toBe(true)
  await expect.poll(() => question.evaluate((one) => one.getBoundingClientRect().bottom <= innerHeight)).toBe(true)
  await page.setViewportSize({ width: 1440, height: 900 })
  await look(page, 'sign-up-alike')
  // A second Enter chooses nobody.
  await page.keyboard.press('Enter')
  expect(heard('signUps.start').length).toBe(1)
  await page.getByRole('button', { name: 'No, someone new' }).click()
  await page.getByRole('heading', { name: 'Sign up Rosa Neumann' }).waitFor()
  expect(told).toEqual([])
})

it('asks before it sells somebody a plan that they have already', async () => {
  const { page, desk, told } = on
  const ada = desk.world.members.find(({ standing, plans }) => standing === 'current' && plans.includes('Full member'))
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByLabel('First and last name').fill(ada?.name ?? '')
  await page.getByLabel('Email (if they have one)').fill(ada?.emails[0] ?? '')
  await page.keyboard.press('Enter')
  await page.getByRole('group', { name: 'Is it one of these?' }).getByRole('button').first().click()
  await page.getByText(/has Full member already, paid to 3 Dec\. To renew or change it, use their page/).waitFor()
  await page.getByRole('radio', { name: /Full member/ }).check()
  await page.getByRole('checkbox', { name: /accepts the terms/ }).check()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('alert').getByText('has Full member already, paid to 3 Dec.').waitFor()
  await look(page, 'sign-up-held')
  // Another plan is no second one.
  const second = page.getByRole('checkbox', { name: 'This is a second one' })
  await second.check()
  await page.getByRole('radio', { name: /Night & weekend/ }).check()
  await second.waitFor({ state: 'detached' })
  await page.getByRole('radio', { name: /Full member/ }).check()
  await page.getByRole('button', { name: 'Next' }).click()
  await second.check()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText('Then €65.00 on').waitFor()
  expect(heard('signUps.plan').map((args) => (args as { again?: boolean }).again)).toEqual([false, false, true])
  expect(told).toEqual([])
})

it('goes on where it stopped: Stripe’s page as a code to scan, then cash after all', async () => {
  const { page, desk, told } = on
  await page.getByRole('link', { name: 'Sign up' }).click()
  // The field of this page, which is the last only once it is there.
  await page.getByText('Nobody is in the middle of signing up').waitFor()
  const somebody = desk.world.members[0]
  await page
    .getByRole('combobox')
    .last()
    .fill(somebody?.name.split(' ')[0] ?? '')
  await page
    .getByRole('option', { name: new RegExp(somebody?.name ?? '') })
    .first()
    .click()
  await page.getByRole('radio', { name: /Night/ }).check()
  await page.getByRole('checkbox', { name: /accepts the terms/ }).check()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: /Stripe’s page/ }).click()
  await page.getByText('They scan this with their phone').waitFor()
  await look(page, 'sign-up-page')
  // Leaving it loses nothing.
  await page.getByRole('link', { name: 'Desk' }).click()
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByRole('link', { name: new RegExp(`Go on with ${somebody?.name}`) }).click()
  await page.getByText('They scan this with their phone').waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByText('nothing was charged').waitFor()
  await page.getByRole('button', { name: 'Cash, invoice or company' }).click()
  await expect.poll(() => page.getByLabel('Amount').inputValue()).toBe('43.50')
  await look(page, 'sign-up-cash')
  await page.getByLabel('Amount').fill('')
  await page.keyboard.press('Enter')
  await page.getByText('€43.50 is due. Agree on it without taking money?').waitFor()
  await look(page, 'sign-up-cash-none')
  await page.getByLabel('Amount').fill('20')
  await page.getByText('€43.50 is due. Agree on it with €20.00?').waitFor()
  await page.getByRole('button', { name: 'Back' }).click()
  expect(heard('signUps.agree')).toEqual([])
  await page.getByLabel('Amount').fill('45')
  await page.getByRole('button', { name: 'Agree on it' }).click()
  await page.getByText('It is agreed').waitFor()
  expect(heard('signUps.agree')[0]).toMatchObject({
    way: 'cash',
    // What is due pays to the day before it would be due again.
    until: '2026-12-31',
    amount: { minor: 4500, currency: 'eur' },
  })
  expect(told).toEqual([])
})
