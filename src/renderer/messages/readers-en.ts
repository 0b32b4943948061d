// Readers at this desk: which there are, and finding out what one is.
import type { ReaderState } from '../../preload/shapes-readers.ts'

const states: Record<ReaderState['state'], string> = {
  starting: 'Starting',
  ready: 'Ready',
  missing: 'Not found',
  busy: 'In use elsewhere',
  denied: 'No permission',
}

const forms: Record<string, string> = {
  canonical: 'em: or iso14a: and hex',
  hex: 'Hex digits, such as 6F007B3972',
  '10H13D': '13 digits, the whole card (10H13D)',
  '10H14D': '14 digits, the whole card (10H14D)',
  '8H10D': '10 digits, four bytes (8H10D)',
  '6H10D': '10 digits, three bytes (6H10D)',
  '6H8D': '8 digits, three bytes (6H8D)',
  '2H3D,4H5D': '3 and 5 digits, such as 123,14706',
  '4H5D,4H5D': '5 and 5 digits, such as 00123,14706',
  W26: '26 zeros and ones',
  W34: '34 zeros and ones',
  uhppote: 'As a UHPPOTE board shows it',
  'iso14a-msb-dec': 'A decimal number, first byte first',
  'iso14a-lsb-dec': 'A decimal number, last byte first',
  mfrc522: 'As an RC522 sketch prints it',
}

const ends: Record<string, string> = {
  newline: 'A new line',
  tab: 'A tab',
  semicolon: 'A semicolon',
  etx: 'The end mark ETX',
  silence: 'Silence',
}

export const readerWords = {
  title: 'Readers',
  about: 'What reads cards at this desk, for enrolling them.',
  empty: 'No reader yet.',
  emptyMore: 'Plug one in, say where it is, and hold a card at it.',
  states,
  forms,
  ends,
  lastRead: 'last card',
  refused: 'A card could not be read',
  atDesk: 'At the desk',
  opens: (door: string) => `Opens ${door}`,
  remove: 'Remove',
  removeOf: (port: string) => `Remove the reader on ${port}`,
  removeAsk: 'Remove this reader?',
  keyboard: 'Keyboard',

  add: 'Add a reader',
  port: 'Where is it?',
  portChoose: 'Choose…',
  portTypes: 'It types like a keyboard',
  portPcsc: 'A PC/SC reader, such as the ACR122U',
  portOther: 'Another port, typed by hand',
  portTyped: 'Path of the port',
  portTypedHint: '/dev/ttyUSB0',
  again: 'Look for ports again',
  find: 'Find out what it is',
  findStop: 'Stop',
  findAgain: 'Listen again',
  known: 'I know what it is',
  unknown: 'Find it out instead',

  came: 'What came from it',
  nothingCame: 'Nothing yet.',
  noBytes: 'a card, read by its own driver',
  mayBe: 'What it may be',
  is: 'What it is',
  readsAs: (card: string) => `reads this card as ${card}`,
  use: 'Add the reader',
  useThis: 'Use this',
  printed: 'Number printed on the card',
  printedHelp: 'Any number on it: it tells which of these is right.',
  printedButton: 'Find the right one',
  secondsLeft: (seconds: number) => `${seconds} s left`,

  kind: 'Kind of reader',
  form: 'How its numbers are written',
  baud: 'Pace of the line (baud)',
  prefix: 'What stands before each number',
  prefixHelp: 'Lines without it are passed over.',
  end: 'What ends a number',
  turned: 'It writes the last byte first',
  door: 'Opens, while no card is enrolled',
  noDoor: 'No door',
  /** What differs from how this kind of reader usually is. */
  set: {
    baud: (baud: number) => `${baud} baud`,
    turned: 'last byte first',
    prefix: (prefix: string) => `after “${prefix}”`,
  },
}
