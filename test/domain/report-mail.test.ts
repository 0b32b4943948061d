// When the weekly report is owed: weekday, hour, zone, changes of the clock, missed and wrong moments.
import { describe, expect, it } from 'vitest'
import { nextReport, type ReportMail, reportOwed } from '../../src/main/domain/report-mail.ts'

const BERLIN = 'Europe/Berlin'
const monday: ReportMail = { on: true, weekday: 1, hour: 7, to: ['board@space.example'] }
const sunday: ReportMail = { ...monday, weekday: 7, hour: 2 }
const at = (text: string) => Date.parse(text)
const OLD = at('2025-01-01T00:00:00Z')

// 2026-11-23 is a Monday.
const owed: [
  string,
  { now: string; settings?: ReportMail; zone?: string; since?: string; told?: string[] },
  string | null,
][] = [
  ['a minute before', { now: '2026-11-23T05:59:59Z', told: ['2026-11-16'] }, null],
  ['on the minute', { now: '2026-11-23T06:00:00Z', told: ['2026-11-16'] }, '2026-11-23'],
  ['once it is told', { now: '2026-11-23T06:00:01Z', told: ['2026-11-16', '2026-11-23'] }, null],
  ['where the desk was off until Tuesday', { now: '2026-11-24T09:00:00Z', told: ['2026-11-16'] }, '2026-11-23'],
  [
    'where it was off for three weeks, the latest alone',
    { now: '2026-11-25T09:00:00Z', told: ['2026-11-02'] },
    '2026-11-23',
  ],
  [
    'with the clock set back to before what was told',
    { now: '2026-11-20T09:00:00Z', told: ['2026-11-16', '2026-11-23'] },
    null,
  ],
  ['with the clock set back within the week', { now: '2026-11-23T06:10:00Z', told: ['2026-11-23'] }, null],
  [
    'by the clock of another zone',
    { now: '2026-11-23T06:00:00Z', zone: 'America/New_York', told: ['2026-11-16'] },
    null,
  ],
  [
    'by the clock of that zone',
    { now: '2026-11-23T12:00:00Z', zone: 'America/New_York', told: ['2026-11-16'] },
    '2026-11-23',
  ],
  [
    'on a Monday that is one only there',
    { now: '2026-11-22T18:00:00Z', zone: 'Pacific/Auckland', told: [] },
    '2026-11-23',
  ],
  ['what was due before it was switched on', { now: '2026-11-24T09:00:00Z', since: '2026-11-24T08:00:00Z' }, null],
  [
    'what was due after it was switched on',
    { now: '2026-11-23T06:00:00Z', since: '2026-11-23T05:00:00Z' },
    '2026-11-23',
  ],
  ['by settings that a wrong clock made', { now: '2026-11-24T09:00:00Z', since: '2031-01-01T00:00:00Z' }, '2026-11-23'],
  ['where it is switched off', { now: '2026-11-23T06:00:00Z', settings: { ...monday, on: false } }, null],
  ['where nobody is to get it', { now: '2026-11-23T06:00:00Z', settings: { ...monday, to: [] } }, null],
  // Two o'clock does not come on the day on which summer begins, and comes twice on that on which it ends.
  ['before the hour that is skipped', { now: '2026-03-29T00:59:59Z', settings: sunday, told: ['2026-03-22'] }, null],
  [
    'after the hour that is skipped',
    { now: '2026-03-29T01:00:00Z', settings: sunday, told: ['2026-03-22'] },
    '2026-03-29',
  ],
  ['at the first of two', { now: '2026-10-25T00:00:00Z', settings: sunday, told: ['2026-10-18'] }, '2026-10-25'],
  ['at the second of two', { now: '2026-10-25T01:00:00Z', settings: sunday, told: ['2026-10-25'] }, null],
]

describe('the weekly report', () => {
  it.each(owed)('%s', (_, { now, settings = monday, zone = BERLIN, since, told = [] }, day) => {
    const isTold = (one: string) => told.includes(one)
    expect(reportOwed({ settings, since: since === undefined ? OLD : at(since), now: at(now), zone, isTold })).toBe(day)
  })

  it.each([
    ['2026-11-23T05:59:59Z', monday, BERLIN, '2026-11-23T06:00:00.000Z'],
    ['2026-11-23T06:00:00Z', monday, BERLIN, '2026-11-30T06:00:00.000Z'],
    ['2026-03-24T06:00:00Z', monday, BERLIN, '2026-03-30T05:00:00.000Z'],
    ['2026-03-25T06:00:00Z', sunday, BERLIN, '2026-03-29T01:00:00.000Z'],
    ['2026-11-22T18:00:00Z', monday, 'Pacific/Auckland', '2026-11-29T18:00:00.000Z'],
  ])('goes next after %s', (now, settings, zone, next) => {
    expect(new Date(nextReport(settings, at(now), zone) ?? 0).toISOString()).toBe(next)
  })

  it('does not go at all where it is off', () => {
    expect(nextReport({ ...monday, on: false }, at('2026-11-23T06:00:00Z'), BERLIN)).toBeNull()
  })
})
