-- What more the mirror keeps of Stripe's objects, how a long read goes on after a stop, and what became of each event.
-- Rows from before lack the new columns: `mirrorShape` in sync_state makes the next sync read everything again.

ALTER TABLE stripe_customer ADD COLUMN fingerprint TEXT;       -- of the default payment method's plastic
ALTER TABLE stripe_customer ADD COLUMN balance INTEGER;        -- below zero is credit
ALTER TABLE stripe_customer ADD COLUMN balance_currency TEXT;
ALTER TABLE stripe_customer ADD COLUMN member_id TEXT;         -- our own id, where we made the customer
CREATE INDEX stripe_customer_by_fingerprint ON stripe_customer (fingerprint) WHERE fingerprint IS NOT NULL;

ALTER TABLE stripe_product ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));
ALTER TABLE stripe_price ADD COLUMN nickname TEXT;
ALTER TABLE stripe_price ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));

ALTER TABLE stripe_subscription ADD COLUMN currency TEXT NOT NULL DEFAULT '';
ALTER TABLE stripe_subscription ADD COLUMN items TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(items));
ALTER TABLE stripe_subscription ADD COLUMN discounts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(discounts));
ALTER TABLE stripe_subscription ADD COLUMN collection_method TEXT NOT NULL DEFAULT 'charge_automatically';
ALTER TABLE stripe_subscription ADD COLUMN pending_prices TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(pending_prices));
ALTER TABLE stripe_subscription ADD COLUMN pause_resumes_at INTEGER;
UPDATE stripe_subscription
SET items = json_array(json_object('id', '', 'priceId', price_id, 'productId', product_id, 'quantity', 1))
WHERE price_id IS NOT NULL AND product_id IS NOT NULL;
ALTER TABLE stripe_subscription DROP COLUMN price_id;
ALTER TABLE stripe_subscription DROP COLUMN product_id;

ALTER TABLE stripe_invoice ADD COLUMN total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stripe_invoice ADD COLUMN paid_at INTEGER;
ALTER TABLE stripe_invoice ADD COLUMN service_start INTEGER;
ALTER TABLE stripe_invoice ADD COLUMN price_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(price_ids));

ALTER TABLE stripe_payment_intent ADD COLUMN fingerprint TEXT;
ALTER TABLE stripe_payment_intent ADD COLUMN next_action TEXT;
CREATE INDEX stripe_payment_intent_by_customer ON stripe_payment_intent (account, customer_id, created);

CREATE TABLE stripe_dispute (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  created INTEGER NOT NULL,
  payment_intent_id TEXT,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  raw TEXT NOT NULL CHECK (json_valid(raw)),
  api_version TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  seen_run INTEGER NOT NULL,
  deleted_at INTEGER,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

-- No event tells of these: they are listed when a customer's balance is seen to have changed.
CREATE TABLE stripe_balance_transaction (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  created INTEGER NOT NULL,
  amount INTEGER NOT NULL,       -- below zero adds credit
  currency TEXT NOT NULL,
  ending_balance INTEGER NOT NULL,
  type TEXT NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX stripe_balance_transaction_by_customer ON stripe_balance_transaction (account, customer_id, created);

-- A full read is cut into ranges of `created` (seconds, from <= created < to), each read newest first.
-- `after` moves in the transaction that stores a page, so a desk that is killed goes on where it was.
CREATE TABLE billing_range (
  account TEXT NOT NULL,
  run INTEGER NOT NULL,
  kind TEXT NOT NULL,
  from_s INTEGER NOT NULL,
  to_s INTEGER NOT NULL,
  after TEXT,
  done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
  PRIMARY KEY (account, run, kind, to_s)
) STRICT, WITHOUT ROWID;

-- What a read found to be different from what was stored: the middle of a member's timeline.
CREATE TABLE billing_change (
  seq INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  customer_id TEXT,
  at INTEGER NOT NULL,
  before TEXT CHECK (json_valid(before)),  -- the facts that differ, as they were; null where it was new
  after TEXT CHECK (json_valid(after))     -- as they are; null where Stripe no longer has it
) STRICT;
CREATE INDEX billing_change_by_customer ON billing_change (account, customer_id, at);

ALTER TABLE billing_event ADD COLUMN customer_id TEXT;
ALTER TABLE billing_event ADD COLUMN applied_at INTEGER;       -- when what it tells of had been read
ALTER TABLE billing_event ADD COLUMN result TEXT;              -- 'read', 'gone', 'ignored'
CREATE INDEX billing_event_waiting ON billing_event (account, object_type, object_id) WHERE applied_at IS NULL;
CREATE INDEX billing_event_by_customer ON billing_event (account, customer_id, created) WHERE customer_id IS NOT NULL;
UPDATE billing_event SET applied_at = received_at, result = 'read';

ALTER TABLE billing_dirty ADD COLUMN step TEXT;                -- what failed, in words
ALTER TABLE billing_dirty ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;
ALTER TABLE billing_dirty ADD COLUMN dead_at INTEGER;          -- given up on until someone says "try again"
