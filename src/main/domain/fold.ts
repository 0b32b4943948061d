// How names are compared and found: what a keyboard at the desk lacks is folded into what it has. Never for showing. Pure.

/** Letters that no decomposition takes apart, and what is typed for them elsewhere. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ə: 'e',
  ς: 'σ',
}

/** Case, accents and ligatures are gone; the two marks that make another syllable of a kana stay. */
export function fold(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(/(?![\u3099\u309A])\p{M}/gu, '')
      .toLowerCase()
      // Letters to Unicode, an apostrophe to a keyboard.
      .replace(/[ʻʼ]/g, "'")
      .replace(/[ßæœøłđðþħŧŋıəς]/g, (letter) => PLAIN[letter] ?? letter)
      .normalize('NFC')
  )
}

/** The same letters as they are written out where a keyboard has none of them: "Mueller" for "Müller". */
const WRITTEN_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' }

function foldWrittenOut(text: string): string {
  return fold(
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[äöüøå]/g, (letter) => WRITTEN_OUT[letter] ?? letter),
  )
}

const wordsOf = (folded: string): string[] => folded.match(/[\p{L}\p{N}]+/gu) ?? []

/** What stands inside one name and is often left out: "O'Neil", "Jean-Luc", the sign between two parts of a Persian name. */
const INSIDE = /(?<=[\p{L}\p{M}])(?:['’‘ʻʼ`´‐‑-]|\u200C|\u200D)(?=\p{L})/gu

/** Scripts that put no space between family name and given name. */
export const UNSPACED = /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]+$/u

/** All words by whose beginnings a text is found. */
export function indexWords(text: string): string[] {
  const words = wordsOf(fold(text))
  const unspaced = Array.from(words.filter((word) => UNSPACED.test(word)).join(''))
  return [
    ...new Set([
      ...words,
      ...wordsOf(foldWrittenOut(text)),
      ...wordsOf(fold(text.replace(INSIDE, ''))),
      // Nobody but a reader of the language knows where the given name begins.
      ...unspaced.map((_, index) => unspaced.slice(index).join('')),
    ]),
  ]
}

/** Ways to understand what is typed: in each, every word must be found, in one of the spellings given for it. */
export function queryWords(typed: string): string[][][] {
  return [...new Set([typed, typed.replace(INSIDE, '')])]
    .map((text) => {
      // Both take letters for letters, so they have the same words.
      const writtenOut = wordsOf(foldWrittenOut(text))
      return wordsOf(fold(text)).map((word, index) => [...new Set([word, writtenOut[index] ?? word])])
    })
    .filter((words) => words.length > 0)
}
