-- What counts at doors, written in the transaction of the decision that it belongs to.

-- A visit is one local day of a person, on one membership; taken by the first grant.
CREATE TABLE visit (
  member_id TEXT NOT NULL,
  membership_id TEXT NOT NULL,
  day TEXT NOT NULL,             -- YYYY-MM-DD, a local day
  seq INTEGER NOT NULL,          -- the row of the log that took it
  PRIMARY KEY (member_id, membership_id, day)
) STRICT, WITHOUT ROWID;

-- Uses of what was given for so many times, and who came to an event whose heads are counted.
CREATE TABLE permission_use (
  permission_id TEXT NOT NULL,   -- access_override or event
  seq INTEGER NOT NULL,
  member_id TEXT NOT NULL,
  PRIMARY KEY (permission_id, seq)
) STRICT, WITHOUT ROWID;

-- Where each person was last let through.
CREATE TABLE presence (
  member_id TEXT PRIMARY KEY,
  inside INTEGER NOT NULL CHECK (inside IN (0, 1)),
  at INTEGER NOT NULL,
  door_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE door_list_entry ADD COLUMN windows TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(windows));
