import { KIND } from '../../shared/sync/manifest.ts'
import { write } from '../db/write.ts'
import type { Ctx } from '../engine/context.ts'
import { shapes } from './fields.ts'
import { readState, saveState } from './state.ts'

const CHUNK = 5_000
/** Something of the row came from another device, of a business this book belonged to before: its own part of the log does not say all of it. */
const REMOTE = `EXISTS (SELECT 1 FROM change c CROSS JOIN change_tx x ON x.tx = c.tx WHERE c.tbl = ? AND c.row = t.pk AND instr(x.site, '-') > 0)`

/**
 * Rows that are older than the log (SYNC.md 5) are added to it once, so that they are sent. As fills: they say what is, and overrule nothing that
 * another device knows better. One chunk; true while more may follow. Cut off, it goes on where it was.
 */
export function seedNext(ctx: Ctx): boolean {
  const seed = readState(ctx.db)?.seed
  if (!seed) return false
  const [tbl, after] = seed
  const shape = [...shapes(ctx.db)].find(([id]) => id >= tbl)
  if (!shape) {
    write(ctx, 'sync.seed', (tx) => saveState(tx.db, { seed: null }))
    return false
  }
  const [id, { spec }] = shape
  const from = id === tbl ? after : 0
  write(ctx, 'sync.seed', (tx) => {
    const rows = tx.db
      .prepare(
        `SELECT t.*, ${REMOTE} AS remote FROM "${spec.name}" t WHERE t.pk > ?
         AND (NOT EXISTS (SELECT 1 FROM change c WHERE c.tbl = ? AND c.row = t.pk AND c.kind <> ${KIND.patch}) OR ${REMOTE}) ORDER BY t.pk LIMIT ?`,
      )
      .all(id, from, id, id, CHUNK) as Record<string, string | number | null>[]
    const line = tx.db.prepare('INSERT INTO change (tx, tbl, row, kind, f) VALUES (?, ?, ?, ?, ?)')
    for (const row of rows) {
      const f = Object.fromEntries(spec.fields.filter((x) => row[x.name] !== null).map((x) => [x.id, [row[x.name]]]))
      line.run(tx.change, id, row['pk'], row['remote'] ? KIND.put : KIND.fill, JSON.stringify(f))
    }
    const full = rows.length === CHUNK
    saveState(tx.db, { seed: full ? [id, rows.at(-1)!['pk'] as number] : [id + 1, 0] })
  })
  return true
}
