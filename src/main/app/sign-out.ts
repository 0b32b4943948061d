// Every browser is signed out at once, such as after a computer was lost.
import type { Reply } from '../../preload/contract.ts'
import { deleteUiSessions } from '../store/ui-sessions.ts'
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result } from './result.ts'

export function signOut(deps: DeskDeps): Result<Reply<'desk.signOut'>> {
  const { db, signIns } = deps.live
  db.transaction(() => {
    deleteUiSessions(db)
    recordAction(deps, 'signed-out', 'space')
  }).immediate()
  signIns.endAll()
  return done({ ok: true })
}
