-- Cash at the desk: each payment has the next number of its desk, without a gap, and belongs to a shift. A shift begins
-- with its first payment; it is closed once, with what was counted. Nothing of it is ever changed.
CREATE TABLE cash_shift (
  id TEXT PRIMARY KEY,
  opened_at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cash_payment (
  id TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  number INTEGER NOT NULL,
  shift_id TEXT NOT NULL REFERENCES cash_shift (id),
  member_id TEXT NOT NULL REFERENCES member (id),
  what TEXT NOT NULL,                    -- what was paid for, as it was called then
  subject TEXT NOT NULL,                 -- what it belongs to, such as a term of a membership
  minor INTEGER NOT NULL CHECK (minor > 0),
  currency TEXT NOT NULL,
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  UNIQUE (origin, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX cash_payment_by_shift ON cash_payment (shift_id);
CREATE INDEX cash_payment_by_member ON cash_payment (member_id);
CREATE INDEX cash_payment_by_subject ON cash_payment (subject);

CREATE TABLE cash_close (
  shift_id TEXT PRIMARY KEY REFERENCES cash_shift (id),
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  note TEXT                              -- why what was counted is not what was taken
) STRICT, WITHOUT ROWID;
CREATE TABLE cash_count (
  shift_id TEXT NOT NULL REFERENCES cash_close (shift_id),
  currency TEXT NOT NULL,
  expected INTEGER NOT NULL,
  counted INTEGER NOT NULL CHECK (counted >= 0),
  PRIMARY KEY (shift_id, currency)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER cash_payment_into_an_open_shift BEFORE INSERT ON cash_payment
WHEN EXISTS (SELECT 1 FROM cash_close WHERE shift_id = NEW.shift_id)
BEGIN SELECT RAISE(ABORT, 'this shift is closed'); END;
CREATE TRIGGER cash_payment_without_a_gap BEFORE INSERT ON cash_payment
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM cash_payment WHERE origin = NEW.origin)
BEGIN SELECT RAISE(ABORT, 'receipts are numbered without a gap'); END;
CREATE TRIGGER cash_payment_is_never_changed BEFORE UPDATE ON cash_payment BEGIN SELECT RAISE(ABORT, 'cash is only added to'); END;
CREATE TRIGGER cash_payment_is_never_deleted BEFORE DELETE ON cash_payment BEGIN SELECT RAISE(ABORT, 'cash is only added to'); END;
CREATE TRIGGER cash_shift_is_never_changed BEFORE UPDATE ON cash_shift BEGIN SELECT RAISE(ABORT, 'cash is only added to'); END;
CREATE TRIGGER cash_shift_is_never_deleted BEFORE DELETE ON cash_shift BEGIN SELECT RAISE(ABORT, 'cash is only added to'); END;
CREATE TRIGGER cash_close_is_never_changed BEFORE UPDATE ON cash_close BEGIN SELECT RAISE(ABORT, 'cash is only added to'); END;
CREATE TRIGGER cash_close_is_never_deleted BEFORE DELETE ON cash_close BEGIN SELECT RAISE(ABORT, 'cash is only added to'); END;
CREATE TRIGGER cash_count_is_never_changed BEFORE UPDATE ON cash_count BEGIN SELECT RAISE(ABORT, 'cash is only added to'); END;
CREATE TRIGGER cash_count_is_never_deleted BEFORE DELETE ON cash_count BEGIN SELECT RAISE(ABORT, 'cash is only added to'); END;
