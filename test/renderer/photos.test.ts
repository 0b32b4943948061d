// Faces on the page: a photo from a file, by dropping it and from the camera, everywhere the person is shown; and a card
// that was reported lost, which stays on the Desk until somebody has looked.
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { takePictures } from './browser.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const idOf = (n: number) => on.desk.world.members[n]?.id ?? ''
const nameOf = (n: number) => on.desk.world.members[n]?.name ?? ''
const heard = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args)
const panel = (page: Page) => page.locator('[data-panel]')
const face = (page: Page, name: string) => panel(page).getByRole('button', { name: `Photo of ${name}` })

/** A picture of a head and shoulders on a coloured ground, larger than what is kept and not square. */
function drawnFace(page: Page, ground: string): Promise<string> {
  return page.evaluate((colour) => {
    const canvas = document.createElement('canvas')
    canvas.width = 900
    canvas.height = 1_200
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no canvas')
    const disc = (fill: string, y: number, across: number, down: number) => {
      context.fillStyle = fill
      context.beginPath()
      context.ellipse(450, y, across, down, 0, 0, 7)
      context.fill()
    }
    context.fillStyle = colour
    context.fillRect(0, 0, 900, 1_200)
    disc('#2f4858', 1_150, 380, 420)
    disc('#d9a066', 520, 190, 250)
    disc('#3b2a20', 400, 215, 170)
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  }, ground)
}

/** The middle of the picture that a face shows. */
function shown(page: Page, where: string): Promise<number[] | null> {
  return page.evaluate(async (selector) => {
    const image = document.querySelector<HTMLImageElement>(`${selector} img`)
    if (image === null) return null
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0)
    return [image.naturalWidth, image.naturalHeight, ...(context?.getImageData(8, 8, 1, 1).data.slice(0, 3) ?? [])]
  }, where)
}

it('sets a photo from a file and shows it wherever the person is, refuses what is none, and takes it off', async () => {
  const { page, desk, told } = on
  const name = nameOf(4)
  const swiped = desk.swipe(4, 'refused')
  await page.locator('[data-refusal]').waitFor()
  expect(await page.locator('main img').count()).toBe(0)
  await page.keyboard.press('w')
  await panel(page).getByRole('heading', { name }).waitFor()
  const field = panel(page).locator('input[type=file]')

  await field.setInputFiles({ name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') })
  await panel(page).getByText('This file is no picture that can be read here').waitFor()
  expect(heard('members.setPhoto')).toEqual([])

  const picture = Buffer.from(await drawnFace(page, '#7fb7be'), 'base64')
  await face(page, name).click()
  await page.getByRole('menuitem', { name: 'Take a photo' }).waitFor()
  expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Take a photo', 'Choose a file'])
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: 'Choose a file' }).click()
  await (await chooser).setFiles({ name: 'IMG_0001.png', mimeType: 'image/png', buffer: picture })
  await panel(page).locator('img').waitFor()
  expect(await panel(page).getByText('This file is no picture').count()).toBe(0)
  // What was sent is small and square, and the desk took it; the corner is the ground of what was drawn.
  for (const where of ['[data-panel]', '[data-refusal]', `[data-feed="${swiped.seq}"]`]) {
    await page.locator(`${where} img`).first().waitFor()
    const [width, height, ...corner] = (await shown(page, where)) ?? []
    expect([width, height]).toEqual([320, 320])
    for (const [n, part] of [0x7f, 0xb7, 0xbe].entries()) expect(Math.abs((corner[n] ?? 0) - part)).toBeLessThan(6)
  }
  // Once for all the places where it shows.
  expect(heard('members.photo')).toEqual([{ id: idOf(4) }])
  await look(page, 'photo-panel', '[data-panel]')

  // Dropped on the panel, another takes its place.
  const other = await drawnFace(page, '#c06c84')
  const files = await page.evaluateHandle((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const transfer = new DataTransfer()
    transfer.items.add(new File([bytes], 'other.png', { type: 'image/png' }))
    return transfer
  }, other)
  for (const type of ['dragover', 'drop']) await face(page, name).dispatchEvent(type, { dataTransfer: files })
  await expect.poll(async () => (await shown(page, '[data-refusal]'))?.[2]).toBeGreaterThan(0xb8)

  await face(page, name).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Remove the photo' }).waitFor()
  await look(page, 'photo-menu', '[role=menu]')
  await page.getByRole('menuitem', { name: 'Remove the photo' }).click()
  await panel(page).getByText('It is gone for good').waitFor()
  await takePictures(page, 'photo-remove')
  await panel(page).getByRole('button', { name: 'Remove', exact: true }).click()
  await expect.poll(() => page.locator('main img, [data-panel] img').count()).toBe(0)
  expect(told).toEqual([])
})

