// Access by a person's word, and the decision about pauses: on a real database, from the call to the door's answer.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { endAccess, giveAccess } from '../../src/main/app/access-override.ts'
import { suspendCard } from '../../src/main/app/card-state.ts'
import { changeSettings } from '../../src/main/app/change-settings.ts'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { enrolCard } from '../../src/main/app/enrol-card.ts'
import { explain } from '../../src/main/app/explain.ts'
import { ORPHAN_PARTS } from '../../src/main/app/inbox-orphans.ts'
import { standingRows } from '../../src/main/app/inbox-standing.ts'
import { memberPanel } from '../../src/main/app/member-panel.ts'
import type { Result } from '../../src/main/app/result.ts'
import { uuidv7 } from '../../src/main/domain/ids.ts'
import type { Entitlement } from '../../src/main/domain/standing.ts'
import { DAY, HOUR, MINUTE, toIso } from '../../src/main/domain/time.ts'
import { verifyActions } from '../../src/main/store/actions.ts'
import { writeSyncState } from '../../src/main/store/billing-inbox.ts'
import { insertDoor } from '../../src/main/store/doors.ts'
import { insertStripeMembership, writeEntitlement } from '../../src/main/store/entitlements.ts'
import { pauseToReview, rememberPauseAtImport } from '../../src/main/store/first-seen.ts'
import { insertMember } from '../../src/main/store/members.ts'
import type { WriteDb } from '../../src/main/store/open.ts'
import { upsertProductPlan } from '../../src/main/store/plans.ts'
import { readRevision, readSettings, writeSetting } from '../../src/main/store/settings.ts'
import { entitlement, NOW } from '../domain/samples.ts'
import { openNew } from '../store/folder.ts'

const CARD = 'em:6F007B3972'
const ADA = 'ada'

