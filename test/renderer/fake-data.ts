// Believable, fixed people and things for the fake desk: 260 members in every standing, 18 swipes, two doors.
import type { CardRow, MemberPanel, MemberRow } from '../../src/preload/shapes.ts'
import type { DoorAccess } from '../../src/preload/shapes-access.ts'
import type { Door, FeedRow } from '../../src/preload/shapes-doors.ts'
import { companyOf } from './fake-company.ts'

const DAY = 86_400_000
const GIVEN =
  'Amara Jonas Mei Tomasz Priya Lukas Aylin Sofia Kwame Elena Noah Yuki Farida Mateo Ingrid Samuel Leila Henrik Chiara Omar'.split(
    ' ',
  )
const FAMILY =
  'Okafor Lindqvist Chen Nowak Raman Weber Demir Rossi Mensah Petrova Becker Tanaka Haddad Alvarez Dahl Osei Karimi Vogel Bianchi Farouk Schneider Novak Moreau'.split(
    ' ',
  )
const PLANS = ['Full member', 'Community', 'Night owl', 'Student', 'Studio resident', 'Annual supporter']
const STANDINGS: MemberRow['standing'][] = ['current', 'grace', 'pending', 'frozen', 'lapsed', 'ended']

export type World = ReturnType<typeof createWorld>

export function createWorld(now: number) {
  const iso = (days: number) => new Date(now + days * DAY).toISOString()
  const standingOf = (n: number): MemberRow['standing'] =>
    n % 9 < 4 || n < 2 ? 'current' : (STANDINGS[n % 6] ?? 'current')
  const members: MemberRow[] = Array.from({ length: 260 }, (_, n) => {
    const given = GIVEN[n % GIVEN.length] ?? ''
    const family = FAMILY[(n * 7) % FAMILY.length] ?? ''
    const standing = standingOf(n)
    const card = `em:${(0x0100a1b200 + n * 7919).toString(16).toUpperCase().padStart(10, '0')}`
    return {
      id: `0192f0c4-7a00-7000-8000-${String(n).padStart(12, '0')}`,
      name: n === 17 ? 'Maximiliane von der Hohenstein-Brandt' : `${given} ${family}`,
      emails: [`${given}.${family}${n > 20 ? n : ''}@example.org`.toLowerCase()],
      standing,
      barred: false,
      paidUntil: standing === 'pending' ? null : iso(standing === 'current' ? 3 + (n % 27) : -(n % 30) - 1),
      graceUntil: standing === 'grace' ? iso(1 + (n % 5)) : null,
      plans: n % 31 === 5 ? ['Student', 'Annual supporter'] : [PLANS[n % PLANS.length] ?? ''],
      credentials: n % 6 === 5 || standing === 'pending' ? [] : [card],
      stripeCustomers: [`cus_${n}`],
    }
  })
  const cards: CardRow[] = members.flatMap((member, n) =>
    member.credentials.map((canonical) => ({
      canonical,
      short: short(canonical),
      state: n % 23 === 3 ? 'suspended' : n % 41 === 7 ? 'lost' : 'active',
      since: iso(-n - 2),
      why: n % 23 === 3 ? 'left at the bench' : null,
      label: null,
      loaner: false,
      validUntil: null,
      dueAt: null,
      member: { id: member.id, name: member.name },
      stillOpens: n % 41 === 7 ? [{ door: 'Side gate', since: iso(-0.04) }] : [],
    })),
  )
  // Kept for lending: one in the box, one that is late, one that is not; and a spare one.
  const borrower = (n: number) => ({ id: members[n]?.id ?? '', name: members[n]?.name ?? '' })
  const lent = (n: number, back: number) =>
    ({ state: 'active', since: iso(-6), member: borrower(n), dueAt: iso(back) }) as const
  const box: Partial<CardRow>[] = [
    { label: 'Loaner 1', loaner: true },
    { label: 'Loaner 3', loaner: true, ...lent(26, -1.5) },
    { label: 'Loaner 4', loaner: true, ...lent(27, 4) },
    {},
  ]
  for (const [n, more] of box.entries()) {
    const canonical = `em:00000000F${n}`
    cards.push({
      canonical,
      short: short(canonical),
      state: 'unassigned',
      since: iso(-41),
      why: null,
      label: null,
      loaner: false,
      validUntil: null,
      dueAt: null,
      member: null,
      stillOpens: [],
      ...more,
    })
  }
  const doors = [
    {
      id: 'front',
      name: 'Front door',
      driver: 'native',
      online: true,
      lastSeenAt: iso(0),
      format: null,
      plans: null as string[] | null,
      openMs: 5_000,
      allowanceDays: null as number | null,
    },
    {
      id: 'workshop',
      name: 'Workshop',
      driver: 'native',
      online: true,
      lastSeenAt: iso(0),
      format: null,
      plans: ['plan-0', 'plan-4'] as string[] | null,
      openMs: 5_000,
      allowanceDays: null as number | null,
    },
  ].map((door) => ({
    ...door,
    ...accessOf(door.id),
    mode: 'normal' as Door['mode'],
    modeSince: null as string | null,
    modeUntil: null as string | null,
    modeWhy: null as string | null,
    modeBy: null as string | null,
    device: null as Door['device'],
  }))
  const verdicts: FeedRow['verdict'][] = ['granted', 'granted', 'grace', 'granted', 'granted', 'granted']
  const feed: FeedRow[] = Array.from({ length: 18 }, (_, n) =>
    swipe(
      100 - n,
      now - (4 + n * 11) * 60_000,
      members[(n * 5) % 40] ?? null,
      verdicts[n % verdicts.length] ?? 'granted',
      n % 4 === 3 ? 1 : 0,
    ),
  )
  const isLost = (member: MemberRow | null) =>
    cards.some((card) => card.member?.id === member?.id && (card.state === 'lost' || card.state === 'stolen'))
  function swipe(seq: number, at: number, member: MemberRow | null, verdict: FeedRow['verdict'], door = 0): FeedRow {
    const { id, name } = doors[door] ?? { id: 'front', name: 'Front door' }
    return {
      seq,
      at: new Date(at).toISOString(),
      door: { id, name },
      member: member === null ? null : { id: member.id, name: member.name },
      card: member === null ? '0012345678' : '0001234567',
      event: null,
      verdict,
      wentOut: false,
      compare: verdict === 'refused' && isLost(member),
    }
  }
  return {
    now,
    iso,
    members,
    cards,
    doors,
    feed,
    swipe,
    archived: new Set<string>(),
    /** Tries of lost cards that somebody has looked at, by the row of the log. */
    kept: new Set<number>(),
    /** What the family's membership covers beyond what it did at first. */
    family: { seats: 3 as number | null, more: [] as string[] },
    plans: PLANS.map((name, n) => ({
      id: `plan-${n}`,
      name,
      members: 40 - n * 6,
      seats: null as number | null,
      provisionalDays: 0,
      hours: n === 1 ? 'hours-day' : null,
      visits: n === 3 ? 10 : null,
      visitsPer: 'month' as const,
    })),
  }
}

