// What a chart and the table behind it are made of.

/** A pattern goes with each colour, so that they differ in print and for every eye. */
export type Look = 'good' | 'open' | 'bad' | 'plain'
export type Series = { key: string; words: string; look: Look }
export type Column = {
  key: string
  words: string
  /** Where there is little room, as below a column. */
  short?: string
  /** Small, below its name. */
  note?: string | undefined
  /** By the key of the series; what is missing is 0. */
  values: Readonly<Record<string, number>>
}
export type Picked = { column: string; series: string }

export type ChartData = {
  /** What is to be seen, in one line. */
  caption: string
  series: readonly Series[]
  columns: readonly Column[]
  /** Exactly. */
  say: (value: number) => string
  /** Shortly, as on an axis. */
  saySmall: (value: number) => string
  /** Without it nothing can be opened. */
  onPick?: ((picked: Picked) => void) | undefined
  /** What is open just now. */
  picked?: Picked | null
}

export function valueIn({ values }: Column, { key }: Pick<Series, 'key'>): number {
  return values[key] ?? 0
}

export function totalOf(column: Column, series: readonly Series[]): number {
  return series.reduce((sum, one) => sum + valueIn(column, one), 0)
}

export function wordsFor({ say, series }: Pick<ChartData, 'say' | 'series'>, column: Column, one: Series): string {
  const value = say(valueIn(column, one))
  return series.length === 1 ? `${column.words}: ${value}` : `${column.words}, ${one.words}: ${value}`
}
