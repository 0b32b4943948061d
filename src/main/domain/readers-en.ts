// Words about readers at the desk. English.

export const readerWords = {
  noPort: 'Say which port the reader is on, such as /dev/ttyUSB0.',
  noProfile: (profile: string, known: readonly string[]) =>
    `"${profile}" is not a reader profile. Use one of: ${known.join(' ')}`,
  onlyPort: (profile: string, port: string) =>
    `A reader of the kind ${profile} has no serial port: its port is ${port}.`,
  taken: (port: string) => `There is a reader on ${port} already: remove it first to change what it is.`,
  notOpened: 'The reader could not be opened: try again.',
  notSet: (profile: string, what: string) =>
    `A reader of the kind ${profile} has nothing to set as "${what}": leave it out.`,
  noReader: (named: string) => `There is no reader "${named}": \`latchkey reader list\` shows them.`,
}

export const readerSearchWords = {
  noPort: 'Choose the port that the reader is on first.',
  busy: (port: string) => `Somebody is finding out what is on ${port} just now: finish that first.`,
  inUse: (port: string) => `The reader on ${port} is in use already: remove it first, then find out what it is.`,
  opening: 'The port is being opened.',
  asking: 'Asking whether it is a PN532. Hold the card ready.',
  listening: (port: string, baud: number | null) => {
    if (port === 'keyboard') return 'Hold a card at the reader now, with this window in front.'
    if (baud === null) return 'The reader answers. Hold a card at it now.'
    return baud === 9_600
      ? 'Hold a card at the reader now.'
      : `Hold the card there once more: Latchkey listens at ${baud} baud now.`
  },
  notUnderstood: 'Something was sent, but it is no card in any way that Latchkey knows. Hold the card there once more.',
  found: (count: number) =>
    count === 1
      ? 'This is how the reader speaks.'
      : 'This may be several things. Type the number that is printed on the card, and the right one is found.',
  fits: (count: number) =>
    count === 1
      ? 'This fits the printed number.'
      : 'These fit the printed number. Try a card with a longer number, or choose.',
  doesNotFit: 'No reading of this card gives that number. Check the digits, and that it is the card you presented.',
  nothingYet: 'Hold the card at the reader first, then type its number.',
  over: 'Nobody listens to that port any more: begin again.',
  timeOver: 'Nothing came for a minute. Begin again when the reader and a card are at hand.',
  ended: 'Nobody listens to the port any more.',
}
