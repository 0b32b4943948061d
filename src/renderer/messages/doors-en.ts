// The Doors screen.
export const doorWords = {
  title: 'Doors',
  add: 'Add a door',
  online: 'Online',
  offline: 'Not heard from',
  lastSeen: 'last',
  neverSeen: 'never heard from',
  opensFor: 'Opens for',
  everyPlan: 'Every plan',
  noPlan: 'No plan',
  change: 'Change',
  changeOf: (door: string) => `Change which plans open ${door}`,
  empty: 'No doors yet.',
  emptyMore: 'Add one, put its key into the controller, and it reports here.',

  plansTitle: (door: string) => `Who may open ${door}?`,
  plansAbout: 'The change holds from the next swipe on.',
  plansEvery: 'Members of every plan',
  plansSome: 'Only members of these plans',
  planMembers: (count: string, one: boolean) => (one ? '1 member' : `${count} members`),
  plansNone: 'No plans are known yet: they arrive from Stripe.',

  addTitle: 'Add a door',
  addAbout:
    'A controller of ours gets a key, shown once on the next page. Any other is looked at first, and nothing on it is changed.',
  id: 'Id',
  idHelp: 'Small letters, digits and hyphens, such as front-door. It cannot be changed later.',
  name: 'Name',
  nameHelp: 'What people at the desk call it.',
  addButton: 'Add',

  keyTitle: (door: string) => `The key of ${door}`,
  keyAbout: 'Put this key into the door’s controller now.',
  keyWarning: 'It is shown only this once. When you close this, nobody can read it again; a lost key means a new one.',
  keyLabel: 'Door key',
  keyDone: 'I have saved it',

  hold: (minutes: number) => `Hold open ${minutes} min`,
  lockdown: 'Lock down',
  lockdownAsk: 'Let nobody in but keyholders? The way out stays free.',
  lockedDown: (until: string | null) =>
    `Locked down${until === null ? '' : ` until ${until}`}: only keyholders get in.`,
  heldOpen: (until: string | null) => `Held open${until === null ? '' : ` until ${until}`}.`,
  orderedBy: (operator: string) => `by ${operator}`,
  normal: 'Back to normal',

  rekey: 'New key',
  rekeyAsk: 'Make a new key? The door is silent until its controller has it.',
  rekeyDo: 'Make a new key',
  remove: 'Remove',
  removeAsk: 'Remove this door? Its controller gets no answers any more.',
  removeDo: 'Remove the door',
}
