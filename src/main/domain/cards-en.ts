// Words about cards: what the desk answers where something cannot be, and what it says while it waits for one. English.

export const cardRefusals = {
  noMember: 'This person is not here any more: search for them by name.',
  randomUid: 'This card makes up a new number at every tap (phones do): use a card or fob with a number of its own.',
  taken: (holder: string) => `This card belongs to ${holder}. Take it back from them first, or use another card.`,
  hasIt: (name: string) => `${name} already has this card.`,
  hasItSo: (name: string, state: string) => `${name} already has this card, and it is ${state}: reinstate it instead.`,
  loaner: (label: string) => `This is a loaner${label}: lend it, and it is asked back.`,
  /** `door` reads both cards as the same number. */
  looksLike: (door: string, holder: string) =>
    `${door} cannot tell this card from one that ${holder} has: use another card.`,
  looksLikeOwn: (door: string, name: string) =>
    `${door} cannot tell this card from one that ${name} has already: take that one back first, or use another card.`,
  sameCard: (holder: string, short: string) =>
    `${holder} has a card that was enrolled by its short number ${short}. Is this the same card?`,
  shortOf: (holder: string) =>
    `The card of ${holder} shows this short number, too: present the card at the desk, so that it is read whole.`,
  nobodyHas: (canonical: string) =>
    `Nobody has the card ${canonical}: \`latchkey card find\` shows what is known of it.`,
  unknown: (canonical: string) => `The card ${canonical} is not known here: enrol it or put it into stock first.`,
  held: (holder: string) => `${holder} has this card: take it back from them first.`,
  inStock: 'This card is in stock already.',
  noLoaner: 'This card is no loaner: put it into stock as one first, or enrol it for good.',
  notLent: 'This card is not lent to anybody.',
  notBack: (holder: string) => `This loaner is out with ${holder}: take it back first.`,
  sameCards: 'This is the card that is to be replaced: present the new one.',
  notReplaced: (state: string) => `This card is ${state}, so there is nothing to replace: enrol a new one.`,
  notShort: 'Only a card that was enrolled by a short number (w26 or w34) can be seen whole.',
  notThisOne: (whole: string) => `${whole} does not end in that short number: it is another card.`,
  knownWhole: (whole: string) =>
    `The card ${whole} is in the list by itself: enrol that one for them, and take the short one back.`,
  nothingToDate: (state: string) => `This card is ${state}, so no last day can be set.`,
  longLabel: 'A label has at most 60 characters.',
}

export const waitWords = {
  timedOut: 'No card was presented within a minute.',
  /** `what` is one of the lines below. */
  busy: (what: string, seconds: number) =>
    `The reader is taken: ${what} (${seconds} s left). Finish or cancel that first.`,
  what: {
    enrol: (name: string) => `a card for ${name} is being enrolled`,
    replace: (name: string) => `a card of ${name} is being replaced`,
    lend: (name: string) => `a loaner for ${name} is being lent`,
    assign: (name: string) => `a card for ${name} is to be presented again`,
    back: () => 'a loaner is being taken back',
    stock: () => 'cards are being put into stock',
    look: () => 'a card is being looked at',
  },
  otherCard: (door: string) => `That is another card than the one at ${door}: present that one.`,
  tooOld: 'That swipe is more than five minutes old: present the card at the desk instead.',
  noSwipe: 'That swipe is not in the log, or its card has been given to somebody since.',
}
