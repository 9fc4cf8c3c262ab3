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
  mention: 'notes.write',
  task: 'tasks.write',
  task_check: 'tasks.write',
  reminder: 'tasks.write',
  lead: 'leads.write',
  list_item: 'lists.write',
  holiday: 'calendar.write',
  user: 'users.write',
  setting: 'settings.write',
}

export function checkMayChange(ctx: Ctx, tables: Iterable<number>, bulk: boolean): void {
  const role = ctx.user?.role ?? null
  if (bulk && !can(role, 'customers.bulk')) fail('FORBIDDEN')
  for (const id of tables) if (!can(role, permissionOf(tableById(id)?.name ?? ''))) fail('FORBIDDEN')
}

export const permissionOf = (table: string): Permission => NEEDED[table] ?? 'customers.write'

/** Writes captured columns of one row as the log says they were; the owner of the table puts its derived columns right in `rederive`. */
export function setFields(tx: Tx, table: TableSpec, pk: number, values: Record<string, unknown>): void {
  const columns = Object.keys(values)
  const set = columns.map((c) => `"${c}" = ?`).join(', ')
  tx.db
    .prepare(`UPDATE "${table.name}" SET ${set}, updated_at = ? WHERE pk = ?`)
    .run(...columns.map((c) => values[c]), tx.now, pk)
  tx.touched.add(table.name)
}

/** A row that was written back. */
export interface Restored {
  table: string
  pk: number
  /** Nothing but the delete flag: what hangs on the row's own values stands. */
  onlyDeleted: boolean
}

/** Parts of a customer that feed nothing but the customer. */
const FEEDS_PARTY = new Set(['party_channel', 'party_address', 'party_role', 'party_tag'])

/**
 * Asks the owners of the tables to make derived columns and search rows of these rows again. A customer that goes or comes with all its parts
 * is asked for once and not once a part: that is most of the work of taking an import back.
 */
export function rederive(tx: Tx, rows: readonly Restored[]): void {
  const parties = new Set(rows.flatMap((r) => (r.table === 'party' ? r.pk : [])))
  const tables = new Map<string, number[]>()
  for (const { table, pk, onlyDeleted } of rows) {
    if (onlyDeleted && FEEDS_PARTY.has(table) && parties.has(partyOf(tx, table, pk))) continue
    const pks = tables.get(table)
    if (pks) pks.push(pk)
    else tables.set(table, [pk])
  }
  for (const [table, pks] of tables) {
    for (const module of tx.ctx.modules) {
      if (module.tables.some((t) => getTableName(t) === table)) module.rederive?.(tx, table, pks)
    }
  }
}

function partyOf(tx: Tx, table: string, pk: number): number {
  const row = tx.db.prepare(`SELECT p.pk FROM "${table}" r JOIN party p ON p.id = r.party_id WHERE r.pk = ?`).get(pk)
  return (row as { pk: number } | undefined)?.pk ?? 0
}
