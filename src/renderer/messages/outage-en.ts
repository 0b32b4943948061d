// While Stripe cannot be reached: whom doors will refuse, and how long a manager lets old data hold.
const people = (count: number, said: string) => (count === 1 ? '1 person' : `${said} people`)

export const outageWords = {
  unreachable: (span: string) => `Stripe unreachable for ${span}.`,
  goOn: 'Doors go on with what was read before.',
  /** What follows is when. */
  firstRefused: 'The first members will be refused',
  nextRefused: 'The next will be refused',
  inSpan: (span: string) => `in ${span}`,
  count: (count: number, said: string) => `(${people(count, said)})`,
  refusedNow: (count: number, said: string) =>
    `${people(count, said)} ${count === 1 ? 'is' : 'are'} refused now, because nobody can see whether they paid.`,
  see: 'See whom',

  title: 'Who will be refused, and when?',
  about:
    'If Stripe is not heard from: they may have paid, but nobody can see it. Whoever is known to have left is not on this list.',
  already: 'Refused already',
  more: (said: string) => `and ${said} more`,
  atDoors: (doors: string) => `at ${doors}`,
  people,
  after: 'After that',
  nobody: 'Nobody, as far as can be seen.',

  extend: 'Extend until…',
  extendAbout:
    'Doors go on by old data until that day is over. Whoever has left in the meantime comes in as well. A door with a time of its own is meant only where it is named.',
  untilDay: 'Last day',
  where: 'Where',
  everyDoor: 'Every door',
  why: 'Why',
  extendDo: 'Extend',
  extended: (where: string | null, until: string) => `Extended until ${until}${where === null ? '' : ` at ${where}`}`,
  extendedBy: (why: string, by: string) => `${why}, by ${by}`,
  end: 'End it',

  allowance: 'Without Stripe it goes on for',
  allowanceOf: (days: number | null, said: string) =>
    days === null
      ? 'the payment method’s grace'
      : days === 0
        ? 'no time at all'
        : days === 1
          ? '1 day'
          : `${said} days`,
  changeAllowance: (door: string) => `Change how long ${door} goes on without Stripe`,
  allowanceTitle: (door: string) => `How long does ${door} go on without Stripe?`,
  allowanceAbout:
    'When a paid period ends while Stripe cannot be reached, the door opens for so much longer and then refuses.',
  allowanceGrace: 'For the grace of the payment method, as Settings has it',
  allowanceOwn: 'For a time of this door’s own',
  allowanceDays: 'Days',
}
