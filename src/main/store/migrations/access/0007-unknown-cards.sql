-- Rows of the log stay for ever, and a card that nobody has is not ours to remember: its row keeps a digest, and what was
-- read stands here until it is dropped. The salt goes with it, or the number could be found again by trying them all.
CREATE TABLE unknown_card (
  desk TEXT NOT NULL,
  seq INTEGER NOT NULL,          -- the row of the log
  at INTEGER NOT NULL,           -- when the desk heard of it
  salt BLOB NOT NULL,
  card_text TEXT NOT NULL,       -- as the door sent it
  canonical TEXT,
  PRIMARY KEY (desk, seq)
) STRICT, WITHOUT ROWID;
