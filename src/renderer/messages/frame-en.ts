// The frame around every screen: rail, top bar, lamps, strips.
export const screenNames = {
  desk: 'Desk',
  members: 'Members',
  'sign-up': 'Sign up',
  inbox: 'Inbox',
  cards: 'Cards',
  doors: 'Doors',
  money: 'Money',
  cash: 'Cash',
  diagnostics: 'Diagnostics',
  settings: 'Settings',
}

export const frameWords = {
  product: 'Latchkey',
  title: (screen: string) => `Latchkey · ${screen}`,
  skip: 'Go to the page',
  rail: 'Screens',
  operator: (name: string) => `At the desk: ${name}`,
  ownerWord: 'Owner',
  blank: 'Blank the screen (b)',
  blankTitle: 'Screen blanked',
  blankText: 'Press b or click to bring it back.',
  blankWaiting: (count: number) => (count === 1 ? 'One person needs the desk' : `${count} people need the desk`),

  searchLabel: 'Search people and cards',
  searchHint: 'Name, email, phone, card',
  searchNobody: (text: string) => `Nobody found for “${text}”.`,
  searchTry: 'Try part of the name, the email, or the number on the card.',
  searchSignUp: (text: string) => `Sign up ${text}`,
  searchFound: (count: number) => (count === 1 ? 'One person found' : `${count} people found`),

  lampStripe: 'Stripe',
  lampReader: 'Reader',
  lampDoors: 'Doors',
  stripe: {
    'no-key': 'no key',
    'first-load': 'first load',
    offline: 'not reached',
    failed: 'needs you',
    stopped: 'stopped',
    never: 'not read yet',
  },
  stripeSentence: {
    'no-key': 'Latchkey has no Stripe key yet. Settings is where to put it.',
    stopped: 'Latchkey is not reading from Stripe just now.',
    offline: 'Stripe cannot be reached. Doors go on with what was read last.',
    failed: 'Stripe refuses the key. Settings is where to mend it.',
    read: 'Stripe is asked for news every few seconds.',
  },
  spans: {
    second: (n: string) => `${n} s`,
    minute: (n: string) => `${n} min`,
    hour: (n: string) => `${n} h`,
    day: (n: string) => (n === '1' ? '1 day' : `${n} days`),
  },
  countdown: {
    day: (n: string) => `${n} d`,
    hour: (n: string) => `${n} h`,
    minute: (n: string) => `${n} min`,
  },
  ago: (span: string) => `${span} ago`,
  reader: { ready: 'ready', starting: 'starting', missing: 'not found', busy: 'in use', denied: 'no permission' },
  readerNone: 'none',
  readerNoneSentence: 'No reader is set up at this desk. Settings is where to add one.',
  doorsOf: (online: number, all: number) => `${online} of ${all}`,
  doorsNone: 'none',
  doorsNoneSentence: 'No door is set up yet. Doors is where to add one.',
  doorsBehind: (names: string) => `Still opens for cards that were taken back: ${names}.`,
  doorsSilent: (names: string) => `Not heard from: ${names}.`,
  drift: (count: number | null) =>
    count === null
      ? 'Not compared with all of Stripe yet: that happens every night.'
      : count === 0
        ? 'Compared with all of Stripe: nothing differed.'
        : `Compared with all of Stripe: ${count === 1 ? 'one thing' : `${count} things`} differed and ${count === 1 ? 'was' : 'were'} mended.`,
  dead: (count: number) =>
    count === 0
      ? 'Nothing was given up on.'
      : `${count === 1 ? 'One thing' : `${count} things`} could not be read: the inbox has ${count === 1 ? 'it' : 'them'}.`,
  lampFine: 'All is well.',
  lampUnknown: 'unknown',
  lampUnknownSentence: 'Latchkey is not reached just now.',

  ordered: (doors: string, count: number, how: string) => `${doors} ${count === 1 ? 'is' : 'are'} ${how}.`,
  lockedDown: (since: string | null, until: string | null, why: string | null) =>
    `locked down since ${since}${until === null ? '' : `, until ${until}`}${why === null ? '' : ` (${why})`}`,
  heldOpen: (_since: string | null, until: string | null, why: string | null) =>
    `held open until ${until}${why === null ? '' : ` (${why})`}`,
  orderButton: 'Look at the doors',

  gapStrip: (days: number) =>
    `Stripe had not been read for ${days} days, longer than it keeps its news: everything is read again now. Doors go on meanwhile.`,
  deadStrip: (count: number) =>
    count === 1 ? 'One thing of Stripe could not be read.' : `${count} things of Stripe could not be read.`,
  deadButton: 'Look at it',
  pausesStrip: (count: number) =>
    `${count === 1 ? 'One membership was' : `${count} memberships were`} paused in Stripe before Latchkey came. Doors let them in until you decide.`,
  pausesButton: 'Decide',
  plansStrip: (list: string) =>
    `These open doors now, because they recur in Stripe: ${list}. Look at them, and confirm.`,
  plansMore: (count: string) => `${count} more`,
  plansButton: 'Look at the plans',
  noKeyStrip: 'Latchkey has no Stripe key yet, so it knows no members.',
  noKeyButton: 'Put in the key',
  failedStrip: 'Stripe cannot be read.',
  failedButton: 'Look at the key',
  firstLoad: (thing: string, count: string) => `Reading ${thing} from Stripe: ${count} so far`,
  things: {
    product: 'plans',
    price: 'prices',
    customer: 'members',
    subscription: 'memberships',
    invoice: 'invoices',
    payment_intent: 'payments',
  } as Record<string, string>,
  thingsElse: 'data',
  demoStrip: 'Demo: nobody is charged',
  demoToday: (day: string) => `Here it is ${day}.`,
  demoForward: 'Move the clock forward',
  demoDays: (days: number) => (days === 1 ? '+1 day' : `+${days} days`),
  demoMoving: 'Moving the clock…',
  demoCables: 'Cut off a door',
  demoCut: (door: string) => `Cut off ${door}`,
  demoMend: (door: string) => `Plug ${door} in again`,
  demoCutOff: (doors: readonly string[]) => `${doors.join(' and ')} ${doors.length === 1 ? 'is' : 'are'} cut off.`,
}

/** What a field finds amiss. */
export const faultWords = {
  missing: 'Fill this in first.',
  email: 'Write a whole address, such as name@example.org.',
  date: 'Write the whole date.',
  number: 'Write a number.',
  amount: (sample: string) => `Write the amount as a number, such as ${sample}.`,
  whole: 'Write a whole number.',
  range: (least: string, most: string) =>
    most === '' ? `Write ${least} or more.` : `Write a number from ${least} to ${most}.`,
}

export const commonWords = {
  close: 'Close',
  cancel: 'Cancel',
  back: 'Back',
  keep: 'Keep it',
  save: 'Save',
  saved: 'Saved',
  copy: 'Copy',
  copied: 'Copied',
  again: 'Try again',
  loading: 'Loading',
}
