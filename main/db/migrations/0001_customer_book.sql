-- The customer book. Tables are STRICT; synced ones start alike (main/db/columns.ts). Triggers of the change log are generated, not written here.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- SYNC.md 5. One row; tx is set by db/write at BEGIN and cleared before COMMIT; capture = 0 only while derived data is rebuilt.
CREATE TABLE change_context (one INTEGER PRIMARY KEY CHECK (one = 1), tx INTEGER, capture INTEGER NOT NULL DEFAULT 1) STRICT;
INSERT INTO change_context (one, tx) VALUES (1, NULL);
CREATE TABLE change_tx (
  tx INTEGER PRIMARY KEY, hlc INTEGER NOT NULL, base INTEGER NOT NULL DEFAULT 0, user TEXT, site TEXT NOT NULL,
  at INTEGER NOT NULL, verb TEXT NOT NULL, batch TEXT, undoes INTEGER
) STRICT;
-- undoes: the change (of a batch its last) that this one took back, for the mark on the history page.
CREATE INDEX change_tx_batch ON change_tx (batch) WHERE batch IS NOT NULL;
CREATE INDEX change_tx_undoes ON change_tx (undoes) WHERE undoes IS NOT NULL;
CREATE TABLE change (
  seq INTEGER PRIMARY KEY, tx INTEGER NOT NULL, tbl INTEGER NOT NULL, row INTEGER NOT NULL, kind INTEGER NOT NULL, f TEXT NOT NULL
) STRICT;
CREATE INDEX change_row ON change (tbl, row, seq);
CREATE INDEX change_by_tx ON change (tx);

CREATE TABLE user (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL, color TEXT, role TEXT NOT NULL
) STRICT;
CREATE TABLE setting (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  key TEXT NOT NULL, value TEXT NOT NULL
) STRICT;
CREATE TABLE device_setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE draft (key TEXT PRIMARY KEY, value TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE recent (party_id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX recent_at ON recent (at);

CREATE TABLE party (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL, title TEXT, first_name TEXT, last_name TEXT, company_name TEXT,
  national_id TEXT, company_id TEXT, economic_code TEXT, registration_number TEXT, sheba TEXT, card_number TEXT,
  birth_jy INTEGER, birth_jm INTEGER, birth_jd INTEGER,
  credit_limit INTEGER, blacklisted INTEGER NOT NULL DEFAULT 0, blacklist_reason TEXT, about TEXT,
  source_id TEXT, owner_id TEXT, merged_into TEXT,
  name TEXT NOT NULL DEFAULT '', name_sort TEXT NOT NULL DEFAULT '', city TEXT, province TEXT, city_sort TEXT NOT NULL DEFAULT '', phones TEXT NOT NULL DEFAULT ''
) STRICT;
-- Every order of the list walks one index that also holds the delete flag (paging by key, jumps and counts stay inside it).
CREATE INDEX party_by_name ON party (deleted, name_sort, pk);
CREATE INDEX party_by_city ON party (deleted, city_sort, pk);
CREATE INDEX party_by_created ON party (deleted, created_at, pk);
CREATE INDEX party_by_updated ON party (deleted, updated_at, pk);
CREATE INDEX party_by_credit ON party (deleted, credit_limit, pk);
CREATE INDEX party_national_id ON party (national_id) WHERE national_id IS NOT NULL;
CREATE INDEX party_company_id ON party (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX party_economic_code ON party (economic_code) WHERE economic_code IS NOT NULL;
CREATE INDEX party_source ON party (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX party_owner ON party (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX party_merged_into ON party (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX party_birth ON party (birth_jm, birth_jd) WHERE birth_jm IS NOT NULL;
CREATE INDEX party_blacklisted ON party (pk) WHERE blacklisted = 1;

CREATE TABLE party_channel (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  party_id TEXT NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, e164 TEXT, position INTEGER NOT NULL DEFAULT 0,
  key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX party_channel_party ON party_channel (party_id);
CREATE INDEX party_channel_key ON party_channel (key) WHERE key <> '';

CREATE TABLE party_address (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  party_id TEXT NOT NULL, type TEXT NOT NULL, province TEXT, city TEXT, address TEXT, postal_code TEXT, position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX party_address_party ON party_address (party_id);

CREATE TABLE party_link (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  from_id TEXT NOT NULL, to_id TEXT NOT NULL, kind TEXT NOT NULL, role TEXT, position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX party_link_from ON party_link (from_id);
CREATE INDEX party_link_to ON party_link (to_id);

CREATE TABLE party_role (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  party_id TEXT NOT NULL, role TEXT NOT NULL
) STRICT;
CREATE INDEX party_role_party ON party_role (party_id);
CREATE INDEX party_role_role ON party_role (role, party_id);

CREATE TABLE tag (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL, color TEXT, kind TEXT NOT NULL DEFAULT 'tag'
) STRICT;
CREATE TABLE party_tag (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  party_id TEXT NOT NULL, tag_id TEXT NOT NULL
) STRICT;
CREATE INDEX party_tag_party ON party_tag (party_id);
CREATE INDEX party_tag_tag ON party_tag (tag_id, party_id);

CREATE TABLE source (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL, position INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE activity (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL, body TEXT, at INTEGER NOT NULL, local_date TEXT NOT NULL, user_id TEXT, pinned INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE activity_party (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  activity_id TEXT NOT NULL, party_id TEXT NOT NULL, at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX activity_party_timeline ON activity_party (party_id, at, pk);
CREATE INDEX activity_party_activity ON activity_party (activity_id);

CREATE TABLE saved_view (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL, definition TEXT NOT NULL, position INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE batch (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, user_id TEXT, created_at INTEGER NOT NULL, file_name TEXT NOT NULL DEFAULT '',
  options TEXT NOT NULL DEFAULT '{}', total INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE batch_problem (
  pk INTEGER PRIMARY KEY, batch_id TEXT NOT NULL, row INTEGER NOT NULL, problems TEXT NOT NULL, cells TEXT NOT NULL
) STRICT;
CREATE INDEX batch_problem_batch ON batch_problem (batch_id, row);

-- Search (IRAN.md 3.4): contentless, tokens made in TypeScript, rowid = the row's pk.
CREATE VIRTUAL TABLE party_fts USING fts5(x, content='', contentless_delete=1, detail=none, tokenize="unicode61 remove_diacritics 0", prefix='1 2 3 4');
CREATE VIRTUAL TABLE note_fts USING fts5(x, content='', contentless_delete=1, detail=none, tokenize="unicode61 remove_diacritics 0", prefix='2 3');
