-- Doors whose controller speaks a language of its own: how it is reached, and since when it is ours.
CREATE TABLE door_device (
  door_id TEXT PRIMARY KEY REFERENCES door (id),
  config TEXT NOT NULL CHECK (json_valid(config)),   -- by driver; may hold a password, as door.key does
  adopted_at INTEGER,                                -- null: only looked at, nothing is written to it
  replaces TEXT,                                     -- another desk that a manager has agreed to put aside
  hours TEXT CHECK (hours IN ('days-only', 'leave-off'))  -- of a device that keeps no hours; null: nobody was asked yet
) STRICT, WITHOUT ROWID;
CREATE TRIGGER revise_on_device_insert AFTER INSERT ON door_device BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_device_update AFTER UPDATE ON door_device BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_device_delete AFTER DELETE ON door_device BEGIN UPDATE revision SET n = n + 1; END;

-- A reader at the desk whose cards open a door while nothing is being enrolled.
ALTER TABLE reader ADD COLUMN door_id TEXT REFERENCES door (id);
