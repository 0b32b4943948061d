// Plans: starting from the template, and what is wrong with those that are there.
import type { Reply } from '../../preload/contract.ts'
import { formatMoney } from '../domain/money.ts'
import { type Command, given, printed, table, text } from './command.ts'

type Template = Reply<'plans.template'>

export const planCommands: Command[] = [
  {
    words: 'plan template',
    args: '[--make] [--currency EUR]',
    about:
      'six plans to begin with, and what Stripe has of them; --make makes those that are not there, in Latchkey alone',
    options: { make: { type: 'boolean' }, currency: { type: 'string' } },
    positionals: [],
    async run({ desk, values }) {
      const asked = given({ currency: text(values.currency) })
      const outcome =
        values.make === true ? await desk.call('plans.fromTemplate', asked) : await desk.call('plans.template', asked)
      return printed(outcome, ({ plans }) => table(plans.map(lineOf)))
    },
  },
  {
    words: 'plan lint',
    args: '',
    about: 'what is wrong with the plans, held against Stripe; ends with 1 where something is',
    options: {},
    positionals: [],
    async run({ desk }) {
      const outcome = await desk.call('plans.lint', {})
      if (!outcome.ok) return outcome
      const { findings } = outcome.value
      const bad = findings.some(({ level }) => level === 'problem')
      const said =
        findings.length === 0
          ? 'Nothing is wrong with the plans.'
          : table(findings.map(({ level, sentence }) => [level, sentence]))
      return { ok: true, value: { json: outcome.value, text: said, exitCode: bad ? 1 : 0 } }
    },
  },
]

function lineOf({ name, price, fee, plan, found, foundFee }: Template['plans'][number]): string[] {
  const sum = (money: { minor: number; currency: string } | null) =>
    money === null ? 'by use' : formatMoney(money, 'en')
  const at = found === null ? 'no price in Stripe' : `${sum(found.amount)} in Stripe`
  const feeAt = foundFee === null ? 'no fee in Stripe' : `fee ${sum(foundFee.amount)} in Stripe`
  const state = plan === null ? 'not here yet' : 'is here'
  return [name, `${sum(price)} a month`, `fee ${sum(fee)}`, state, `${at}, ${feeAt}`]
}
