import { describe, expect, it } from 'vitest'
import { normaliseName } from '../../src/main/domain/member.ts'
import { cleanName } from '../../src/main/domain/name.ts'

describe('a name as it is kept', () => {
  it.each([
    ['with the spaces of a table', '  Ana \t\u00A0 Kos\r\n', 'Ana Kos'],
    ['with a space between two signs that are dropped', 'Ana \u200B Kos', 'Ana Kos'],
    ['with accents as marks of their own', 'Jose\u0301', 'José'],
    ['with what turns the direction', 'Ana \u202Efdp.soK\u202C', 'Ana fdp.soK'],
    ['with what holds a direction apart', '\u2067Ana\u2069 \u2066Kos', 'Ana Kos'],
    ['with marks of direction', '\u200EAna\u200F \u061CKos', 'Ana Kos'],
    ['with control characters', 'A\0n\u001B[31ma\u007F', 'An[31ma'],
    ['with signs without a width', '\uFEFFA\u200Bn\u2060a\u00AD', 'Ana'],
    ['with half of a sign', 'Ana\uD800', 'Ana'],
    ['with tags of another text', 'Ana\u{E0041}\u{E007F}', 'Ana'],
    ['of fillers alone', '\u3164\u115F\uFFA0', ''],
    ['of joiners alone', '\u200D\u200C', ''],
    ['with a joiner where none belongs', 'An\u200Da Ko\u200Cs', 'Ana Kos'],
    ['with two joiners', 'علی\u200C\u200Cرضا', 'علیرضا'],
    ['with a joiner at its end', 'علی\u200C', 'علی'],
    ['with a form where nothing is', '\uFE0FAna \u{E0100}\uFE0F', 'Ana'],
  ])('%s: %j', (_, typed, kept) => {
    expect(cleanName(typed)).toBe(kept)
    expect(cleanName(kept)).toBe(kept)
  })

  it.each([
    ['Persian', 'علی\u200Cرضا'],
    ['Sinhala', 'ප්\u200Dරියා'],
    ['Devanagari', 'क्\u200Dष'],
    ['Malayalam', 'അന്\u200Dവര'],
    ['a Japanese form of a sign', '葛\u{E0100}城'],
    ['Hebrew', 'דָּוִד'.normalize('NFC')],
    ['Thai', 'ณัฐวุฒิ'],
    ['Vietnamese', 'Nguyễn Thị Hằng'],
    ['two words and a comma', "O'Brien, Jr."],
  ])('is left as it is in %s', (_, name) => {
    expect(cleanName(name)).toBe(name)
  })

  it('is the same name to whoever looks for it', () => {
    expect(normaliseName('\u202AAna\u00A0Kos\u202C')).toBe('ana kos')
  })
})
