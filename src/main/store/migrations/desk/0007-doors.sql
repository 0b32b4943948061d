-- Who opens doors whatever was paid, who may not come in at all, and what a manager has ordered of a door. The log of
-- actions keeps who did it and what was before.

-- door_id '*' is every door.
CREATE TABLE keyholder (
  member_id TEXT NOT NULL REFERENCES member (id),
  door_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  PRIMARY KEY (member_id, door_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER revise_on_keyholder_insert AFTER INSERT ON keyholder BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_keyholder_delete AFTER DELETE ON keyholder BEGIN UPDATE revision SET n = n + 1; END;

CREATE TABLE member_bar (
  member_id TEXT PRIMARY KEY REFERENCES member (id),
  at INTEGER NOT NULL,
  until_at INTEGER,              -- null: until somebody lifts it
  why TEXT NOT NULL,
  operator TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER revise_on_bar_insert AFTER INSERT ON member_bar BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_bar_update AFTER UPDATE ON member_bar BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_bar_delete AFTER DELETE ON member_bar BEGIN UPDATE revision SET n = n + 1; END;

-- One order a door at most. Both stop entry or locking only: the way out is never ours.
CREATE TABLE door_order (
  door_id TEXT PRIMARY KEY REFERENCES door (id),
  mode TEXT NOT NULL CHECK (mode IN ('lockdown', 'held-open')),
  with_keyholders INTEGER NOT NULL CHECK (with_keyholders IN (0, 1)),  -- a lockdown that refuses them too
  at INTEGER NOT NULL,
  until_at INTEGER,              -- null: until somebody ends it; a hold always has an end
  why TEXT NOT NULL,
  operator TEXT NOT NULL,
  CHECK (mode = 'lockdown' OR until_at IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER revise_on_order_insert AFTER INSERT ON door_order BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_order_update AFTER UPDATE ON door_order BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_order_delete AFTER DELETE ON door_order BEGIN UPDATE revision SET n = n + 1; END;
