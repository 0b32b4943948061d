// The Settings screen.
export const settingWords = {
  title: 'Settings',
  parts: 'Parts of the settings',
  space: 'The space',
  spaceAbout: 'Its name on every screen, and the clock that decides what “today” is.',
  spaceName: 'Name',
  timeZone: 'Time zone',
  timeZoneHelp: 'Such as Europe/Berlin.',
  access: 'When access ends',
  accessAbout: 'How many days people can still come in when a payment is late.',
  endOfDay: 'Access that runs out lasts until the end of that day',
  endOfDayHelp: 'Nobody is shut out in the middle of an afternoon.',
  graceCard: 'Paying by card',
  graceBankDebit: 'Paying by bank debit',
  graceManual: 'Kept by hand',
  days: 'days',

  stripe: 'Stripe',
  stripeAbout:
    'Latchkey reads members, memberships and invoices from Stripe. It changes something there only where somebody at the desk says so.',
  keyLabel: 'Secret or restricted key',
  keyHelp:
    'Best is a restricted key that may only read: in Stripe, Developers, API keys, Create restricted key, with “Read” for Customers, Products, Prices, Subscriptions, Invoices and PaymentIntents.',
  keyButton: 'Use this key',
  keyTaken: 'Stripe accepts the key. Members are being read now.',
  sources: {
    environment: 'The key comes from the environment that Latchkey was started in; change it there.',
    store: 'A key is kept on this computer.',
    none: 'There is no key yet.',
    sandbox: 'The demo speaks to a stand-in for Stripe and needs no key.',
  },
  modes: { live: 'Live', test: 'Test' },
}
