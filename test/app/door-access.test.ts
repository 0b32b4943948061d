// Who may open what and when, as a manager says it: hours, holidays, groups, inductions, and what doors answer then.
import { expect, test } from 'vitest'
import { changeDoor } from '../../src/main/app/change-door.ts'
import { changePlan } from '../../src/main/app/change-plan.ts'
import { explain } from '../../src/main/app/explain.ts'
import { writeHolidays } from '../../src/main/app/holidays.ts'
import { addDoor, dropDoor, listDoors } from '../../src/main/app/manage-doors.ts'
import { removeGroup, saveGroup } from '../../src/main/app/manage-groups.ts'
import { listHours, removeHours, saveHours } from '../../src/main/app/manage-hours.ts'
import { listInductions, removeInduction, saveInduction } from '../../src/main/app/manage-inductions.ts'
import { addManual } from '../../src/main/app/manual-membership.ts'
import { memberPanel } from '../../src/main/app/member-panel.ts'
import { giveKeys } from '../../src/main/app/order-doors.ts'
import { askInductions, restrictDoor } from '../../src/main/app/restrict-door.ts'
import type { Result } from '../../src/main/app/result.ts'
import { insertDoor } from '../../src/main/store/doors.ts'
import { giveInduction } from '../../src/main/store/inductions.ts'
import { insertPlan } from '../../src/main/store/plans.ts'
import { openAgreedDesk, refusalOf, value } from './agreed-desk.ts'

