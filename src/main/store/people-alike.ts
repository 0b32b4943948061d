// People who may be one: found by what they share. Nobody is ever merged for it.
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

export type Alike = { a: string; b: string; by: 'email' | 'phone' | 'card' | 'name' }

/** Pairs of people who are here, share something, and were never said to be different; the smaller id first. */
export function alikePairs(db: ReadDb): Alike[] {
  return sql<Alike>(
    db,
    `WITH here AS (SELECT id, name, phone FROM member WHERE archived_at IS NULL),
       shared (what, id, "by") AS (
         SELECT e.email, e.member_id, 'email' FROM member_email e JOIN here ON here.id = e.member_id
         UNION ALL
         SELECT substr(digits, -9), id, 'phone' FROM (
           SELECT id, replace(replace(replace(replace(replace(phone, ' ', ''), '-', ''), '/', ''), '(', ''), ')', '') AS digits
           FROM here WHERE phone IS NOT NULL) WHERE length(digits) >= 6
         UNION ALL
         SELECT DISTINCT s.fingerprint, c.member_id, 'card' FROM stripe_customer s
         JOIN member_customer c ON c.account = s.account AND c.customer_id = s.id JOIN here ON here.id = c.member_id
         WHERE s.fingerprint IS NOT NULL AND s.deleted_at IS NULL
         UNION ALL
         SELECT lower(trim(name)), id, 'name' FROM here WHERE name LIKE '% %'),
       -- What many share, such as a company's number, says nothing about who they are.
       telling AS (SELECT what, "by" FROM shared GROUP BY what, "by" HAVING count(*) BETWEEN 2 AND 5),
       told AS (SELECT s.what, s.id, s."by" FROM telling t JOIN shared s ON s.what = t.what AND s."by" = t."by")
     SELECT x.id AS a, y.id AS b, x."by" AS "by" FROM told x JOIN told y
       ON y.what = x.what AND y."by" = x."by" AND y.id > x.id
     WHERE NOT EXISTS (SELECT 1 FROM member_different d WHERE d.a = x.id AND d.b = y.id)
     GROUP BY x.id, y.id, x."by" LIMIT 500`,
  ).all()
}

export type Question = {
  account: string
  customerId: string
  askedAt: number
  email: string | null
  name: string | null
}

/** Customers of whom nobody has said which of several people they are. */
export function openQuestions(db: ReadDb): Question[] {
  return sql<Question>(
    db,
    `SELECT q.account, q.customer_id AS customerId, q.asked_at AS askedAt, s.email, s.name
     FROM customer_question q JOIN stripe_customer s ON s.account = q.account AND s.id = q.customer_id
     ORDER BY q.asked_at DESC`,
  ).all()
}
