// What the fake desk answers from its fixed world: everything that is read, and the simplest deeds.
import { cardRefusals } from '../../src/main/domain/cards-en.ts'
import type { Args, CallName, Refusal, Reply } from '../../src/preload/contract.ts'
import type { Lamps, MemberPanel, MemberRow, Settings } from '../../src/preload/shapes.ts'
import { panelOf, type World } from './fake-data.ts'

type Answer<T> = T | { refusal: Refusal }
export type Handlers = { [N in CallName]?: (args: Args<N>) => Answer<Reply<N>> | Promise<Answer<Reply<N>>> }

const RECEIPT = [
  { label: 'Decided by', value: 'The renewal could not be seen for too long' },
  { label: 'Card', value: 'in order' },
  { label: 'Membership', value: 'Full member, paid' },
  { label: 'Paid until', value: '12 Nov 00:00' },
  { label: 'Stripe last read', value: '12 Nov 09:14, 8 days before' },
  { label: 'Rules and data', value: 'rules 2, data 18044' },
  { label: 'Row of the log', value: '101' },
]

export function no(code: Refusal['code'], sentence: string, detail?: unknown): { refusal: Refusal } {
  return { refusal: { code, sentence, ...(detail === undefined ? {} : { detail }) } }
}

/** Some by what their membership stands at; the one with the long name is barred; Stripe was silent for all others. */
function refusalOf(
  world: World,
  { id, name }: { id: string; name: string },
): Pick<Reply<'feed.why'>, 'reason' | 'sentence' | 'remedies'> {
  const n = world.members.findIndex((one) => one.id === id)
  if (n === 17) return { reason: 'member-barred', sentence: `${name} may not come in.`, remedies: ['see-person'] }
  switch (world.members[n]?.standing) {
    case 'pending': {
      const sentence = `${name}'s first payment is not through yet.`
      return { reason: 'payment-pending', sentence, remedies: ['finish-sign-up'] }
    }
    case 'frozen':
      return { reason: 'frozen', sentence: `${name}'s membership is paused.`, remedies: ['resume', 'let-in-once'] }
    default: {
      const sentence = 'Paid until 12 Nov, and Stripe has not been reached for 8 days.'
      return { reason: 'billing-stale', sentence, remedies: ['let-in-once', 'sync-now'] }
    }
  }
}

export function idleLamps(world: World): Lamps {
  return {
    now: world.iso(0),
    sync: {
      phase: 'idle',
      lastCompleteAt: world.iso(0),
      ageSeconds: 4,
      error: null,
      offlineSince: null,
      progress: null,
      gapDays: null,
      drift: 0,
      dead: 0,
    },
    inbox: 0,
    confirmPlans: false,
    pausesToReview: 0,
    readers: [
      {
        id: 'r1',
        port: '/dev/ttyUSB0',
        profile: 'rdm6300',
        door: null,
        settings: {},
        state: 'ready',
        sentence: null,
        lastReadAt: world.iso(-0.1),
        refused: null,
      },
    ],
    // Of all that is known of a door the contract's schema lets through what belongs there.
    doors: world.doors,
  }
}

const NEW_KEY = '9f2c41d07be35a8866d1f0c2b39e47a1506d8c3ef214ab7790cd51e8236bf04a'

