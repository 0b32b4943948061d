// member show: one person with what they told of themselves, and how they stand with the waiver.
import type { MemberRow } from '../../preload/shapes.ts'
import type { MemberDetails } from '../../preload/shapes-details.ts'
import { KEPT_FIELDS } from '../domain/details.ts'
import { type Command, table } from './command.ts'

export const memberShow: Command = {
  words: 'member show',
  args: 'MEMBER',
  about: 'one person: standing, cards, what they told of themselves, the waiver; MEMBER is an id, or an email of one',
  options: {},
  positionals: ['MEMBER'],
  async run({ desk, positionals: [asked = ''] }) {
    const listed = await desk.call('members.list', {})
    if (!listed.ok) return listed
    const wanted = asked.trim().toLowerCase()
    const found = listed.value.rows.filter(
      ({ id, emails }) => id === wanted || emails.some((email) => email.trim().toLowerCase() === wanted),
    )
    const [row] = found
    if (row === undefined)
      return {
        ok: false,
        refusal: { code: 'not-found', sentence: `Nobody here is "${asked}": see \`latchkey members\`.` },
      }
    if (found.length > 1) {
      const sentence = `${found.length} people have the email ${asked}: give the id of one, see \`latchkey members\`.`
      return { ok: false, refusal: { code: 'ambiguous', sentence } }
    }
    const details = await desk.call('members.details', { id: row.id })
    if (!details.ok) return details
    const waiver = await desk.call('members.waiver', { id: row.id })
    if (!waiver.ok) return waiver
    const { sentence, due } = waiver.value
    const json = { ...row, details: details.value, waiver: { sentence, due } }
    return { ok: true, value: { json, text: linesOf(row, details.value, sentence) } }
  },
}

function linesOf(row: MemberRow, details: MemberDetails, waiver: string | null): string {
  const told = KEPT_FIELDS.filter((field) => details[field] !== '').map((field) => [wordOf(field), details[field]])
  const lines = [
    ['name', row.name],
    ['standing', row.standing],
    ...(row.barred ? [['barred', 'yes']] : []),
    ['emails', row.emails.join(' ') || '-'],
    ['plans', row.plans.join(', ') || '-'],
    ['cards', row.credentials.join(' ') || '-'],
    ...told,
    ...(waiver === null ? [] : [['waiver', waiver]]),
  ]
  return table(lines)
}

/** `birthDate` as "birth date". */
function wordOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
