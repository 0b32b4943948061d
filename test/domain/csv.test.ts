import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { csvOf } from '../../src/main/domain/csv.ts'

const written = (name: string) =>
  csvOf(
    [{ name }],
    [
      ['Plan', () => 'Full, with key'],
      ['Name', (row) => row.name],
    ],
  )

const read = (csv: string, delimiter = ',') =>
  parse(csv, { delimiter, relax_quotes: true, relax_column_count: true }) as string[][]

describe('a cell of a file for spreadsheets', () => {
  it.each([
    '=1+1',
    'a;=1+1;b',
    'a; =1+1;b',
    'a\t=1+1',
    'a\t+1+1+cmd',
    'a;-2+3+cmd|x;',
    'a;@SUM(1)',
    'a;"=1+1;b',
    'a\n=1+1',
    'a\r\n=1+1;b',
    ';=1+1',
    'a,b;=1+1',
    '＝1+1',
  ])('is no formula, at whatever sign a spreadsheet splits: %j', (name) => {
    for (const delimiter of [',', ';', '\t'])
      for (const cell of read(written(name), delimiter).flat())
        expect(cell.trim(), delimiter).not.toMatch(/^"*[=+\-@＝]/)
  })

  it.each([
    "O'Brien; Anna",
    'Ana-Maria Kos',
    'a=b; c+d; e@f.example',
    'Smith, John; "Jack"',
    '+49 (30) 123-4',
    '-12.50',
    'Two\nlines',
  ])('is read as it was: %j', (name) => {
    expect(read(written(name))[1]?.[1]).toBe(name)
  })

  it('has one sign more where it would be a formula, and nothing else', () => {
    expect(read(written("O'Brien; -x"))[1]?.[1]).toBe("O'Brien; '-x")
    expect(read(written('=1+1'))[1]?.[1]).toBe("'=1+1")
  })
})
