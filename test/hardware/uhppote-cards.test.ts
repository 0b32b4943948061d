// Cards of a UHPPOTE board: those of others are read and left alone, ours are written so that no other door is wider or
// narrower for it, and what is read back means what was wanted.
import { expect, test } from 'vitest'
import type { Window } from '../../hardware/controller.ts'
import type { Profile } from '../../hardware/controllers/uhppote-frames.ts'
import { card, give, opens, rig, TODAY, take, wanted, writing } from './uhppote-rig.ts'

const OFFICE: Window[] = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }]

const profile = (id: number, more: Partial<Profile> = {}): Profile => ({
  id,
  from: '2020-01-01',
  to: '2029-12-31',
  days: [true, true, true, true, true, false, false],
  spans: [
    ['09:00', '17:59'],
    ['00:00', '00:00'],
    ['00:00', '00:00'],
  ],
  linked: 0,
  ...more,
})
test.each([true, false])(
  '300 cards of others are read, and open as before until somebody confirms (count of places: %s)',
  async (countsPlaces) => {
    const { board, device } = await rig({ board: { countsPlaces } })
    board.hold(...Array.from({ length: 20 }, (_, n) => card(50 + n)))
    board.holdProfiles(
      profile(29, { linked: 30 }),
      profile(30, { days: [false, false, false, false, false, true, false] }),
    )
    const foreign = Array.from({ length: 300 }, (_, n) =>
      card(1_000_000 + n, n % 3 === 0 ? [1, 0, 0, 0] : n % 3 === 1 ? [0, 29, 1, 0] : [0, 0, 1, 0]),
    )
    board.hold(...foreign, card(5), card(6, [1, 1, 1, 1], { to: '2026-11-19' }))
    // Places from which cards were deleted are walked over, also at the end.
    board.hold(card(90))
    board.drop(90, ...Array.from({ length: 20 }, (_, n) => 50 + n))
    const { cards } = await device.read()
    expect(cards.filter(({ door }) => door === 'front')).toHaveLength(101)
    expect(cards.filter(({ door }) => door === 'shop')).toHaveLength(100)
    expect(cards.find(({ card: number }) => number === '1000001')).toEqual({
      door: 'shop',
      card: '1000001',
      terms: 'Mo Tu We Th Fr Sa 09:00-18:00 until 2027-12-31',
    })
    expect(writing(board.seen)).toEqual([])
    for (const { number, doors } of foreign)
      for (const [n, byte] of doors.entries()) expect(opens(board, number, n + 1, `${TODAY}T13:00:00`)).toBe(byte !== 0)
  },
)

test('what is written reads back as it was wanted, for each door by itself', async () => {
  const { board, device, takeOver } = await rig()
  await takeOver()
  const changes = [
    give('front', 7, '2027-12-31'),
    give('shop', 7, '2027-01-31'),
    give('front', 8, '2027-06-30', OFFICE),
    give('shop', 8, '2027-06-30', [{ days: [6], from: '22:00', to: '04:00' }]),
    give('front', 9, '2027-06-30', OFFICE),
  ]
  expect(await device.apply(changes)).toEqual(
    changes.map(({ door, card: number, wanted: want }) => ({ door, card: number, terms: device.termsOf(door, want) })),
  )
  expect(board.cards.get(7)).toEqual({ number: 7, from: TODAY, to: '2027-12-31', doors: [1, 2, 0, 0], pin: 0 })
  expect(opens(board, 7, 2, '2027-01-31T23:59:59')).toBe(true)
  expect(opens(board, 7, 2, '2027-02-01T00:00:00')).toBe(false)
  expect(opens(board, 8, 1, '2026-11-23T17:59:59')).toBe(true)
  expect(opens(board, 8, 1, '2026-11-23T18:00:00')).toBe(false)
  expect(opens(board, 8, 2, '2026-11-22T03:59:00')).toBe(true)
  expect(opens(board, 8, 2, '2026-11-21T03:59:00')).toBe(false)
  // The same hours are one profile.
  expect(board.cards.get(9)?.doors[0]).toBe(board.cards.get(8)?.doors[0])
  const { cards } = await device.read()
  for (const { door, card: number, wanted: want } of changes)
    expect(cards).toContainEqual({ door, card: number, terms: device.termsOf(door, want) })

  expect(await device.apply([take('front', 7)])).toEqual([{ door: 'front', card: '7', terms: null }])
  expect(opens(board, 7, 2, '2027-01-31T12:00:00')).toBe(true)
  expect(board.cards.get(7)?.doors[0]).toBe(0)
  await device.apply([take('shop', 7)])
  expect(board.cards.has(7)).toBe(false)
  const before = board.seen.length
  expect(await device.apply([take('shop', 7), give('front', 9, '2027-06-30', OFFICE)])).toMatchObject([
    { terms: null },
    { terms: device.termsOf('front', wanted(9, '2027-06-30', OFFICE)) },
  ])
  // Nothing was to be done, so nothing was written.
  expect(writing(board.seen.slice(before)).filter((op) => /card|profile/.test(op))).toEqual([])
})

