// How everything is that the desk leans on, line by line: well, or what to do about it.
import type { Reply } from '../../preload/contract.ts'
import type { DiagnosticLine } from '../../preload/shapes-inbox.ts'
import { diagnosticWords as words } from '../domain/diagnostics-en.ts'
import { sayMoment, type Voice } from '../domain/say.ts'
import { DAY, SECOND, toIso } from '../domain/time.ts'
import { lastActionAt } from '../store/actions.ts'
import { readSettings } from '../store/settings.ts'
import type { DeskDeps } from './deps.ts'
import { type Line, line } from './diagnostic-line.ts'
import { askedPermissions, keyLine, permissionLines, syncLines, webhookLine } from './diagnostics-stripe.ts'
import { doorStates } from './manage-doors.ts'
import { listReaders } from './manage-readers.ts'
import { voiceOf } from './sentences.ts'

export async function diagnostics(deps: DeskDeps): Promise<Reply<'diagnostics.get'>> {
  const voice = voiceOf(deps)
  const asked = await askedPermissions(deps)
  const groups: [DiagnosticLine['group'], readonly Line[]][] = [
    ['stripe', [keyLine(deps, asked), ...permissionLines(deps, asked), webhookLine(deps, voice)]],
    ['sync', syncLines(deps, voice)],
    ['computer', computerLines(deps, voice)],
    ['readers', readerLines(deps)],
    ['doors', doorLines(deps, voice)],
  ]
  return {
    at: toIso(deps.now()),
    lines: groups.flatMap(([group, lines]) => lines.map((one) => ({ group, ...one }))),
  }
}

const LITTLE = 1_000_000_000
const TOO_LITTLE = 100_000_000

function computerLines(deps: DeskDeps, voice: Voice): Line[] {
  const { version, live } = deps
  const { disk, clock } = words
  const { free, used } = live.computer()
  const ahead = live.sync.stripe()?.observed().clockAhead ?? null
  const seconds = ahead === null ? 0 : Math.round(ahead / SECOND)
  const state = free > LITTLE ? 'good' : free > TOO_LITTLE ? 'look' : 'bad'
  return [
    line('disk', disk.label, state, disk.free(bytes(free), bytes(used)), state === 'good' ? null : disk.todo),
    backupLine(deps, voice),
    ahead === null
      ? line('clock', clock.label, 'unknown', clock.unknown)
      : Math.abs(seconds) < 30
        ? line('clock', clock.label, 'good', clock.good)
        : line('clock', clock.label, Math.abs(seconds) < 300 ? 'look' : 'bad', clock.off(seconds), clock.todo),
    zoneLine(deps),
    line('version', words.version.label, 'good', words.version.is(version)),
  ]
}

/** To check the databases takes seconds in a large space, and each backup does: so its age is told, not done here. */
function backupLine({ desk, deskId, now }: DeskDeps, voice: Voice): Line {
  const { label, never, at, todo } = words.backup
  const last = lastActionAt(desk, deskId, 'backup-made')
  if (last === null) return line('backup', label, 'look', never, todo)
  const old = now() - last > 31 * DAY
  return line('backup', label, old ? 'look' : 'good', at(sayMoment(last, voice)), old ? todo : null)
}

function zoneLine({ desk, live }: DeskDeps): Line {
  const { label, is, differs, todo } = words.zone
  const { timeZone } = readSettings(desk)
  const here = live.computer().zone
  return here === timeZone
    ? line('zone', label, 'good', is(timeZone))
    : line('zone', label, 'look', differs(timeZone, here), todo)
}

function readerLines(deps: DeskDeps): Line[] {
  const { none, todoNone, ready, starting, todo } = words.reader
  const readers = listReaders(deps)
  if (readers.length === 0) return [line('reader', none, 'look', '', todoNone)]
  return readers.map(({ id, port, state, sentence }) => {
    if (state === 'ready') return line(`reader-${id}`, port, 'good', ready)
    if (sentence === null) return line(`reader-${id}`, port, 'unknown', starting)
    return line(`reader-${id}`, port, 'bad', sentence, todo)
  })
}

function doorLines(deps: DeskDeps, voice: Voice): Line[] {
  const { none, todoNone, online, silent, never, todo } = words.door
  const doors = doorStates(deps)
  if (doors.length === 0) return [line('door', none, 'look', '', todoNone)]
  return doors.map((door) => {
    if (door.online) return line(`door-${door.id}`, door.name, 'good', online)
    const says = door.lastSeenAt === null ? never : silent(sayMoment(Date.parse(door.lastSeenAt), voice))
    return line(`door-${door.id}`, door.name, 'bad', says, todo)
  })
}

function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3))
  return `${(count / 1_000 ** step).toFixed(step > 2 ? 1 : 0)} ${units[step]}`
}
