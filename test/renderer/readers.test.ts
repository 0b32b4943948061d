// Readers on the page: finding out what one is, and one that types, which must not disturb whoever types by hand.
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import type { ReaderSearch } from '../../src/preload/shapes-readers.ts'
import { takePictures } from './browser.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.filter((one) => one.name === name).map(({ args }) => args)

const search = (change: Partial<ReaderSearch>): ReaderSearch => ({
  id: 'search-1',
  port: '/dev/ttyACM0',
  until: new Date(Date.now() + 50_000).toISOString(),
  state: 'listening',
  sentence: 'Hold a card at the reader now.',
  heard: [],
  guesses: [],
  ...change,
})

/** As a reader types: keys that the browser trusts, four milliseconds apart by their own time, however busy it is here. */
async function burst(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const from = Date.now() / 1_000
  const sent = [...text, 'Enter'].map((key, n) =>
    session.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      timestamp: from + n * 0.004,
      key,
      ...(key === 'Enter' ? { code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' } : { text: key }),
    }),
  )
  await Promise.all(sent)
  await session.detach()
}

it('finds out what is on a port, from a card to “ready”', async () => {
  const { page, desk, told } = on
  desk.setLamps((lamps) => ({ ...lamps, readers: [] }))
  await page.goto(`${desk.url}#/settings/readers`)
  const part = page.locator('#readers')
  await part.getByText('No reader yet.').waitFor()
  expect(await part.getByRole('button', { name: 'Find out what it is' }).isDisabled()).toBe(true)
  await takePictures(page, 'readers-none')
  await part.getByLabel('Where is it?').selectOption('/dev/ttyACM0')
  await part.getByRole('button', { name: 'Find out what it is' }).click()
  await part.getByText('Asking whether it is a PN532').waitFor()
  desk.push('readerSearch', search({}))
  await part.getByText('Hold a card at the reader now').waitFor()
  await part.getByText('Nothing yet.').waitFor()
  desk.push(
    'readerSearch',
    search({
      sentence: 'This is how the reader speaks.',
      heard: [
        { at: new Date().toISOString(), hex: '4361726420554944', text: 'Card UID: 1E A6 86 71··' },
        { at: new Date().toISOString(), hex: '00ff', text: '··' },
      ],
      guesses: [
        {
          profile: 'mfrc522',
          about: 'Arduino with an RC522 that prints “Card UID: …”',
          settings: { baud: 115_200 },
          card: 'iso14a:1EA68671',
          short: '1E A6 86 71',
        },
      ],
    }),
  )
  await part.getByText('reads this card as iso14a:1EA68671').waitFor()
  await look(page, 'readers-found', '#readers')
  await part.getByRole('button', { name: 'Add the reader' }).click()
  await part.getByText('Ready', { exact: true }).waitFor()
  expect(heard('readers.endFind')).toEqual([{ id: 'search-1' }])
  expect(heard('readers.add')).toEqual([{ port: '/dev/ttyACM0', profile: 'mfrc522', settings: { baud: 115_200 } }])

  desk.setLamps((lamps) => ({
    ...lamps,
    readers: lamps.readers.map((one) => ({
      ...one,
      port: '/dev/ttyACM0',
      refused: { at: new Date().toISOString(), why: 'The checksum is wrong.' },
    })),
  }))
  await part.getByText(/A card could not be read \(.*\)\. The checksum is wrong\./).waitFor()
  // Whoever knows what it is says so.
  await part.getByLabel('Where is it?').selectOption('/dev/ttyUSB0')
  await part.getByRole('button', { name: 'I know what it is' }).click()
  await part.getByLabel('Kind of reader').selectOption('line')
  await part.getByLabel('How its numbers are written').selectOption('8H10D')
  await part.getByLabel('What stands before each number').fill('rfid:')
  await part.getByLabel('It writes the last byte first').check()
  await look(page, 'readers-known', '#readers')
  await part.getByRole('button', { name: 'Add the reader' }).click()
  await expect.poll(() => heard('readers.add')).toHaveLength(2)
  expect(heard('readers.add')[1]).toEqual({
    port: '/dev/ttyUSB0',
    profile: 'line',
    settings: { form: '8H10D', prefix: 'rfid:', turned: true },
  })
  // One that is in use is not listened to.
  await part.getByRole('button', { name: 'Find out what it is' }).waitFor()
  await part.getByLabel('Where is it?').selectOption('/dev/ttyUSB0')
  await part.getByRole('button', { name: 'Find out what it is' }).click()
  await part.getByText('is in use already').waitFor()
  await part.getByRole('button', { name: 'Remove the reader on /dev/ttyUSB0' }).click()
  await part.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect.poll(() => heard('readers.remove')).toEqual([{ id: 'r-line' }])
  expect(told).toEqual([])
})

