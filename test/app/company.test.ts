// Permissions, inductions, guests, people under age, events: what is refused, with what to do, and what the panel shows.
import { expect, test } from 'vitest'
import { endAccess, giveAccess } from '../../src/main/app/access-override.ts'
import { explain } from '../../src/main/app/explain.ts'
import { giveInduction, takeInduction } from '../../src/main/app/give-induction.ts'
import { setHidden } from '../../src/main/app/hide-member.ts'
import { ORPHAN_PARTS } from '../../src/main/app/inbox-orphans.ts'
import { endGuest, inviteGuest } from '../../src/main/app/invite-guest.ts'
import { letInOnce } from '../../src/main/app/let-in-once.ts'
import { addManual } from '../../src/main/app/manual-membership.ts'
import { memberPanel } from '../../src/main/app/member-panel.ts'
import { mergePeople, unmergePeople } from '../../src/main/app/merge-people.ts'
import { bar, lockDown } from '../../src/main/app/order-doors.ts'
import { archiveMember } from '../../src/main/app/people.ts'
import { clearMinor, setMinor } from '../../src/main/app/set-minor.ts'
import { endEvent, listEvents, saveEvent } from '../../src/main/app/space-events.ts'
import { readWhoIsIn } from '../../src/main/app/who-is-in.ts'
import { insertDoor } from '../../src/main/store/doors.ts'
import { saveInduction, setDoorInductions } from '../../src/main/store/inductions.ts'
import { insertMember } from '../../src/main/store/members.ts'
import { saveSchedule } from '../../src/main/store/schedules.ts'
import { openAgreedDesk, refusalOf, value } from './agreed-desk.ts'

/** Tuesday 10 March 2026, 11:00 in Berlin. Ada has paid for the month; the laser room asks for an induction. */
function opened() {
  const desk = openAgreedDesk('2026-03-10T10:00:00Z')
  const { deps } = desk
  const { db } = deps.live
  value(addManual(deps, { member: 'ada', plan: 'full', method: 'cash', from: '2026-03-01', until: '2026-03-31' }))
  insertDoor(db, { id: 'laser', name: 'Laser room', driver: 'native', format: null, key: null, at: deps.now() })
  saveInduction(db, { id: 'laser', name: 'Laser' }, deps.now())
  setDoorInductions(db, 'laser', ['laser'])
  saveSchedule(db, {
    id: 'afternoons',
    name: 'Afternoons',
    windows: [{ days: [1, 2, 3, 4, 5], from: '14:00', to: '18:00' }],
  })
  insertMember(db, { id: 'gone', name: 'Gone', phone: null, createdAt: deps.now() }, 'desk-1')
  value(archiveMember(deps, 'gone'))
  const rows = () => db.prepare('SELECT kind FROM action ORDER BY seq').pluck().all() as string[]
  const before = rows().length
  return { ...desk, deps, logged: () => rows().slice(before), panel: (id: string) => value(memberPanel(deps, id)) }
}
const says = (deps: ReturnType<typeof opened>['deps'], door: string, card: string) =>
  value(explain(deps, { door, card })).sentence

test('let in once is refused where it would open nothing, or would be a second pass', () => {
  const { deps, logged, panel, setClock } = opened()
  const once = (change: object = {}) => letInOnce(deps, { member: 'ben', door: 'front', why: 'his bag', ...change })
  expect(refusalOf(once({ member: 'nobody' })).code).toBe('not-found')
  expect(refusalOf(once({ member: 'gone' })).sentence).toBe('Gone was put away: bring them back first.')
  expect(refusalOf(once({ door: 'cellar' })).code).toBe('not-found')
  expect(refusalOf(once({ why: ' ' })).code).toBe('bad-request')
  expect(logged()).toEqual([])
  value(bar(deps, { member: 'cat', why: 'x' }))
  expect(refusalOf(once({ member: 'cat' })).sentence).toContain('a manager lifts that first.')
  value(lockDown(deps, { id: 'laser' }))
  expect(refusalOf(once({ door: 'laser' })).sentence).toBe(
    'Laser room is locked down, so it would not open. Release it first.',
  )
  expect(value(once()).until).toBe('2026-03-10T10:15:00.000Z')
  expect(refusalOf(once({ door: null })).sentence).toBe(
    'ben may come in once already, until today 11:15: use that, or end it.',
  )
  expect(panel('ben').overrides).toMatchObject([{ door: { name: 'Front door' }, left: 1, by: 'owner' }])
  expect(says(deps, 'front', 'em:0A00000001')).toBe(
    "ben may come in once by owner's permission until today 11:15 (his bag).",
  )
  setClock('2026-03-10T10:15:00Z')
  expect(panel('ben')).toMatchObject({ overrides: [], letInOnce: 1 })
  expect(logged()).toEqual(['member-barred', 'door-locked-down', 'let-in-once'])
})

