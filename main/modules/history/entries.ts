import type { HistoryEntry } from '../../../shared/contract/history.ts'
import { tableById } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'
import { peerName } from '../../sync/peers.ts'
import { countParties, deedOf, FOREIGN } from './foreign.ts'
import { type PartyName, partyOfRow, subjectOfRow } from './names.ts'

export interface TxRow {
  tx: number
  at: number
  user: string | null
  verb: string
  batch: string | null
  site: string
}

/** What a person undoes or looks at: one transaction, or all chunks of a batch. `last` stands for it in lists. */
export interface Target {
  batch: string | null
  last: number
  /** Newest first. */
  txs: number[]
}

/** A change that is a chunk of a batch means the whole batch: nobody undoes the last thousand rows of an import. */
export function target(db: Db, of: { change: number } | { batch: string }): Target | null {
  let batch = 'batch' in of ? of.batch : null
  if ('change' in of) {
    const row = db.prepare('SELECT batch FROM change_tx WHERE tx = ?').get(of.change) as
      | { batch: string | null }
      | undefined
    if (!row) return null
    if (row.batch === null) return { batch: null, last: of.change, txs: [of.change] }
    batch = row.batch
  }
  const rows = db.prepare('SELECT tx FROM change_tx WHERE batch = ? ORDER BY tx DESC').all(batch) as { tx: number }[]
  const last = rows[0]
  return last ? { batch, last: last.tx, txs: rows.map((r) => r.tx) } : null
}

/** Taken back, by an undo that was not itself taken back. */
export function isUndone(db: Db, entry: number): boolean {
  const undos = db
    .prepare(
      `SELECT DISTINCT coalesce((SELECT max(b.tx) FROM change_tx b WHERE b.batch = u.batch), u.tx) AS entry FROM change_tx u WHERE u.undoes = ?`,
    )
    .all(entry) as { entry: number }[]
  return undos.some((undo) => !isUndone(db, undo.entry))
}

export function toEntry(db: Db, row: TxRow): HistoryEntry {
  const isForeign = row.verb === FOREIGN
  return {
    change: row.tx,
    batch: row.batch,
    verb: isForeign ? deedOf(db, row.tx) : row.verb,
    at: row.at,
    user_id: row.user,
    foreign: isForeign,
    device_name: peerName(db, row.site),
    rows: isForeign ? countParties(db, row.tx) : row.batch === null ? countRows(db, row.tx) : countBatch(db, row.batch),
    ...firstNames(db, row.tx),
    undone: isUndone(db, row.tx),
  }
}

function countRows(db: Db, tx: number): number {
  const row = db.prepare('SELECT count(*) AS n FROM (SELECT DISTINCT tbl, row FROM change WHERE tx = ?)').get(tx)
  return (row as { n: number }).n
}

/** A batch counts what it brought in (customers); one without a row of its own, such as an undo, counts its changes. */
function countBatch(db: Db, batch: string): number {
  const row = db.prepare('SELECT CASE WHEN added > 0 THEN added ELSE done END AS n FROM batch WHERE id = ?').get(batch)
  if (row && (row as { n: number }).n > 0) return (row as { n: number }).n
  const counted = db
    .prepare('SELECT count(*) AS n FROM change_tx t CROSS JOIN change c ON c.tx = t.tx WHERE t.batch = ?')
    .get(batch)
  return (counted as { n: number }).n
}

/**
 * The first three customers among the first 200 changes, and the tasks, leads and so on: all of them, or none where there are more than three
 * (the first run writes every list there is, and is about none of them).
 */
export function firstNames(db: Db, tx: number): { parties: PartyName[]; subjects: string[] } {
  const lines = db.prepare('SELECT tbl, row FROM change WHERE tx = ? ORDER BY seq LIMIT 200').all(tx) as {
    tbl: number
    row: number
  }[]
  const parties = new Map<string, PartyName>()
  const subjects = new Map<string, string>()
  for (const line of lines) {
    const table = tableById(line.tbl)?.name ?? ''
    const party = parties.size < 3 ? partyOfRow(db, table, line.row) : null
    if (party) parties.set(party.id, party)
    const subject = subjects.size < 4 ? subjectOfRow(db, table, line.row) : null
    if (subject) subjects.set(subject.id, subject.name)
    if (parties.size === 3 && subjects.size === 4) break
  }
  // A lead that became a customer is called what the customer is.
  const names = new Set([...parties.values()].map((party) => party.name))
  const told = subjects.size > 3 ? [] : [...subjects.values()].filter((name) => !names.has(name))
  return { parties: [...parties.values()], subjects: told }
}
