// One connection to the desk, whatever carries it: parses each call, checks its permission, runs its handler, sends pushes.
import type { z } from 'zod'
import { PERMISSIONS, type Permission } from '../../preload/call-shape.ts'
import { type CallName, calls } from '../../preload/contract.ts'
import { type CallEnvelope, type DeskMessage, PROTOCOL } from '../../preload/wire.ts'
import type { ReadDeps } from '../app/deps.ts'
import { handlers } from '../app/handlers.ts'
import { type Result, refuse } from '../app/result.ts'
import { untilLogged } from '../app/until-logged.ts'
import type { Desk } from '../desk-types.ts'

/** Who is at the other end. Until operators with roles exist, everyone who is signed in is the owner. */
export type Caller = { operator: string; permissions: ReadonlySet<Permission> }

export function owner(): Caller {
  return { operator: 'owner', permissions: new Set(PERMISSIONS) }
}

export type Session = { receive(raw: unknown): void; close(): void }

type Handler = (deps: ReadDeps, args: unknown) => Result<unknown> | Promise<Result<unknown>>

/** Answers one call; never throws. `log` hears of what broke, the caller only that something did. */
export async function answerCall(
  deps: ReadDeps,
  caller: Caller,
  name: string,
  args: unknown,
  log: (line: string, error?: unknown) => void,
): Promise<Result<unknown>> {
  if (!Object.hasOwn(calls, name))
    return refuse('bad-request', `There is nothing called "${name}" here: reload the page.`)
  const call = calls[name as CallName]
  if (!caller.permissions.has(call.permission)) return refuse('not-allowed', 'You may not do this: ask a manager.')
  const parsed = call.args.safeParse(args ?? {})
  if (!parsed.success) return refuse('bad-request', faultIn(name, parsed.error.issues[0]))
  if (!call.reads && deps.live === null) {
    return refuse('not-running', 'Latchkey is not running on this data folder: start it with `latchkey serve` first.')
  }
  try {
    if ('aside' in call && deps.live !== null) return await deps.live.aside(name as CallName, parsed.data)
    const logged = untilLogged(deps)
    if (logged !== null) await logged
    return await (handlers[name as CallName] as Handler)(deps, parsed.data)
  } catch (error) {
    log(`Answering ${name}`, error)
    return refuse(
      'broken',
      'Something in Latchkey broke while doing this. Nothing else is affected; the log says more.',
    )
  }
}

/** A text that is too long is a person's; any other shape is the doing of a page or a program. */
function faultIn(name: string, issue: z.core.$ZodIssue | undefined): string {
  const where = issue?.path.join('.') || name
  if (issue?.code === 'too_big' && issue.origin === 'string')
    return `What was written for "${where}" is too long: ${issue.maximum} characters at most.`
  return `This could not be understood (${where}: ${issue?.message ?? 'wrong shape'}).`
}

export function openSession(
  desk: Desk,
  caller: Caller,
  send: (message: DeskMessage) => void,
  log: (line: string, error?: unknown) => void,
): Session {
  send({ kind: 'hello', protocol: PROTOCOL, version: desk.deps.version })
  const stop = desk.onPush((name, value) => send({ kind: 'push', name, value }))
  return {
    receive(raw) {
      const envelope = raw as Partial<CallEnvelope> | null
      if (typeof envelope?.id !== 'number' || typeof envelope.name !== 'string') return
      const { id, name, args } = envelope
      void answerCall(desk.deps, caller, name, args, log).then((outcome) => send({ kind: 'reply', id, ...outcome }))
    },
    close: stop,
  }
}
