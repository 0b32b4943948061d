-- What people said and did about a late payment. Facts, taken back by a second fact: note, who is on it, put off until a day,
-- access that was extended, a bar, mails, what was marked as paid.
CREATE TABLE follow_up (
  id TEXT PRIMARY KEY,
  act TEXT NOT NULL,                 -- one choice of a person, about one line or many
  line_id TEXT NOT NULL,             -- an invoice, or a membership that was agreed at the desk
  member_id TEXT NOT NULL REFERENCES member (id),
  kind TEXT NOT NULL CHECK (kind IN ('note', 'assigned', 'snoozed', 'extended', 'barred', 'link', 'mail', 'paid', 'withdrawn')),
  text TEXT,                         -- a note, a name, why, or how it was paid; null clears what stood there
  until_at INTEGER,
  made TEXT NOT NULL CHECK (json_valid(made)),  -- ids of permissions that were given, or the moment of a bar
  withdraws TEXT UNIQUE REFERENCES follow_up (id),
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  origin TEXT NOT NULL,
  CHECK ((kind = 'withdrawn') = (withdraws IS NOT NULL))
) STRICT;
CREATE INDEX follow_up_by_line ON follow_up (line_id);
CREATE INDEX follow_up_by_act ON follow_up (act);
CREATE TRIGGER follow_up_is_never_changed BEFORE UPDATE ON follow_up BEGIN SELECT RAISE(ABORT, 'what was said is only added to'); END;
CREATE TRIGGER follow_up_is_never_deleted BEFORE DELETE ON follow_up BEGIN SELECT RAISE(ABORT, 'what was said is only added to'); END;

-- Actions name lines by their id alone.
CREATE INDEX late_payment_by_invoice ON late_payment (invoice_id);
