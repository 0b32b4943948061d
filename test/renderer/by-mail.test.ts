// The report by mail on the page: settings, sending, looking, what went, and files.
import fs from 'node:fs'
import { expect, it } from 'vitest'
import { reportMailRefusals } from '../../src/main/domain/report-mail-en.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args)

it('says when the report goes and to whom, sends it, shows it, and has everything as files', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/money/by-mail`)
  await page.getByText(reportMailRefusals.demo).waitFor()
  expect(await page.getByRole('button', { name: 'Send it now' }).isDisabled()).toBe(true)
  expect(await page.getByRole('link', { name: 'Set mail up' }).count()).toBe(0)
  // What can be looked at and kept as files needs no mail.
  await page.getByRole('button', { name: 'Show me' }).click()
  await page.getByText('Late payments at Holzmarkt Makerspace, 23 November 2026').waitFor()
  await look(page, 'by-mail-shown')

  desk.knobs.demo = false
  await page.reload()
  await page.getByText(reportMailRefusals.noMail).waitFor()
  expect(await page.getByRole('link', { name: 'Set mail up' }).getAttribute('href')).toBe('#/settings/mail')

  desk.post.state = {
    settings: {
      host: 'smtp.example.org',
      port: 587,
      security: 'starttls',
      user: null,
      senderName: 'Holzmarkt',
      senderAddress: 'desk@example.org',
      staff: ['board@example.org'],
    },
    hasPassword: false,
    demo: false,
  }
  await page.reload()
  await page.getByRole('button', { name: 'Take those who get notes to staff' }).click()
  expect(await page.getByLabel('Who gets it').inputValue()).toBe('board@example.org')
  await page.getByLabel('Send it every week').check()
  await page.getByLabel('Day', { exact: true }).selectOption('Friday')
  await page.getByLabel('Hour').selectOption('18:00')
  await page.getByLabel('Who gets it').fill('board@example.org; rosa')
  await page.getByLabel('Who gets it').press('Enter')
  await page.getByRole('alert').getByText('"rosa" is no email address').waitFor()
  await page.getByLabel('Who gets it').fill('board@example.org; rosa@example.org')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved').waitFor()
  expect(heard('report.setMail').at(-1)).toEqual({
    on: true,
    weekday: 5,
    hour: 18,
    to: ['board@example.org', 'rosa@example.org'],
  })
  await page.getByText(/It goes next .*18:00/).waitFor()
  await page.getByRole('button', { name: 'Send it now' }).click()
  await page.getByRole('status').getByText('on its way to 2 addresses').waitFor()
  await page.locator('[data-send]').nth(3).waitFor()
  expect(await page.locator('[data-send]').first().innerText()).toContain('waits to be sent')
  await look(page, 'by-mail')

  // By the keyboard, and each of them is a file.
  await page.getByLabel('Visits of the last').selectOption('92 days')
  for (const [name, file, begins] of [
    ['Save as CSV: Members', 'members.csv', 'Name'],
    ['Save as CSV: Memberships', 'memberships.csv', 'Name'],
    ['Save as CSV: Late payments', 'late-payments.csv', 'Name'],
    ['Save as CSV: Visits', 'visits-92.csv', 'Name'],
    ['Save as PDF', 'late-payments-2026-11-23.pdf', '%PDF-'],
  ] as const) {
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
    const download = await coming
    expect(download.suggestedFilename()).toBe(file)
    expect(fs.readFileSync(await download.path(), 'utf8')).toMatch(new RegExp(`^${begins}`))
  }
  expect(told).toEqual([])
})
