// The sandbox's people: names, emails and phones, the same for the same seed.
import { FIRST_NAMES, LAST_NAMES } from './names.ts'
import { between, pick, type Random } from './random.ts'

export type Person = { name: string; email: string | null; phone: string | null }

/** Fixed people for demos and tests, whatever the seed; nobody else has their name or email. A case a person. */
export const SAMPLE = {
  /** Pays in the middle of the month, nothing special. */
  current: { name: 'Ingrid Solheim', email: 'ingrid.solheim@example.org' },
  /** Current, paid until 5 days after the start; her card fails then and for good, so 40 days on she is `unpaid`. */
  willLapse: { name: 'Nkechi Oyelaran', email: 'nkechi.oyelaran@example.org' },
  /** `past_due` since two days, the card failed once. */
  grace: { name: 'Teodor Vâlceanu', email: 'teodor.valceanu@example.net' },
  /** `past_due` since twelve days, beyond anyone's grace for cards. */
  lapsed: { name: 'Rosalind Achebe', email: 'rosalind.achebe@example.com' },
  /** `unpaid`: every retry has failed. */
  unpaid: { name: 'Henning Brockdorff', email: 'henning.brockdorff@example.org' },
  /** `incomplete`: signed up a few hours ago, the card was declined. */
  pending: { name: 'Soraya Mahdavi', email: 'soraya.mahdavi@example.com' },
  /** `incomplete` with a bank debit on its way, which will succeed. */
  pendingDebit: { name: 'Casimir Lundqvist', email: 'casimir.lundqvist@example.net' },
  /** `pause_collection`, with paid days left. */
  frozen: { name: 'Philippa Adomako', email: 'philippa.adomako@example.org' },
  /** Cancelled at his own wish. */
  ended: { name: 'Bertrand Kalinowski', email: 'bertrand.kalinowski@example.com' },
  /** Cancelled for non-payment, with the invoice still open. */
  endedUnpaid: { name: 'Leocadia Ferrante', email: 'leocadia.ferrante@example.net' },
  /** `cancel_at_period_end`. */
  leaving: { name: 'Oluwaseun Haraldsen', email: 'oluwaseun.haraldsen@example.org' },
  trialing: { name: 'Marisol Ekström', email: 'marisol.ekstrom@example.com' },
  bankDebit: { name: 'Ottilie Wranitzky', email: 'ottilie.wranitzky@example.org' },
  /** Bought day passes only: a customer, never a member. */
  dayPass: { name: 'Fenwick Aldous', email: 'fenwick.aldous@example.com' },
  /** A member whom Stripe has no email of. */
  noEmail: { name: 'Agnieszka Tollund', email: null },
  /** One subscription for four people. */
  family: { name: 'Wilhelmina Okonjo', email: 'wilhelmina.okonjo@example.org' },
  /** A company with five places that gets an invoice and pays by bank transfer. */
  company: { name: 'Brightwater Instruments', email: 'brightwater.accounts@example.com' },
  /** Half price for the first six months. */
  introDiscount: { name: 'Lysander Popova', email: 'lysander.popova@example.org' },
  /** 30 % off for ever. */
  founder: { name: 'Magdalene Sturgess', email: 'magdalene.sturgess@example.net' },
  /** Credit from a gift card that several renewals use up. */
  giftCard: { name: 'Ignatius Barrow', email: 'ignatius.barrow@example.com' },
  /** Two live subscriptions. */
  twoPlans: { name: 'Seraphina Dlamini', email: 'seraphina.dlamini@example.org' },
  /** A couple: two customers, one email. She has put a smaller plan down for the next period. */
  couple: { name: 'Gwendolyn Hartnell', email: 'hartnells@example.net' },
  coupleToo: { name: 'Barnaby Hartnell', email: 'hartnells@example.net' },
  /** Her bank disputes the last payment. */
  disputed: { name: 'Cordelia Nakagawa', email: 'cordelia.nakagawa@example.com' },
  /** Bought a shirt; never a member. */
  shopper: { name: 'Lorcan Abernathy', email: 'lorcan.abernathy@example.net' },
  /** Cancelled at once, with paid days left. */
  leftEarly: { name: 'Zenobia Marchetti', email: 'zenobia.marchetti@example.org' },
  /** Stripe's own pause: the status `paused`, asked for. */
  paused: { name: 'Thaddeus Lindgren', email: 'thaddeus.lindgren@example.com' },
  /** `incomplete`: a bank account that is being verified by small deposits. */
  verifying: { name: 'Anselm Villanueva', email: 'anselm.villanueva@example.org' },
  /** `cancel_at` some weeks ahead. */
  endsSoon: { name: 'Perpetua Olufsen', email: 'perpetua.olufsen@example.net' },
} as const satisfies Record<string, { name: string; email: string | null }>

export type SampleKey = keyof typeof SAMPLE

/** Hands out people one after another; nobody comes twice. */
export function strangers(chance: Random): () => Person {
  const taken = new Set<string>(Object.values(SAMPLE).map(({ name }) => name))
  const addresses = new Set<string>(Object.values(SAMPLE).flatMap(({ email }) => email ?? []))
  return () => {
    for (;;) {
      const first = pick(chance, FIRST_NAMES)
      const last = pick(chance, LAST_NAMES)
      const name = `${first} ${last}`
      if (taken.has(name)) continue
      const email = emailFor(chance, first, last)
      if (addresses.has(email)) continue
      taken.add(name)
      addresses.add(email)
      return { name, email, phone: phoneFor(chance) }
    }
  }
}

/** A brother, sister or child: the same last name, the same email. */
export function relativeOf(chance: Random, person: Person): Person {
  const [own = '', ...last] = person.name.split(' ')
  const first = pick(
    chance,
    FIRST_NAMES.filter((name) => name !== own),
  )
  return { name: [first, ...last].join(' '), email: person.email, phone: null }
}

export function phoneFor(chance: Random): string | null {
  // +49 30 23125 is kept by the German regulator for invented people, 555-01 by the American one.
  if (chance.next() < 0.4) return null
  const digits = (count: number) => String(between(chance, 0, 10 ** count - 1)).padStart(count, '0')
  return chance.next() < 0.93 ? `+493023125${digits(3)}` : `+120255501${digits(2)}`
}

function emailFor(chance: Random, first: string, last: string): string {
  const [f, l] = [plain(first), plain(last)]
  const local = pick(chance, [`${f}.${l}`, `${f}.${l}`, `${f}.${l}`, `${f.charAt(0)}.${l}`, `${f}${l}`, `${l}.${f}`])
  return `${local}@${pick(chance, ['example.org', 'example.com', 'example.net'])}`
}

const LETTERS: Record<string, string> = { ß: 'ss', ø: 'o', ı: 'i', ł: 'l', æ: 'ae', ð: 'd' }

function plain(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[ßøıłæð]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^a-z]/g, '')
}
