// The calls that keep the desk well, each mapped to its use case.
import type { upkeepCalls } from '../../preload/calls-upkeep.ts'
import { diagnostics } from './diagnostics.ts'
import type { HandlersOf } from './handler-type.ts'
import { bringBack, listInbox, putAway } from './inbox.ts'
import { makeBackup, suggestBackup } from './make-backup.ts'
import { done } from './result.ts'
import { setWebhookSecret } from './stripe-key.ts'
import { tryAgain } from './sync-now.ts'

export const upkeepHandlers = {
  'inbox.list': async (deps, args) => done(await listInbox(deps, args)),
  'inbox.putAway': (deps, args) => putAway(deps, args),
  'inbox.bringBack': (deps, args) => bringBack(deps, args),
  'sync.tryAgain': (deps, { subject }) => tryAgain(deps, subject),
  'diagnostics.get': async (deps) => done(await diagnostics(deps)),
  'backup.suggest': (deps) => done(suggestBackup(deps)),
  'backup.make': (deps, args) => makeBackup(deps, args),
  'secret.setWebhook': (deps, { secret }) => setWebhookSecret(deps, secret),
} satisfies HandlersOf<typeof upkeepCalls>
