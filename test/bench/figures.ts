// Figures of many measurements, in the unit in which they were given.

export type Figures = { count: number; p50: number; p99: number; max: number }

export function figuresOf(measured: readonly number[]): Figures {
  const sorted = [...measured].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) }
}

/** Three figures that count, whatever the size. */
export function short(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3)
}

/** A table of texts, columns as wide as they need. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
