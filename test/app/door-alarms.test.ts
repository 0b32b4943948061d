// From what a controller uploads to the line at the desk and its "seen": the real log, its index, the orders of a manager.
import { expect, onTestFinished, test } from 'vitest'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { doorAlarms, seeDoorAlarm } from '../../src/main/app/door-alarms.ts'
import { dropDoor } from '../../src/main/app/manage-doors.ts'
import { backToNormal, holdOpen } from '../../src/main/app/order-doors.ts'
import type { DoorEventKind } from '../../src/main/domain/door-events.ts'
import { takeUpload } from '../../src/main/door/uploads.ts'
import { doorById } from '../../src/main/store/doors.ts'
import type { ReadDb } from '../../src/main/store/open.ts'
import { freshFolder, openNew } from '../store/folder.ts'
import { openAgreedDesk, refusalOf, value } from './agreed-desk.ts'

const DAY = '2026-03-18'

function opened() {
  const desk = openAgreedDesk(`${DAY}T14:00:00Z`)
  const access = openNew(freshFolder(), 'access')
  onTestFinished(() => void access.close())
  const deps: DeskDeps = { ...desk.deps, access }
  let n = 0
  return {
    deps,
    access,
    at: (time: string) => desk.setClock(`${DAY}T${time}:00Z`),
    /** The front door's controller tells it now, or now that it happened before. */
    tells(kind: DoorEventKind, before?: string) {
      const door = doorById(deps.desk, 'front')
      if (door === null) throw new Error('no front door')
      n += 1
      const at = before === undefined ? deps.now() : Date.parse(`${DAY}T${before}:00Z`)
      takeUpload({ ...deps, access }, door, { events: [{ n, at, kind }], lostTo: null })
    },
    loses(count: number) {
      const door = doorById(deps.desk, 'front')
      if (door === null) throw new Error('no front door')
      n += count
      takeUpload({ ...deps, access }, door, { events: [], lostTo: n })
    },
    lines: () => doorAlarms(deps).map(({ kind, at, door }) => `${door.name}: ${kind} ${at.slice(11, 16)}`),
    seen: (kind: 'forced' | 'open-too-long') => seeDoorAlarm(deps, { door: 'front', kind }),
  }
}

test('a door that was forced waits until somebody has seen it, is quiet for a while, and is told anew after that', () => {
  const { deps, at, tells, lines, seen } = opened()
  expect(lines()).toEqual([])
  at('14:05')
  tells('forced')
  tells('closed')
  expect(lines()).toEqual(['Front door: forced 14:05'])
  at('14:10')
  value(seen('forced'))
  expect(lines()).toEqual([])
  at('14:12')
  tells('forced')
  at('14:40')
  expect(lines()).toEqual([])
  tells('forced')
  expect(lines()).toEqual(['Front door: forced 14:40'])
  expect(deps.desk.prepare("SELECT kind, subject, detail FROM action WHERE kind LIKE 'door-%'").raw().all()).toEqual([
    ['door-alarm-seen', 'front', '{"kind":"forced","seq":1}'],
  ])
})

test('a door that stands open is over by itself once it is shut, and what is settled cannot be seen again', () => {
  const { at, tells, lines, seen } = opened()
  tells('open-too-long')
  expect(lines()).toEqual(['Front door: open-too-long 14:00'])
  at('14:01')
  tells('closed')
  expect(lines()).toEqual([])
  expect(refusalOf(seen('open-too-long')).sentence).toBe('This is settled already: the list is up to date now.')
})

test('what a door did while it was held open by order is no alarm, also once the hold is over; before and after it is', () => {
  const { deps, at, tells, lines } = opened()
  value(holdOpen(deps, { id: 'front', minutes: 30 }))
  at('14:10')
  tells('forced')
  tells('open-too-long')
  expect(lines()).toEqual([])
  at('14:20')
  value(backToNormal(deps, { id: 'front' }))
  at('14:25')
  // Told late, of a moment within the hold.
  tells('open-too-long', '14:15')
  expect(lines()).toEqual([])
  tells('open-too-long')
  expect(lines()).toEqual(['Front door: open-too-long 14:25'])
})

test('what happened while the desk was silent is told when it is heard, with its own time', () => {
  const { at, tells, lines, seen, loses } = opened()
  tells('forced')
  value(seen('forced'))
  at('18:00')
  tells('forced', '14:20')
  loses(3)
  expect(lines()).toEqual(['Front door: events-lost 18:00', 'Front door: forced 14:20'])
})

test('a door that was removed has no alarms; where no door was ever served there are none', () => {
  const { deps, tells, lines } = opened()
  tells('forced')
  value(dropDoor(deps, 'front'))
  expect(lines()).toEqual([])
  expect(doorAlarms({ ...deps, access: null })).toEqual([])
})

test('no swipe is read to find them', () => {
  const { deps, access } = opened()
  const texts: string[] = []
  const watched = new Proxy<ReadDb>(access, {
    get(target, key) {
      const found = Reflect.get(target, key)
      if (key !== 'prepare') return typeof found === 'function' ? found.bind(target) : found
      return (sql: string) => {
        texts.push(sql)
        return target.prepare(sql)
      }
    },
  })
  doorAlarms({ ...deps, access: watched })
  const steps = texts.flatMap((sql) =>
    (access.prepare(`EXPLAIN QUERY PLAN ${sql.replaceAll('?', 'NULL')}`).all() as { detail: string }[]).map(
      ({ detail }) => detail,
    ),
  )
  expect(steps).toEqual(['SEARCH decision USING INDEX decision_told (desk=? AND door_id=? AND reason=?)'])
})
