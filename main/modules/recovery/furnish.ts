import type { Db } from '../../db/open.ts'
import type { Ctx, Ids } from '../../engine/context.ts'
import { Live } from '../../engine/live.ts'
import { inlineReader } from '../../engine/reader.ts'
import { REFERENCES } from '../history/references.ts'
import type { CheckProblem, Module } from '../module.ts'
import { checkBook } from '../system/check.ts'

/** A context on a book that nobody has open yet, with nobody signed in. */
export function aloneCtx(db: Db, modules: readonly Module[], now: number, ids: Ids): Ctx {
  return {
    db,
    clock: { now: () => now },
    ids,
    log: { info() {}, error() {} },
    live: new Live(),
    reader: inlineReader(),
    modules,
    host: { kind: 'cli' },
    folder: '',
    user: null,
    origin: 'recovery',
  }
}

/** Derived columns and search rows of everything, made by their owners. */
export function deriveAll(ctx: Ctx): void {
  for (const module of ctx.modules) module.rederiveAll?.(ctx)
}

/** What `check` finds in it: nothing, or the book must not be used. */
export async function problemsIn(ctx: Ctx): Promise<CheckProblem[]> {
  return (await checkBook(ctx)).problems
}

export interface Orphans {
  table: string
  field: string
  rows: number
}

/** Rows that point at one that could not be saved. They stay: what they say may be all that is left of it. */
export function orphansOf(db: Db): Orphans[] {
  return REFERENCES.map(({ table, field, to }) => {
    const sql = `SELECT count(*) AS n FROM "${table}" r WHERE r.deleted = 0 AND r."${field}" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "${to}" t WHERE t.id = r."${field}")`
    return { table, field, rows: (db.raw.prepare(sql).get() as { n: number }).n }
  }).filter(({ rows }) => rows > 0)
}

/** What is in a book, for people: rows that are not deleted, and how far its log goes. */
export interface Counts {
  customers: number
  channels: number
  notes: number
  changes: number
  /** Epoch ms of the last change; null when there is none. */
  last_at: number | null
}

export function countsOf(db: Db): Counts {
  const number = (sql: string) => (db.raw.prepare(sql).get() as { n: number | null }).n
  return {
    customers: number('SELECT count(*) AS n FROM party WHERE deleted = 0') ?? 0,
    channels: number('SELECT count(*) AS n FROM party_channel WHERE deleted = 0') ?? 0,
    notes: number("SELECT count(*) AS n FROM activity WHERE deleted = 0 AND kind = 'note'") ?? 0,
    changes: number("SELECT count(*) AS n FROM change_tx WHERE verb <> 'recovery.salvage'") ?? 0,
    last_at: number("SELECT max(at) AS n FROM change_tx WHERE verb <> 'recovery.salvage'"),
  }
}
