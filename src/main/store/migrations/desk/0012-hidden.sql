-- Who is not named in the list of who is in, as facts: the latest of a person holds. Doors do not ask for it.
CREATE TABLE member_hidden (
  id TEXT PRIMARY KEY,
  member_id TEXT NOT NULL REFERENCES member (id),
  hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),
  at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  operator TEXT NOT NULL
) STRICT;
