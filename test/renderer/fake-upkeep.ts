// What the fake desk answers about inbox, sales, people and upkeep: fixed facts, and deeds that change just enough.
import type { InboxKind, InboxRow } from '../../src/preload/shapes-inbox.ts'
import type { AccountState, Mapping } from '../../src/preload/shapes-memberships.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'
import { createInbox } from './fake-inbox.ts'

export type Upkeep = { inbox: InboxRow[]; mapping: Mapping; account: AccountState; termCurrency: string }

export function createUpkeep(world: World): Upkeep {
  const { iso } = world
  return {
    inbox: createInbox(world),
    mapping: createMapping(world),
    termCurrency: 'eur',
    account: {
      accounts: [{ account: 'acct_1Holzmarkt', livemode: true, since: iso(-700), frozenAt: null, holdUntil: null }],
      waiting: null,
      missing: [],
    },
  }
}

function createMapping({ plans }: World): Mapping {
  const sold: [string, number | null, string | null, number, number | null][] = [
    ['Ten-visit pass', 6_000, 'month', 3, null],
    ['Full member', 4_500, 'month', 112, 0],
    ['Full member', 49_500, 'year', 31, 0],
    ['Community', 2_500, 'month', 58, 1],
    ['Studio resident', 24_000, 'month', 9, 4],
    ['Laser hours', null, 'month', 14, -1],
    ['Night owl 2023', 3_000, 'month', 0, 2],
    ['Day pass', 1_500, null, 0, -1],
  ]
  return {
    confirmedAt: null,
    askToConfirm: true,
    prices: sold.map(([productName, minor, interval, subscriptions, plan], n) => ({
      price: `price_${n}`,
      product: `prod_${n}`,
      productName,
      nickname: null,
      amount: minor === null ? null : { minor, currency: 'eur' },
      interval,
      active: n !== 6,
      subscriptions,
      decision: plan === null ? 'undecided' : plan < 0 ? 'other' : 'membership',
      plan: plan === null || plan < 0 ? null : { id: `plan-${plan}`, name: plans[plan]?.name ?? '' },
      suggestion: plan === null ? 'plan-1' : null,
    })),
  }
}

