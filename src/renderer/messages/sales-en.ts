// Settings about what is sold: prices, plans, pauses, the Stripe account, backups.
export const salesWords = {
  mapping: 'What opens doors',
  mappingAbout: 'Which prices in Stripe are memberships. Everything else, such as tickets, is kept and ignored.',
  notConfirmed: 'Not confirmed yet: every recurring price is a membership, one plan for each product.',
  confirmed: (day: string) => `Confirmed ${day}. A new price opens nothing until you say what it is.`,
  confirm: 'This is right',
  noPrices: 'No prices yet.',
  noPricesMore: 'They arrive from Stripe once a key is set.',
  price: 'Price',
  is: 'Is',
  decide: 'Say what it is…',
  suggest: (plan: string) => `Probably ${plan}`,
  other: 'No membership',
  otherAsk: (name: string, count: string) =>
    `${count === '1' ? 'One person pays' : `${count} people pay`} for ${name}. If it is no membership, it ends for them at once; taken back, it is there again.`,
  moveAsk: (name: string, count: string, former: string, plan: string) =>
    `${count === '1' ? 'One person pays' : `${count} people pay`} for ${name}. As ${plan} it opens for them at once what ${plan} opens, and no longer what ${former} opens.`,
  move: (plan: string) => `Make it ${plan}`,
  soldOnce: 'Sold once: it opens nothing by itself. For a day pass, make a plan for some days.',
  newPlan: 'A new plan…',
  newPlanName: 'Name of the new plan',
  takePlan: 'Make it',
  subscriptions: (count: string) => (count === '1' ? 'one subscription' : `${count} subscriptions`),
  notSold: 'no longer sold',
  per: (interval: string) => ({ day: 'a day', week: 'a week', month: 'a month', year: 'a year' })[interval] ?? interval,
  once: 'once',
  noAmount: 'by use',

  plans: 'Plans',
  plansAbout:
    'What a plan is called, costs and gives; how many people it covers, in which hours and how often it opens, and whether before the first payment is through.',
  noPlans: 'No plans yet.',
  name: 'Name',
  seats: 'People',
  seatsByStripe: 'by Stripe',
  provisional: 'Days before payment',
  members: (count: string) => `${count} members`,
  save: 'Save',
  change: 'Change',

  pauses: 'Pauses',
  pausesAbout: 'Paid days are never taken. After them, a paused membership opens nothing, unless you say so here.',
  pauseKinds: {
    collection: 'Payments paused in Stripe',
    requested: 'Paused on request',
    'trial-end': 'Paused because a trial ended without a way to pay',
    system: 'Paused by Stripe itself',
  },
  pauseOpens: 'Doors stay open',

  account: 'Stripe account',
  accountAbout: 'Another account is taken over in one step: the former one is kept, and its rights hold to a day.',
  inUse: 'In use',
  frozen: (day: string, hold: string) => `Kept since ${day}, rights held to ${hold}`,
  waiting: (account: string) =>
    `The key that was put in is for ${account}. Nothing is read from it until you change the account, or put the former key back.`,
  changeSteps: [
    'The account in use is kept as it is and no longer read.',
    'Whoever has a right from it keeps that right to the day below, or to its own end if that is sooner.',
    'The new account is read from the start, and people are found again by their email.',
    'Whoever has no subscription there is listed here and in the inbox.',
  ],
  holdUntil: 'Rights of the former account hold to',
  changeAccount: 'Change the account',
  missing: (count: number) =>
    count === 1
      ? 'One person has no subscription in the new account yet'
      : `${count} people have no subscription in the new account yet`,

  backup: 'Backup and webhooks',
  backupAbout: 'A backup is one file with everything, door keys too: keep it like a key.',
  backupFile: 'File on this computer',
  backupHelp: 'On the computer that Latchkey runs on. Take it to another place afterwards: a broken disk takes both.',
  backupNow: 'Back up now',
  backupMade: (file: string, size: string) => `Done: ${file}, ${size}`,
  webhook: 'Signing secret of webhooks',
  webhookHelp: 'Only for those who have a tunnel: it begins with whsec_. It is never shown again.',
  webhookTake: 'Take it',
  webhookTaken: 'The secret is stored.',
}
