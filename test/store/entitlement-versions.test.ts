// Every entitlement that ever held is kept, once, with the moment at which the desk learned of it.
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { DAY } from '../../src/main/domain/time.ts'
import { entitlementAt, flaggedSince, heldBy, versionsOf } from '../../src/main/store/entitlement-versions.ts'
import { entitlementOf, insertStripeMembership, writeEntitlement } from '../../src/main/store/entitlements.ts'
import { pauseToReview, rememberPauseAtImport, reviewPauses } from '../../src/main/store/first-seen.ts'
import { insertMember } from '../../src/main/store/members.ts'
import { openForWriting, type WriteDb } from '../../src/main/store/open.ts'
import { upsertProductPlan } from '../../src/main/store/plans.ts'
import { entitlement, NOW } from '../domain/samples.ts'
import { freshFolder, MIGRATIONS, openFresh } from './folder.ts'

let db: WriteDb
beforeEach(() => {
  db = openFresh()
  insertMember(db, { id: 'ada', name: 'Ada', phone: null, createdAt: 1 }, 'desk')
  for (const plan of ['full', 'evenings'])
    upsertProductPlan(db, { id: plan, account: 'a', productId: plan, name: plan, at: 1 })
  const membership = { id: 'm1', account: 'a', subscriptionId: 's', planId: 'full', memberId: 'ada' }
  insertStripeMembership(db, { ...membership, from: 100, at: 100, origin: 'desk' })
})

const full = entitlement()
const evenings = entitlement({ planId: 'evenings', cause: 'ending', knownEnd: NOW + DAY })

describe('versions', () => {
  test('are written with a change and not without one, oldest first', () => {
    for (const [one, at] of [
      [full, 100],
      [full, 200],
      [evenings, 300],
    ] as const)
      writeEntitlement(db, one, null, at)
    expect(versionsOf(db, 'm1')).toEqual([
      { at: 100, entitlement: full, morePlans: [] },
      { at: 300, entitlement: evenings, morePlans: [] },
    ])
    expect(heldBy(db, 'ada')).toEqual([
      { versions: versionsOf(db, 'm1'), covers: [{ id: 'm1', from: 100, until: null }] },
    ])
  })

  test('are not written again by a rebuild, and give what was known where the row is thrown away', () => {
    writeEntitlement(db, full, null, 100)
    writeEntitlement(db, evenings, 'unknown-status', 200)
    db.exec('DELETE FROM entitlement')
    expect(entitlementOf(db, 'm1')).toEqual(evenings)
    expect(writeEntitlement(db, evenings, 'unknown-status', 900)).toBe(true)
    expect(versionsOf(db, 'm1').map(({ at }) => at)).toEqual([100, 200])
  })

  test('tell what held at a moment; before the first of them, what holds now', () => {
    writeEntitlement(db, full, null, 100)
    writeEntitlement(db, evenings, null, 200)
    expect([100, 199, 200, 999].map((at) => entitlementAt(db, 'm1', at)?.planId)).toEqual([
      'full',
      'full',
      'evenings',
      'evenings',
    ])
    expect(entitlementAt(db, 'm1', 1)?.planId).toBe('evenings')
  })

  test('tell since when a flag stands without a break', () => {
    writeEntitlement(db, full, 'unknown-status', 100)
    writeEntitlement(db, full, null, 200)
    writeEntitlement(db, full, 'unknown-status', 300)
    writeEntitlement(db, evenings, 'unknown-status', 400)
    expect(flaggedSince(db, 'm1', 'unknown-status')).toBe(300)
    expect(flaggedSince(db, 'm1', 'paused-by-system')).toBeNull()
  })
})

test('a pause that the first import saw is remembered as it was first seen, and reviewed once', () => {
  rememberPauseAtImport(db, 'a', 's', 100)
  rememberPauseAtImport(db, 'a', 's', 200)
  expect(pauseToReview(db, 'a', 's')).toBe(100)
  expect(pauseToReview(db, 'b', 's')).toBeNull()
  expect([reviewPauses(db, 300), reviewPauses(db, 400)]).toEqual([1, 0])
  rememberPauseAtImport(db, 'a', 's', 500)
  expect(pauseToReview(db, 'a', 's')).toBeNull()
})

test('a desk of the first version keeps its entitlements, with the cause that nobody wrote down then', () => {
  const folder = freshFolder()
  const old = new Database(path.join(folder, 'desk.db'))
  old.exec(fs.readFileSync(path.join(MIGRATIONS, 'desk/0001-initial.sql'), 'utf8'))
  old.exec(`INSERT INTO membership VALUES ('m1', 'stripe', 'a', 's', NULL, NULL, NULL, 1, 'desk');
    INSERT INTO entitlement VALUES ('m1', 'full', 'frozen', 5, NULL, NULL, 0, NULL, 7, 0, 'card', 0, NULL);
    PRAGMA user_version = 1`)
  old.close()
  const upgraded = openForWriting(folder, 'desk', MIGRATIONS)
  expect(entitlementOf(upgraded, 'm1')).toMatchObject({
    phase: 'frozen',
    paidUntil: 5,
    pauseUnreviewed: false,
    provisionalUntil: null,
    cause: 'before',
  })
  upgraded.close()
})
