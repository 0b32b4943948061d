// Of a large space it is kept who pays and is never seen; who is not to be named in it is asked anew each time.
import { expect, test } from 'vitest'
import { leaksList } from '../../src/main/app/worklist-leaks.ts'
import { DAY, MINUTE, SECOND, toIso } from '../../src/main/domain/time.ts'
import { appendDecision } from '../../src/main/store/access-log.ts'
import { writeEntitlement } from '../../src/main/store/entitlements.ts'
import { insertHidden } from '../../src/main/store/hidden.ts'
import { cover, uncover } from '../../src/main/store/membership-seats.ts'
import { insertMerge, movePerson } from '../../src/main/store/people-merge.ts'
import { entitlement } from '../domain/samples.ts'
import { openFresh } from '../store/folder.ts'

const MANY = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= 5000)'

/** 5,001 people; those of `covers` are each covered by a membership since ever, and the first of all is hidden. */
function largeDesk(
  covers: readonly [membershipId: string, memberId: string][],
  standing: Parameters<typeof entitlement>[0],
) {
  const desk = openFresh('desk')
  const access = openFresh('access')
  const clock = { now: Date.parse('2026-11-20T12:00Z') }
  const deps = { version: '1', desk, access, report: null, deskId: 'd', now: () => clock.now, live: null }
  desk.exec(`
    INSERT INTO plan (id, name, created_at) VALUES ('full', 'Full', 0);
    ${MANY} INSERT INTO member (id, name, created_at, origin) SELECT 'p' || i, 'Person ' || i, 0, 'd' FROM n`)
  for (const membershipId of new Set(covers.map(([id]) => id))) {
    desk.exec(`INSERT INTO membership (id, kind, plan_id, payer_id, created_at, origin)
      VALUES ('${membershipId}', 'manual', 'full', '${membershipId.replace('s', 'p')}', 0, 'd')`)
    writeEntitlement(desk, entitlement({ membershipId, planId: 'full', ...standing }), null, 0)
  }
  for (const [membershipId, memberId] of covers) cover(desk, membershipId, memberId, 0)
  insertHidden(desk, { id: 'h1', memberId: 'p1', hidden: true, at: 0, origin: 'd', operator: 'o' })
  const merge = (goneId: string, keptId: string) =>
    desk.transaction(() => {
      const moved = movePerson(desk, goneId, keptId, clock.now)
      insertMerge(desk, { id: 'm', keptId, goneId, at: clock.now, operator: 'o', moved: { ...moved, cards: [] } })
    })()
  return { desk, access, clock, deps, merge }
}

test('somebody hidden stays so when they are merged, and the list tells of which moment it is', async () => {
  const start = Date.parse('2026-11-20T12:00Z')
  const { desk, access, clock, deps, merge } = largeDesk(
    [
      ['s1', 'p1'],
      ['s2', 'p2'],
      ['s3', 'p3'],
    ],
    { paidUntil: start + 20 * DAY },
  )
  access.exec(`${MANY} INSERT INTO presence
    SELECT 'p' || i, 0, iif(i <= 3, ${start - 200 * DAY}, ${start - DAY}), 'front' FROM n`)
  appendDecision(access, 'd', {
    ...{ at: start - 300 * DAY, doorId: 'front', presentationId: null, cardText: 'x', canonical: null, memberId: 'p1' },
    ...{ granted: true, reason: 'ok', detail: null, receipt: 'r', rule: 'paid', inputs: {}, answer: {} },
  })
  const told = async () => {
    const { asOf, idle } = await leaksList(deps, {})
    return { asOf, hidden: idle.hidden, names: idle.rows.map(({ member }) => member.name).sort() }
  }
  const first = toIso(start)
  expect(await told()).toEqual({ asOf: first, hidden: 1, names: ['Person 2', 'Person 3'] })

  clock.now += 10 * SECOND
  merge('p1', 'p9')
  expect(await told()).toEqual({ asOf: first, hidden: 1, names: ['Person 2', 'Person 3'] })
  insertHidden(desk, { id: 'h2', memberId: 'p2', hidden: true, at: clock.now, origin: 'd', operator: 'o' })
  expect(await told()).toEqual({ asOf: first, hidden: 2, names: ['Person 3'] })
  // Kept no longer: the two who are one were seen yesterday.
  clock.now += 2 * MINUTE
  expect(await told()).toEqual({ asOf: toIso(clock.now), hidden: 1, names: ['Person 3'] })
})

test('somebody hidden who came in without paying stays unnamed when they are merged, and whoever is covered no more is gone', async () => {
  const start = Date.parse('2026-11-20T12:00Z')
  const { desk, access, clock, deps, merge } = largeDesk(
    [
      ['s1', 'p1'],
      ['s1', 'p9'],
      ['s2', 'p2'],
    ],
    { phase: 'ended', paidUntil: start - 100 * DAY },
  )
  access.exec(`${MANY} INSERT INTO presence SELECT 'p' || i, 0, ${start - DAY}, 'front' FROM n`)
  for (const memberId of ['p1', 'p2'])
    appendDecision(access, 'd', {
      ...{ at: start - DAY, doorId: 'front', presentationId: null, cardText: 'x', canonical: null, memberId },
      ...{ granted: true, reason: 'ok-override', detail: null, receipt: memberId, rule: 'override' },
      ...{ inputs: { override: 'w', overrideBy: 'Olga' } as never, answer: {} },
    })
  const told = async () => {
    const { entering } = await leaksList(deps, {})
    return { hidden: entering.hidden, names: entering.rows.map(({ member }) => member.name).sort() }
  }
  expect(await told()).toEqual({ hidden: 1, names: ['Person 2'] })
  clock.now += 10 * SECOND
  merge('p1', 'p9')
  expect(await told()).toEqual({ hidden: 1, names: ['Person 2'] })
  uncover(desk, 's2', 'p2', clock.now)
  expect(await told()).toEqual({ hidden: 1, names: [] })
})