test('access by word may be for one door alone', () => {
  const { deps, panel } = opened()
  const give = (door: string) => giveAccess(deps, { member: 'ben', until: '2026-03-12', why: 'a repair', door })
  expect(refusalOf(give('cellar')).code).toBe('not-found')
  const { id } = value(give('laser'))
  expect(says(deps, 'laser', 'em:0A00000001')).toBe("ben may come in by owner's permission until 12 Mar (a repair).")
  expect(value(explain(deps, { door: 'front', card: 'em:0A00000001' })).reason).toBe('no-membership')
  // It is no answer to what the panel says of every door.
  expect(panel('ben').sentence).toBe('ben has no membership.')
  value(endAccess(deps, id))
  expect(refusalOf(endAccess(deps, id)).code).toBe('wrong-state')
})

test('inductions: given to a day or for good, shown with what is missing, taken back once', () => {
  const { deps, logged, panel, setClock } = opened()
  const give = (change: object = {}) =>
    giveInduction(deps, { member: 'ada', induction: 'laser', until: null, ...change })
  const [door] = panel('ada').doors.filter(({ id }) => id === 'laser')
  expect(door?.sentence).toBe('Full member does not open Laser room: it needs the Laser induction.')
  expect(panel('ada').inductions).toEqual([{ id: 'laser', name: 'Laser', given: null }])
  expect(refusalOf(give({ induction: 'lathe' })).code).toBe('not-found')
  expect(refusalOf(give({ until: '2026-03-09' })).sentence).toBe('Choose a day that is still to come.')
  expect(refusalOf(give({ until: 'soon' })).code).toBe('bad-request')
  value(give({ until: '2026-03-20' }))
  const given = { at: '2026-03-10T10:00:00.000Z', until: '2026-03-20T23:00:00.000Z', by: 'owner', over: false }
  expect(panel('ada').inductions).toEqual([{ id: 'laser', name: 'Laser', given }])
  setClock('2026-03-20T23:00:00Z')
  expect(panel('ada').inductions[0]?.given?.over).toBe(true)
  value(give())
  value(takeInduction(deps, { member: 'ada', induction: 'laser' }))
  expect(refusalOf(takeInduction(deps, { member: 'ada', induction: 'laser' })).code).toBe('wrong-state')
  expect(logged()).toEqual(['induction-given', 'induction-given', 'induction-taken'])
})

