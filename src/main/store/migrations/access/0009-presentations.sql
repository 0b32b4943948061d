-- Names of presentations are random: an index of them had a check wait for a page that no other check needs. The newest
-- are held in memory (store/presentations.ts), and many at a time come in here, in this order.
CREATE TABLE presentation (
  key INTEGER NOT NULL,          -- of a door and the name of a presentation; others may have the same
  seq INTEGER NOT NULL,          -- the row of the log, whichever desk wrote it
  PRIMARY KEY (key, seq)
) STRICT, WITHOUT ROWID;

-- How far the log of each desk is in it.
CREATE TABLE presentation_upto (
  desk TEXT PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO presentation
  SELECT presentation_key(door_id, presentation_id) AS key, seq FROM decision WHERE presentation_id IS NOT NULL
  ORDER BY key, seq;
INSERT INTO presentation_upto SELECT desk, max(seq) FROM decision GROUP BY desk;

DROP INDEX decision_by_presentation;
DROP TRIGGER decision_is_only_appended;
-- That a presentation is in the log once is kept by those who write it: they look first.
CREATE TRIGGER decision_is_only_appended BEFORE INSERT ON decision
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM decision WHERE desk = NEW.desk)
BEGIN SELECT RAISE(ABORT, 'the log of decisions is append-only'); END;
