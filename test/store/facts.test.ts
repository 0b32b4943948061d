// What the desk stores, and what of it may change what a door answers.
import { beforeEach, describe, expect, test } from 'vitest'
import type { CredentialFact } from '../../src/main/domain/credential.ts'
import { credentialAt } from '../../src/main/domain/credential.ts'
import { DAY } from '../../src/main/domain/time.ts'
import {
  allCredentials,
  credentialByCanonical,
  credentialId,
  credentialsEverOf,
  credentialsProjectingTo,
  insertCredential,
  insertCredentialFact,
} from '../../src/main/store/credentials.ts'
import {
  allDoors,
  doorById,
  doorNames,
  insertDoor,
  plansOfDoor,
  removeDoor,
  setDoorKey,
  setDoorPlans,
} from '../../src/main/store/doors.ts'
import {
  entitlementOf,
  entitlementsOfMember,
  insertStripeMembership,
  writeEntitlement,
} from '../../src/main/store/entitlements.ts'
import { addEmail, emailsOf, insertMember, membersByEmail } from '../../src/main/store/members.ts'
import type { WriteDb } from '../../src/main/store/open.ts'
import { upsertProductPlan } from '../../src/main/store/plans.ts'
import {
  policyFrom,
  readDeskId,
  readRevision,
  readSettings,
  wasMadeByDemo,
  writeSetting,
} from '../../src/main/store/settings.ts'
import { insertUiSession, isUiSession } from '../../src/main/store/ui-sessions.ts'
import { entitlement, NOW } from '../domain/samples.ts'
import { openFresh } from './folder.ts'

let db: WriteDb

beforeEach(() => {
  db = openFresh()
  for (const plan of ['full', 'evenings'])
    upsertProductPlan(db, { id: plan, account: 'acct', productId: `prod_${plan}`, name: plan, at: 1 })
  for (const id of ['ada', 'ben']) insertMember(db, { id, name: id, phone: null, createdAt: 1 }, 'desk')
  insertStripeMembership(db, {
    id: 'm1',
    account: 'acct',
    subscriptionId: 'sub_1',
    planId: 'full',
    memberId: 'ada',
    from: 100,
    at: 100,
    origin: 'desk',
  })
})

/** By how much the revision rises. */
function rise(act: () => unknown): number {
  const before = readRevision(db)
  act()
  return readRevision(db) - before
}

describe('an entitlement', () => {
  test('that is written unchanged costs no revision', () => {
    expect(rise(() => expect(writeEntitlement(db, entitlement(), null, NOW)).toBe(true))).toBe(1)
    expect(rise(() => expect(writeEntitlement(db, entitlement(), null, NOW)).toBe(false))).toBe(0)
    const open = entitlement({ paidUntil: null, knownEnd: null, graceUntil: null })
    writeEntitlement(db, open, 'unknown-status', NOW)
    expect(rise(() => expect(writeEntitlement(db, open, 'unknown-status', NOW)).toBe(false))).toBe(0)
  })

  const changes = [
    { planId: 'evenings' },
    { phase: 'owing' },
    { paidUntil: null },
    { paidUntil: 5 },
    { graceStart: 1 },
    { graceUntil: 1 },
    { debitProcessing: true },
    { knownEnd: 7 },
    { allowance: 3 * DAY },
    { unpaid: true },
    { method: 'bank-debit' },
    { frozenOpen: true },
    { pauseUnreviewed: true },
    { provisionalUntil: 5 },
    { cause: 'ending' },
  ] as const
  test.each(changes)('that changed in %o is written, and raises the revision by one', (change) => {
    writeEntitlement(db, entitlement(), null, NOW)
    const changed = entitlement(change)
    expect(rise(() => expect(writeEntitlement(db, changed, null, NOW)).toBe(true))).toBe(1)
    expect(entitlementOf(db, 'm1')).toEqual(changed)
  })

  test('keeps its flag for staff, and a changed flag is a change', () => {
    writeEntitlement(db, entitlement(), null, NOW)
    expect(writeEntitlement(db, entitlement(), 'unknown-status', NOW)).toBe(true)
    expect(entitlementsOfMember(db, 'ada', 100)).toMatchObject([{ flag: 'unknown-status', planName: 'full' }])
  })

  test('covers a person from its first moment to its last, the last not included', () => {
    writeEntitlement(db, entitlement(), null, NOW)
    db.exec('UPDATE membership_cover SET until_at = 200')
    const covered = [99, 100, 199, 200].map((at) => entitlementsOfMember(db, 'ada', at).length)
    expect(covered).toEqual([0, 1, 1, 0])
    expect(entitlementsOfMember(db, 'ben', 150)).toEqual([])
  })
})

