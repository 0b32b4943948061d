-- Who is whom: names given at the desk, merges that can be undone, people who only look alike, Stripe accounts.

ALTER TABLE member ADD COLUMN named_at INTEGER;            -- since a person wrote the name here, Stripe's no longer changes it
ALTER TABLE member ADD COLUMN merged_into TEXT REFERENCES member (id);
CREATE INDEX member_by_merge ON member (merged_into) WHERE merged_into IS NOT NULL;

-- Remembered for good: these two are different people. The smaller id first.
CREATE TABLE member_different (
  a TEXT NOT NULL REFERENCES member (id),
  b TEXT NOT NULL REFERENCES member (id),
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  PRIMARY KEY (a, b),
  CHECK (a < b)
) STRICT, WITHOUT ROWID;

-- `moved` says what went from one to the other, so that it can go back.
CREATE TABLE member_merge (
  id TEXT PRIMARY KEY,
  kept_id TEXT NOT NULL REFERENCES member (id),
  gone_id TEXT NOT NULL REFERENCES member (id),
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  moved TEXT NOT NULL CHECK (json_valid(moved)),
  undone_at INTEGER
) STRICT;

-- Customers of whom nobody has said yet which of several people they are.
CREATE TABLE customer_question (
  account TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  PRIMARY KEY (account, customer_id)
) STRICT, WITHOUT ROWID;

-- Rows of the inbox that someone put away: gone until the same trouble begins anew.
CREATE TABLE inbox_put_away (
  id TEXT PRIMARY KEY,
  since INTEGER NOT NULL,
  at INTEGER NOT NULL,
  operator TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Former accounts: read no more, their rights hold to a day.
CREATE TABLE stripe_account (
  account TEXT PRIMARY KEY,
  livemode INTEGER NOT NULL CHECK (livemode IN (0, 1)),
  since INTEGER NOT NULL,
  frozen_at INTEGER,
  hold_until INTEGER
) STRICT, WITHOUT ROWID;

-- For a person's timeline.
CREATE INDEX action_by_subject ON action (subject, at);
CREATE INDEX action_by_member ON action (detail ->> 'member', at);
