-- A trigger on what is appended had SQLite keep a copy of every page that a check writes, a third of what the row took.
-- REPLACE takes rows away by deleting them: whoever writes has that fire the trigger on deletions (store/open.ts).
DROP TRIGGER decision_is_only_appended;