describe('facts about a card', () => {
  const enrolled = (memberId: string, at = 1_000): CredentialFact => {
    return { kind: 'enrolled', at, memberId, validFrom: null, validUntil: null }
  }
  const revoked = (reason: 'lost' | 'stolen' | 'returned', at = 1_000): CredentialFact => ({
    kind: 'revoked',
    at,
    reason,
  })
  let ids: number
  const add = (...facts: CredentialFact[]) => {
    // Ids that fall while facts are added: the order is that of recording, not of ids made in one millisecond.
    for (const fact of facts)
      insertCredentialFact(db, 'c1', fact, { id: `f${ids--}`, origin: 'desk', operator: 'owner' })
  }
  const stateNow = () => credentialAt(credentialByCanonical(db, 'em:6F007B3972')?.facts ?? [], 2_000)

  beforeEach(() => {
    ids = 99
    insertCredential(db, 'c1', 'em:6F007B3972', 1)
  })

  test('within one millisecond hold in the order in which they were recorded', () => {
    add(enrolled('ada'), revoked('lost'), enrolled('ben'), revoked('stolen'), enrolled('ada'))
    expect(stateNow()).toMatchObject({ state: 'active', memberId: 'ada' })
    add(revoked('returned'))
    expect(stateNow()).toMatchObject({ state: 'revoked', memberId: 'ada', why: 'returned' })
    const facts = credentialByCanonical(db, 'em:6F007B3972')?.facts
    expect(facts?.map(({ kind }) => kind)).toEqual([
      'enrolled',
      'revoked',
      'enrolled',
      'revoked',
      'enrolled',
      'revoked',
    ])
    expect(allCredentials(db)).toEqual([{ id: 'c1', canonical: 'em:6F007B3972', facts }])
    for (const member of ['ada', 'ben']) expect(credentialsEverOf(db, [member])[0]?.facts).toEqual(facts)
  })

  test('keep that order through a VACUUM', () => {
    add(enrolled('ada'), revoked('lost'), enrolled('ben'))
    db.exec('VACUUM')
    expect(stateNow()).toMatchObject({ state: 'active', memberId: 'ben' })
  })

  test('come back as they were recorded', () => {
    const facts: CredentialFact[] = [
      { kind: 'stocked', at: 900, loaner: true },
      { kind: 'labelled', at: 950, label: 'Loaner 3' },
      { kind: 'enrolled', at: 1_000, memberId: 'ada', validFrom: 1_500, validUntil: 9_000, dueAt: 8_000 },
      { kind: 'suspended', at: 1_100, reason: 'left at the desk' },
      { kind: 'reinstated', at: 1_200 },
      { kind: 'upgraded', at: 1_250, from: 'w26:7B3972' },
      { kind: 'revoked', at: 1_300, reason: 'damaged' },
    ]
    add(...facts)
    expect(credentialByCanonical(db, 'em:6F007B3972')?.facts).toEqual(facts)
  })

  test('each raise the revision; a card alone does not', () => {
    expect(rise(() => insertCredential(db, 'c2', 'em:0000000001', 1))).toBe(0)
    expect(rise(() => add(enrolled('ada'), revoked('lost')))).toBe(2)
    expect(credentialId(db, 'em:0000000001')).toBe('c2')
    expect(credentialByCanonical(db, 'em:0000000001')).toBeNull()
  })

  test('are found through the short forms of the card', () => {
    add(enrolled('ada'))
    for (const short of ['w34:007B3972', 'w26:7B3972'])
      expect(credentialsProjectingTo(db, short).map(({ id }) => id)).toEqual(['c1'])
    expect(credentialsProjectingTo(db, 'em:6F007B3972')).toEqual([])
    expect(credentialsProjectingTo(db, 'w26:7B3973')).toEqual([])
  })

  test('one identity is one card', () => {
    expect(() => insertCredential(db, 'c2', 'em:6F007B3972', 1)).toThrow('UNIQUE')
  })
})

