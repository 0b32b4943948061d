import { describe, expect, it } from 'vitest'
import { uuidv7 } from '../../src/main/domain/ids.ts'
import { memberStanding, normaliseEmail, normaliseName } from '../../src/main/domain/member.ts'
import { type SentenceParts, sentences } from '../../src/main/domain/messages-en.ts'
import { formatMoney } from '../../src/main/domain/money.ts'
import { REASONS } from '../../src/main/domain/reasons.ts'
import { sayDay, sayMoment } from '../../src/main/domain/say.ts'
import { DAY, endOfLocalDay, HOUR, isTimeZone, parseDuration, startOfLocalDay } from '../../src/main/domain/time.ts'
import { entitlement, NOW } from './samples.ts'

describe('local days', () => {
  it.each([
    ['an ordinary day', '2026-03-18T09:00:00Z', 24],
    ['the day on which clocks go forward', '2026-03-29T09:00:00Z', 23],
    ['the day on which clocks go back', '2026-10-25T09:00:00Z', 25],
  ])('%s has its own length', (_, at, hours) => {
    const moment = Date.parse(at)
    expect(endOfLocalDay(moment, 'Europe/Berlin') - startOfLocalDay(moment, 'Europe/Berlin')).toBe(hours * HOUR)
  })

  it('knows zones, and what is none', () => {
    expect(['Europe/Berlin', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, false, false])
  })
})

it.each([
  ['+40d', 40 * DAY],
  ['3h', 3 * HOUR],
  ['+90m', 5_400_000],
  ['15s', 15_000],
  ['-1d', null],
  ['forty', null],
  ['1w', null],
])('reads the span %s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

describe('what people read', () => {
  const voice = { now: NOW, zone: 'Europe/Berlin', locale: 'en-GB' }
  it.each([
    [NOW + HOUR, 'today 11:00'],
    [NOW + DAY, 'tomorrow 10:00'],
    [NOW - DAY, 'yesterday 10:00'],
    [NOW + 3 * DAY, 'Sat 10:00'],
    [NOW + 20 * DAY, '7 Apr 11:00'],
    [NOW - 400 * DAY, '11 Feb 2025 10:00'],
  ])('a moment %i as %s', (at, said) => {
    expect(sayMoment(at, voice)).toBe(said)
  })

  it('says days without their hour', () => {
    expect([NOW, NOW + 20 * DAY].map((at) => sayDay(at, voice))).toEqual(['today', '7 Apr'])
  })

  it.each([
    [{ minor: 3_500, currency: 'eur' }, '€35.00'],
    [{ minor: 500, currency: 'jpy' }, 'JP¥500'],
    [{ minor: 1_250, currency: 'kwd' }, 'KWD\u00a01.250'],
  ])('money with the decimals of its currency: %o', (money, said) => {
    expect(formatMoney(money, 'en-GB')).toBe(said)
  })

  const full: SentenceParts = {
    name: 'Ana Kos',
    came: 'came in',
    door: 'Front door',
    plan: 'Full member',
    short: '0008075634',
    amount: '€65.00',
    since: '3 Mar',
    until: '10 Mar',
    late: false,
    lastSync: 'today 09:00',
    days: 3,
    declined: 'the bank refused it',
    why: 'locker',
    cardSince: '1 Mar',
  }
  const bare: SentenceParts = {
    ...full,
    amount: null,
    since: null,
    until: null,
    lastSync: null,
    days: null,
    declined: null,
    why: null,
    cardSince: null,
  }
  it.each(REASONS)('a sentence for %s, with and without the details', (reason) => {
    for (const parts of [full, bare]) {
      expect(sentences[reason](parts)).toMatch(/^[A-Z].*\.$/)
      expect(sentences[reason](parts)).not.toMatch(/null|undefined|NaN|\s{2}|\(\)/)
    }
  })
})

describe('people', () => {
  it('compares emails and names as people do', () => {
    expect(normaliseEmail('  Ana.Kos@Example.ORG ')).toBe('ana.kos@example.org')
    expect(normaliseName('  José   GARCÍA ')).toBe('jose garcia')
  })

  it('have the best standing of all that covers them', () => {
    const lapsed = entitlement({ phase: 'lapsed' })
    expect(memberStanding([lapsed, entitlement()], NOW)).toMatchObject({
      standing: 'current',
      paidUntil: NOW + 10 * DAY,
    })
    expect(memberStanding([lapsed, entitlement({ phase: 'frozen' })], NOW).standing).toBe('frozen')
    expect(memberStanding([], NOW)).toEqual({ standing: 'ended', paidUntil: null, graceUntil: null })
  })
})

it('makes ids that sort by time', () => {
  const random = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  const ids = [NOW, NOW + 1, NOW + DAY].map((at) => uuidv7(at, random))
  expect(ids).toEqual(ids.toSorted())
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
