-- What a plan should cost, as the template or a manager wrote it down: the list of problems compares it with Stripe's.
ALTER TABLE plan ADD COLUMN should_cost INTEGER CHECK (should_cost > 0);      -- minor units
ALTER TABLE plan ADD COLUMN should_fee INTEGER CHECK (should_fee > 0);
ALTER TABLE plan ADD COLUMN should_currency TEXT;
-- Of a plan that is sold once: for how many local days one sale is good, the day of the sale counted.
ALTER TABLE plan ADD COLUMN term_days INTEGER CHECK (term_days BETWEEN 1 AND 1000);

-- What a plan gives besides doors and visits: day passes, room credits, hours. One that is given no more is ended, for what
-- was taken of it points to it.
CREATE TABLE plan_allowance (
  id TEXT PRIMARY KEY,
  plan_id TEXT NOT NULL REFERENCES plan (id),
  name TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  per TEXT NOT NULL CHECK (per IN ('month', 'term')),
  place INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX plan_allowance_by_plan ON plan_allowance (plan_id);

-- One taken off an allowance is a fact; given back is another, about the first.
CREATE TABLE allowance_use (
  id TEXT PRIMARY KEY,
  allowance_id TEXT NOT NULL REFERENCES plan_allowance (id),
  membership_id TEXT NOT NULL REFERENCES membership (id),
  gives_back TEXT UNIQUE REFERENCES allowance_use (id),
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE INDEX allowance_use_by_membership ON allowance_use (membership_id, allowance_id, at);
CREATE TRIGGER allowance_use_is_never_changed BEFORE UPDATE ON allowance_use BEGIN SELECT RAISE(ABORT, 'what was taken is only added to'); END;
CREATE TRIGGER allowance_use_is_never_deleted BEFORE DELETE ON allowance_use BEGIN SELECT RAISE(ABORT, 'what was taken is only added to'); END;

-- What was made in Stripe for a plan: each deed is written down before it is asked for, and how it went after.
CREATE TABLE shop_deed_fact (
  deed TEXT NOT NULL,                  -- such as product:{plan}
  n INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('begun', 'made', 'refused')),
  key TEXT NOT NULL,                   -- makes a second asking harmless
  made TEXT,                           -- Stripe's id
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  origin TEXT NOT NULL,
  PRIMARY KEY (deed, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER shop_deed_fact_is_never_changed BEFORE UPDATE ON shop_deed_fact BEGIN SELECT RAISE(ABORT, 'a deed is only added to'); END;
CREATE TRIGGER shop_deed_fact_is_never_deleted BEFORE DELETE ON shop_deed_fact BEGIN SELECT RAISE(ABORT, 'a deed is only added to'); END;
