-- A check waits for every page that its row touches. So the newest rows of the log are texts here, one after the other, and
-- come into `decision` and its indexes a moment later, many at a time (store/decision-tail.ts).
CREATE TABLE decision_tail (
  seq INTEGER PRIMARY KEY,       -- the row of the log
  desk TEXT NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL,            -- JSON that its hash is made of: the hash before it, then its fields in their order
  hash TEXT NOT NULL,
  inside INTEGER CHECK (inside IN (0, 1)) -- where whoever it let through is since; null where nobody was
) STRICT;

-- Where each person was last let through, from both; rows of it may contradict each other, and the newest is right.
CREATE VIEW whereabouts AS
  SELECT member_id, inside, at, door_id, 0 AS seq FROM presence
  UNION ALL
  SELECT text ->> 8, inside, at, text ->> 4, seq FROM decision_tail WHERE inside IS NOT NULL;
