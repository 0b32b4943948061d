// The simulated board before npm's uhppoted, a client that knows nothing of ours; and our driver after it was used.
import { createRequire } from 'node:module'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startUhppoteBoard, type UhppoteBoard } from '../../hardware/sim/uhppote-board.ts'
import { freePort, rig, SERIAL } from './uhppote-rig.ts'
import { until } from './until.ts'

/** It brings no types. */
const uhppoted = createRequire(import.meta.url)('uhppoted')
const PATIENCE = 10_000
let time = 0
let board: UhppoteBoard
let ctx: object

const contextOf = (port: number, listen = '127.0.0.1:60001') => ({
  config: new uhppoted.Config('test', '127.0.0.1', `127.0.0.1:${port}`, listen, PATIENCE, [], false),
})

beforeEach(async () => {
  time = Date.parse('2026-11-20T12:00:00Z')
  board = await startUhppoteBoard({ serial: SERIAL, now: () => time, clock: '2026-11-20T13:00:00' })
  ctx = contextOf(board.port)
})
afterEach(() => board.close())

test('it says what it is, and takes a time and a listener', async () => {
  expect(await uhppoted.getDevice(ctx, SERIAL)).toMatchObject({
    deviceId: SERIAL,
    device: { address: '127.0.0.1', version: '0892', MAC: '00:12:23:34:45:5a' },
  })
  await uhppoted.setTime(ctx, SERIAL, '2026-11-21 08:30:00')
  time += 61_000
  expect(await uhppoted.getTime(ctx, SERIAL)).toMatchObject({ datetime: '2026-11-21 08:31:01' })
  expect(await uhppoted.getListener(ctx, SERIAL)).toMatchObject({ address: '0.0.0.0', port: 0 })
  expect(await uhppoted.setListener(ctx, SERIAL, '127.0.0.1', 60_001)).toMatchObject({ updated: true })
  expect(await uhppoted.getListener(ctx, SERIAL)).toMatchObject({ address: '127.0.0.1', port: 60_001 })
  expect(await uhppoted.getStatus(ctx, SERIAL)).toMatchObject({
    state: { event: { index: 0 }, system: { date: '2026-11-21', time: '08:31:01' } },
  })
})

test('cards are put in, found by number and by place, and deleted', async () => {
  const doors = { 1: true, 2: false, 3: 29, 4: false }
  for (const number of [12314706, 12314707])
    expect(await uhppoted.putCard(ctx, SERIAL, number, '2026-01-01', '2027-12-31', doors)).toMatchObject({
      stored: true,
    })
  const card = { valid: { from: '2026-01-01', to: '2027-12-31' }, doors }
  expect(await uhppoted.getCards(ctx, SERIAL)).toMatchObject({ cards: 2 })
  expect(await uhppoted.getCard(ctx, SERIAL, 12314706)).toMatchObject({ card: { number: 12314706, ...card } })
  expect(await uhppoted.getCardByIndex(ctx, SERIAL, 2)).toMatchObject({ card: { number: 12314707, ...card } })
  expect(await uhppoted.deleteCard(ctx, SERIAL, 12314706)).toMatchObject({ deleted: true })
  expect(await uhppoted.getCardByIndex(ctx, SERIAL, 1)).toMatchObject({ card: { number: 0xffff_ffff } })
  expect(await uhppoted.getCard(ctx, SERIAL, 12314706)).toMatchObject({ card: { number: 0 } })
  expect(await uhppoted.getCardByIndex(ctx, SERIAL, 3)).toMatchObject({ card: { number: 0 } })
  expect(await uhppoted.deleteCards(ctx, SERIAL)).toMatchObject({ deleted: true })
  expect(await uhppoted.getCards(ctx, SERIAL)).toMatchObject({ cards: 0 })
})

test('profiles are kept, and decide', async () => {
  const profile = {
    id: 29,
    valid: { from: '2026-01-01', to: '2026-12-31' },
    weekdays: ['Friday'],
    segments: [{ start: '12:00', end: '13:00' }],
    linkedTo: 30,
  }
  expect(await uhppoted.setTimeProfile(ctx, SERIAL, profile)).toMatchObject({ updated: true })
  expect(await uhppoted.getTimeProfile(ctx, SERIAL, 29)).toMatchObject({ profile })
  expect(await uhppoted.getTimeProfile(ctx, SERIAL, 31)).toMatchObject({ profile: null })
  await uhppoted.setTimeProfile(ctx, SERIAL, {
    ...profile,
    id: 30,
    weekdays: ['Saturday'],
    segments: [{ start: '00:00', end: '23:59' }],
    linkedTo: 0,
  })
  await uhppoted.putCard(ctx, SERIAL, 7, '2026-01-01', '2027-12-31', { 1: 29, 2: false, 3: false, 4: false })
  expect(board.swipe(7, 1)).toBe('opened')
  time += 61_000
  expect(board.swipe(7, 1)).toBe('refused')
  board.setClock('2026-11-21T03:00:00')
  expect(board.swipe(7, 1)).toBe('opened')
  board.setClock('2027-01-02T03:00:00')
  expect(board.swipe(7, 1)).toBe('refused')
  expect(await uhppoted.clearTimeProfiles(ctx, SERIAL)).toMatchObject({ cleared: true })
  expect(await uhppoted.getTimeProfile(ctx, SERIAL, 29)).toMatchObject({ profile: null })
})