test('guests: not of themselves, not of somebody who cannot come in, not for ever', () => {
  const { deps, logged, panel } = opened()
  const invite = (change: object = {}) =>
    inviteGuest(deps, { host: 'ada', guest: 'ben', until: '2026-03-12', ...change })
  expect(refusalOf(invite({ guest: 'ada' })).sentence).toBe('Nobody can be their own guest: choose somebody else.')
  expect(refusalOf(invite({ host: 'ben', guest: 'cat' })).sentence).toContain('has no membership that holds')
  expect(refusalOf(invite({ guest: 'gone' })).code).toBe('wrong-state')
  expect(refusalOf(invite({ until: '2026-03-09' })).code).toBe('bad-request')
  expect(refusalOf(invite({ until: '2026-03-26' })).sentence).toContain('14 days at most')
  expect(logged()).toEqual([])
  value(invite())
  const { id } = value(invite({ until: '2026-03-24' }))
  expect(panel('ada').guests).toEqual([{ id, guest: { id: 'ben', name: 'ben' }, until: '2026-03-24T23:00:00.000Z' }])
  expect(panel('ben')).toMatchObject({
    hosts: [{ id, host: { name: 'ada' }, isIn: false }],
    sentence: "ben is ada's guest until 24 Mar: they come in while ada is in.",
  })
  // A guest is not somebody whom the desk has forgotten.
  const waiting = () =>
    ORPHAN_PARTS.flatMap((part) => part(deps)).flatMap(({ kind, member }) => (member?.id === 'ben' ? [kind] : []))
  expect(waiting()).toEqual([])
  value(endGuest(deps, id))
  expect(waiting()).toEqual(['here-without-stripe', 'card-without-plan'])
  expect(refusalOf(endGuest(deps, id)).sentence).toBe('This invitation is over already.')
  expect(logged()).toEqual(['guest-invited', 'guest-invited', 'guest-ended'])
})

test('under age: a day to come, guardians who are not, hours that there are', () => {
  const { deps, logged, panel } = opened()
  const set = (change: object = {}) =>
    setMinor(deps, {
      member: 'ada',
      ofAge: '2030-06-01',
      guardianNeeded: true,
      hours: 'afternoons',
      guardians: ['ben'],
      ...change,
    })
  expect(refusalOf(set({ ofAge: '2012-06-01' })).sentence).toContain('of age already')
  expect(refusalOf(set({ ofAge: '2062-06-01' })).code).toBe('bad-request')
  expect(refusalOf(set({ ofAge: '01.06.2030' })).code).toBe('bad-request')
  expect(refusalOf(set({ guardians: [] })).sentence).toContain('without one they could never come in')
  expect(refusalOf(set({ guardians: ['ada'] })).code).toBe('bad-request')
  expect(refusalOf(set({ guardians: ['nobody'] })).code).toBe('not-found')
  expect(refusalOf(set({ hours: 'nights' })).code).toBe('not-found')
  expect(logged()).toEqual([])
  value(set())
  expect(panel('ada').minor).toEqual({
    ofAge: '2030-06-01',
    guardianNeeded: true,
    hours: { id: 'afternoons', name: 'Afternoons' },
    guardians: [{ id: 'ben', name: 'ben', isIn: false }],
  })
  expect(refusalOf(set({ member: 'cat', guardians: ['ada'] })).sentence).toContain('is under age too')
  value(set({ guardianNeeded: false, guardians: [] }))
  expect(says(deps, 'front', 'em:0A00000000')).toBe('ada is under age and comes in Mon–Fri 14:00–18:00.')
  value(clearMinor(deps, 'ada'))
  expect(panel('ada').minor).toBeNull()
  expect(refusalOf(clearMinor(deps, 'ada')).code).toBe('wrong-state')
  expect(logged()).toEqual(['minor-set', 'minor-set', 'minor-cleared'])
})

