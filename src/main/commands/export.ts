// Files of what the desk knows, for spreadsheets and other programs, and the report on paper.
import fs from 'node:fs'
import path from 'node:path'
import type { Outcome } from '../../preload/wire.ts'
import type { DeskClient } from '../host/desk-client.ts'
import { type Command, type Printed, printed, text } from './command.ts'

const KINDS = ['members', 'memberships', 'late-payments', 'visits'] as const
type Kind = (typeof KINDS)[number]
/** A month is what people ask for. */
const DAYS = 31

export const exportCommands: Command[] = [
  {
    words: 'export',
    args: `${KINDS.join('|')} [--csv] [--file FILE] [--days N]`,
    about: `all there are as CSV, printed or into a file; visits of the last N days, ${DAYS} where none is said, stand in the log of actions`,
    options: { csv: { type: 'boolean' }, file: { type: 'string' }, days: { type: 'string' } },
    positionals: ['WHAT'],
    async run({ desk, values, positionals: [what = ''] }) {
      const kind = KINDS.find((one) => one === what)
      if (kind === undefined) return { usage: `"${what}" is no such file: use one of ${KINDS.join(' ')}.` }
      const days = Number(text(values.days) ?? DAYS)
      if (!Number.isInteger(days) || days < 1 || days > 400) return { usage: '--days is a number from 1 to 400.' }
      const outcome = await made(desk, kind, days)
      const file = text(values.file)
      if (!outcome.ok || file === undefined) return printed(outcome, ({ csv }) => csv.trimEnd())
      return written(file, outcome.value.csv, `${path.resolve(file)} holds ${outcome.value.rows} rows.`)
    },
  },
  {
    words: 'report send',
    args: '',
    about: 'mail the report of late payments now, to those who get it every week',
    options: {},
    positionals: [],
    async run({ desk }) {
      return printed(await desk.call('report.sendMail', {}), ({ sentence }) => sentence)
    },
  },
]

function made(desk: DeskClient, kind: Kind, days: number) {
  switch (kind) {
    case 'members':
      return desk.call('export.members', {})
    case 'memberships':
      return desk.call('export.memberships', {})
    case 'late-payments':
      return desk.call('export.latePayments', {})
    case 'visits':
      return desk.call('export.visits', { days })
  }
}

/** The report of late payments as a PDF. */
export async function writePdf(desk: DeskClient, file: string): Promise<Outcome<Printed>> {
  const outcome = await desk.call('report.pdf', {})
  if (!outcome.ok) return outcome
  return written(file, Buffer.from(outcome.value.base64, 'base64'), `${path.resolve(file)} holds the report.`)
}

/** Readable by its owner alone: people are named in it. */
function written(file: string, content: string | Buffer, said: string): Outcome<Printed> {
  try {
    fs.writeFileSync(file, content, { mode: 0o600 })
  } catch {
    const sentence = `${path.resolve(file)} could not be written: choose another folder, or look at its rights.`
    return { ok: false, refusal: { code: 'bad-request', sentence } }
  }
  return { ok: true, value: { json: { file: path.resolve(file) }, text: said } }
}
