// What may be set for one reader at the desk, and how the system knows it again. docs/readers.md says what each is for.
import type { CardForm } from './card-identity.ts'

export const READER_LINE_ENDS = ['newline', 'tab', 'semicolon', 'etx', 'silence'] as const
/** Fast enough for every reader that is known, and what the serial ports of all systems can do. */
export const READER_BAUDS = [2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200] as const

export type ReaderSettings = {
  baud?: (typeof READER_BAUDS)[number] | undefined
  form?: CardForm | undefined
  /** The bytes of a card stand last first. */
  turned?: boolean | undefined
  prefix?: string | undefined
  end?: (typeof READER_LINE_ENDS)[number] | undefined
}

/** What a port tells of the device at it. */
export type PortIds = {
  vendor?: string | undefined
  product?: string | undefined
  serial?: string | undefined
  link?: string | undefined
}