const CARDS = { ada: 'em:0A00000000', ben: 'em:0A00000001' }
const OFFICE = [
  { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' },
  { days: [6], from: '10:00', to: '16:00' },
]

/** Ada is on "Full member", Ben on "Evenings"; the doors are Front door and Laser. A Wednesday, 10:00 in Berlin. */
function opened() {
  const desk = openAgreedDesk('2026-03-18T09:00:00Z')
  const { deps } = desk
  const { db } = deps.live
  insertPlan(db, { id: 'evenings', name: 'Evenings', at: deps.now() })
  insertDoor(db, { id: 'laser', name: 'Laser', driver: 'native', format: null, key: null, at: deps.now() })
  const term = { method: 'cash', from: '2026-01-01', until: '2027-12-31' } as const
  value(addManual(deps, { member: 'ada', plan: 'full', ...term }))
  value(addManual(deps, { member: 'ben', plan: 'evenings', ...term }))
  const log = () => db.prepare('SELECT kind FROM action ORDER BY seq').pluck().all() as string[]
  const before = log().length
  return {
    ...desk,
    deps,
    logged: () => log().slice(before),
    ask: (who: keyof typeof CARDS, door: string, at?: string) =>
      value(explain(deps, { door, card: CARDS[who], ...(at === undefined ? {} : { at }) })),
    door: (id: string) => listDoors(deps).find((one) => one.id === id),
  }
}

test('hours of a plan at one door hold there, and the sentence names them; other doors open as before', () => {
  const { deps, ask, door, logged } = opened()
  const hours = value(saveHours(deps, { name: ' Office ', windows: OFFICE }))
  expect(hours).toMatchObject({ name: 'Office', says: 'Mon–Fri 08:00–18:00, Sat 10:00–16:00', usedBy: [] })
  value(restrictDoor(deps, { id: 'front', plans: ['full', { plan: 'evenings', hours: hours.id }] }))
  expect(door('front')).toMatchObject({
    plans: ['evenings', 'full'],
    hours: [
      { plan: 'evenings', hours: hours.id },
      { plan: 'full', hours: null },
    ],
    opensFor: {
      every: false,
      plans: [
        { plan: 'evenings', name: 'Evenings', hours: 'Mon–Fri 08:00–18:00, Sat 10:00–16:00' },
        { plan: 'full', name: 'Full member', hours: null },
      ],
    },
  })
  expect(ask('ben', 'front', '2026-03-18T16:59:59Z').reason).toBe('ok')
  const late = ask('ben', 'front', '2026-03-18T17:00:00Z')
  expect(late).toMatchObject({ grant: false, reason: 'outside-hours', rule: 'hours' })
  expect(late.sentence).toBe('Evenings opens Front door Mon–Fri 08:00–18:00, Sat 10:00–16:00.')
  expect(ask('ada', 'front', '2026-03-18T17:00:00Z').reason).toBe('ok')
  expect(ask('ben', 'laser', '2026-03-18T17:00:00Z').reason).toBe('ok')
  expect(logged()).toEqual(['hours-saved', 'door-plans'])
})

test('hours that are changed hold from the next swipe on, and the panel says what refused', async () => {
  const { deps, ask, door } = opened()
  const { id } = value(saveHours(deps, { name: 'Office', windows: OFFICE }))
  expect(value(await changePlan(deps, { id: 'evenings', hours: id }))).toMatchObject({
    hours: id,
    visits: null,
    visitsPer: 'month',
  })
  expect(door('front')?.opensFor).toMatchObject({ every: true, plans: [{ plan: 'evenings' }] })
  expect(ask('ben', 'front').reason).toBe('ok')
  value(saveHours(deps, { id, name: 'Evenings', windows: [{ days: [3, 3, 1], from: '18:00', to: '02:00' }] }))
  expect(ask('ben', 'front').reason).toBe('outside-hours')
  const [front] = value(memberPanel(deps, 'ben')).doors
  expect(front?.sentence).toBe('Evenings opens Front door Mon and Wed 18:00–02:00.')
  // The night that begins on Wednesday runs into Thursday.
  expect(ask('ben', 'front', '2026-03-19T00:59:00Z').reason).toBe('ok')
  expect(ask('ben', 'front', '2026-03-19T01:00:00Z').reason).toBe('outside-hours')
})

test('hours in use stay, and the refusal says what uses them', async () => {
  const { deps, logged } = opened()
  const { id } = value(saveHours(deps, { name: 'Office', windows: OFFICE }))
  value(await changePlan(deps, { id: 'evenings', hours: id }))
  value(restrictDoor(deps, { id: 'front', plans: [{ plan: 'full', hours: id }] }))
  const plans = [{ plan: 'full', hours: id }]
  const group = value(saveGroup(deps, { name: 'Workshops', doors: ['laser'], plans }))
  expect(listHours(deps)[0]?.usedBy).toEqual(['the plan Evenings', 'the door Front door', 'the group Workshops'])
  expect(refusalOf(removeHours(deps, id))).toEqual({
    code: 'wrong-state',
    sentence:
      'Office is in use by the plan Evenings, the door Front door and the group Workshops: choose other hours there first.',
  })
  value(await changePlan(deps, { id: 'evenings', hours: null }))
  value(restrictDoor(deps, { id: 'front', plans: null }))
  value(removeGroup(deps, group.id))
  value(removeHours(deps, id))
  expect(listHours(deps)).toEqual([])
  expect(refusalOf(removeHours(deps, id)).code).toBe('not-found')
  expect(logged().at(-1)).toBe('hours-removed')
})

test('on a holiday hours do not begin, whoever needs none comes in, and the sentence names the day', async () => {
  const { deps, ask, logged } = opened()
  const { id } = value(saveHours(deps, { name: 'Office', windows: OFFICE }))
  value(await changePlan(deps, { id: 'evenings', hours: id }))
  const [first] = value(writeHolidays(deps, [{ day: '2026-03-18', name: ' Founding day ' }]))
  expect(first).toEqual({ day: '2026-03-18', name: 'Founding day' })
  const refused = ask('ben', 'front')
  expect(refused.reason).toBe('outside-hours')
  expect(refused.sentence).toBe(
    'Evenings opens Front door Mon–Fri 08:00–18:00, Sat 10:00–16:00, but not on a holiday (Founding day).',
  )
  expect(ask('ada', 'front').reason).toBe('ok')
  expect(ask('ben', 'front', '2026-03-19T10:00:00Z').reason).toBe('ok')
  expect(value(writeHolidays(deps, []))).toEqual([])
  expect(ask('ben', 'front').reason).toBe('ok')
  expect(logged().slice(-2)).toEqual(['holidays-set', 'holidays-set'])
})

test('a group opens its doors to its plans, beside what a door names itself', () => {
  const { deps, ask, door, logged } = opened()
  const group = value(saveGroup(deps, { name: 'Machines', doors: ['laser'], plans: ['full'] }))
  expect(door('laser')).toMatchObject({
    plans: null,
    groups: [{ name: 'Machines', restricts: true }],
    opensFor: { every: false, plans: [{ plan: 'full' }] },
  })
  expect(ask('ada', 'laser').reason).toBe('ok')
  expect(ask('ben', 'laser').reason).toBe('not-this-door')
  expect(ask('ben', 'front').reason).toBe('ok')
  value(restrictDoor(deps, { id: 'laser', plans: ['evenings'] }))
  expect([ask('ada', 'laser').reason, ask('ben', 'laser').reason]).toEqual(['ok', 'ok'])
  value(restrictDoor(deps, { id: 'laser', plans: null }))
  value(saveGroup(deps, { id: group.id, name: 'Machines', doors: ['laser', 'front'], plans: null }))
  expect(door('front')).toMatchObject({ groups: [{ restricts: false }], opensFor: { every: true, plans: [] } })
  expect(ask('ben', 'laser').reason).toBe('ok')
  value(removeGroup(deps, group.id))
  expect(door('front')?.groups).toEqual([])
  expect(logged()).toEqual(['group-saved', 'door-plans', 'door-plans', 'group-saved', 'group-removed'])
})

test('a door that asks for an induction refuses whoever lacks it; one that is asked for cannot be removed', () => {
  const { deps, ask, door, logged } = opened()
  const { id } = value(saveInduction(deps, { name: 'Laser cutter' }))
  value(askInductions(deps, { id: 'laser', inductions: [id] }))
  expect(door('laser')?.inductions).toEqual([{ id, name: 'Laser cutter' }])
  expect(listInductions(deps)).toEqual([{ id, name: 'Laser cutter', doors: ['Laser'] }])
  expect(ask('ada', 'laser')).toMatchObject({ reason: 'not-this-door', detail: 'needs-induction' })
  const given = { memberId: 'ada', inductionId: id, at: deps.now(), until: null, operator: 'owner' }
  giveInduction(deps.live.db, given)
  expect(ask('ada', 'laser').reason).toBe('ok')
  expect(refusalOf(removeInduction(deps, id))).toEqual({
    code: 'wrong-state',
    sentence: 'Laser asks for it: take it off there first.',
  })
  value(saveInduction(deps, { id, name: 'Laser' }))
  value(askInductions(deps, { id: 'laser', inductions: [] }))
  value(removeInduction(deps, id))
  expect(ask('ben', 'laser').reason).toBe('ok')
  expect(logged()).toEqual([
    'induction-saved',
    'door-inductions',
    'induction-saved',
    'door-inductions',
    'induction-removed',
  ])
})

test('nothing of this keeps a keyholder out, nor anybody in', async () => {
  const { deps, ask } = opened()
  value(giveKeys(deps, { member: 'ada', doors: ['*'] }))
  const never = value(saveHours(deps, { name: 'Sunday', windows: [{ days: [7], from: '05:00', to: '05:01' }] }))
  const { id } = value(saveInduction(deps, { name: 'Laser cutter' }))
  value(saveGroup(deps, { name: 'All', doors: ['front', 'laser'], plans: [] }))
  value(restrictDoor(deps, { id: 'laser', plans: [{ plan: 'full', hours: never.id }] }))
  value(askInductions(deps, { id: 'laser', inductions: [id] }))
  value(writeHolidays(deps, [{ day: '2026-03-18', name: 'Founding day' }]))
  value(await changePlan(deps, { id: 'full', hours: never.id, visits: 1 }))
  expect([ask('ada', 'front').reason, ask('ada', 'laser').reason]).toEqual(['ok-keyholder', 'ok-keyholder'])
  expect(ask('ben', 'laser').grant).toBe(false)
  value(changeDoor(deps, { id: 'laser', direction: 'out' }))
  expect(ask('ben', 'laser')).toMatchObject({ grant: true, rule: 'way-out' })
})

test('a door gets its name, card form and seconds; what is left out stays', () => {
  const { deps, door, logged } = opened()
  value(changeDoor(deps, { id: 'laser', name: ' Laser room ', format: '8H10D', openMs: 8_000, direction: 'in' }))
  value(changeDoor(deps, { id: 'laser', openMs: 30_000 }))
  expect(door('laser')).toMatchObject({
    name: 'Laser room',
    format: '8H10D',
    openMs: 30_000,
    direction: 'in',
    antiPassback: false,
  })
  value(changeDoor(deps, { id: 'laser', format: null, direction: null }))
  expect(door('laser')).toMatchObject({ format: null, direction: null })
  expect(logged()).toEqual(['door-changed', 'door-changed', 'door-changed'])
})

test('nobody is let in only once where nobody is seen to leave; the last way out stays one as long as it is needed', () => {
  const { deps, door, logged } = opened()
  expect(refusalOf(changeDoor(deps, { id: 'front', antiPassback: true }))).toMatchObject({
    code: 'wrong-state',
    sentence: expect.stringMatching(/^Nobody is seen to leave yet: first say of a door/),
  })
  value(changeDoor(deps, { id: 'laser', direction: 'out' }))
  expect(refusalOf(changeDoor(deps, { id: 'laser', antiPassback: true })).code).toBe('bad-request')
  value(changeDoor(deps, { id: 'front', direction: 'in', antiPassback: true }))
  expect(door('front')).toMatchObject({ antiPassback: true })
  const needed = {
    code: 'wrong-state',
    sentence: 'Front door lets nobody in twice and goes by this way out: switch that off there first.',
  }
  for (const direction of ['in', null] as const)
    expect(refusalOf(changeDoor(deps, { id: 'laser', direction }))).toEqual(needed)
  expect(refusalOf(dropDoor(deps, 'laser'))).toEqual(needed)
  expect(door('laser')).toMatchObject({ direction: 'out' })
  // A door that becomes a way out itself asks for nothing any more; then the other may go.
  value(changeDoor(deps, { id: 'front', direction: 'out' }))
  expect(door('front')).toMatchObject({ antiPassback: false })
  value(changeDoor(deps, { id: 'front', direction: 'in' }))
  expect(door('front')).toMatchObject({ antiPassback: false })
  value(dropDoor(deps, 'laser'))
  expect(logged()).toEqual(['door-changed', 'door-changed', 'door-changed', 'door-changed', 'door-removed'])
})

test('no two doors that are there share a name, but for an id where nobody gave one', () => {
  const { deps } = opened()
  const taken = { code: 'taken', sentence: 'There is a door called Laser already: choose another name.' }
  expect(refusalOf(changeDoor(deps, { id: 'front', name: ' LASER ' }))).toMatchObject(taken)
  expect(refusalOf(addDoor(deps, { id: 'side', name: 'laser ' }))).toMatchObject(taken)
  value(changeDoor(deps, { id: 'laser', name: 'LASER' }))
  value(changeDoor(deps, { id: 'laser', name: 'Side' }))
  value(addDoor(deps, { id: 'side' }))
  value(changeDoor(deps, { id: 'side', openMs: 8_000 }))
  value(dropDoor(deps, 'laser'))
  value(addDoor(deps, { id: 'attic', name: 'Laser' }))
})

test('what cannot be is refused with what to do, and changes nothing', () => {
  const { deps: d, logged } = opened()
  const windows = OFFICE
  value(saveHours(d, { name: 'Office', windows }))
  const twice = ['a', 'b'].map((name) => ({ day: '2026-12-25', name }))
  const rows: [Result<unknown>, string, string][] = [
    [saveHours(d, { name: ' ', windows }), 'bad-request', 'Give the hours a name'],
    [saveHours(d, { name: 'x', windows: [] }), 'bad-request', 'Give at least one span'],
    [saveHours(d, { name: 'x', windows: [{ days: [1], from: '9', to: '10' }] }), 'bad-request', 'Write hours as 09:00'],
    [saveHours(d, { id: 'gone', name: 'x', windows }), 'not-found', 'These hours are not here any more'],
    [saveHours(d, { name: 'OFFICE', windows }), 'taken', 'There are hours called Office already'],
    [writeHolidays(d, [{ day: '2026-02-30', name: 'x' }]), 'bad-request', '"2026-02-30" is not a day'],
    [writeHolidays(d, [{ day: '2026-12-25', name: '' }]), 'bad-request', 'Say which holiday 2026-12-25 is'],
    [writeHolidays(d, twice), 'bad-request', '2026-12-25 is in the list twice'],
    [saveGroup(d, { name: 'x', doors: [], plans: null }), 'bad-request', 'A group needs a door'],
    [saveGroup(d, { name: ' ', doors: ['front'], plans: null }), 'bad-request', 'Give the group a name'],
    [saveGroup(d, { name: 'x', doors: ['cellar'], plans: null }), 'not-found', 'There is no door "cellar"'],
    [saveGroup(d, { name: 'x', doors: ['front'], plans: ['gone'] }), 'not-found', 'One of these plans'],
    [saveGroup(d, { id: 'gone', name: 'x', doors: ['front'], plans: null }), 'not-found', 'This group is not here'],
    [removeGroup(d, 'gone'), 'not-found', 'This group is not here'],
    [restrictDoor(d, { id: 'front', plans: [{ plan: 'full', hours: 'gone' }] }), 'not-found', 'These hours are not'],
    [askInductions(d, { id: 'front', inductions: ['gone'] }), 'not-found', 'This induction is not here'],
    [saveInduction(d, { name: '' }), 'bad-request', 'Give the induction a name'],
    [saveInduction(d, { id: 'gone', name: 'x' }), 'not-found', 'This induction is not here'],
    [removeInduction(d, 'gone'), 'not-found', 'This induction is not here'],
    [changeDoor(d, { id: 'front', name: ' ' }), 'bad-request', 'Give the door a name'],
    [changeDoor(d, { id: 'cellar' }), 'not-found', 'There is no door "cellar"'],
    [changeDoor(d, { id: 'front', format: 'roman' }), 'bad-request', '"roman" is not a form'],
    [changeDoor(d, { id: 'front', openMs: 500 }), 'bad-request', 'A door opens for 1 to 30 seconds'],
    [changeDoor(d, { id: 'front', openMs: 60_000 }), 'bad-request', 'A door opens for 1 to 30 seconds'],
  ]
  for (const [result, code, begins] of rows) {
    const refusal = refusalOf(result)
    expect([refusal.code, refusal.sentence.slice(0, begins.length)]).toEqual([code, begins])
    expect(refusal.sentence).toMatch(/\.$|canonical/)
  }
  expect(logged()).toEqual(['hours-saved'])
})

test('a plan whose hours are gone, or that is gone itself, is not changed', async () => {
  const { deps, logged } = opened()
  expect(refusalOf(await changePlan(deps, { id: 'full', hours: 'gone' })).code).toBe('not-found')
  expect(refusalOf(await changePlan(deps, { id: 'gone', visits: 3 })).code).toBe('not-found')
  expect(value(await changePlan(deps, { id: 'full', visits: 10, visitsPer: 'term' }))).toMatchObject({
    name: 'Full member',
    hours: null,
    visits: 10,
    visitsPer: 'term',
  })
  expect(value(await changePlan(deps, { id: 'full', name: 'All hours' }))).toMatchObject({ visits: 10 })
  expect(logged()).toEqual(['plan-changed', 'plan-changed'])
})
