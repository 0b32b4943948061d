// Words about who may open what and when: how hours are said, and what the desk answers where something cannot be. English.

export const hoursWords = {
  /** From Monday on. */
  days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  everyDay: 'every day',
  allDay: 'all day',
  midnight: 'midnight',
  and: 'and',
}

const list = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** What goes by some hours. Minors are people: they are counted, not named. */
export const hoursUsers = {
  plan: (name: string) => `the plan ${name}`,
  door: (name: string) => `the door ${name}`,
  group: (name: string) => `the group ${name}`,
  minors: (count: number) => (count === 1 ? 'the rules for one minor' : `the rules for ${count} minors`),
}

export const hoursRefusals = {
  noHours: 'These hours are not here any more: look at the list again.',
  noName: 'Give the hours a name, such as "Evenings".',
  nameTaken: (name: string) => `There are hours called ${name} already: change those, or take another name.`,
  inUse: (name: string, users: readonly string[]) =>
    `${name} is in use by ${list(users)}: choose other hours there first.`,
}

export const holidayRefusals = {
  noDay: (text: string) => `"${text}" is not a day: write it like 2026-12-25.`,
  noName: (day: string) => `Say which holiday ${day} is.`,
  twice: (day: string) => `${day} is in the list twice: take one of them out.`,
}

export const groupRefusals = {
  noGroup: 'This group is not here any more: look at the list again.',
  noName: 'Give the group a name, such as "Workshops".',
  nameTaken: (name: string) => `There is a group called ${name} already: change that one, or take another name.`,
  noDoors: 'A group needs a door: choose at least one.',
}

export const inductionRefusals = {
  noInduction: 'This induction is not here any more: look at the list again.',
  noName: 'Give the induction a name, such as "Laser cutter".',
  nameTaken: (name: string) => `There is an induction called ${name} already: take that one, or another name.`,
  inUse: (doors: readonly string[]) =>
    `${list(doors)} ${doors.length === 1 ? 'asks' : 'ask'} for it: take it off there first.`,
}

export const doorRefusals = {
  noDoor: (id: string) => `There is no door "${id}": \`latchkey door list\` shows them.`,
  noDriver: (driver: string, drivers: readonly string[]) =>
    `"${driver}" is not a kind of door. Use one of: ${drivers.join(' ')}`,
  noPlan: 'One of these plans is not here any more: look at the list again.',
  noName: 'Give the door a name.',
  nameTaken: (name: string) => `There is a door called ${name} already: choose another name.`,
  noForm: (form: string, forms: readonly string[]) =>
    `"${form}" is not a form in which cards are written. Use one of: ${forms.join(' ')}`,
  openFor: 'A door opens for 1 to 30 seconds: choose a time between them.',
  noWayOut:
    'Nobody is seen to leave yet: first say of a door that its reader is on the way out. Without one, whoever came in once could not come in again.',
  isWayOut: 'Nobody is kept from leaving: choose the door that people come in by.',
  lastWayOut: (doors: readonly string[]) =>
    `${list(doors)} ${doors.length === 1 ? 'lets nobody in twice and goes' : 'let nobody in twice and go'} by this way out: switch that off there first.`,
}
