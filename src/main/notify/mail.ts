// The way to a mail server: one connection a mail, and what came of it in words of ours. The only file that knows SMTP.
import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Mail, MailSettings } from '../domain/mail.ts'
import { oneLine } from '../domain/mail-layout.ts'
import type { Delivery, MailTrouble } from '../domain/outbox.ts'
import { MINUTE, type Ms, SECOND } from '../domain/time.ts'
import type { Post } from './outbox-worker.ts'

export type MailWay = {
  settings: MailSettings
  password: string | null
  now: () => Ms
  patience?: Patience
}

/** `whole`: for one mail in all, whatever the server does; `stopped`: for its last word once the desk is to stop. */
export type Patience = { answer: Ms; whole: Ms; stopped: Ms }
/** A server that greets late on purpose, against senders of junk, does so within half a minute. */
const PATIENCE: Patience = { answer: 45 * SECOND, whole: 3 * MINUTE, stopped: 2 * SECOND }

/** What the package tells of a failure; `originalCode` is the system's own. */
type Failure = Partial<
  Record<'code' | 'originalCode' | 'command' | 'response', string | undefined> & { responseCode: number | undefined }
>
type Stage = 'greeting' | 'login' | 'envelope' | 'handed-over'

export function createMail({ settings, password, now, patience = PATIENCE }: MailWay): Post {
  const { host, port, security, user } = settings
  return async (mail, onHandOver, stop) => {
    const bytes = await written(mail, settings, now())
    const connection = new SMTPConnection({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      connectionTimeout: patience.answer,
      greetingTimeout: patience.answer,
      socketTimeout: patience.answer,
      dnsTimeout: patience.answer,
      socketCloseTimeout: 0,
      // What follows the @ of the sender: the name of this computer is nobody's business.
      name: settings.senderAddress.split('@').at(-1),
      logger: false,
    })
    let stage: Stage = 'greeting'
    return new Promise<Delivery>((resolve) => {
      const timers: NodeJS.Timeout[] = []
      let over = false
      const end = (delivery: Delivery) => {
        if (over) return
        over = true
        for (const timer of timers) clearTimeout(timer)
        stop.removeEventListener('abort', onStop)
        if (delivery.outcome === 'sent') {
          connection.quit()
          setTimeout(() => connection.close(), patience.stopped)
        } else connection.close()
        resolve(delivery)
      }
      const fail = (failure: Failure) => end(deliveryOf(stage, failure))
      const giveUp = (why: MailTrouble) =>
        end({
          outcome: stage === 'handed-over' ? 'unclear' : 'failed',
          why: stage === 'handed-over' ? 'cut-off' : why,
          detail: null,
        })
      const onStop = () => {
        if (stage !== 'handed-over') return giveUp('stopped')
        timers.push(setTimeout(giveUp, patience.stopped, 'stopped'))
      }
      timers.push(setTimeout(giveUp, patience.whole, 'silent'))
      if (stop.aborted) return giveUp('stopped')
      stop.addEventListener('abort', onStop)

      const send = () => {
        if (over) return
        stage = 'envelope'
        const envelope = { from: settings.senderAddress, to: [mail.to.address], size: bytes.length }
        const message = readOnce(bytes, () => {
          onHandOver()
          stage = 'handed-over'
        })
        connection.send(envelope, message, (failure, info) =>
          failure ? fail(failure) : end({ outcome: 'sent', detail: said(info?.response) }),
        )
      }
      // It tells of trouble here also after it has told of it there.
      connection.on('error', fail)
      connection.once('end', () => fail({ code: 'ECONNECTION' }))
      connection.connect((failure) => {
        if (failure) return fail(failure)
        if (over) return
        if (user === null) return send()
        stage = 'login'
        connection.login({ user, pass: password ?? '' }, (refused) => (refused ? fail(refused) : send()))
      })
    })
  }
}

function written(mail: Mail, { senderName, senderAddress }: MailSettings, at: Ms): Promise<Buffer> {
  const { to, subject, text, html, messageId, files = [] } = mail
  const composer = new MailComposer({
    from: { name: oneLine(senderName), address: senderAddress },
    to: { name: oneLine(to.name ?? ''), address: to.address },
    subject,
    text,
    ...(html === null ? {} : { html }),
    messageId,
    attachments: files.map(({ name, type, bytes }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(bytes),
    })),
    date: new Date(at),
    // No answers from those who are away, and none from other programs.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

/** Asked for only once the server has said that it listens. */
function readOnce(bytes: Buffer, onBegin: () => void): Readable {
  let begun = false
  return new Readable({
    read() {
      if (begun) return
      begun = true
      try {
        onBegin()
      } catch (error) {
        return void this.destroy(error as Error)
      }
      this.push(bytes)
      this.push(null)
    },
  })
}

function deliveryOf(stage: Stage, failure: Failure): Delivery {
  const { responseCode } = failure
  const detail = said(failure.response)
  if (stage === 'handed-over' && responseCode === undefined) return { outcome: 'unclear', why: 'cut-off', detail }
  const why = troubleOf(stage, failure)
  return { outcome: why === 'address' || why === 'content' ? 'refused' : 'failed', why, detail }
}

/** Codes of replies are those of RFC 5321; the second number of an enhanced one is 7 where it is a matter of policy. */
function troubleOf(stage: Stage, failure: Failure): MailTrouble {
  const { code, originalCode = '', command, responseCode = 0, response = '' } = failure
  if (/CERT|UNABLE_TO_|ALTNAME/.test(originalCode)) return 'unsafe'
  if (code === 'ETLS' || /^ERR_SSL|^EPROTO$/.test(originalCode)) return 'no-encryption'
  if (stage === 'login' && (responseCode >= 500 || code === 'EAUTH')) return 'password'
  if (stage === 'greeting' && responseCode >= 500) return 'relay'
  if (responseCode === 0) return code === 'ETIMEDOUT' ? 'silent' : 'unreachable'
  if (responseCode < 500) return 'later'
  if (responseCode === 530 || /^5\d\d[ -]5\.7\./.test(response)) return stage === 'handed-over' ? 'content' : 'relay'
  if (command === 'MAIL FROM') return 'sender'
  return command === 'RCPT TO' ? 'address' : 'content'
}

/** What a server says comes from outside: one short line of it. */
function said(response: string | undefined): string | null {
  const line = oneLine(response ?? '').slice(0, 200)
  return line === '' ? null : line
}
