-- Daily work: activities of every kind, tasks, reminders, leads, holidays, colleagues.

-- Lists that a business edits (outcomes of a call, reasons for dropping a lead…); `list` says which.
CREATE TABLE list_item (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  list TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL DEFAULT 0
) STRICT;

-- direction: in, out, missed (calls), in, out (messages). channel: of a message. minutes: how long. task_id: the task that it did.
-- occasion: what it was for, of its own kind: 'birthday' of a greeting.
ALTER TABLE activity ADD COLUMN direction TEXT;
ALTER TABLE activity ADD COLUMN channel TEXT;
ALTER TABLE activity ADD COLUMN outcome_id TEXT;
ALTER TABLE activity ADD COLUMN minutes INTEGER;
ALTER TABLE activity ADD COLUMN task_id TEXT;
ALTER TABLE activity ADD COLUMN occasion TEXT;
CREATE INDEX activity_occasion ON activity (occasion, at) WHERE occasion IS NOT NULL;
-- Meetings and visits by day, for the calendar; those that did a task stand there as that task.
CREATE INDEX activity_day ON activity (local_date, at, pk, user_id, kind, task_id) WHERE kind IN ('meeting', 'visit') AND task_id IS NULL AND deleted = 0;
CREATE INDEX activity_task ON activity (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX activity_outcome ON activity (outcome_id) WHERE outcome_id IS NOT NULL AND deleted = 0;

-- A colleague named in a text with @; id = UUIDv5 of both. seen_at: epoch ms, when that colleague put it away.
CREATE TABLE mention (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  activity_id TEXT NOT NULL, user_id TEXT NOT NULL, seen_at INTEGER
) STRICT;
CREATE INDEX mention_waiting ON mention (user_id, pk) WHERE seen_at IS NULL AND deleted = 0;
CREATE INDEX mention_activity ON mention (activity_id);

-- due_date: ISO day; due_minute: minute of the day or null (any time of the day); minutes: planned length. priority: 0 low, 1 normal, 2 high.
-- rule: recurrence (shared/domain/recurrence.ts); series_id: the first task of a recurring one; rule_date: ISO day of the rule that this one stands for, wherever it was moved since. handed_*: given by a colleague, and his words.
CREATE TABLE task (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL, title TEXT NOT NULL, body TEXT, party_id TEXT, owner_id TEXT, user_id TEXT,
  due_date TEXT, due_minute INTEGER, minutes INTEGER, priority INTEGER NOT NULL DEFAULT 1,
  status TEXT NOT NULL DEFAULT 'open', closed_at INTEGER, closed_by TEXT,
  rule TEXT, series_id TEXT, rule_date TEXT, handed_by TEXT, handed_at INTEGER, handed_note TEXT, handed_seen_at INTEGER
) STRICT;
CREATE INDEX task_mine ON task (owner_id, due_date, due_minute, pk) WHERE status = 'open' AND deleted = 0;
CREATE INDEX task_open ON task (due_date, due_minute, pk) WHERE status = 'open' AND deleted = 0;
-- The order of importance on the page of today, calls by themselves.
CREATE INDEX task_weight ON task (owner_id, (kind = 'call'), priority, due_date, due_minute, pk) WHERE status = 'open' AND deleted = 0 AND due_date IS NOT NULL;
-- What was done, for the calendar; those to come again, whose next days it shows beforehand.
CREATE INDEX task_done ON task (due_date, due_minute, pk) WHERE status = 'done' AND deleted = 0;
CREATE INDEX task_done_mine ON task (owner_id, due_date, due_minute, pk) WHERE status = 'done' AND deleted = 0;
CREATE INDEX task_recurring ON task (owner_id, pk) WHERE rule IS NOT NULL AND status = 'open' AND deleted = 0;
CREATE INDEX task_party ON task (party_id, status, due_date) WHERE party_id IS NOT NULL;
CREATE INDEX task_closed ON task (closed_at, pk) WHERE closed_at IS NOT NULL AND deleted = 0;
CREATE INDEX task_party_closed ON task (party_id, closed_at, pk) WHERE closed_at IS NOT NULL AND deleted = 0;
CREATE INDEX task_series ON task (series_id) WHERE series_id IS NOT NULL;
CREATE INDEX task_handed ON task (owner_id, handed_at) WHERE handed_by IS NOT NULL AND handed_seen_at IS NULL AND status = 'open' AND deleted = 0;
-- Titles and names of customers, as note_fts: 'deletemerge' is off for the reason that 0002 gives.
CREATE VIRTUAL TABLE task_fts USING fts5(x, content='', contentless_delete=1, detail=none, tokenize="unicode61 remove_diacritics 0", prefix='1 2 3');
INSERT INTO task_fts (task_fts, rank) VALUES ('deletemerge', 0);
-- New texts that have no row yet in the index named; pk: of their own table (main/db/text-rows.ts).
CREATE TABLE search_wait (fts TEXT NOT NULL, pk INTEGER NOT NULL, PRIMARY KEY (fts, pk)) STRICT, WITHOUT ROWID;

CREATE TABLE task_check (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  task_id TEXT NOT NULL, text TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0, position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX task_check_task ON task_check (task_id);

-- before: minutes before the task is due. snoozed_at: epoch ms, put off to then. at: derived, epoch ms, when it rings; null when it does not.
CREATE TABLE reminder (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  task_id TEXT NOT NULL, before INTEGER NOT NULL, snoozed_at INTEGER, at INTEGER
) STRICT;
CREATE INDEX reminder_task ON reminder (task_id);
CREATE INDEX reminder_at ON reminder (at) WHERE at IS NOT NULL;
-- What rang on this device, for which time; local.
CREATE TABLE reminder_fired (reminder_id TEXT PRIMARY KEY, at INTEGER NOT NULL, fired_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Somebody who asked and is no customer yet. party_id: whom it became.
CREATE TABLE lead (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL, company TEXT, phone TEXT, e164 TEXT, email TEXT, city TEXT, body TEXT,
  source_id TEXT, owner_id TEXT, user_id TEXT, at INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'new', closed_at INTEGER, reason_id TEXT, party_id TEXT
) STRICT;
CREATE INDEX lead_status ON lead (status, at, pk) WHERE deleted = 0;
CREATE INDEX lead_owner ON lead (owner_id, status, at, pk) WHERE deleted = 0;
CREATE INDEX lead_source ON lead (source_id, status) WHERE deleted = 0;
CREATE INDEX lead_party ON lead (party_id) WHERE party_id IS NOT NULL;
CREATE INDEX lead_phone ON lead (e164) WHERE e164 IS NOT NULL;

-- What the business says of a day beside shared/domain/holidays.ts. kind: 'off' (nobody works), 'day' (only named), 'hidden' (the computed one of this name is wrong).
CREATE TABLE holiday (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  date TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL
) STRICT;
CREATE INDEX holiday_date ON holiday (date);

-- The PIN of a user on this PC, local: four digits would be guessed from any copy that leaves it. hash, salt: hex (scrypt).
CREATE TABLE user_pin (user_id TEXT PRIMARY KEY, salt TEXT NOT NULL, hash TEXT NOT NULL, misses INTEGER NOT NULL DEFAULT 0, wait_until INTEGER) STRICT, WITHOUT ROWID;

-- A half-typed form belongs to whoever typed it; until now that was the owner.
UPDATE draft SET key = coalesce((SELECT id FROM user WHERE role = 'owner' AND deleted = 0 ORDER BY pk LIMIT 1), '') || '/' || key;

-- Derived by customers/contact-dates.ts. last_contact: epoch ms of the last meeting, visit, message or answered call; next_contact: ISO day of the next open task;
-- slips_on: ISO day from which the customer counts as slipped (past the own rhythm, no next step); null while something is planned.
ALTER TABLE party ADD COLUMN last_contact INTEGER;
ALTER TABLE party ADD COLUMN next_contact TEXT;
ALTER TABLE party ADD COLUMN slips_on TEXT;
CREATE INDEX party_by_last_contact ON party (deleted, last_contact, pk);
CREATE INDEX party_by_next_contact ON party (deleted, next_contact, pk);
CREATE INDEX party_slips ON party (owner_id, slips_on, pk) WHERE slips_on IS NOT NULL AND deleted = 0;
-- Put off on purpose: the customer does not count as slipped before this ISO day.
ALTER TABLE party ADD COLUMN quiet_until TEXT;
-- Birthdays of a day and an owner, those spoken with last first; still begins as the index it takes the place of.
DROP INDEX party_birth;
CREATE INDEX party_birth ON party (birth_jm, birth_jd, deleted, owner_id, last_contact, pk) WHERE birth_jm IS NOT NULL;

-- How many wear a tag is counted within the index.
DROP INDEX party_tag_tag;
CREATE INDEX party_tag_tag ON party_tag (tag_id, deleted, party_id);
