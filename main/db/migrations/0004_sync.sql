-- Sync (SYNC.md 5): what this device knows of the server. Always there; empty for who does not use it.
CREATE TABLE sync_state (k TEXT PRIMARY KEY, v TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Batches that arrived: which lines of the log have which numbers at the server. head: of the server after it. ranges: JSON [[first seq, how many], …]
CREATE TABLE sync_sent (
  site TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, hash TEXT NOT NULL, head INTEGER NOT NULL, ranges TEXT NOT NULL, PRIMARY KEY (site, first)
) STRICT, WITHOUT ROWID;
-- After the server went back to an older day: lines of the log that it has lost, to be sent again in this order.
CREATE TABLE sync_replay (n INTEGER PRIMARY KEY, seq INTEGER NOT NULL UNIQUE) STRICT;
-- Changes that the server did not take; seq: of the log. code: protocol.ts VERDICTS. state: waiting, resent, dropped.
CREATE TABLE sync_parked (seq INTEGER PRIMARY KEY, code TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'waiting') STRICT;

-- state: ready, or catching while it is read from the beginning.
CREATE TABLE sync_scope (scope INTEGER PRIMARY KEY, cursor INTEGER NOT NULL, rights INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
-- Pages that came and are not applied yet; body: PullReply as JSON.
CREATE TABLE sync_inbox (page INTEGER PRIMARY KEY, rows INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
-- Rows that left a scope, until everything that came with it is applied.
CREATE TABLE sync_exit (scope INTEGER NOT NULL, tbl INTEGER NOT NULL, row TEXT NOT NULL, PRIMARY KEY (scope, tbl, row)) STRICT, WITHOUT ROWID;
-- Every row the server has told of; row: pk. seq 0: not told of since the server went back.
CREATE TABLE sync_row (
  tbl INTEGER NOT NULL, row INTEGER NOT NULL, scope INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (tbl, row)
) STRICT, WITHOUT ROWID;
-- Shares of single colleagues: few, and looked through whenever customers are handed over.
CREATE INDEX sync_row_share ON sync_row (tbl, scope) WHERE scope > 1;
-- Rows whose derived columns wait to be made again.
CREATE TABLE sync_derive (tbl INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (tbl, row)) STRICT, WITHOUT ROWID;
-- What a newer version wrote: kept until this program knows it. fid 0 stands for the row itself. cell: JSON, site and user of its author.
CREATE TABLE sync_unknown (
  tbl INTEGER NOT NULL, row TEXT NOT NULL, fid INTEGER NOT NULL, scope INTEGER NOT NULL, seq INTEGER NOT NULL, cell TEXT NOT NULL,
  site TEXT NOT NULL, user TEXT, PRIMARY KEY (tbl, row, fid)
) STRICT, WITHOUT ROWID;

-- Two values of one field, of which neither writer knew the other. win, lose: JSON. state: open, kept (as it is), taken (the other value).
CREATE TABLE sync_conflict (
  id TEXT PRIMARY KEY, seq INTEGER NOT NULL, tbl INTEGER NOT NULL, row TEXT NOT NULL, fid INTEGER NOT NULL, class TEXT NOT NULL,
  win TEXT NOT NULL, win_at INTEGER NOT NULL, win_site TEXT NOT NULL, win_user TEXT,
  lose TEXT NOT NULL, lose_at INTEGER NOT NULL, lose_site TEXT NOT NULL, lose_user TEXT, state TEXT NOT NULL DEFAULT 'open'
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_conflict_open ON sync_conflict (seq) WHERE state = 'open';
CREATE INDEX sync_conflict_row ON sync_conflict (tbl, row);
-- Own changes to rows that this device may not have any more. ops: JSON, as they would have been sent, until a key of an owner is known; then only `sealed`
-- for the owners of `tenant`, how many, and by what it is seen that they stand there after all: said: JSON, fields and a salted digest of what was said in them.
CREATE TABLE sync_quarantine (
  n INTEGER PRIMARY KEY, tbl INTEGER NOT NULL, row TEXT NOT NULL, at INTEGER NOT NULL, changes INTEGER NOT NULL, ops TEXT, sealed TEXT, tenant TEXT, said TEXT
) STRICT;
CREATE INDEX sync_quarantine_row ON sync_quarantine (tbl, row);
-- What came to an owner in a sealed file. id: digest of the change. h: its stamp. f: JSON. under: the row, of
-- the same files and not in the book, whose part it is. state: waiting, taken, dropped.
CREATE TABLE sync_opened (
  id TEXT PRIMARY KEY, tbl INTEGER NOT NULL, row TEXT NOT NULL, kind INTEGER NOT NULL, h INTEGER NOT NULL, user TEXT, site TEXT NOT NULL, f TEXT NOT NULL,
  under TEXT, state TEXT NOT NULL DEFAULT 'waiting'
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_opened_row ON sync_opened (row, tbl) WHERE state = 'waiting';

-- Authors of cells by the number the server gave them, and what their devices are called.
CREATE TABLE sync_author (n INTEGER PRIMARY KEY, site TEXT NOT NULL, user TEXT) STRICT;
CREATE TABLE sync_peer (site TEXT PRIMARY KEY, device TEXT NOT NULL, name TEXT NOT NULL, user TEXT) STRICT, WITHOUT ROWID;

-- Customers that were entered here and elsewhere, until somebody makes one of them or says that they are two.
CREATE TABLE duplicate_met (a_id TEXT NOT NULL, b_id TEXT NOT NULL, PRIMARY KEY (a_id, b_id)) STRICT, WITHOUT ROWID;

-- Whom only their own customers come to: 'own'.
ALTER TABLE user ADD COLUMN share TEXT;
