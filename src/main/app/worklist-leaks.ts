// Money that leaks at doors: who is let in though nothing is paid any more, and who pays and is never seen.
import type { Args, Reply } from '../../preload/contract.ts'
import { type Ms, toIso } from '../domain/time.ts'
import { sumsOf } from '../domain/worklists.ts'
import { listDefinitions } from '../domain/worklists-en.ts'
import { hiddenPeople } from '../store/hidden.ts'
import { mergedPeople } from '../store/people-merge.ts'
import { policyFrom, readSettings } from '../store/settings.ts'
import { lastThrough, logBegins } from '../store/worklist-visits.ts'
import type { ReadDeps } from './deps.ts'
import { voiceOf } from './sentences.ts'
import { whoEnters } from './worklist-entering.ts'
import { idleRow, monthly, whoIsIdle } from './worklist-idle.ts'
import { type Looked, ROWS } from './worklist-people.ts'

export async function leaksList(
  deps: ReadDeps,
  { limit = ROWS }: Args<'worklists.leaks'>,
): Promise<Reply<'worklists.leaks'>> {
  const now = deps.now()
  const policy = policyFrom(readSettings(deps.desk))
  const voice = voiceOf(deps)
  const begins = deps.access === null ? null : logBegins(deps.access, deps.deskId)
  const looked: Looked = { deps, now, policy, voice, seen: lastSeen(deps), begins, hidden: hiddenPeople(deps.desk) }
  const entering = await whoEnters(looked)
  const idle = whoIsIdle(looked)
  const perMonthOf = monthly(deps, idle.shown, policy.zone)
  return {
    asOf: toIso(now),
    entering: {
      total: entering.rows.length,
      hidden: entering.hidden,
      rows: entering.rows.slice(0, limit),
      definition: listDefinitions.entering,
    },
    idle: {
      total: idle.shown.length,
      hidden: idle.hidden,
      perMonth: sumsOf([...perMonthOf.values()]),
      notYet: idle.notYet,
      rows: idle.shown.slice(0, limit).map((one) => idleRow(looked, one, perMonthOf.get(one.membershipId) ?? null)),
      definition: listDefinitions.idle,
    },
  }
}

/** When each person was last let through, by the ids that they have now. */
function lastSeen({ access, desk }: ReadDeps): Map<string, Ms> {
  const seen = new Map(access === null ? [] : lastThrough(access))
  for (const [id, person] of mergedPeople(desk)) {
    const at = seen.get(id)
    if (at !== undefined) seen.set(person, Math.max(at, seen.get(person) ?? 0))
  }
  return seen
}
