-- What doors told of themselves, found without reading the swipes between.
CREATE INDEX decision_told ON decision (desk, door_id, reason, seq)
WHERE reason IN ('forced', 'open-too-long', 'not-opened', 'closed', 'power-on', 'events-lost');