export function readingHandlers(
  world: World,
  knobs: {
    demo: boolean
    exits: boolean
    settings: Partial<Settings>
    slowSearchFor: string | null
    sameAs: string | null
  },
  lamps: () => Lamps,
  exceptions: Map<string, Partial<MemberPanel>>,
): Handlers {
  const found = (text: string) =>
    world.members.filter(({ name, emails }) => `${name} ${emails.join(' ')}`.toLowerCase().includes(text.toLowerCase()))
  const settings: Settings = {
    spaceName: 'Holzmarkt Makerspace',
    timeZone: 'Europe/Berlin',
    locale: 'en-GB',
    website: null,
    provisional: { days: 7, doors: null },
    endOfDay: true,
    graceDays: { card: 7, 'bank-debit': 14, manual: 7 },
    pauseOpens: { collection: false, requested: false, 'trial-end': false, system: false },
  }
  const ordered = (id: string | null, change: Partial<World['doors'][number]>) => {
    for (const door of world.doors) if (id === null || door.id === id) Object.assign(door, change)
    return world.doors
  }
  const cables = world.doors.slice(0, 2).map(({ id, name }) => ({ id, name, cut: false, holdsList: true, waiting: 0 }))
  const memberOf = (id: string) => world.members.find((member) => member.id === id)
  return {
    'desk.get': () => ({
      version: '0.1.0',
      demo: knobs.demo,
      spaceName: knobs.settings.spaceName ?? settings.spaceName,
      timeZone: 'Europe/Berlin',
      locale: 'en-GB',
      currency: 'eur',
      operator: { name: 'owner', role: 'owner' },
      now: world.iso(0),
    }),
    'desk.lamps': () => lamps(),
    'desk.status': () => ({
      version: '0.1.0',
      sync: lamps().sync,
      members: {
        total: world.members.length,
        ...(Object.fromEntries(
          ['current', 'grace', 'pending', 'frozen', 'lapsed', 'ended'].map((word) => [
            word,
            world.members.filter(({ standing }) => standing === word).length,
          ]),
        ) as Record<'current' | 'grace' | 'pending' | 'frozen' | 'lapsed' | 'ended', number>),
      },
      credentials: world.cards.length,
      doors: lamps().doors,
      audit: { rows: 2_310, head: { decisions: null, actions: null } },
      signups: { open: 0 },
      outbox: { waiting: 0, dead: 0 },
    }),
    'desk.todo': () => ({
      graceEndsSoon: 3,
      withoutCard: 38,
      pending: 5,
      signUps: 0,
      unpaid: 0,
      handOver: 0,
      cash: 0,
      undelivered: 0,
    }),
    'members.list': ({ query, standing, withoutCard, limit }) => {
      const mayEnter = (row: MemberRow) => row.standing === 'current' || row.standing === 'grace'
      const rows = found(query ?? '')
        .filter((row) => standing === undefined || row.standing === standing)
        .filter((row) => withoutCard !== true || (mayEnter(row) && row.credentials.length === 0))
      return { rows: rows.slice(0, limit), total: rows.length }
    },
    'members.search': async ({ text }) => {
      if (text === knobs.slowSearchFor) await new Promise((resolve) => setTimeout(resolve, 500))
      return found(text).slice(0, 20)
    },
    'members.get': ({ id }) => {
      const member = memberOf(id)
      return member === undefined
        ? no('not-found', 'This person is not here any more: search for them by name.')
        : { ...panelOf(world, member), ...exceptions.get(id) }
    },
    'members.setHidden': ({ id, hidden }) => {
      exceptions.set(id, { ...exceptions.get(id), hidden })
      return { ok: true }
    },
    'members.setKeys': ({ member, doors }) => {
      exceptions.set(member, { ...exceptions.get(member), keys: doors })
      return { doors }
    },
    'members.bar': ({ member, why }) => {
      const bar = { since: world.iso(0), until: null, why, by: 'owner' }
      exceptions.set(member, { ...exceptions.get(member), bar })
      return { ok: true }
    },
    'members.liftBar': ({ member }) => {
      exceptions.set(member, { ...exceptions.get(member), bar: null })
      return { ok: true }
    },
    'feed.recent': ({ limit }) => world.feed.slice(0, limit),
    'feed.today': () => ({
      shows: knobs.exits ? 'in' : 'today',
      count: 31,
      people: world.members
        .slice(0, 31)
        .filter(({ id }) => exceptions.get(id)?.hidden !== true)
        .map(({ id, name }, n) => ({ id, name, at: world.iso(-n / 90), door: 'Front door' })),
    }),
    'feed.why': ({ seq }) => {
      const row = world.feed.find((one) => one.seq === seq)
      const common = { seq, detail: null, card: null, sameAs: null, billingAgeSeconds: 8, receipt: RECEIPT }
      if (row?.member === null)
        return {
          ...common,
          reason: 'unknown-card',
          sentence:
            knobs.sameAs === null
              ? 'Nobody has this card (0012345678).'
              : cardRefusals.sameCard(world.members[0]?.name ?? '', '188,24910'),
          remedies: knobs.sameAs === null ? ['assign-card'] : ['same-card', 'assign-card'],
          sameAs: knobs.sameAs,
          card: 'em:0000BC614E',
          billingAgeSeconds: null,
        }
      if (row?.compare === true) {
        const { name } = row.member
        const card = world.cards.find(({ member, state }) => member?.id === row.member?.id && state === 'lost')
        const sentence = `This card was reported lost by ${name} on 18 Nov. Look at the photo.`
        const open = card === undefined ? [] : (['found-again'] as const)
        const waits = world.kept.has(row.seq) || card === undefined ? [] : (['keep-lost'] as const)
        const remedies = [...open, ...waits]
        return { ...common, reason: 'card-lost', sentence, remedies, card: card?.canonical ?? null }
      }
      return row?.verdict === 'refused'
        ? { ...common, card: 'em:0000BC614E', billingAgeSeconds: 700_000, ...refusalOf(world, row.member) }
        : { ...common, reason: 'ok', sentence: `${row?.member?.name ?? ''} came in.`, remedies: [] }
    },
    'sync.run': () => null,
    'secret.state': () => (knobs.demo ? { source: 'sandbox', mode: 'test' } : { source: 'store', mode: 'live' }),
    'secret.setStripe': ({ key }) =>
      key.startsWith('rk_') ? { ok: true } : no('stripe', 'Stripe does not know this key: copy it again, whole.'),
    'doors.list': () => world.doors,
    'doors.add': ({ id, driver = 'native', address, serial }) => {
      if (driver === 'uhppote' && (address === undefined || serial === undefined))
        return no('bad-request', 'Say where the board is: --address HOST:PORT, such as 192.168.1.50:60000.')
      return driver === 'native' ? { id, driver, key: NEW_KEY } : { id, driver, key: null }
    },
    'doors.rekey': ({ id }) => ({
      id,
      driver: 'native',
      key: '11aa41d07be35a8866d1f0c2b39e47a1506d8c3ef214ab7790cd51e8236bf04a',
    }),
    'doors.remove': () => ({ ok: true }),
    'doors.lockdown': ({ id, why }) =>
      ordered(id, { mode: 'lockdown', modeSince: world.iso(0), modeWhy: why ?? null, modeBy: 'owner' }),
    'doors.holdOpen': ({ id, minutes }) =>
      ordered(id, {
        mode: 'held-open',
        modeSince: world.iso(0),
        modeUntil: world.iso(minutes / 1_440),
        modeBy: 'owner',
      }),
    'doors.normal': ({ id }) =>
      ordered(id, { mode: 'normal', modeSince: null, modeUntil: null, modeWhy: null, modeBy: null }),
    'plans.list': () => world.plans,
    'cards.find': ({ card }) => ({
      matches: [
        {
          canonical: world.cards[0]?.canonical ?? '',
          forms: {
            hex: '0100A1B200',
            '10H13D': '0004305547776',
            '8H10D': card,
            '2H3D,4H5D': '161,45568',
            W26: '10100001101100100000000001',
          },
          state: 'active',
          member: world.members[0]?.id ?? null,
        },
      ],
      lossy: false,
    }),
    'settings.get': () => ({ ...settings, ...knobs.settings }),
    'settings.set': ({ timeZone, pauseOpens }) => {
      if (timeZone === 'Mars/Olympus')
        return no(
          'bad-request',
          '"Mars/Olympus" is not a time zone that this computer knows: write it like Europe/Berlin.',
        )
      Object.assign(settings.pauseOpens, pauseOpens)
      return settings
    },
    'demo.doors': () => cables,
    'demo.cutDoor': ({ door, cut }) => {
      const cable = cables.find(({ id }) => id === door)
      return cable === undefined ? no('not-found', 'There is no such door.') : Object.assign(cable, { cut })
    },
    'demo.clock': () => ({ now: world.iso(1), lastCompleteAt: world.iso(1) }),
  }
}
