import { getTableName } from 'drizzle-orm'
import { can, type Permission } from '../../../shared/domain/roles.ts'
import { type TableSpec, tableById } from '../../../shared/sync/manifest.ts'
import type { Tx } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'

/** What a person needs to change a table by hand they need here too: undo is no way around a permission. */
const NEEDED: Readonly<Record<string, Permission>> = {
  activity: 'notes.write',
  activity_party: 'notes.write',
  saved_view: 'views.write',
  user: 'users.write',
  setting: 'settings.write',
}

export function checkMayChange(ctx: Ctx, tables: Iterable<number>, bulk: boolean): void {
  const role = ctx.user?.role ?? null
  if (bulk && !can(role, 'customers.bulk')) fail('FORBIDDEN')
  for (const id of tables) if (!can(role, NEEDED[tableById(id)?.name ?? ''] ?? 'customers.write')) fail('FORBIDDEN')
}

/** Writes captured columns of one row as the log says they were; the owner of the table puts its derived columns right in `rederive`. */
export function setFields(tx: Tx, table: TableSpec, pk: number, values: Record<string, unknown>): void {
  const columns = Object.keys(values)
  const set = columns.map((c) => `"${c}" = ?`).join(', ')
  tx.db
    .prepare(`UPDATE "${table.name}" SET ${set}, updated_at = ? WHERE pk = ?`)
    .run(...columns.map((c) => values[c]), tx.now, pk)
  tx.touched.add(table.name)
}

/** Asks the owners of the tables to make derived columns and search rows of these rows again. */
export function rederive(tx: Tx, rows: ReadonlyMap<string, number[]>): void {
  for (const [table, pks] of rows) {
    for (const module of tx.ctx.modules) {
      if (module.tables.some((t) => getTableName(t) === table)) module.rederive?.(tx, table, pks)
    }
  }
}
