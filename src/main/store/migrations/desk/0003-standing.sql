-- Standing for every case: what an entitlement holds beyond 0001, its history, access by a person's word.

ALTER TABLE entitlement ADD COLUMN provisional_until INTEGER;
ALTER TABLE entitlement ADD COLUMN pause_unreviewed INTEGER NOT NULL DEFAULT 0 CHECK (pause_unreviewed IN (0, 1));
ALTER TABLE entitlement ADD COLUMN cause TEXT NOT NULL DEFAULT 'before';

-- Every entitlement that ever held, as it was: who was what, when, why. Outlives the membership's own row.
CREATE TABLE entitlement_version (
  membership_id TEXT NOT NULL,
  n INTEGER NOT NULL,            -- counts from 1
  at INTEGER NOT NULL,           -- when the desk learned of it
  plan_id TEXT NOT NULL,
  phase TEXT NOT NULL,
  paid_until INTEGER,
  grace_start INTEGER,
  grace_until INTEGER,
  debit_processing INTEGER NOT NULL,
  known_end INTEGER,
  allowance INTEGER NOT NULL,
  unpaid INTEGER NOT NULL,
  method TEXT NOT NULL,
  frozen_open INTEGER NOT NULL,
  flag TEXT,
  provisional_until INTEGER,
  pause_unreviewed INTEGER NOT NULL,
  cause TEXT NOT NULL,
  PRIMARY KEY (membership_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX entitlement_by_flag ON entitlement (flag) WHERE flag IS NOT NULL;

-- First-seen facts: subscriptions that were paused when this account was first read. Doors obey none of these pauses
-- before a manager has looked at them.
CREATE TABLE pause_at_import (
  account TEXT NOT NULL,
  subscription_id TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  reviewed_at INTEGER,
  PRIMARY KEY (account, subscription_id)
) STRICT, WITHOUT ROWID;

-- Access by a person's word, whatever the payments say: facts with a time and an origin, never overwritten.
CREATE TABLE access_override (
  id TEXT PRIMARY KEY,
  member_id TEXT NOT NULL REFERENCES member (id),
  at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  why TEXT NOT NULL,
  operator TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE INDEX access_override_by_member ON access_override (member_id, until_at);

CREATE TABLE access_override_end (
  override_id TEXT PRIMARY KEY REFERENCES access_override (id),
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER revise_on_override_insert AFTER INSERT ON access_override BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_override_update AFTER UPDATE ON access_override BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_override_end AFTER INSERT ON access_override_end BEGIN UPDATE revision SET n = n + 1; END;
