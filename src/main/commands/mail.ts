// Mail: the server by which it goes, a test, and what did not go.
import { MAIL_SECURITY, type MailSecurity } from '../domain/mail.ts'
import { type Command, given, OK, printed, table, text } from './command.ts'

export const mailCommands: Command[] = [
  {
    words: 'mail set',
    args: `--host HOST --sender ADDRESS [--port N] [--security ${MAIL_SECURITY.join('|')}] [--user NAME [--password]] [--name NAME] [--staff ADDRESS,…]`,
    about:
      'the mail server to send by; with --password the password is read from standard input, without it the one that is kept stays',
    options: {
      host: { type: 'string' },
      port: { type: 'string' },
      security: { type: 'string', oneOf: MAIL_SECURITY },
      user: { type: 'string' },
      password: { type: 'boolean' },
      sender: { type: 'string' },
      name: { type: 'string' },
      staff: { type: 'string' },
    },
    needs: ['host', 'sender'],
    positionals: [],
    async run({ desk, values, stdin }) {
      const security = (text(values.security) ?? 'starttls') as MailSecurity
      const port = Number(text(values.port) ?? USUAL_PORTS[security])
      if (!Number.isInteger(port) || port < 1 || port > 65_535)
        return { usage: `"${text(values.port)}" is not a port: use --port with a number from 1 to 65535.` }
      const password = values.password === true ? (await stdin()).replace(/\r?\n$/, '').slice(0, 1_000) : undefined
      const outcome = await desk.call('mail.set', {
        host: text(values.host) ?? '',
        port,
        security,
        user: text(values.user) ?? null,
        senderName: text(values.name) ?? '',
        senderAddress: text(values.sender) ?? '',
        staff: (text(values.staff) ?? '').split(','),
        ...given({ password }),
      })
      return printed(outcome, () => 'Mail is set up; `latchkey mail test` sends a test.')
    },
  },
  {
    words: 'mail off',
    args: '',
    about: 'send no mail any more; what waits is put aside',
    options: {},
    positionals: [],
    async run({ desk }) {
      return printed(
        await desk.call('mail.off', {}),
        () => 'Mail is switched off.',
        () => OK,
      )
    },
  },
  {
    words: 'mail test',
    args: '[ADDRESS]',
    about: "send a test mail, to the sender's own address where none is given",
    options: {},
    positionals: [],
    optional: ['ADDRESS'],
    async run({ desk, positionals: [to] }) {
      const outcome = await desk.call('mail.test', given({ to }))
      if (!outcome.ok) return outcome
      const { sent, sentence, detail } = outcome.value
      const said = detail === null ? sentence : `${sentence}\n${detail}`
      return { ok: true, value: { json: outcome.value, text: said, exitCode: sent ? 0 : 1 } }
    },
  },
  {
    words: 'outbox retry',
    args: 'ID',
    about: 'send a mail again that did not go',
    options: {},
    positionals: ['ID'],
    async run({ desk, positionals: [id = ''] }) {
      return printed(await desk.call('outbox.retry', { id }), () => 'It is sent again.')
    },
  },
  {
    words: 'outbox put-aside',
    args: 'ID [--arrived]',
    about: 'a mail that did not go needs nothing more; --arrived: it did arrive',
    options: { arrived: { type: 'boolean' } },
    positionals: ['ID'],
    async run({ desk, values, positionals: [id = ''] }) {
      const arrived = values.arrived === true ? true : undefined
      return printed(await desk.call('outbox.putAside', { id, ...given({ arrived }) }), () => 'It is put aside.')
    },
  },
  {
    words: 'outbox',
    args: '',
    about: 'mail that has not gone, and what to do about it',
    options: {},
    positionals: [],
    async run({ desk }) {
      return printed(await desk.call('outbox.list', {}), (items) =>
        items.length === 0
          ? 'All mail has gone.'
          : table(items.map(({ id, state, to, sentence }) => [id, state, to ?? '', sentence])),
      )
    },
  },
]

const USUAL_PORTS: Record<MailSecurity, number> = { tls: 465, starttls: 587, none: 25 }
