import { getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { FIELD_DELETED, tableByName } from '../../../shared/sync/manifest.ts'
import { insertOrRevive, patch } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { uuidV5 } from '../../engine/ids.ts'
import { REFERENCES, type Reference } from '../history/references.ts'
import { type Restored, rederive } from '../history/write-back.ts'

/** Moved with more thought than by their id alone: merge-parts.ts. And who was merged before keeps leading where it led. */
const BY_HAND = new Set(['party', 'party_channel', 'party_address', 'party_link'])

/**
 * Everything else that hangs on a customer, of whatever module: a row of a table named in history/references.ts gets the survivor's id; a
 * member of a set is added to the survivor's, for its id is made from the customer's. So a module that comes later only lists its fields
 * there. What was moved is derived again by the module that owns it.
 */
export function moveReferences(tx: Tx, loser: string, survivor: string): void {
  const moved: Restored[] = []
  for (const reference of REFERENCES) {
    if (reference.to !== 'party' || reference.mark || BY_HAND.has(reference.table)) continue
    const owner = tx.ctx.modules.flatMap((m) => m.tables).find((t) => getTableName(t) === reference.table)
    if (!owner) throw new Error(`no module owns ${reference.table}`)
    const rows = tx.db
      .prepare(`SELECT * FROM "${reference.table}" WHERE "${reference.field}" = ? AND deleted = 0 ORDER BY pk`)
      .all(loser) as Values[]
    for (const row of rows) {
      const pk =
        tableByName(reference.table)?.kind === 'set'
          ? add(tx, owner, reference, row, survivor)
          : move(tx, owner, reference, row, survivor)
      if (pk !== null) moved.push({ table: reference.table, pk, onlyDeleted: false })
    }
  }
  // The customers themselves are derived once, at the end of the merge.
  const own = new Set(['party_role', 'party_tag'])
  rederive(
    tx,
    moved.filter(({ table }) => !own.has(table)),
  )
}

type Values = Record<string, unknown>

function move(
  tx: Tx,
  owner: SQLiteTable,
  { table, field, alike }: Reference,
  row: Values,
  survivor: string,
): number | null {
  if (alike) {
    const same = alike.map((column) => `"${column}" IS ?`).join(' AND ')
    const there = tx.db
      .prepare(`SELECT 1 FROM "${table}" WHERE "${field}" = ? AND deleted = 0 AND ${same} LIMIT 1`)
      .get(survivor, ...alike.map((column) => row[column]))
    if (there) return null
  }
  patch(tx, owner, String(row['id']), { [field]: survivor } as never)
  return Number(row['pk'])
}

/** The id of a member is UUIDv5 of its fields in the order of the manifest. */
function add(tx: Tx, owner: SQLiteTable, { table, field }: Reference, row: Values, survivor: string): number | null {
  const fields = (tableByName(table)?.fields ?? []).filter((f) => f.id > FIELD_DELETED).map((f) => f.name)
  const values = Object.fromEntries(fields.map((name) => [name, name === field ? survivor : row[name]]))
  const id = uuidV5(...fields.map((name) => String(values[name])))
  if (!insertOrRevive(tx, owner, { ...values, id } as never)) return null
  return (tx.db.prepare(`SELECT pk FROM "${table}" WHERE id = ?`).get(id) as { pk: number }).pk
}
