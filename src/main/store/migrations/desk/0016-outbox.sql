-- What is to be told to somebody because of a change: written with the change, told by a worker afterwards. A row says what
-- and whom, and never changes; what became of it are facts, of which the latest holds.
CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  system TEXT NOT NULL CHECK (system IN ('mail')),
  kind TEXT NOT NULL,
  member_id TEXT REFERENCES member (id),   -- whom it is about
  recipient TEXT,                          -- where it goes; null: to that person's own address, as it is then
  subject TEXT NOT NULL,                   -- the change that it follows from
  payload TEXT NOT NULL,                   -- JSON: what its text needs
  message_id TEXT NOT NULL,                -- the same at every try, so that a program for mail shows one mail
  not_before INTEGER NOT NULL,
  CHECK (member_id IS NOT NULL OR recipient IS NOT NULL)
) STRICT;
-- One change is told once to one person.
CREATE UNIQUE INDEX outbox_once ON outbox (system, kind, subject, ifnull(member_id, ''), ifnull(recipient, ''));

-- 'tried' and 'handed-over' stand there before what they tell of is done: where nothing follows, the desk was stopped in
-- the middle. Only from 'handed-over' on a mail may have gone out.
CREATE TABLE outbox_fact (
  id TEXT PRIMARY KEY,
  outbox_id TEXT NOT NULL REFERENCES outbox (id),
  kind TEXT NOT NULL CHECK (kind IN ('tried', 'handed-over', 'sent', 'failed', 'given-up', 'refused', 'unclear',
    'no-address', 'again', 'arrived', 'put-aside')),
  at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  operator TEXT,                           -- null: nobody's word
  why TEXT,                                -- which trouble it was
  detail TEXT                              -- what the server said to it
) STRICT;
CREATE INDEX outbox_fact_by_row ON outbox_fact (outbox_id);

-- Those of which nobody knows yet that they are settled, kept by these two, so that nobody reads through years of mail.
CREATE TABLE outbox_open (outbox_id TEXT PRIMARY KEY REFERENCES outbox (id)) STRICT, WITHOUT ROWID;
CREATE TRIGGER outbox_opens AFTER INSERT ON outbox BEGIN INSERT INTO outbox_open VALUES (NEW.id); END;
CREATE TRIGGER outbox_closes AFTER INSERT ON outbox_fact WHEN NEW.kind IN ('sent', 'arrived', 'put-aside') BEGIN
  DELETE FROM outbox_open WHERE outbox_id = NEW.outbox_id;
END;
