// Commands that keep the desk well: a backup in one file, the secret of Stripe's webhooks.

import path from 'node:path'
import { type Command, OK, printed } from './command.ts'

export const upkeepCommands: Command[] = [
  {
    words: 'backup',
    args: 'FILE',
    about: 'copy all databases into one file, also while Latchkey runs; it holds door keys: keep it like a key',
    options: {},
    positionals: ['FILE'],
    async run({ desk, positionals: [file = ''] }) {
      return printed(
        await desk.call('backup.make', { file: path.resolve(file) }),
        (made) => `${made.file} holds everything, door keys too: keep it like a key. ${made.bytes} bytes.`,
      )
    },
  },
  {
    words: 'secret set stripe-webhook',
    args: '',
    about: "take the signing secret of Stripe's webhooks from standard input into the secret store",
    options: {},
    positionals: [],
    async run({ desk, stdin }) {
      return printed(
        await desk.call('secret.setWebhook', { secret: (await stdin()).trim().slice(0, 1_000) }),
        () => 'The signing secret is stored.',
        () => OK,
      )
    },
  },
]
