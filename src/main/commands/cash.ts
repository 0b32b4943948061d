// Cash and card readers for payments, by the command line.
import { formatMoney, type Money, parseMoney } from '../domain/money.ts'
import { type Command, given, OK, printed, table, text } from './command.ts'

const LOCALE = 'en-GB'
const say = (amount: Money) => formatMoney(amount, LOCALE)

export const cashCommands: Command[] = [
  {
    words: 'cash status',
    args: '',
    about: 'what was taken in cash in the shift that is open, by currency and receipt',
    options: {},
    positionals: [],
    async run({ desk }) {
      return printed(await desk.call('cash.status', {}), ({ shift }) =>
        shift === null
          ? 'No shift is open: the next cash payment begins one.'
          : [
              table(
                shift.payments.map(({ number, at, member, what, amount }) => [
                  number,
                  at,
                  member.name,
                  what,
                  say(amount),
                ]),
              ),
              `In the box: ${shift.expected.map(say).join(', ')}.`,
            ].join('\n'),
      )
    },
  },
  {
    words: 'cash close',
    args: '--counted "AMOUNT CURRENCY"[,…] [--note TEXT]',
    about:
      'close the shift with what was counted, such as --counted "65.00 EUR"; with --note where that is not what was taken',
    options: { counted: { type: 'string' }, note: { type: 'string' } },
    needs: ['counted'],
    positionals: [],
    async run({ desk, values }) {
      const counted = (text(values.counted) ?? '').split(',').map(parseMoney)
      if (!counted.every((amount) => amount !== null))
        return { usage: `"${text(values.counted)}" is no amount with its currency: write it like "65.00 EUR".` }
      const status = await desk.call('cash.status', {})
      if (!status.ok) return status
      const shift = status.value.shift?.id ?? ''
      const outcome = await desk.call('cash.close', { shift, counted, ...given({ note: text(values.note) }) })
      return printed(outcome, ({ receipts: { count, from, to } }) =>
        count === 1
          ? `The shift is closed: receipt ${from}.`
          : `The shift is closed: ${count} receipts, ${from} to ${to}.`,
      )
    },
  },
  {
    words: 'pay-reader list',
    args: '',
    about: "Stripe's card readers, whether they are online, and what each shows",
    options: {},
    positionals: [],
    async run({ desk }) {
      return printed(await desk.call('payReaders.list', {}), ({ readers }) =>
        readers.length === 0
          ? 'No card readers yet: `latchkey pay-reader add` registers one.'
          : table(
              readers.map(({ id, label, device, place, online, shows }) => [
                id,
                label,
                device,
                place ?? '',
                online ? 'online' : 'offline',
                shows,
              ]),
            ),
      )
    },
  },
  {
    words: 'pay-reader add',
    args: '--code CODE --label NAME (--place ID | --place-name NAME --street TEXT --country CC [--city TEXT] [--postcode TEXT])',
    about: "register a card reader at Stripe by the words on its display; Stripe's simulated one is simulated-wpe",
    options: {
      code: { type: 'string' },
      label: { type: 'string' },
      place: { type: 'string' },
      'place-name': { type: 'string' },
      street: { type: 'string' },
      city: { type: 'string' },
      postcode: { type: 'string' },
      country: { type: 'string' },
    },
    needs: ['code', 'label'],
    positionals: [],
    async run({ desk, values }) {
      const name = text(values['place-name'])
      const newPlace =
        name === undefined
          ? {}
          : {
              newPlace: {
                name,
                line1: text(values.street) ?? '',
                country: text(values.country) ?? '',
                ...given({ city: text(values.city), postalCode: text(values.postcode) }),
              },
            }
      const outcome = await desk.call('payReaders.add', {
        code: text(values.code) ?? '',
        label: text(values.label) ?? '',
        ...given({ place: text(values.place) }),
        ...newPlace,
      })
      return printed(outcome, ({ id, label }) => `${label} is registered as ${id}.`)
    },
  },
  {
    words: 'pay-reader remove',
    args: 'ID',
    about: 'have Stripe forget a card reader',
    options: {},
    positionals: ['ID'],
    async run({ desk, positionals: [id = ''] }) {
      return printed(
        await desk.call('payReaders.remove', { id }),
        () => `The card reader ${id} is removed.`,
        () => OK,
      )
    },
  },
]
