// The demo's side gate: a board of another make that some program before us has filled, to try a take-over on.
import { createSocket } from 'node:dgram'
import { startUhppoteBoard, type UhppoteBoard } from '../../../hardware/sim/uhppote-board.ts'
import type { Reply } from '../../preload/contract.ts'
import { writtenForms } from '../domain/card-identity.ts'
import type { DoorEventKind } from '../domain/door-events.ts'
import { askDesk, type DemoDeps, type DemoDoor, seesNothing } from './demo-door.ts'

export const GATE = { id: 'gate', name: 'Side gate' }
const SERIAL = 405_419_896
/** Cards of people who are long gone. */
const STRANGERS = [4_511_023, 4_512_377, 7_033_910]

type Rows = Reply<'members.list'>['rows']

export async function startDemoBoard({ call, now, fresh }: DemoDeps): Promise<DemoDoor> {
  const clock = new Date(now()).toISOString().slice(0, 19)
  const board = await startUhppoteBoard({ serial: SERIAL, now, clock })
  const members = await call('members.list', {})
  if (members.ok) fill(board, members.value.rows, clock)
  const address = `127.0.0.1:${board.port}`
  const listener = await freePort()
  await (fresh
    ? call('doors.add', { ...GATE, driver: 'uhppote', address, serial: SERIAL, listener })
    : call('doors.setDevice', { id: GATE.id, address, listener }))
  /** How many events it had when its cable was pulled. */
  let cutAt: number | null = null
  const sensors: Partial<Record<DoorEventKind, () => void>> = {
    forced: () => board.force(1),
    'open-too-long': () => board.leaveOpen(1),
    closed: () => board.closeDoor(1),
    'power-on': () => board.restart(),
  }
  return {
    name: GATE.name,
    holdsList: true,
    async swipe(card) {
      const number = writtenForms(card).uhppote
      if (number === undefined) return { why: 'its reader does not know such a card' }
      const show = () => board.swipe(Number(number), 1)
      if (!board.asksHost()) {
        const grant = show() === 'opened'
        return { grant, reason: grant ? 'ok' : 'unknown-card', receipt: null, offline: true }
      }
      const reason = await askDesk(call, GATE.id, show)
      return reason === null
        ? { why: 'nobody answered' }
        : { grant: reason.startsWith('ok'), reason, receipt: null, offline: false }
    },
    async cut(pulled) {
      cutAt = pulled ? board.events.length : null
      board.lose(pulled ? 1 : 0, pulled ? 1 : 0)
    },
    isCut: () => cutAt !== null,
    waiting: () => (cutAt === null ? 0 : board.events.length - cutAt),
    async tell(kind) {
      const see = sensors[kind]
      see?.()
      return see === undefined ? seesNothing : null
    },
    close: () => board.close(),
  }
}

/** The usual port for hearing of swipes may be that of another demo. */
function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address()
      socket.close(() => resolve(port))
    })
  })
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
