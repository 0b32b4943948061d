// Subscription schedules through the API: taken up from a subscription, given other phases, released, cancelled.
import { invalid, missing, notModelled } from './api-error.ts'
import { billingDate, type Interval, type Seconds } from './calendar.ts'
import { type Allowed, flag, list, metadata, oneOf, type Params, required, text, tree, whole } from './params.ts'
import type { PhaseRecord, ScheduleRecord } from './records-schedule.ts'
import { release, rewrite, takeInHand } from './schedules.ts'
import { find, get, type World } from './state.ts'
import { cancel } from './subscribe.ts'
import { branch, liveSubscription, PRORATIONS, sameCycle, usablePrice } from './write-subscriptions.ts'

const PHASE = {
  items: [{ price: true, quantity: true, metadata: '*' }],
  start_date: true,
  end_date: true,
  duration: { interval: true, interval_count: true },
  proration_behavior: true,
} as const satisfies Allowed

export const NEW_SCHEDULE = { from_subscription: true, phases: [PHASE], end_behavior: true, metadata: '*' } as const
export const SCHEDULE_UPDATE = { phases: [PHASE], end_behavior: true, metadata: '*', proration_behavior: true } as const
export const RELEASE_PARAMS = { preserve_cancel_date: true } as const

export function createSchedule(world: World, params: Params): ScheduleRecord {
  const from = text(params, 'from_subscription')
  if (!from) throw notModelled('a schedule that begins a subscription')
  for (const name of ['phases', 'end_behavior', 'metadata'])
    if (params[name] !== undefined) throw invalid(`You cannot set \`${name}\` if \`from_subscription\` is set.`, name)
  if (find(world, 'subscription', from) === undefined) throw missing('subscription', from, 'from_subscription')
  const subscription = liveSubscription(world, from)
  if (subscription.schedule) {
    const message = `You cannot migrate a subscription that is already attached to a schedule: ${subscription.schedule}`
    throw invalid(message, 'from_subscription')
  }
  if (subscription.cancelAt !== null) throw notModelled('a schedule of a subscription that has an end')
  if (!['active', 'past_due'].includes(subscription.status))
    throw notModelled(`a schedule of a subscription that is ${subscription.status}`)
  return takeInHand(world, subscription)
}

export function updateSchedule(world: World, id: string, params: Params): ScheduleRecord {
  const before = activeSchedule(world, id, 'update')
  const phases = params.phases === undefined ? before.phases : readPhases(world, before, params)
  const current = phases.findIndex(({ start, end }) => start <= world.at && world.at < end)
  const now = before.phases[before.current]
  if (phases[current]?.start !== now?.start)
    throw invalid('You can not modify the start date of the current phase.', 'phases[0][start_date]')
  const endBehavior = oneOf(params, 'end_behavior', ['release', 'cancel', 'none', 'renew']) ?? before.endBehavior
  if (endBehavior !== 'release' && endBehavior !== 'cancel') throw notModelled(`the end_behavior ${endBehavior}`)
  const proration = oneOf(params, 'proration_behavior', PRORATIONS) ?? 'create_prorations'
  return rewrite(world, id, { phases, current, endBehavior, metadata: metadata(params, before.metadata) }, proration)
}

export function releaseSchedule(world: World, id: string, params: Params): ScheduleRecord {
  activeSchedule(world, id, 'release')
  return release(world, id, flag(params, 'preserve_cancel_date') === true)
}

export function cancelSchedule(world: World, id: string): ScheduleRecord {
  const { subscription } = activeSchedule(world, id, 'cancel')
  cancel(world, subscription ?? '', { reason: 'cancellation_requested', feedback: null, comment: null })
  return get(world, 'subscription_schedule', id)
}

function activeSchedule(world: World, id: string, verb: string): ScheduleRecord {
  const schedule = find(world, 'subscription_schedule', id)
  if (schedule === undefined) throw missing('subscription_schedule', id)
  if (schedule.status === 'active') return schedule
  const states = 'You can only do that to a schedule whose status is `not_started` or `active`.'
  throw invalid(
    `You cannot ${verb} a subscription schedule that is currently in the \`${schedule.status}\` status. ${states}`,
    'id',
  )
}

/** Phases that are over may be left out; each begins where the one before ends. */
function readPhases(world: World, before: ScheduleRecord, params: Params): PhaseRecord[] {
  const { currency } = get(world, 'subscription', before.subscription ?? '')
  const phases: PhaseRecord[] = []
  const given = list(params, 'phases')
  for (const [index, one] of given.entries()) {
    const path = `phases[${index}]`
    const phase = branch(one, path)
    const items = readItems(world, phase, path, currency)
    const from = phases.at(-1)?.end
    const start = text(phase, 'start_date') === undefined ? from : readMoment(world, phase, 'start_date')
    if (start === undefined)
      throw invalid(`Missing required param: ${path}[start_date].`, `${path}[start_date]`, 'parameter_missing')
    if (from !== undefined && start !== from)
      throw invalid('Each phase must begin where the one before it ends.', `${path}[start_date]`)
    const end = readEnd(world, phase, path, start, items)
    if (end <= start) throw invalid('A phase must end after it begins.', `${path}[end_date]`)
    const proration = oneOf(phase, 'proration_behavior', PRORATIONS) ?? 'create_prorations'
    phases.push({ start, end, items, proration })
  }
  return phases
}

function readItems(world: World, phase: Params, path: string, currency: string): PhaseRecord['items'] {
  const items = list(phase, 'items').map((one, n) => {
    const item = branch(one, `${path}[items][${n}]`)
    const price = usablePrice(world, required(item, 'price'), `${path}[items][${n}][price]`, true)
    if (price.currency !== currency)
      throw invalid(`The price specified only supports another currency than \`${currency}\`.`, `${path}[items]`)
    return { price: price.id, quantity: whole(item, 'quantity') ?? 1, metadata: metadata(item, {}) }
  })
  if (items.length === 0)
    throw invalid(`Missing required param: ${path}[items].`, `${path}[items]`, 'parameter_missing')
  sameCycle(items.map(({ price }) => get(world, 'price', price)))
  return items
}

function readMoment(world: World, phase: Params, name: string): Seconds {
  return text(phase, name) === 'now' ? world.at : (whole(phase, name) ?? world.at)
}

/** Without an end it takes one of its plan's periods. */
function readEnd(world: World, phase: Params, path: string, start: Seconds, items: PhaseRecord['items']): Seconds {
  const duration = tree(phase, 'duration')
  if (text(phase, 'end_date') !== undefined) {
    if (duration) throw invalid('Give either `end_date` or `duration`.', `${path}[duration]`)
    return readMoment(world, phase, 'end_date')
  }
  if (duration)
    return billingDate(start, required(duration, 'interval') as Interval, whole(duration, 'interval_count') ?? 1)
  const { recurring } = get(world, 'price', items[0]?.price ?? '')
  return recurring ? billingDate(start, recurring.interval, recurring.count) : start
}
