// What is taken back at the desk, by its own use cases, is refused by the very next check: nothing in a door that is open
// to the desk, in its session or in its connection remembers that it was let in a moment ago.
import http from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reinstateCard, revokeCard, suspendCard } from '../../src/main/app/card-state.ts'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { backToNormal, bar, liftBar, lockDown } from '../../src/main/app/order-doors.ts'
import { restrictDoor } from '../../src/main/app/restrict-door.ts'
import type { Result } from '../../src/main/app/result.ts'
import type { Reason } from '../../src/main/domain/reasons.ts'
import { value } from '../app/agreed-desk.ts'
import { connect, type LinkSession } from './controller.ts'
import { deskDeps } from './desk-deps.ts'
import { addPerson, createWorld, type World } from './world.ts'

let world: World
let deps: DeskDeps
let session: LinkSession
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })

beforeAll(async () => {
  world = createWorld()
  const front = world.addDoor('front')
  await world.start()
  session = await connect(world.port, front, { agent })
  deps = deskDeps(world)
})
afterAll(async () => {
  agent.destroy()
  await world.stop()
})

type Person = ReturnType<typeof addPerson>
type Step = (person: Person) => Result<unknown>

const found: Step = ({ card }) => reinstateCard(deps, card)
const table: [string, Step, Step | null, Reason][] = [
  ['a card that is reported lost', ({ card }) => revokeCard(deps, card, 'lost'), found, 'card-lost'],
  ['a card that is reported stolen', ({ card }) => revokeCard(deps, card, 'stolen'), found, 'card-stolen'],
  ['a card that is given back', ({ card }) => revokeCard(deps, card, 'returned'), null, 'card-revoked'],
  ['a card that is suspended', ({ card }) => suspendCard(deps, card, 'left here'), found, 'card-suspended'],
  [
    'a person who is barred',
    ({ memberId }) => bar(deps, { member: memberId, why: 'x' }),
    ({ memberId }) => liftBar(deps, { member: memberId }),
    'member-barred',
  ],
  [
    'everybody at a door that is locked down',
    () => lockDown(deps, { id: 'front' }),
    () => backToNormal(deps, { id: 'front' }),
    'lockdown',
  ],
  [
    'a plan that a door is closed to',
    () => restrictDoor(deps, { id: 'front', plans: ['evenings'] }),
    () => restrictDoor(deps, { id: 'front', plans: null }),
    'not-this-door',
  ],
]

test.each(table)(
  '%s: refused on the very next check, also over the session that is open',
  async (_, take, give, reason) => {
    const rounds = give === null ? 1 : 10
    const person = addPerson(world.desk)
    for (let round = 0; round < rounds; round += 1) {
      expect((await session.check(person.card)).json).toMatchObject({ grant: true, reason: 'ok' })
      value(take(person))
      expect((await session.check(person.card)).json).toMatchObject({ grant: false, reason, open_ms: 0 })
      if (give !== null) value(give(person))
    }
  },
)
