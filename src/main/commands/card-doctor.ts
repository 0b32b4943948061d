// The card doctor on the command line: what a card is, where it works, and what speaks for a copy of it.
import type { CardExam, CardUses, OnDevice } from '../../preload/shapes-card-doctor.ts'
import { CARD_FORMS } from '../domain/card-identity.ts'
import { type Command, given, table, text } from './command.ts'

const onDevice: Record<OnDevice, string> = {
  holds: 'on the device',
  'to-load': 'not yet on the device',
  'to-change': 'on the device, to be changed',
  'to-remove': 'STILL on the device',
  off: 'not on the device',
}

export const cardDoctorCommands: Command[] = [
  {
    words: 'card doctor',
    args: 'CARD [--form F]',
    about: `what a card is, who has it, what each door makes of it, where it was shown, and whether there may be a copy; F is one of ${CARD_FORMS.join(' ')}`,
    options: { form: { type: 'string', oneOf: CARD_FORMS } },
    positionals: ['CARD'],
    async run({ desk, values, positionals: [card = ''] }) {
      const asked = { card, ...given({ form: text(values.form) }) }
      const exam = await desk.call('cards.examine', asked)
      if (!exam.ok) return exam
      const uses = await desk.call('cards.uses', asked)
      const { suspicions, ...rest } = exam.value
      const log = uses.ok ? uses.value : null
      const all = { ...rest, suspicions: [...suspicions, ...(log?.suspicions ?? [])], uses: log?.uses ?? null }
      const why = uses.ok ? '' : uses.refusal.sentence
      return { ok: true, value: { json: all, text: paragraphs(all, why) } }
    },
  },
]

function paragraphs(exam: CardExam & { uses: CardUses['uses'] | null }, whyNoUses: string): string {
  const { card, forms, lossy, mayBe, sameAs, doors, suspicions, uses } = exam
  const holder = card.member === null ? 'nobody has it' : card.member.name
  const parts = [
    [
      `${card.canonical}  ${card.since === null ? 'never enrolled' : card.state}  ${holder}`,
      ...(lossy ? ['This number has lost bytes: other cards may show the same.'] : []),
      ...mayBe.map(
        (one) => `It may be ${one.canonical}${one.member === null ? '' : `, which ${one.member.name} has`}.`,
      ),
      ...(sameAs === null ? [] : [sameAs.sentence]),
      ...suspicions.map(({ sentence }) => `! ${sentence}`),
    ],
    Object.entries(forms).map(([form, written]) => `  ${form.padEnd(14)} ${written}`),
    [
      table(
        doors.map(({ id, grant, part, shows, sentence, device }) => [
          `  ${id}`,
          grant ? 'opens' : 'does not open',
          `${part ? 'reads only ' : 'reads '}${shows ?? 'nothing'}`,
          `${sentence}${device === null ? '' : ` (${onDevice[device.state]}${device.since === null ? '' : ` since ${device.since}`})`}`,
        ]),
      ),
    ],
    uses === null ? [whyNoUses] : uses.map(({ at, door, sentence }) => `  ${at}  ${door.name}: ${sentence}`),
  ]
  return parts
    .map((lines) => lines.filter((line) => line !== '').join('\n'))
    .filter((part) => part !== '')
    .join('\n\n')
}
