// People who may be one: found by what they share. Nobody is ever merged for it.
import type { Ms } from '../domain/time.ts'
import type { ReadDb } from './open.ts'
import { differentPairs, pairOf } from './people-merge.ts'
import { sql } from './statement.ts'

/** What more people than this share says nothing about who two of them are. */
const FEW = 5

export type Alike = { a: string; b: string; by: 'email' | 'phone' | 'card' | 'name' }

/** Pairs of people who are here, share something, and were never said to be different; the smaller id first. */
export function alikePairs(db: ReadDb): Alike[] {
  const different = differentPairs(db)
  return sql<Alike>(
    db,
    `WITH shared (what, id, "by") AS (
         SELECT e.email, e.member_id, 'email' FROM member_email e
         WHERE e.email IN (SELECT email FROM member_email GROUP BY email HAVING count(*) > 1)
         UNION ALL
         SELECT m.phone_key, m.id, 'phone' FROM member m
         WHERE m.phone_key IN (SELECT phone_key FROM member WHERE phone_key IS NOT NULL GROUP BY phone_key HAVING count(*) > 1)
         UNION ALL
         SELECT DISTINCT s.fingerprint, c.member_id, 'card' FROM stripe_customer s
         JOIN member_customer c ON c.account = s.account AND c.customer_id = s.id
         WHERE s.deleted_at IS NULL AND s.fingerprint IN (
           SELECT fingerprint FROM stripe_customer WHERE fingerprint IS NOT NULL GROUP BY fingerprint HAVING count(*) > 1)
         UNION ALL
         SELECT m.name_key, m.id, 'name' FROM member m
         WHERE m.name_key IN (SELECT name_key FROM member WHERE name_key IS NOT NULL GROUP BY name_key HAVING count(*) > 1)),
       here AS MATERIALIZED (
         SELECT shared.* FROM shared JOIN member m ON m.id = shared.id WHERE m.archived_at IS NULL),
       -- Such as a company's number.
       telling AS (SELECT what, "by" FROM here GROUP BY what, "by" HAVING count(*) BETWEEN 2 AND ${FEW}),
       told AS MATERIALIZED (SELECT here.* FROM telling t JOIN here ON here.what = t.what AND here."by" = t."by")
     SELECT x.id AS a, y.id AS b, x."by" AS "by" FROM told x JOIN told y
       ON y.what = x.what AND y."by" = x."by" AND y.id > x.id
     WHERE NOT EXISTS (SELECT 1 FROM member_different d WHERE d.a = x.id AND d.b = y.id)
     GROUP BY x.id, y.id, x."by" ORDER BY x."by" <> 'email' LIMIT 500`,
  )
    .all()
    .filter(({ a, b }) => !different.has(`${a}:${b}`))
}

/** An address of many people: two of whom nobody has said yet whether they are one, and when the last of them came. */
export type Crowd = { email: string; count: number; since: Ms; a: string; b: string }

/** One for each address that more than a few people have, while two of them are left to ask about. */
export function crowds(db: ReadDb): Crowd[] {
  const addresses = sql<{ email: string; people: string; since: Ms }>(
    db,
    `SELECT e.email, json_group_array(m.id) AS people, max(m.created_at) AS since FROM member_email e
     JOIN member m ON m.id = e.member_id
     WHERE m.archived_at IS NULL AND e.email IN (SELECT email FROM member_email GROUP BY email HAVING count(*) > ${FEW})
     GROUP BY e.email HAVING count(*) > ${FEW}`,
  ).all()
  const different = addresses.length === 0 ? new Set<string>() : differentPairs(db)
  return addresses.flatMap(({ email, people, since }) => {
    const ids = (JSON.parse(people) as string[]).toSorted()
    const pair = firstPair(ids, different)
    return pair === null ? [] : [{ email, count: ids.length, since, ...pair }]
  })
}

function firstPair(ids: readonly string[], different: ReadonlySet<string>): { a: string; b: string } | null {
  for (const [n, a] of ids.entries())
    for (const b of ids.slice(n + 1)) if (!different.has(pairOf(a, b))) return { a, b }
  return null
}

export type Question = {
  customerId: string
  askedAt: number
  email: string | null
  name: string | null
}

/** Customers who pay, and of whom nobody has said which of several people they are. */
export function openQuestions(db: ReadDb, account: string): Question[] {
  return sql<Question>(
    db,
    `SELECT q.customer_id AS customerId, q.asked_at AS askedAt, s.email, s.name
     FROM customer_question q JOIN stripe_customer s ON s.account = q.account AND s.id = q.customer_id
     WHERE q.account = ? AND EXISTS (
       SELECT 1 FROM stripe_subscription t WHERE t.account = q.account AND t.customer_id = q.customer_id
         AND t.deleted_at IS NULL AND t.status NOT IN ('canceled', 'incomplete', 'incomplete_expired'))
     ORDER BY q.asked_at DESC`,
  ).all(account)
}
