import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { declineAlike, declinedInWords, declineKind } from '../../src/main/domain/declines-en.ts'
import { uuidv7 } from '../../src/main/domain/ids.ts'
import { memberStanding, nameKey, normaliseEmail, normaliseName } from '../../src/main/domain/member.ts'
import { panelSentences, type SentenceParts, sentences } from '../../src/main/domain/messages-en.ts'
import { formatMoney } from '../../src/main/domain/money.ts'
import { DETAILS, REASONS } from '../../src/main/domain/reasons.ts'
import { sayDay, sayMoment } from '../../src/main/domain/say.ts'
import {
  countDays,
  DAY,
  endOfLocalDate,
  endOfLocalDay,
  HOUR,
  isTimeZone,
  latestNight,
  MINUTE,
  parseDuration,
  startOfLocalDay,
  toIso,
} from '../../src/main/domain/time.ts'
import { actionText } from '../../src/main/domain/timeline-en.ts'
import { entitlement, NOW } from './samples.ts'

describe('local days', () => {
  it.each([
    ['2026-11-20T02:00:00Z', 'Europe/Berlin', '2026-11-20T02:00:00.000Z'],
    ['2026-11-20T01:59:59Z', 'Europe/Berlin', '2026-11-19T02:00:00.000Z'],
    ['2026-11-20T23:30:00Z', 'Europe/Berlin', '2026-11-20T02:00:00.000Z'],
    ['2026-11-20T10:59:00Z', 'America/Los_Angeles', '2026-11-19T11:00:00.000Z'],
    // In the night in which three o'clock comes right after two, and the one in which two comes twice.
    ['2026-03-29T12:00:00Z', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25T12:00:00Z', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
  ])('at %s in %s the latest three in the morning was %s', (at, zone, night) => {
    expect(new Date(latestNight(Date.parse(at), zone)).toISOString()).toBe(night)
  })

  it.each([
    ['an ordinary day', '2026-03-18T09:00:00Z', 24],
    ['the day on which clocks go forward', '2026-03-29T09:00:00Z', 23],
    ['the day on which clocks go back', '2026-10-25T09:00:00Z', 25],
  ])('%s has its own length', (_, at, hours) => {
    const moment = Date.parse(at)
    expect(endOfLocalDay(moment, 'Europe/Berlin') - startOfLocalDay(moment, 'Europe/Berlin')).toBe(hours * HOUR)
  })

  it.each([
    ['Europe/Berlin', '2026-01-01'],
    ['America/St_Johns', '2026-01-01'],
    ['Africa/Cairo', '2026-01-01'],
    ['Pacific/Kiritimati', '2026-01-01'],
    // Clocks went forward at midnight; a whole day was left out.
    ['America/Sao_Paulo', '2018-01-01'],
    ['Pacific/Apia', '2011-05-01'],
  ])('a day in %s begins where the zone says so and ends where the next begins (a year from %s)', (zone, from) => {
    for (let at = Date.parse(from); at < Date.parse(from) + 370 * DAY; at += 7 * HOUR + 13 * MINUTE) {
      const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).startOfDay()
      expect(startOfLocalDay(at, zone)).toBe(local.epochMilliseconds)
      expect(startOfLocalDay(local.epochMilliseconds, zone)).toBe(local.epochMilliseconds)
      expect(endOfLocalDay(at, zone)).toBe(local.add({ days: 1 }).startOfDay().epochMilliseconds)
    }
  })

  it('counts local days', () => {
    const of = (...moments: string[]) => countDays(moments.map(Date.parse), 'Europe/Berlin')
    expect(of('2026-03-28T23:30Z', '2026-03-29T00:30Z', '2026-03-29T21:59Z', '2026-03-29T22:00Z')).toBe(2)
    expect(of()).toBe(0)
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

const full: SentenceParts = {
  detail: null,
  rule: '',
  name: 'Ana Kos',
  came: 'came in',
  went: 'went out',
  once: false,
  event: 'Open day',
  host: 'Ben Ade',
  induction: 'Laser',
  hours: 'Mon–Fri 08:00–12:00',
  holiday: 'Easter Monday',
  visits: { allowed: 5, per: 'month' },
  door: 'Front door',
  plan: 'Full member',
  short: '0008075634',
  amount: '€65.00',
  since: '3 Mar',
  until: '10 Mar',
  kind: 'paid',
  lastSync: 'today 09:00',
  days: 3,
  declined: 'the bank refused it',
  why: 'locker',
  by: 'owner',
  state: 'the bank debit is on its way',
  pause: 'on request',
  cardSince: '1 Mar',
  photo: true,
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
  by: null,
  state: null,
  pause: null,
  cardSince: null,
  photo: false,
  event: null,
  host: null,
  induction: null,
  hours: null,
  holiday: null,
  visits: null,
}

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

  it.each(REASONS)('a sentence for %s, with and without the details', (reason) => {
    for (const detail of [null, ...DETAILS]) {
      for (const parts of [full, bare]) {
        expect(sentences[reason]({ ...parts, detail })).toMatch(/^[A-Z].*\.$/)
        expect(sentences[reason]({ ...parts, detail })).not.toMatch(/null|undefined|NaN|\s{2}|\(\)/)
      }
    }
    for (const kind of ['paid', 'late', 'first-debit', 'term'] as const) {
      for (const parts of [full, bare]) {
        expect(sentences[reason]({ ...parts, kind })).toMatch(/^[A-Z].*\.$/)
        expect(sentences[reason]({ ...parts, kind })).not.toMatch(/null|undefined|NaN|\s{2}|\(\)/)
      }
    }
  })

  it.each([
    ['ok-override', { event: null }, "Ana Kos came in by owner's permission until 10 Mar (locker)."],
    ['ok-override', { once: true, event: null, until: null }, "Ana Kos came in once by owner's permission (locker)."],
    ['ok-override', { until: 'today 18:00' }, "Ana Kos came in by owner's permission until today 18:00 (Open day)."],
    ['ok-held-open', { until: 'today 18:00' }, 'Front door is held open by owner until today 18:00.'],
    ['lockdown', { since: 'today 09:00' }, 'Front door is locked down by owner since today 09:00 (locker).'],
    ['ok', { rule: 'guest' }, "Ana Kos came in as Ben Ade's guest."],
    ['ok', { rule: 'way-out' }, 'Ana Kos went out.'],
    ['no-membership', { detail: 'host-absent' }, 'Ana Kos comes in while Ben Ade is in, and Ben Ade is not.'],
    [
      'not-this-door',
      { detail: 'needs-induction' },
      'Full member does not open Front door: it needs the Laser induction.',
    ],
    [
      'not-this-door',
      { detail: 'needs-induction', induction: 'Laser induction' },
      'Full member does not open Front door: it needs the Laser induction.',
    ],
    ['not-this-door', { detail: 'visits-used' }, "Ana Kos's 5 visits of this month are used."],
    [
      'not-this-door',
      { detail: 'visits-used', visits: { allowed: 1, per: 'term' } },
      "Ana Kos's one visit of this term is used.",
    ],
    [
      'not-this-door',
      { detail: 'guardian-absent' },
      'Ana Kos is under age and comes in while a guardian is in, and none of theirs is.',
    ],
    ['not-this-door', {}, 'Full member does not open Front door.'],
    ['outside-hours', { holiday: null }, 'Full member opens Front door Mon–Fri 08:00–12:00.'],
    ['outside-hours', {}, 'Full member opens Front door Mon–Fri 08:00–12:00, but not on a holiday (Easter Monday).'],
    [
      'outside-hours',
      { rule: 'hours-of-minors', holiday: null },
      'Ana Kos is under age and comes in Mon–Fri 08:00–12:00.',
    ],
    [
      'ok-grace',
      { kind: 'late', state: null },
      'Ana Kos came in. Payment of €65.00 is late since 3 Mar; access ends 10 Mar.',
    ],
    [
      'ok-grace',
      { kind: 'late' },
      'Ana Kos came in. Payment of €65.00 is late since 3 Mar; the bank debit is on its way.',
    ],
    [
      'ok-grace',
      { kind: 'first-debit' },
      'Ana Kos came in. The first payment of €65.00 is still on its way; access ends 10 Mar.',
    ],
    ['ok-grace', { kind: 'term' }, 'Ana Kos came in. The agreed term has been over since 3 Mar; access ends 10 Mar.'],
    ['payment-pending', {}, "Ana Kos's first payment is not through yet (the bank debit is on its way)."],
    ['lapsed', {}, "Ana Kos's payment of €65.00 failed on 3 Mar: the bank refused it. Access ended 10 Mar."],
    ['lapsed', { kind: 'term' }, "Ana Kos's agreed term ended on 3 Mar and was not renewed. Access ended 10 Mar."],
    ['frozen', {}, "Ana Kos's membership is paused since 3 Mar (on request); the paid days ended 10 Mar."],
  ] as const)('%s with %o', (reason, parts, sentence) => {
    expect(sentences[reason]({ ...full, ...parts })).toBe(sentence)
  })
})

describe('what the panel says of a late payment', () => {
  it.each([
    [
      { kind: 'late', state: null, declined: 'the bank card has expired; it needs another way to pay' },
      'Payment of €65.00 by Ana Kos is late since 3 Mar: the bank card has expired; it needs another way to pay. Access ends 10 Mar.',
    ],
    [
      { kind: 'late', state: null, declined: null },
      'Payment of €65.00 by Ana Kos is late since 3 Mar; access ends 10 Mar.',
    ],
    [{ kind: 'late' }, 'Payment of €65.00 by Ana Kos is late since 3 Mar; the bank debit is on its way.'],
    [{ kind: 'term' }, 'The agreed term of Ana Kos has been over since 3 Mar; access ends 10 Mar.'],
    [{ kind: 'first-debit' }, 'The first payment of €65.00 by Ana Kos is still on its way; access ends 10 Mar.'],
  ] as const)('%o', (parts, sentence) => {
    expect(panelSentences.grace({ ...full, ...parts })).toBe(sentence)
  })
})

describe('a bank that says no', () => {
  it.each([
    ['insufficient_funds', 'soft', 'not enough money on the account; another try may go through'],
    ['do_not_honor', 'soft', 'the bank refused it without a reason; another try may go through'],
    ['expired_card', 'hard', 'the bank card has expired; it needs another way to pay'],
    ['account_closed', 'hard', 'the bank account is closed; it needs another way to pay'],
    ['authentication_required', 'payer', 'the bank wants the payer to confirm it; only the payer can put that right'],
    ['a_code_of_tomorrow', 'soft', 'the bank refused it; another try may go through'],
    ['constructor', 'soft', 'the bank refused it; another try may go through'],
  ])('%s is %s', (code, kind, words) => {
    expect([declineKind(code), declinedInWords(code)]).toEqual([kind, words])
  })

  it.each([
    ['do_not_honor', 'generic_decline'],
    ['insufficient_funds', 'insufficient_funds'],
    ['expired_payment_method', 'expired_card'],
    ['authentication_not_handled', 'authentication_required'],
    ['a_code_of_tomorrow', declineAlike('constructor')],
  ])('%s reads like %s and is one reason with it', (code, alike) => {
    expect(declineAlike(code)).toBe(alike)
    expect(declinedInWords(code)).toBe(declinedInWords(alike))
  })
})

describe('days in writing', () => {
  it.each([
    ['2026-03-18', '2026-03-18T23:00:00.000Z'],
    ['2026-03-29', '2026-03-29T22:00:00.000Z'],
    ['2026-02-30', null],
    ['2026-3-1', null],
    ['soon', null],
  ])('%s ends at %s', (day, end) => {
    expect(toIso(endOfLocalDate(day, 'Europe/Berlin'))).toBe(end)
  })
})

describe('people', () => {
  it('compares emails and names as people do', () => {
    expect(normaliseEmail('  Ana.Kos@Example.ORG ')).toBe('ana.kos@example.org')
    expect(normaliseName('  José   GARCÍA ')).toBe('jose garcia')
    expect(normaliseName('Søren Weiß')).toBe(normaliseName('SOREN WEISS'))
  })

  it.each([
    ['Ana Kos', 'ana kos'],
    // A name alone may be a first name.
    ['Ana', null],
    ['Sukarno', null],
    ['太郎', null],
    ['ジョン', null],
    ['山田太郎', '山田太郎'],
    ['山田　太郎', '山田太郎'],
    ['佐藤さくら', '佐藤さくら'],
    ['김민수', '김민수'],
    ['No name yet', null],
  ])('called %s may be one with others called %s', (name, key) => {
    expect(nameKey(name)).toBe(key)
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

it.each([
  ['sign-up-started', 'A sign-up was started.'],
  ['sign-up-finished', 'The sign-up was finished.'],
  ['cash-taken', 'Cash was taken.'],
  ['a-kind-of-an-older-version', 'a kind of an older version.'],
])('the timeline says %s in words', (kind, text) => {
  // Whatever is recorded has its words, or it does not compile.
  expect(actionText(kind)).toBe(text)
})

it('makes ids that sort by time', () => {
  const random = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  const ids = [NOW, NOW + 1, NOW + DAY].map((at) => uuidv7(at, random))
  expect(ids).toEqual(ids.toSorted())
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
