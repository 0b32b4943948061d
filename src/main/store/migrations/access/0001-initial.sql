-- access.db: written by the door thread alone, so that nothing the desk does holds a door up.

CREATE TABLE decision (
  desk TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  door_id TEXT NOT NULL,
  presentation_id TEXT,
  card_text TEXT NOT NULL,       -- as the door sent it
  canonical TEXT,
  member_id TEXT,
  granted INTEGER NOT NULL CHECK (granted IN (0, 1)),
  reason TEXT NOT NULL,
  detail TEXT,
  receipt TEXT NOT NULL,         -- id of this row towards the door
  rule TEXT NOT NULL,
  inputs TEXT NOT NULL CHECK (json_valid(inputs)),
  answer TEXT NOT NULL CHECK (json_valid(answer)),
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (desk, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX decision_by_presentation ON decision (door_id, presentation_id) WHERE presentation_id IS NOT NULL;
CREATE INDEX decision_by_member ON decision (member_id, at) WHERE member_id IS NOT NULL;
CREATE INDEX decision_by_door ON decision (door_id, at);
CREATE INDEX decision_by_time ON decision (at);
-- Without this one, REPLACE would take rows away and no trigger would notice.
CREATE TRIGGER decision_is_only_appended BEFORE INSERT ON decision
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM decision WHERE desk = NEW.desk)
  OR EXISTS (SELECT 1 FROM decision WHERE door_id = NEW.door_id AND presentation_id = NEW.presentation_id)
BEGIN SELECT RAISE(ABORT, 'the log of decisions is append-only'); END;
CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'the log of decisions is append-only'); END;
CREATE TRIGGER decision_is_never_deleted BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'the log of decisions is append-only'); END;
