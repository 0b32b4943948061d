// Devices at doors on the page: adding one, taking it over, the door doctor.
import { expect, it } from 'vitest'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.findLast((one) => one.name === name)?.args

const board = (id: string, device: Partial<NonNullable<(typeof on.desk.world.doors)[number]['device']>>) => {
  const door = on.desk.world.doors.find((one) => one.id === id)
  if (door === undefined) throw new Error(`No door ${id}`)
  door.driver = 'uhppote'
  door.device = { adopted: true, otherDesk: null, toRemove: 0, since: null, inHours: 0, ...device }
}

it('adds a board by what stands on its label', async () => {
  const { page, told } = on
  await page.goto(`${on.desk.url}#/doors`)
  await page.getByRole('button', { name: 'Add a door' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /UHPPOTE/ }).check()
  await dialog.getByLabel('Name').fill('Gate')
  await dialog.getByLabel('Id', { exact: true }).fill('gate')
  await dialog.getByLabel('Address of the board').fill('192.168.1.50')
  await dialog.getByLabel('Serial number').fill('405419896')
  await dialog.getByLabel('Which of its doors').selectOption('2')
  await look(page, 'door-add-board', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  const args = { id: 'gate', driver: 'uhppote', name: 'Gate', address: '192.168.1.50', serial: 405419896, output: 2 }
  await expect.poll(() => heard('doors.add')).toEqual(args)
  await dialog.waitFor({ state: 'hidden' })
  expect(told).toEqual([])
})

it('shows what a board holds before it is taken over, and names the other desk', async () => {
  const { page, told } = on
  board('workshop', { adopted: false })
  await page.goto(`${on.desk.url}#/doors`)
  const door = page.locator('[data-door=workshop]')
  await door.getByText('it does not listen to the desk until it is taken over').waitFor()
  expect(await door.getByRole('button', { name: /Lock down|Hold open/ }).count()).toBe(0)
  await door.getByRole('button', { name: 'Take over…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('3 cards of nobody here: taken off').waitFor()
  await dialog.getByText('2 cards that it does not hold yet: put on').waitFor()
  await look(page, 'door-adopt', '[role=dialog]')
  // What is shown is what it holds now, also the second time.
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await door.getByRole('button', { name: 'Take over…' }).click()
  await expect.poll(() => on.desk.heard.filter(({ name }) => name === 'doors.adoption').length).toBe(2)
  await dialog.getByRole('button', { name: 'Take over and put 192.168.1.20:60001 aside' }).click()
  await expect.poll(() => heard('doors.adopt')).toEqual({ id: 'workshop', replace: '192.168.1.20:60001' })
  await door.getByText('Only looked at so far').waitFor({ state: 'hidden' })
  await door.getByRole('button', { name: 'Lock down' }).waitFor()
  expect(told).toEqual([])
})

it('asks what becomes of people with hours where a box knows none', async () => {
  const { page, told } = on
  board('workshop', { inHours: 4 })
  await page.goto(`${on.desk.url}#/doors`)
  const door = page.locator('[data-door=workshop]')
  await door.getByText('4 people come in certain hours only').waitFor()
  await door.getByRole('button', { name: 'Leave them off' }).click()
  await expect.poll(() => heard('doors.setDeviceHours')).toEqual({ id: 'workshop', hours: 'leave-off' })
  expect(told).toEqual([])
})

it('says in the door doctor what a board still opens for, by name, and opens a door once', async () => {
  const { page, told } = on
  board('workshop', { toRemove: 2, since: new Date(Date.now() - 3_600_000).toISOString() })
  await page.goto(`${on.desk.url}#/doors`)
  await page.getByRole('link', { name: 'Door doctor' }).click()
  const door = page.locator('[data-door=workshop]')
  await door.getByText('It still opens for 2 cards').waitFor()
  await door.getByText('reported lost').first().waitFor()
  await door.getByText('Fewer than two people hold its key').waitFor()
  await look(page, 'door-doctor')
  await door.getByRole('button', { name: 'Open once' }).click()
  await door.getByRole('button', { name: 'Open it' }).click()
  await door.getByText('It was opened.').waitFor()
  expect(heard('doors.open')).toEqual({ id: 'workshop' })
  expect(told).toEqual([])
})

it('names the door that still opens for a lost card, beside that card', async () => {
  const { page, told } = on
  await page.goto(`${on.desk.url}#/members/${on.desk.world.members[7]?.id}`)
  await page.getByText('Side gate still opens for this card').waitFor()
  await look(page, 'card-still-opens')
  expect(told).toEqual([])
})
