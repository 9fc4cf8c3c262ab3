import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { z } from 'zod'
import type { BackupCopy, BackupInside } from '../../../shared/contract/backups.ts'
import { type CopyFacts, openCopy, readFacts } from '../../db/backup-facts.ts'
import type { Copy } from '../../db/backup-list.ts'
import type { Db } from '../../db/open.ts'
import type { Job } from '../../engine/reader.ts'
import { firstNames } from '../history/entries.ts'

const COUNTED = ['party', 'party_channel', 'activity', 'task', 'lead', 'tag'] as const
const CHANGES = 8

type Change = z.infer<typeof BackupInside>['changes'][number]

export interface Inside {
  facts: CopyFacts
  counts: Record<(typeof COUNTED)[number], number>
  changes: Change[]
}

/** What a copy holds and the last that was done in it, by whom and when. Read-only; the copy may be of an older schema. */
export const inspectJob: Job<{ file: string }, Copy & Inside> = {
  name: 'backup-inspect',
  run({ file }) {
    const facts = readFacts(file)
    const db = openCopy(file)
    try {
      return {
        path: file,
        folder: dirname(file),
        name: basename(file),
        bytes: statSync(file).size,
        trouble: null,
        facts,
        counts: countAlive(db.raw),
        changes: lastChanges(db, facts.schema),
      }
    } finally {
      db.close()
    }
  },
}

type Raw = ReturnType<typeof openCopy>['raw']

export function countAlive(raw: Raw): Inside['counts'] {
  // A phone of a deleted customer is there for the undo, and nobody counts it.
  const owned = ' AND EXISTS (SELECT 1 FROM party p WHERE p.id = party_id AND p.deleted = 0)'
  const isThere = raw.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?")
  const of = (table: string) => {
    // A copy of an older schema knows no tasks and leads.
    if (!isThere.get(table)) return 0
    return raw
      .prepare(`SELECT count(*) FROM ${table} WHERE deleted = 0${table === 'party_channel' ? owned : ''}`)
      .pluck()
      .get() as number
  }
  return Object.fromEntries(COUNTED.map((table) => [table, of(table)])) as Inside['counts']
}

/** From this schema on every table by which names are found is there. */
const NAMED_SINCE = 3

/** The chunks of a batch are one entry, at the time of its last; it tells how many rows instead of names. */
function lastChanges(db: Db, schema: number): Change[] {
  const entries = db.raw
    .prepare(
      `WITH last AS (SELECT tx, at, user, verb, batch FROM change_tx ORDER BY tx DESC LIMIT 2000),
            entry AS (SELECT max(tx) AS tx, at, user, verb, batch FROM last GROUP BY coalesce(batch, tx) ORDER BY tx DESC LIMIT ${CHANGES})
       SELECT e.tx, e.at, u.name AS user, e.verb, e.batch,
         CASE WHEN e.batch IS NULL THEN (SELECT count(DISTINCT c.tbl || '/' || c.row) FROM change c WHERE c.tx = e.tx)
              ELSE coalesce((SELECT nullif(b.done, 0) FROM batch b WHERE b.id = e.batch), 1) END AS rows
       FROM entry e LEFT JOIN user u ON u.id = e.user ORDER BY e.tx DESC`,
    )
    .all() as Array<Omit<Change, 'parties' | 'subjects'> & { tx: number }>
  return entries.map(({ tx, ...entry }) => {
    const isNamed = entry.batch === null && schema >= NAMED_SINCE
    const { parties, subjects } = isNamed ? firstNames(db, tx) : { parties: [], subjects: [] }
    return { ...entry, parties: parties.map(({ name }) => name), subjects }
  })
}

/** As the contract tells of a copy. @param book meta.device of the book that is open */
export function toCopy({ path, folder, name, bytes, facts, trouble }: Copy, book: string, schema: number): BackupCopy {
  const state = !facts
    ? trouble === 'NEWER_DATABASE'
      ? 'newer'
      : 'damaged'
    : facts.schema > schema
      ? 'newer'
      : facts.reason
        ? 'good'
        : 'unchecked'
  return {
    file: path,
    folder,
    name,
    bytes,
    at: facts?.at ?? null,
    reason: facts?.reason ?? null,
    customers: facts?.customers ?? null,
    activities: facts?.activities ?? null,
    changes: facts?.tx ?? null,
    own: facts?.book === book,
    state,
  }
}
