-- Photos of people, as facts: who set or took off which, and when. At most one picture of a person is kept: one that was
-- taken off or replaced is gone for good, and that it was there stays known.
CREATE TABLE member_photo (
  id TEXT PRIMARY KEY,
  member_id TEXT NOT NULL REFERENCES member (id),
  removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
  at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  operator TEXT NOT NULL,
  picture BLOB,                  -- a JPEG; last, so that nobody who asks only which there are reads it
  CHECK (removed = 0 OR picture IS NULL)
) STRICT;
CREATE UNIQUE INDEX member_photo_in_use ON member_photo (member_id) WHERE picture IS NOT NULL;
