// The report of late payments counted from the stories themselves, as slowly and plainly as can be; it shares no line with
// the desk's own.
import { type Moment, momentAt, paidAt, type Story, type TermStory } from './year-of-payments.ts'

const DAY = 86_400_000

export type NaiveRow = {
  /** Null of a term. */
  invoice: string | null
  amount: number
  daysOverdue: number
  bucket: string
  standing: string
  attempts: number | null
  dueAt: string
}

type TileName = 'failed' | 'atRisk' | 'inGrace' | 'lapsed' | 'recovered' | 'lost' | 'toCollect'

export type NaiveReport = {
  tiles: Record<TileName, { amount: number; count: number }>
  rate: number | null
  daysToRecover: number | null
  ageing: Record<string, { amount: number; count: number }>
  months: Record<string, { recovered: number; inRecovery: number; lost: number; count: number }>
  reasons: Record<string, { recovered: number; inRecovery: number; lost: number; count: number }>
  methods: Record<string, { recovered: number; inRecovery: number; lost: number; count: number }>
  rows: NaiveRow[]
}

function localDay(ms: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return parts.format(ms)
}

function daysBetween(from: number, to: number, zone: string): number {
  return Math.max(0, (Date.parse(localDay(to, zone)) - Date.parse(localDay(from, zone))) / DAY)
}

function twelveMonths(now: number, zone: string): string[] {
  const [year = 0, month = 0] = localDay(now, zone).split('-').map(Number)
  return Array.from({ length: 12 }, (_, back) =>
    new Date(Date.UTC(year, month - 12 + back, 1)).toISOString().slice(0, 7),
  )
}

/** What was seen to go wrong before now; null where nothing did. */
function failures({ moments }: Story, now: number): { code: string | null }[] {
  return moments
    .filter((one) => one.at <= now && one.status === 'open' && one.attempts > 0 && !one.processing)
    .map(({ failed }) => ({ code: failed }))
}

function isLate(story: Story, moment: Moment, now: number): boolean {
  if (story.first || story.amount === 0 || moment.status === 'draft' || story.due > now) return false
  if (failures(story, now).length > 0) return true
  const paid = paidAt(story, moment)
  return story.byHand && (paid === null ? moment.status === 'open' : paid > story.due)
}

function standingOf(story: Story, moment: Moment, now: number): string {
  if (moment.subscription === 'canceled') return 'ended'
  if (moment.subscription === 'unpaid') return 'lapsed'
  if (moment.subscription === 'active') return 'current'
  const grace = story.method === 'card' ? 7 : 14
  return now * 1_000 < story.due * 1_000 + grace * DAY ? 'grace' : 'lapsed'
}

function bucketOf(days: number): string {
  if (days <= 7) return '1-7'
  if (days <= 14) return '8-14'
  if (days <= 30) return '15-30'
  if (days <= 60) return '31-60'
  return days <= 90 ? '61-90' : '90+'
}

/** `now` in seconds. */
export function naiveReport(
  { stories, terms }: { stories: readonly Story[]; terms: readonly TermStory[] },
  currency: string,
  now: number,
  zone: string,
): NaiveReport {
  const window = twelveMonths(now * 1_000, zone)
  const empty = () => ({ recovered: 0, inRecovery: 0, lost: 0, count: 0 })
  const zero = () => ({ amount: 0, count: 0 })
  const report: NaiveReport = {
    tiles: {
      ...{ failed: zero(), atRisk: zero(), inGrace: zero(), lapsed: zero() },
      ...{ recovered: zero(), lost: zero(), toCollect: zero() },
    },
    rate: null,
    daysToRecover: null,
    ageing: Object.fromEntries(['1-7', '8-14', '15-30', '31-60', '61-90', '90+'].map((bucket) => [bucket, zero()])),
    months: Object.fromEntries(window.map((month) => [month, empty()])),
    reasons: {},
    methods: {},
    rows: [],
  }
  const add = (sum: { amount: number; count: number } | undefined, amount: number) => {
    if (sum === undefined) return
    sum.amount += amount
    sum.count += 1
  }
  const addOpen = (due: number, owed: number, standing: string, row: Pick<NaiveRow, 'invoice' | 'attempts'>) => {
    const days = daysBetween(due * 1_000, now * 1_000, zone)
    const bucket = bucketOf(days)
    add(report.ageing[bucket], owed)
    if (standing === 'grace') add(report.tiles.inGrace, owed)
    if (standing === 'lapsed' || standing === 'ended') add(report.tiles.lapsed, owed)
    if (standing !== 'current') add(report.tiles.atRisk, owed)
    const dueAt = new Date(due * 1_000).toISOString()
    report.rows.push({ ...row, amount: owed, daysOverdue: days, bucket, standing, dueAt })
  }
  const spans: number[] = []
  for (const story of stories) {
    const moment = momentAt(story, now)
    if (story.currency !== currency || moment === null || !isLate(story, moment, now)) continue
    const month = localDay(story.due * 1_000, zone).slice(0, 7)
    const open = moment.status === 'open'
    if (!open && !window.includes(month)) continue
    const takenBack = moment.dispute === 'needs_response' || moment.dispute === 'lost' ? story.amount : 0
    const gone = Math.min(story.amount, moment.refunded + takenBack)
    const paid = paidAt(story, moment)
    const recovered = paid === null ? 0 : story.amount - gone
    const lost = paid === null ? (open ? 0 : story.amount) : gone
    const owed = open ? story.amount : 0
    add(report.tiles.failed, story.amount)
    if (recovered > 0) {
      add(report.tiles.recovered, recovered)
      spans.push(((paid ?? 0) - story.due) / 86_400)
    }
    if (lost > 0) add(report.tiles.lost, lost)
    const reason = moment.attempts === 0 ? 'not-tried' : (failures(story, now).at(-1)?.code ?? 'no-reason')
    const method = moment.attempts > 0 ? story.method : 'none'
    for (const [table, key] of [
      [report.reasons, reason],
      [report.methods, method],
    ] as const)
      table[key] ??= empty()
    for (const sum of [report.months[month], report.reasons[reason], report.methods[method]]) {
      if (sum === undefined) continue
      sum.recovered += recovered
      sum.inRecovery += owed
      sum.lost += lost
      sum.count += 1
    }
    if (!open) continue
    addOpen(story.due, owed, standingOf(story, moment, now), { invoice: story.id, attempts: moment.attempts })
  }
  for (const term of terms) {
    if (term.currency !== currency || term.until > now) continue
    const month = localDay(term.until * 1_000, zone).slice(0, 7)
    add(report.tiles.failed, term.amount)
    add(report.tiles.toCollect, term.amount)
    report.reasons.manual ??= empty()
    report.methods.manual ??= empty()
    for (const sum of [report.months[month], report.reasons.manual, report.methods.manual]) {
      if (sum === undefined) continue
      sum.inRecovery += term.amount
      sum.count += 1
    }
    const standing = now < term.until + 7 * 86_400 ? 'grace' : 'lapsed'
    addOpen(term.until, term.amount, standing, { invoice: null, attempts: null })
  }
  const decided = report.tiles.recovered.amount + report.tiles.lost.amount
  report.rate = decided === 0 ? null : report.tiles.recovered.amount / decided
  report.daysToRecover = spans.length === 0 ? null : spans.reduce((a, b) => a + b, 0) / spans.length
  return report
}
