// "What if grace were longer?": past swipes decided anew by another rule, some at a time (docs/report.md).
import type { Args, Reply } from '../../preload/contract.ts'
import type { Reason } from '../domain/reasons.ts'
import { DAY, type Ms, toIso } from '../domain/time.ts'
import type { RuleChange } from '../domain/what-if.ts'
import { whatIfRefusals as refusals, whatIfDefinition } from '../domain/what-if-en.ts'
import { doorById } from '../store/doors.ts'
import type { ReadDb } from '../store/open.ts'
import { planById } from '../store/plans.ts'
import { swipesAboutMoney } from '../store/report-db.ts'
import { allSchedules } from '../store/schedules.ts'
import {
  countRows,
  coveredByClock,
  swipesAtDoor,
  swipesByRule,
  swipesBySeq,
  swipesWithReason,
} from '../store/swipes.ts'
import type { ReadDeps } from './deps.ts'
import { reportOf } from './report-db.ts'
import { done, type Result, refuse } from './result.ts'
import { createTally } from './what-if-tally.ts'

type Asked = Args<'whatIf.replay'>

/** Swipes that payments decided. */
const ABOUT_MONEY: Reason[] = ['ok-grace', 'ok-stale', 'payment-pending', 'lapsed', 'frozen', 'ended', 'billing-stale']
/** Lines of the rules that let somebody in whom nothing but a setting lets in, though the reason is a plain `ok`. */
const BY_SETTING = ['end-of-day', 'pause-policy']
/** So many are decided between two breaths: a few milliseconds. */
const AT_ONCE = 200
/** Rows that a screen gets; a file has all. */
const SHOWN = 500
const USUAL_DAYS = 90

/** The replay that runs, by the handle that it reads: a second one ends the first. */
const running = new WeakMap<ReadDb, object>()

export function stopReplay({ desk }: ReadDeps): Result<{ ok: true }> {
  running.delete(desk)
  return done({ ok: true })
}

export async function replaySwipes(
  deps: ReadDeps,
  asked: Asked,
  shown = SHOWN,
): Promise<Result<Reply<'whatIf.replay'>>> {
  const { desk, access, deskId } = deps
  const read = readChange(deps, asked.change)
  if (!read.ok) return read
  if (access === null) return refuse('wrong-state', refusals.noLog)
  const until = deps.now()
  const from = until - (asked.days ?? USUAL_DAYS) * DAY
  const numbers = swipesToRead(deps, access, read.value, from, until)
  if (!numbers.ok) return numbers

  const me = {}
  running.set(desk, me)
  const tally = createTally(deps, read.value, from)
  const seqs = numbers.value
  for (let at = 0; at < seqs.length; at += AT_ONCE) {
    for (const swipe of swipesBySeq(access, deskId, seqs.slice(at, at + AT_ONCE))) tally.take(swipe)
    if (asked.id !== undefined) deps.progress?.({ id: asked.id, done: at, of: seqs.length })
    await new Promise((resolve) => setImmediate(resolve))
    if (running.get(desk) !== me) return refuse('wrong-state', refusals.stopped)
  }
  running.delete(desk)
  const logged = countRows(access, deskId, from)
  return done({ from: toIso(from), until: toIso(until), logged, ...tally.result(shown), definition: whatIfDefinition })
}

function readChange({ desk }: ReadDeps, asked: Asked['change']): Result<RuleChange> {
  const { graceDays, endOfDay, pauseOpens, allowance, planHours } = asked
  const change: RuleChange = {}
  if (graceDays !== undefined)
    change.grace = Object.fromEntries(
      Object.entries(graceDays).flatMap(([method, days]) => (days === undefined ? [] : [[method, days * DAY]])),
    )
  if (endOfDay !== undefined) change.endOfDay = endOfDay
  if (pauseOpens !== undefined)
    change.pauseOpens = Object.fromEntries(Object.entries(pauseOpens).filter(([, opens]) => opens !== undefined))
  for (const door of [allowance?.door ?? null, planHours?.door ?? null])
    if (door !== null && doorById(desk, door) === null) return refuse('not-found', refusals.noDoor(door))
  if (allowance !== undefined)
    change.allowance = { door: allowance.door, allowance: allowance.days === null ? null : allowance.days * DAY }
  if (planHours !== undefined) {
    const { plan, door, schedule } = planHours
    if (planById(desk, plan) === null) return refuse('not-found', refusals.noPlan(plan))
    const hours = schedule === null ? null : allSchedules(desk).find(({ id }) => id === schedule)?.windows
    if (hours === undefined) return refuse('not-found', refusals.noHours(schedule ?? ''))
    change.hours = { plan, door, hours }
  }
  return done(change)
}

/** Numbers of the swipes that the change could have decided otherwise, by their reasons. */
function swipesToRead(deps: ReadDeps, access: ReadDb, change: RuleChange, from: Ms, until: Ms): Result<number[]> {
  const { desk, deskId } = deps
  const seqs = new Set<number>()
  if (deps.report === null) for (const seq of swipesWithReason(access, deskId, ABOUT_MONEY, from, until)) seqs.add(seq)
  else {
    const report = reportOf(deps)
    if (!report.ok) return report
    for (const { seq } of swipesAboutMoney(report.value, from, until)) seqs.add(seq)
  }
  if (change.endOfDay === false || change.pauseOpens !== undefined)
    for (const member of coveredByClock(desk, from - DAY, until))
      for (const seq of swipesByRule(access, member, BY_SETTING, from, until)) seqs.add(seq)
  if (change.hours !== undefined)
    for (const seq of swipesAtDoor(access, deskId, change.hours.door, from, until)) seqs.add(seq)
  // The log is read in its own order: what lies together is read together.
  return done([...seqs].sort((a, b) => a - b))
}
