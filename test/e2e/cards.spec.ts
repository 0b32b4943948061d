// The life of a card in a real browser, each step from bytes on a serial line or a swipe at a door: enrol, replace, lose,
// find again, loaner out and back, an unknown swipe given to somebody, two dialogs competing.
import { expect, type Locator } from 'playwright/test'
import { SAME_PRESENTATION } from '../../hardware/frames/debounce.ts'
import { markedFrame, RDM6300 } from '../../hardware/frames/marked.ts'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import type { Status } from '../../src/preload/shapes.ts'
import { createLine } from '../hardware/pty.ts'
import { until } from '../serving.ts'
import { test } from './fixtures.ts'

const FIRST = 'em:6F007B3972'
const SECOND = 'em:0E0046DE51'
const LOANER = 'em:3B00A1B2C3'
const STRANGE = 'em:4400C0FFEE'

test('a card from its first day to its last, by bytes on the line', async ({ desk }) => {
  test.setTimeout(120_000)
  const { page, said } = desk
  const line = createLine()
  const name = SAMPLE.willLapse.name
  const lastFrame = new Map<string, number>()
  /** Nobody takes a card away and brings it back so soon that it is still the same presentation. */
  async function present(card: string): Promise<void> {
    const away = Date.now() - (lastFrame.get(card) ?? 0)
    if (away <= SAME_PRESENTATION) await page.waitForTimeout(SAME_PRESENTATION + 100 - away)
    lastFrame.set(card, Date.now())
    await line.write(markedFrame(RDM6300, card))
  }
  // The page looks itself at each of its frames; asked from out here, it would be looked at twice a second after a while.
  async function presentAndSettle(card: string): Promise<number> {
    const settled = page.waitForFunction(() => document.querySelector('[data-settled]') !== null && Date.now())
    const presented = Date.now()
    await present(card)
    return Number(await (await settled).jsonValue()) - presented
  }
  const swipe = (card: string, door = 'front') =>
    desk.json<{ grant: boolean; reason: string }>('demo', 'swipe', door, card)
  const panel = page.getByRole('complementary', { name: 'Details' })
  const dialog = page.getByRole('dialog')
  const finish = () => dialog.getByRole('button', { name: 'Done' }).click()
  async function open(person: string): Promise<void> {
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.keyboard.type(person.toLowerCase())
    await page
      .getByRole('option', { name: new RegExp(person) })
      .first()
      .click()
    await expect(panel.getByRole('heading', { name: person })).toBeVisible()
  }
  const choose = async (person: string) => {
    await dialog.getByRole('combobox').fill(person)
    await dialog
      .getByRole('option', { name: new RegExp(person) })
      .first()
      .click()
  }
  const cardLine = (short: string): Locator => panel.locator('[data-card]').filter({ hasText: short })
  const act = async (short: string, menu: string) => {
    await panel.getByRole('button', { name: `Actions for card ${short}` }).click()
    await page.getByRole('menuitem', { name: menu, exact: true }).click()
  }
  try {
    await line.plug()
    await desk.json('reader', 'add', '--port', line.path, '--profile', 'rdm6300')
    await until(
      async () => (await desk.json<Status>('status')).credentials > 150,
      'the members and their cards',
      60_000,
    )

    // Enrol. What is shown is on disk and works at the door; how long that took is printed (200 ms is the aim).
    await open(name)
    await panel.getByRole('button', { name: /Enrol/ }).first().click()
    await expect(dialog.getByText('Present the card now')).toBeVisible()
    const took = [await presentAndSettle(FIRST)]
    for (const n of [1, 2, 3, 4, 5, 6]) {
      await dialog.getByRole('button', { name: 'Enrol another' }).click()
      await dialog.getByText('Present the card now').waitFor()
      took.push(await presentAndSettle(`em:900000000${n}`))
    }
    await finish()
    expect(await swipe(FIRST)).toMatchObject({ grant: true, reason: 'ok' })

    // Replace: one step, and the old one opens nothing.
    await act('0008075634', 'Replace')
    await dialog.getByRole('radio', { name: 'Damaged' }).check()
    await dialog.getByRole('button', { name: 'Go on' }).click()
    await expect(dialog.getByText('Present the card now')).toBeVisible()
    await present(SECOND)
    await dialog.locator('[data-settled]').waitFor()
    await finish()
    expect(await swipe(FIRST)).toMatchObject({ grant: false, reason: 'card-revoked' })
    expect(await swipe(SECOND)).toMatchObject({ grant: true })
    const middle = took.toSorted((a, b) => a - b)[3]
    console.log(`presented to "works at the door": ${middle} ms, the middle of ${took.join(', ')}`)

    // Lost, tried, found again.
    await open(name)
    await act('0004644433', 'Report lost')
    await panel.getByRole('button', { name: 'Report lost' }).click()
    await expect(cardLine('0004644433')).toContainText(/Lost/)
    expect(await swipe(SECOND)).toMatchObject({ grant: false, reason: 'card-lost' })
    await cardLine('0004644433').getByRole('button', { name: 'Reinstate' }).click()
    await cardLine('0004644433').getByRole('group').getByRole('button', { name: 'Reinstate' }).click()
    await expect(cardLine('0004644433')).toContainText('Active')
    expect(await swipe(SECOND)).toMatchObject({ grant: true })
    await page.keyboard.press('Escape')

    // A loaner: into stock from the box, out to somebody until tonight, and back.
    await page.getByRole('link', { name: 'Cards', exact: true }).click()
    await page.getByRole('button', { name: 'Add to stock' }).click()
    await dialog.getByLabel('These are loaners').check()
    await dialog.getByLabel('Label').fill('Loaner 1')
    await dialog.getByRole('button', { name: 'Go on' }).click()
    await expect(dialog.getByText('Present the card now')).toBeVisible()
    await present(LOANER)
    await expect(dialog.locator('[data-stock]')).toContainText('1')
    await dialog.getByRole('button', { name: 'Finish' }).click()
    expect(await swipe(LOANER)).toMatchObject({ grant: false, reason: 'card-unassigned' })
    await page.getByRole('button', { name: 'Lend a loaner' }).click()
    await choose(name)
    await dialog.getByRole('button', { name: 'Go on' }).click()
    await expect(dialog.getByText('Present the card now')).toBeVisible()
    await present(LOANER)
    await expect(dialog.locator('[data-settled]')).toContainText(name)
    await finish()
    expect(await swipe(LOANER)).toMatchObject({ grant: true })
    await page.getByRole('button', { name: 'Take a loaner back' }).click()
    await expect(dialog.getByText('Present the card now')).toBeVisible()
    await present(LOANER)
    await expect(dialog.locator('[data-settled]')).toContainText('back in stock')
    await finish()
    expect(await swipe(LOANER)).toMatchObject({ grant: false, reason: 'card-unassigned' })

    // A card that nobody has, at a door: it is presented once more before it is given to somebody.
    await page.getByRole('link', { name: 'Desk', exact: true }).click()
    expect(await swipe(STRANGE)).toMatchObject({ grant: false, reason: 'unknown-card' })
    await page.getByRole('button', { name: 'See why: Unknown card 0012648430' }).click()
    await panel.getByRole('button', { name: 'Assign to…' }).click()
    await choose(name)
    await expect(dialog.getByText('Present the card now')).toBeVisible()
    await present(LOANER)
    await expect(dialog.getByText('That is another card than the one at Front door')).toBeVisible()
    await swipe(STRANGE)
    await expect(dialog.locator('[data-settled]')).toContainText(name)
    await finish()
    expect(await swipe(STRANGE)).toMatchObject({ grant: true })

    // Two screens want the reader: the second is told who has it, and gets it once it is free.
    await page.keyboard.press('Escape')
    await open(name)
    await panel.getByRole('button', { name: /Enrol/ }).first().click()
    await expect(dialog.getByText('Present the card now')).toBeVisible()
    const other = await page.context().newPage()
    await other.goto(page.url().replace(/#.*/, '#/cards'))
    await other.getByRole('button', { name: 'Take a loaner back' }).click()
    const second = other.getByRole('dialog')
    await expect(second.getByText(`The reader is taken: a card for ${name} is being enrolled`)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await second.getByRole('button', { name: 'Try again' }).click()
    await expect(second.getByText('Present the card now')).toBeVisible()
    await other.close()

    expect(said).toEqual([])
    expect(await desk.json('audit', 'verify')).toMatchObject({ ok: true })
  } finally {
    await line.remove()
  }
})
