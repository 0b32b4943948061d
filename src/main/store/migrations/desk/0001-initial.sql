-- desk.db: written by the desk alone. Times are UTC milliseconds; ids are UUIDv7 unless they are Stripe's.

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value)),
  changed_at INTEGER NOT NULL
) STRICT;

-- People ---------------------------------------------------------------------

CREATE TABLE member (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  phone TEXT,
  created_at INTEGER NOT NULL,
  origin TEXT NOT NULL,          -- the desk that wrote the row
  archived_at INTEGER
) STRICT;

-- An email reaches a person; several people may share one.
CREATE TABLE member_email (
  member_id TEXT NOT NULL REFERENCES member (id),
  email TEXT NOT NULL,           -- lower-cased and trimmed
  original TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (member_id, email)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_email_by_email ON member_email (email);

CREATE TABLE member_customer (
  account TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  member_id TEXT NOT NULL REFERENCES member (id),
  linked_at INTEGER NOT NULL,
  PRIMARY KEY (account, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_customer_by_member ON member_customer (member_id);

-- Plans and memberships ------------------------------------------------------

CREATE TABLE plan (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  account TEXT,
  product_id TEXT,               -- until a manager maps prices, a plan is a Stripe product
  created_at INTEGER NOT NULL,
  UNIQUE (account, product_id)
) STRICT;

-- A membership is an agreement, not a person: it covers one or more people.
CREATE TABLE membership (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('stripe', 'manual')),
  account TEXT,
  subscription_id TEXT,
  plan_id TEXT REFERENCES plan (id),
  term_start INTEGER,
  term_end INTEGER,
  created_at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  UNIQUE (account, subscription_id),
  CHECK ((kind = 'stripe') = (subscription_id IS NOT NULL))
) STRICT;

CREATE TABLE membership_cover (
  membership_id TEXT NOT NULL REFERENCES membership (id),
  member_id TEXT NOT NULL REFERENCES member (id),
  from_at INTEGER NOT NULL,
  until_at INTEGER,
  PRIMARY KEY (membership_id, member_id, from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_cover_by_member ON membership_cover (member_id);

-- A first-seen fact: the due moment of an open invoice, so that no retry moves the start of grace.
CREATE TABLE invoice_due (
  account TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (account, invoice_id)
) STRICT, WITHOUT ROWID;

-- Derived from mirror, first-seen facts and policy; can be rebuilt at any time. Doors read this.
CREATE TABLE entitlement (
  membership_id TEXT PRIMARY KEY REFERENCES membership (id),
  plan_id TEXT NOT NULL,
  phase TEXT NOT NULL CHECK (phase IN ('pending', 'paid', 'owing', 'term', 'lapsed', 'frozen', 'ended')),
  paid_until INTEGER,
  grace_start INTEGER,
  grace_until INTEGER,
  debit_processing INTEGER NOT NULL CHECK (debit_processing IN (0, 1)),
  known_end INTEGER,
  allowance INTEGER NOT NULL,
  unpaid INTEGER NOT NULL CHECK (unpaid IN (0, 1)),
  method TEXT NOT NULL CHECK (method IN ('card', 'bank-debit', 'manual')),
  frozen_open INTEGER NOT NULL CHECK (frozen_open IN (0, 1)),
  flag TEXT                      -- something for staff to look at, such as an unknown Stripe status
) STRICT, WITHOUT ROWID;

-- Cards ----------------------------------------------------------------------

CREATE TABLE credential (
  id TEXT PRIMARY KEY,
  canonical TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

-- Derived: what a reader that loses bytes shows of a card (docs/cards.md). Two cards may look alike there.
CREATE TABLE credential_projection (
  short TEXT NOT NULL,
  credential_id TEXT NOT NULL REFERENCES credential (id),
  PRIMARY KEY (short, credential_id)
) STRICT, WITHOUT ROWID;

-- Enrolments, revocations, suspensions: facts with a time and an origin, never overwritten.
CREATE TABLE credential_fact (
  id TEXT PRIMARY KEY,
  credential_id TEXT NOT NULL REFERENCES credential (id),
  kind TEXT NOT NULL CHECK (kind IN ('enrolled', 'revoked', 'suspended', 'reinstated')),
  at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  operator TEXT NOT NULL,
  member_id TEXT REFERENCES member (id),
  reason TEXT,
  valid_from INTEGER,
  valid_until INTEGER,
  CHECK ((kind = 'enrolled') = (member_id IS NOT NULL))
) STRICT;
CREATE INDEX credential_fact_by_credential ON credential_fact (credential_id, id);
CREATE INDEX credential_fact_by_member ON credential_fact (member_id) WHERE member_id IS NOT NULL;

-- Doors and readers ----------------------------------------------------------

CREATE TABLE door (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  driver TEXT NOT NULL CHECK (driver IN ('native', 'uhppote', 'esp-rfid', 'relay')),
  format TEXT,
  key TEXT,                      -- 64 hex characters, native doors only
  key_epoch INTEGER NOT NULL DEFAULT 1,
  open_ms INTEGER NOT NULL DEFAULT 3000,
  allowance INTEGER,
  restricted INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1)),
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE door_plan (
  door_id TEXT NOT NULL REFERENCES door (id),
  plan_id TEXT NOT NULL REFERENCES plan (id),
  PRIMARY KEY (door_id, plan_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reader (
  id TEXT PRIMARY KEY,
  port TEXT NOT NULL UNIQUE,
  profile TEXT NOT NULL,
  added_at INTEGER NOT NULL
) STRICT;

-- Rises with every change that may alter what a door would answer.
CREATE TABLE revision (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  n INTEGER NOT NULL
) STRICT;
INSERT INTO revision VALUES (1, 1);
CREATE TRIGGER revise_on_entitlement_insert AFTER INSERT ON entitlement BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_entitlement_update AFTER UPDATE ON entitlement BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_entitlement_delete AFTER DELETE ON entitlement BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_cover_insert AFTER INSERT ON membership_cover BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_cover_update AFTER UPDATE ON membership_cover BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_credential_fact AFTER INSERT ON credential_fact BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_door_insert AFTER INSERT ON door BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_door_update AFTER UPDATE ON door BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_door_plan_insert AFTER INSERT ON door_plan BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_door_plan_delete AFTER DELETE ON door_plan BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_setting_insert AFTER INSERT ON setting BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_setting_update AFTER UPDATE ON setting BEGIN UPDATE revision SET n = n + 1; END;

-- Billing: the inbox of events and the mirror of objects ---------------------

CREATE TABLE billing_event (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  created INTEGER NOT NULL,
  api_version TEXT,
  object_type TEXT,
  object_id TEXT,
  source TEXT NOT NULL CHECK (source IN ('poll', 'webhook')),
  received_at INTEGER NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX billing_event_by_created ON billing_event (account, created);

-- Objects that Stripe says changed, to be read again.
CREATE TABLE billing_dirty (
  account TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  customer_id TEXT,
  since INTEGER NOT NULL,
  marked INTEGER NOT NULL DEFAULT 1,   -- counts marks, so that one made during a fetch is not lost
  attempts INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  PRIMARY KEY (account, object_type, object_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX billing_dirty_by_customer ON billing_dirty (account, customer_id);

CREATE TABLE sync_state (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE stripe_customer (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  created INTEGER NOT NULL,
  name TEXT,
  email TEXT,
  phone TEXT,
  default_method TEXT,
  raw TEXT NOT NULL CHECK (json_valid(raw)),
  api_version TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  seen_run INTEGER NOT NULL,
  deleted_at INTEGER,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE stripe_product (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  created INTEGER NOT NULL,
  name TEXT NOT NULL,
  raw TEXT NOT NULL CHECK (json_valid(raw)),
  api_version TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  seen_run INTEGER NOT NULL,
  deleted_at INTEGER,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE stripe_price (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  created INTEGER NOT NULL,
  product_id TEXT NOT NULL,
  recurring INTEGER NOT NULL CHECK (recurring IN (0, 1)),
  interval TEXT,
  unit_amount INTEGER,
  currency TEXT NOT NULL,
  raw TEXT NOT NULL CHECK (json_valid(raw)),
  api_version TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  seen_run INTEGER NOT NULL,
  deleted_at INTEGER,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE stripe_subscription (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  created INTEGER NOT NULL,
  customer_id TEXT NOT NULL,
  status TEXT NOT NULL,
  price_id TEXT,
  product_id TEXT,
  period_end INTEGER,
  trial_end INTEGER,
  cancel_at INTEGER,
  ended_at INTEGER,
  pause_collection INTEGER NOT NULL CHECK (pause_collection IN (0, 1)),
  paused_type TEXT,
  cancel_reason TEXT,
  default_method TEXT,
  raw TEXT NOT NULL CHECK (json_valid(raw)),
  api_version TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  seen_run INTEGER NOT NULL,
  deleted_at INTEGER,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX stripe_subscription_by_customer ON stripe_subscription (account, customer_id);

CREATE TABLE stripe_invoice (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  created INTEGER NOT NULL,
  customer_id TEXT,
  subscription_id TEXT,
  number TEXT,
  status TEXT NOT NULL,
  billing_reason TEXT,
  currency TEXT NOT NULL,
  amount_due INTEGER NOT NULL,
  amount_remaining INTEGER NOT NULL,
  due_at INTEGER,
  finalized_at INTEGER,
  attempt_count INTEGER NOT NULL,
  next_attempt_at INTEGER,
  service_end INTEGER,           -- latest end of the subscription periods that its lines pay for
  payment_intents TEXT NOT NULL CHECK (json_valid(payment_intents)),
  url TEXT,
  raw TEXT NOT NULL CHECK (json_valid(raw)),
  api_version TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  seen_run INTEGER NOT NULL,
  deleted_at INTEGER,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX stripe_invoice_by_subscription ON stripe_invoice (account, subscription_id, created);
CREATE INDEX stripe_invoice_by_customer ON stripe_invoice (account, customer_id, created);

CREATE TABLE stripe_payment_intent (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  created INTEGER NOT NULL,
  customer_id TEXT,
  status TEXT NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  method TEXT,
  decline_code TEXT,
  raw TEXT NOT NULL CHECK (json_valid(raw)),
  api_version TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  seen_run INTEGER NOT NULL,
  deleted_at INTEGER,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

-- Screens, search, the log of actions ----------------------------------------

CREATE TABLE ui_session (
  token_hash TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Rowid is the member's rowid; rebuilt from the tables above at any time.
CREATE VIRTUAL TABLE member_search USING fts5 (
  name, emails, phone, cards,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '1 2 3 5'
);

CREATE TABLE action (
  desk TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (desk, seq)
) STRICT, WITHOUT ROWID;
-- Without this one, REPLACE would take rows away and no trigger would notice.
CREATE TRIGGER action_is_only_appended BEFORE INSERT ON action
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM action WHERE desk = NEW.desk)
BEGIN SELECT RAISE(ABORT, 'the log of actions is append-only'); END;
CREATE TRIGGER action_is_never_changed BEFORE UPDATE ON action BEGIN SELECT RAISE(ABORT, 'the log of actions is append-only'); END;
CREATE TRIGGER action_is_never_deleted BEFORE DELETE ON action BEGIN SELECT RAISE(ABORT, 'the log of actions is append-only'); END;
