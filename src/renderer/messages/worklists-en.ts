// Labels of the worklists. Why somebody stands in one is the desk's own sentence.
import type { NextAction } from '../../preload/shapes-worklists.ts'

export const worklistWords = {
  title: 'Worklists',
  pick: 'Worklist',
  lists: {
    weekend: 'Weekend lock-out',
    entering: 'In without paying',
    idle: 'Paying, not coming',
    recovered: 'Recovered at the door',
    expiring: 'Cards running out',
  },
  asOf: 'As of',
  people: (shown: string, count: number) => (count === 1 ? 'one person' : `${shown} people`),
  memberships: (shown: string, count: number) => (count === 1 ? 'one membership' : `${shown} memberships`),
  payments: (shown: string, count: number) => (count === 1 ? 'one payment' : `${shown} payments`),
  charges: (shown: string, count: number) => (count === 1 ? 'one charge' : `${shown} charges`),
  certain: (shown: string) => `${shown} of them for certain`,
  and: ' and ',
  toCollect: (sum: string) => `${sum} to collect`,
  aMonth: (sum: string) => `${sum} a month`,
  median: (sum: string, minutes: string) => `${sum}, paid ${minutes} after the swipe (median)`,
  minutes: (shown: string, count: number) => (count === 1 ? '1 minute' : `${shown} minutes`),
  hidden: (shown: string, count: number) =>
    count === 1
      ? 'One more is not to be named in lists of visits.'
      : `${shown} more are not to be named in lists of visits.`,
  csv: 'Download CSV',
  print: 'Print',
  shown: (shown: string, all: string) => `${shown} of ${all} shown`,
  more: (count: string) => `Show ${count} more`,
  keysHint: 'j and k move, Enter opens',

  person: 'Person',
  why: 'Why',
  contact: 'Contact',
  next: 'Next',
  tellAtDesk: 'tell them at the desk',
  when: {
    weekend: 'Doors close',
    entering: 'Last let in',
    idle: 'Since',
    recovered: 'Paid',
    expiring: 'Next charge',
  },
  figure: {
    weekend: 'Visits',
    entering: 'Times',
    idle: 'A month',
    recovered: 'Amount',
    expiring: 'Good until',
  },
  may: 'perhaps',
  notNamed: 'not named',
  owed: (sum: string) => `${sum} to pay`,

  actions: {
    'send-link': 'Send link',
    'take-payment': 'Take payment',
    renew: 'Renew',
    extend: 'Extend',
    'end-permission': 'End permission',
    'look-at-door': 'Look at the door',
    write: 'Write to them',
    look: 'Open',
  } satisfies Record<NextAction['do'], string>,
  actionFor: (action: string, name: string) => `${action}: ${name}`,
  sent: 'Link sent',
  ended: 'Ended',

  empty: {
    weekend: 'Nobody will be refused before Monday',
    entering: 'Nobody comes in without paying',
    idle: 'Whoever pays also comes',
    recovered: 'No payment followed a swipe in the last 90 days',
    expiring: 'Every bank card is good for its next charge',
  },
  emptyMore: {
    weekend:
      'Grace, agreed terms, permissions and cards that end before then stand here, those who come most often first.',
    entering: 'Whoever lapsed and is let in by a permission or by an old list stands here.',
    idle: 'Memberships of which nobody came for 60 days stand here.',
    recovered: 'What is paid at the desk within a day of a refusal stands here, with the minutes it took.',
    expiring: 'Bank cards that will have run out by then stand here, the soonest first.',
  },
  notYet: 'It is too early to say',
}
