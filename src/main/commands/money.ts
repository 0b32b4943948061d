// Money at the desk: gift cards, and what refusals at doors brought in.
import { formatMoney } from '../domain/money.ts'
import { type Command, given, printed, table, text } from './command.ts'

export const moneyCommands: Command[] = [
  {
    words: 'gift-card list',
    args: '',
    about: 'gift cards: sold when, worth what, and used by whom',
    options: {},
    positionals: [],
    async run({ desk }) {
      return printed(await desk.call('giftCards.list', {}), (cards) =>
        cards.length === 0
          ? 'No gift card was sold yet.'
          : table(
              cards.map(({ id, number, soldAt, amount, state, member }) => [
                id,
                `no. ${number}`,
                soldAt.slice(0, 10),
                formatMoney(amount, 'en'),
                state,
                member?.name ?? '',
              ]),
            ),
      )
    },
  },
  {
    words: 'gift-card withdraw',
    args: 'ID --why TEXT',
    about: 'a gift card that nobody used yet is good for nothing any more',
    options: { why: { type: 'string' } },
    needs: ['why'],
    positionals: ['ID'],
    async run({ desk, values, positionals: [id = ''] }) {
      const outcome = await desk.call('giftCards.withdraw', { id, why: text(values.why) ?? '' })
      return printed(outcome, ({ number }) => `Gift card no. ${number} is withdrawn.`)
    },
  },
  {
    words: 'money recovered',
    args: '[--from DAY] [--until DAY]',
    about: 'what was paid at the desk within a day of a refusal at a door, or of being let in late',
    options: { from: { type: 'string', moment: true }, until: { type: 'string', moment: true } },
    positionals: [],
    async run({ desk, values }) {
      const days = given({ from: text(values.from), until: text(values.until) })
      return printed(await desk.call('money.recovered', days), (rows) =>
        rows.length === 0
          ? 'Nothing yet.'
          : table(
              rows.map(({ at, member, amount, way, swipe }) => [
                at.slice(0, 16).replace('T', ' '),
                formatMoney(amount, 'en'),
                way,
                member.name,
                swipe === null ? '' : `${swipe.door}, ${swipe.reason}`,
              ]),
            ),
      )
    },
  },
]
