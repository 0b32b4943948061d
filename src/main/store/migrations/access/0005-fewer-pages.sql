-- A check waits for every page that its row touches. Who came in stands in `presence`; when a door was last used, in the
-- newest rows.
DROP INDEX decision_by_time;
DROP INDEX decision_by_door;
