-- Files that go with a mail, kept as they were made so that sending it again sends the same. They are personal: once every
-- mail that they go with is settled, they are dropped.
CREATE TABLE outbox_file (
  subject TEXT NOT NULL,         -- that of the mails, in outbox
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (subject, name)
) STRICT;

CREATE TRIGGER outbox_files_go AFTER DELETE ON outbox_open BEGIN
  DELETE FROM outbox_file WHERE subject = (SELECT subject FROM outbox WHERE id = OLD.outbox_id) AND NOT EXISTS (
    SELECT 1 FROM outbox_open p JOIN outbox o ON o.id = p.outbox_id WHERE o.subject = outbox_file.subject);
END;
