-- What opens a door beyond being paid: hours, groups of doors, inductions, guests, guardians, counted visits, events.

-- Hours of the week in the space's zone. No window begins on a holiday.
CREATE TABLE schedule (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  windows TEXT NOT NULL CHECK (json_valid(windows)),   -- [{"days":[1..7, 1 = Monday],"from":"HH:MM","to":"HH:MM"}]
  removed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE holiday (
  day TEXT PRIMARY KEY,          -- YYYY-MM-DD, a local day
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A plan's own hours, and the visits that it gives: local days on which it lets somebody in. Null visits: as many as wanted.
ALTER TABLE plan ADD COLUMN schedule_id TEXT REFERENCES schedule (id);
ALTER TABLE plan ADD COLUMN visits INTEGER CHECK (visits > 0);
ALTER TABLE plan ADD COLUMN visits_per TEXT NOT NULL DEFAULT 'month' CHECK (visits_per IN ('month', 'term'));
-- Hours in which a plan opens this one door, in place of the plan's own.
ALTER TABLE door_plan ADD COLUMN schedule_id TEXT REFERENCES schedule (id);

-- A door opens to every plan until it, or a group that it is in, is restricted.
CREATE TABLE door_group (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  restricted INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE door_group_door (
  group_id TEXT NOT NULL REFERENCES door_group (id) ON DELETE CASCADE,
  door_id TEXT NOT NULL REFERENCES door (id),
  PRIMARY KEY (group_id, door_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX door_group_by_door ON door_group_door (door_id);
CREATE TABLE door_group_plan (
  group_id TEXT NOT NULL REFERENCES door_group (id) ON DELETE CASCADE,
  plan_id TEXT NOT NULL REFERENCES plan (id),
  schedule_id TEXT REFERENCES schedule (id),
  PRIMARY KEY (group_id, plan_id)
) STRICT, WITHOUT ROWID;

-- Which way people pass by a door's reader; null where it is not known. Anti-passback needs a reader on the way out.
ALTER TABLE door ADD COLUMN direction TEXT CHECK (direction IN ('in', 'out'));
ALTER TABLE door ADD COLUMN anti_passback INTEGER NOT NULL DEFAULT 0 CHECK (anti_passback IN (0, 1));

CREATE TABLE induction (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE door_induction (
  door_id TEXT NOT NULL REFERENCES door (id),
  induction_id TEXT NOT NULL REFERENCES induction (id) ON DELETE CASCADE,
  PRIMARY KEY (door_id, induction_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE member_induction (
  member_id TEXT NOT NULL REFERENCES member (id),
  induction_id TEXT NOT NULL REFERENCES induction (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  until_at INTEGER,              -- null: for good
  operator TEXT NOT NULL,
  PRIMARY KEY (member_id, induction_id)
) STRICT, WITHOUT ROWID;

-- A guest comes in while their host is in, until a moment.
CREATE TABLE guest (
  id TEXT PRIMARY KEY,
  member_id TEXT NOT NULL REFERENCES member (id),
  host_id TEXT NOT NULL REFERENCES member (id),
  at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  ended_at INTEGER,
  operator TEXT NOT NULL,
  CHECK (member_id <> host_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX guest_by_member ON guest (member_id, until_at);

-- Rules for coming in, never for going out; over by themselves on the day that the person is of age.
CREATE TABLE minor (
  member_id TEXT PRIMARY KEY REFERENCES member (id),
  of_age_at INTEGER NOT NULL,
  guardian_needed INTEGER NOT NULL CHECK (guardian_needed IN (0, 1)),
  schedule_id TEXT REFERENCES schedule (id),
  at INTEGER NOT NULL,
  operator TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE guardian (
  minor_id TEXT NOT NULL REFERENCES minor (member_id) ON DELETE CASCADE,
  member_id TEXT NOT NULL REFERENCES member (id),
  PRIMARY KEY (minor_id, member_id),
  CHECK (minor_id <> member_id)
) STRICT, WITHOUT ROWID;

-- An open day: a list or everyone with a card of ours, at some doors or all, from a moment to another.
CREATE TABLE event (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  everyone INTEGER NOT NULL CHECK (everyone IN (0, 1)),
  heads INTEGER CHECK (heads > 0),   -- how many people at most; null: as many as come
  at INTEGER NOT NULL,
  ended_at INTEGER,
  operator TEXT NOT NULL,
  CHECK (until_at > from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_time ON event (until_at);
CREATE TABLE event_door (             -- none: every door
  event_id TEXT NOT NULL REFERENCES event (id),
  door_id TEXT NOT NULL REFERENCES door (id),
  PRIMARY KEY (event_id, door_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE event_member (
  event_id TEXT NOT NULL REFERENCES event (id),
  member_id TEXT NOT NULL REFERENCES member (id),
  PRIMARY KEY (event_id, member_id)
) STRICT, WITHOUT ROWID;

-- "Let in once": an override for so many times, at one door or any. access.db counts the uses.
ALTER TABLE access_override ADD COLUMN door_id TEXT REFERENCES door (id);
ALTER TABLE access_override ADD COLUMN uses INTEGER CHECK (uses > 0);

-- While Stripe cannot be reached, a manager lets stale data hold until a moment: at one door, or at all that have no
-- allowance of their own.
CREATE TABLE outage_extension (
  id TEXT PRIMARY KEY,
  door_id TEXT REFERENCES door (id),
  until_at INTEGER NOT NULL,
  why TEXT NOT NULL,
  at INTEGER NOT NULL,
  ended_at INTEGER,
  operator TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER revise_on_extension_insert AFTER INSERT ON outage_extension BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_extension_update AFTER UPDATE ON outage_extension BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_schedule_insert AFTER INSERT ON schedule BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_schedule_update AFTER UPDATE ON schedule BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_holiday_insert AFTER INSERT ON holiday BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_holiday_delete AFTER DELETE ON holiday BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_plan_update AFTER UPDATE OF schedule_id, visits, visits_per ON plan BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_group_insert AFTER INSERT ON door_group BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_group_update AFTER UPDATE ON door_group BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_group_delete AFTER DELETE ON door_group BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_group_door_insert AFTER INSERT ON door_group_door BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_group_door_delete AFTER DELETE ON door_group_door BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_group_plan_insert AFTER INSERT ON door_group_plan BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_group_plan_delete AFTER DELETE ON door_group_plan BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_door_induction_insert AFTER INSERT ON door_induction BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_door_induction_delete AFTER DELETE ON door_induction BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_member_induction_insert AFTER INSERT ON member_induction BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_member_induction_update AFTER UPDATE ON member_induction BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_member_induction_delete AFTER DELETE ON member_induction BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_guest_insert AFTER INSERT ON guest BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_guest_update AFTER UPDATE ON guest BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_minor_insert AFTER INSERT ON minor BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_minor_update AFTER UPDATE ON minor BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_minor_delete AFTER DELETE ON minor BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_guardian_insert AFTER INSERT ON guardian BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_guardian_delete AFTER DELETE ON guardian BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_event_insert AFTER INSERT ON event BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_event_update AFTER UPDATE ON event BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_event_door_insert AFTER INSERT ON event_door BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER revise_on_event_member_insert AFTER INSERT ON event_member BEGIN UPDATE revision SET n = n + 1; END;
