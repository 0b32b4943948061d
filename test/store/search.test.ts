import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renewSearch } from '../../src/main/app/refresh-search.ts'
import { CARD_FORMS, writtenForms } from '../../src/main/domain/card-identity.ts'
import { addEmail, insertMember } from '../../src/main/store/members.ts'
import type { WriteDb } from '../../src/main/store/open.ts'
import { indexMember, type SearchText, searchMembers } from '../../src/main/store/search.ts'
import { readSearchShape } from '../../src/main/store/settings.ts'
import { openFresh, openNew } from './folder.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-search-'))
let db: WriteDb

const people: Record<string, Partial<SearchText>> = {
  'Zoë Müller-Lüdenscheidt': { emails: ['Zoe.Mueller@Example.org'], phone: '+49 170 1234567' },
  'José García': { emails: ['jose@garcia.example', 'second+tag@mail.example'], phone: '+491721112223' },
  'Max Berger': { phone: '0151 9876543', cards: cardsOf('em:6F007B3972') },
  'Maxine Berg': { phone: '(030) 90 18 20', cards: cardsOf('iso14a:1EA68671') },
  'Łukasz Nowak': { cards: cardsOf('w26:112233') },
  "Siobhán O'Neil": { cards: cardsOf('em:0AF1223344') },
  'नमिता शर्मा': {},
  'Bo Lind': { cards: cardsOf('em:0A2D14D9D2') },
  'Ann AND OR NOT NEAR': {},
  山田太郎: {},
  '佐藤 花子': {},
  'ジョン・スミス': {},
  ガブリエル: {},
  김민수: {},
  𠮷野家: {},
  'Straßburger Weiß': { emails: ['weiß@laden.example'] },
  Fioﬁona: {},
  'Søren Ærlig': {},
  'Đorđe Đukić': {},
  'Işık Yıldız': {},
  'İlker Özgür': {},
  'Þóra Åkesson': {},
  'Jean‑Luc Picardie': {},
  علی‌رضا: {},
}

function cardsOf(canonical: string): string[] {
  return [canonical, ...Object.values(writtenForms(canonical))]
}

const found = (query: string, limit = 50) =>
  searchMembers(db, query, limit).map((id) => Object.keys(people)[Number(id)] ?? id)

beforeAll(() => {
  db = openNew(folder)
  for (const [index, [name, text]] of Object.entries(people).entries()) {
    insertMember(db, { id: String(index), name, phone: null, createdAt: 1 }, 'desk')
    indexMember(db, String(index), { name, emails: [], phone: null, cards: [], ...text })
  }
})

