// Words about Stripe's card readers: where they stand, what they are called, why one could not be registered. English.
export const payReaderWords = {
  waitsFor: (name: string | null) => (name === null ? 'It waits for a card.' : `It waits for the card of ${name}.`),
  shows: 'It shows something else just now.',
  idle: 'It waits for nobody.',
  offline: 'It is switched off or has no network: wake it up.',
  /** By Stripe's word for the make. */
  devices: {
    bbpos_wisepos_e: 'WisePOS E',
    simulated_wisepos_e: 'WisePOS E, simulated',
    stripe_s700: 'Reader S700',
    simulated_stripe_s700: 'Reader S700, simulated',
    stripe_s710: 'Reader S710',
    simulated_stripe_s710: 'Reader S710, simulated',
    verifone_P400: 'Verifone P400',
  } as Partial<Record<string, string>>,
}

export const payReaderRefusals = {
  noStripe: 'No Stripe key is there yet: put one into Settings first.',
  noCode: 'Type the words that the reader shows as its code: on it, open Settings and choose "Generate pairing code".',
  noLabel: 'Give the reader a name, such as Front desk.',
  noPlace: 'Say where the reader stands: choose a place, or write down a new one.',
  noStreet: 'A new place needs a name, its street and its country.',
  country: (text: string) => `"${text}" is no country in two letters: write it like DE or US.`,
  unknownPlace: 'This place is not at Stripe any more: choose another.',
  unknownCode: 'Stripe knows no reader with this code: have the reader show a new one, and type it as it stands there.',
  none: 'This card reader is not at Stripe any more: look at the list again.',
  busy: (label: string) => `${label} waits for a card just now: stop that first.`,
}
