// Words about doors themselves: what they told, and what the desk answers about orders, keys and bars that cannot be.
import type { ToldWord } from './door-events.ts'

export const doorEventSentences: Record<ToldWord, (door: string, missing: number) => string> = {
  forced: (door) => `${door} was opened though nobody had been let in. Look whether it is shut and whole.`,
  'open-too-long': (door) => `${door} has been standing open for a long time. Shut it.`,
  'not-opened': (door) => `${door} let somebody in, and nobody went through.`,
  closed: (door) => `${door} is shut again.`,
  'power-on': (door) => `The controller of ${door} has started, after a power cut or by hand.`,
  opened: (door) => `${door} was opened.`,
  fire: (door) => `${door} was opened by the fire alarm. Get everybody out first, then look.`,
  button: (door) => `Somebody went out of ${door} by its button.`,
  'exit-refused': (door) =>
    `The exit button of ${door} was pressed and did nothing. Somebody may be locked in: open it, then have its controller looked at.`,
  'remote-open': (door) => `${door} was opened over the network.`,
  'not-answered': (door) => `${door} asked about a card while the desk did not answer. Present it again.`,
  'events-lost': (door, missing) =>
    `${missing === 1 ? 'One event' : `${missing} events`} at ${door} happened while the desk was silent, and its controller no longer has ${missing === 1 ? 'it' : 'them'}.`,
}

export const alarmRefusals = {
  settled: 'This is settled already: the list is up to date now.',
}

export const orderRefusals = {
  noDoor: (id: string) => `There is no door "${id}": \`latchkey door list\` shows them.`,
  noDoors: 'There are no doors yet: `latchkey door add ID` makes one.',
  lockedDown: (doors: readonly string[]) =>
    doors.length === 1
      ? `${doors[0]} is locked down: release it first, then hold it open.`
      : 'All doors are locked down: release them first, then hold them open.',
  tooLong: 'A door can be held open for 24 hours at most: hold it again then.',
  noMember: 'This person is not here any more: look them up again.',
  noWhy: 'Say why: whoever stands at the desk has to explain it.',
  past: 'That moment is over: give one that is still to come.',
  notBarred: 'This person is not barred: there is nothing to lift.',
}
