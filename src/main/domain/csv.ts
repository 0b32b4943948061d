// Rows as comma-separated values (RFC 4180). Pure.

export type CsvColumn<Row> = readonly [heading: string, cell: (row: Row) => string | number | null]

/** With a heading line; lines end with CR LF. */
export function csvOf<Row>(rows: readonly Row[], columns: readonly CsvColumn<Row>[]): string {
  const lines = [columns.map(([heading]) => heading), ...rows.map((row) => columns.map(([, cell]) => cell(row)))]
  return lines.map((cells) => `${cells.map(written).join(',')}\r\n`).join('')
}

/**
 * What a spreadsheet could take for the beginning of a formula. Where the decimal sign is a comma it splits lines at `;`,
 * and pasted ones at tabs; quotes after our own comma do not hold it back then. Some drop spaces, and read wide signs too.
 */
const FORMULA = /(^|[;\t\r\n])([ "]*)(?=[=+\-@＝＋－＠])/g

/** Kept from being a formula: names come from strangers. Phone numbers and amounts are none. */
function written(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = /^[+-]?[\d\s().-]+$/.test(cell) ? cell : cell.replace(FORMULA, "$1$2'")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
