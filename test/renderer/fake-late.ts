// Late payments at the fake desk: two currencies over a year, told by the desk's own sums.
import {
  ageingOf,
  amountIn,
  bucketOf,
  type Calendar,
  calendarAt,
  daysToRecover,
  figureOf,
  groupedBy,
  type LateLine,
  type LateList,
  linesOf,
  methodKey,
  monthsOf,
  OPEN_LISTS,
  reasonKey,
  recoveryRate,
} from '../../src/main/domain/lapsed-report.ts'
import { definitions, methodWords, reasonWords } from '../../src/main/domain/report-en.ts'
import type { LateRow } from '../../src/preload/shapes-report.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'

/** `said`: what stands beside a line by a person's word. */
export type FakeLate = {
  lines: LateLine[]
  broken: boolean
  said: Map<string, Partial<Pick<LateRow, 'note' | 'assignee' | 'snoozedUntil'>>>
}

const DAY = 86_400_000
const CODES = ['insufficient_funds', 'expired_card', 'do_not_honor', 'insufficient_funds', null, 'card_declined']
const OPEN_DAYS = [1, 3, 3, 6, 9, 12, 17, 24, 33, 47, 70, 130]

export function createLate(world: World): FakeLate {
  const now = Date.parse(world.iso(0))
  const line = (n: number, days: number, more: Partial<LateLine>): LateLine => ({
    id: `in_${n}`,
    invoiceId: `in_${n}`,
    account: 'acct_1',
    membershipId: `membership-${n}`,
    standing: 'current',
    currency: 'eur',
    amount: [4500, 6500, 2900, 12_000][n % 4] ?? 0,
    returned: 0,
    dueAt: now - days * DAY,
    state: 'paid',
    paidAt: null,
    method: n % 5 === 2 ? 'sepa_debit' : 'card',
    code: CODES[n % CODES.length] ?? null,
    attempts: 1 + (n % 4),
    nextAttemptAt: null,
    ...more,
  })
  const open = OPEN_DAYS.map((days, n) =>
    line(n, days, {
      state: 'open',
      standing: days < 7 ? 'grace' : 'lapsed',
      nextAttemptAt: days < 20 ? now + (n + 1) * DAY : null,
    }),
  )
  const settled = Array.from({ length: 46 }, (_, n): LateLine => {
    const days = 12 + n * 7
    const isLost = n % 6 === 4
    return line(n + 20, days, {
      state: isLost ? 'given-up' : 'paid',
      paidAt: isLost ? null : now - (days - 2 - (n % 9)) * DAY,
      returned: n % 11 === 5 ? 1000 : 0,
    })
  })
  const term = { invoiceId: null, method: null, code: null, attempts: 0, state: 'open', standing: 'lapsed' } as const
  return {
    broken: false,
    said: new Map(),
    lines: [
      ...open,
      ...settled,
      line(80, 10, { ...term, id: 'membership-80' }),
      line(90, 5, { currency: 'jpy', amount: 8000, state: 'open', standing: 'grace' }),
    ],
  }
}

const numberOf = ({ membershipId }: LateLine) => Number(membershipId.split('-')[1])

export function lateMember(world: World, line: LateLine) {
  return world.members[(numberOf(line) * 5 + 17) % world.members.length]
}

