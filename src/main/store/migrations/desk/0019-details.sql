-- What people tell of themselves, as facts: each row is what somebody changed at that moment, and what is left out stays.
CREATE TABLE member_detail (
  id TEXT PRIMARY KEY,
  member_id TEXT NOT NULL REFERENCES member (id),
  at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  operator TEXT NOT NULL,
  changes TEXT NOT NULL CHECK (json_valid(changes))
) STRICT;
CREATE INDEX member_detail_by_member ON member_detail (member_id);
CREATE TRIGGER member_detail_is_never_changed BEFORE UPDATE ON member_detail BEGIN SELECT RAISE(ABORT, 'details are only added to'); END;

-- Waivers, as facts: the latest is in force. Without a version: from then on there is none.
CREATE TABLE waiver (
  id TEXT PRIMARY KEY,
  version TEXT,
  text TEXT,
  url TEXT,
  at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  operator TEXT NOT NULL,
  CHECK (version IS NULL OR text IS NOT NULL OR url IS NOT NULL)
) STRICT;
CREATE TRIGGER waiver_is_never_changed BEFORE UPDATE ON waiver BEGIN SELECT RAISE(ABORT, 'waivers are only added to'); END;
CREATE TRIGGER waiver_is_never_deleted BEFORE DELETE ON waiver BEGIN SELECT RAISE(ABORT, 'waivers are only added to'); END;

-- Who signed which version, for whom and as what.
CREATE TABLE waiver_signing (
  id TEXT PRIMARY KEY,
  member_id TEXT NOT NULL REFERENCES member (id),
  version TEXT NOT NULL,
  signed_as TEXT NOT NULL CHECK (signed_as IN ('person', 'guardian')),
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  operator TEXT NOT NULL,
  strokes TEXT CHECK (json_valid(strokes))   -- as it was drawn; null: the name was typed instead
) STRICT;
CREATE INDEX waiver_signing_by_member ON waiver_signing (member_id, version);
CREATE TRIGGER waiver_signing_is_never_changed BEFORE UPDATE ON waiver_signing BEGIN SELECT RAISE(ABORT, 'signatures are only added to'); END;
