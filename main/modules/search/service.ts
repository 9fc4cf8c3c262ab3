import type { search } from '../../../shared/contract/search.ts'
import { fixKeyboard, fixKeyboardToLatin } from '../../../shared/domain/keyboard-layout.ts'
import { parseQuery } from '../../../shared/domain/search-tokens.ts'
import type { Db } from '../../db/open.ts'
import { write } from '../../db/write.ts'
import type { Service } from '../../rpc/service.ts'
import { rowsById, rowsByPk } from '../customers/rows.ts'
import { survivorOf } from '../history/merged.ts'
import { candidates } from './candidates.ts'
import { matchesOf } from './match.ts'
import { noteHits } from './notes.ts'
import { peopleOf } from './people.ts'

/** Notes shown beside the customers. */
const NOTES = 10
/** Records remembered as opened. */
const KEPT = 200

export const searchService: Service<typeof search> = {
  all(ctx, { text, limit = 20 }) {
    const found = find(ctx.db, text, limit)
    if (found.customers.length + found.notes.length > 0) return { ...found, read_as: null }
    for (const read_as of otherLayouts(text)) {
      const again = find(ctx.db, read_as, limit)
      if (again.customers.length + again.notes.length > 0) return { ...again, read_as }
    }
    return { ...found, read_as: null }
  },
  people: (ctx, { names, limit = 6 }) => names.map((name) => peopleOf(ctx.db, name, limit)),
  recent(ctx, { limit = 8 }) {
    const ids = ctx.db
      .prepare(
        `SELECT r.party_id AS id FROM recent r CROSS JOIN party p ON p.id = r.party_id
         WHERE p.deleted = 0 OR p.merged_into IS NOT NULL ORDER BY r.at DESC LIMIT ?`,
      )
      .all(KEPT) as Array<{ id: string }>
    // Who was opened and merged since is the one it went into.
    const opened = new Set(ids.map(({ id }) => survivorOf(ctx.db, id) ?? id))
    const alive = ctx.db.prepare('SELECT 1 FROM party WHERE id = ? AND deleted = 0')
    return rowsById(ctx.db, [...opened].filter((id) => alive.get(id)).slice(0, limit))
  },
  opened(ctx, { id }) {
    write(ctx, 'search.opened', (tx) => {
      tx.db
        .prepare(
          `INSERT INTO recent (party_id, at) SELECT id, ? FROM party WHERE id = ?
           ON CONFLICT (party_id) DO UPDATE SET at = excluded.at`,
        )
        .run(tx.now, id)
      tx.db
        .prepare('DELETE FROM recent WHERE at < (SELECT at FROM recent ORDER BY at DESC LIMIT 1 OFFSET ?)')
        .run(KEPT - 1)
      tx.touched.add('recent')
    })
    return {}
  },
}

function find(db: Db, text: string, limit: number) {
  const query = parseQuery(text)
  const rows = rowsByPk(db, candidates(db, query, limit))
  const matches = rows.length > 0 ? matchesOf(db, rows, query) : []
  return {
    customers: rows.map((customer, i) => ({ customer, match: matches[i]! })),
    notes: noteHits(db, query, Math.min(limit, NOTES)),
  }
}

/** What the text would have been with the other keyboard layout on, both ways round. */
function otherLayouts(text: string): string[] {
  return [...new Set([fixKeyboard(text), fixKeyboardToLatin(text)])].filter((t) => t !== text && t.trim() !== '')
}
