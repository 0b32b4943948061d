// A name as it is kept, however it was typed or pasted: one line, without signs that nobody sees and that mislead. Pure.

export const LONGEST_NAME = 200

/** Signs without a width or a picture of their own, such as those that turn the direction of what follows. A sign that
 * chooses a letter's form, and the two that join letters or hold them apart, are spelling in their place (below). */
const UNSEEN = /[[\p{Cc}\p{Cf}\p{Cs}\p{DI}]--[\u200C\u200D\u180B-\u180D\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]]/gv

/** Scripts in which joining is spelling: Arabic (also Persian and Urdu), Syriac, and those of India and its neighbours. */
const SCRIPTS = [
  ...['Arab', 'Syrc', 'Mong', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml'],
  ...['Telu', 'Knda', 'Mlym', 'Sinh', 'Khmr', 'Mymr'],
]
  .map((script) => `\\p{scx=${script}}`)
  .join('')
const STRAY_JOINER = new RegExp(
  `(?<![[${SCRIPTS}]&&[\\p{L}\\p{M}]])[\\u200C\\u200D]|[\\u200C\\u200D](?![[${SCRIPTS}]&&\\p{L}])`,
  'gv',
)
const STRAY_FORM = /(?<![\p{L}\p{N}\p{S}\p{P}])[\u180B-\u180D\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]+/gv

export function cleanName(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(UNSEEN, '')
    .replace(STRAY_JOINER, '')
    .replace(STRAY_FORM, '')
    .normalize('NFC')
    .replace(/ +/g, ' ')
    .trim()
}