test('a profile that cards of others use is left as it is, and one that means the same is used again', async () => {
  const { board, device, takeOver } = await rig()
  const theirs = [
    profile(2, { from: '2020-01-01', to: '2026-12-31' }),
    profile(3, { from: '2000-01-01', to: '2099-12-31' }),
    // Not in use, and somebody's all the same.
    profile(4, { to: '2026-12-30' }),
  ]
  board.holdProfiles(...theirs)
  board.hold(card(100, [0, 0, 2, 0]), card(101, [0, 0, 0, 3]))
  await takeOver()
  await device.read()
  await device.apply([
    give('front', 7, '2027-06-30', OFFICE),
    give('front', 8, '2027-06-30', [{ days: [7], from: '10:00', to: '12:00' }]),
  ])
  expect(board.cards.get(7)?.doors).toEqual([3, 0, 0, 0])
  expect(board.cards.get(8)?.doors).toEqual([5, 0, 0, 0])
  for (const one of theirs) expect(board.profiles.get(one.id)).toEqual(one)
})

test('a first day that is past is kept, and one that is to come still holds at other doors', async () => {
  const { board, device, takeOver } = await rig()
  board.hold(
    card(7, [0, 0, 1, 0]),
    card(8, [0, 0, 1, 0], { from: '2026-12-01' }),
    card(9, [1, 0, 1, 0], { from: '2026-12-01' }),
  )
  await takeOver()
  await device.apply([give('front', 7, '2027-06-30'), give('front', 8, '2027-06-30'), take('front', 9)])
  expect(board.cards.get(7)).toMatchObject({ from: '2026-01-01', to: '2027-12-31' })
  expect(board.cards.get(8)?.from).toBe(TODAY)
  expect(opens(board, 8, 1, `${TODAY}T13:00:00`)).toBe(true)
  expect(opens(board, 8, 3, '2026-11-30T13:00:00')).toBe(false)
  expect(opens(board, 8, 3, '2026-12-01T13:00:00')).toBe(true)
  expect(board.cards.get(9)).toMatchObject({ from: '2026-12-01', doors: [0, 0, 1, 0] })
})

test('no hours begin on a holiday, and they go on after it without us', async () => {
  const { board, device, takeOver, holidays } = await rig()
  holidays.push('2026-12-25', '2026-12-26', '2027-01-01')
  await takeOver()
  await device.apply([give('front', 7, '2027-06-30', [...OFFICE, { days: [5], from: '22:00', to: '03:00' }])])
  const at = (clock: string) => opens(board, 7, 1, clock)
  expect(at('2026-12-24T12:00:00')).toBe(true)
  expect(at('2026-12-25T12:00:00')).toBe(false)
  expect(at('2026-12-25T23:00:00')).toBe(false)
  expect(at('2026-12-26T02:00:00')).toBe(false)
  expect(at('2026-12-28T12:00:00')).toBe(true)
  expect(at('2026-12-19T02:59:00')).toBe(true)
  expect(at('2027-01-01T12:00:00')).toBe(false)
  expect(at('2027-01-04T12:00:00')).toBe(true)
})

