// Keeps the stores in step with the desk: everything anew after each connection, then whatever it pushes.
import type { CallName } from '../../preload/contract.ts'
import type { DeskLink } from '../../preload/wire.ts'
import { followDoctor } from './card-doctor.ts'
import { holdCardWait, resumeCardWait } from './card-wait.ts'
import { addToFeed, loadFeed } from './feed.ts'
import { holdLamps } from './lamps.ts'
import { loadPhotos } from './photos.ts'
import { holdReaderSearch } from './reader-search.ts'
import { renew } from './readings.ts'
import { followWhatIf } from './what-if.ts'

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
  'cards.examine',
  'cards.history',
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
  'feed.lostCards',
  'events.list',
  'outbox.list',
  'mail.get',
  'signUps.list',
  'signUps.get',
  'signUps.plans',
  'payments.owed',
  'payments.get',
  'cash.status',
  'cash.ofMember',
  'changes.meaning',
  'members.disputes',
  'plans.sale',
  'allowances.list',
  'details.asked',
  'details.isMinor',
  'members.details',
  'members.waiver',
  'waiver.get',
  'report.lapsed',
  'report.rows',
  'report.mail',
  'numbers.membership',
  'worklists.weekend',
  'worklists.leaks',
  'worklists.expiring',
]

export function follow(link: DeskLink): void {
  const people = gathered(() => {
    renew(...ABOUT_PEOPLE)
    void loadPhotos()
  })
  const visits = gathered(() => renew('feed.today', 'members.get'))
  const things = gathered(() =>
    renew('readers.list', 'doors.list', 'doors.alarms', 'secret.state', 'demo.doors', 'outbox.list', 'report.mail'),
  )
  let phase: string | null = null
  let quarter: number | null = null

  link.onLink((state) => {
    if (state !== 'open') return
    void link.call('desk.lamps', {}).then((outcome) => outcome.ok && holdLamps(outcome.value))
    void loadFeed()
    void loadPhotos()
    void resumeCardWait()
    renew()
  })
  link.on('lamps', (lamps) => {
    holdLamps(lamps)
    things()
    // Counts and to-dos are only whole once Stripe has been read.
    if (lamps.sync.phase === 'idle' && phase !== 'idle' && phase !== null) people()
    // Where Stripe cannot be reached a sign-up can go on without it.
    if (lamps.sync.phase === 'offline' && phase !== 'offline') renew('signUps.get')
    // In which currency most people pay is known only now.
    if (phase === 'first-load' && lamps.sync.phase !== 'first-load') renew('desk.get')
    phase = lamps.sync.phase
    // Days end, grace runs out and numbers of unknown cards are dropped without anybody saying so.
    const present = Math.floor(Date.parse(lamps.now) / QUARTER_MS)
    if (quarter !== null && present !== quarter) {
      people()
      visits()
      void loadFeed()
    }
    quarter = present
  })
  link.on('feed', (row) => {
    addToFeed(row)
    if (row.compare) renew('feed.lostCards')
    visits()
    if (row.event !== null) things()
  })
  link.on('cardWait', holdCardWait)
  link.on('readerSearch', holdReaderSearch)
  followDoctor(link)
  followWhatIf(link)
  link.on('members', people)
  link.on('settings', () => renew())
  link.on('payments', () =>
    renew(
      'payments.owed',
      'payments.get',
      'refunds.payments',
      'giftCards.list',
      'signUps.readers',
      'report.lapsed',
      'report.rows',
      'worklists.weekend',
      'worklists.recovered',
    ),
  )
  link.on('signUps', () => renew('signUps.list', 'signUps.get', 'signUps.readers', 'payReaders.list', 'desk.todo'))
  link.on('cash', () => renew('cash.status', 'cash.shifts', 'cash.ofMember', 'desk.todo'))
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