test('a door is opened, events are read, and heard', async () => {
  const port = await freePort()
  const heard: { state: { event: { index: number } } }[] = []
  const listening = uhppoted.listen(contextOf(board.port, `127.0.0.1:${port}`), (event: (typeof heard)[0]) =>
    heard.push(event),
  )
  try {
    await uhppoted.setListener(ctx, SERIAL, '127.0.0.1', port)
    expect(await uhppoted.openDoor(ctx, SERIAL, 2)).toMatchObject({ opened: true })
    expect(board.isUnlocked(2)).toBe(true)
    time += 6_000
    expect(board.isUnlocked(2)).toBe(false)
    expect(board.swipe(9, 1)).toBe('refused')
    await until('both are heard', () => heard.length === 2)
    expect(heard.map(({ state }) => state.event.index)).toEqual([1, 2])
    expect(await uhppoted.getEvents(ctx, SERIAL)).toMatchObject({ first: 1, last: 2 })
    const event = { index: 2, granted: false, door: 1, card: 9, reason: { code: 18 }, timestamp: '2026-11-20 13:00:06' }
    expect(await uhppoted.getEvent(ctx, SERIAL, 2)).toMatchObject({ event })
    await expect(uhppoted.getEvent(ctx, SERIAL, 3)).rejects.toThrow(/not exist/)
  } finally {
    listening.close()
  }
})

test('special events are kept once it is told to, and a dead exit button is told whatever it is told', async () => {
  board.openDoor(1)
  board.closeDoor(1)
  expect(board.events.map(({ reason }) => reason)).toEqual([38])
  expect(await uhppoted.recordSpecialEvents(ctx, SERIAL, true)).toMatchObject({ updated: true })
  expect(board.pressExit(1)).toBe(true)
  board.openDoor(1)
  expect(board.events.map(({ reason }) => reason)).toEqual([38, 20, 23])
  const closed = await uhppoted.setDoorControl(ctx, SERIAL, 1, 7, 'normally closed')
  expect(closed).toMatchObject({ doorControlState: { door: 1, delay: 7, control: { value: 2 } } })
  time += 6_000
  expect(board.pressExit(1)).toBe(false)
  expect(board.isUnlocked(1)).toBe(false)
  expect(await uhppoted.getEvent(ctx, SERIAL, 4)).toMatchObject({ event: { door: 1, reason: { code: 31 } } })
  expect(board.exitRefusals()).toBe(1)
  expect(await uhppoted.openDoor(ctx, SERIAL, 1)).toMatchObject({ opened: false })
  await uhppoted.setDoorControl(ctx, SERIAL, 1, 7, 'normally open')
  expect(board.isUnlocked(1)).toBe(true)
  expect(board.seen).toContain('0x80')
})

test('what our driver has written another client reads', async () => {
  const { board: ours, device, takeOver } = await rig()
  await takeOver()
  const hours = [{ days: [1, 2], from: '09:00', to: '18:00' }]
  const wanted = { card: '7', until: Date.parse('2027-01-01T00:00:00Z'), lastDay: '2026-12-31', hours }
  await device.apply([{ door: 'shop', card: '7', wanted }])
  const theirs = contextOf(ours.port)
  const { card } = await uhppoted.getCard(theirs, SERIAL, 7)
  expect(card).toMatchObject({
    valid: { from: '2026-11-20', to: '2026-12-31' },
    doors: { 1: false, 3: false, 4: false },
  })
  const { profile } = await uhppoted.getTimeProfile(theirs, SERIAL, card.doors[2])
  expect(profile).toMatchObject({ weekdays: ['Monday', 'Tuesday'], segments: [{ start: '09:00', end: '17:59' }] })
  expect(await uhppoted.getDoorControl(theirs, SERIAL, 2)).toMatchObject({
    doorControlState: { delay: 3, control: { value: 3 } },
  })
})
