import { CONTACTS_FOR_RHYTHM, slipsOn } from '../../../shared/domain/rhythm.ts'
import type { Db } from '../../db/open.ts'
import type { Tx } from '../../db/write.ts'

/** Epoch ms of the newest talks with a customer: everything but notes. */
export function contactsOf(db: Db, partyId: string): number[] {
  return (
    db
      .prepare(
        `SELECT x.at FROM activity_party x INDEXED BY activity_party_timeline CROSS JOIN activity a ON a.id = x.activity_id
         WHERE x.party_id = ? AND x.deleted = 0 AND a.deleted = 0 AND a.kind <> 'note'
         ORDER BY x.at DESC, x.pk DESC LIMIT ${CONTACTS_FOR_RHYTHM}`,
      )
      .all(partyId) as Array<{ at: number }>
  ).map(({ at }) => at)
}

/**
 * Makes last contact, next contact and the day of slipping of these customers again, from activities and tasks; call it after every change of
 * either. Derived: nothing is logged, and `updated_at` stays.
 * @param partyIds ids of parties; null and unknown ones are passed over
 */
export function refreshContactDatesTx(tx: Tx, partyIds: Iterable<string | null>): void {
  for (const id of new Set(partyIds)) {
    if (id === null) continue
    const row = tx.db.prepare('SELECT pk, created_at, deleted FROM party WHERE id = ?').get(id) as
      | { pk: number; created_at: number; deleted: number }
      | undefined
    if (!row) continue
    const contacts = contactsOf(tx.db, id)
    const { next } = tx.db
      .prepare(
        "SELECT min(due_date) AS next FROM task WHERE party_id = ? AND status = 'open' AND due_date IS NOT NULL AND deleted = 0",
      )
      .get(id) as { next: string | null }
    const slips =
      next !== null || row.deleted === 1 ? null : slipsOn(contacts, cameByHand(tx.db, row.pk) ? row.created_at : null)
    const values = [contacts[0] ?? null, next, notBefore(tx.db, row.pk, slips)]
    const { changes } = tx.db
      .prepare(
        `UPDATE party SET last_contact = ?, next_contact = ?, slips_on = ?
         WHERE pk = ? AND (last_contact IS NOT ? OR next_contact IS NOT ? OR slips_on IS NOT ?)`,
      )
      .run(...values, row.pk, ...values)
    if (changes > 0) tx.touched.add('party')
  }
}

/** Nobody is late with thousands of customers because a file with them came in. */
function cameByHand(db: Db, pk: number): boolean {
  const first = db
    .prepare(
      'SELECT t.batch FROM change c JOIN change_tx t ON t.tx = c.tx WHERE c.tbl = 1 AND c.row = ? ORDER BY c.seq LIMIT 1',
    )
    .get(pk) as { batch: string | null } | undefined
  return first !== undefined && first.batch === null
}

/** Somebody may have put a slipped customer off until a day. */
function notBefore(db: Db, pk: number, slips: string | null): string | null {
  if (slips === null) return null
  const { quiet_until } = db.prepare('SELECT quiet_until FROM party WHERE pk = ?').get(pk) as {
    quiet_until: string | null
  }
  return quiet_until !== null && quiet_until > slips ? quiet_until : slips
}
