-- Sign-ups as journals: what happened, in order, never changed. Where one stands follows from its facts (domain/sign-up.ts).
CREATE TABLE sign_up_fact (
  sign_up_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  operator TEXT NOT NULL,
  kind TEXT NOT NULL,
  member_id TEXT REFERENCES member (id),
  data TEXT NOT NULL CHECK (json_valid(data)),
  PRIMARY KEY (sign_up_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_up_closed ON sign_up_fact (sign_up_id) WHERE kind = 'closed';
CREATE INDEX sign_up_by_member ON sign_up_fact (member_id) WHERE member_id IS NOT NULL;
CREATE TRIGGER sign_up_fact_is_never_changed BEFORE UPDATE ON sign_up_fact BEGIN SELECT RAISE(ABORT, 'a sign-up is only added to'); END;
CREATE TRIGGER sign_up_fact_is_never_deleted BEFORE DELETE ON sign_up_fact BEGIN SELECT RAISE(ABORT, 'a sign-up is only added to'); END;

-- What a plan costs at the desk: the price that is sold, a fee that is taken once, and from when it is billed.
ALTER TABLE plan ADD COLUMN price_id TEXT;
ALTER TABLE plan ADD COLUMN fee_price_id TEXT;
ALTER TABLE plan ADD COLUMN anchor_day INTEGER CHECK (anchor_day = 1);  -- pro-rated to the 1st; null: from today
ALTER TABLE plan ADD COLUMN slug TEXT;                  -- for promotions that are found by name, AUTO-{SLUG}
ALTER TABLE plan ADD COLUMN listed INTEGER NOT NULL DEFAULT 1 CHECK (listed IN (0, 1));
ALTER TABLE plan ADD COLUMN terms_version TEXT;
ALTER TABLE plan ADD COLUMN terms_url TEXT;
