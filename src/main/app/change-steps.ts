// What a person asks of a membership that runs at Stripe. Each reads the truth first, then asks for one change (change-deed.ts).
import type { Args, Reply } from '../../preload/contract.ts'
import { changeRefusals as refusals } from '../domain/changes-en.ts'
import type { Change } from '../domain/membership-change.ts'
import { seatRefusals } from '../domain/memberships-en.ts'
import type { Money } from '../domain/money.ts'
import { MINUTE, startOfLocalDate } from '../domain/time.ts'
import { memberById } from '../store/members.ts'
import { coversOf } from '../store/membership-seats.ts'
import { readSettings } from '../store/settings.ts'
import { billOf, type PlanChange, planChange, type SeatChange, seatChange } from './change-bill.ts'
import { carryOut } from './change-deed.ts'
import { type Look, lookAt, troubled } from './change-look.ts'
import type { DeskDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'

type Says = Promise<Result<Reply<'changes.plan'>>>

/** One after the other for each membership: the second of two clicks sees what the first one did. */
function change(deps: DeskDeps, id: string, wish: (look: Look) => Promise<Result<Change>> | Result<Change>): Says {
  return deps.live.changes.inTurn(id, async () => {
    const look = await lookAt(deps, id)
    if (!look.ok) return look
    return troubled(async () => {
      const wanted = await wish(look.value)
      return wanted.ok ? carryOut(deps, look.value, wanted.value) : wanted
    })
  })
}

export function putOnPlan(deps: DeskDeps, asked: Args<'changes.plan'>): Says {
  return change(deps, asked.id, (look) => {
    const wanted = planChange(deps, look, { ...asked, at: Date.parse(asked.asOf) })
    return wanted.ok ? asSeen(look, wanted.value, asked.due) : wanted
  })
}

/** More or fewer people at a price for each; who comes or goes does so once it is paid. */
export function buySeats(deps: DeskDeps, asked: Args<'changes.seats'>): Says {
  return change(deps, asked.id, (look) => {
    const fits = fitsPeople(deps, asked)
    if (!fits.ok) return fits
    const wanted = seatChange(deps, look, { ...asked, at: Date.parse(asked.asOf) })
    return wanted.ok ? asSeen(look, wanted.value, asked.due) : wanted
  })
}

/** A preview is of its moment: the rest of the period goes on getting smaller. */
const FRESH = 30 * MINUTE

/** What is taken is what was shown, to the cent. */
async function asSeen(look: Look, wanted: PlanChange | SeatChange, seen: Money): Promise<Result<Change>> {
  if (wanted.at > look.at || wanted.at < look.at - FRESH) return refuse('wrong-state', refusals.amountMoved)
  const { due } = await billOf(look, wanted)
  const same = due.minor === seen.minor && due.currency === seen.currency
  return same ? done(wanted) : refuse('wrong-state', refusals.amountMoved)
}

function fitsPeople({ desk: db }: DeskDeps, { id, seats, cover, uncover }: Args<'changes.seats'>): Result<null> {
  const covered = coversOf(db, id)
  const person = cover === undefined ? null : memberById(db, cover)
  if (cover !== undefined && person === null) return refuse('not-found', seatRefusals.noMember)
  if (person?.archivedAt != null) return refuse('wrong-state', seatRefusals.away(person.name))
  if (person !== null && covered.some((one) => one.id === person.id))
    return refuse('taken', seatRefusals.already(person.name))
  const leaves = uncover === undefined ? null : memberById(db, uncover)
  if (leaves !== null && !covered.some((one) => one.id === leaves.id))
    return refuse('wrong-state', seatRefusals.notCovered(leaves.name))
  const then = covered.length + (person === null ? 0 : 1) - (leaves === null ? 0 : 1)
  return then > seats ? refuse('wrong-state', seatRefusals.covered(then)) : done(null)
}

export function cancelAtEnd(deps: DeskDeps, { id, reason }: Args<'changes.cancel'>): Says {
  return change(deps, id, ({ now }) => {
    if (reason.trim() === '') return refuse('bad-request', refusals.noReason)
    // What is put down for later ends with it; an end that was agreed in a schedule is not ours to move.
    if (now.schedule !== null && now.schedule.endBehavior !== 'release') return refuse('wrong-state', refusals.fixedEnd)
    return done({ do: 'cancel', when: 'period-end', reason: reason.trim() })
  })
}

export function cancelNow(deps: DeskDeps, { id, reason }: Args<'changes.cancelNow'>): Says {
  return change(deps, id, () =>
    reason.trim() === ''
      ? refuse('bad-request', refusals.noReason)
      : done({ do: 'cancel', when: 'now', reason: reason.trim() }),
  )
}

export function keepGoing(deps: DeskDeps, { id }: Args<'changes.keep'>): Says {
  return change(deps, id, ({ now }) =>
    now.cancelAt !== null && now.schedule !== null ? refuse('wrong-state', refusals.fixedEnd) : done({ do: 'keep' }),
  )
}

export function pauseIt(deps: DeskDeps, { id, way, until, reason }: Args<'changes.pause'>): Says {
  return change(deps, id, ({ now, at }) => {
    if (reason.trim() === '') return refuse('bad-request', refusals.noReason)
    if (until !== undefined && way === 'requested') return refuse('bad-request', refusals.noUntil)
    const day = until === undefined ? null : startOfLocalDate(until, readSettings(deps.desk).timeZone)
    if (until !== undefined && day === null) return refuse('bad-request', refusals.noDay(until))
    if (day !== null && day <= at) return refuse('bad-request', refusals.past)
    if (now.status !== 'active' && now.status !== 'paused') return refuse('wrong-state', refusals.notRunning)
    return done({ do: 'pause', way, until: day, reason: reason.trim() })
  })
}

export function resumeIt(deps: DeskDeps, { id }: Args<'changes.resume'>): Says {
  return change(deps, id, () => done({ do: 'resume' }))
}

export function takeBack(deps: DeskDeps, { id }: Args<'changes.takeBack'>): Says {
  return change(deps, id, ({ now }) =>
    now.schedule !== null && now.schedule.endBehavior !== 'release'
      ? refuse('wrong-state', refusals.fixedEnd)
      : done({ do: 'take-back' }),
  )
}
