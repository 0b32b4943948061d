// Words of what is done about late payments: mails to begin with, why something was not done, what stands in the history.
// English.
import { type MailTemplate, PLACEHOLDERS } from './fill-template.ts'
import type { FollowUpKind } from './follow-up.ts'

/** Until a space has written its own. */
export const usualTemplates: readonly MailTemplate[] = [
  {
    name: 'Friendly reminder',
    subject: 'Your payment of {amount} did not go through',
    text: [
      'Hello {name},',
      'your payment of {amount} for {plan}, due on {due}, did not go through. That happens: cards run out, and banks are careful.',
      'You can pay it here, with any card:',
      '{link}',
      'If something is wrong, answer this mail or come by the desk. We will find a way.',
    ].join('\n\n'),
  },
  {
    name: 'Doors are closed',
    subject: 'Your card opens no doors until {amount} is paid',
    text: [
      'Hello {name},',
      'your payment of {amount} for {plan} has been open since {due}, so your card does not open our doors any more.',
      'Once it is paid, they open again within seconds:',
      '{link}',
      'Would another plan suit you better, or a pause? Tell us, and we will change it.',
    ].join('\n\n'),
  },
  {
    name: 'Agreed at the desk',
    subject: 'Your {plan} ran out on {due}',
    text: [
      'Hello {name},',
      'your {plan} ran out on {due}. To go on, {amount} is due: by bank transfer, or at the desk the next time you come by.',
      'If you do not want to go on, a short answer is enough.',
    ].join('\n\n'),
  },
]

const HELD = PLACEHOLDERS.map((name) => `{${name}}`).join(', ')

/** Of a whole call: nothing was done. */
export const lateRefusals = {
  nobody: 'Choose at least one payment.',
  noMail: 'No mail server is set up: do that in Settings first, or call them.',
  noSubject: 'Write what the mail is about.',
  noText: 'Write what the mail is to say.',
  placeholder: (name: string) => `"{${name}}" stands for nothing here: there are ${HELD}.`,
  noName: 'Give the text a name, so that it is found again.',
  noTemplate: 'There is no text of this name any more.',
  tooMany: (most: number) => `At most ${most} texts are kept: remove one first.`,
  noDay: (text: string) => `"${text}" is not a day: write it like 2026-12-03, or choose one.`,
  past: 'Choose a day that is still to come.',
  tooFar: (days: number) => `Choose a day within ${days} days: whoever needs longer needs another plan.`,
  noWhy: 'Say why: it stands in the log.',
  noHow: 'Say how it was paid.',
  noStripe: 'No Stripe key is there yet: put one into Settings first.',
  noAct: 'There is nothing of this to take back any more.',
}

/** Of one line: nothing was done about it. */
export const notDone = {
  gone: 'This payment is not in the report any more: look at the list again.',
  noPerson: 'Nobody is known behind this payment: look into the inbox first.',
  settled: 'It is not open any more: look at the list again.',
  noLink: (name: string) => `There is no page where ${name} could pay this: tell them at the desk.`,
  noLinkInText: (name: string) => `There is no page where ${name} could pay this: choose a text without {link}.`,
  noAddress: (name: string) => `${name} has no email address: tell them at the desk.`,
  lately: (name: string, when: string) => `${name} was mailed ${when}: send it again only if that is meant.`,
  oneMail: (name: string) => `${name} gets one mail, about the oldest payment: send the next one once that is paid.`,
  noDoors: (name: string) => `No door here opens to ${name} by this plan: give access on their page.`,
  barred: (name: string) => `${name} is barred already.`,
  changed: (amount: string) => `It is ${amount} by now: look at the list again.`,
  oldAccount: 'It belongs to a former Stripe account: settle it there.',
  unclear:
    'It is not known yet whether Stripe has it as paid: mark it again, and that is looked up before anything else.',
  undone: (by: string) => `${by} has taken this back already.`,
  accessOver: (name: string) => `The access of ${name} has ended already.`,
  otherBar: (name: string) => `The bar of ${name} was lifted or changed since: open their page.`,
}

export const paidHow = { transfer: 'Bank transfer', other: 'Paid in another way' } as const

/** What stands in the history of a line, with the text beside it. */
export const followUpWords: Record<FollowUpKind, (text: string | null, day: string | null) => string> = {
  note: (text) => (text === null ? 'The note was taken off' : `Note: ${text}`),
  assigned: (text) => (text === null ? 'Nobody is on it any more' : `${text} is on it`),
  snoozed: (_, day) => (day === null ? 'Not put off any more' : `Put off until ${day}`),
  extended: (text, day) => `Access until ${day ?? ''}${text === null ? '' : `: ${text}`}`,
  barred: (text) => `Barred${text === null ? '' : `: ${text}`}`,
  link: () => 'The payment link was mailed',
  mail: (text) => `Mailed: ${text ?? ''}`,
  paid: (text) => `Marked as paid${text === null ? '' : `: ${text}`}`,
}

/** In the call list, in place of a number. */
export const callWords = {
  noPhone: 'Tell them at the desk',
  columns: {
    phone: 'Phone',
    name: 'Name',
    ask: 'Ask for',
    amount: 'Amount',
    currency: 'Currency',
    plan: 'Plan',
    days: 'Days overdue',
    reason: 'Reason',
    note: 'Note',
  },
}
