-- Changes of a running membership at Stripe: each is written down before it is asked for, and ended when it was read back.
CREATE TABLE membership_change (
  id TEXT PRIMARY KEY,
  membership_id TEXT NOT NULL REFERENCES membership (id),
  at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  operator TEXT NOT NULL,
  change TEXT NOT NULL CHECK (json_valid(change))
) STRICT;
CREATE INDEX membership_change_by_membership ON membership_change (membership_id);
CREATE TABLE membership_change_end (
  change_id TEXT PRIMARY KEY REFERENCES membership_change (id),
  at INTEGER NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('made', 'refused')),
  says TEXT NOT NULL
) STRICT;
CREATE TRIGGER membership_change_is_never_changed BEFORE UPDATE ON membership_change BEGIN SELECT RAISE(ABORT, 'a change is only added'); END;
CREATE TRIGGER membership_change_is_never_deleted BEFORE DELETE ON membership_change BEGIN SELECT RAISE(ABORT, 'a change is only added'); END;
CREATE TRIGGER membership_change_end_is_never_changed BEFORE UPDATE ON membership_change_end BEGIN SELECT RAISE(ABORT, 'how a change ended stays'); END;
CREATE TRIGGER membership_change_end_is_never_deleted BEFORE DELETE ON membership_change_end BEGIN SELECT RAISE(ABORT, 'how a change ended stays'); END;

-- Until when the bank takes an answer. Filled by the full read that another `mirrorShape` brings.
ALTER TABLE stripe_dispute ADD COLUMN evidence_due INTEGER;
