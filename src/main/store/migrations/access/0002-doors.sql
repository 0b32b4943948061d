-- What each door may open for while the desk is silent, and what its controller uploads of that time.

-- The list of a door as it was last made. Its revision is that of desk.db at `built_from` plus `bumps`, which rise where the
-- clock alone changed the list.
CREATE TABLE door_list (
  door_id TEXT PRIMARY KEY,
  key_epoch INTEGER NOT NULL,
  format TEXT,
  built_from INTEGER NOT NULL,
  bumps INTEGER NOT NULL,
  next_at INTEGER,               -- when the clock will let somebody in who is not in it
  built_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE door_list_entry (
  door_id TEXT NOT NULL,
  card TEXT NOT NULL,
  until_at INTEGER,              -- null: taken off
  always INTEGER NOT NULL CHECK (always IN (0, 1)),
  rev INTEGER NOT NULL,
  PRIMARY KEY (door_id, card)
) STRICT, WITHOUT ROWID;
CREATE INDEX door_list_entry_by_rev ON door_list_entry (door_id, rev);

-- Revisions that were made: a controller that names another gets the whole list.
CREATE TABLE door_list_rev (
  door_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  PRIMARY KEY (door_id, rev)
) STRICT, WITHOUT ROWID;

-- Numbers of uploaded events belong to a door's key. `seq` is the row of the log; a lost stretch is one row for all of it.
CREATE TABLE door_upload (
  door_id TEXT NOT NULL,
  key_epoch INTEGER NOT NULL,
  n INTEGER NOT NULL,
  content TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (door_id, key_epoch, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE door_upload_acked (
  door_id TEXT NOT NULL,
  key_epoch INTEGER NOT NULL,
  acked INTEGER NOT NULL,
  PRIMARY KEY (door_id, key_epoch)
) STRICT, WITHOUT ROWID;
