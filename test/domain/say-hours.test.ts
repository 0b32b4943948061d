// Hours as people say them.
import { expect, it } from 'vitest'
import { sayHours } from '../../src/main/domain/say-hours.ts'
import type { HoursWindow } from '../../src/main/domain/schedule.ts'

const on = (days: number[], from: string, to: string): HoursWindow => ({ days, from, to })
const EVERY = [1, 2, 3, 4, 5, 6, 7]

it.each<[HoursWindow[], string]>([
  [[on([1, 2, 3, 4, 5], '08:00', '18:00'), on([6], '10:00', '16:00')], 'Mon–Fri 08:00–18:00, Sat 10:00–16:00'],
  [[on([6], '10:00', '16:00'), on([1, 2, 3, 4, 5], '08:00', '18:00')], 'Mon–Fri 08:00–18:00, Sat 10:00–16:00'],
  [[on(EVERY, '00:00', '00:00')], 'every day all day'],
  [[on([6, 7], '00:00', '00:00')], 'Sat–Sun all day'],
  [[on([5], '20:00', '00:00')], 'Fri 20:00–midnight'],
  [[on([5, 6], '22:00', '06:00')], 'Fri–Sat 22:00–06:00'],
  [[on([1, 3, 5], '09:00', '12:00')], 'Mon, Wed and Fri 09:00–12:00'],
  [[on([1, 2, 3, 6], '09:00', '12:00')], 'Mon–Wed and Sat 09:00–12:00'],
  [[on([1, 2], '13:00', '17:00'), on([1, 2], '08:00', '12:00')], 'Mon–Tue 08:00–12:00 and 13:00–17:00'],
  // Two sets of hours that a plan has at one door, once by the door and once by its group.
  [
    [on([1, 2, 3], '08:00', '18:00'), on([3], '17:00', '22:00'), on([1], '08:00', '18:00')],
    'Mon–Tue 08:00–18:00, Wed 08:00–18:00 and 17:00–22:00',
  ],
])('%j', (hours, said) => {
  expect(sayHours(hours)).toBe(said)
})