it('catches what a reader types, and leaves alone what a hand types', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/settings/readers`)
  const part = page.locator('#readers')
  const name = page.getByLabel('Name', { exact: true })
  await name.waitFor()
  // No reader that types is in use: even what is as fast as one arrives where it was typed.
  await name.fill('')
  await name.focus()
  await burst(page, '0008075634')
  await expect.poll(() => heard('settings.set')).toMatchObject([{ spaceName: '0008075634' }])
  expect(heard('readers.typed')).toEqual([])

  // Finding out how it writes, by a printed number.
  await part.getByLabel('Where is it?').selectOption({ label: 'It types like a keyboard' })
  await part.getByRole('button', { name: 'Find out what it is' }).click()
  const guess = (form: 'iso14a-lsb-dec' | 'iso14a-msb-dec' | '8H10D', card: string) => ({
    profile: 'wedge',
    about: 'A reader that types like a keyboard',
    settings: { form },
    card,
    short: card,
  })
  desk.push(
    'readerSearch',
    search({
      port: 'keyboard',
      sentence: 'This may be several things. Type the number that is printed on the card, and the right one is found.',
      heard: [{ at: new Date().toISOString(), hex: '31393034', text: '1904649758' }],
      guesses: [
        guess('8H10D', 'w34:7186A61E'),
        guess('iso14a-lsb-dec', 'iso14a:1EA68671'),
        guess('iso14a-msb-dec', 'iso14a:7186A61E'),
      ],
    }),
  )
  const printed = part.getByLabel('Number printed on the card')
  await printed.fill('99')
  await part.getByRole('button', { name: 'Find the right one' }).click()
  await part.getByText('No reading of this card gives that number').waitFor()
  await look(page, 'readers-several', '#readers')
  // It is listened to already: another card presented here is no printed number.
  await printed.focus()
  await burst(page, '1904649758')
  await expect.poll(() => heard('readers.typed')).toEqual([{ text: '1904649758' }])
  expect(await printed.inputValue()).toBe('99')
  await printed.fill('1EA68671')
  await page.keyboard.press('Enter')
  await part.getByText('This fits the printed number.').waitFor()
  await part.getByRole('button', { name: 'Add the reader' }).click()
  await expect
    .poll(() => heard('readers.add'))
    .toEqual([{ port: 'keyboard', profile: 'wedge', settings: { form: 'iso14a-lsb-dec' } }])
  await part.getByText('Ready', { exact: true }).nth(1).waitFor()
  await takePictures(page, 'readers-two')

  // In use: a burst leaves the field as it was, and its Enter sends nothing.
  const sent = heard('settings.set').length
  await name.fill('Holz')
  await burst(page, '0008075634')
  await expect.poll(() => heard('readers.typed')).toHaveLength(2)
  expect(await name.inputValue()).toBe('Holz')
  expect(heard('settings.set')).toHaveLength(sent)
  // By hand, digits too, and Enter means what it means.
  await name.press('End')
  await page.keyboard.type('markt 20080756', { delay: 60 })
  expect(await name.inputValue()).toBe('Holzmarkt 20080756')
  await page.keyboard.press('Enter')
  await expect.poll(() => heard('settings.set').slice(sent)).toMatchObject([{ spaceName: 'Holzmarkt 20080756' }])
  expect(heard('readers.typed')).toHaveLength(2)

  // With no field in focus: letters of a card are no orders to the page, the same letters by hand are.
  await page.getByRole('heading', { name: 'Settings' }).click()
  await burst(page, '6F00bb3972')
  await expect.poll(() => heard('readers.typed')).toHaveLength(3)
  expect(heard('readers.typed')[2]).toEqual({ text: '6F00bb3972' })
  expect(await page.getByRole('heading', { name: 'Settings' }).isVisible()).toBe(true)
  await page.keyboard.press('b')
  await page.getByRole('heading', { name: 'Settings' }).waitFor({ state: 'hidden' })
  await page.keyboard.press('b')
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  // A select is left as it was too.
  const where = part.getByLabel('Where is it?')
  await where.selectOption('/dev/ttyACM0')
  await where.focus()
  await burst(page, 'C0008075634')
  await expect.poll(() => heard('readers.typed')).toHaveLength(4)
  expect(await where.inputValue()).toBe('/dev/ttyACM0')
  expect(told).toEqual([])
})

it('says of several readers of one kind which is at the desk and which opens a door', async () => {
  const { page, desk, told } = on
  desk.setLamps((lamps) => ({
    ...lamps,
    readers: lamps.readers.flatMap((one) => [
      { ...one, id: 'r1', port: 'sim:desk', profile: 'simulated' },
      { ...one, id: 'r2', port: 'sim:store', profile: 'simulated', door: 'workshop' },
    ]),
  }))
  await page.goto(`${desk.url}#/settings/readers`)
  const names = page.locator('#readers').getByRole('listitem').locator('p:first-child')
  await expect.poll(() => names.allInnerTexts()).toEqual(['At the desk', 'Opens Workshop'])
  await look(page, 'readers-two', '#readers')
  expect(told).toEqual([])
})
