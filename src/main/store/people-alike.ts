// People who may be one: found by what they share. Nobody is ever merged for it.
import type { ReadDb } from './open.ts'
import { differentPairs } from './people-merge.ts'
import { sql } from './statement.ts'

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
       -- What many share, such as a company's number, says nothing about who they are.
       telling AS (SELECT what, "by" FROM here GROUP BY what, "by" HAVING count(*) BETWEEN 2 AND 5),
       told AS MATERIALIZED (SELECT here.* FROM telling t JOIN here ON here.what = t.what AND here."by" = t."by")
     SELECT x.id AS a, y.id AS b, x."by" AS "by" FROM told x JOIN told y
       ON y.what = x.what AND y."by" = x."by" AND y.id > x.id
     WHERE NOT EXISTS (SELECT 1 FROM member_different d WHERE d.a = x.id AND d.b = y.id)
     GROUP BY x.id, y.id, x."by" LIMIT 500`,
  )
    .all()
    .filter(({ a, b }) => !different.has(`${a}:${b}`))
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
