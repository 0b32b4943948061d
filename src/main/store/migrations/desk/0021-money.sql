-- Journals of money: what is owed and paid at the desk, refunds, gift cards. What happened, in order, never changed; where one
-- stands follows from its facts (domain/money-journal.ts). Of a gift card's code only a salted digest is in here.
CREATE TABLE money_fact (
  id TEXT NOT NULL,                        -- of the journal
  n INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('payment', 'refund', 'gift-card')),
  at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  operator TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT,                            -- what it is about, by Stripe's id: an invoice, a charge
  member_id TEXT REFERENCES member (id),
  data TEXT NOT NULL CHECK (json_valid(data)),
  PRIMARY KEY (id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX money_started ON money_fact (what, subject) WHERE kind = 'started';
CREATE INDEX money_closed ON money_fact (id) WHERE kind = 'closed';
CREATE INDEX money_by_member ON money_fact (member_id) WHERE member_id IS NOT NULL;
CREATE TRIGGER money_fact_is_never_changed BEFORE UPDATE ON money_fact BEGIN SELECT RAISE(ABORT, 'a journal of money is only added to'); END;
CREATE TRIGGER money_fact_is_never_deleted BEFORE DELETE ON money_fact BEGIN SELECT RAISE(ABORT, 'a journal of money is only added to'); END;

-- Money that came because a door refused somebody, or let them in late: each invoice once.
CREATE TABLE recovered (
  account TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  member_id TEXT NOT NULL REFERENCES member (id),
  at INTEGER NOT NULL,                     -- when it was paid
  origin TEXT NOT NULL,
  operator TEXT NOT NULL,
  way TEXT NOT NULL,
  minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  decision_desk TEXT NOT NULL,             -- the row of the log that it followed
  decision_seq INTEGER NOT NULL,
  PRIMARY KEY (account, invoice_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recovered_by_time ON recovered (at);
CREATE TRIGGER recovered_is_never_changed BEFORE UPDATE ON recovered BEGIN SELECT RAISE(ABORT, 'recovered money is only added to'); END;
CREATE TRIGGER recovered_is_never_deleted BEFORE DELETE ON recovered BEGIN SELECT RAISE(ABORT, 'recovered money is only added to'); END;