test('days pass and holidays are added: what is wanted then reads otherwise, and is written anew', async () => {
  const { board, device, takeOver, holidays, pass } = await rig()
  holidays.push('2026-12-25', '2027-01-01', '2027-04-02', '2027-05-01')
  await takeOver()
  const want = wanted(7, '2027-12-31', OFFICE)
  const [first] = await device.apply([{ door: 'front', card: '7', wanted: want }])
  expect(first?.terms).toBe(device.termsOf('front', want))
  expect(board.cards.get(7)?.to).toBe('2027-04-01')
  pass(40 * 86_400_000)
  holidays.splice(0, 1)
  expect(device.termsOf('front', want)).not.toBe(first?.terms)
  const [second] = await device.apply([{ door: 'front', card: '7', wanted: want }])
  expect(second?.terms).toBe(device.termsOf('front', want))
  expect(opens(board, 7, 1, '2027-04-30T12:00:00')).toBe(true)
  expect(opens(board, 7, 1, '2027-05-01T12:00:00')).toBe(false)
  expect(opens(board, 7, 1, '2027-04-02T12:00:00')).toBe(false)
})

test('where a board has no profile left nobody gets more than was wanted, and it is said', async () => {
  const { board, device, takeOver, told } = await rig()
  for (let id = 2; id <= 254; id += 1) board.holdProfiles(profile(id, { to: `20${30 + Math.floor(id / 10)}-01-01` }))
  board.hold(...Array.from({ length: 253 }, (_, n) => card(1_000 + n, [0, 0, n + 2, 0])))
  await takeOver()
  expect(await device.apply([give('front', 7, '2027-06-30', [{ days: [7], from: '10:00', to: '12:00' }])])).toEqual([
    { door: 'front', card: '7', terms: null },
  ])
  expect(told.troubles.at(-1)).toMatch(/no time profile left/)
  expect(board.cards.has(7)).toBe(false)
  // What takes away needs no room, and makes some.
  board.hold(card(8, [1, 0, 1, 0]))
  await device.apply([take('front', 8)])
  expect(board.cards.get(8)?.doors).toEqual([0, 0, 1, 0])
})

test('where every profile is defined, only such as no card uses make room', async () => {
  const { board, device, takeOver, holidays } = await rig()
  holidays.push('2026-12-25')
  const theirs = Array.from({ length: 253 }, (_, n) => profile(n + 2, { to: `20${30 + Math.floor(n / 10)}-01-01` }))
  board.holdProfiles(...theirs)
  const used = theirs.slice(0, 100)
  board.hold(...used.map(({ id }) => card(1_000 + id, [0, 0, id, 0])), card(7, [0, 1, 0, 0], { to: '2026-12-31' }))
  await takeOver()
  const hours = [...OFFICE, { days: [6], from: '10:00', to: '14:00' }]
  expect(await device.apply([give('front', 7, '2027-06-30', hours)])).toEqual([
    { door: 'front', card: '7', terms: device.termsOf('front', wanted(7, '2027-06-30', hours)) },
  ])
  for (const one of used) expect(board.profiles.get(one.id)).toEqual(one)
  expect(opens(board, 7, 1, '2026-12-26T11:00:00')).toBe(true)
  expect(opens(board, 7, 1, '2026-12-25T11:00:00')).toBe(false)
  expect(opens(board, 7, 2, '2026-12-25T11:00:00')).toBe(true)
  expect(opens(board, 7, 2, '2026-12-31T23:00:00')).toBe(true)
  expect(opens(board, 7, 2, '2027-01-01T00:00:00')).toBe(false)
})

test('a text that is no number is no card of a board', async () => {
  const { device, takeOver, board } = await rig()
  await takeOver()
  for (const text of ['0', '4294967295', '4294967296', 'abc', '', '1.5', '99999999999'])
    expect(await device.apply([{ door: 'front', card: text, wanted: wanted(1, '2027-12-31') }])).toEqual([
      { door: 'front', card: text, terms: null },
    ])
  expect(board.cards.size).toBe(0)
  expect(device.written('0012314706')).toBe('12314706')
})
