// Mail on the page: set up, tested, switched off; and mail that did not go, in Settings and in the inbox.
import { expect, it } from 'vitest'
import { takePictures } from './browser.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args)

it('is set up, tested and switched off in Settings, and shows what has not gone', async () => {
  const { page, desk, told } = on
  const mail = page.locator('#mail')
  await page.goto(`${desk.url}#/settings/mail`)
  await mail.getByText('The demo sends no mail').waitFor()
  expect(await mail.getByRole('button').count()).toBe(0)
  desk.knobs.demo = false
  await page.reload()
  await mail.getByText('No mail is set up').waitFor()
  await look(page, 'mail-off', '#mail')

  await mail.getByLabel('Mail server').fill('smtp.example.org')
  await mail.getByLabel('Protection').selectOption('tls')
  expect(await mail.getByLabel('Port', { exact: true }).inputValue()).toBe('465')
  await mail.getByLabel('User name').fill('desk')
  await mail.getByLabel('Password').fill('correct horse')
  await mail.getByLabel('Sender’s name').fill('Holzmarkt Makerspace')
  await mail.getByLabel('Sender’s address').fill('desk')
  await mail.getByLabel('Staff who get a note').fill('board@example.org; rosa@example.org')
  await mail.getByLabel('Staff who get a note').press('Enter')
  await mail.getByRole('alert').getByText('"desk" is no sender address').waitFor()
  await mail.getByLabel('Sender’s address').fill('desk@example.org')
  await mail.getByRole('button', { name: 'Save' }).click()
  await mail.getByText('One is kept').waitFor()
  expect(heard('mail.set').at(-1)).toEqual({
    host: 'smtp.example.org',
    port: 465,
    security: 'tls',
    user: 'desk',
    password: 'correct horse',
    senderName: 'Holzmarkt Makerspace',
    senderAddress: 'desk@example.org',
    staff: ['board@example.org', 'rosa@example.org'],
  })
  // It is nowhere on the page any more.
  expect(await mail.getByLabel('Password').inputValue()).toBe('')
  expect(await page.content()).not.toContain('correct horse')
  // What another window sets shows, and what is half typed here stays.
  await mail.getByLabel('Sender’s name').fill('The front de')
  const { settings } = desk.post.state
  if (settings !== null) desk.post.state = { ...desk.post.state, settings: { ...settings, host: 'smtp2.example.org' } }
  desk.push('members', {})
  await expect.poll(() => mail.getByRole('textbox', { name: 'Mail server' }).inputValue()).toBe('smtp2.example.org')
  expect(await mail.getByLabel('Sender’s name').inputValue()).toBe('The front de')

  desk.post.working = false
  await mail.getByRole('button', { name: 'Send a test mail' }).click()
  await mail.getByRole('alert').getByText('refused our user name or password').waitFor()
  await look(page, 'mail-on', '#mail')
  desk.post.working = true
  await mail.getByLabel('Send the test to').fill('me@example.org')
  await mail.getByLabel('Send the test to').press('Enter')
  await mail.getByRole('status').getByText('took a test mail for me@example.org').waitFor()
  expect(heard('mail.test')).toEqual([{}, { to: 'me@example.org' }])

  const lines = mail.locator('[data-mail]')
  expect(await lines.count()).toBe(4)
  expect(await lines.last().getByRole('button').count()).toBe(0)
  await mail.getByRole('button', { name: /^It arrived: The receipt/ }).click()
  await expect.poll(() => lines.count()).toBe(3)
  await mail.getByRole('button', { name: /^Send again: The welcome/ }).click()
  await expect.poll(() => lines.count()).toBe(2)
  await mail.getByRole('button', { name: /^Told them: / }).click()
  await expect.poll(() => lines.count()).toBe(1)
  expect(heard('outbox.putAside')).toEqual([{ id: 'mail-2', arrived: true }, { id: 'mail-5' }])
  expect(heard('outbox.retry')).toEqual([{ id: 'mail-3' }])
  await lines.last().scrollIntoViewIfNeeded()
  await takePictures(page, 'mail-outbox')

  await mail.getByRole('button', { name: 'Switch mail off' }).click()
  await mail.getByRole('group', { name: /never sent/ }).waitFor()
  await look(page, 'mail-switch-off', '#mail')
  await page.keyboard.press('Escape')
  await mail.getByRole('group').waitFor({ state: 'detached' })
  await mail.getByRole('button', { name: 'Switch mail off' }).click()
  await mail.getByRole('group').getByRole('button', { name: 'Switch mail off' }).click()
  await mail.getByText('No mail is set up').waitFor()
  expect(told).toEqual([])
})

it('stands in the inbox and in what is to do, and is settled there', async () => {
  const { page, desk, told } = on
  const rows = page.locator('[data-waiting]')
  desk.post.state = {
    settings: {
      host: 'smtp.example.org',
      port: 587,
      security: 'starttls',
      user: null,
      senderName: '',
      senderAddress: 'desk@example.org',
      staff: [],
    },
    hasPassword: false,
    demo: false,
  }
  const stuck = desk.post.items.flatMap(({ id, action, since, member, sentence, to }) =>
    action === null ? [] : [{ id, action, since, member, sentence, to }],
  )
  desk.upkeep.inbox = stuck.map(({ id, action, since, member, sentence, to }) => ({
    id: `mail-undelivered:${id}`,
    kind: 'mail-undelivered',
    since,
    member,
    sentence,
    step: 'Telling them',
    detail: to,
    action,
    subject: id,
    candidates: [],
    until: null,
  }))
  await page.goto(`${desk.url}#/desk`)
  await page.reload()
  await page.getByRole('link', { name: '3 mails that did not go' }).click()
  await expect.poll(() => rows.count()).toBe(3)
  await look(page, 'mail-inbox')
  await page.getByRole('button', { name: /^It arrived: / }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => rows.count()).toBe(2)
  await page.getByRole('button', { name: /^Put aside: The welcome/ }).click()
  await expect.poll(() => rows.count()).toBe(1)
  await page.getByRole('button', { name: /^Told them: / }).click()
  await page.getByText('Nothing of this kind waits').waitFor()
  expect(heard('outbox.putAside')).toEqual([{ id: 'mail-2', arrived: true }, { id: 'mail-3' }, { id: 'mail-5' }])
  expect(told).toEqual([])
})
