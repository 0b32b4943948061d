// What waits in the fake desk's inbox: one row of every kind, as the desk words them.
import type { InboxRow } from '../../src/preload/shapes-inbox.ts'
import type { World } from './fake-data.ts'

export function createInbox({ members, iso }: World): InboxRow[] {
  const person = (n: number) => {
    const { id, name } = members[n] ?? { id: '', name: '' }
    return { id, name }
  }
  const candidate = (n: number) => ({
    ...person(n),
    email: members[n]?.emails[0] ?? null,
    plan: members[n]?.plans[0] ?? null,
  })
  const row = (
    kind: InboxRow['kind'],
    action: InboxRow['action'],
    days: number,
    sentence: string,
    step: string,
    more: Partial<InboxRow> = {},
  ): InboxRow => ({
    id: `${kind}:${more.subject ?? more.member?.id ?? days}`,
    kind,
    action,
    since: iso(-days),
    sentence,
    step,
    member: null,
    detail: null,
    subject: more.member?.id ?? '',
    candidates: [],
    until: null,
    ...more,
  })
  const name = (n: number) => person(n).name
  return [
    row(
      'who-is-this',
      'choose-person',
      0.1,
      'R. Dahl pays in Stripe with studio@example.org, which several people here use. Say which of them it is, or that it is someone new: until then nobody gets in on it.',
      'Saying who this is',
      { subject: 'cus_700', detail: 'cus_700', candidates: [candidate(3), candidate(8)] },
    ),
    row(
      'stripe-without-person',
      'choose-person',
      1,
      'Ewa Lis pays in Stripe and is nobody here. Sync; if they stay in this list, say who they are.',
      'Making a person of a paying customer',
      { subject: 'cus_701', detail: 'sub_701' },
    ),
    row(
      'probable-duplicate',
      'merge',
      2,
      `${name(10)} and ${name(11)} may be one person (same phone number, same name). Look at both and say.`,
      'Saying whether they are one person',
      { subject: 'pair-1', candidates: [candidate(10), candidate(11)] },
    ),
    row(
      'paid-without-card',
      'enrol-card',
      2,
      `${name(5)} has paid and has no card to get in with. Enrol one.`,
      'Handing out a card',
      { member: person(5) },
    ),
    row(
      'paid-without-card',
      'open-list',
      2.1,
      '203 more people have paid and have no card to get in with. Enrol them from the list.',
      'Handing out a card',
      { subject: 'without-card' },
    ),
    row(
      'cancelled-unpaid',
      'open-invoice',
      2.2,
      `${name(4)}'s membership was cancelled 18 Nov because €45.00 was not paid. Have the invoice paid, or give it up in Stripe.`,
      'the payment of an open invoice',
      { member: person(4), subject: 'https://invoice.stripe.com/i/acct_1/in_4', detail: 'Full member' },
    ),
    row(
      'here-without-stripe',
      'add-membership',
      3,
      `${name(12)} is here and has neither a subscription nor a membership of another kind. Add one, or put them away.`,
      'Agreeing on a membership',
      { member: person(12) },
    ),
    row(
      'term-ends-soon',
      'renew-term',
      1,
      `${name(6)}'s membership runs to 27 Nov. Renew it when they have paid.`,
      'Agreeing on the next term',
      { member: person(6), subject: `${person(6).id}-0`, until: iso(6) },
    ),
    row(
      'paid-days-left',
      'give-access-until',
      1,
      `${name(7)}'s membership was cancelled at once yesterday, with days paid until 9 December. Give access until then, or put this away.`,
      'access for the paid days',
      { member: person(7), until: iso(18) },
    ),
    row(
      'dead-letter',
      'try-again',
      0.2,
      `Reading the invoice failed 8 times, so Latchkey stopped trying; ${name(9)} keeps what was known before. Try again, and if it fails again, look at it in Stripe.`,
      'Reading the invoice',
      { member: person(9), subject: 'in_404', detail: 'Stripe answered with a page instead of an invoice · in_404' },
    ),
    row(
      'price-unmapped',
      'map-price',
      0.5,
      'Stripe sells Ten-visit pass, and nobody has said whether that is a membership; 3 people have bought it. Say which plan it is.',
      'Saying what the price is for',
      { subject: 'price_9', detail: '€60.00 · price_9' },
    ),
    row(
      'paused-at-import',
      'review-pauses',
      4,
      `${name(15)} was paused when Latchkey first read Stripe. Until you have decided about pauses, doors let them in.`,
      'a decision about pauses',
      { member: person(15) },
    ),
    row(
      'seats-over',
      'free-a-seat',
      5,
      `${name(2)}'s membership covers 4 people and has 3 seats. Everyone still gets in; take someone off or buy more seats.`,
      'Freeing a seat',
      { member: person(2), subject: `${person(2).id}-0` },
    ),
    row(
      'dispute',
      'open-member',
      6,
      `${name(14)}'s bank has taken back €45.00 or questions it. Answer it in Stripe; access goes on meanwhile.`,
      'an answer to the bank',
      { member: person(14) },
    ),
  ]
}
