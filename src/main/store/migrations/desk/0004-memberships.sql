-- Which prices are memberships, what a plan allows, manual terms, who pays and how many are covered.

ALTER TABLE plan ADD COLUMN seats INTEGER;                 -- people that one membership covers; null: by Stripe's quantity
ALTER TABLE plan ADD COLUMN provisional_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN named_at INTEGER;              -- since a person named it, it no longer follows the product

-- A manager's word about a price. No plan: a sale that is no membership.
CREATE TABLE price_plan (
  account TEXT NOT NULL,
  price_id TEXT NOT NULL,
  plan_id TEXT REFERENCES plan (id),
  decided_at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  PRIMARY KEY (account, price_id)
) STRICT, WITHOUT ROWID;

-- Derived: what a subscription of several prices opens beyond the plan that names it.
CREATE TABLE membership_plan (
  membership_id TEXT NOT NULL REFERENCES membership (id),
  plan_id TEXT NOT NULL REFERENCES plan (id),
  PRIMARY KEY (membership_id, plan_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER revise_on_membership_plan_insert AFTER INSERT ON membership_plan BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_membership_plan_delete AFTER DELETE ON membership_plan BEGIN UPDATE revision SET n = n + 1; END;

-- Null payer: the person behind Stripe's customer. Null seats: by the plan, else by Stripe's quantity.
ALTER TABLE membership ADD COLUMN payer_id TEXT REFERENCES member (id);
ALTER TABLE membership ADD COLUMN seats INTEGER;
ALTER TABLE membership ADD COLUMN ended_at INTEGER;        -- manual ones only: ended here
ALTER TABLE membership DROP COLUMN term_start;
ALTER TABLE membership DROP COLUMN term_end;

-- What was agreed and how it was paid: facts, never overwritten.
CREATE TABLE membership_term (
  id TEXT PRIMARY KEY,
  membership_id TEXT NOT NULL REFERENCES membership (id),
  from_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('cash', 'invoice', 'company')),
  amount INTEGER,
  currency TEXT,
  note TEXT,
  added_at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  origin TEXT NOT NULL,
  CHECK ((amount IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX membership_term_by_membership ON membership_term (membership_id, until_at);
