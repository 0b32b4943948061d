// Words about doors themselves: what they told, and what the desk answers about orders, keys and bars that cannot be.
import type { DoorEventKind } from './door-events.ts'

export const doorEventSentences: Record<DoorEventKind | 'events-lost', (door: string, missing: number) => string> = {
  forced: (door) => `${door} was opened though nobody had been let in. Look whether it is shut and whole.`,
  'open-too-long': (door) => `${door} has been standing open for a long time. Shut it.`,
  'not-opened': (door) => `${door} let somebody in, and nobody went through.`,
  closed: (door) => `${door} is shut again.`,
  'power-on': (door) => `The controller of ${door} has started, after a power cut or by hand.`,
  'events-lost': (door, missing) =>
    `${missing === 1 ? 'One event' : `${missing} events`} at ${door} happened while the desk was silent, and its controller no longer has ${missing === 1 ? 'it' : 'them'}.`,
}

export const alarmRefusals = {
  settled: 'This is settled already: the list is up to date now.',
}

export const orderRefusals = {
  noDoor: (id: string) => `There is no door "${id}": \`latchkey door list\` shows them.`,
  noDoors: 'There are no doors yet: `latchkey door add ID` makes one.',
  tooLong: 'A door can be held open for 24 hours at most: hold it again then.',
  noMember: 'This person is not here any more: look them up again.',
  noWhy: 'Say why: whoever stands at the desk has to explain it.',
  past: 'That moment is over: give one that is still to come.',
  notBarred: 'This person is not barred: there is nothing to lift.',
}
