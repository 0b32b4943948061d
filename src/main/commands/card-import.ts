// A file of cards by the command line: looked at first, taken in with --yes, and taken back.
import fs from 'node:fs'
import path from 'node:path'
import { IMPORT_BYTES, type ImportLine } from '../../preload/shapes-cards.ts'
import { cardLine } from './card-line.ts'
import { type Command, printed, table } from './command.ts'

export const cardImportCommands: Command[] = [
  {
    words: 'card import',
    args: 'FILE [--yes]',
    about:
      'what a CSV file of cards would do, line by line; --yes does it. Columns by name: card, form, member (or id, email, name), label, loaner',
    options: { yes: { type: 'boolean' } },
    positionals: ['FILE'],
    async run({ desk, values, positionals: [name = ''] }) {
      const text = textOf(name)
      if (text === null) return { ok: false, refusal: { code: 'not-found', sentence: `${name} cannot be read.` } }
      const file = { name: path.basename(name), text }
      if (values.yes !== true)
        return printed(await desk.call('cards.previewImport', file), ({ lines, unused }) => {
          const fits = lines.filter((line) => line.fits).length
          const left = unused.length === 0 ? '' : ` Not used: ${unused.join(', ')}.`
          return `${linesOf(lines)}\n${fits} of ${lines.length} lines would be taken in, with --yes.${left}`
        })
      return printed(await desk.call('cards.import', file), ({ id, given, stocked, refused }) => {
        const undo = id === null ? '' : ` \`latchkey card undo-import ${id}\` takes it back.`
        const sum = `${given} given, ${stocked} into stock, ${refused.length} not taken in.${undo}`
        return refused.length === 0 ? sum : `${linesOf(refused)}\n${sum}`
      })
    },
  },
  {
    words: 'card undo-import',
    args: 'ID',
    about: 'take back what a file said, but for cards that somebody has changed since',
    options: {},
    positionals: ['ID'],
    async run({ desk, positionals: [id = ''] }) {
      return printed(await desk.call('cards.undoImport', { id }), ({ undone, kept }) =>
        [`${undone} cards taken back, ${kept.length} changed since and kept.`, ...kept.map(cardLine)].join('\n'),
      )
    },
  },
]

const linesOf = (lines: readonly ImportLine[]) =>
  table(lines.map(({ line, card, fits, sentence }) => [`line ${line}`, fits ? 'yes' : 'no', card, sentence]))

/** No more of it than the desk needs to say that it is too long; null where it cannot be read. */
function textOf(name: string): string | null {
  try {
    const file = fs.openSync(name, 'r')
    try {
      const bytes = Buffer.alloc(IMPORT_BYTES + 1)
      let length = 0
      for (let read = -1; read !== 0 && length < bytes.length; length += read)
        read = fs.readSync(file, bytes, length, bytes.length - length, null)
      return bytes.toString('utf8', 0, length)
    } finally {
      fs.closeSync(file)
    }
  } catch {
    return null
  }
}
