-- What more is told of what people pay: planned changes, balances in several currencies, discounts of customers.
-- Filled by the full read that another `mirrorShape` brings.

CREATE TABLE stripe_subscription_schedule (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  created INTEGER NOT NULL,
  customer_id TEXT,
  subscription_id TEXT,          -- also the one that it has let go of
  status TEXT NOT NULL,
  phases TEXT NOT NULL CHECK (json_valid(phases)),  -- [{"start":MS,"end":MS|null,"priceIds":[TEXT]}]
  api_version TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  seen_run INTEGER NOT NULL,
  deleted_at INTEGER,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX stripe_subscription_schedule_by_subscription ON stripe_subscription_schedule (account, subscription_id);

ALTER TABLE stripe_customer ADD COLUMN balances TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(balances));  -- below zero is credit
UPDATE stripe_customer SET balances = json_array(json_object('minor', balance, 'currency', balance_currency))
WHERE balance <> 0 AND balance_currency IS NOT NULL;
ALTER TABLE stripe_customer DROP COLUMN balance;
ALTER TABLE stripe_customer DROP COLUMN balance_currency;
ALTER TABLE stripe_customer ADD COLUMN discount TEXT CHECK (json_valid(discount));

-- Items are kept whole in their subscription; those from before had no discounts.
UPDATE stripe_subscription SET items = (SELECT json_group_array(json_set(value, '$.discounts', json_array())) FROM json_each(items));

-- Plans beyond the one that names the membership, as they were at each version.
ALTER TABLE entitlement_version ADD COLUMN more_plans TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(more_plans));

-- What does not say whose it is, such as a dispute, is looked up by its own id.
CREATE INDEX billing_event_of_nobody ON billing_event (account, object_id) WHERE customer_id IS NULL;
