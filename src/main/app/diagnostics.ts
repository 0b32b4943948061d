// How everything is that the desk leans on, line by line: well, or what to do about it.
import type { Reply } from '../../preload/contract.ts'
import type { DiagnosticLine } from '../../preload/shapes-inbox.ts'
import { diagnosticWords as words } from '../domain/diagnostics-en.ts'
import { sayMoment, type Voice } from '../domain/say.ts'
import { DAY, MINUTE, type Ms, SECOND, toIso } from '../domain/time.ts'
import { countDead } from '../store/billing-dirty.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import type { DeskDeps } from './deps.ts'
import { doorStates } from './manage-doors.ts'
import { listReaders } from './manage-readers.ts'
import { voiceOf } from './sentences.ts'

type Line = Omit<DiagnosticLine, 'group'>

export async function diagnostics(deps: DeskDeps): Promise<Reply<'diagnostics.get'>> {
  const voice = voiceOf(deps)
  const groups: [DiagnosticLine['group'], readonly Line[]][] = [
    ['stripe', [keyLine(deps), ...(await permissionLines(deps)), webhookLine(deps, voice)]],
    ['sync', syncLines(deps, voice)],
    ['computer', computerLines(deps)],
    ['readers', readerLines(deps)],
    ['doors', doorLines(deps, voice)],
  ]
  return {
    at: toIso(deps.now()),
    lines: groups.flatMap(([group, lines]) => lines.map((line) => ({ group, ...line }))),
  }
}

function line(id: string, label: string, state: Line['state'], says: string, todo: string | null = null): Line {
  return { id, label, state, says, todo }
}

function keyLine({ live }: DeskDeps): Line {
  const { source, mode } = live.secrets.state()
  const { label, none, addKey, is, sources } = words.key
  return source === 'none' || mode === null
    ? line('key', label, 'bad', none, addKey)
    : line('key', label, 'good', is(mode, sources[source]))
}

async function permissionLines({ live }: DeskDeps): Promise<Line[]> {
  const stripe = live.sync.stripe()
  if (stripe === null) return []
  const { label, yes, todo, optional, names } = words.may
  return (await stripe.permissions()).map(({ what, may, says }) => {
    const needed = what !== 'dispute' && what !== 'account'
    if (may) return line(`may-${what}`, label(names[what]), 'good', yes)
    return line(
      `may-${what}`,
      label(names[what]),
      needed ? 'bad' : 'look',
      says ?? '',
      what === 'dispute' ? optional : todo,
    )
  })
}

function webhookLine({ live }: DeskDeps, voice: Voice): Line {
  const { on, received, refused, lastAt } = live.webhooks.figures()
  const { label, off, on: is, refused: were, todo } = words.webhook
  if (refused > 0) return line('webhook', label, 'look', were(refused), todo)
  return line('webhook', label, 'good', on && lastAt !== null ? is(received, sayMoment(lastAt, voice)) : off)
}

function syncLines({ desk, live, now }: DeskDeps, voice: Voice): Line[] {
  const { lastCompleteAt, drift, invoicesAt } = readSyncState(desk)
  const { sync, compared, dead, limits } = words
  const age = lastCompleteAt === undefined ? null : now() - lastCompleteAt
  const given = countDead(desk)
  const met = live.sync.stripe()?.observed().refused ?? 0
  const { error } = live.sync.report()
  return [
    lastCompleteAt === undefined
      ? line('sync', sync.label, 'unknown', error ?? sync.never)
      : line(
          'sync',
          sync.label,
          age !== null && age < 5 * MINUTE ? 'good' : 'bad',
          sync.at(sayMoment(lastCompleteAt, voice)),
          age !== null && age < 5 * MINUTE ? null : (error ?? sync.todo),
        ),
    invoicesAt === undefined
      ? line('compared', compared.label, 'unknown', compared.never)
      : (drift ?? 0) === 0
        ? line(
            'compared',
            compared.label,
            now() - invoicesAt < 3 * DAY ? 'good' : 'look',
            compared.good(sayMoment(invoicesAt, voice)),
          )
        : line(
            'compared',
            compared.label,
            'look',
            compared.drift(drift ?? 0, sayMoment(invoicesAt, voice)),
            compared.todo,
          ),
    given === 0
      ? line('dead', dead.label, 'good', dead.none)
      : line('dead', dead.label, 'bad', dead.some(given), dead.todo),
    met === 0
      ? line('limits', limits.label, 'good', limits.none)
      : line('limits', limits.label, 'look', limits.met(met), limits.todo),
  ]
}

const LITTLE = 1_000_000_000
const TOO_LITTLE = 100_000_000

function computerLines({ version, live }: DeskDeps): Line[] {
  const { disk, clock, zone } = words
  const { free, used } = live.computer()
  const ahead = live.sync.stripe()?.observed().clockAhead ?? null
  const seconds = ahead === null ? 0 : Math.round(ahead / SECOND)
  const state = free > LITTLE ? 'good' : free > TOO_LITTLE ? 'look' : 'bad'
  return [
    line('disk', disk.label, state, disk.free(bytes(free), bytes(used)), state === 'good' ? null : disk.todo),
    ahead === null
      ? line('clock', clock.label, 'unknown', clock.unknown)
      : Math.abs(seconds) < 30
        ? line('clock', clock.label, 'good', clock.good)
        : line('clock', clock.label, Math.abs(seconds) < 300 ? 'look' : 'bad', clock.off(seconds), clock.todo),
    line('zone', zone.label, 'good', zone.is(live.computer().zone)),
    line('version', words.version.label, 'good', words.version.is(version)),
  ]
}

function readerLines(deps: DeskDeps): Line[] {
  const { none, todoNone, ready } = words.reader
  const readers = listReaders(deps)
  if (readers.length === 0) return [line('reader', none, 'look', '', todoNone)]
  return readers.map(({ id, port, state, sentence }) =>
    line(`reader-${id}`, port, state === 'ready' ? 'good' : 'bad', state === 'ready' ? ready : (sentence ?? state)),
  )
}

function doorLines(deps: DeskDeps, voice: Voice): Line[] {
  const { none, todoNone, online, silent, never, todo } = words.door
  const doors = doorStates(deps)
  if (doors.length === 0) return [line('door', none, 'look', '', todoNone)]
  return doors.map((door) => {
    if (door.online) return line(`door-${door.id}`, door.name, 'good', online)
    const seen: Ms | null = door.lastSeenAt === null ? null : Date.parse(door.lastSeenAt)
    return line(`door-${door.id}`, door.name, 'bad', seen === null ? never : silent(sayMoment(seen, voice)), todo)
  })
}

function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3))
  return `${(count / 1_000 ** step).toFixed(step > 2 ? 1 : 0)} ${units[step]}`
}
