// Words about a file of cards and about what became of a card over time. English.
import type { RevokeReason } from './credential.ts'

export const importWords = {
  tooLarge: 'This file is larger than 1 MB: split it.',
  tooLong: 'This file has more than 5,000 lines: split it.',
  notText: 'This file is no plain text: save the table as CSV (UTF-8) and choose that file.',
  quotes: (line: number) => `A quotation mark on line ${line} is not closed: mend it, and choose the file again.`,
  noColumns:
    'The first line names no column for the card: call it "card", and others "form", "member", "label" and "loaner".',
  noLines: 'There is no card in this file.',
  noCard: 'There is no card on this line.',
  nobody: (text: string) => `Nobody here is called ${text}.`,
  several: (text: string) => `Several people are called ${text}: say which by email or id.`,
  twice: (line: number) => `Line ${line} has this card already.`,
  alike: (door: string, line: number) => `${door} cannot tell this card from the one on line ${line}.`,
  yesOrNo: (text: string) => `"${text}" says neither yes nor no: write yes for a loaner, or nothing.`,
  question: (sentence: string) => `${sentence} Present it at the desk to answer.`,
  gives: (name: string) => `For ${name}`,
  lends: (name: string) => `Lent to ${name}`,
  stocks: 'Into stock',
  stocksLoaner: 'Into stock, as a loaner',
  labelled: (what: string, label: string | undefined) => (label === undefined ? `${what}.` : `${what}, “${label}”.`),
  noImport: 'There is no such import here.',
  undone: 'This import was undone already.',
}

export const historyWords = {
  given: (name: string) => `Given to ${name}.`,
  lent: (name: string, due: string | null) => (due === null ? `Lent to ${name}.` : `Lent to ${name}, due ${due}.`),
  lastDay: (day: string) => `Its last day is ${day}.`,
  noLastDay: 'It lasts until it is taken back.',
  revoked: {
    lost: 'Reported lost.',
    stolen: 'Reported stolen.',
    returned: 'Taken back.',
    damaged: 'Damaged.',
  } satisfies Record<RevokeReason, string>,
  suspended: (why: string) => (why === '' ? 'Suspended.' : `Suspended: ${why}.`),
  reinstated: 'Reinstated.',
  stocked: 'Put into stock.',
  stockedLoaner: 'Put into stock as a loaner.',
  back: 'Given back.',
  labelled: (label: string) => (label === '' ? 'Its label was taken off.' : `Labelled “${label}”.`),
  upgraded: (short: string) => `Seen whole; it was enrolled by its short number ${short}.`,
  byFile: (sentence: string, file: string, undone: boolean) =>
    `${sentence.replace(/\.$/, '')}, by the file ${file}${undone ? ', which was undone since' : ''}.`,
  importUndone: (file: string) => `What the file ${file} said was undone.`,
  somebody: 'somebody',
}
