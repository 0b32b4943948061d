// The mails that we send, and what is said of those that did not go. English.
import type { MailText } from './mail.ts'
import { asHtml, asText, type MailPart, oneLine } from './mail-layout.ts'
import { formatMoney, type Money } from './money.ts'
import type { MailTrouble, Notice, NoticeKind, PaidReceipt, StuckState } from './outbox.ts'
import type { Ms } from './time.ts'

/** Whose mail it is, and how the space writes money and days. */
export type MailVoice = { space: string; locale: string; zone: string }

export function mailText(notice: Notice, voice: MailVoice): MailText {
  const { space, locale } = voice
  const money = (amount: Money) => formatMoney(amount, locale)
  switch (notice.kind) {
    case 'welcome': {
      const { name, plan, opens, bring, receipt = null } = notice.payload
      const doors = opens.map(({ door, hours }) => (hours === null ? `${door}, at all hours` : `${door}, ${hours}`))
      return branded(voice, `Welcome to ${space}`, [
        { part: 'text', text: `Hello ${name},` },
        { part: 'text', text: `You are a member of ${space} now, on the plan ${plan}. We are glad that you are here.` },
        ...(doors.length === 0 ? [] : [{ part: 'list' as const, title: 'What your card opens', items: doors }]),
        ...(bring.length === 0 ? [] : [{ part: 'list' as const, title: 'What to bring', items: bring }]),
        ...(receipt === null ? [] : paidParts(receipt, voice)),
        { part: 'small', text: 'Questions? Answer this mail, or ask at the desk.' },
      ])
    }
    case 'receipt': {
      const { name, number } = notice.payload
      return branded(voice, `Receipt ${number} from ${space}`, [
        { part: 'text', text: `Hello ${name},` },
        ...paidParts(notice.payload, voice),
        { part: 'small', text: 'Is something wrong with it? Answer this mail, or ask at the desk.' },
      ])
    }
    case 'payment-link': {
      const { name, url, amount, until } = notice.payload
      const what = amount === null ? 'Your payment' : `Your payment of ${money(amount)}`
      return branded(voice, `${what} to ${space}`, [
        { part: 'text', text: `Hello ${name},` },
        { part: 'text', text: `${what} to ${space} is still open. You can pay it here:` },
        { part: 'link', text: 'Pay now', url },
        ...(until === null
          ? []
          : [{ part: 'small' as const, text: `The page is open until ${mailDay(until, voice)}.` }]),
      ])
    }
    case 'reminder': {
      const { subject, text, url } = notice.payload
      const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '')
      const parts = paragraphs.map((paragraph): MailPart => {
        const said = paragraph.trim()
        return said === url ? { part: 'link', text: 'Pay now', url: said } : { part: 'text', text: said }
      })
      return branded(voice, subject, parts)
    }
    case 'report':
      return notice.payload
    case 'staff': {
      const { what, lines } = notice.payload
      const parts = [what, ...lines].map((text): MailPart => ({ part: 'text', text }))
      return { subject: oneLine(what), text: asText(space, parts), html: null }
    }
  }
}

function paidParts({ number, at, lines, total, paidBy }: PaidReceipt, voice: MailVoice): MailPart[] {
  const money = (amount: Money) => formatMoney(amount, voice.locale)
  const rows = lines.map(({ text, amount }) => [text, money(amount)] as const)
  return [
    { part: 'text', text: `Thank you. This is your receipt ${number} of ${mailDay(at, voice)}.` },
    { part: 'rows', rows: [...rows, ['Total', money(total)]], total: true },
    ...(paidBy === null ? [] : [{ part: 'small' as const, text: `Paid by: ${paidBy}` }]),
  ]
}

export function testMailText(voice: MailVoice): MailText {
  return branded(voice, `Mail from ${voice.space} works`, [
    { part: 'text', text: `This is a test. Mail from ${voice.space} arrives here.` },
    { part: 'small', text: 'Somebody asked for it at the desk. There is nothing to do.' },
  ])
}

function branded(voice: MailVoice, title: string, parts: MailPart[]): MailText {
  const subject = oneLine(title)
  return { subject, text: asText(voice.space, parts), html: asHtml(voice.space, subject, parts) }
}

/** In full: nobody knows when a mail is read. */
export function mailDay(at: Ms, { locale, zone }: Pick<MailVoice, 'locale' | 'zone'>): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, dateStyle: 'long' }).format(at)
}

export const staffNotes = {
  agreed: (name: string, plan: string) => `${name} has a new membership: ${plan}`,
  signedUp: (name: string, plan: string) => `${name} signed up: ${plan}`,
  onTheWay: 'The first payment is on its way; a bank debit takes some days.',
  settled: 'The first payment went through.',
  handOver: 'They paid by the link that was mailed: a card is to be handed over.',
  term: (from: string, until: string) => `From ${from} to ${until}.`,
  paid: (amount: string, method: 'cash' | 'invoice' | 'company') =>
    ({ cash: `${amount} in cash.`, invoice: `${amount} by invoice.`, company: `${amount}, paid by a company.` })[
      method
    ],
  by: (operator: string) => `Agreed at the desk by ${operator}.`,
}

