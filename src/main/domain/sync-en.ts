// Words about what of Stripe could not be read. English.

/** Rows of the inbox: what happened, then what to do. */
export const deadWords = {
  object: (step: string, attempts: number, name: string | null) =>
    `${step} failed ${attempts} times, so Latchkey stopped trying${
      name === null ? '' : `; ${name} keeps what was known before`
    }. Try again, and if it fails again, look at it in Stripe.`,
  event:
    'Stripe told of a change in a way that Latchkey cannot read. Try again: everything is compared with Stripe, and whatever changed is found.',
  noAnswer: 'Stripe gave no answer for it, though it answered for others.',
  eventStep: 'Reading an event from Stripe',
}
