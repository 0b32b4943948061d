// A real mail server in this process: what arrives is parsed by another package than the one that wrote it, and it can be
// told to refuse, to be slow, or to cut the line.
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { closeAfterEachTest } from '../closing.ts'

export type Arrived = { from: string; to: string[]; mail: Email; raw: string; user: string | null }

export type MailServer = {
  port: number
  arrived: Arrived[]
  /** How many connections were made so far. */
  connections: () => number
  /** How many mails it has read to their end, whatever it made of them. */
  read: () => number
  /** What it does instead of taking mail as a server does. */
  habits: Habits
  close(): Promise<void>
}

type Habits = {
  /** By address: code and words with which it is refused. */
  refuses: Map<string, string>
  sender: string | null
  /** Said to the whole mail, after its last line. */
  message: string | null
  /** `drop`: the line is cut once the mail is there, before a word is said about it; `keep`: the same, but it was kept. */
  atEnd: 'answer' | 'drop' | 'keep' | 'never'
  /** Waited for before the answer to a mail. */
  before: Promise<void> | null
}

const opened = new Set<() => Promise<void>>()
closeAfterEachTest(async () => {
  for (const close of opened) await close()
  opened.clear()
})

export async function startMailServer(options: SMTPServerOptions & { port?: number } = {}): Promise<MailServer> {
  const habits: Habits = { refuses: new Map(), sender: null, message: null, atEnd: 'answer', before: null }
  const arrived: Arrived[] = []
  let connections = 0
  let read = 0
  const { port = 0, ...rest } = options
  const server = new SMTPServer({
    hideSTARTTLS: true,
    authOptional: true,
    logger: false,
    closeTimeout: 1,
    onConnect(_session, callback) {
      connections += 1
      callback()
    },
    onMailFrom(_address, _session, callback) {
      callback(habits.sender === null ? null : saying(habits.sender))
    },
    onRcptTo({ address }, _session, callback) {
      const refusal = habits.refuses.get(address)
      callback(refusal === undefined ? null : saying(refusal))
    },
    async onData(stream, session, callback) {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk as Buffer)
      const raw = Buffer.concat(chunks).toString('utf8')
      read += 1
      await habits.before
      if (habits.message !== null) return callback(saying(habits.message))
      if (habits.atEnd !== 'drop') {
        const { mailFrom, rcptTo } = session.envelope
        arrived.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          mail: await PostalMime.parse(raw),
          raw,
          user: typeof session.user === 'string' ? session.user : null,
        })
      }
      if (habits.atEnd === 'answer') return callback(null, 'kept')
      if (habits.atEnd !== 'never') for (const connection of server.connections) connection.close()
    },
    ...rest,
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.server.address()
  let closed: Promise<void> | null = null
  const close = () => {
    closed ??= new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const connection of server.connections) connection.close()
    })
    return closed
  }
  opened.add(close)
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    arrived,
    connections: () => connections,
    read: () => read,
    habits,
    close,
  }
}

function saying(words: string): Error {
  const [code = '550', ...rest] = words.split(' ')
  return Object.assign(new Error(rest.join(' ')), { responseCode: Number(code) })
}
