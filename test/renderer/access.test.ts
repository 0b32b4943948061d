// Who may open what and when, on screen: plans with hours at a door, what a door is, groups, inductions, hours, holidays.
import { expect, it } from 'vitest'
import { takePictures } from './browser.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.findLast((one) => one.name === name)?.args

it('gives a plan hours at one door, and asks for an induction there', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/doors`)
  const workshop = page.locator('[data-door=workshop]')
  await workshop.getByText('Mon–Fri 08:00–18:00, Sat 10:00–16:00').waitFor()
  await workshop.getByText('Asks for Laser cutter · In the group Machines').waitFor()
  await page.getByRole('button', { name: 'Change which plans open Workshop' }).click()
  const dialog = page.getByRole('dialog', { name: 'Who may open Workshop?' })
  await dialog.getByRole('checkbox', { name: /Night owl/ }).check()
  await dialog.getByLabel('Hours of Night owl here').selectOption('Nights and weekends')
  await dialog.getByText('Mon–Fri 18:00–06:00, Sat–Sun all day').waitFor()
  await dialog.getByRole('checkbox', { name: 'Kiln' }).check()
  await look(page, 'access-plans', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await workshop.getByText('Asks for Laser cutter, Kiln').waitFor()
  expect(heard('doors.setPlans')).toEqual({
    id: 'workshop',
    plans: [
      { plan: 'plan-0', hours: 'hours-day' },
      { plan: 'plan-4', hours: null },
      { plan: 'plan-2', hours: 'hours-night' },
    ],
  })
  expect(heard('doors.setInductions')).toEqual({ id: 'workshop', inductions: ['induction-1', 'induction-2'] })
  expect(told).toEqual([])
})

it('says which way a door goes, and is told what is missing before nobody comes in twice', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/doors`)
  await page.getByRole('button', { name: 'Details of Front door' }).click()
  const front = page.getByRole('dialog', { name: 'About Front door' })
  await front.getByRole('checkbox', { name: /Let nobody in twice/ }).check()
  await front.getByRole('button', { name: 'Save' }).click()
  await front.getByText('Nobody is seen to leave yet').waitFor()
  await look(page, 'access-details', '[role=dialog]')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Details of Workshop' }).click()
  const workshop = page.getByRole('dialog', { name: 'About Workshop' })
  await workshop.getByRole('radio', { name: /on the way out/ }).check()
  await workshop.getByLabel('Unlocks for').fill('8')
  await workshop.getByRole('button', { name: 'Save' }).click()
  await page.locator('[data-door=workshop]').getByText('Every card: nobody is kept from leaving.').waitFor()
  expect(heard('doors.set')).toMatchObject({ openMs: 8_000, direction: 'out', antiPassback: false, format: null })
  await takePictures(page, 'access-way-out')
  expect(told).toEqual([])
})

it('keeps groups of doors and inductions', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/doors`)
  await page.getByRole('button', { name: 'New group' }).click()
  const dialog = page.getByRole('dialog', { name: 'A group of doors' })
  await dialog.getByLabel('Name').fill('Whole house')
  await dialog.getByRole('checkbox', { name: 'Front door' }).check()
  await dialog.getByRole('checkbox', { name: /Community/ }).check()
  await takePictures(page, 'access-group')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(() => heard('groups.save'))
    .toEqual({
      name: 'Whole house',
      doors: ['front'],
      plans: [{ plan: 'plan-1', hours: null }],
    })
  await page.getByRole('button', { name: 'Remove Whole house' }).click()
  await page
    .getByRole('group', { name: /^Remove Whole house/ })
    .getByRole('button', { name: 'Remove' })
    .click()
  await expect.poll(() => heard('groups.remove')).toEqual({ id: 'group-2' })
  await expect.poll(() => page.locator('li:focus, h2:focus').count()).toBe(1)
  await page.getByRole('button', { name: 'Remove Laser cutter' }).click()
  await page
    .getByRole('group', { name: /^Remove Laser/ })
    .getByRole('button', { name: 'Remove' })
    .click()
  await page.getByText('Workshop asks for it: take it off there first.').waitFor()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByText('Fill this in first.').waitFor()
  await takePictures(page, 'access-induction-missing')
  await page.getByRole('textbox', { name: 'Name' }).fill('Lathe')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByText('Lathe').waitFor()
  await look(page, 'access-lists', 'main')
  expect(told).toEqual([])
})

it('writes hours as days and times, and holidays; a plan goes by them', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/settings/hours`)
  const part = page.getByRole('region', { name: 'Hours and holidays' })
  await part.getByText('For the plan Community, the door Workshop').waitFor()
  await part.getByRole('button', { name: 'New hours' }).click()
  const dialog = page.getByRole('dialog', { name: 'Hours' })
  await dialog.getByLabel('Name').fill('Late')
  await dialog.getByRole('button', { name: 'Wednesday' }).click()
  await dialog.getByLabel('From').fill('nine')
  await dialog.getByRole('button', { name: 'Add more hours' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('Write hours as 09:00 or 17:30.').waitFor()
  await look(page, 'access-hours', '[role=dialog]')
  await dialog.getByLabel('From').first().fill('12:00')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await part.getByText('Late', { exact: true }).waitFor()
  expect(heard('hours.save')).toEqual({
    name: 'Late',
    windows: [
      { days: [1, 2, 4, 5], from: '12:00', to: '18:00' },
      { days: [3, 6, 7], from: '10:00', to: '16:00' },
    ],
  })
  await part.getByLabel('Day', { exact: true }).fill('2030-05-01')
  await part.getByRole('button', { name: 'Add', exact: true }).click()
  await part.getByText('Fill this in first.').waitFor()
  await takePictures(page, 'access-holiday-missing')
  await page.keyboard.type('Labour Day')
  await part.getByRole('button', { name: 'Add', exact: true }).click()
  await part.getByText(/^Wed,? 1 May 2030/).waitFor()
  // The one that is over is kept, and out of sight.
  expect(heard('holidays.set')).toMatchObject({ holidays: [{ name: 'New Year' }, {}, { day: '2030-05-01' }] })
  expect(await part.getByText('New Year').count()).toBe(0)
  await look(page, 'access-settings', '#hours')
  await page.getByRole('button', { name: 'Change: Community' }).click()
  await page.getByLabel('Visits').fill('10')
  await page.getByLabel('Counted').selectOption('per term')
  await takePictures(page, 'access-plan')
  await page.locator('#plan-list').getByRole('button', { name: 'Save' }).click()
  await page.getByText('10 visits a term').waitFor()
  expect(heard('plans.save')).toMatchObject({ hours: 'hours-day', visits: 10, visitsPer: 'term' })
  expect(told).toEqual([])
})