let db: WriteDb
let deps: DeskDeps
let at: number
let derived: number
let folder: string

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-access-'))
  db = openNew(folder)
  at = NOW
  derived = 0
  const live = {
    db,
    newId: () => uuidv7(at, randomBytes(10)),
    operator: 'owner',
    push: () => undefined,
    pushLamps: () => undefined,
    sync: { deriveAll: () => derived++ },
  }
  // Of what only a running desk has, these use cases take no more.
  deps = { version: '1', desk: db, access: null, report: null, deskId: 'desk-1', now: () => at, live: live as never }
  writeSetting(db, 'timeZone', 'Europe/Berlin', NOW)
  insertMember(db, { id: ADA, name: 'Ada Lovelace', phone: null, createdAt: NOW }, 'desk-1')
  upsertProductPlan(db, { id: 'full', account: 'a', productId: 'p', name: 'Full member', at: NOW })
  insertDoor(db, { id: 'front', name: 'Front door', driver: 'native', format: null, key: null, at: NOW })
  const membership = { id: 'm1', account: 'a', subscriptionId: 's', planId: 'full', memberId: ADA }
  insertStripeMembership(db, { ...membership, from: NOW - 90 * DAY, at: NOW, origin: 'desk-1' })
  writeSyncState(db, { account: 'a', livemode: false, freshFrom: NOW - MINUTE, lastCompleteAt: NOW - MINUTE })
  value(enrolCard(deps, ADA, CARD))
})
afterEach(() => {
  db.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

const hold = (change: Partial<Entitlement>, flag: string | null = null) =>
  writeEntitlement(db, entitlement({ membershipId: 'm1', planId: 'full', ...change }), flag, at)
const cancelled = { phase: 'ended', cause: 'cancelled', knownEnd: NOW - DAY, paidUntil: NOW + 9 * DAY } as const
const door = (card = CARD) => value(explain(deps, { door: 'front', card }))
const panel = () => value(memberPanel(deps, ADA))
const give = (until: string, why = 'paid at the bar') => giveAccess(deps, { member: ADA, until, why })
const actions = () => db.prepare('SELECT kind, subject, detail FROM action ORDER BY seq').all() as { kind: string }[]

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.sentence}`)
  return result.value
}

describe('access by a person’s word', () => {
  test('opens until its day is over, says by whom and why, and is gone by itself', () => {
    hold(cancelled)
    expect(door()).toMatchObject({ grant: false, reason: 'ended' })
    const before = readRevision(db)
    const { id } = value(give('2026-03-20'))
    expect(readRevision(db)).toBe(before + 1)
    expect(door()).toMatchObject({
      grant: true,
      reason: 'ok-override',
      rule: 'override',
      inputs: { override: id, overrideUntil: '2026-03-20T23:00:00.000Z', overrideBy: 'owner' },
      sentence: "Ada Lovelace may come in by owner's permission until 20 Mar (paid at the bar).",
    })
    expect(panel()).toMatchObject({
      standing: 'ended',
      overrides: [{ id, until: '2026-03-20T23:00:00.000Z', why: 'paid at the bar', by: 'owner' }],
      doors: [{ id: 'front', grant: true, reason: 'ok-override' }],
    })
    at = Date.parse('2026-03-20T22:59:59Z')
    expect(door().reason).toBe('ok-override')
    at = Date.parse('2026-03-20T23:00:00Z')
    expect(door().reason).toBe('ended')
    expect(panel().overrides).toEqual([])
  })

  test('is ended early by a second fact; both steps stand in the log', () => {
    hold(cancelled)
    const { id } = value(give(toIso(NOW + 5 * HOUR)))
    at += HOUR
    value(endAccess(deps, id))
    expect(door().reason).toBe('ended')
    expect(endAccess(deps, id)).toMatchObject({ ok: false, refusal: { sentence: 'This access has ended already.' } })
    expect(actions().slice(1)).toMatchObject([
      { kind: 'access-given', subject: ADA, detail: expect.stringContaining('paid at the bar') },
      { kind: 'access-ended', subject: ADA, detail: JSON.stringify({ override: id }) },
    ])
    expect(verifyActions(db, 'desk-1')).toEqual({ rows: 3, firstBad: null })
    expect(db.prepare('SELECT count(*) AS n FROM access_override').get()).toEqual({ n: 1 })
  })

  test('of several the longest counts, and ending it leaves the other', () => {
    hold(cancelled)
    value(give('2026-03-19'))
    const long = value(give('2026-03-25', 'second'))
    expect(panel().overrides.map(({ why }) => why)).toEqual(['second', 'paid at the bar'])
    value(endAccess(deps, long.id))
    expect(door().sentence).toContain('until tomorrow (paid at the bar)')
  })

  test('lifts no refusal of the card', () => {
    hold(cancelled)
    value(give('2026-03-20'))
    value(suspendCard(deps, CARD, 'locker'))
    expect(door()).toMatchObject({ grant: false, reason: 'card-suspended' })
  })

  test.each([
    ['2026-03-17', 'x', 'Choose a day that is still to come.'],
    ['soon', 'x', '"soon" is not a day: write it like 2026-12-03, or choose one.'],
    ['3', 'x', '"3" is not a day: write it like 2026-12-03, or choose one.'],
    ['2026-03-20', '  ', 'Say why they may come in: it stands in the log.'],
  ])('until %j for %j is refused, and nothing is written', (until, why, sentence) => {
    expect(give(until, why)).toMatchObject({ ok: false, refusal: { sentence } })
    expect(actions()).toHaveLength(1)
  })

  test('is not for somebody who is not here', () => {
    expect(giveAccess(deps, { member: 'nobody', until: '2026-03-20', why: 'x' }).ok).toBe(false)
  })
})

describe('cancelled at once with paid days left', () => {
  test('the inbox offers access until then, and is content once it is given', () => {
    hold(cancelled)
    const [row, ...others] = standingRows(deps)
    expect(others).toEqual([])
    expect(row).toMatchObject({
      id: 'paid-days-left:m1',
      kind: 'paid-days-left',
      since: toIso(NOW - DAY),
      member: { id: ADA, name: 'Ada Lovelace' },
      action: 'give-access-until',
      until: toIso(NOW + 9 * DAY),
      sentence:
        "Ada Lovelace's membership was cancelled at once yesterday, with days paid until 27 Mar. Give access until then, or put this away.",
    })
    expect(door().reason).toBe('ended')
    value(give(row?.until ?? ''))
    expect(standingRows(deps)).toEqual([])
    expect(door().reason).toBe('ok-override')
  })

  test.each([
    ['of a cancellation for the end of the period', { phase: 'paid', cause: 'ending', knownEnd: NOW + 9 * DAY }],
    ['where nothing was paid', { ...cancelled, paidUntil: null }],
    ['once the days are over', { ...cancelled, paidUntil: NOW - HOUR }],
    ['of what was ended at the desk', { ...cancelled, method: 'manual' }],
    ['of what ended for want of payment', { ...cancelled, cause: 'cancelled-unpaid', unpaid: true }],
  ] as [string, Partial<Entitlement>][])('no row %s', (_, change) => {
    hold(change)
    expect(standingRows(deps).filter(({ kind }) => kind === 'paid-days-left')).toEqual([])
  })

  test('no row for somebody who has another membership', () => {
    hold(cancelled)
    const other = { id: 'm2', account: 'a', subscriptionId: 's2', planId: 'full', memberId: ADA }
    insertStripeMembership(db, { ...other, from: NOW - DAY, at: NOW, origin: 'desk-1' })
    writeEntitlement(db, entitlement({ membershipId: 'm2', planId: 'full' }), null, NOW)
    expect(standingRows(deps)).toEqual([])
  })
})

test('nobody is told to take back the card of somebody who may still pay what they owe', () => {
  const told = () => ORPHAN_PARTS.flatMap((part) => part(deps)).filter(({ kind }) => kind === 'card-without-plan')
  hold({ ...cancelled, cause: 'cancelled-unpaid', unpaid: true })
  expect([door().reason, told()]).toEqual(['lapsed', []])
  hold({ ...cancelled, paidUntil: null })
  expect(told()).toMatchObject([{ member: { id: ADA } }])
})

describe('paused at the first import', () => {
  const paused = { phase: 'frozen', cause: 'paused-requested', paidUntil: NOW - DAY, pauseUnreviewed: true } as const

  test('is listed, lets in, and one decision about pauses settles all of them', async () => {
    rememberPauseAtImport(db, 'a', 's', NOW - 2 * DAY)
    hold(paused)
    expect(door()).toMatchObject({ grant: true, reason: 'ok', rule: 'pause-unreviewed' })
    expect(standingRows(deps)).toMatchObject([
      { id: 'paused-at-import:m1', action: 'review-pauses', since: toIso(NOW - 2 * DAY) },
    ])
    expect(panel()).toMatchObject({
      standing: 'frozen',
      memberships: [{ flag: expect.stringContaining('until you have decided about pauses') }],
    })
    const after = value(await changeSettings(deps, { pauseOpens: { requested: false } }))
    expect(after.pauseOpens).toEqual({ collection: false, requested: false, 'trial-end': false, system: false })
    expect(derived).toBe(1)
    expect(pauseToReview(db, 'a', 's')).toBeNull()
    expect(standingRows(deps)).toEqual([])
    expect(actions().map(({ kind }) => kind)).toEqual(['card-enrolled', 'settings-changed', 'pauses-reviewed'])
    // What everybody's derivation then writes.
    hold({ ...paused, pauseUnreviewed: false })
    expect(door()).toMatchObject({ grant: false, reason: 'frozen' })
  })

  test('one that Stripe’s system paused is listed for both', () => {
    rememberPauseAtImport(db, 'a', 's', NOW)
    hold({ ...paused, cause: 'paused-system' }, 'paused-by-system')
    expect(standingRows(deps).map(({ kind }) => kind)).toEqual(['paused-by-system', 'paused-at-import'])
  })

  test('a change of other settings is no look at the pauses', async () => {
    rememberPauseAtImport(db, 'a', 's', NOW)
    value(await changeSettings(deps, { endOfDay: false }))
    expect(pauseToReview(db, 'a', 's')).toBe(NOW)
  })

  test('each kind of pause is decided by itself and the others keep what they had', async () => {
    value(await changeSettings(deps, { pauseOpens: { system: true } }))
    value(await changeSettings(deps, { pauseOpens: { collection: true } }))
    expect(readSettings(db).pauseOpens).toEqual({
      collection: true,
      requested: false,
      'trial-end': false,
      system: true,
    })
  })
})

test.each(['unknown-status', 'paused-by-system'] as const)(
  'what is flagged %s stands in the inbox since then',
  (flag) => {
    hold({})
    at += DAY
    hold({ phase: 'frozen' }, flag)
    at += DAY
    hold({ phase: 'frozen', paidUntil: NOW }, flag)
    expect(standingRows(deps)).toMatchObject([{ id: `${flag}:m1`, since: toIso(NOW + DAY), action: 'open-member' }])
    hold({})
    expect(standingRows(deps)).toEqual([])
  },
)