export function short(canonical: string): string {
  return String(Number.parseInt(canonical.slice(-8), 16)).padStart(10, '0')
}

/** The third member has a family on one membership, the seventh one that is kept by hand. */
function agreedOf({ members, family }: World, member: MemberRow): Partial<MemberPanel['memberships'][number]> {
  const people = (from: number, to: number) => members.slice(from, to).map(({ id, name }) => ({ id, name }))
  if (member === members[2])
    return {
      seats: family.seats,
      covers: [...people(2, 5), ...members.filter(({ id }) => family.more.includes(id))].map(({ id, name }) => ({
        id,
        name,
      })),
      discount: '20 % off until 3 March',
      pendingChange: 'Studio resident, once €30.00 is paid; a day later it is dropped',
      can: ['take-back', 'cancel', 'cancel-now'],
      flag: 'Stripe also sells this person Laser hours, and nobody has said what that is.',
    }
  if (member === members[6]) return { kind: 'manual', customer: null, payer: people(1, 2)[0] ?? null, can: [] }
  if (member === members[9]) return { bySeat: true, seats: 2, covers: people(9, 11) }
  return {}
}

function remediesOf({ standing, credentials }: MemberRow): Pick<MemberPanel, 'remedies'> {
  if (standing === 'lapsed') return { remedies: ['take-payment', 'let-in-once'] }
  if (standing === 'current') return { remedies: credentials.length === 0 ? ['enrol-card'] : [] }
  return { remedies: standing === 'grace' || standing === 'pending' ? [] : ['let-in-once'] }
}

/** For somebody whose card waits for its first day, or ran out. */
function cardHeadOf({ cards }: World, { id, name }: MemberRow): Partial<MemberPanel> {
  const state = cards.find(({ member }) => member?.id === id)?.state
  if (state === 'expired') return { sentence: `${name}'s card ran out on 2 Nov.`, remedies: ['extend-card'] }
  return state === 'not-yet-active' ? { sentence: `${name}'s card starts tomorrow.`, remedies: ['start-card'] } : {}
}

const CAN: Partial<Record<MemberRow['standing'], MemberPanel['memberships'][number]['can']>> = {
  ended: ['renew'],
  frozen: ['resume', 'cancel', 'cancel-now'],
}

