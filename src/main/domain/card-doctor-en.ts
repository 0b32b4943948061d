// Words of the card doctor: where a card does not work as it should, and what speaks for a copy of it. English.

const listed = (names: readonly string[]) => [...new Set(names)].join(' and ')

export const atDoorWords = {
  /** `form` is how the door's reader writes cards. */
  shownNothing: (door: string, form: string) =>
    `${door} reads cards as ${form}, and this card cannot be written so: it does not work there.`,
  alike: (door: string, names: readonly string[]) =>
    `${door} reads this card and one of ${listed(names)} as the same number, so it opens for neither: use another card.`,
  partOnly: (door: string) =>
    `${door} reads only a part of the number and does not know the card by that: set another form for its reader, or use another card.`,
}

export const partRead = (door: string, part: string) =>
  `${door} read only a part of the number (${part}), and nobody is known by that: set another form for its reader.`

/** How a card ended, as `afterEnd` says it. */
const ended = { lost: 'was reported lost', stolen: 'was reported stolen', revoked: 'was taken back' }
export type Ended = keyof typeof ended

export const suspicionWords = {
  twoDoors: (first: string, second: string, seconds: number, when: string) =>
    `It was shown at ${first} and at ${second} within ${seconds} ${seconds === 1 ? 'second' : 'seconds'} (${when}), which one card can hardly be. Ask for the card: if nobody can have walked so fast, give another one.`,
  afterEnd: (how: Ended, since: string, door: string, when: string) =>
    `It ${ended[how]} ${since}, and was shown at ${door} ${when}. Find out who has it: it is still about, or there is a copy.`,
  twinSeen: (other: string, door: string, when: string) =>
    `${door} read ${other} ${when}: the same number but for the first byte, as copies have it. Present this card there: if it is read as ${other} too, the reader does that; if not, give another card.`,
  twinKnown: (other: string, holder: string) =>
    `${holder} has ${other}: the same number but for the first byte, as copies have it. Present both cards here; if only one turns up, take the other back.`,
}

/** Rows of the inbox: everybody at the desk may read them, so they say neither where nor when. */
export const copiedInbox = {
  'two-doors': (name: string) =>
    `${name}'s card was shown at two doors at once, which one card can hardly be. Look at it together, and give another card if there is a copy.`,
  'after-end': (name: string) =>
    `A card that was taken back from ${name} was shown at a door since. Find out who has it: it is still about, or there is a copy.`,
  'first-byte': (name: string) =>
    `A door read a card that differs from ${name}'s in its first byte alone, as copies do. Look at their card, and give another one if it is read right.`,
}
