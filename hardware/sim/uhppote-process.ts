// A simulated UHPPOTE board as a process of its own: one line of JSON for each thing that happens, and lines that steer it.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { CardRecord } from '../controllers/uhppote-frames.ts'
import { startUhppoteBoard, type UhppoteBoard } from './uhppote-board.ts'

const STEERING = 'swipe NUMBER DOOR, exit DOOR, force DOOR, state, quit'

export type BoardProcessOptions = {
  port: number
  serial: number
  /** A file of cards that it holds at first. */
  cards: string | null
  now(): number
  input: Readable
  say(line: string): void
  complain(sentence: string): void
}

export type BoardProcess = {
  /** Null when it was told to quit; a sentence where it cannot begin. */
  ended: Promise<string | null>
  close(): Promise<void>
}

export function runBoardProcess({
  port,
  serial,
  cards,
  now,
  input,
  complain,
  ...options
}: BoardProcessOptions): BoardProcess {
  const reader = createInterface({ input })
  const lines = reader[Symbol.asyncIterator]()
  const say = (told: object) => options.say(JSON.stringify(told))
  let board: UhppoteBoard | null = null

  /** False: it is to end. */
  function steer(at: UhppoteBoard, line: string): boolean {
    const [word = '', ...given] = line.trim().split(/\s+/)
    const numbers = given.map((text) => (/^\d{1,10}$/.test(text) ? Number(text) : -1))
    const [first = -1, second = -1] = numbers
    const isDoor = (door: number) => door >= 1 && door <= 4
    const takes = (count: number, door: number) => given.length === count && isDoor(door)
    if (word === 'quit' && given.length === 0) return false
    if (word === 'swipe' && takes(2, second) && first >= 0 && first < 2 ** 32)
      say({ what: 'swiped', number: first, door: second, result: at.swipe(first, second) })
    else if (word === 'exit' && takes(1, first)) say({ what: 'exit', door: first, opened: at.pressExit(first) })
    else if (word === 'force' && takes(1, first)) at.force(first)
    else if (word === 'state' && given.length === 0) say(stateOf(at))
    else if (word !== '') complain(`"${line.trim().slice(0, 60)}" is nothing to be done at a board: write ${STEERING}.`)
    return true
  }

  async function run(): Promise<string | null> {
    try {
      board = await startUhppoteBoard({
        serial,
        port,
        now,
        clock: new Date(now()).toISOString().slice(0, 19),
        onNews: (news) => news.what === 'event' && say(news),
      })
      if (cards !== null) board.hold(...cardsIn(readFileSync(cards, 'utf8')))
    } catch (error) {
      return (error as Error).message
    }
    say({ what: 'ready', port: board.port, serial, pid: process.pid })
    for await (const line of lines) if (!steer(board, line)) return null
    // The end of the input is no reason to stop.
    return new Promise(() => undefined)
  }

  return {
    ended: run(),
    async close() {
      reader.close()
      await board?.close()
    },
  }
}

function stateOf(board: UhppoteBoard) {
  return {
    what: 'state',
    cards: board.cards.size,
    profiles: board.profiles.size,
    events: board.events.at(-1)?.index ?? 0,
    listener: board.listener(),
    asksHost: board.asksHost(),
    clock: board.clock(),
    unlocked: [1, 2, 3, 4].filter(board.isUnlocked),
  }
}

/** A JSON list of records such as {"number":12314706,"from":"2026-01-01","to":"2027-12-31","doors":[1,0,0,0]}. */
function cardsIn(text: string): CardRecord[] {
  const list: unknown = JSON.parse(text)
  const isCard = (one: Partial<CardRecord> | null) =>
    Number.isInteger(one?.number) &&
    [one?.from, one?.to].every((day) => /^\d{4}-\d\d-\d\d$/.test(String(day))) &&
    Array.isArray(one?.doors) &&
    one.doors.length === 4 &&
    one.doors.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 254)
  if (!Array.isArray(list) || !list.every(isCard))
    throw new Error('The file of cards is none: write a list of {"number":…,"from":…,"to":…,"doors":[1,0,0,0]}.')
  return list.map(({ number, from, to, doors, pin = 0 }) => ({ number, from, to, doors, pin }))
}
