// A sign-up without a network on the page: the provisional card that is offered and given, and what waits afterwards on the
// desk; a link by mail; a receipt on paper.
import { expect, it } from 'vitest'
import { linkWords, provisionalWords } from '../../src/main/domain/sign-up-en.ts'
import type { SignUp } from '../../src/preload/shapes-sign-up.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args)

function goOn(news: Partial<SignUp>): void {
  const { signUps } = on.desk
  signUps.open = signUps.open.map((one, n) => (n === 0 ? { ...one, ...news } : one))
  on.desk.push('signUps', {})
}

const signUp = (world: { iso(days: number): string; members: { id: string; name: string }[] }): SignUp => {
  const { id = '', name = '' } = world.members[3] ?? {}
  return {
    id: 'sign-up-1',
    step: 'summary',
    startedAt: world.iso(0),
    by: 'owner',
    member: { id, name },
    has: [],
    plan: { id: 'plan-full', name: 'Full member' },
    quantity: 1,
    code: null,
    terms: { version: '2026-01', by: name, at: world.iso(0) },
    bill: null,
    way: null,
    doing: null,
    fault: null,
    page: null,
    provisional: {
      given: false,
      until: world.iso(7),
      sentence: provisionalWords.offer(['Front door', 'Workshop'], '3 March'),
    },
    paid: null,
    receipt: null,
    card: null,
  }
}

it('offers a provisional card, says that it is not paid, and waits on the desk; then a link by mail, and a paper receipt', async () => {
  const { page, desk, told } = on
  desk.signUps.open = [signUp(desk.world)]
  await page.goto(`${desk.url}#/sign-up/sign-up-1`)
  await page.getByText('A provisional card opens Front door and Workshop until 3 March').waitFor()
  await look(page, 'sign-up-offline')
  await page.getByRole('button', { name: 'Give a provisional card' }).click()
  await page.getByText('Not paid yet: this card opens Front door until 3 March.').waitFor()
  await page
    .getByRole('button', { name: 'Enrol their card' })
    .or(page.getByText(/^Their card: /))
    .waitFor()
  expect(await page.getByText(/It is paid|is a member/).count()).toBe(0)
  await look(page, 'sign-up-provisional')
  expect(heard('signUps.provisional')).toEqual([{ id: 'sign-up-1' }])

  desk.knobs.waiting = { unpaid: 1, handOver: 1, cash: 3 }
  desk.push('members', {})
  await page.getByRole('link', { name: 'Desk' }).click()
  await page.getByRole('link', { name: /provisional card not paid yet/ }).waitFor()
  expect(await page.getByRole('link', { name: /card to hand over/ }).isVisible()).toBe(true)
  expect(await page.getByRole('link', { name: /3 cash payments: close the shift/ }).isVisible()).toBe(true)
  await look(page, 'desk-to-do-money', '[aria-labelledby=todo-title]')
  await page.getByRole('link', { name: /provisional card not paid yet/ }).click()
  await page.getByText('Not paid yet: this card opens Front door').waitFor()
  await look(page, 'sign-up-waiting')
  await page.getByRole('link', { name: /Go on with/ }).click()

  await page.getByRole('button', { name: 'Send the link by mail' }).click()
  await expect.poll(() => heard('signUps.pay')).toEqual([{ id: 'sign-up-1', way: 'link' }])
  goOn({ way: 'link', doing: linkWords.waiting, provisional: null })
  await page.getByText('A link was mailed.').waitFor()
  await look(page, 'sign-up-link')
  goOn({ doing: null, step: 'card', paid: 'paid', receipt: 'cash-1' })
  await page.getByRole('link', { name: 'Print the receipt' }).waitFor()
  await look(page, 'sign-up-paid-by-link')
  await page.getByRole('link', { name: 'Print the receipt' }).click()
  await page.getByText(/^Received from /).waitFor()
  expect(told).toEqual([])
})
