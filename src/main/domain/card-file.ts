// A file of cards: which column says what, by its name; and labels with a number that runs.

const COLUMNS = {
  card: ['card', 'number', 'uid', 'card number', 'card id', 'fob', 'tag'],
  form: ['form', 'format'],
  id: ['id', 'member id'],
  email: ['email', 'e mail', 'mail', 'member email'],
  member: ['member', 'person', 'holder'],
  name: ['name', 'full name', 'member name'],
  label: ['label'],
  loaner: ['loaner'],
}
export type Column = keyof typeof COLUMNS

/** Null for a column that says nothing about cards. */
export function columnNamed(heading: string): Column | null {
  const name = heading
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()
  return (Object.keys(COLUMNS) as Column[]).find((column) => COLUMNS[column].includes(name)) ?? null
}

/** The separator that the first line has most of. */
export function separatorOf(firstLine: string): string {
  const count = (separator: string) => firstLine.split(separator).length
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best))
}

/** Null where it is neither. */
export function yesOrNo(text: string): boolean | null {
  const word = text.trim().toLowerCase()
  if (['', 'no', 'n', 'false', '0'].includes(word)) return false
  return ['yes', 'y', 'true', '1', 'x', 'loaner'].includes(word) ? true : null
}

/** "Loaner 9" is followed by "Loaner 10", and a label without a number by itself. */
export function nextLabel(label: string): string {
  const [, words = '', digits] = /^(.*?)(\d{1,9})$/.exec(label) ?? []
  return digits === undefined ? label : words + String(Number(digits) + 1).padStart(digits.length, '0')
}