describe('a door', () => {
  const door = (change = {}) => ({
    id: 'front',
    name: 'Front',
    driver: 'native',
    format: null,
    key: 'a'.repeat(64),
    at: 5,
    ...change,
  })

  test('is new: open to every plan, three seconds, no allowance of its own', () => {
    insertDoor(db, door())
    expect(doorById(db, 'front')).toEqual({
      ...{ id: 'front', name: 'Front', driver: 'native', format: null, key: 'a'.repeat(64) },
      ...{ keyEpoch: 1, openMs: 3_000, allowance: null, restricted: false, direction: null, antiPassback: false },
    })
  })

  test('that is removed is gone with its key and its plans, and the log still knows its name', () => {
    insertDoor(db, door())
    setDoorPlans(db, 'front', [{ plan: 'full', schedule: null }])
    removeDoor(db, 'front', { at: 9, operator: 'owner', origin: 'desk-1' })
    expect(doorById(db, 'front')).toBeNull()
    expect(allDoors(db)).toEqual([])
    expect(plansOfDoor(db, 'front')).toEqual([])
    expect(doorNames(db).get('front')).toBe('Front')
    expect(db.prepare("SELECT key FROM door WHERE id = 'front'").pluck().get()).toBeNull()
  })

  test('that is removed and comes back is a new door, and its key epoch goes on rising', () => {
    insertDoor(db, door({ format: 'W26' }))
    setDoorKey(db, 'front', 'b'.repeat(64))
    setDoorPlans(db, 'front', [{ plan: 'full', schedule: null }])
    db.exec("UPDATE door SET open_ms = 9000, allowance = 0 WHERE id = 'front'")
    removeDoor(db, 'front', { at: 9, operator: 'owner', origin: 'desk-1' })
    insertDoor(db, door({ name: 'Main', key: 'c'.repeat(64) }))
    expect(doorById(db, 'front')).toEqual({
      ...{ id: 'front', name: 'Main', driver: 'native', format: null, key: 'c'.repeat(64) },
      ...{ keyEpoch: 3, openMs: 3_000, allowance: null, restricted: false, direction: null, antiPassback: false },
    })
    expect(plansOfDoor(db, 'front')).toEqual([])
  })

  test('opens to the plans that it is given, to none, or to all', () => {
    insertDoor(db, door())
    setDoorPlans(db, 'front', [
      { plan: 'full', schedule: null },
      { plan: 'evenings', schedule: null },
      { plan: 'full', schedule: null },
    ])
    expect(plansOfDoor(db, 'front').map(({ plan }) => plan)).toEqual(['evenings', 'full'])
    setDoorPlans(db, 'front', [])
    expect(doorById(db, 'front')?.restricted).toBe(true)
    setDoorPlans(db, 'front', null)
    expect(doorById(db, 'front')?.restricted).toBe(false)
    expect(() => setDoorPlans(db, 'front', [{ plan: 'nothing', schedule: null }])).toThrow('FOREIGN KEY')
  })

  test('raises the revision with whatever changes it', () => {
    expect(rise(() => insertDoor(db, door()))).toBeGreaterThan(0)
    expect(rise(() => setDoorPlans(db, 'front', [{ plan: 'full', schedule: null }]))).toBeGreaterThan(0)
    expect(rise(() => setDoorKey(db, 'front', 'b'.repeat(64)))).toBeGreaterThan(0)
    expect(rise(() => removeDoor(db, 'front', { at: 9, operator: 'owner', origin: 'desk-1' }))).toBeGreaterThan(0)
    expect(rise(() => insertDoor(db, door()))).toBeGreaterThan(0)
  })
})

describe('settings', () => {
  test('have defaults, and keep what is written', () => {
    expect(readSettings(db)).toEqual({
      spaceName: 'Our space',
      timeZone: 'UTC',
      locale: 'en-GB',
      endOfDay: true,
      graceDays: { card: 7, 'bank-debit': 14, manual: 7 },
      pauseOpens: { collection: false, requested: false, 'trial-end': false, system: false },
      website: null,
      provisional: { days: 7, doors: null },
    })
    writeSetting(db, 'timeZone', 'Europe/Berlin', 1)
    writeSetting(db, 'endOfDay', false, 1)
    writeSetting(db, 'graceDays', { card: 1, 'bank-debit': 2, manual: 3 }, 1)
    expect(policyFrom(readSettings(db))).toEqual({
      grace: { card: DAY, 'bank-debit': 2 * DAY, manual: 3 * DAY },
      pauseOpens: { collection: false, requested: false, 'trial-end': false, system: false },
      endOfDay: false,
      zone: 'Europe/Berlin',
    })
  })

  test('raise the revision when they are first written and when they change, and not otherwise', () => {
    expect(rise(() => writeSetting(db, 'endOfDay', false, 1))).toBe(1)
    expect(rise(() => writeSetting(db, 'endOfDay', false, 2))).toBe(0)
    expect(rise(() => writeSetting(db, 'endOfDay', true, 3))).toBe(1)
    expect(db.prepare("SELECT changed_at FROM setting WHERE key = 'endOfDay'").pluck().get()).toBe(3)
  })

  test('a desk has no id and no kind until it is opened', () => {
    expect([readDeskId(db), wasMadeByDemo(db)]).toEqual([null, false])
    writeSetting(db, 'deskId', 'desk-1', 1)
    writeSetting(db, 'madeByDemo', true, 1)
    expect([readDeskId(db), wasMadeByDemo(db)]).toEqual(['desk-1', true])
  })
})

test('an email is kept as it was first spelled, once a person, and reaches whoever shares it', () => {
  addEmail(db, 'ada', ' Ada@Example.ORG ', 1)
  addEmail(db, 'ada', 'ada@example.org', 2)
  addEmail(db, 'ben', 'ADA@example.org', 3)
  expect(emailsOf(db, ['ada'])).toEqual(new Map([['ada', ['Ada@Example.ORG']]]))
  expect(
    membersByEmail(db, 'aDa@example.org ')
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['ada', 'ben'])
})

test('a screen is signed in until its time is over, and its token is nowhere in the file', () => {
  insertUiSession(db, 'secret-token', 1_000, 2_000)
  expect([isUiSession(db, 'secret-token', 1_999), isUiSession(db, 'secret-token', 2_000)]).toEqual([true, false])
  expect(isUiSession(db, 'other', 1_500)).toBe(false)
  expect(JSON.stringify(db.prepare('SELECT * FROM ui_session').all())).not.toContain('secret-token')
  insertUiSession(db, 'next', 3_000, 4_000)
  expect(db.prepare('SELECT count(*) FROM ui_session').pluck().get()).toBe(1)
})
