// Money that leaks at doors: who is let in though nothing is paid any more, and who pays and is never seen.
import type { Args, Reply } from '../../preload/contract.ts'
import { toIso } from '../domain/time.ts'
import { sumsOf } from '../domain/worklists.ts'
import { listDefinitions } from '../domain/worklists-en.ts'
import { hiddenPeople } from '../store/hidden.ts'
import { policyFrom, readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { seenAtDoors } from './seen-at-doors.ts'
import { voiceOf } from './sentences.ts'
import { whoEnters } from './worklist-entering.ts'
import { idleRow, whoIsIdle } from './worklist-idle.ts'
import { type Looked, ROWS } from './worklist-people.ts'

export async function leaksList(
  deps: ReadDeps,
  { limit = ROWS }: Args<'worklists.leaks'>,
): Promise<Reply<'worklists.leaks'>> {
  const now = deps.now()
  const policy = policyFrom(readSettings(deps.desk))
  const voice = voiceOf(deps)
  const atDoors = seenAtDoors.of(deps)
  const looked: Looked = { deps, now, policy, voice, hidden: hiddenPeople(deps.desk) }
  const entering = await whoEnters(atDoors, looked)
  const idle = whoIsIdle(atDoors, looked)
  return {
    asOf: toIso(atDoors.at),
    entering: {
      total: entering.rows.length,
      hidden: entering.hidden,
      rows: entering.rows.slice(0, limit),
      definition: listDefinitions.entering,
    },
    idle: {
      total: idle.shown.length,
      hidden: idle.hidden,
      perMonth: sumsOf(idle.shown.map(({ perMonth }) => perMonth)),
      notYet: idle.notYet,
      rows: idle.shown.slice(0, limit).map((one) => idleRow(atDoors, looked, one)),
      definition: listDefinitions.idle,
    },
  }
}
