// Words of the sign-up: what the desk answers where something cannot be, and each way in which a payment fails. English.
import { declinedInWords, declineKind } from './declines-en.ts'

/** By Stripe's code; what is not here is told by declines-en.ts. */
export const refusedSentences: Readonly<Record<string, string>> = {
  terminal_reader_busy:
    'The card reader is busy with somebody else, and nothing was charged: wait until it is free, or choose another reader.',
  terminal_reader_offline:
    'The card reader is switched off or has no network, and nothing was charged: wake it up, then try again.',
  terminal_reader_timeout: 'The card reader did not answer in time, and nothing was charged: try again.',
  terminal_reader_hardware_fault:
    'The card reader reports a fault, and nothing was charged: switch it off and on, or use another way to pay.',
  setup_intent_mobile_wallet_unsupported:
    'A phone or watch cannot be saved for later payments, and nothing was charged: ask for the plastic card, or use another way to pay.',
}

export const signUpFaults = {
  timeOut: 'Nobody presented a card in time, and nothing was charged: try again when they are ready.',
  cancelled: 'It was cancelled at the card reader, and nothing was charged: try again, or choose another way.',
  noSavedCard:
    'A phone, a watch or this kind of card cannot be saved for later payments, and nothing was charged: ask for another card, or use another way to pay.',
  interrupted: 'It was interrupted at the card reader, and nothing was charged: try again when they are ready.',
  /** By Stripe's code of why the card reader gave up. */
  atReader: (code: string): string =>
    AT_READER[code] ??
    refusedSentences[code] ??
    `The card was not taken, and nothing was charged: ${declinedInWords(code)}.`,
  /** By the bank's word for why the first payment did not go through: all of it is undone then. */
  atBank: (code: string): string =>
    declineKind(code) === 'payer'
      ? 'The bank wants the payer to confirm it, and nothing was charged: use Stripe’s page, by phone, where they can do that.'
      : `The card was saved, but the payment did not go through, and nothing was charged: ${declinedInWords(code)}.`,
  /** The page is filled in, and meanwhile something stands against it. */
  notSold: (why: string) => `Nothing was charged. ${why}`,
  pageEnded: 'Stripe’s page was closed or ran out, and nothing was charged: open another, or use another way to pay.',
  noWebsite: 'Stripe’s page returns to the space’s own website: put its address into Settings first.',
  offline: 'Stripe cannot be reached just now. It is kept as it is: try again when the connection is back.',
}

/** What the card reader itself ends with, by Stripe's code. */
const AT_READER: Readonly<Record<string, string>> = {
  customer_canceled: signUpFaults.cancelled,
  terminal_reader_timeout: signUpFaults.timeOut,
}

export const signUpRefusals = {
  /** The walk-in reads along: why stands in the panel, which is opened on purpose. */
  askManager: (name: string) => `Ask a manager before ${name} is signed up: their page says why.`,
  none: 'This sign-up is not here any more: look at the list again.',
  closed: 'This sign-up is finished already.',
  noMember: 'This person is not here any more: search for them by name.',
  whoAccepts: 'Say who accepts the terms.',
  notPaid: 'It is not paid yet: choose how they pay first.',
  noPlan: 'Choose a plan first.',
  noFee: (id: string) => `Stripe has no price ${id} that is charged once: sync, then look again.`,
  noSlug: (text: string) => `"${text}" cannot be part of a promotion's name: use letters, digits, - and _.`,
  noTerms: 'The terms have to be accepted first.',
  noPrice: (plan: string) => `${plan} has no price in Stripe: give it one in Settings, or agree on it at the desk.`,
  soldOnce: (plan: string) => `${plan} is sold once: agree on it at the desk, as cash, invoice or company.`,
  unclear:
    'It is not known yet whether the membership was begun: choose how they pay once more, and it is looked up first.',
  paid: 'This is paid already: go on with the card.',
  noStripe: 'No Stripe key is there yet: put one into Settings, or agree on it at the desk.',
  noCode: (code: string) =>
    `Stripe knows no promotion "${code}" that is still good: check the spelling, or leave it out.`,
  noReader: 'There is no card reader at Stripe: register one in Settings, or use another way to pay.',
}

export const doingWords = {
  ready: 'Getting the card reader ready…',
  collect: 'Waiting for the card at the reader. They can tap, insert or swipe it there.',
  subscription: 'The card is saved. Starting the membership at Stripe…',
  page: 'Waiting until they have paid on Stripe’s page.',
  verifying:
    'Their bank account is being verified: two small deposits come in a day or two, and Stripe’s mail says where to tell the amounts. Nothing is charged yet; the membership begins by itself then. Or choose another way.',
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** Of a card before anything is paid. */
export const provisionalWords = {
  /** Why a door opens: after "by the permission of … until …". */
  why: 'not paid yet, provisional card',
  offer: (doors: readonly string[], until: string) =>
    `Stripe cannot be reached just now. A provisional card opens ${listed(doors)} until ${until}, and they pay later.`,
  given: (doors: readonly string[], until: string) => `Not paid yet: this card opens ${listed(doors)} until ${until}.`,
  over: (until: string) => `Not paid: the provisional card ended ${until}.`,
  notNow: 'A provisional card is only for when Stripe cannot be reached: take the payment now.',
}

/** Of a link that goes by mail. */
export const linkWords = {
  waiting: 'A link was mailed. The membership begins by itself once they have filled in the page.',
  noAddress: (name: string) => `${name} has no email address: add one, or show the page here.`,
  noMail: 'No mail is set up yet: set it up in Settings, or show the page here.',
  ranOut:
    'The links that were mailed ran out before the page was filled in, and nothing was charged: send another, or ask them.',
}