test('events: in the space’s own hours, ahead, not backwards, a week at most', () => {
  const { deps, logged, setClock } = opened()
  const make = (change: object = {}) =>
    saveEvent(deps, {
      name: 'Open day',
      from: '2026-03-14T10:00',
      until: '2026-03-14T18:00',
      doors: [],
      members: null,
      heads: null,
      ...change,
    })
  expect(refusalOf(make({ from: '2026-03-10T09:00' })).sentence).toContain('cannot begin in the past')
  // It is the end that is wrong where the beginning is still to come, or only just over.
  const soon = { from: '2026-03-10T12:00', until: '2026-03-10T10:30' }
  expect(refusalOf(make(soon)).sentence).toBe('It has to end after it begins.')
  expect(refusalOf(make({ from: '2026-03-10T10:10', until: '2026-03-10T10:30' })).sentence).toContain('over already')
  expect(refusalOf(make({ until: '2026-03-14T09:59' })).sentence).toBe('It has to end after it begins.')
  expect(refusalOf(make({ until: '2026-03-21T10:01' })).sentence).toContain('7 days at most')
  expect(refusalOf(make({ until: 'later' })).code).toBe('bad-request')
  expect(refusalOf(make({ name: ' ' })).code).toBe('bad-request')
  expect(refusalOf(make({ doors: ['cellar'] })).code).toBe('not-found')
  expect(refusalOf(make({ members: [] })).sentence).toContain('Say who may come')
  expect(refusalOf(make({ members: ['nobody'] })).code).toBe('not-found')
  expect(logged()).toEqual([])
  const [event] = value(make({ doors: ['laser'], members: ['ben'], heads: 30 }))
  expect(event).toMatchObject({
    from: '2026-03-14T09:00:00.000Z',
    until: '2026-03-14T17:00:00.000Z',
    isOn: false,
    doors: [{ id: 'laser', name: 'Laser room' }],
    members: [{ id: 'ben' }],
    came: 0,
    by: 'owner',
  })
  setClock('2026-03-14T09:00:00Z')
  expect(listEvents(deps)[0]?.isOn).toBe(true)
  expect(says(deps, 'laser', 'em:0A00000001')).toBe(
    "ben may come in by owner's permission until today 18:00 (Open day).",
  )
  value(endEvent(deps, event?.id ?? ''))
  expect(listEvents(deps)).toEqual([])
  expect(refusalOf(endEvent(deps, event?.id ?? '')).sentence).toBe('This event is over already.')
  expect(logged()).toEqual(['event-made', 'event-ended'])
})

test('an event that is not over can be changed, on or still to come; each step stands in the log', () => {
  const { deps, logged, setClock } = opened()
  const first = { from: '2026-03-14T10:00', until: '2026-03-14T18:00', doors: ['laser'], members: ['ben'], heads: 30 }
  const [event] = value(saveEvent(deps, { name: 'Open day', ...first }))
  const id = event?.id ?? ''
  const change = (what: object) => saveEvent(deps, { id, name: 'Open day', ...first, ...what })
  expect(refusalOf(change({ id: 'another' })).sentence).toBe('This event is over already.')
  expect(refusalOf(change({ until: '2026-03-14T09:00' })).sentence).toBe('It has to end after it begins.')
  expect(refusalOf(change({ from: '2026-03-10T09:00' })).sentence).toContain('cannot begin in the past')
  expect(refusalOf(change({ members: ['ben', 'gone'] })).sentence).toBe('Gone was put away: bring them back first.')
  expect(logged()).toEqual(['event-made'])
  value(change({ name: 'Open days', from: '2026-03-13T10:00', doors: [], members: null, heads: null }))
  expect(listEvents(deps)).toMatchObject([
    { id, name: 'Open days', from: '2026-03-13T09:00:00.000Z', doors: [], members: null, heads: null, by: 'owner' },
  ])
  setClock('2026-03-13T12:00:00Z')
  expect(says(deps, 'front', 'em:0A00000002')).toContain('(Open days)')
  // What a form shows of an event that is on: its beginning to the minute.
  const on = { name: 'Open days', from: '2026-03-13T10:00' }
  value(change({ ...on, until: '2026-03-13T15:00', doors: ['front'], members: ['cat'] }))
  expect(listEvents(deps)).toMatchObject([
    { isOn: true, doors: [{ id: 'front' }], members: [{ id: 'cat' }], heads: 30, from: '2026-03-13T09:00:00.000Z' },
  ])
  expect(says(deps, 'front', 'em:0A00000002')).toContain('(Open days)')
  expect(says(deps, 'front', 'em:0A00000001')).not.toContain('(Open days)')
  expect(says(deps, 'laser', 'em:0A00000002')).not.toContain('(Open days)')
  expect(refusalOf(change({ ...on, until: '2026-03-13T12:59' })).sentence).toContain('would be over already')
  expect(refusalOf(change({ from: '2026-03-13T10:01' })).sentence).toContain('cannot begin in the past')
  setClock('2026-03-13T14:00:00Z')
  expect(refusalOf(change({ ...on, until: '2026-03-13T18:00' })).sentence).toBe('This event is over already.')
  expect(logged()).toEqual(['event-made', 'event-changed', 'event-changed'])
  const details = deps.desk.prepare('SELECT detail FROM action WHERE subject = ? ORDER BY seq').pluck().all(id)
  expect(details.map((detail) => JSON.parse(String(detail)))).toMatchObject([
    { name: 'Open day', doors: ['laser'], members: ['ben'], heads: 30 },
    { name: 'Open days', from: '2026-03-13T09:00:00.000Z', doors: [], members: null, heads: null },
    { name: 'Open days', until: '2026-03-13T14:00:00.000Z', doors: ['front'], members: ['cat'], heads: 30 },
  ])
})

