-- What differs between two readers of one kind, and how a reader is known again at another port.
ALTER TABLE reader ADD COLUMN settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings));
ALTER TABLE reader ADD COLUMN ids TEXT CHECK (json_valid(ids));  -- vendor, product, serial number, link; null where it told none
