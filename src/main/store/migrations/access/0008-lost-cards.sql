-- Tries of cards that were reported lost or stolen, found without reading the swipes between.
CREATE INDEX decision_lost ON decision (desk, seq) WHERE reason IN ('card-lost', 'card-stolen');
