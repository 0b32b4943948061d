-- More that is known of a card: stock and loaners, labels, a short card seen whole, and imports that can be undone.
CREATE TABLE card_import (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  operator TEXT NOT NULL,
  name TEXT NOT NULL             -- of the file
) STRICT;

DROP TRIGGER revise_on_credential_fact;
DROP TRIGGER hold_on_enrolment;
DROP TRIGGER let_go_on_revocation;
ALTER TABLE credential_fact RENAME TO credential_fact_before;
CREATE TABLE credential_fact (
  id TEXT PRIMARY KEY,
  credential_id TEXT NOT NULL REFERENCES credential (id),
  kind TEXT NOT NULL CHECK (kind IN
    ('enrolled', 'revoked', 'suspended', 'reinstated', 'stocked', 'labelled', 'upgraded', 'withdrawn')),
  at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  operator TEXT NOT NULL,
  member_id TEXT REFERENCES member (id),
  reason TEXT,                   -- why; the label; the short card that it was enrolled as
  valid_from INTEGER,
  valid_until INTEGER,
  due_at INTEGER,                -- when a loaner is to be back
  loaner INTEGER CHECK (loaner IN (0, 1)),
  import_id TEXT REFERENCES card_import (id),
  withdraws TEXT REFERENCES credential_fact (id),
  CHECK ((kind = 'enrolled') = (member_id IS NOT NULL)),
  CHECK ((kind = 'stocked') = (loaner IS NOT NULL)),
  CHECK ((kind = 'withdrawn') = (withdraws IS NOT NULL))
) STRICT;
INSERT INTO credential_fact
  (rowid, id, credential_id, kind, at, origin, operator, member_id, reason, valid_from, valid_until)
SELECT rowid, id, credential_id, kind, at, origin, operator, member_id, reason, valid_from, valid_until
FROM credential_fact_before;
DROP TABLE credential_fact_before;
CREATE INDEX credential_fact_by_credential ON credential_fact (credential_id, id);
CREATE INDEX credential_fact_by_member ON credential_fact (member_id) WHERE member_id IS NOT NULL;
CREATE INDEX credential_fact_by_import ON credential_fact (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX credential_fact_by_due ON credential_fact (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX credential_fact_withdrawn ON credential_fact (withdraws) WHERE withdraws IS NOT NULL;
CREATE TRIGGER revise_on_credential_fact AFTER INSERT ON credential_fact BEGIN UPDATE revision SET n = n + 1; END;

-- What an import said that was undone counts no more.
CREATE VIEW card_fact AS SELECT f.rowid AS n, f.* FROM credential_fact f
WHERE f.withdraws IS NULL AND NOT EXISTS (SELECT 1 FROM credential_fact w WHERE w.withdraws = f.id);

-- Who holds a card, by its facts: a lost one that was found again is held again.
CREATE VIEW card_holding AS SELECT e.credential_id, e.member_id FROM card_fact e
WHERE e.kind = 'enrolled'
  AND NOT EXISTS (SELECT 1 FROM card_fact l WHERE l.credential_id = e.credential_id AND l.n > e.n AND l.kind = 'enrolled')
  AND (SELECT l.kind FROM card_fact l WHERE l.credential_id = e.credential_id AND l.n >= e.n
       AND l.kind IN ('enrolled', 'revoked', 'reinstated', 'stocked') ORDER BY l.n DESC LIMIT 1) IN ('enrolled', 'reinstated');
DELETE FROM card_held;
INSERT INTO card_held SELECT credential_id, member_id FROM card_holding;
CREATE TRIGGER hold_by_fact AFTER INSERT ON credential_fact WHEN NEW.kind NOT IN ('suspended', 'labelled', 'upgraded') BEGIN
  DELETE FROM card_held WHERE credential_id = NEW.credential_id;
  INSERT INTO card_held SELECT credential_id, member_id FROM card_holding WHERE credential_id = NEW.credential_id;
END;
