// The desk itself: its Stripe key, a sign-in link, its mail, its plans, its cash.
import { cashCommands } from './cash.ts'
import { type Command, OK, printed } from './command.ts'
import { exportCommands } from './export.ts'
import { mailCommands } from './mail.ts'
import { moneyCommands } from './money.ts'
import { planCommands } from './plans.ts'
import { reportCommands } from './report.ts'
import { reportListCommands } from './report-lists.ts'
import { whatIfCommands } from './what-if.ts'

/** Anything longer is no key, and is told so. */
const LONGEST_KEY = 1_000

export const deskCommands: Command[] = [
  {
    words: 'secret set stripe',
    args: '',
    about: 'take the Stripe key from standard input into the secret store',
    options: {},
    positionals: [],
    async run({ desk, stdin }) {
      return printed(
        await desk.call('secret.setStripe', { key: (await stdin()).trim().slice(0, LONGEST_KEY) }),
        () => 'The Stripe key is stored.',
        () => OK,
      )
    },
  },
  {
    words: 'link',
    args: '',
    about: 'a fresh link to sign in to the screen; it works once',
    options: {},
    positionals: [],
    async run({ desk }) {
      return printed(await desk.call('desk.signInLink', {}), ({ url }) => url)
    },
  },
  {
    words: 'sign-out',
    args: '',
    about: 'sign every browser out, such as after a computer was lost; `latchkey link` lets one in again',
    options: {},
    positionals: [],
    async run({ desk }) {
      return printed(await desk.call('desk.signOut', {}), () => 'Every browser is signed out.')
    },
  },
  ...mailCommands,
  ...moneyCommands,
  ...reportCommands,
  ...reportListCommands,
  ...whatIfCommands,
  ...exportCommands,
  ...cashCommands,
  ...planCommands,
]
