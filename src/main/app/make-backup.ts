// A backup from a button or the command line, while the desk runs or not.
import type { Args, Reply } from '../../preload/contract.ts'
import { toIso } from '../domain/time.ts'
import { writeBackup } from '../store/backup.ts'
import { OpenRefused } from '../store/refused.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { wholePath } from './whole-path.ts'

/** Beside the data, named for the present minute (UTC). */
export function suggestBackup({ live, now }: DeskDeps): Reply<'backup.suggest'> {
  const minute = toIso(now()).slice(0, 16).replace(/[T:]/g, '-')
  return { file: `${live.computer().folder}/latchkey-${minute}.backup` }
}

/** `file` is a path on the desk's computer, from its root. */
export async function makeBackup(deps: ReadDeps, { file }: Args<'backup.make'>): Promise<Result<Reply<'backup.make'>>> {
  const path = wholePath(file)
  if (!path.ok) return path
  try {
    const { desk, access, version } = deps
    const made = await writeBackup({ desk, access }, file, { at: deps.now(), version })
    const { live } = deps
    if (live !== null)
      live.db
        .transaction(() => recordAction({ ...deps, live }, 'backup-made', 'space', { bytes: made.bytes }))
        .immediate()
    return done(made)
  } catch (error) {
    if (error instanceof OpenRefused) return refuse('wrong-state', error.message)
    throw error
  }
}