export function panelOf(world: World, member: MemberRow): MemberPanel {
  const { iso } = world
  const late = member.standing === 'grace' || member.standing === 'lapsed'
  const sentence = {
    current: member.credentials.length === 0 ? `${member.name} has no card yet.` : null,
    grace: `Payment of €45.00 by ${member.name} is late since 14 Nov; access ends Sat 18:00.`,
    pending: `${member.name}'s first payment is not through yet.`,
    frozen: `${member.name}'s membership is paused.`,
    lapsed: `${member.name}'s payment of €45.00 failed on 2 Nov: not enough money on the account. Access ended 9 Nov.`,
    ended: `${member.name}'s membership ended on 1 Oct.`,
  }[member.standing]
  const grant = member.standing === 'current' || member.standing === 'grace'
  return {
    id: member.id,
    name: member.name,
    emails: member.emails,
    phone: '+49 30 1234567',
    standing: member.standing,
    standingDate: {
      current: 'paid until 3 December',
      grace: 'access ends Sat 18:00',
      pending: null,
      frozen: null,
      lapsed: 'since 9 Nov',
      ended: 'since 1 Oct',
    }[member.standing],
    sentence,
    ...remediesOf(member),
    ...cardHeadOf(world, member),
    memberships: member.plans.map((plan, n) => ({
      id: `${member.id}-${n}`,
      kind: 'stripe',
      plan,
      standing: member.standing,
      status: late ? 'past_due' : 'active',
      price: { minor: 4_500, currency: 'eur' },
      interval: 'month',
      paidUntil: member.paidUntil,
      graceUntil: member.graceUntil,
      endsAt: null,
      customer: 'cus_1',
      payer: null,
      covers: [{ id: member.id, name: member.name }],
      seats: 1,
      discount: null,
      pendingChange: null,
      flag: null,
      bySeat: false,
      can: CAN[member.standing] ?? ['plan', 'pause', 'cancel', 'cancel-now'],
      ...agreedOf(world, member),
    })),
    balances: agreedOf(world, member).seats === 3 ? [{ minor: 5_000, currency: 'eur' }] : [],
    keys: [],
    bar: null,
    ...companyOf(world, member),
    history: [
      { at: iso(-9), standing: member.standing, plan: member.plans[0] ?? null, why: 'The invoice was paid.' },
      { at: iso(-12), standing: 'grace', plan: member.plans[0] ?? null, why: 'The card was declined.' },
      { at: iso(-400), standing: 'current', plan: 'Student', why: 'The first invoice was paid.' },
    ],
    hidden: false,
    archivedAt: world.archived.has(member.id) ? iso(-30) : null,
    cards: world.cards.filter((card) => card.member?.id === member.id),
    doors: world.doors.map((door) => ({
      id: door.id,
      name: door.name,
      grant,
      reason: grant ? 'ok' : 'lapsed',
      sentence: grant ? `${member.name} may come in.` : (sentence ?? ''),
    })),
    invoices: Array.from({ length: 7 }, (_, n) => ({
      id: `in_${n}`,
      number: `LK-${2_040 - n}`,
      status: late && n === 0 ? 'open' : 'paid',
      due: { minor: n === 3 ? 123_450 : 4_500, currency: 'eur' },
      remaining: { minor: late && n === 0 ? 4_500 : 0, currency: 'eur' },
      createdAt: iso(-6 - n * 30),
      dueAt: null,
      url: n === 0 ? 'https://invoice.example.org/1' : null,
    })),
    visits: Array.from({ length: 9 }, (_, n) => ({
      seq: n + 1,
      at: iso(-n * 1.3),
      door: n % 3 === 1 ? 'Workshop' : 'Front door',
      grant: n !== 4,
      reason: n === 4 ? 'not-this-door' : 'ok',
      sentence: n === 4 ? 'Community does not open Workshop.' : `${member.name} came in.`,
    })),
  }
}

/** The front door opens to every plan; the workshop to some, in hours and after an induction. */
function accessOf(id: string): DoorAccess {
  const says = 'Mon–Fri 08:00–18:00, Sat 10:00–16:00'
  const community = { plan: 'plan-1', name: 'Community', hours: says }
  if (id === 'front')
    return {
      hours: [],
      opensFor: { every: true, plans: [community] },
      groups: [],
      inductions: [],
      direction: 'in',
      antiPassback: false,
    }
  return {
    hours: [
      { plan: 'plan-0', hours: 'hours-day' },
      { plan: 'plan-4', hours: null },
    ],
    opensFor: {
      every: false,
      plans: [
        { plan: 'plan-0', name: 'Full member', hours: says },
        { plan: 'plan-4', name: 'Studio resident', hours: null },
      ],
    },
    groups: [{ id: 'group-1', name: 'Machines', restricts: true }],
    inductions: [{ id: 'induction-1', name: 'Laser cutter' }],
    direction: null,
    antiPassback: false,
  }
}
