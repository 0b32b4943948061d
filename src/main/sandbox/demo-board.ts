// The demo's side gate: a board of another make that some program before us has filled, to try a take-over on.
import { startUhppoteBoard, type UhppoteBoard } from '../../../hardware/sim/uhppote-board.ts'
import type { Reply } from '../../preload/contract.ts'
import { writtenForms } from '../domain/card-identity.ts'
import type { Call } from './demo-access.ts'

export const GATE = { id: 'gate', name: 'Side gate' }
const SERIAL = 405_419_896
/** Cards of people who are long gone. */
const STRANGERS = [4_511_023, 4_512_377, 7_033_910]
const ANSWERS_WITHIN = 2_000
const LOOK_EVERY = 20

type Rows = Reply<'members.list'>['rows']

export type DemoBoard = {
  /** Shows a card at its first door. */
  swipe(call: Call, card: string): Promise<{ grant: boolean; reason: string; offline: boolean } | { why: string }>
  /** Somebody pulls at it. */
  force(): void
  /** As if its cable were pulled, until false. */
  cut(cut: boolean): void
  isCut(): boolean
  close(): Promise<void>
}

/** `fresh`: its door is added as well; else it is only told where the board is now. */
export async function startDemoBoard(call: Call, now: () => number, fresh: boolean): Promise<DemoBoard> {
  const clock = new Date(now()).toISOString().slice(0, 19)
  const board = await startUhppoteBoard({ serial: SERIAL, now, clock })
  const members = await call('members.list', {})
  if (members.ok) fill(board, members.value.rows, clock)
  const address = `127.0.0.1:${board.port}`
  await (fresh
    ? call('doors.add', { ...GATE, driver: 'uhppote', address, serial: SERIAL })
    : call('doors.setDevice', { id: GATE.id, address }))
  let cut = false
  return {
    async swipe(callNow, card) {
      const number = writtenForms(card).uhppote
      if (number === undefined) return { why: 'its reader does not know such a card' }
      const before = await newestSwipe(callNow)
      const swiped = board.swipe(Number(number), 1)
      if (swiped !== 'asked')
        return { grant: swiped === 'opened', reason: swiped === 'opened' ? 'ok' : 'unknown-card', offline: true }
      const reason = await reasonAfter(callNow, before)
      return reason === null ? { why: 'nobody answered' } : { grant: reason.startsWith('ok'), reason, offline: false }
    },
    cut(pulled) {
      cut = pulled
      board.lose(pulled ? 1 : 0, pulled ? 1 : 0)
    },
    force: () => board.openDoor(1),
    isCut: () => cut,
    close: () => board.close(),
  }
}

/** As its former program left it: most members, and some who are none. */
function fill(board: UhppoteBoard, rows: Rows, today: string): void {
  const numbers = rows.flatMap(({ credentials }, index) =>
    index % 5 === 4 ? [] : credentials.map((card) => Number(writtenForms(card).uhppote)),
  )
  const until = `${Number(today.slice(0, 4)) + 2}-12-31`
  for (const number of [...numbers, ...STRANGERS])
    board.hold({ number, from: '2020-01-01', to: until, doors: [1, 0, 0, 0], pin: 0 })
}

async function newestSwipe(call: Call): Promise<number> {
  const rows = await call('feed.recent', { limit: 20 })
  return (rows.ok ? rows.value : []).find(({ door, event }) => door.id === GATE.id && event === null)?.seq ?? 0
}

/** What the desk made of the swipe that it was just asked about. */
async function reasonAfter(call: Call, before: number): Promise<string | null> {
  for (let waited = 0; waited < ANSWERS_WITHIN; waited += LOOK_EVERY) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
    const seq = await newestSwipe(call)
    if (seq <= before) continue
    const why = await call('feed.why', { seq })
    return why.ok ? why.value.reason : null
  }
  return null
}
