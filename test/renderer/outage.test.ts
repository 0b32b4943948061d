// The page while Stripe is out of reach, and while a door wants to be looked at.
import { expect, it } from 'vitest'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()

function unreachable(hours: number): void {
  const offlineSince = new Date(Date.now() - hours * 3_600_000).toISOString()
  on.desk.setLamps((lamps) => ({
    ...lamps,
    sync: { ...lamps.sync, phase: 'offline', offlineSince, error: 'Stripe cannot be reached.' },
  }))
}

it('says when the first members will be refused and how many, in public without a name; whom, behind a click', async () => {
  const { page, desk, told } = on
  unreachable(3)
  const strip = page.getByRole('status').filter({ hasText: 'Stripe unreachable for 3 h.' })
  await strip.getByText('(4 people)').waitFor()
  expect(await strip.innerText()).toMatch(
    /The first members will be refused (tomorrow|\w{3}) \d\d:\d\d, in 2 d [345] h \(4 people\)\./,
  )
  await look(page, 'outage-strip')
  await strip.getByRole('button', { name: 'See whom' }).click()
  const dialog = page.getByRole('dialog', { name: 'Who will be refused, and when?' })
  await dialog.getByText('Maximiliane von der Hohenstein-Brandt').waitFor()
  await dialog.getByText('at Workshop').waitFor()
  await dialog.getByText('1,204 people').waitFor()
  await look(page, 'outage-whom', '[role=dialog]')

  await dialog.getByRole('button', { name: 'Extend until…' }).click()
  await dialog.getByLabel('Last day').fill('2020-01-01')
  await dialog.getByLabel('Why').fill('the bank has called')
  await dialog.getByRole('button', { name: 'Extend', exact: true }).click()
  await dialog.getByText('That moment is over').waitFor()
  await look(page, 'outage-extend', '[role=dialog]')
  await dialog.getByLabel('Last day').fill('2030-01-20')
  await dialog.getByLabel('Where').selectOption('Workshop')
  await dialog.getByRole('button', { name: 'Extend', exact: true }).click()
  await dialog.getByText('Extended until 20 Jan 2030 at Workshop').waitFor()
  await dialog.getByText('Nobody, as far as can be seen.').waitFor()
  await look(page, 'outage-extended', '[role=dialog]')
  expect(desk.heard.findLast(({ name }) => name === 'outage.extend')?.args).toEqual({
    door: 'workshop',
    until: '2030-01-20',
    why: 'the bank has called',
  })
  await dialog.getByRole('button', { name: 'End it' }).click()
  await expect.poll(() => dialog.getByText('Extended until').count()).toBe(0)
  await page.keyboard.press('Escape')
  await strip.getByText('Doors go on with what was read before.').waitFor()
  expect(told).toEqual([])
})

it('says how many are refused already, and tells when the moment of the forecast has come', async () => {
  const { page, desk, told } = on
  const { forecast } = desk.outage
  forecast.refused = { count: 2, people: forecast.first?.people.slice(0, 2) ?? [] }
  forecast.first = { ...forecast.first, count: 2, people: [], at: new Date(Date.now() + 1_500).toISOString() }
  unreachable(200)
  await page.getByText('2 people are refused now, because nobody can see whether they paid.').waitFor()
  await page.getByText('The next will be refused').waitFor()
  await look(page, 'outage-refused', '[role=status]')
  const asked = () => desk.heard.filter(({ name }) => name === 'outage.forecast').length
  const before = asked()
  await page.waitForTimeout(1_600)
  // New lamps bring a new present.
  unreachable(200)
  await expect.poll(asked).toBeGreaterThan(before)
  await page.getByRole('button', { name: 'See whom' }).click()
  await page.getByRole('dialog').getByText('Refused already').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Maximiliane von der Hohenstein-Brandt' }).click()
  await page
    .locator('[data-panel]')
    .getByRole('heading', { name: /Maximiliane/ })
    .waitFor()
  expect(told).toEqual([])
})

it('keeps how long a door goes on without Stripe', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/doors`)
  const door = page.locator('[data-door=workshop]')
  await door.getByText('the payment method’s grace').waitFor()
  await door.getByRole('button', { name: /^Change how long/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('For a time of this door’s own').check()
  await dialog.getByRole('spinbutton').fill('2')
  await look(page, 'door-allowance', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await door.getByText('2 days').waitFor()
  await look(page, 'doors-allowance')
  expect(told).toEqual([])
})

it('tells of a door that was opened without a card until somebody has seen it', async () => {
  const { page, desk, told } = on
  const { outage, world } = desk
  outage.alarms = [outage.alarm(0, 'forced', 4), outage.alarm(1, 'open-too-long', 12)]
  desk.push('feed', { ...world.swipe(500, Date.now(), null, 'note'), event: 'forced' })
  const alarms = page.locator('[data-alarm]')
  await expect.poll(() => alarms.count()).toBe(2)
  expect(await alarms.first().innerText()).toMatch(
    /^Front door was opened though nobody had been let in, .*\d\d:\d\d\. Look whether it is shut\./,
  )
  // It is no person who should come to the desk.
  expect(await page.locator('[data-refusal]').count()).toBe(0)
  await look(page, 'alarms')
  outage.alarms = [...outage.alarms, outage.alarm(0, 'events-lost', 2), outage.alarm(1, 'power-on', 1)]
  await page.getByRole('button', { name: /^Seen: Front door was opened/ }).click()
  await expect.poll(() => alarms.count()).toBe(3)
  await look(page, 'alarms-more', '[aria-labelledby=todo-title]')
  expect(desk.heard.find(({ name }) => name === 'doors.seen')?.args).toEqual({ door: 'front', kind: 'forced' })
  expect(told).toEqual([])
})
