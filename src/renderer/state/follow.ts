// Keeps the stores in step with the desk: everything anew after each connection, then whatever it pushes.
import type { CallName } from '../../preload/contract.ts'
import type { DeskLink } from '../../preload/wire.ts'
import { holdEnrolment, resumeEnrolment } from './enrol.ts'
import { addToFeed, loadFeed } from './feed.ts'
import { holdLamps } from './lamps.ts'
import { renew } from './readings.ts'

/** Several pushes in a row are one reason to read again. */
const GATHER_MS = 250
const QUARTER_MS = 15 * 60_000
const ABOUT_PEOPLE: CallName[] = [
  'members.list',
  'members.get',
  'desk.status',
  'desk.todo',
  'cards.list',
  'cards.find',
  'plans.list',
  'inbox.list',
  'mapping.get',
  'account.get',
  'members.timeline',
  'outage.forecast',
  'hours.list',
  'holidays.get',
  'groups.list',
  'inductions.list',
  'feed.why',
  'feed.today',
  'events.list',
]

export function follow(link: DeskLink): void {
  const people = gathered(() => renew(...ABOUT_PEOPLE))
  const visits = gathered(() => renew('feed.today', 'members.get'))
  const things = gathered(() => renew('readers.list', 'doors.list', 'doors.alarms', 'secret.state', 'demo.doors'))
  let phase: string | null = null
  let quarter: number | null = null

  link.onLink((state) => {
    if (state !== 'open') return
    void link.call('desk.lamps', {}).then((outcome) => outcome.ok && holdLamps(outcome.value))
    void loadFeed()
    void resumeEnrolment()
    renew()
  })
  link.on('lamps', (lamps) => {
    holdLamps(lamps)
    things()
    // Counts and to-dos are only whole once Stripe has been read.
    if (lamps.sync.phase === 'idle' && phase !== 'idle' && phase !== null) people()
    phase = lamps.sync.phase
    // Days end and grace runs out without anybody saying so.
    const present = Math.floor(Date.parse(lamps.now) / QUARTER_MS)
    if (quarter !== null && present !== quarter) {
      people()
      visits()
    }
    quarter = present
  })
  link.on('feed', (row) => {
    addToFeed(row)
    visits()
    if (row.event !== null) things()
  })
  link.on('enrol', holdEnrolment)
  link.on('members', people)
}

function gathered(act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    // Never put off again by the next push: a busy door must not keep the screen from being read.
    if (timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      act()
    }, GATHER_MS)
  }
}
