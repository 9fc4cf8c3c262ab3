-- Bringing in, and duplicates.

-- Two records that look alike and are not the same; a member of a set: id = UUIDv5 of the two ids in order (a_id < b_id).
CREATE TABLE party_distinct (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  a_id TEXT NOT NULL, b_id TEXT NOT NULL
) STRICT;
CREATE INDEX party_distinct_a ON party_distinct (a_id);
CREATE INDEX party_distinct_b ON party_distinct (b_id);

-- What the last search for duplicates found; local, made again by each search. reasons: JSON.
CREATE TABLE duplicate_pair (
  a_pk INTEGER NOT NULL, b_pk INTEGER NOT NULL, score INTEGER NOT NULL, reasons TEXT NOT NULL, PRIMARY KEY (a_pk, b_pk)
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicate_pair_score ON duplicate_pair (score, a_pk, b_pk);
CREATE INDEX duplicate_pair_b ON duplicate_pair (b_pk);

-- How the columns of files with these headers were mapped the last time; local. mapping, options: JSON.
CREATE TABLE import_profile (
  fingerprint TEXT PRIMARY KEY, mapping TEXT NOT NULL, options TEXT NOT NULL DEFAULT '{}', at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- What was chosen for single rows of an import: 'skip', 'fill', 'update', 'add'.
CREATE TABLE import_choice (
  batch_id TEXT NOT NULL, row INTEGER NOT NULL, choice TEXT NOT NULL, PRIMARY KEY (batch_id, row)
) STRICT, WITHOUT ROWID;
-- Of a batch: customers that were there already and got what they lacked, or what the file says. Of a listed row: it came in all the same.
ALTER TABLE batch ADD COLUMN filled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN updated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch_problem ADD COLUMN came INTEGER NOT NULL DEFAULT 0;

-- Once a tenth of a large segment is deleted, FTS5 would merge all of it within somebody's save: four seconds with 100,000 customers. Ordinary
-- merges, which are bounded, drop what was deleted as well.
INSERT INTO party_fts (party_fts, rank) VALUES ('deletemerge', 0);
INSERT INTO note_fts (note_fts, rank) VALUES ('deletemerge', 0);
