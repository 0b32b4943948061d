// What a decision reads of a person who stands, with a card in order, before a door that every plan opens.
import { type DecisionInput, opening, PLAIN } from '../domain/decide.ts'
import type { Entitlement } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import { freshSince } from '../store/billing-inbox.ts'
import { barAt, EVERY_DOOR, keysOf } from '../store/door-orders.ts'
import { policyFrom, readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { permissionsOf } from './permissions.ts'

export function atAnyDoor(deps: ReadDeps, id: string, entitlements: readonly Entitlement[], now: Ms): DecisionInput {
  const word = permissionsOf(deps, id, now).find(({ doorId, uses }) => doorId === null && uses === null)
  return {
    ...PLAIN,
    now,
    policy: policyFrom(readSettings(deps.desk)),
    doorAllowance: null,
    card: 'active',
    memberships: entitlements.map(opening),
    freshSince: freshSince(deps.desk, id),
    override: word === undefined ? null : { ...word, event: null, counted: false },
    barred: barAt(deps.desk, id, now) !== null,
    keyholder: keysOf(deps.desk, id).includes(EVERY_DOOR),
  }
}
