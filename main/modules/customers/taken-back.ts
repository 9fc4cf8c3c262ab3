import { getTableName } from 'drizzle-orm'
import { FIELD_DELETED, KIND, tableByName } from '../../../shared/sync/manifest.ts'
import type { Tx } from '../../db/write.ts'
import { derivations } from './derivations.ts'
import { partyAddress, partyChannel, partyRole, partyTag } from './table.ts'

const idOf = (table: string): number => tableByName(table)!.id
/** What a customer consists of besides its own row. */
export const PARTS: readonly string[] = [partyTag, partyRole, partyAddress, partyChannel].map(getTableName)
const CHOSEN = 'IN (SELECT value FROM json_each(?))'

/** Has the log more to say of the row than that transaction @made made it? */
const touched = (table: string, row: string) =>
  `(SELECT count(*) <> 1 OR max(tx) <> @made FROM change WHERE tbl = ${idOf(table)} AND row = ${row}.pk)`

/**
 * Those of these customers that transaction `made` brought in with all their parts, and that nothing has touched since. `held`: SQL that tells of a party
 * called p what hangs on it. One that is listed under its phone, or has been in touch, is not among them: more would have to be made again.
 */
export function untouchedCustomers(tx: Tx, pks: readonly number[], made: number, held: readonly string[]): number[] {
  const wholeParts = PARTS.map(
    (part) =>
      `AND NOT EXISTS (SELECT 1 FROM ${part} x WHERE x.party_id = p.id AND (x.deleted = 1 OR ${touched(part, 'x')}))`,
  )
  const free = held.map((sql) => `AND NOT EXISTS (${sql})`)
  return (
    tx.db
      .prepare(
        `SELECT p.pk FROM json_each(@pks) j CROSS JOIN party p ON p.pk = j.value
         WHERE p.deleted = 0 AND (p.first_name <> '' OR p.last_name <> '' OR p.company_name <> '')
           AND p.last_contact IS NULL AND p.next_contact IS NULL AND p.slips_on IS NULL
           AND NOT ${touched('party', 'p')} ${wholeParts.join(' ')} ${free.join(' ')}`,
      )
      .all({ pks: JSON.stringify(pks), made }) as Array<{ pk: number }>
  ).map(({ pk }) => pk)
}

/**
 * Deletes untouched customers with their parts by a few statements for all: what each of them would be told by itself, parts first, is most of
 * the work of taking an import back. Gives how many rows that were.
 */
export function removeUntouchedTx(tx: Tx, pks: readonly number[]): number {
  const { db } = tx
  const chosen = JSON.stringify(pks)
  const log = (table: string, which: string) =>
    db
      .prepare(
        `INSERT INTO change (tx, tbl, row, kind, f) SELECT ?, ${idOf(table)}, pk, ${KIND.patch}, '{"${FIELD_DELETED}":[1]}' FROM ${table}
         WHERE ${which} ORDER BY pk DESC`,
      )
      .run(tx.change, chosen)
  // The lines of the log are written here, so the triggers are told not to.
  db.prepare('UPDATE change_context SET capture = 0 WHERE one = 1').run()
  let rows = 0
  for (const part of PARTS) {
    const ofThem = `party_id IN (SELECT id FROM party WHERE pk ${CHOSEN})`
    log(part, ofThem)
    const done = db.prepare(`UPDATE ${part} SET deleted = 1, updated_at = ? WHERE ${ofThem}`).run(tx.now, chosen)
    rows += done.changes
    if (done.changes > 0) tx.touched.add(part)
  }
  log('party', `pk ${CHOSEN}`)
  // What is derived from the parts goes with them.
  rows += db
    .prepare(
      `UPDATE party SET deleted = 1, updated_at = ?, city = NULL, province = NULL, city_sort = '', phones = '' WHERE pk ${CHOSEN}`,
    )
    .run(tx.now, chosen).changes
  db.prepare('UPDATE change_context SET capture = 1 WHERE one = 1').run()
  tx.touched.add('party')
  derivations(db).count += pks.length
  tx.beforeCommit(() => db.prepare(`DELETE FROM party_fts WHERE rowid ${CHOSEN}`).run(chosen))
  return rows
}
