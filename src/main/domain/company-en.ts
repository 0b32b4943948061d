// What the desk answers about permissions, inductions, guests, people under age and events that cannot be. English.

const noMember = 'This person is not here any more: search for them by name.'
const noMoment = (text: string) => `"${text}" is not a day: write it like 2026-12-03, or choose one.`
const past = 'Choose a day that is still to come.'

export const companyRefusals = {
  noMember,
  noMoment,
  past,
  putAway: (name: string) => `${name} was put away: bring them back first.`,
  barred: (name: string) => `${name} is barred, so no door would open: a manager lifts that first.`,
  noDoor: 'This door is not here any more: look at the list again.',
}

export const onceRefusals = {
  already: (name: string, until: string) => `${name} may come in once already, until ${until}: use that, or end it.`,
  lockedDown: (door: string) => `${door} is locked down, so it would not open. Release it first.`,
}

export const inductionRefusals = {
  none: 'This induction is not here any more: look at the list again.',
  notGiven: (name: string, induction: string) => `${name} does not have ${induction}: there is nothing to take back.`,
}

export const guestRefusals = {
  themselves: 'Nobody can be their own guest: choose somebody else.',
  noHost: (name: string) => `${name} has no membership that holds, so they cannot bring anybody in.`,
  tooLong: (days: number) => `A guest comes along for ${days} days at most: invite them again then.`,
  gone: 'This invitation is over already.',
}

export const minorRefusals = {
  noDay: (text: string) => `"${text}" is not a day: write it like 2031-12-03.`,
  ofAge: 'On that day they were of age already: choose the day on which they come of age.',
  tooFar: 'That day is more than 25 years away: choose the day on which they come of age.',
  noGuardian: 'Say who the guardians are: without one they could never come in.',
  ownGuardian: 'Nobody is their own guardian: choose somebody else.',
  guardianUnderAge: (name: string) => `${name} is under age too and cannot be a guardian.`,
  noHours: 'These hours are not here any more: look at the list again.',
  notMinor: (name: string) => `${name} has no rules for people under age: there is nothing to take off.`,
}

export const eventRefusals = {
  noName: 'Give the event a name: it stands in the log.',
  noMoment: (text: string) => `"${text}" is not a time: write it like 2026-12-03T18:00.`,
  begun: 'It cannot begin in the past: choose a beginning that is still to come.',
  over: 'It would be over already: choose an end that is still to come.',
  backwards: 'It has to end after it begins.',
  tooLong: 'An event lasts 7 days at most: make another one for the days after.',
  nobody: 'Say who may come: some people at least, or everyone with a card.',
  gone: 'This event is over already.',
}
