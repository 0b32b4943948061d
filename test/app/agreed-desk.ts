// A desk's database with people, cards, a plan and a door, and the use cases on it: for what is agreed without Stripe.
import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { enrolCard } from '../../src/main/app/enrol-card.ts'
import type { Result } from '../../src/main/app/result.ts'
import { decide } from '../../src/main/domain/decide.ts'
import { uuidv7 } from '../../src/main/domain/ids.ts'
import { readDoorSnapshot } from '../../src/main/store/door-snapshot.ts'
import { doorById, insertDoor } from '../../src/main/store/doors.ts'
import { insertMember } from '../../src/main/store/members.ts'
import { openForWriting, type WriteDb } from '../../src/main/store/open.ts'
import { insertPlan } from '../../src/main/store/plans.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import { freshFolder, MIGRATIONS, openNew } from '../store/folder.ts'

const PEOPLE = ['ada', 'ben', 'cat', 'dan', 'eve'] as const
type Who = (typeof PEOPLE)[number]

export type AgreedDesk = {
  deps: DeskDeps
  /** The clock of the desk, as an ISO moment. */
  setClock(at: string): void
  /** What the front door says to the card of each of these people, now. */
  door(...people: Who[]): string[]
  /** The program is stopped and started. */
  restart(): void
}

/** Each of the people has a card; the clock is in Berlin. `endOfDay`: what ends by the clock runs to the end of the day. */
export function openAgreedDesk(at: string, endOfDay = false): AgreedDesk {
  const folder = freshFolder()
  let now = Date.parse(at)
  let db = openNew(folder)
  onTestFinished(() => void db.close())
  const newId = () => uuidv7(now, randomBytes(10))
  const depsOn = (open: WriteDb): DeskDeps => {
    const nothing = () => undefined
    // Of what only a running desk has, these use cases take no more.
    const told = { push: nothing, pushLamps: nothing, doorSeen: () => null, deviceState: () => null }
    const randomHex = (bytes: number) => randomBytes(bytes).toString('hex')
    const live = { db: open, newId, randomHex, operator: 'owner', ...told, sync: { deriveAll: nothing } }
    return {
      version: '1',
      desk: open,
      access: null,
      report: null,
      deskId: 'desk-1',
      now: () => now,
      live: live as never,
    }
  }
  const desk: AgreedDesk = {
    deps: depsOn(db),
    setClock: (moment) => {
      now = Date.parse(moment)
    },
    door: (...people) =>
      people.map((who) => {
        const front = doorById(db, 'front')
        if (front === null) throw new Error('no front door')
        return decide(
          readDoorSnapshot({ desk: db, access: null }, front, { text: cardOf(who), form: undefined }, now).input,
        ).reason
      }),
    restart() {
      db.close()
      db = openForWriting(folder, 'desk', MIGRATIONS)
      desk.deps = depsOn(db)
    },
  }
  writeSetting(db, 'timeZone', 'Europe/Berlin', now)
  writeSetting(db, 'endOfDay', endOfDay, now)
  insertDoor(db, { id: 'front', name: 'Front door', driver: 'native', format: null, key: null, at: now })
  insertPlan(db, { id: 'full', name: 'Full member', at: now })
  for (const id of PEOPLE) {
    insertMember(db, { id, name: id, phone: null, createdAt: now }, 'desk-1')
    value(enrolCard(desk.deps, id, cardOf(id)))
  }
  return desk
}

const cardOf = (who: Who) => `em:0A0000000${PEOPLE.indexOf(who)}`

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.sentence}`)
  return result.value
}

export function refusalOf(result: Result<unknown>): { code: string; sentence: string } {
  if (result.ok) throw new Error(`done: ${JSON.stringify(result.value)}`)
  return result.refusal
}
