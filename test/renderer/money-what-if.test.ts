// "What if" on the page: a rule is tried, stopped, changes something or nothing; and one person at one door at one moment.
import { expect, it } from 'vitest'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const asked = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args as object)

async function open(): Promise<void> {
  await on.page.goto(`${on.desk.url}#money/what-if`)
  await on.page.getByRole('heading', { name: 'What if the rule were another?' }).waitFor()
}

it('tries a rule with its progress, can be stopped, and lists whom it would have treated differently', async () => {
  const { page, desk, told } = on
  await open()
  await page.getByText('now 14').waitFor()
  await page.getByLabel('Grace for cards').fill('12')
  await page.getByText('instead of 7').waitFor()
  desk.whatIf.hold = true
  await page.keyboard.press('Enter')
  await expect.poll(() => asked('whatIf.replay').length).toBe(1)
  const [first] = asked('whatIf.replay') as [{ id: string }]
  expect(first).toEqual({ id: first.id, days: 90, change: { graceDays: { card: 12 } } })
  desk.push('report.progress', { id: 'of another screen', done: 9, of: 9 })
  desk.push('report.progress', { id: first.id, done: 1_200, of: 4_318 })
  await page.getByText('1,200 of 4,318 swipes').waitFor()
  expect(await page.getByRole('progressbar', { name: 'Trying the rule' }).getAttribute('aria-valuenow')).toBe('28')
  await look(page, 'money-what-if-trying')
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect.poll(() => page.getByRole('progressbar').count()).toBe(0)
  expect(asked('whatIf.stop')).toHaveLength(1)

  desk.whatIf.hold = false
  desk.whatIf.unknown = 7
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('3 people would have been let in 16 times more').waitFor()
  await page.getByText('Nobody would have been refused').waitFor()
  await page.getByText('7 swipes cannot be decided anew:').waitFor()
  await page.getByText('Tried: cards 12 days of grace.').waitFor()
  await look(page, 'money-what-if-result')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.locator('[data-panel]').getByRole('heading', { level: 2 }).first().waitFor()
  await page.keyboard.press('Escape')
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).click()
  expect((await saved).suggestedFilename()).toBe('what-if.csv')
  expect(asked('whatIf.csv')).toEqual([{ days: 90, change: { graceDays: { card: 12 } } }])

  await page.getByRole('button', { name: 'As it is now' }).click()
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('This changes nothing.').waitFor()
  await look(page, 'money-what-if-nothing')
  expect(await page.getByRole('link', { name: 'Change the setting' }).getAttribute('href')).toBe('#/settings/access')
  await page.getByRole('button', { name: /Try 9 days/ }).click()
  await page.getByText('3 people would have been let in 16 times more').waitFor()
  expect(asked('whatIf.replay').at(-1)).toMatchObject({ change: { graceDays: { card: 9 } } })
  expect(told).toEqual([])
})

it('asks only for what is changed, also of pauses, old data and hours', async () => {
  const { page, told } = on
  await open()
  await page.getByText('Pauses, old data, hours').click()
  await page.getByLabel('Old data lasts').fill('2')
  await page.getByLabel('At', { exact: true }).selectOption('Workshop')
  await page.getByLabel('Plan', { exact: true }).selectOption({ index: 1 })
  await page.getByLabel('Opens').selectOption('Workshop')
  await page.getByRole('checkbox', { name: /runs to the end of its last day/ }).uncheck()
  await page.getByRole('group', { name: 'Doors stay open during' }).getByRole('checkbox').first().check()
  await page.getByLabel('Look back').selectOption('30')
  await look(page, 'money-what-if-more')
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('This changes nothing.').waitFor()
  expect(asked('whatIf.replay').at(-1)).toMatchObject({
    days: 30,
    change: {
      endOfDay: false,
      pauseOpens: { collection: true },
      allowance: { door: 'workshop', days: 2 },
      planHours: { door: 'workshop', schedule: null },
    },
  })
  expect((asked('whatIf.replay').at(-1) as { change: object }).change).not.toHaveProperty('graceDays')
  expect(told).toEqual([])
})

it('says whether somebody could come in at a moment, and why', async () => {
  const { page, told } = on
  await open()
  const form = page.getByRole('region', { name: 'Could they come in?' })
  const name = on.desk.world.members[2]?.name ?? ''
  await form.getByRole('combobox', { name: 'Person' }).fill(name.slice(0, 5))
  await form.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await form.getByRole('combobox', { name: 'Door' }).selectOption('Workshop')
  await form.getByLabel('Day').fill('2025-03-03')
  await form.getByLabel('Time').fill('21:00')
  await form.getByRole('button', { name: 'Ask', exact: true }).click()
  await form.getByText('could come in. Payment of €45.00 is late').waitFor()
  await form.getByText('The log says otherwise').waitFor()
  await form.getByText('What the answer stands on').click()
  await form.getByText('Full member').waitFor()
  await look(page, 'money-what-if-could')
  expect(asked('whatIf.could')).toMatchObject([{ door: 'workshop', at: '2025-03-03T21:00' }])
  await form.getByLabel('Day').fill('2031-03-03')
  await form.getByRole('button', { name: 'Ask', exact: true }).click()
  await form.getByText('By what is known now').waitFor()
  await form.getByRole('button', { name: /^Open / }).click()
  await page.locator('[data-panel]').waitFor()
  expect(told).toEqual([])
})
