// Rows as comma-separated values (RFC 4180). Pure.

export type CsvColumn<Row> = readonly [heading: string, cell: (row: Row) => string | number | null]

/** With a heading line; lines end with CR LF. */
export function csvOf<Row>(rows: readonly Row[], columns: readonly CsvColumn<Row>[]): string {
  const lines = [columns.map(([heading]) => heading), ...rows.map((row) => columns.map(([, cell]) => cell(row)))]
  return lines.map((cells) => `${cells.map(written).join(',')}\r\n`).join('')
}

/** A text that a spreadsheet would take for a formula is kept from being one: names come from strangers. */
function written(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) && !/^[+-]?[\d\s().-]+$/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
