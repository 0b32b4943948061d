// The driver of UHPPOTE boards before a simulated one, over real UDP.
import { expect, test } from 'vitest'
import { DeviceSilent } from '../../hardware/controller.ts'
import { card, DOORS, isSetUp, rig, SERIAL, writing } from './uhppote-rig.ts'
import { until } from './until.ts'

const FRONT = DOORS[0]?.id ?? ''

test('before it is taken over a board is only read, and is seen to be there', async () => {
  const { board, device, told } = await rig()
  board.listenTo({ address: '192.168.1.20', port: 60_001 })
  board.hold(card(12314706))
  await until('it was heard', () => told.news.length >= 3)
  expect(told.news.at(-1)).toEqual({ firmware: '8.92', clockOff: 0 })
  expect(await device.read()).toEqual({
    cards: [{ door: FRONT, card: '12314706', terms: 'at all hours until 2027-12-31' }],
    otherDesk: '192.168.1.20:60001',
    newest: 0,
  })
  expect(board.swipe(12314706, 1)).toBe('opened')
  expect(writing(board.seen)).toEqual([])
  await expect(device.apply([{ door: FRONT, card: '12314706', wanted: null }])).rejects.toThrow(/not taken over/)
  await expect(device.open(FRONT, 3_000)).rejects.toThrow(/not taken over/)
  expect(writing(board.seen)).toEqual([])
  expect(told.asked).toEqual([])
})

test('a board that is taken over asks about each swipe, and opens when it is told to', async () => {
  const { board, device, told, takeOver, now } = await rig({ board: { clock: '2000-01-01T00:00:00' } })
  board.hold(card(12314706))
  await takeOver()
  expect(board.clock()).toBe('2026-11-20T13:00:00')
  expect(board.control(1)).toMatchObject({ mode: 'controlled', delay: 5 })
  expect(board.swipe(12314706, 1)).toBe('asked')
  await until('we are asked', () => told.asked.length === 1)
  expect(told.asked).toEqual([{ door: FRONT, card: '12314706', n: 1, at: now() }])
  expect(board.isUnlocked(1)).toBe(false)
  await device.open(FRONT, 4_500)
  expect(board.isUnlocked(1)).toBe(true)
  expect(board.isUnlocked(2)).toBe(false)
  await until('what followed is told', () => told.happened.length === 1)
  // Nothing more of the swipe itself: whoever was asked has it.
  expect(told.happened).toEqual([{ door: FRONT, n: 2, at: now(), what: 'remote-open' }])
  expect(told.troubles).toEqual([])
})

test('it asks again after it has forgotten everything, and its clock follows the change of the hour', async () => {
  // Two seconds before the clocks go back.
  const { board, told, takeOver, pass, port } = await rig({ at: '2026-10-25T00:59:58Z' })
  await takeOver()
  expect(board.clock()).toBe('2026-10-25T02:59:58')
  pass(3_000)
  await until('its clock is set', () => board.clock() === '2026-10-25T02:00:01')
  expect(told.troubles).toEqual([])
  board.restart({ forgetful: true })
  expect(board.asksHost()).toBe(false)
  await until('it is set up again', () => isSetUp(board, port))
  expect(board.swipe(7, 2)).toBe('asked')
  await until('we are asked', () => told.asked.some(({ card: number }) => number === '7'))
})

test('a wrong serial number is named', async () => {
  const { told } = await rig({ driver: { serial: 1, pace: { poll: 5, retry: 20, tries: 5 } } })
  await until('it is named', () => told.troubles.length > 0)
  expect(told.troubles[0]).toMatch(new RegExp(`is board ${SERIAL}, not 1\\. Correct its serial number`))
})

test('a board that has gone is told once, and so is its return', async () => {
  const { board, device, told, takeOver } = await rig({ driver: { pace: { poll: 5, retry: 20, tries: 5 } } })
  await takeOver()
  board.lose(1, 1)
  await until('it is gone', () => told.lost === 1)
  await expect(device.open(FRONT, 3_000)).rejects.toThrow(DeviceSilent)
  await expect(device.read()).rejects.toThrow(/Board 405419896 at 127\.0\.0\.1:\d+ does not answer/)
  board.lose(0, 0)
  const heard = told.news.length
  await until('it is back', () => told.news.length > heard)
  expect(told.lost).toBe(1)
})
