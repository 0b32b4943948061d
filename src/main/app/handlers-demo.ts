// The demo's own calls, each mapped to its use case.
import { advanceClock, cutDoor, demoDoors, demoSwipe, payAtReader, presentCard, tellAtDoor } from './demo.ts'
import type { Handlers } from './handler-type.ts'

export const demoHandlers = {
  'demo.clock': (deps, { by }) => advanceClock(deps, by),
  'demo.swipe': (deps, { door, card }) => demoSwipe(deps, door, card),
  'demo.doors': (deps) => demoDoors(deps),
  'demo.cutDoor': (deps, { door, cut }) => cutDoor(deps, door, cut),
  'demo.tell': (deps, { door, kind }) => tellAtDoor(deps, door, kind),
  'demo.present': (deps, { card }) => presentCard(deps, card),
  'demo.pay': (deps, { card }) => payAtReader(deps, card ?? 'visa'),
} satisfies Partial<Handlers>
