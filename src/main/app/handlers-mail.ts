// The calls about mail, each mapped to its use case.
import type { mailCalls } from '../../preload/calls-mail.ts'
import type { HandlersOf } from './handler-type.ts'
import { mailState, setMail, switchMailOff, testMail } from './mail-settings.ts'
import { listOutbox, putOutboxAside, retryOutbox } from './outbox.ts'
import { done } from './result.ts'

export const mailHandlers = {
  'mail.get': (deps) => done(mailState(deps)),
  'mail.set': (deps, args) => setMail(deps, args),
  'mail.off': (deps) => switchMailOff(deps),
  'mail.test': (deps, args) => testMail(deps, args),
  'outbox.list': (deps) => done(listOutbox(deps)),
  'outbox.retry': (deps, args) => retryOutbox(deps, args),
  'outbox.putAside': (deps, args) => putOutboxAside(deps, args),
} satisfies HandlersOf<typeof mailCalls>
