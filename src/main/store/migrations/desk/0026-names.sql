-- Lists by name read no further than they show.
CREATE INDEX member_by_name ON member (name COLLATE NOCASE, id);
CREATE INDEX membership_by_payer ON membership (payer_id) WHERE payer_id IS NOT NULL;
