-- report.db: what reports read of the log of decisions, in a form that is quick to add up. Written by the report thread
-- alone, derived, in no backup; where it is missing it is made anew.

-- Up to which row of the log it is made, and of which log: one row.
CREATE TABLE tail (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  desk TEXT NOT NULL,
  zone TEXT NOT NULL,            -- decides days and hours
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,            -- of that row: a log that was restored has another
  early INTEGER NOT NULL         -- rows that told of a day that was over when they were read
) STRICT;

-- Presentations of the last hundred days: nothing that a door told of itself.
CREATE TABLE swipe (
  desk TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  door_id TEXT NOT NULL,
  member_id TEXT,                -- as in the log: who was merged since is found in desk.db
  granted INTEGER NOT NULL CHECK (granted IN (0, 1)),
  reason TEXT NOT NULL,
  PRIMARY KEY (desk, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX swipe_by_time ON swipe (at);
-- Those that payments decided.
CREATE INDEX swipe_about_money ON swipe (at)
WHERE reason IN ('ok-grace', 'lapsed', 'ok-stale', 'billing-stale', 'ended', 'frozen', 'payment-pending');

-- A local day on which somebody was let through.
CREATE TABLE visit_day (
  day TEXT NOT NULL,             -- YYYY-MM-DD
  member_id TEXT NOT NULL,
  PRIMARY KEY (day, member_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_hour (
  day TEXT NOT NULL,
  hour INTEGER NOT NULL,         -- as the clock on the wall shows it: twice the same where it is set back
  door_id TEXT NOT NULL,
  let_through INTEGER NOT NULL,
  PRIMARY KEY (day, hour, door_id)
) STRICT, WITHOUT ROWID;