it('takes a photo with the camera, lets go of it, and says what to do where there is none', async () => {
  const { page, told } = on
  await page.goto(`${on.desk.url}#/members/${idOf(4)}`)
  const button = page.getByRole('button', { name: `Photo of ${nameOf(4)}` })
  const begin = async () => {
    const item = page.getByRole('menuitem', { name: 'Take a photo' })
    // While the dialog before goes, the page may take no click yet.
    await expect
      .poll(async () => {
        if (!(await item.isVisible())) await button.click()
        return item.isVisible()
      })
      .toBe(true)
    await item.click()
  }
  const dialog = page.getByRole('dialog', { name: `A photo of ${nameOf(4)}` })
  // In the place of the camera of this computer, of which a test knows nothing.
  const cameraIs = (what: string) =>
    page.evaluate((kind) => {
      navigator.mediaDevices.getUserMedia = async (asked) => {
        if (asked?.video === undefined || asked.audio !== undefined) throw new DOMException('', 'TypeError')
        if (kind !== 'there') throw new DOMException('', kind)
        const canvas = document.createElement('canvas')
        canvas.width = 640
        canvas.height = 480
        const context = canvas.getContext('2d')
        setInterval(() => {
          if (context !== null) context.fillStyle = '#5b8e7d'
          context?.fillRect(0, 0, 640, 480)
        }, 20)
        const stream = canvas.captureStream()
        Object.assign(window, { tracks: stream.getTracks() })
        return stream
      }
    }, what)
  for (const [kind, sentence] of [
    ['NotFoundError', 'No camera was found: plug one in, or choose a file.'],
    ['NotAllowedError', 'The camera may not be used here: allow it for this page, or choose a file.'],
    ['NotReadableError', 'Another program uses the camera: close it there, or choose a file.'],
  ] as const) {
    await cameraIs(kind)
    await begin()
    await dialog.getByText(sentence).waitFor()
    if (kind === 'NotFoundError') await takePictures(page, 'photo-no-camera')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }
  await cameraIs('there')
  await begin()
  await dialog.getByRole('button', { name: 'Take the photo' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.locator('main img').first().waitFor()
  expect(heard('members.setPhoto')).toHaveLength(1)
  expect(
    await page.evaluate(() =>
      (window as unknown as { tracks: MediaStreamTrack[] }).tracks.map((one) => one.readyState),
    ),
  ).toEqual(['ended'])
  await begin()
  await dialog.getByRole('button', { name: 'Take the photo' }).waitFor()
  await expect.poll(() => dialog.getByText('Opening the camera').count()).toBe(0)
  await look(page, 'photo-camera', '[role=dialog]')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(
    await page.evaluate(() =>
      (window as unknown as { tracks: MediaStreamTrack[] }).tracks.map((one) => one.readyState),
    ),
  ).toEqual(['ended'])
  expect(told).toEqual([])
})

it('a lost card that is tried stands out in public without a word about it, and stays until it is dealt with', async () => {
  const { page, desk, told } = on
  const name = nameOf(7)
  const refusals = page.locator('[data-refusal]')
  await page.goto(`${desk.url}#/members/${idOf(7)}`)
  const picture = Buffer.from(await drawnFace(page, '#e9c46a'), 'base64')
  await page.locator('input[type=file]').setInputFiles({ name: 'face.png', mimeType: 'image/png', buffer: picture })
  await page.locator('main img').first().waitFor()
  await page.goto(`${desk.url}#/desk`)
  const lost = desk.swipe(7, 'refused')
  await refusals.locator('img').waitFor()
  for (const one of [4, 12, 17]) desk.swipe(one, 'refused')
  await expect.poll(() => refusals.count()).toBe(3)
  // Newer ones do not push it down.
  expect(await refusals.first().getAttribute('data-refusal')).toBe(String(lost.seq))
  expect(await refusals.first().locator('.lucide-scan-face').count()).toBe(1)
  expect(await page.locator('main').innerText()).not.toMatch(/lost|stolen/i)
  await look(page, 'desk-lost-card')
  expect(await page.getByRole('button', { name: `Put away: ${name}` }).count()).toBe(0)
  // Keys and "all" put away the others alone, and another screen sees it just so.
  await page.keyboard.press('x')
  await page.getByRole('button', { name: 'Put all away' }).waitFor({ state: 'detached' })
  for (const _ of ['second', 'third']) await page.keyboard.press('x')
  await expect.poll(() => refusals.count()).toBe(1)
  await page.keyboard.press('x')
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await refusals.locator('img').waitFor()

  await page
    .getByRole('button', { name: `See why: ${name}` })
    .first()
    .click()
  await panel(page).getByText(`This card was reported lost by ${name} on 18 Nov. Look at the photo.`).waitFor()
  await panel(page).locator('img').waitFor()
  await look(page, 'panel-lost-card', '[data-panel]')
  await panel(page).getByRole('button', { name: 'Keep it' }).click()
  await expect.poll(() => page.locator(`[data-refusal="${lost.seq}"]`).count()).toBe(0)
  expect(heard('feed.keepLost')).toEqual([{ seq: lost.seq }])
  await panel(page).getByRole('button', { name: 'Keep it' }).waitFor({ state: 'detached' })
  // Tried again, and found.
  const again = desk.swipe(7, 'refused')
  await page.locator(`[data-refusal="${again.seq}"]`).getByRole('button', { name: 'See why' }).click()
  await panel(page).getByRole('button', { name: 'Found again' }).click()
  // It was at the door just now, in somebody's hand.
  const sure = panel(page).getByRole('group', { name: 'Is this card in your hand?' })
  await sure.waitFor()
  await look(page, 'panel-found-again', '[data-panel]')
  expect(heard('cards.reinstate')).toEqual([])
  await sure.getByRole('button', { name: 'Found again' }).click()
  await expect.poll(() => page.locator(`[data-refusal="${again.seq}"]`).count()).toBe(0)
  expect(heard('cards.reinstate')).toHaveLength(1)
  expect(told).toEqual([])
})