export function upkeepHandlers(world: World, upkeep: Upkeep): Handlers {
  const { iso } = world
  const done = { ok: true } as const
  let away: InboxRow[] = []
  const memberOf = (id: string) => world.members.find((member) => member.id === id)
  const settle = (gone: (row: InboxRow) => boolean) => {
    upkeep.inbox = upkeep.inbox.filter((row) => !gone(row))
  }
  return {
    'inbox.list': () => {
      const counts = new Map<InboxKind, number>()
      for (const { kind } of upkeep.inbox) counts.set(kind, (counts.get(kind) ?? 0) + 1)
      return { rows: upkeep.inbox, counts: [...counts].map(([kind, count]) => ({ kind, count })) }
    },
    'inbox.putAway': ({ id }) => {
      away = upkeep.inbox.filter((row) => row.id === id)
      settle((row) => row.id === id)
      return done
    },
    'inbox.bringBack': ({ id }) => {
      if (away[0]?.id !== id) return no('not-found', 'This is settled already: the list is up to date now.')
      upkeep.inbox = [...away, ...upkeep.inbox]
      return done
    },
    'sync.tryAgain': ({ subject }) => {
      settle((row) => row.subject === subject)
      return { objects: 1 }
    },
    'members.claimCustomer': ({ customer, member }) => {
      settle((row) => row.subject === customer)
      const found = memberOf(member ?? world.members[0]?.id ?? '')
      return found === undefined ? no('not-found', 'This person is not here any more.') : { member: found }
    },
    'members.merge': ({ keep }) => {
      settle(({ action }) => action === 'merge')
      const member = memberOf(keep)
      return member === undefined ? no('not-found', 'This person is not here any more.') : { merge: 'merge-1', member }
    },
    'members.unmerge': () => {
      upkeep.inbox = createInbox(world)
      return done
    },
    'members.different': () => {
      settle(({ action }) => action === 'merge')
      return done
    },
    'members.create': ({ name, emails, same }) => {
      const alike = world.members.filter((one) => one.emails.some((email) => emails.includes(email)))
      if (alike.length > 0 && same === undefined) return { member: null, candidates: alike }
      const taken = alike.find(({ id }) => id === same)
      const member = taken ?? { ...(world.members[0] as (typeof world.members)[0]), id: 'new-one', name, emails }
      if (taken === undefined) world.members.push(member)
      return { member, candidates: [] }
    },
    'members.update': ({ id, name }) => {
      const member = memberOf(id)
      if (member === undefined) return no('not-found', 'This person is not here any more.')
      if (name !== undefined) member.name = name
      return member
    },
    'members.restore': ({ id }) => {
      world.archived.delete(id)
      return done
    },
    'members.archive': () =>
      no('wrong-state', 'They still have a membership. End it first; then they can be put away.'),
    'members.timeline': () => [
      { at: iso(-0.2), kind: 'door', text: 'Front door: came in.', detail: null },
      { at: iso(-1), kind: 'standing', text: 'Full member: current, paid until 3 December.', detail: 'paid' },
      { at: iso(-1), kind: 'fetched', text: 'Read the invoice: open became paid, €45.00.', detail: 'in_0' },
      { at: iso(-1), kind: 'event', text: 'Stripe said that an invoice was paid.', detail: 'evt_1 · invoice.paid' },
      { at: iso(-6), kind: 'card', text: 'Card 0012345678 was enrolled by owner.', detail: null },
      { at: iso(-9), kind: 'action', text: 'owner gave access until 14 November.', detail: 'waiting for the bank' },
    ],
    'memberships.addManual': () => ({ id: 'manual-1' }),
    'memberships.renew': () => done,
    'memberships.terms': () =>
      [2026, 2025, 2024].map((year, n) => ({
        from: `${year}-01-01T00:00:00.000Z`,
        until: `${year}-12-31T23:00:00.000Z`,
        method: n === 2 ? 'invoice' : 'cash',
        amount: { minor: 24_000 - 1_000 * n, currency: upkeep.termCurrency },
        note: n === 2 ? 'No. 118' : null,
      })),
    'memberships.end': () => done,
    'memberships.cover': ({ member }) => {
      world.family.more.push(member)
      return done
    },
    'memberships.uncover': () => done,
    'memberships.setSeats': ({ seats }) => {
      if (seats === 1) return no('wrong-state', 'It covers 3 people now: take someone off first.')
      world.family.seats = seats
      return done
    },
    'access.give': ({ member }) => {
      settle((row) => row.action === 'give-access-until' && row.member?.id === member)
      return { id: 'override-2' }
    },
    'access.end': () => done,
    'mapping.get': () => upkeep.mapping,
    'mapping.set': ({ price, plan, newPlan }) => {
      const chosen = newPlan === undefined ? world.plans.find(({ id }) => id === plan) : { id: 'plan-9', name: newPlan }
      upkeep.mapping.prices = upkeep.mapping.prices.map((one) =>
        one.price !== price
          ? one
          : {
              ...one,
              decision: chosen === undefined ? 'other' : 'membership',
              plan: chosen === undefined ? null : { id: chosen.id, name: chosen.name },
            },
      )
      if (newPlan !== undefined)
        world.plans.push({
          id: 'plan-9',
          name: newPlan,
          members: 0,
          seats: null,
          provisionalDays: 0,
          hours: null,
          visits: null,
          visitsPer: 'month',
        })
      return upkeep.mapping
    },
    'mapping.confirm': () => {
      upkeep.mapping = { ...upkeep.mapping, confirmedAt: iso(0), askToConfirm: false }
      return upkeep.mapping
    },
    'plans.save': ({ id, name, seats, hours, visits, ...change }) => {
      const plan = world.plans.find((one) => one.id === id)
      if (plan === undefined) return no('not-found', 'This plan is not here any more.')
      const given = { name: name ?? plan.name, seats: seats ?? null, hours: hours ?? null, visits: visits ?? null }
      return Object.assign(plan, given, change)
    },
    'account.get': () => upkeep.account,
    'account.change': ({ holdUntil }) => {
      const [former] = upkeep.account.accounts
      const { waiting } = upkeep.account
      if (former === undefined || waiting === null) return no('wrong-state', 'No key of another Stripe account waits.')
      upkeep.account = {
        accounts: [
          { ...waiting, since: iso(0), frozenAt: null, holdUntil: null },
          { ...former, frozenAt: iso(0), holdUntil: `${holdUntil}T22:00:00.000Z` },
        ],
        waiting: null,
        missing: world.members.slice(2, 6),
      }
      return upkeep.account
    },
    'diagnostics.get': () => ({
      at: iso(0),
      lines: [
        {
          id: 'key',
          group: 'stripe',
          label: 'Stripe key',
          state: 'good',
          says: 'A live key, from the secret store.',
          todo: null,
        },
        { id: 'may-invoice', group: 'stripe', label: 'May read invoices', state: 'good', says: 'Yes.', todo: null },
        {
          id: 'may-dispute',
          group: 'stripe',
          label: 'May read disputes',
          state: 'look',
          says: 'The key does not have the permission for this.',
          todo: 'Disputes are then not shown to staff. Everything else works.',
        },
        { id: 'sync', group: 'sync', label: 'Last sync', state: 'good', says: 'Complete 14:05.', todo: null },
        {
          id: 'dead',
          group: 'sync',
          label: 'Given up on',
          state: 'bad',
          says: '2 things of Stripe could not be read.',
          todo: 'Open the inbox and try them again.',
        },
        {
          id: 'disk',
          group: 'computer',
          label: 'Disk',
          state: 'good',
          says: '81.2 GB free; Latchkey uses 64 MB.',
          todo: null,
        },
        { id: 'clock', group: 'computer', label: 'Clock', state: 'unknown', says: 'Not compared yet.', todo: null },
        { id: 'reader-r1', group: 'readers', label: '/dev/ttyUSB0', state: 'good', says: 'Ready.', todo: null },
        { id: 'door-front', group: 'doors', label: 'Front door', state: 'good', says: 'Online.', todo: null },
      ],
    }),
    'backup.suggest': () => ({ file: '/home/desk/latchkey/latchkey-2026-11-21-04-42.backup' }),
    'backup.make': ({ file }) =>
      file.endsWith('there')
        ? no('wrong-state', `${file} is there already: choose another name, or move it away.`)
        : { file, bytes: 41_300_000 },
    'secret.setWebhook': () => done,
  }
}
