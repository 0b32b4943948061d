// Orders of a manager: who may be refused, how long, and what the log keeps of it.
import { expect, test } from 'vitest'
import { giveAccess } from '../../src/main/app/access-override.ts'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { explain } from '../../src/main/app/explain.ts'
import { doorStates, dropDoor, listDoors } from '../../src/main/app/manage-doors.ts'
import { addManual } from '../../src/main/app/manual-membership.ts'
import { memberPanel } from '../../src/main/app/member-panel.ts'
import {
  backToNormal,
  bar,
  clearOrders,
  giveKeys,
  holdOpen,
  liftBar,
  lockDown,
} from '../../src/main/app/order-doors.ts'
import { extendOutage } from '../../src/main/app/outage-extend.ts'
import type { Result } from '../../src/main/app/result.ts'
import { setDevice } from '../../src/main/app/set-device.ts'
import { saveEvent } from '../../src/main/app/space-events.ts'
import { DAY, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { writeDevice } from '../../src/main/store/devices.ts'
import { orderThen } from '../../src/main/store/door-orders.ts'
import { insertDoor } from '../../src/main/store/doors.ts'
import { extensionsOfDoor } from '../../src/main/store/outage-extensions.ts'
import { openAgreedDesk, refusalOf, value } from './agreed-desk.ts'

const NOW = Date.parse('2026-03-10T10:00:00Z')

/** The agreed desk with these doors, and Ada, who has paid for years. `logged` is what was logged since. */
function opened(doors: string[]) {
  const desk = openAgreedDesk(new Date(NOW).toISOString())
  const { deps } = desk
  const { db } = deps.live
  db.exec("DELETE FROM door WHERE id = 'front'")
  for (const id of doors)
    insertDoor(db, {
      id,
      name: `${id[0]?.toUpperCase()}${id.slice(1)}`,
      driver: 'native',
      format: null,
      key: null,
      at: NOW,
    })
  value(addManual(deps, { member: 'ada', plan: 'full', method: 'cash', from: '2026-03-01', until: '2029-12-31' }))
  const rows = () => db.prepare('SELECT kind, subject FROM action ORDER BY seq').all() as Record<string, string>[]
  const before = rows().length
  const logged = () =>
    rows()
      .slice(before)
      .map(({ kind, subject }) => `${kind} ${subject}`)
  return {
    deps,
    ada: 'ada',
    card: 'em:0A00000000',
    logged,
    wait: (ms: number) => desk.setClock(new Date(deps.now() + ms).toISOString()),
  }
}

test('a lockdown of all doors refuses everybody but keyholders, says so, and is logged for each door', () => {
  const { deps, ada, card, logged } = opened(['front', 'side'])
  expect(value(explain(deps, { door: 'front', card }))).toMatchObject({ grant: true })
  const doors = value(lockDown(deps, { id: null, why: 'a fire drill' }))
  const ordered = {
    mode: 'lockdown',
    modeSince: new Date(NOW).toISOString(),
    modeUntil: null,
    modeWhy: 'a fire drill',
    modeBy: 'owner',
  }
  expect(doors).toMatchObject([
    { id: 'front', ...ordered },
    { id: 'side', ...ordered },
  ])
  expect(doorStates(deps)).toMatchObject([ordered, ordered])
  const { grant, reason, sentence } = value(explain(deps, { door: 'side', card }))
  expect([grant, reason]).toEqual([false, 'lockdown'])
  expect(sentence).toBe('Side is locked down by owner since today 11:00 (a fire drill).')
  expect(value(memberPanel(deps, ada)).doors.map((door) => door.reason)).toEqual(['lockdown', 'lockdown'])
  value(giveKeys(deps, { member: ada, doors: ['*'] }))
  expect(value(explain(deps, { door: 'side', card }))).toMatchObject({ grant: true, reason: 'ok-keyholder' })
  value(lockDown(deps, { id: 'side', withKeyholders: true }))
  expect(value(explain(deps, { door: 'side', card })).reason).toBe('lockdown')
  value(backToNormal(deps, { id: null }))
  expect(listDoors(deps).map(({ mode }) => mode)).toEqual(['normal', 'normal'])
  expect(logged()).toEqual([
    'door-locked-down front',
    'door-locked-down side',
    `keys-set ${ada}`,
    'door-locked-down side',
    'door-normal front',
    'door-normal side',
  ])
})

test('a hold has an end, of which the clock alone makes sure; the next start clears it away and logs that', () => {
  const { deps, wait, logged } = opened(['front'])
  const [door] = value(holdOpen(deps, { id: 'front', minutes: 10, why: 'a delivery' }))
  expect(door).toMatchObject({ mode: 'held-open', modeUntil: new Date(deps.now() + 600_000).toISOString() })
  wait(HOUR)
  expect(listDoors(deps)[0]).toMatchObject({ mode: 'normal', modeUntil: null })
  clearOrders(deps.live.db, deps.deskId, deps.now())
  clearOrders(deps.live.db, deps.deskId, deps.now())
  expect(logged()).toEqual(['door-held-open front', 'door-order-over front'])
})

test('a hold ends no lockdown: that is released first, by whoever knows why', () => {
  const { deps, card, wait } = opened(['front', 'side'])
  value(lockDown(deps, { id: 'front', why: 'an intruder' }))
  expect(refusalOf(holdOpen(deps, { id: 'front', minutes: 10 }))).toMatchObject({
    code: 'wrong-state',
    sentence: 'Front is locked down: release it first, then hold it open.',
  })
  expect(value(holdOpen(deps, { id: null, minutes: 10 })).map(({ mode }) => mode)).toEqual(['lockdown', 'held-open'])
  wait(HOUR)
  expect(value(explain(deps, { door: 'front', card })).reason).toBe('lockdown')
  value(lockDown(deps, { id: 'side', minutes: 10 }))
  expect(refusalOf(holdOpen(deps, { id: null, minutes: 10 })).code).toBe('wrong-state')
  wait(HOUR)
  expect(value(holdOpen(deps, { id: 'side', minutes: 10 })).map(({ mode }) => mode)).toEqual(['lockdown', 'held-open'])
})

test('a door whose device is not taken over goes on by its own list, so nothing is ordered of it', () => {
  const { deps, logged } = opened(['front', 'gate'])
  const config = {
    driver: 'uhppote',
    host: 'board',
    port: 60000,
    serial: 405419896,
    output: 1,
    listener: 60001,
  } as const
  const device = { doorId: 'gate', config, adoptedAt: null, replaces: null, hours: null }
  deps.live.db.exec("UPDATE door SET driver = 'uhppote' WHERE id = 'gate'")
  writeDevice(deps.live.db, device)
  const refused = {
    code: 'wrong-state',
    sentence: 'The device at Gate does not listen to the desk until it is taken over (`latchkey door adopt`).',
  }
  expect(refusalOf(lockDown(deps, { id: 'gate' }))).toMatchObject(refused)
  expect(refusalOf(holdOpen(deps, { id: 'gate', minutes: 10 }))).toMatchObject(refused)
  expect(value(lockDown(deps, { id: null })).map(({ mode }) => mode)).toEqual(['lockdown', 'normal'])
  expect(logged()).toEqual(['door-locked-down front'])
  writeDevice(deps.live.db, { ...device, adoptedAt: NOW })
  expect(value(lockDown(deps, { id: 'gate' })).map(({ mode }) => mode)).toEqual(['lockdown', 'lockdown'])
  // Nor is what is to be taken over compared with a list that an order made short.
  expect(refusalOf(setDevice(deps, { id: 'gate', serial: 405419897 }))).toMatchObject({
    code: 'wrong-state',
    sentence: 'Gate is locked down or held open: put it back to normal first, then say which device is there.',
  })
  value(backToNormal(deps, { id: 'gate' }))
  value(setDevice(deps, { id: 'gate', serial: 405419897 }))
  expect(listDoors(deps)[1]?.device).toMatchObject({ adopted: false })
})

test('a door explains an earlier moment without what was ordered since', () => {
  const { deps, card, wait } = opened(['front'])
  const then = new Date(deps.now() + 5 * MINUTE).toISOString()
  wait(HOUR)
  value(lockDown(deps, { id: 'front' }))
  wait(MINUTE)
  expect(value(explain(deps, { door: 'front', card })).reason).toBe('lockdown')
  expect(value(explain(deps, { door: 'front', card, at: then })).reason).not.toBe('lockdown')
  for (const at of ['2026-02-30T00:00:00Z', '+275760-09-13T00:00:00Z', '9'])
    expect(refusalOf(explain(deps, { door: 'front', card, at })).sentence).toMatch(
      /^".*" is not a moment: write it like/,
    )
})

test('a door explains an earlier moment with the hold that was there then, whatever was asked of it in between', () => {
  const { deps, ada, card, wait } = opened(['front'])
  const then = new Date(deps.now() + 5 * MINUTE).toISOString()
  value(holdOpen(deps, { id: 'front', minutes: 10 }))
  wait(HOUR)
  // All that the door had been asked before is read anew.
  value(giveKeys(deps, { member: ada, doors: ['front'] }))
  value(giveKeys(deps, { member: ada, doors: [] }))
  expect(value(explain(deps, { door: 'front', card })).reason).toBe('ok')
  expect(value(explain(deps, { door: 'front', card, at: then })).reason).toBe('ok-held-open')
  expect(value(explain(deps, { door: 'front', card })).reason).toBe('ok')
})

const TOMORROW = new Date(NOW + DAY).toISOString()
const EVENT = { name: 'Open day', from: new Date(NOW).toISOString(), until: TOMORROW, members: null, heads: null }

test.each<[string, (deps: DeskDeps) => Result<unknown>]>([
  ['a hold', (deps) => holdOpen(deps, { id: 'lab', minutes: 60 })],
  ['a lockdown', (deps) => lockDown(deps, { id: 'lab', withKeyholders: true })],
  ['a key', (deps) => giveKeys(deps, { member: 'ben', doors: ['lab'] })],
  ['access there', (deps) => giveAccess(deps, { member: 'ben', door: 'lab', until: TOMORROW, why: 'a visitor' })],
  ['an event there', (deps) => saveEvent(deps, { ...EVENT, doors: ['lab'] })],
  ['an event there as well', (deps) => saveEvent(deps, { ...EVENT, doors: ['lab', 'front'] })],
])('a door that was removed and comes back knows nothing of %s', (_, said) => {
  const { deps, card } = opened(['front', 'lab'])
  const at = (door: string, shown = 'em:0A00000001') => value(explain(deps, { door, card: shown })).reason
  expect([at('lab'), at('lab', card), at('front')]).toEqual(['no-membership', 'ok', 'no-membership'])
  value(said(deps))
  expect([at('lab'), at('lab', card)]).not.toEqual(['no-membership', 'ok'])
  const atFront = at('front')
  value(dropDoor(deps, 'lab'))
  insertDoor(deps.live.db, { id: 'lab', name: 'Lab', driver: 'native', format: null, key: null, at: deps.now() })
  expect([at('lab'), at('lab', card)]).toEqual(['no-membership', 'ok'])
  expect(at('front')).toBe(atFront)
})

test('nor how long it may go by old data, nor what it was told in between', () => {
  const { deps, wait } = opened(['front', 'lab'])
  const { db } = deps.live
  value(extendOutage(deps, { door: 'lab', until: TOMORROW, why: 'Stripe is down' }))
  value(holdOpen(deps, { id: 'lab', minutes: 60 }))
  wait(MINUTE)
  value(dropDoor(deps, 'lab'))
  insertDoor(db, { id: 'lab', name: 'Lab', driver: 'native', format: null, key: null, at: deps.now() })
  expect(extensionsOfDoor(db, { id: 'lab', allowance: null }, deps.now())).toEqual([])
  expect(orderThen(db, 'lab', deps.now())).toBeNull()
})

test('what cannot be ordered is refused with what to do, and changes nothing', () => {
  const { deps, ada, logged } = opened(['front'])
  expect(refusalOf(lockDown(deps, { id: 'nowhere' })).code).toBe('not-found')
  expect(refusalOf(holdOpen(deps, { id: 'front', minutes: 25 * 60 }))).toMatchObject({
    code: 'bad-request',
    sentence: 'A door can be held open for 24 hours at most: hold it again then.',
  })
  expect(refusalOf(backToNormal(deps, { id: 'nowhere' })).code).toBe('not-found')
  expect(refusalOf(giveKeys(deps, { member: ada, doors: ['front', 'nowhere'] })).code).toBe('not-found')
  expect(refusalOf(bar(deps, { member: ada, why: ' ' })).code).toBe('bad-request')
  expect(refusalOf(bar(deps, { member: ada, why: 'x', until: '2020-01-01T00:00:00Z' })).code).toBe('bad-request')
  expect(refusalOf(liftBar(deps, { member: ada })).code).toBe('wrong-state')
  expect(refusalOf(lockDown(opened([]).deps, { id: null })).code).toBe('not-found')
  expect(logged()).toEqual([])
})

test('who is barred is refused at every door until that is over or lifted, and the panel says so', () => {
  const { deps, ada, card, wait } = opened(['front'])
  value(
    bar(deps, { member: ada, why: 'after the evening of the 3rd', until: new Date(deps.now() + DAY).toISOString() }),
  )
  const refused = value(explain(deps, { door: 'front', card }))
  expect(refused).toMatchObject({ grant: false, reason: 'member-barred' })
  // What it was for is nobody's business at the desk.
  expect(refused.sentence).not.toContain('evening')
  expect(value(memberPanel(deps, ada)).sentence).toBe(refused.sentence)
  wait(2 * DAY)
  expect(value(explain(deps, { door: 'front', card })).reason).toBe('ok')
  value(bar(deps, { member: ada, why: 'again' }))
  wait(400 * DAY)
  expect(value(explain(deps, { door: 'front', card })).reason).toBe('member-barred')
  value(liftBar(deps, { member: ada }))
  expect(value(explain(deps, { door: 'front', card })).reason).not.toBe('member-barred')
})

test('a door that comes later is not locked down by an order that was there before it', () => {
  const { deps, card } = opened(['front'])
  value(lockDown(deps, { id: null }))
  insertDoor(deps.live.db, {
    id: 'new',
    name: 'New',
    driver: 'native',
    format: null,
    key: 'a'.repeat(64),
    at: deps.now(),
  })
  expect(value(explain(deps, { door: 'new', card })).reason).toBe('ok')
})
