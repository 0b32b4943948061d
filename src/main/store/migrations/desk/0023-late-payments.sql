-- Payments that were not made when they fell due, and what became of them: what the report of late payments stands on.

-- A first-seen fact: why a payment failed. Stripe forgets the reason once the invoice is paid. Empty: no reason was told.
CREATE TABLE invoice_failure (
  account TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  attempts INTEGER NOT NULL,     -- how many had been made
  code TEXT NOT NULL,
  method TEXT,                   -- Stripe's type, such as card or sepa_debit
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (account, invoice_id, attempts, code)
) STRICT, WITHOUT ROWID;

-- Derived from mirror and first-seen facts, beside the entitlement of the same membership; can be rebuilt at any time.
CREATE TABLE late_payment (
  account TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  membership_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,       -- open or given up: what is owed still; paid: what was paid
  returned INTEGER NOT NULL,     -- of what was paid: given back, or taken back by the bank
  due_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'paid', 'given-up')),
  paid_at INTEGER,
  method TEXT,
  code TEXT,                     -- why it failed last; null where nobody said
  attempts INTEGER NOT NULL,
  next_attempt_at INTEGER,
  PRIMARY KEY (account, invoice_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX late_payment_by_membership ON late_payment (membership_id);
-- Figures are made of this alone: one late payment is little, and those of a year are many.
CREATE INDEX late_payment_by_currency ON late_payment (currency, state, due_at, amount, returned, paid_at, method, code, attempts);

-- Filled by the full read that another `mirrorShape` brings.
ALTER TABLE stripe_payment_intent ADD COLUMN refunded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stripe_customer ADD COLUMN card_expires TEXT;      -- YYYY-MM, of the bank card that pays
ALTER TABLE stripe_subscription ADD COLUMN card_expires TEXT;
CREATE INDEX stripe_dispute_by_payment_intent ON stripe_dispute (account, payment_intent_id);
