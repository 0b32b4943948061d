// Words about who is whom: refusals when people are made, merged or put away, and rows of the inbox. English.

export const peopleRefusals = {
  noMember: 'This person is not here any more: search for them by name.',
  noName: 'Give the person a name.',
  longName: (most: number) => `This name is too long: ${most} characters at most.`,
  badEmail: (text: string) => `"${text}" is no email address: it needs an @ and a domain, or leave it out.`,
  noEmail: (name: string) => `${name} does not have this email: look at the list again.`,
  stripeEmail: (name: string) =>
    `Stripe reaches ${name} by this email: change it there, then it can be taken out here.`,
  themselves: 'Choose two different people.',
  different: (a: string, b: string) => `${a} and ${b} were marked as different people, so they stay two.`,
  notMerged: 'This merge was undone already.',
  mergedSince: (name: string) => `${name} was merged again since: undo the latest merge first, then this one.`,
  live: (name: string) => `${name} still has a membership. End it first; then they can be put away.`,
  cards: (name: string) => `${name} still holds a card. Take it back first; then they can be put away.`,
  archived: (name: string) => `${name} is put away already.`,
  notArchived: (name: string) => `${name} is here: nothing to bring back.`,
  merged: (name: string) => `${name} became part of somebody else: undo that merge instead.`,
  noCustomer: 'Stripe has no such customer here: sync, then look again.',
  claimed: (name: string) =>
    `This customer is ${name} already. If ${name} and the person you mean are one, merge them.`,
}

export const alikeWords = {
  email: 'same email',
  phone: 'same phone number',
  card: 'same payment card',
  name: 'same name',
}

export const peopleSteps = {
  'who-is-this': 'Saying who this is',
  'probable-duplicate': 'Saying whether they are one person',
  'shared-email': 'Saying whether they are one person',
  'two-subscriptions': 'Ending one of the two',
  'here-without-stripe': 'Agreeing on a membership',
  'stripe-without-person': 'Making a person of a paying customer',
  'paid-without-card': 'Handing out a card',
  'card-without-plan': 'Taking the card back, or agreeing on a membership',
  'sign-up-unfinished': 'The first payment',
  'not-in-new-account': 'Taking them over into the new Stripe account',
  'cards-alike': 'Giving one of them another card',
  'loaner-overdue': 'Asking for the loaner',
  'card-copied': 'Finding out whether there is a copy',
  'waiver-older': 'Signing the new waiver',
  'minor-without-rules': 'Rules for coming in under age',
}

const both = (a: string, b: string) => `${a} and ${b}`

export const peopleInbox = {
  'many-minors': (count: number, others: boolean) =>
    `${count}${others ? ' more' : ''} ${count === 1 ? 'person is' : 'people are'} under age, and ${count === 1 ? 'comes' : 'come'} in like everybody else. Set with whom and in which hours from the list, or put this away.`,
  'minor-without-rules': (name: string) =>
    `${name} is under age, and comes in like everybody else. Set with whom and in which hours, or say that they may come alone.`,
  'who-is-this': (customer: string, email: string) =>
    `${customer} pays in Stripe with ${email}, which several people here use. Say which of them it is, or that it is someone new: until then nobody gets in on it.`,
  'shared-email': (a: string, b: string) => `${both(a, b)} share an email address. Say whether they are one person.`,
  crowd: (count: number, email: string, a: string, b: string) =>
    `${count} people share ${email}. Say whether ${both(a, b)} are one person, then the next two follow; or put this away if all of them are different.`,
  'probable-duplicate': (a: string, b: string, because: string) =>
    `${both(a, b)} may be one person (${because}). Look at both and say.`,
  'two-subscriptions': (name: string, plan: string) =>
    `${name} has ${plan} twice. Look at both on their page: end one, or put this away if both are meant.`,
  'two-plans': (name: string, former: string, later: string, day: string) =>
    `${name} pays for ${later} since ${day}, and for ${former} as before. If one was meant in place of the other, end the other in Stripe; if both are meant, put this away.`,
  'here-without-stripe': (name: string) =>
    `${name} is here and has neither a subscription nor a membership of another kind. Add one, or put them away.`,
  'stripe-without-person': (customer: string) =>
    `${customer} pays in Stripe and is nobody here. Sync; if they stay in this list, say who they are.`,
  'paid-without-card': (name: string) => `${name} has paid and has no card to get in with. Enrol one.`,
  'many-without-card': (count: number, others: boolean) =>
    `${count}${others ? ' more' : ''} ${count === 1 ? 'person has' : 'people have'} paid and ${count === 1 ? 'has' : 'have'} no card to get in with. Enrol them from the list.`,
  'card-without-plan': (name: string) =>
    `${name} holds a card that opens nothing, because no membership covers them. Take it back, or add a membership.`,
  'sign-up-unfinished': (name: string) =>
    `${name} began to sign up and has not paid yet. Help them pay, or start again.`,
  'cards-alike': (door: string, names: readonly string[]) =>
    `${door} reads the cards of ${names.slice(0, -1).join(', ')} and ${names.at(-1)} as one, so it lets none of them in while the desk is silent. Give one of them another card.`,
  'loaner-overdue': (name: string, label: string | null, since: string, due: string) =>
    `${name} has ${label ?? 'a loaner'} since ${since}; it was due ${due}. Ask for it, and take it back.`,
  'not-in-new-account': (name: string, day: string) =>
    `${name} paid in the former Stripe account and has no subscription in the new one. They get in to ${day}: sign them up again before.`,
}

export const accountRefusals = {
  none: 'No key of another Stripe account waits: put the new key in first, under Stripe.',
  noDay: (text: string) => `"${text}" is not a day to come: write it like 2026-12-31.`,
}
