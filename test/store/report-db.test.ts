// What is kept of the log of decisions for reports: it follows the log, and where the two do not belong together it is made
// anew.
import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { LogWord } from '../../src/main/domain/door-events.ts'
import { DAY, HOUR, type Ms } from '../../src/main/domain/time.ts'
import { appendDecision } from '../../src/main/store/access-log.ts'
import type { WriteDb } from '../../src/main/store/open.ts'
import { openReport, readTail, swipesAboutMoney } from '../../src/main/store/report-db.ts'
import { followLog, KEPT } from '../../src/main/store/report-follow.ts'
import { firstVisitDay, hourCounts, visitDays } from '../../src/main/store/report-visits.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import { freshFolder, MIGRATIONS, openFresh, openNew } from './folder.ts'

const DESK = 'desk-1'
const at = (text: string) => Date.parse(text)
let now: Ms
let folder: string
let desk: WriteDb
let access: WriteDb
let report: WriteDb

beforeEach(() => {
  now = at('2026-11-20T12:00Z')
  folder = freshFolder()
  desk = openFresh('desk', folder)
  access = openFresh('access', folder)
  report = openFresh('report', folder)
  writeSetting(desk, 'timeZone', 'Europe/Berlin', now)
})

let presented = 0
function swipe(moment: Ms | string, member: string | null, reason: LogWord = 'ok', door = 'front', to = access): void {
  presented += 1
  appendDecision(to, DESK, {
    at: typeof moment === 'string' ? at(moment) : moment,
    doorId: door,
    presentationId: `p${presented}`,
    cardText: reason === 'closed' ? '' : 'em:6F00000001',
    canonical: null,
    memberId: member,
    granted: reason.startsWith('ok'),
    reason,
    detail: null,
    receipt: `r${presented}`,
    rule: 'rule',
    inputs: { card: 'active', memberships: 1 } as never,
    answer: {},
  })
}

function follow({ of = access, deskId = DESK } = {}): void {
  const log = followLog({ report, access: of, desk, deskId, now: () => now })
  while (log.step() > 0);
}

const kept = () => ({
  swipes: report.prepare('SELECT seq, door_id, member_id, granted, reason FROM swipe ORDER BY seq').raw().all(),
  days: report.prepare('SELECT day, member_id FROM visit_day ORDER BY day, member_id').raw().all(),
  hours: report
    .prepare('SELECT day, hour, door_id, let_through FROM visit_hour ORDER BY day, hour, door_id')
    .raw()
    .all(),
})

describe('what is kept', () => {
  test('swipes, days and hours, and nothing that a door told of itself', () => {
    swipe('2026-11-19T17:10Z', 'ada')
    swipe('2026-11-19T17:50Z', 'ada', 'ok-grace')
    swipe('2026-11-19T17:55Z', 'ben', 'lapsed')
    swipe('2026-11-19T22:59Z', 'cat', 'ok', 'side')
    swipe('2026-11-19T23:00Z', 'cat', 'ok', 'side')
    swipe('2026-11-19T23:01Z', null, 'closed')
    swipe('2026-11-19T23:02Z', null, 'unknown-card')
    follow()
    expect(kept()).toEqual({
      swipes: [
        [1, 'front', 'ada', 1, 'ok'],
        [2, 'front', 'ada', 1, 'ok-grace'],
        [3, 'front', 'ben', 0, 'lapsed'],
        [4, 'side', 'cat', 1, 'ok'],
        [5, 'side', 'cat', 1, 'ok'],
        [7, 'front', null, 0, 'unknown-card'],
      ],
      // Berlin's day ends at 23:00 UTC.
      days: [
        ['2026-11-19', 'ada'],
        ['2026-11-19', 'cat'],
        ['2026-11-20', 'cat'],
      ],
      hours: [
        ['2026-11-19', 18, 'front', 2],
        ['2026-11-19', 23, 'side', 1],
        ['2026-11-20', 0, 'side', 1],
      ],
    })
    expect(readTail(report)).toMatchObject({ desk: DESK, zone: 'Europe/Berlin', seq: 7 })
    const about = [...swipesAboutMoney(report, now - DAY, now)]
    expect(about.map(({ seq, reason, granted }) => [seq, reason, granted])).toEqual([
      [2, 'ok-grace', 1],
      [3, 'lapsed', 0],
    ])
  })

  test('follows what comes, each row once', () => {
    swipe(now - HOUR, 'ada')
    follow()
    follow()
    swipe(now - HOUR / 2, 'ada')
    swipe(now, 'ben')
    follow()
    expect(kept().swipes).toHaveLength(3)
    expect(kept().hours).toEqual([
      ['2026-11-20', 12, 'front', 2],
      ['2026-11-20', 13, 'front', 1],
    ])
  })

  test('an upload of an earlier time counts on its own day, and is told to whoever remembers days that are over', () => {
    swipe(now, 'ada')
    follow()
    const before = readTail(report)?.early
    swipe('2026-11-02T10:00Z', 'ada')
    follow()
    expect(kept().days).toEqual([
      ['2026-11-02', 'ada'],
      ['2026-11-20', 'ada'],
    ])
    expect(readTail(report)?.early).not.toBe(before)
  })

  test('single swipes for a hundred days, visits for ever', () => {
    swipe(now - 2 * DAY, 'ada')
    swipe(now - KEPT - DAY, 'ben')
    follow()
    expect(kept().swipes).toEqual([[1, 'front', 'ada', 1, 'ok']])
    now += KEPT
    swipe(now, 'cat')
    follow()
    expect(kept().swipes).toEqual([[3, 'front', 'cat', 1, 'ok']])
    expect(kept().days.map((row) => (row as string[])[1])).toEqual(['ben', 'ada', 'cat'])
  })

  test('the hour that a day has twice is one, and a day of 23 hours has its own', () => {
    now = at('2027-04-01T12:00Z')
    for (const moment of ['2026-10-25T00:30Z', '2026-10-25T01:30Z', '2027-03-28T00:59Z', '2027-03-28T01:00Z'])
      swipe(moment, 'ada')
    swipe('2027-03-28T22:00Z', 'ben')
    follow()
    expect(kept().hours).toEqual([
      ['2026-10-25', 2, 'front', 2],
      ['2027-03-28', 1, 'front', 1],
      ['2027-03-28', 3, 'front', 1],
      ['2027-03-29', 0, 'front', 1],
    ])
    expect(firstVisitDay(report)).toBe('2026-10-25')
  })
})