export const noticeNames: Record<NoticeKind, string> = {
  welcome: 'the welcome',
  receipt: 'the receipt',
  'payment-link': 'the payment link',
  reminder: 'the reminder',
  report: 'the report',
  staff: 'the note to staff',
}

/** After "The mail did not go:" and before what to do. */
const because: Record<MailTrouble, string> = {
  unreachable: 'the mail server cannot be reached',
  silent: 'the mail server does not answer',
  unsafe: 'the mail server could not prove that it is the right one',
  'no-encryption': 'the mail server does not protect the connection in the way that is set',
  password: 'the mail server refused our user name or password',
  sender: 'the mail server refused our sender address',
  relay: 'the mail server does not send mail for us',
  later: 'the mail server put it off',
  address: 'the mail server refused this address',
  content: 'the mail server did not take this mail',
  unreadable: 'its text could not be made',
  stopped: 'the desk was stopped in the middle of it',
  'cut-off': 'the connection was cut in the middle of it',
  restored: 'a backup was restored, and it may have gone since that was made',
}

const whatToDo: Record<MailTrouble, string> = {
  unreachable: "Check the server's name and port in Settings, and this computer's network.",
  silent: "Check the server's name, port and protection in Settings.",
  unsafe: "Check the server's name in Settings: it must be the one in its certificate.",
  'no-encryption': 'Choose another protection in Settings.',
  password: 'Put the user name and password in again in Settings.',
  sender: 'Choose a sender address in Settings that this server lets us use.',
  relay: 'Put a user name and password in, in Settings, or use another server.',
  later: 'Nothing to do: it is tried again.',
  address: 'Ask for the right address.',
  content: 'Tell them at the desk.',
  unreadable: 'Tell them at the desk.',
  stopped: 'Ask whether it arrived, or send it again.',
  'cut-off': 'Ask whether it arrived, or send it again.',
  restored: 'Ask whether it arrived, or send it again.',
}

/** "Ada Lovelace" or the address of somebody on the staff list. */
export function stuckSentence(state: StuckState, kind: NoticeKind, who: string, why: MailTrouble | null): string {
  const what = noticeNames[kind]
  switch (state) {
    case 'no-address':
      return `${who} has no email address, so ${what} cannot be sent. Tell them at the desk.`
    case 'unclear':
      return `${capital(what)} for ${who} may have been sent: ${because[why ?? 'cut-off']}. Ask whether it arrived, or send it again.`
    case 'refused':
    case 'given-up':
      return `${capital(what)} for ${who} did not go: ${because[why ?? 'content']}. ${whatToDo[why ?? 'content']}`
  }
}

export const outboxWords = {
  waiting: (kind: NoticeKind, who: string) => `${capital(noticeNames[kind])} for ${who} waits to be sent.`,
  again: (kind: NoticeKind, who: string, why: MailTrouble, when: string) =>
    `${capital(noticeNames[kind])} for ${who} did not go yet: ${because[why]}. It is tried again ${when}.`,
  reachable: (kind: NoticeKind, who: string) =>
    `${who} has an email address now, and ${noticeNames[kind]} was not sent. Send it, or tell them at the desk.`,
  step: 'Telling them',
}

export const mailRefusals = {
  demo: 'The demo sends no mail, so that nobody is written to by accident: start Latchkey without --demo to set mail up.',
  notSetUp: 'No mail is set up: put the mail server in first, in Settings or with `latchkey mail set`.',
  isOff: 'Mail is switched off already.',
  host: (text: string) => `"${text}" is not a server: write its name alone, such as smtp.example.org.`,
  sender: (text: string) => `"${text}" is no sender address: it needs an @ and a domain.`,
  staff: (text: string) => `"${text}" on the staff list is no email address: it needs an @ and a domain.`,
  to: (text: string) => `"${text}" is no email address: it needs an @ and a domain.`,
  noPassword: 'Put in the password that belongs to this user name.',
  otherPassword: 'The server or the user is another one now: put in the password that belongs to it.',
  inTheClear:
    'Without protection everybody on the way could read the password: choose TLS or STARTTLS, or leave user name and password out.',
  cannotKeep: 'The password could not be kept on this computer: check the rights of the data folder.',
  settled: 'This mail is settled already: the list is up to date now.',
  sending: 'This mail is just being sent: look again in a minute.',
  noAddress: (name: string) => `${name} still has no email address: add one first.`,
  notUnclear: 'Nobody doubts that this mail did not arrive: send it again, or put it aside.',
}

export const mailTested = {
  sent: (to: string) => `The mail server took a test mail for ${to}. Look whether it arrives.`,
  failed: (why: MailTrouble) => `The test mail did not go: ${because[why]}. ${whatToDo[why]}`,
  unclear: (to: string) =>
    `The connection was cut after the test mail for ${to} had been handed over. Look whether it arrives.`,
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
