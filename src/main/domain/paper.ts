// A page to print, as parts of text and tables that know nothing of how a PDF is made. Pure.
import type { Ms } from './time.ts'

/** Shares of a bar, from 0 to 1, in the order of the legend; nothing where all are 0. */
export type PaperCell = string | { bar: readonly number[] }

/** `width`: in points, or what the others leave, for one of them. */
export type PaperColumn = { text: string; width: number | 'rest'; right?: true }

export type PaperPart =
  | { part: 'heading'; text: string; newPage: boolean }
  | { part: 'text'; text: string }
  | {
      part: 'table'
      title: string
      /** Its few short rows stay on one page. */
      whole: boolean
      /** Small, under the title. */
      about: string | null
      columns: readonly PaperColumn[]
      rows: readonly (readonly PaperCell[])[]
      /** Stands out at the end. */
      sum: readonly PaperCell[] | null
    }

export type Paper = {
  title: string
  about: string
  /** When what it says was so: the only moment that it bears. */
  at: Ms
  size: 'A4' | 'LETTER'
  footer: (page: number, pages: number) => string
  parts: readonly PaperPart[]
}

/** Where Letter is what printers hold, by the Unicode locale data. */
const LETTER = ['BZ', 'CA', 'CL', 'CO', 'CR', 'GT', 'MX', 'NI', 'PA', 'PH', 'PR', 'SV', 'US', 'VE']

export function paperSize(locale: string): Paper['size'] {
  return LETTER.includes(new Intl.Locale(locale).maximize().region ?? '') ? 'LETTER' : 'A4'
}
