// The calls about what doors do while Stripe cannot be read, each mapped to its use case.
import type { outageCalls } from '../../preload/calls-outage.ts'
import type { HandlersOf } from './handler-type.ts'
import { endOutageExtension, extendOutage, setAllowance } from './outage-extend.ts'
import { forecastOutage } from './outage-forecast.ts'
import { done } from './result.ts'

export const outageHandlers = {
  'outage.forecast': async (deps) => done(await forecastOutage(deps)),
  'outage.extend': (deps, args) => extendOutage(deps, args),
  'outage.endExtension': (deps, args) => endOutageExtension(deps, args),
  'doors.setAllowance': (deps, args) => setAllowance(deps, args),
} satisfies HandlersOf<typeof outageCalls>
