// Test clocks through the API.
import { invalid, missing } from './api-error.ts'
import { type Allowed, type Params, text, whole } from './params.ts'
import type { ClockRecord } from './records.ts'
import { all, emit, find, type World } from './state.ts'
import { advanceClock, atClock, newClock } from './test-clocks.ts'
import { deleteCustomer } from './write-customers.ts'

const KIND = 'test_helpers.test_clock'

export const CLOCK_PARAMS = { frozen_time: true, name: true } as const satisfies Allowed

export function createClock(world: World, params: Params): ClockRecord {
  return newClock(world, whole(params, 'frozen_time') ?? world.at, text(params, 'name') || null)
}

export function moveClock(world: World, id: string, params: Params): ClockRecord {
  const clock = known(world, id)
  const target = whole(params, 'frozen_time') ?? 0
  if (target <= clock.frozen) throw invalid('A test clock can only be advanced forward in time.', 'frozen_time')
  return advanceClock(world, id, target)
}

/** Its customers go with it, and what is scheduled for them. */
export function deleteClock(world: World, id: string) {
  const clock = known(world, id)
  for (const customer of all(world, 'customer')) {
    if (customer.testClock === id && !customer.deleted) atClock(world, id, () => deleteCustomer(world, customer.id))
  }
  delete world.agendas[id]
  emit(world, 'test_helpers.test_clock.deleted', KIND, null, clock)
  world.tables[KIND].delete(id)
  return { id, object: KIND, deleted: true }
}

function known(world: World, id: string): ClockRecord {
  const clock = find(world, KIND, id)
  if (clock === undefined) throw missing('test_clock', id)
  return clock
}
