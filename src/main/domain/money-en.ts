// Words about money at the desk: what is answered where something cannot be, and each way in which it fails. English.

export const paymentFaults = {
  paidAlready: 'Stripe has it as paid already, and nothing more was charged: take no money for it.',
  processing: 'A bank debit for it is on its way: take no money until it has arrived or failed.',
  nothingOwed: 'Stripe wants nothing for it any more, and nothing was charged.',
  /** `said`: what the bank said, as a sentence. */
  declined: (said: string): string => `${said} Nothing was charged: take another card, or another way to pay.`,
  confirm: 'The bank wants the payer to confirm it, and nothing was charged: let them pay on Stripe’s page.',
  pageEnded: 'Stripe’s page was closed or ran out, and nothing was charged: open another, or use another way to pay.',
}

export const paymentRefusals = {
  noMember: 'This person is not here any more: search for them by name.',
  none: 'This payment is not here any more: look the person up again.',
  noStripe: 'No Stripe key is there yet: put one into Settings first.',
  notOwed: 'This is not owed any more: look at the person again.',
  owedFirst: 'Something is owed: take that first, and the new way to pay is kept with it.',
  noCustomer: (name: string): string => `${name} is not at Stripe yet: sign them up first.`,
  noReader: 'Say which card reader it is.',
  unclear: 'It is not known yet whether it was paid: try again, and that is looked up before anything else.',
  noMail: 'No mail server is set up: do that in Settings first, or show them the link.',
  noAddress: (name: string): string => `No email of ${name} is known: write one down first, or show them the link.`,
  noPage: 'Stripe has no page for this invoice: take the payment in another way.',
}

export const paymentDoing = {
  queue: (name: string): string => `The card reader is with ${name} just now. This one is next.`,
  ready: 'Getting the card reader ready…',
  collect: 'Waiting for the card at the reader. They can tap, insert or swipe it there.',
  page: 'Waiting until they have saved a way to pay on Stripe’s page.',
  invoicePage: 'Waiting until they have paid on Stripe’s page.',
  pay: 'Asking Stripe for the payment…',
  keep: 'Keeping it for what is owed later…',
}

export const refundRefusals = {
  none: 'This refund is not here any more: look at the payments again.',
  noPayment: 'Stripe has no such payment of this person: look at the payments again.',
  notPaid: 'This payment never went through, so there is nothing to give back.',
  disputed: 'The bank questions this payment and has taken the money back for now: wait until that is settled.',
  allBack: 'All of it has been given back already.',
  tooMuch: (left: string): string => `At most ${left} of it can still be given back.`,
  nothing: 'Give back more than nothing.',
  currency: (currency: string): string => `It was paid in ${currency.toUpperCase()}: give it back in that.`,
  changed: 'Something of it was given back meanwhile: look at what is left.',
  why: 'Say why it is given back.',
  busy: 'Something of it is being given back just now: look again in a moment.',
  tooLate:
    'Earlier something was to be given back, and it never reached Stripe. It is dropped: begin again if it is still wanted.',
  unclear: 'It is not known yet whether it was given back: try again, and that is looked up before anything else.',
}

export const giftRefusals = {
  none: 'This gift card is not here: look at the list again.',
  noAmount: 'A gift card is worth more than nothing.',
  noCurrency: (text: string): string => `There is no currency "${text}": write its three letters, such as EUR.`,
  whoBuys: 'Cash goes into the box under a name: open the person who buys it, and sell it there.',
  mailTo: (text: string): string => `"${text}" is not an email address.`,
  noMail: 'No mail server is set up: sell it without an address and print it.',
  unknown: 'No gift card has this code: check it letter by letter.',
  spent: (day: string): string => `This gift card was used up on ${day}.`,
  withdrawn: (day: string): string => `This gift card was withdrawn on ${day}: ask a manager.`,
  goingOn: 'This gift card is being redeemed for somebody else just now.',
  currency: (worth: string, currency: string): string =>
    `This gift card is worth ${worth}, and this person pays in ${currency.toUpperCase()}: it cannot be used for them.`,
  noCustomer: (name: string): string =>
    `${name} is not at Stripe yet: choose their plan in the sign-up first, then redeem it there.`,
  unclear:
    'It is not known yet whether the gift card was redeemed: try again, and that is looked up before anything else.',
  why: 'Say why it is withdrawn.',
}

export const giftWords = {
  /** What Stripe shows beside the credit. */
  credit: (number: number): string => `Gift card no. ${number}`,
  mailed: (to: string): string => `It was mailed to ${to}.`,
  notMailed: (to: string): string => `The mail to ${to} did not go: print it, or write the code down.`,
  unclear: (to: string): string => `Nobody knows whether the mail to ${to} went: print it as well.`,
  subject: (space: string): string => `A gift card for ${space}`,
  text: (worth: string, code: string): string =>
    `This gift card is worth ${worth}. Show this code at the front desk, or read it out:\n\n    ${code}\n\nIt can be used once, by one person, for anything that they pay here.`,
}

export const receiptWords = {
  invoice: (number: string | null): string => (number === null ? 'Membership' : `Invoice ${number}`),
}
