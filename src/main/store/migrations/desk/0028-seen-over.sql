-- What is known to be over by now, no list of a door may go on with: its revision tells. An end is known an hour after it,
-- by a sync that began then, or for one person by the last thing read of them.
CREATE TRIGGER revise_on_first_sync AFTER INSERT ON sync_state WHEN NEW.key = 'freshFrom'
BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_sync AFTER UPDATE ON sync_state
WHEN NEW.key = 'freshFrom' AND EXISTS (
  SELECT 1 FROM entitlement e WHERE e.phase <> 'ended' AND (e.phase <> 'paid' OR e.known_end IS NOT NULL)
    AND ((e.grace_until > OLD.value - 3600000 AND e.grace_until <= NEW.value - 3600000)
      OR (e.paid_until > OLD.value - 3600000 AND e.paid_until <= NEW.value - 3600000)
      OR (e.provisional_until > OLD.value - 3600000 AND e.provisional_until <= NEW.value - 3600000)))
BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_read AFTER DELETE ON billing_dirty
WHEN OLD.since < (SELECT CAST(value AS INTEGER) FROM sync_state WHERE key = 'freshFrom')
BEGIN UPDATE revision SET n = n + 1; END;
