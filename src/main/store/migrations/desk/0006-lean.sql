-- A leaner mirror; and what people may have in common, kept where it can be looked up instead of compared one by one.

-- Whole objects were kept and only ever compared, which the columns can do: most of the file, and much about people that
-- nothing here reads.
ALTER TABLE stripe_customer DROP COLUMN raw;
ALTER TABLE stripe_product DROP COLUMN raw;
ALTER TABLE stripe_price DROP COLUMN raw;
ALTER TABLE stripe_subscription DROP COLUMN raw;
ALTER TABLE stripe_invoice DROP COLUMN raw;
ALTER TABLE stripe_payment_intent DROP COLUMN raw;
ALTER TABLE stripe_dispute DROP COLUMN raw;

-- Derived, for comparing only: what people who may be one have in common (domain/member.ts). Null where it tells nothing.
ALTER TABLE member ADD COLUMN name_key TEXT;
ALTER TABLE member ADD COLUMN phone_key TEXT;
UPDATE member SET name_key = lower(trim(name)) WHERE trim(name) LIKE '% %';
CREATE INDEX member_by_name_key ON member (name_key) WHERE name_key IS NOT NULL;
CREATE INDEX member_by_phone_key ON member (phone_key) WHERE phone_key IS NOT NULL;

-- Derived: who holds a card, by its facts. A card that was revoked is held by nobody.
CREATE TABLE card_held (
  credential_id TEXT PRIMARY KEY REFERENCES credential (id),
  member_id TEXT NOT NULL REFERENCES member (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_held_by_member ON card_held (member_id);
INSERT INTO card_held SELECT credential_id, member_id FROM credential_fact f
WHERE kind = 'enrolled' AND NOT EXISTS (
  SELECT 1 FROM credential_fact g WHERE g.credential_id = f.credential_id AND g.rowid > f.rowid AND g.kind IN ('enrolled', 'revoked'));
CREATE TRIGGER hold_on_enrolment AFTER INSERT ON credential_fact WHEN NEW.kind = 'enrolled' BEGIN
  INSERT INTO card_held VALUES (NEW.credential_id, NEW.member_id)
  ON CONFLICT DO UPDATE SET member_id = excluded.member_id;
END;
CREATE TRIGGER let_go_on_revocation AFTER INSERT ON credential_fact WHEN NEW.kind = 'revoked' BEGIN
  DELETE FROM card_held WHERE credential_id = NEW.credential_id;
END;

-- Lamps count these often, and there are few.
CREATE INDEX entitlement_to_review ON entitlement (membership_id) WHERE pause_unreviewed = 1;
