// The whole job as a person does it: demo up, find a member, enrol a card from bytes on a serial line, swipe, let the
// membership lapse, swipe again, and read why. Pictures are kept in test-results/pictures.
import { expect } from 'playwright/test'
import { markedFrame, RDM6300 } from '../../hardware/frames/marked.ts'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import type { Status } from '../../src/preload/shapes.ts'
import { createLine } from '../hardware/pty.ts'
import { until } from '../serving.ts'
import { test } from './fixtures.ts'

const CARD = 'em:6F007B3972'

test('Stripe to card to door to screen', async ({ desk }) => {
  const { page, said } = desk
  const line = createLine()
  const picture = (name: string) => page.screenshot({ path: `test-results/pictures/job-${name}.png` })
  try {
    await line.plug()
    await desk.json('reader', 'add', '--port', line.path, '--profile', 'rdm6300')
    await until(
      async () => (await desk.json<Status>('status')).credentials > 150,
      'the members and their cards',
      30_000,
    )

    await expect(page).toHaveTitle(/Latchkey/)
    await expect(page.getByText('nobody is charged')).toBeVisible()
    await picture('1-desk')

    // Find a member by typing.
    await page.keyboard.press('/')
    await page.keyboard.type(SAMPLE.willLapse.name.split(' ')[0]?.toLowerCase() ?? '')
    await page
      .getByRole('option', { name: new RegExp(SAMPLE.willLapse.name) })
      .first()
      .click()
    const panel = page.getByRole('complementary', { name: 'Details' })
    await expect(panel.getByRole('heading', { name: SAMPLE.willLapse.name })).toBeVisible()
    await expect(panel.getByText('Current').first()).toBeVisible()
    await expect(panel.getByText(/paid until/)).toBeVisible()
    await picture('2-panel')

    // Enrol: the reader sends its frame over a real serial line.
    await panel.getByRole('button', { name: /Enrol/ }).first().click()
    const dialog = page.getByRole('dialog', { name: /card/i })
    await expect(dialog.getByText('Present the card now')).toBeVisible()
    await picture('3-present')
    const presented = performance.now()
    await line.write(markedFrame(RDM6300, CARD))
    await expect(dialog.getByText(/has this card now/)).toBeVisible()
    await picture('4-enrolled')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(panel.getByText('0008075634').first()).toBeVisible()

    // The card works at the door at once, and the feed shows it.
    expect(await desk.json('demo', 'swipe', 'front', CARD)).toMatchObject({ grant: true, reason: 'ok' })
    expect(performance.now() - presented).toBeLessThan(10_000)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Desk' }).click()
    const row = page
      .getByRole('region', { name: 'Doors' })
      .getByRole('listitem')
      .filter({ hasText: SAMPLE.willLapse.name })
      .first()
    await expect(row).toContainText('Front door')
    await expect(row).toContainText('Granted')
    await picture('5-came-in')

    // Forty days on: the payment failed, the grace is over.
    await page.getByRole('button', { name: /40 days/ }).click()
    await expect(page.getByText(/in the demo|It is/i).first()).toBeVisible()
    await until(async () => {
      const { sync } = await desk.json<Status>('status')
      return sync.phase === 'idle' && (sync.ageSeconds ?? 99) < 30
    }, 'the desk to have read what happened')
    expect(await desk.json('demo', 'swipe', 'front', CARD)).toMatchObject({ grant: false, reason: 'lapsed' })
    const refusal = page
      .getByRole('listitem')
      .filter({ hasText: SAMPLE.willLapse.name })
      .filter({ hasText: 'Please see the desk' })
      .first()
    await expect(refusal).toBeVisible()
    // In public view: nothing about money.
    await expect(refusal).not.toContainText(/lapsed|payment|€|failed/i)
    await picture('6-refused')
    await refusal.getByRole('button', { name: /See why/ }).click()
    await expect(panel.getByText('Lapsed').first()).toBeVisible()
    await expect(panel.getByText(/payment of .* failed on .*Access ended \d/).first()).toBeVisible()
    await picture('7-why')

    expect(said).toEqual([])
    expect(await desk.json('audit', 'verify')).toMatchObject({ ok: true })
  } finally {
    await line.remove()
  }
})
