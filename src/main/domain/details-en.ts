// Words about what people tell of themselves, and what they sign. English.

const missingDay = 'Write down the day on which they were born.'

export const detailFaults = {
  missing: {
    name: 'Write down what they are called.',
    email: 'Write down their email: this space asks everybody for it.',
    phone: 'Write down their phone number: this space asks everybody for it.',
    emergencyName: 'Write down who is to be called in an emergency.',
    emergencyPhone: 'Write down how they are reached in an emergency.',
    birthDate: missingDay,
    guardianName: 'They are under age: write down who their guardian is.',
    guardianPhone: 'Write down the phone number of their guardian.',
    guardianEmail: 'Write down the email of their guardian.',
    company: 'Write down which company they are from.',
    heard: 'Write down how they heard of the space.',
    notes: 'Write a note: this space asks for one.',
  },
  noEmail: 'This is no email address: it needs an @ and a domain. Without one, leave it empty.',
  noPhone: 'This is no phone number: use digits, spaces, + and -.',
  phoneLength: 'This number is too short or too long: look at it again.',
  noDay: 'This is no day: write it like 1990-12-03.',
  notBorn: 'This day is still to come: look at the year again.',
  tooOld: 'Nobody is as old as that: look at the year again.',
  tooLong: (most: number) => `This is too long: ${most} characters at most.`,
}

export const detailRefusals = {
  first: (name: string) => `Something that this space asks for is not known of ${name} yet: fill it in first.`,
  ofAge: 'Choose an age from 1 to 99.',
}

/** "3 Mar" needs an "on" before it, "today" does not. */
const on = (day: string) => (/^\d/.test(day) || /\d$/.test(day) ? `on ${day}` : day)

export const unpaidWords = {
  begun: (name: string, day: string) => `${name} began to sign up ${on(day)} and has not paid: go on.`,
}

export const waiverRefusals = {
  none: 'There is no waiver to sign: put one into Settings first.',
  other: (version: string) => `The waiver is version ${version} by now: read it to them again.`,
  who: 'Write down the name of whoever signs.',
  guardian: (name: string) => `${name} is under age: the guardian signs, or change who signs in their details.`,
  notMinor: (name: string) => `${name} is not under age, so no guardian signs for them.`,
  empty: 'Nothing was signed yet: sign in the field, or type the name instead.',
  tooMuch: 'This signature is too long to be kept: clear the field and sign again.',
  signFirst: (version: string) => `The waiver ${version} has to be signed first.`,
  noVersion: 'Give the waiver a version, such as 2026-1.',
  noText: 'Write down the text of the waiver, or the address where it stands.',
  noUrl: (text: string) => `"${text}" is not a web address: write it like https://example.org/waiver.`,
  sameVersion: (version: string) =>
    `Version ${version} was signed by people with other words: give the new text a new version.`,
}

const by = (name: string, guardian: boolean) => (guardian ? `${name} (guardian)` : name)

export const waiverWords = {
  signed: (version: string, day: string, name: string, guardian: boolean) =>
    `Waiver ${version} signed ${on(day)} by ${by(name, guardian)}.`,
  signedOlder: (version: string, day: string, name: string, guardian: boolean, present: string) =>
    `Waiver ${version} signed ${on(day)} by ${by(name, guardian)}. Version ${present} is in force: let them sign the new one.`,
  notSigned: (present: string) => `Waiver ${present} is not signed yet.`,
  older: (name: string, version: string, present: string) =>
    `${name} signed waiver ${version}, and ${present} is in force. Let them sign the new one when they come by.`,
  manyOlder: (count: number, present: string) =>
    `${count} people signed an older waiver than ${present}. Let each sign the new one when they come by.`,
}
