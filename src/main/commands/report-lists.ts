// Worklists of the manager, for people at a terminal and for programs.
import type { Reply } from '../../preload/contract.ts'
import type { Outcome } from '../../preload/wire.ts'
import { formatMoney } from '../domain/money.ts'
import { type Command, given, type Printed, printed, table, text } from './command.ts'

const LIMIT = { limit: 100_000 }

function file(outcome: Outcome<Reply<'worklists.csv'>>): Outcome<Printed> {
  return printed(outcome, ({ csv }) => csv.trimEnd())
}

const minute = (iso: string) => iso.slice(0, 16).replace('T', ' ')
const reach = ({ email, phone }: { email: string | null; phone: string | null }) =>
  email ?? phone ?? 'tell them at the desk'

export const reportListCommands: Command[] = [
  {
    words: 'report weekend',
    args: '[--until DAY] [--csv]',
    about: 'who can come in now and will be refused before Monday if nothing changes, the most frequent visitors first',
    options: { until: { type: 'string', moment: true }, csv: { type: 'boolean' } },
    positionals: [],
    async run({ desk, values }) {
      const until = given({ until: text(values.until) })
      if (values.csv === true) return file(await desk.call('worklists.csv', { list: 'weekend', ...until }))
      return printed(await desk.call('worklists.weekend', { ...until, ...LIMIT }), ({ rows }) =>
        rows.length === 0
          ? 'Nobody will be refused.'
          : table(
              rows.map(({ member, kind, at, visits, sentence, contact }) => [
                member.name,
                kind === 'may' ? `${minute(at)}?` : minute(at),
                visits === null ? '' : `${visits} visits`,
                reach(contact),
                sentence,
              ]),
            ),
      )
    },
  },
  {
    words: 'report leaks',
    args: '[--csv] [--idle]',
    about:
      'who is let in though nothing is paid any more, and who pays and never comes; --csv of the first, with --idle of the second',
    options: { csv: { type: 'boolean' }, idle: { type: 'boolean' } },
    positionals: [],
    async run({ desk, values }) {
      const list = values.idle === true ? 'idle' : 'entering'
      if (values.csv === true) return file(await desk.call('worklists.csv', { list }))
      return printed(await desk.call('worklists.leaks', LIMIT), ({ entering, idle }) => {
        const inside = entering.rows.map(({ member, sentence, contact }) => [member.name, reach(contact), sentence])
        const away = idle.rows.map(({ member, plan, perMonth, contact, sentence }) => [
          member.name,
          perMonth === null ? plan : `${plan}, ${formatMoney(perMonth, 'en')} a month`,
          reach(contact),
          sentence,
        ])
        return [
          inside.length === 0 ? 'Nobody comes in without paying.' : table(inside),
          '',
          idle.notYet ?? (away.length === 0 ? 'Whoever pays also comes.' : table(away)),
        ].join('\n')
      })
    },
  },
  {
    words: 'report expiring',
    args: '[--csv]',
    about: 'bank cards that will have run out when Stripe charges them next, the soonest first',
    options: { csv: { type: 'boolean' } },
    positionals: [],
    async run({ desk, values }) {
      if (values.csv === true) return file(await desk.call('worklists.csv', { list: 'expiring' }))
      return printed(await desk.call('worklists.expiring', LIMIT), ({ rows }) =>
        rows.length === 0
          ? 'Every bank card is good for its next charge.'
          : table(
              rows.map(({ member, plan, chargeAt, expires, contact }) => [
                member.name,
                plan,
                `charged ${chargeAt.slice(0, 10)}`,
                `good until ${expires}`,
                reach(contact),
              ]),
            ),
      )
    },
  },
]
