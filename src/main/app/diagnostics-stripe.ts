// Diagnostics of what goes on with Stripe: key, permissions, webhooks, sync.
import { diagnosticWords as words } from '../domain/diagnostics-en.ts'
import { sayMoment, type Voice } from '../domain/say.ts'
import { DAY, MINUTE } from '../domain/time.ts'
import { countDead } from '../store/billing-dirty.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { OPTIONAL_KINDS } from '../stripe/kinds.ts'
import type { Permission } from '../stripe/port.ts'
import type { DeskDeps } from './deps.ts'
import { type Line, line } from './diagnostic-line.ts'

/** Asks Stripe, unless it is known not to answer: each question would wait in vain. Null where nobody was asked. */
export async function askedPermissions({ live }: DeskDeps): Promise<Permission[] | null> {
  return live.sync.report().phase === 'offline' ? null : ((await live.sync.stripe()?.permissions()) ?? null)
}

/** What a key may not read and everything else still works without. */
const isOptional = (what: Permission['what']): what is keyof typeof words.may.optional =>
  what === 'account' || (what !== 'event' && OPTIONAL_KINDS.has(what))

/** The key as a whole: that one is stored says nothing of what it is good for. */
export function keyLine({ live }: DeskDeps, asked: readonly Permission[] | null): Line {
  const { source, mode } = live.secrets.state()
  const { label, none, addKey, is, sources, notAccepted, replace, lacks } = words.key
  if (source === 'none' || mode === null) return line('key', label, 'bad', none, addKey)
  const says = is(mode, sources[source])
  if (asked === null || asked.every(({ may }) => may === null)) return line('key', label, 'unknown', says)
  if (asked.every(({ may }) => may === false)) return line('key', label, 'bad', `${says} ${notAccepted}`, replace)
  const missing = asked.filter(({ what, may }) => may === false && !isOptional(what))
  if (missing.length === 0) return line('key', label, 'good', says)
  const names = missing.map(({ what }) => words.may.names[what])
  return line('key', label, 'bad', `${says} ${lacks(names)}`, words.may.todo)
}

export function permissionLines({ live }: DeskDeps, asked: readonly Permission[] | null): Line[] {
  const { label, all, away, yes, todo, optional, names } = words.may
  if (asked === null) return live.sync.stripe() === null ? [] : [line('may', all, 'unknown', away)]
  return asked.map(({ what, may, says }) => {
    const [id, name] = [`may-${what}`, label(names[what])]
    if (may === true) return line(id, name, 'good', yes)
    if (may === null) return line(id, name, 'unknown', says ?? '')
    if (isOptional(what)) return line(id, name, 'look', says ?? '', optional[what])
    return line(id, name, 'bad', says ?? '', todo)
  })
}

export function webhookLine({ live }: DeskDeps, voice: Voice): Line {
  const { listening, secret, received, refused, lastAt } = live.webhooks.figures()
  const { label, off, noSecret, addSecret, none, on, refused: were, todo } = words.webhook
  if (!listening) return line('webhook', label, 'good', off)
  if (!secret) return line('webhook', label, 'bad', noSecret, addSecret)
  const is = lastAt === null ? none : on(received, sayMoment(lastAt, voice))
  return refused > 0
    ? line('webhook', label, 'look', `${is} ${were(refused)}`, todo)
    : line('webhook', label, 'good', is)
}

export function syncLines(deps: DeskDeps, voice: Voice): Line[] {
  const { dead, limits } = words
  const given = countDead(deps.desk)
  const met = deps.live.sync.stripe()?.observed().refused ?? 0
  return [
    lastSync(deps, voice),
    lastCompared(deps, voice),
    given === 0
      ? line('dead', dead.label, 'good', dead.none)
      : line('dead', dead.label, 'bad', dead.some(given), dead.todo),
    met === 0
      ? line('limits', limits.label, 'good', limits.none)
      : line('limits', limits.label, 'look', limits.met(met), limits.todo),
  ]
}

function lastSync({ desk, live, now }: DeskDeps, voice: Voice): Line {
  const { label, never, at, gap, wait, todo } = words.sync
  const { lastCompleteAt } = readSyncState(desk)
  const { error, gapDays } = live.sync.report()
  if (lastCompleteAt === undefined) return line('sync', label, error === null ? 'unknown' : 'bad', never, error)
  const says = at(sayMoment(lastCompleteAt, voice))
  if (gapDays !== null) return line('sync', label, 'look', `${says} ${gap(gapDays)}`, wait)
  if (now() - lastCompleteAt < 5 * MINUTE) return line('sync', label, 'good', says)
  return line('sync', label, 'bad', says, error ?? todo)
}

function lastCompared({ desk, now }: DeskDeps, voice: Voice): Line {
  const { label, never, good, everything, drift: differed, todo, late } = words.compared
  const { drift = 0, invoicesAt, fullAt } = readSyncState(desk)
  if (invoicesAt === undefined) return line('compared', label, 'unknown', never)
  const when = sayMoment(invoicesAt, voice)
  const full = fullAt === undefined ? '' : ` ${everything(sayMoment(fullAt, voice))}`
  if (drift > 0) return line('compared', label, 'look', `${differed(drift, when)}${full}`, todo)
  const old = now() - invoicesAt > 3 * DAY
  return line('compared', label, old ? 'look' : 'good', `${good(when)}${full}`, old ? late : null)
}
