// The desk's own use cases on a world's database: what changes there is what a running desk would change.
import { randomBytes } from 'node:crypto'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { uuidv7 } from '../../src/main/domain/ids.ts'
import { DESK_ID, type World } from './world.ts'

export function deskDeps({ desk: db }: World): DeskDeps {
  const nothing = () => undefined
  // Of what only a running desk has, use cases about cards and doors take no more.
  const live = {
    db,
    newId: () => uuidv7(Date.now(), randomBytes(10)),
    randomHex: (bytes: number) => randomBytes(bytes).toString('hex'),
    operator: 'owner',
    push: nothing,
    pushLamps: nothing,
    doorSeen: () => null,
    deviceState: () => null,
    askDoors: async () => null,
  }
  return { version: '1', desk: db, access: null, report: null, deskId: DESK_ID, now: Date.now, live: live as never }
}