export function lateHandlers(world: World, facts: FakeLate): Handlers {
  const now = () => Date.parse(world.iso(0))
  const calendar = () => calendarAt(now(), 'Europe/Berlin')
  const linesIn = (currency: string) => facts.lines.filter((one) => one.currency === currency)
  const rowOf = (line: LateLine, list: LateList, days: Calendar): LateRow => {
    const n = numberOf(line)
    const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
    const member = lateMember(world, line)
    const money = (minor: number) => ({ minor, currency: line.currency })
    const isOpen = line.state === 'open'
    return {
      id: line.id,
      member: { id: member?.id ?? '', name: member?.name ?? '' },
      customer: `cus_${n}`,
      subscription: `sub_${n}`,
      membership: line.membershipId,
      invoice: line.invoiceId === null ? null : { id: line.invoiceId, number: `LK-${n}`, url: null },
      plan: member?.plans[0] ?? '',
      amount: money(amountIn(line, list)),
      dueAt: iso(line.dueAt) ?? '',
      daysOverdue: days.daysOverdue(line),
      bucket: bucketOf(days.daysOverdue(line)),
      outcome: isOpen ? 'open' : line.state === 'paid' ? 'recovered' : 'lost',
      paidAt: iso(line.paidAt),
      returned: money(line.returned),
      reason: reasonWords(reasonKey(line)),
      attempts: line.invoiceId === null ? null : line.attempts,
      nextRetryAt: iso(line.nextAttemptAt),
      standing: line.standing ?? 'current',
      doors: !isOpen
        ? { opens: true, words: 'open' }
        : line.standing === 'grace'
          ? { opens: true, words: 'open until Thu' }
          : { opens: false, words: 'closed since 9 Nov' },
      lastVisitAt: n % 7 === 3 ? null : world.iso(-(n % 12) - 1),
      visitsSince: n % 7 === 3 ? 0 : n % 4,
      contact: {
        email: n % 6 === 4 ? null : (member?.emails[0] ?? null),
        phone: n % 3 === 1 ? '+49 30 5550 1234' : null,
      },
      note: n === 0 ? 'Said she will pay on Friday' : null,
      assignee: n === 1 ? 'Ines' : null,
      snoozedUntil: n === 2 ? world.iso(3) : null,
      ...facts.said.get(line.id),
    }
  }
  return {
    'report.lapsed': ({ currency }) => {
      if (facts.broken) return no('broken', 'The report could not be made: try again.')
      const currencies = [...new Set(facts.lines.map((one) => one.currency))].toSorted()
      const chosen = currency ?? currencies[0] ?? 'eur'
      const lines = linesIn(chosen)
      const days = calendar()
      const tile = (list: LateList) => {
        const { amount, count } = figureOf(lines, list)
        return { amount: { minor: amount, currency: chosen }, count }
      }
      const [recovered, lost] = [tile('recovered'), tile('lost')]
      const [atRisk, inGrace, lapsed] = [tile('atRisk'), tile('inGrace'), tile('lapsed')]
      return {
        asOf: world.iso(0),
        from: new Date(days.from).toISOString(),
        currencies,
        currency: chosen,
        tiles: { failed: tile('failed'), atRisk, inGrace, lapsed, recovered, lost, toCollect: tile('toCollect') },
        rate: recoveryRate(recovered.amount.minor, lost.amount.minor),
        daysToRecover: daysToRecover(lines),
        people: lines.filter(({ state }) => state === 'open').length,
        ageing: ageingOf(lines, days),
        months: monthsOf(lines, days).map((month) => ({ ...month, settling: month.inRecovery > 0 })),
        reasons: groupedBy(lines, reasonKey).map((one) => ({ ...one, words: reasonWords(one.key) })),
        methods: groupedBy(lines, methodKey).map((one) => ({ ...one, words: methodWords(one.key) })),
        definitions: { ...definitions },
      }
    },
    'report.rows': ({ currency = 'eur', sort, offset = 0, limit = 50, hideSnoozed = false, ...filter }) => {
      const days = calendar()
      const all = linesOf(linesIn(currency), filter, days).toSorted(
        (a, b) => days.daysOverdue(b) - days.daysOverdue(a) || a.dueAt - b.dueAt,
      )
      const isPutOff = (line: (typeof all)[number]) => rowOf(line, filter.list, days).snoozedUntil !== null
      const putOff = OPEN_LISTS.has(filter.list) ? all.filter(isPutOff) : []
      const lines = hideSnoozed ? all.filter((line) => !putOff.includes(line)) : all
      const rows = lines.map((line) => rowOf(line, filter.list, days))
      if (sort === 'amount') rows.sort((a, b) => b.amount.minor - a.amount.minor)
      if (sort === 'name') rows.sort((a, b) => (a.member.name < b.member.name ? -1 : 1))
      const sumOf = (some: typeof all) => ({ minor: figureOf(some, filter.list).amount, currency })
      return {
        rows: rows.slice(offset, offset + limit),
        total: rows.length,
        sum: sumOf(lines),
        putOff: { amount: sumOf(putOff), count: putOff.length },
      }
    },
    'report.csv': ({ list, currency = 'eur' }) => ({ name: `late-payments-${list}-${currency}.csv`, csv: 'Name\r\n' }),
  }
}
