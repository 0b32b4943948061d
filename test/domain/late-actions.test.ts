// Mails from a template, what stands beside a late payment, and a term that lasts as long again.
import { describe, expect, it } from 'vitest'
import { fillTemplate, unknownPlaceholders } from '../../src/main/domain/fill-template.ts'
import { canBeTakenBack, type FollowUp, followedAt } from '../../src/main/domain/follow-up.ts'
import { usualTemplates } from '../../src/main/domain/late-actions-en.ts'
import { mailText } from '../../src/main/domain/mail-en.ts'
import { againAsLong, endOfLocalDate, startOfLocalDate, toLocal } from '../../src/main/domain/time.ts'

const ADA = {
  name: 'Ada {amount}',
  amount: '€45.00',
  plan: 'Full member',
  due: '3 March 2026',
  link: 'https://pay.example/1',
}

describe('a template', () => {
  it.each([
    ['Hello {name}, {amount}!', 'Hello Ada {amount}, €45.00!', []],
    [
      '{plan} since {due}: {link} {link}',
      'Full member since 3 March 2026: https://pay.example/1 https://pay.example/1',
      [],
    ],
    ['{Name} { name } {iban} {iban} {}', '{Name} { name } {iban} {iban} {}', ['Name', ' name ', 'iban', '']],
    ['a } b { c', 'a } b { c', []],
    ['{{name}}', '{Ada {amount}}', []],
    ['{constructor} {__proto__}', '{constructor} {__proto__}', ['constructor', '__proto__']],
  ])('%s', (text, filled, unknown) => {
    expect(fillTemplate(text, ADA)).toBe(filled)
    expect(unknownPlaceholders(text)).toEqual(unknown)
  })

  it('to begin with names nothing that is not filled in', () => {
    for (const { subject, text } of usualTemplates) {
      expect(unknownPlaceholders(`${subject} ${text}`)).toEqual([])
      expect(fillTemplate(`${subject} ${text}`, { ...ADA, name: 'Ada' })).not.toMatch(/[{}]/)
    }
  })

  it('becomes a mail: the page to pay at is a button, lines stay lines, and a name is text alone', () => {
    const payload = {
      subject: 'Late',
      text: 'Hello <b>Ada</b>,\nall well?\n\nhttps://pay.example/1\n\nBye',
      url: 'https://pay.example/1',
    }
    const mail = mailText({ kind: 'reminder', payload }, { space: 'Space', locale: 'en-GB', zone: 'UTC' })
    expect(mail.subject).toBe('Late')
    expect(mail.text).toBe('Hello <b>Ada</b>,\nall well?\n\nPay now: https://pay.example/1\n\nBye\n\nSpace\n')
    expect(mail.html).toContain('Hello &lt;b&gt;Ada&lt;/b&gt;,<br>all well?')
    expect(mail.html).toContain('<a href="https://pay.example/1"')
  })
})

describe('what stands beside a line', () => {
  const fact = (kind: FollowUp['kind'], more: Partial<FollowUp>) => ({
    kind,
    text: null,
    until: null,
    withdrawn: null,
    ...more,
  })
  const gone = { at: 2, operator: 'owner' }
  it.each([
    ['nothing', [], [null, null, null]],
    [
      'the last of each',
      [fact('note', { text: 'a' }), fact('note', { text: 'b' }), fact('assigned', { text: 'Bo' })],
      ['b', 'Bo', null],
    ],
    [
      'what stood before, where the last was taken back',
      [fact('note', { text: 'a' }), fact('note', { text: 'b', withdrawn: gone })],
      ['a', null, null],
    ],
    ['nothing, where it was cleared', [fact('assigned', { text: 'Bo' }), fact('assigned', {})], [null, null, null]],
    ['put off until a moment to come', [fact('snoozed', { until: 101 })], [null, null, 101]],
    ['there again from that moment on', [fact('snoozed', { until: 100 })], [null, null, null]],
    ['no mail and no bar', [fact('mail', { text: 'x' }), fact('barred', { text: 'y' })], [null, null, null]],
  ])('%s', (_, facts, [note, assignee, snoozedUntil]) => {
    expect(followedAt(facts, 100)).toEqual({ note, assignee, snoozedUntil })
  })

  it.each([
    ['note', true],
    ['assigned', true],
    ['snoozed', true],
    ['extended', true],
    ['barred', true],
    ['link', false],
    ['mail', false],
    ['paid', false],
  ] as const)('%s can be taken back: %s', (kind, can) => {
    expect(canBeTakenBack({ kind, withdrawn: null })).toBe(can)
    expect(canBeTakenBack({ kind, withdrawn: gone })).toBe(false)
  })
})

describe('a term that lasts as long again', () => {
  it.each([
    ['a month', '2026-01-15', '2026-02-14', '2026-03-14'],
    ['a calendar month into a shorter one', '2026-01-01', '2026-01-31', '2026-02-28'],
    ['a year', '2026-03-10', '2027-03-09', '2028-03-09'],
    ['ten days over the change of the clock', '2026-03-20', '2026-03-29', '2026-04-08'],
    ['one day', '2026-10-25', '2026-10-25', '2026-10-26'],
  ])('%s', (_, first, last, next) => {
    const zone = 'Europe/Berlin'
    const end = againAsLong(startOfLocalDate(first, zone) ?? 0, endOfLocalDate(last, zone) ?? 0, zone)
    expect(toLocal(end - 1, zone)).toMatchObject({ day: { date: next }, time: '23:59' })
  })
})
