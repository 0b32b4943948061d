// Who may open what and when: hours, holidays, groups of doors, inductions, what a door is.
export const accessWords = {
  // ---- hours and holidays ----
  hours: 'Hours and holidays',
  hoursAbout:
    'Hours that plans and doors can go by, and the days on which no hours begin. Keyholders come in at any hour.',
  newHours: 'New hours',
  noHours: 'No hours yet: every plan opens its doors at any hour.',
  usedBy: (users: readonly string[]) => `For ${users.join(', ')}`,
  unused: 'Nothing goes by them yet',
  changeHours: (name: string) => `Change ${name}`,
  removeHours: (name: string) => `Remove ${name}`,
  removeHoursAsk: (name: string) => `Remove ${name}?`,
  hoursTitle: 'Hours',
  hoursDialogAbout: 'Changed hours hold from the next swipe on, wherever they are in use.',
  hoursName: 'Name',
  hoursNameHint: 'Evenings',
  span: (n: number) => `Hours ${n}`,
  dayNames: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  dayShort: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  from: 'From',
  to: 'To',
  removeSpan: (n: number) => `Take out hours ${n}`,
  addSpan: 'Add more hours',
  hoursHelp:
    'From 00:00 to 00:00 is a whole day. Hours that end before they begin, such as 22:00 to 06:00, run into the next day.',
  holidays: 'Holidays',
  holidaysAbout: 'No hours begin on these days. Hours that began the evening before run to their end.',
  noHolidays: 'No holiday is coming.',
  day: 'Day',
  holidayName: 'What it is',
  holidayHint: 'Christmas',
  addHoliday: 'Add',
  removeHoliday: (name: string, day: string) => `Take out ${name}, ${day}`,

  // ---- plans ----
  planHours: 'Hours',
  allHours: 'At all hours',
  visits: 'Visits',
  visitsAny: 'as many as wanted',
  visitsPer: 'Counted',
  per: { month: 'per month', term: 'per term' },
  visitsOf: (count: number, per: 'month' | 'term') =>
    `${count === 1 ? '1 visit' : `${count} visits`} a ${per === 'month' ? 'month' : 'term'}`,
  visitsHelp:
    'A visit is a day on which somebody comes in, however often. A month is a calendar month; a term is that of a membership kept by hand.',

  // ---- who may open a door ----
  ownHours: (name: string) => `In its own hours: ${name}`,
  hoursOf: (plan: string) => `Hours of ${plan} here`,
  groupsNote: (groups: readonly string[]) =>
    `${groups.join(' and ')} ${groups.length === 1 ? 'opens' : 'open'} this door to plans besides. While that is so, “every plan” means those alone.`,
  inductions: 'Asks for',
  inductionsAbout: 'Only whoever has been shown how comes in. Of several, everybody needs each.',
  asksFor: (names: readonly string[]) => `Asks for ${names.join(', ')}`,
  inGroups: (names: readonly string[]) => `In the ${names.length === 1 ? 'group' : 'groups'} ${names.join(', ')}`,
  everyCard: 'Every card: nobody is kept from leaving.',

  // ---- what a door is ----
  details: 'Details',
  detailsOf: (door: string) => `Details of ${door}`,
  detailsTitle: (door: string) => `About ${door}`,
  detailsAbout: 'What it is called, and how it works.',
  format: 'How its reader writes cards',
  formatHelp: 'Such as 8H10D. Empty: as they are.',
  openFor: 'Unlocks for',
  seconds: 'seconds',
  direction: 'Its reader is',
  directions: { in: 'on the way in', out: 'on the way out', none: 'not said' },
  directionShort: { in: 'Reader on the way in', out: 'Reader on the way out' },
  directionOutHelp: 'It opens for every card, known or not, and notes who leaves. Only for a reader on the inside.',
  antiPassback: 'Let nobody in twice',
  antiPassbackHelp:
    'Whoever came in has to go out by a reader on the way out first, or wait 16 hours. Keyholders are not asked.',
  antiPassbackShort: 'Lets nobody in twice',

  // ---- groups ----
  groups: 'Groups of doors',
  groupsAbout: 'A group opens its doors to plans, so that you need not name them at each door.',
  newGroup: 'New group',
  noGroups: 'No groups yet.',
  groupTitle: 'A group of doors',
  groupDialogAbout: 'The change holds from the next swipe on.',
  groupName: 'Name',
  groupNameHint: 'Workshops',
  groupDoors: 'Doors',
  groupOpensFor: 'Opens for',
  changeGroup: (name: string) => `Change ${name}`,
  removeGroup: (name: string) => `Remove ${name}`,
  removeGroupAsk: (name: string) => `Remove ${name}? Its doors then go by what they name themselves.`,

  // ---- inductions ----
  inductionList: 'Inductions',
  inductionListAbout: 'What somebody has to be shown before a door opens for them. Doors ask for them under “Change”.',
  noInductions: 'No inductions yet.',
  inductionName: 'Name',
  inductionHint: 'New one, such as Laser cutter',
  addInduction: 'Add',
  askedBy: (doors: readonly string[]) => `Asked for by ${doors.join(', ')}`,
  askedByNone: 'No door asks for it',
  renameInduction: (name: string) => `Rename ${name}`,
  removeInduction: (name: string) => `Remove ${name}`,
  removeInductionAsk: (name: string) => `Remove ${name}? Whoever has been shown how has it no more.`,

  rename: 'Rename',
  change: 'Change',
  remove: 'Remove',
}