describe('is made anew', () => {
  test.each([
    ['in another zone', () => writeSetting(desk, 'timeZone', 'Asia/Tokyo', now), '2026-11-20'],
    ['never where nothing changed', () => undefined, '2026-11-19'],
  ])('%s', (_, change, day) => {
    swipe('2026-11-19T20:00Z', 'ada')
    follow()
    change()
    follow()
    expect(kept().days).toEqual([[day, 'ada']])
    expect(kept().swipes).toHaveLength(1)
  })

  test('after a log was restored that is shorter, or went on in another way', () => {
    for (const who of ['ada', 'ben', 'cat']) swipe(now, who)
    follow()
    const shorter = openFresh('access')
    swipe(now - DAY, 'ada', 'ok', 'front', shorter)
    follow({ of: shorter })
    expect(kept().swipes).toEqual([[1, 'front', 'ada', 1, 'ok']])
    expect(kept().days).toEqual([['2026-11-19', 'ada']])
    const other = openFresh('access')
    for (const who of ['dan', 'eve']) swipe(now, who, 'ok', 'front', other)
    follow({ of: other })
    expect(kept().swipes.map((row) => (row as unknown[])[2])).toEqual(['dan', 'eve'])
  })

  test('for another desk', () => {
    swipe(now, 'ada')
    follow()
    follow({ deskId: 'desk-2' })
    expect(kept()).toEqual({ swipes: [], days: [], hours: [] })
    follow()
    expect(kept().swipes).toHaveLength(1)
  })

  test('where the file cannot be used: it holds nothing that is not in the log', () => {
    report.close()
    const file = path.join(folder, 'report.db')
    fs.writeFileSync(file, 'no database at all '.repeat(100))
    report = openReport(folder, MIGRATIONS)
    expect(readTail(report)).toBeNull()
    report.pragma('user_version = 99')
    report.close()
    report = openReport(folder, MIGRATIONS)
    swipe(now, 'ada')
    follow()
    expect(kept().swipes).toHaveLength(1)
    report.close()
    report = openNew(folder, 'report')
    expect(readTail(report)?.seq).toBe(1)
  })
})

test('days of somebody who was two people count once', () => {
  for (const day of ['09', '10', '11']) swipe(`2026-11-${day}T10:00Z`, 'ada')
  for (const day of ['11', '12', '30']) swipe(`2026-11-${day}T10:00Z`, 'adah')
  swipe('2026-11-10T11:00Z', 'ben', 'ok', 'way-out')
  follow()
  const days = (merged: [string, string][]) =>
    Object.fromEntries(visitDays(report, '2026-11-10', '2026-11-19', new Map(merged)))
  expect(days([])).toEqual({ ada: 2, adah: 2, ben: 1 })
  expect(days([['adah', 'ada']])).toEqual({ ada: 3, ben: 1 })
  expect(days([['adah', 'someone']])).toEqual({ ada: 2, someone: 2, ben: 1 })
  expect(hourCounts(report, '2026-11-10', '2026-11-10', [])).toEqual([
    { day: '2026-11-10', hour: 11, letThrough: 1 },
    { day: '2026-11-10', hour: 12, letThrough: 1 },
  ])
  expect(hourCounts(report, '2026-11-10', '2026-11-10', ['way-out'])).toHaveLength(1)
})
