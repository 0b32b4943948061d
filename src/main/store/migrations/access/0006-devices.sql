-- What devices at doors hold, beside what they should hold; and how far what they did has come in.

-- One row for each card of a door that is on the one list or on the other. `wanted` and `held` are terms in the words of
-- the door's driver; equal ones mean the same.
CREATE TABLE device_card (
  door_id TEXT NOT NULL,
  card TEXT NOT NULL,            -- as the device stores it
  wanted TEXT,                   -- null: should not be there
  held TEXT,                     -- null: is not there
  since INTEGER,                 -- since when the two differ
  PRIMARY KEY (door_id, card)
) STRICT, WITHOUT ROWID;
CREATE INDEX device_card_differing ON device_card (door_id) WHERE since IS NOT NULL;

-- Receipts: what was taken from a device, since when it should have been, and when it was seen to be gone.
CREATE TABLE device_receipt (
  door_id TEXT NOT NULL,
  card TEXT NOT NULL,
  since INTEGER NOT NULL,
  landed_at INTEGER NOT NULL,
  PRIMARY KEY (door_id, card, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX device_receipt_by_time ON device_receipt (door_id, landed_at);

CREATE TABLE device_door (
  door_id TEXT PRIMARY KEY,
  read_at INTEGER,               -- when all that it holds was last read; null: never
  other_desk TEXT,               -- who else it was set to tell of swipes then
  newest INTEGER                 -- the number of its newest event when it was last read before it was taken over
) STRICT, WITHOUT ROWID;

-- Up to which of its own numbers a device's events are stored.
CREATE TABLE device_counter (
  device TEXT PRIMARY KEY,
  stored_to INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

DROP INDEX decision_told;
CREATE INDEX decision_told ON decision (desk, door_id, reason, seq)
WHERE reason IN ('forced', 'open-too-long', 'not-opened', 'closed', 'power-on', 'events-lost', 'fire', 'exit-refused');
