-- The order of reads goes on from the latest, whatever the clock says; and how often what an event tells of was tried.

INSERT OR REPLACE INTO sync_state SELECT 'lastRead', json(max(at)) FROM (
  SELECT max(fetched_at) AS at FROM stripe_product UNION ALL SELECT max(deleted_at) FROM stripe_product
  UNION ALL SELECT max(fetched_at) FROM stripe_price UNION ALL SELECT max(deleted_at) FROM stripe_price
  UNION ALL SELECT max(fetched_at) FROM stripe_customer UNION ALL SELECT max(deleted_at) FROM stripe_customer
  UNION ALL SELECT max(fetched_at) FROM stripe_subscription UNION ALL SELECT max(deleted_at) FROM stripe_subscription
  UNION ALL SELECT max(fetched_at) FROM stripe_invoice UNION ALL SELECT max(deleted_at) FROM stripe_invoice
  UNION ALL SELECT max(fetched_at) FROM stripe_payment_intent UNION ALL SELECT max(deleted_at) FROM stripe_payment_intent
  UNION ALL SELECT max(fetched_at) FROM stripe_dispute UNION ALL SELECT max(deleted_at) FROM stripe_dispute
) HAVING max(at) IS NOT NULL;

ALTER TABLE billing_event ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE billing_event ADD COLUMN error TEXT;       -- why the last of them failed, in words
-- `result` may be 'dead': nobody can read what it tells, until everything has been read.
CREATE INDEX billing_event_dead ON billing_event (received_at) WHERE result = 'dead';
