// Of a large space it is kept who pays and is never seen; who is not to be named in it is asked anew each time.
import { expect, test } from 'vitest'
import { leaksList } from '../../src/main/app/worklist-leaks.ts'
import { DAY, MINUTE, SECOND, toIso } from '../../src/main/domain/time.ts'
import { appendDecision } from '../../src/main/store/access-log.ts'
import { writeEntitlement } from '../../src/main/store/entitlements.ts'
import { insertHidden } from '../../src/main/store/hidden.ts'
import { uncover } from '../../src/main/store/membership-seats.ts'
import { insertMerge, movePerson } from '../../src/main/store/people-merge.ts'
import { entitlement } from '../domain/samples.ts'
import { openFresh } from '../store/folder.ts'

const MANY = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= 5000)'

test('somebody hidden stays so when they are merged, and the list tells of which moment it is', async () => {
  const desk = openFresh('desk')
  const access = openFresh('access')
  let now = Date.parse('2026-11-20T12:00Z')
  const deps = { version: '1', desk, access, report: null, deskId: 'd', now: () => now, live: null }
  desk.exec(`
    INSERT INTO plan (id, name, created_at) VALUES ('full', 'Full', 0);
    ${MANY} INSERT INTO member (id, name, created_at, origin) SELECT 'p' || i, 'Person ' || i, 0, 'd' FROM n;
    INSERT INTO membership (id, kind, plan_id, payer_id, created_at, origin)
      VALUES ('s1', 'manual', 'full', 'p1', 0, 'd'), ('s2', 'manual', 'full', 'p2', 0, 'd'), ('s3', 'manual', 'full', 'p3', 0, 'd');
    INSERT INTO membership_cover VALUES ('s1', 'p1', 0, NULL), ('s2', 'p2', 0, NULL), ('s3', 'p3', 0, NULL)`)
  for (const membershipId of ['s1', 's2', 's3'])
    writeEntitlement(desk, entitlement({ membershipId, planId: 'full', paidUntil: now + 20 * DAY }), null, 0)
  access.exec(`${MANY} INSERT INTO presence
    SELECT 'p' || i, 0, iif(i <= 3, ${now - 200 * DAY}, ${now - DAY}), 'front' FROM n`)
  appendDecision(access, 'd', {
    ...{ at: now - 300 * DAY, doorId: 'front', presentationId: null, cardText: 'x', canonical: null, memberId: 'p1' },
    ...{ granted: true, reason: 'ok', detail: null, receipt: 'r', rule: 'paid', inputs: {}, answer: {} },
  })
  insertHidden(desk, { id: 'h1', memberId: 'p1', hidden: true, at: 0, origin: 'd', operator: 'o' })
  const told = async () => {
    const { asOf, idle } = await leaksList(deps, {})
    return { asOf, hidden: idle.hidden, names: idle.rows.map(({ member }) => member.name).sort() }
  }
  const first = toIso(now)
  expect(await told()).toEqual({ asOf: first, hidden: 1, names: ['Person 2', 'Person 3'] })

  now += 10 * SECOND
  desk.transaction(() => {
    const moved = movePerson(desk, 'p1', 'p9', now)
    const merge = { id: 'm', keptId: 'p9', goneId: 'p1', at: now, operator: 'o' }
    insertMerge(desk, { ...merge, moved: { ...moved, cards: [] } })
  })()
  expect(await told()).toEqual({ asOf: first, hidden: 1, names: ['Person 2', 'Person 3'] })
  insertHidden(desk, { id: 'h2', memberId: 'p2', hidden: true, at: now, origin: 'd', operator: 'o' })
  expect(await told()).toEqual({ asOf: first, hidden: 2, names: ['Person 3'] })
  // Kept no longer: the two who are one were seen yesterday.
  now += 2 * MINUTE
  expect(await told()).toEqual({ asOf: toIso(now), hidden: 1, names: ['Person 3'] })
})

test('somebody hidden who came in without paying stays unnamed when they are merged, and whoever is covered no more is gone', async () => {
  const desk = openFresh('desk')
  const access = openFresh('access')
  let now = Date.parse('2026-11-20T12:00Z')
  const deps = { version: '1', desk, access, report: null, deskId: 'd', now: () => now, live: null }
  desk.exec(`
    INSERT INTO plan (id, name, created_at) VALUES ('full', 'Full', 0);
    ${MANY} INSERT INTO member (id, name, created_at, origin) SELECT 'p' || i, 'Person ' || i, 0, 'd' FROM n;
    INSERT INTO membership (id, kind, plan_id, payer_id, created_at, origin)
      VALUES ('s1', 'manual', 'full', 'p1', 0, 'd'), ('s2', 'manual', 'full', 'p2', 0, 'd');
    INSERT INTO membership_cover VALUES ('s1', 'p1', 0, NULL), ('s1', 'p9', 0, NULL), ('s2', 'p2', 0, NULL)`)
  for (const membershipId of ['s1', 's2'])
    writeEntitlement(
      desk,
      entitlement({ membershipId, planId: 'full', phase: 'ended', paidUntil: now - 100 * DAY }),
      null,
      now - 100 * DAY,
    )
  access.exec(`${MANY} INSERT INTO presence SELECT 'p' || i, 0, ${now - DAY}, 'front' FROM n`)
  for (const memberId of ['p1', 'p2'])
    appendDecision(access, 'd', {
      ...{ at: now - DAY, doorId: 'front', presentationId: null, cardText: 'x', canonical: null, memberId },
      ...{ granted: true, reason: 'ok-override', detail: null, receipt: memberId, rule: 'override' },
      ...{ inputs: { override: 'w', overrideBy: 'Olga' } as never, answer: {} },
    })
  insertHidden(desk, { id: 'h1', memberId: 'p1', hidden: true, at: 0, origin: 'd', operator: 'o' })
  const told = async () => {
    const { entering } = await leaksList(deps, {})
    return { hidden: entering.hidden, names: entering.rows.map(({ member }) => member.name).sort() }
  }
  expect(await told()).toEqual({ hidden: 1, names: ['Person 2'] })
  now += 10 * SECOND
  desk.transaction(() => {
    const moved = movePerson(desk, 'p1', 'p9', now)
    const merge = { id: 'm', keptId: 'p9', goneId: 'p1', at: now, operator: 'o' }
    insertMerge(desk, { ...merge, moved: { ...moved, cards: [] } })
  })()
  expect(await told()).toEqual({ hidden: 1, names: ['Person 2'] })
  uncover(desk, 's2', 'p2', now)
  expect(await told()).toEqual({ hidden: 1, names: [] })
})