afterAll(() => {
  db.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

describe('people are found', () => {
  test.each<[string, string, string[]]>([
    ['by a name without its accents', 'zoe', ['Zoë Müller-Lüdenscheidt']],
    ['by a name with its accents', 'Zoë', ['Zoë Müller-Lüdenscheidt']],
    ['by accents as separate marks', 'Zoe\u0308', ['Zoë Müller-Lüdenscheidt']],
    ['in capitals', 'GARCÍA', ['José García']],
    ['by the beginning of a name', 'max', ['Max Berger', 'Maxine Berg']],
    ['by one letter', 'g', ['José García']],
    ['by the second half of a double name', 'luden', ['Zoë Müller-Lüdenscheidt']],
    ['by a name with an apostrophe', "o'neil", ["Siobhán O'Neil"]],
    ['by two words in any order', 'ber maxi', ['Maxine Berg']],
    ['by two words of which one is of the email', 'zoe example', ['Zoë Müller-Lüdenscheidt']],
    ['by a whole email', 'jose@garcia.example', ['José García']],
    ['by an email in other letters', 'zoe.mueller@EXAMPLE.ORG', ['Zoë Müller-Lüdenscheidt']],
    ['by the beginning of an email', 'zoe.muel', ['Zoë Müller-Lüdenscheidt']],
    ['by the domain of an email', 'garcia.example', ['José García']],
    ['by a second email with a tag', 'second+tag@mail', ['José García']],
    ['in other scripts', 'शर्मा', ['नमिता शर्मा']],
    ['by the beginning of a word in other scripts', 'नमि', ['नमिता शर्मा']],
    ['by a family name before which no space stands', '山田', ['山田太郎']],
    ['by a given name after which no space stands', '太郎', ['山田太郎']],
    ['by one character of it', '郎', ['山田太郎']],
    ['by the last of two that belong together', '田太', ['山田太郎']],
    ['by both in the other order', '太郎 山田', ['山田太郎']],
    ['by both with a space that is not stored', '山田　太郎', ['山田太郎']],
    ['by both without the space that is stored', '佐藤花子', ['佐藤 花子']],
    ['in katakana', 'スミス', ['ジョン・スミス']],
    ['in katakana of half width', 'ｽﾐｽ', ['ジョン・スミス']],
    ['not by another syllable', 'カブリ', []],
    ['by a Korean given name', '민수', ['김민수']],
    ['by a character beyond the first plane', '野家', ['𠮷野家']],
    ['by ss for ß', 'strassburger weiss', ['Straßburger Weiß']],
    ['by ß', 'weiß', ['Straßburger Weiß']],
    ['by ß in capitals', 'STRASSB', ['Straßburger Weiß']],
    ['by an email with ß', 'weiss@laden', ['Straßburger Weiß']],
    ['by letters that stand as a ligature', 'fiofi', ['Fioﬁona']],
    ['by o for ø', 'soren', ['Søren Ærlig']],
    ['by oe for ø', 'soeren', ['Søren Ærlig']],
    ['by ae for æ', 'aerlig', ['Søren Ærlig']],
    ['by l for ł', 'lukasz', ['Łukasz Nowak']],
    ['by ł', 'ŁUKASZ', ['Łukasz Nowak']],
    ['by d for đ', 'dorde dukic', ['Đorđe Đukić']],
    ['by i for ı', 'isik yildiz', ['Işık Yıldız']],
    ['by ı', 'yıl', ['Işık Yıldız']],
    ['by İ', 'İLKER', ['İlker Özgür']],
    ['by i for İ', 'ilker ozgur', ['İlker Özgür']],
    ['by th for þ', 'thora', ['Þóra Åkesson']],
    ['by aa for å', 'aakes', ['Þóra Åkesson']],
    ['by ue for ü', 'muel', ['Zoë Müller-Lüdenscheidt']],
    ['by a name whose apostrophe is left out', 'oneil', ["Siobhán O'Neil"]],
    ['by a name with another apostrophe', 'o’neil', ["Siobhán O'Neil"]],
    ['by a name whose hyphen is left out', 'jeanluc', ['Jean‑Luc Picardie']],
    ['by a part of a name with a sign of no width', 'رضا', ['علی\u200cرضا']],
    ['by a name without that sign', 'علیرضا', ['علی\u200cرضا']],
    ['by words that mean something to the index', 'AND NOT', ['Ann AND OR NOT NEAR']],
    ['by all words only', 'max garcia', []],
    ['not by the middle of a name', 'erger', []],
    ['by a number as it stands on a card', '0756341202', ['Bo Lind']],
    ['by no zeros in front of a card as by a call abroad', '0008075634', ['Max Berger']],
  ])('%s: %s', (_, query, names) => {
    expect(found(query).toSorted()).toEqual(names.toSorted())
  })

  const zoe = ['Zoë Müller-Lüdenscheidt']
  test.each<[string, string[]]>([
    ['+49 170 1234567', zoe],
    ['+491701234567', zoe],
    ['0049 170 1234567', zoe],
    ['0170 1234567', zoe],
    ['0170/1234567', zoe],
    ['0170-123 45 67', zoe],
    ['(0170) 1234567', zoe],
    ['01701234567', zoe],
    ['170 1234567', zoe],
    ['1234567', zoe],
    ['0170 123', zoe],
    // As Stripe writes it, in one piece.
    ['+491721112223', ['José García']],
    ['0172 1112223', ['José García']],
    ['172 111', ['José García']],
    ['2223', ['José García']],
    // Stored as a neighbour would dial it.
    ['0151 9876543', ['Max Berger']],
    ['+49 151 9876543', ['Max Berger']],
    ['0049 (151) 9876543', ['Max Berger']],
    ['030 901820', ['Maxine Berg']],
    ['+49 30 901820', ['Maxine Berg']],
    ['0170 7654321', []],
  ])('by phone, however it is written: %s', (query, names) => {
    expect(found(query)).toEqual(names)
  })

  test.each<[string, string]>([
    ['em:6F007B3972', 'Max Berger'],
    ['6f007b3972', 'Max Berger'],
    ['6F 00 7B 39 72', 'Max Berger'],
    ['6f:00:7b:39:72', 'Max Berger'],
    ['6F-00-7B-39-72', 'Max Berger'],
    ['0476749445490', 'Max Berger'],
    ['00476749445490', 'Max Berger'],
    ['0008075634', 'Max Berger'],
    ['08075634', 'Max Berger'],
    ['123,14706', 'Max Berger'],
    ['00123,14706', 'Max Berger'],
    ['12314706', 'Max Berger'],
    ['00111101100111001011100101', 'Max Berger'],
    ['1E A6 86 71', 'Maxine Berg'],
    ['iso14a:1EA68671', 'Maxine Berg'],
    ['514229873', 'Maxine Berg'],
    ['1904649758', 'Maxine Berg'],
    ['w26:112233', 'Łukasz Nowak'],
    ['0AF1223344', "Siobhán O'Neil"],
    ['af122', 'nobody'],
  ])('by card, however it is written: %s', (query, name) => {
    expect(found(query)).toEqual(name === 'nobody' ? [] : [name])
  })

  test('by every written form of every card', () => {
    for (const [name, canonical] of [
      ['Max Berger', 'em:6F007B3972'],
      ['Maxine Berg', 'iso14a:1EA68671'],
      ['Łukasz Nowak', 'w26:112233'],
      ["Siobhán O'Neil", 'em:0AF1223344'],
    ] as const) {
      const forms = writtenForms(canonical)
      for (const form of CARD_FORMS) {
        const text = forms[form]
        if (text !== undefined) expect(found(text), `${form} ${text}`).toContain(name)
      }
    }
  })
})

describe('a query is never more than words', () => {
  test.each([
    '"',
    '""',
    '"max',
    "'",
    "max' OR '1'='1",
    'max*',
    '*',
    'max AND',
    'OR',
    'NOT max',
    'NEAR(max berger, 2)',
    'name:max',
    'name : max',
    '^max',
    '{name emails}: max',
    '-max',
    'max + berger',
    '(max',
    ')',
    'max)',
    '\\',
    ';',
    '--',
    'max; DROP TABLE member',
    '\0',
    'max\0',
    '\ud800',
    '😀',
    '%',
    '_',
    '+',
    '+49',
    '00',
    '0000',
    '00000000',
  ])('%j', (query) => {
    expect(() => found(query)).not.toThrow()
  })

  test.each<[string, string]>([
    ['one word', 'a'.repeat(100_000)],
    ['many words', 'a '.repeat(5_000)],
    ['many brackets', '('.repeat(1_000)],
    ['many zeros', '0'.repeat(5_000)],
    ['many words of two spellings', Array.from({ length: 3_000 }, (_, n) => `ü${n}`).join(' ')],
    ['many apostrophes', "a'".repeat(5_000)],
  ])('however long: %s', (_, query) => {
    expect(() => found(query)).not.toThrow()
  })

  test.each(['', ' ', '\t\n', '...', '@', '""', '🔑'])('and without a word nobody is found: %j', (query) => {
    expect(found(query)).toEqual([])
  })
})

describe('the index', () => {
  test('holds the latest of each person, and nobody twice', () => {
    insertMember(db, { id: 'new', name: 'Quentin', phone: null, createdAt: 1 }, 'desk')
    const text = { name: 'Quentin', emails: ['q@example.org'], phone: '+1 555 0100', cards: [] }
    indexMember(db, 'new', text)
    indexMember(db, 'new', { ...text, name: 'Quentina', phone: null })
    expect(found('quent')).toEqual(['new'])
    expect(found('quentina')).toEqual(['new'])
    expect(found('5550100')).toEqual([])
    indexMember(db, 'nobody', text)
    expect(found('q@example')).toEqual(['new'])
  })

  test('outlives a VACUUM', () => {
    db.exec('VACUUM')
    expect(found('zoe')).toEqual(['Zoë Müller-Lüdenscheidt'])
    expect(found('novak')).toEqual([])
    expect(found('siobhan')).toEqual(["Siobhán O'Neil"])
  })

  test('gives at most as many as asked for, by name', () => {
    expect(found('max', 1)).toEqual(['Max Berger'])
  })

  test('leaves out who is archived', () => {
    db.prepare("UPDATE member SET archived_at = 5 WHERE id = '1'").run()
    expect(found('jose')).toEqual([])
    db.prepare("UPDATE member SET archived_at = NULL WHERE id = '1'").run()
  })

  test('that an older version wrote is written again at a start, for everybody', async () => {
    const older = openFresh()
    for (let n = 0; n < 250; n++) {
      insertMember(
        older,
        { id: `m${n}`, name: n === 130 ? 'Änne Weiß' : '山田太郎', phone: null, createdAt: 1 },
        'desk',
      )
      addEmail(older, `m${n}`, `person${n}@example.org`, 1)
    }
    older.exec(`UPDATE member SET name_key = 'änne weiß' WHERE id = 'm130';
      INSERT INTO member_search (rowid, name, emails) SELECT rowid, name, 'person@example.org' FROM member`)
    expect([searchMembers(older, '太郎', 1_000).length, readSearchShape(older)]).toEqual([0, null])
    const failures: string[] = []
    await renewSearch(older, 2, (line, error) => failures.push(`${line}: ${String(error)}`))
    expect([searchMembers(older, '太郎', 1_000).length, failures]).toEqual([249, []])
    expect(searchMembers(older, 'aenne weiss', 10)).toEqual(['m130'])
    expect(searchMembers(older, 'person249', 10)).toEqual(['m249'])
    expect(older.prepare("SELECT name_key FROM member WHERE id = 'm130'").pluck().get()).toBe('anne weiss')
    // Only once: what is there stays.
    older.exec("DELETE FROM member_search WHERE member_search MATCH 'weiss'")
    await renewSearch(older, 3, (line) => failures.push(line))
    expect([searchMembers(older, 'weiss', 10), readSearchShape(older)]).toEqual([[], expect.any(Number)])
  })
})