test('whoever looks at who is in stands in the log, once for each operator and local day', () => {
  const { deps, logged, setClock } = opened()
  const sam = { ...deps, live: { ...deps.live, operator: 'Sam' } }
  for (let times = 0; times < 3; times += 1) readWhoIsIn(deps)
  expect(logged()).toEqual(['who-is-in-read'])
  for (let times = 0; times < 2; times += 1) readWhoIsIn(sam)
  // Half an hour before midnight in Berlin, and half an hour after it.
  setClock('2026-03-10T22:30:00Z')
  readWhoIsIn(deps)
  expect(logged()).toHaveLength(2)
  setClock('2026-03-10T23:30:00Z')
  readWhoIsIn(deps)
  const rows = deps.desk
    .prepare("SELECT operator, subject FROM action WHERE kind = 'who-is-in-read' ORDER BY seq")
    .all()
  expect(rows).toEqual([
    { operator: 'owner', subject: '2026-03-10' },
    { operator: 'Sam', subject: '2026-03-10' },
    { operator: 'owner', subject: '2026-03-11' },
  ])
})

test('hiding somebody is a fact with its time, its origin and by whom, and so is showing them again', () => {
  const { deps, logged, panel, setClock } = opened()
  expect(panel('ben').hidden).toBe(false)
  value(setHidden(deps, { id: 'ben', hidden: true }))
  value(setHidden(deps, { id: 'ben', hidden: true }))
  expect(panel('ben').hidden).toBe(true)
  expect(panel('cat').hidden).toBe(false)
  setClock('2026-03-11T10:00:00Z')
  value(setHidden(deps, { id: 'ben', hidden: false }))
  expect(panel('ben').hidden).toBe(false)
  expect(refusalOf(setHidden(deps, { id: 'gone', hidden: true })).code).toBe('wrong-state')
  expect(refusalOf(setHidden(deps, { id: 'nobody', hidden: true })).code).toBe('not-found')
  expect(logged()).toEqual(['member-hidden', 'member-shown'])
  const facts = deps.desk.prepare('SELECT member_id, hidden, at, origin, operator FROM member_hidden ORDER BY at').all()
  expect(facts).toEqual([
    { member_id: 'ben', hidden: 1, at: Date.parse('2026-03-10T10:00:00Z'), origin: 'desk-1', operator: 'owner' },
    { member_id: 'ben', hidden: 0, at: Date.parse('2026-03-11T10:00:00Z'), origin: 'desk-1', operator: 'owner' },
  ])
  // Whoever turns out to be somebody else takes it along, and back.
  value(setHidden(deps, { id: 'dan', hidden: true }))
  const { merge } = value(mergePeople(deps, { keep: 'cat', from: 'dan' }))
  expect(panel('cat').hidden).toBe(true)
  value(setHidden(deps, { id: 'cat', hidden: false }))
  expect(panel('cat').hidden).toBe(false)
  value(setHidden(deps, { id: 'cat', hidden: true }))
  value(unmergePeople(deps, merge))
  expect([panel('cat').hidden, panel('dan').hidden]).toEqual([true, true])
})
