// Worklists at the fake desk: some people of each kind, in the desk's own words.
import {
  expiringWords,
  leaksWords,
  listDefinitions,
  lockOutWords,
  weekendWords,
} from '../../src/main/domain/worklists-en.ts'
import type { EnteringRow, ExpiringRow, IdleRow, WeekendRow } from '../../src/preload/shapes-worklists.ts'
import type { Handlers } from './fake-answers.ts'
import type { World } from './fake-data.ts'

export type FakeWorklists = { weekend: WeekendRow[]; entering: EnteringRow[]; notYet: string | null; empty: boolean }

const EUR = (minor: number) => ({ minor, currency: 'eur' })
const NOTHING = { amount: null, since: null, end: null, over: false, by: null, why: null }

export function createWorklists(world: World): FakeWorklists {
  const person = (n: number) => {
    const { id = '', name = '', emails = [] } = world.members[n] ?? {}
    const contact = { email: n % 4 === 3 ? null : (emails[0] ?? null), phone: n === 1 ? '+49 30 23125 001' : null }
    return { member: { id, name }, contact }
  }
  const shut = (n: number, more: Partial<WeekendRow> & Pick<WeekendRow, 'kind' | 'sentence'>): WeekendRow => ({
    id: `${more.kind}:${n}`,
    ...person(n),
    at: world.iso(1 + n / 10),
    owed: null,
    retryAt: null,
    visits: 24 - 3 * n,
    next: { do: 'look' },
    ...more,
  })
  const grace = `${lockOutWords.grace({ ...NOTHING, amount: '€45.00', since: '14 Nov' })} ${weekendWords.retry('tomorrow 10:00')}`
  return {
    notYet: null,
    empty: false,
    weekend: [
      shut(0, { kind: 'grace', sentence: grace, owed: EUR(4_500), next: { do: 'send-link', invoice: 'in_1' } }),
      shut(1, { kind: 'ending', sentence: lockOutWords.ending(NOTHING) }),
      shut(2, {
        kind: 'term',
        sentence: lockOutWords.term({ ...NOTHING, end: '14 Nov', over: true }),
        owed: { minor: 12_500, currency: 'kwd' },
        next: { do: 'renew', membership: 'membership-1', plan: 'Night & weekend', paidUntil: world.iso(-6) },
      }),
      shut(3, {
        kind: 'word',
        visits: null,
        sentence: lockOutWords.word({ ...NOTHING, by: 'Olga', why: 'repairs the lathe' }),
        next: { do: 'extend', until: world.iso(2) },
      }),
      shut(4, { kind: 'grace', sentence: grace, owed: EUR(6_500), visits: 2, next: { do: 'take-payment' } }),
      shut(5, {
        kind: 'may',
        sentence: weekendWords.may('Sun 13:00', 'October 2026', weekendWords.graceFollows(7)),
        next: { do: 'write', mailto: 'mailto:a@example.org?subject=x&body=y' },
      }),
    ],
    entering: [
      {
        id: 'e1',
        ...person(6),
        standing: 'lapsed',
        since: world.iso(-17),
        times: 12,
        lastAt: world.iso(-0.4),
        sentence: leaksWords.entering('lapsed', '3 Nov', [
          "11 times by Olga's permission (helps with repairs)",
          'once by an old list of Side door',
        ]),
        next: { do: 'end-permission', permission: 'override-1' },
      },
      {
        id: 'e2',
        ...person(7),
        standing: 'ended',
        since: world.iso(-40),
        times: 2,
        lastAt: world.iso(-3),
        sentence: leaksWords.entering('ended', '11 Oct', ['twice while Olga held Front door open']),
        next: { do: 'look-at-door', door: { id: 'front', name: 'Front door' } },
      },
    ],
  }
}

export function worklistHandlers(world: World, facts: FakeWorklists): Handlers {
  const all = <T>(rows: T[]): T[] => (facts.empty ? [] : rows)
  const people = world.members.slice(8, 8 + 130)
  const idle = (): IdleRow[] =>
    people.map(({ id, name, emails }, n) => ({
      id: `idle-${n}`,
      member: { id, name },
      contact: { email: emails[0] ?? null, phone: null },
      sentence: leaksWords.lastIn('2 Aug'),
      plan: 'Full member',
      since: world.iso(-110 + n / 10),
      perMonth: n === 2 ? null : EUR(4_500),
      next: { do: 'write', mailto: `mailto:${emails[0]}` },
    }))
  const expiring = (): ExpiringRow[] =>
    people.slice(0, 3).map(({ id, name, emails }, n) => ({
      id: `charge-${n}`,
      member: { id, name },
      contact: { email: emails[0] ?? null, phone: null },
      sentence: expiringWords.runsOut('November 2026', `${n + 1} Dec`),
      plan: 'Full member',
      chargeAt: world.iso(11 + n),
      expires: '2026-11',
      next: n === 1 ? { do: 'look' } : { do: 'write', mailto: 'mailto:a@example.org?subject=x&body=y' },
    }))
  return {
    'worklists.weekend': ({ limit }) => {
      const rows = all(facts.weekend)
      return {
        asOf: world.iso(0),
        until: world.iso(3),
        total: rows.length,
        certain: rows.filter(({ kind }) => kind !== 'may').length,
        owed: rows.length === 0 ? [] : [EUR(11_000), { minor: 12_500, currency: 'kwd' }],
        rows: rows.slice(0, limit),
        definition: listDefinitions.weekend,
      }
    },
    'worklists.leaks': ({ limit }) => {
      const rows = facts.notYet === null ? all(idle()) : []
      const entering = all(facts.entering)
      return {
        asOf: world.iso(0),
        entering: { total: entering.length, hidden: 0, rows: entering, definition: listDefinitions.entering },
        idle: {
          total: rows.length,
          hidden: rows.length === 0 ? 0 : 2,
          perMonth: rows.length === 0 ? [] : [EUR(580_500)],
          notYet: facts.notYet,
          rows: rows.slice(0, limit),
          definition: listDefinitions.idle,
        },
      }
    },
    'worklists.recovered': () => {
      const rows = all(people.slice(0, 2)).map(({ id, name }, n) => ({
        id: `in_${n}`,
        member: { id, name },
        sentence: 'Refused at Front door yesterday 11:00, paid in cash 4 minutes later, let in 5 minutes after that.',
        at: world.iso(-1 - n),
        amount: EUR(4_500),
        way: 'cash',
        by: 'Olga',
        swipe: { at: world.iso(-1 - n), door: 'Front door', reason: 'lapsed' as const },
        minutesToPay: 4,
        backAt: world.iso(-1 - n),
        minutesToBack: 5,
      }))
      const sums = rows.length === 0 ? [] : [{ amount: EUR(9_000), count: 2, minutes: 4 }]
      return {
        from: world.iso(-90),
        until: world.iso(0),
        total: rows.length,
        sums,
        rows,
        definition: listDefinitions.recovered,
      }
    },
    'worklists.expiring': () => {
      const rows = all(expiring())
      return { asOf: world.iso(0), total: rows.length, rows, definition: listDefinitions.expiring }
    },
    'worklists.csv': ({ list }) => ({ name: `${list}.csv`, csv: 'Name\r\nAda\r\n' }),
  }
}
