// One row in the log of actions, for whatever an operator changed.
import type { ActionKind } from '../domain/timeline-en.ts'
import { appendAction } from '../store/actions.ts'
import type { DeskDeps } from './deps.ts'

/** To be called inside the transaction that makes the change. */
export function recordAction(
  deps: DeskDeps,
  kind: ActionKind,
  subject: string,
  detail: Record<string, unknown> = {},
): void {
  appendAction(deps.live.db, deps.deskId, { at: deps.now(), operator: deps.live.operator, kind, subject, detail })
}
