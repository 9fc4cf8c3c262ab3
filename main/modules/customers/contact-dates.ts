import { CONTACTS_FOR_RHYTHM, slipsOn } from '../../../shared/domain/rhythm.ts'
import { readMeta, setMeta } from '../../db/migrate.ts'
import type { Db } from '../../db/open.ts'
import { type Tx, write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { derivations } from './derivations.ts'

const CHUNK = 1000

export interface ContactDates {
  /** Epoch ms. */
  last_contact: number | null
  /** ISO days. */
  next_contact: string | null
  slips_on: string | null
}

/** Epoch ms of the newest talks with a customer: everything but notes and calls that nobody answered. */
export function contactsOf(db: Db, partyId: string): number[] {
  return (
    db
      .prepare(
        `SELECT x.at FROM activity_party x INDEXED BY activity_party_timeline CROSS JOIN activity a ON a.id = x.activity_id
         WHERE x.party_id = ? AND x.deleted = 0 AND a.deleted = 0 AND a.kind <> 'note' AND a.direction IS NOT 'missed'
         ORDER BY x.at DESC, x.pk DESC LIMIT ${CONTACTS_FOR_RHYTHM}`,
      )
      .all(partyId) as Array<{ at: number }>
  ).map(({ at }) => at)
}

/** What the dates of a customer are reckoned from, besides activities and tasks. */
export interface Reckoned {
  pk: number
  id: string
  created_at: number
  deleted: number
  /** ISO day: put off until then. */
  quiet_until: string | null
}

/** Last contact, next contact and the day of slipping as activities and tasks say now. @param batch of the transaction that is being written */
export function contactDatesOf(db: Db, party: Reckoned, batch: string | null = null): ContactDates {
  const contacts = contactsOf(db, party.id)
  const { next } = db
    .prepare(
      "SELECT min(due_date) AS next FROM task WHERE party_id = ? AND status = 'open' AND due_date IS NOT NULL AND deleted = 0",
    )
    .get(party.id) as { next: string | null }
  const isPlanned = next !== null || party.deleted === 1
  const waitsSince = contacts.length === 0 && cameByHand(db, party.pk, batch) ? party.created_at : null
  return {
    last_contact: contacts[0] ?? null,
    next_contact: next,
    slips_on: isPlanned ? null : notBefore(party.quiet_until, slipsOn(contacts, waitsSince)),
  }
}

const STALE = {}

/**
 * Has last contact, next contact and the day of slipping of these customers made again from activities and tasks; call it after every change of
 * either. It comes to pass at the end of the transaction, once a customer: a call with its follow-up changes both, and each change of the
 * dates moves the customer in four indexes. Derived: nothing is logged, and `updated_at` stays.
 * @param partyIds ids of parties; null and unknown ones are passed over
 */
export function refreshContactDatesTx(tx: Tx, partyIds: Iterable<string | null>): void {
  const stale = tx.remember(STALE, () => {
    const ids = new Set<string>()
    tx.beforeCommit(() => refresh(tx, ids))
    return ids
  })
  for (const id of partyIds) if (id !== null) stale.add(id)
}

function refresh(tx: Tx, partyIds: ReadonlySet<string>): void {
  const read = tx.db.prepare(
    'SELECT pk, id, created_at, deleted, quiet_until, last_contact, next_contact, slips_on FROM party WHERE id = ?',
  )
  for (const id of partyIds) {
    const row = read.get(id) as (Reckoned & ContactDates) | undefined
    if (!row) continue
    const dates = contactDatesOf(tx.db, row, tx.batch)
    // Each column that is written moves the customer in its indexes, whether it differs or not.
    const changed = (Object.keys(dates) as (keyof ContactDates)[]).filter((column) => dates[column] !== row[column])
    if (changed.length === 0) continue
    tx.db
      .prepare(`UPDATE party SET ${changed.map((column) => `${column} = ?`).join(', ')} WHERE pk = ?`)
      .run(...changed.map((column) => dates[column]), row.pk)
    derivations(tx.db).count++
    tx.touched.add('party')
  }
}

/** All customers' anew, a chunk a transaction. */
export function refreshAllContactDates(ctx: Ctx): void {
  for (let last: number | null = 0; last !== null; ) last = refreshChunk(ctx, last)
}

/** Those after this pk; the last one's pk, null when there were none. */
function refreshChunk(ctx: Ctx, after: number): number | null {
  const rows = ctx.db.prepare('SELECT pk, id FROM party WHERE pk > ? ORDER BY pk LIMIT ?').all(after, CHUNK) as Array<{
    pk: number
    id: string
  }>
  const ids = rows.map((row) => row.id)
  if (ids.length > 0) write(ctx, 'customers.rebuild', (tx) => refreshContactDatesTx(tx, ids))
  return rows.at(-1)?.pk ?? null
}

/** Rises with a change of the rule in shared/domain/rhythm.ts. */
const VERSION = '1'
const VERSION_KEY = 'contact_dates_version'

/**
 * A book from before these dates, or reckoned by another rule, gets them beside the work, a chunk at a time, so that it opens as quickly as ever;
 * cut off, it begins again at the next start.
 */
export function catchUpContactDates(ctx: Ctx): void {
  if (readMeta(ctx.db, VERSION_KEY) === VERSION) return
  const go = (after: number) => {
    if (!ctx.db.raw.open) return
    try {
      const last = refreshChunk(ctx, after)
      if (last !== null) setImmediate(go, last)
      else setMeta(ctx.db, VERSION_KEY, VERSION)
    } catch (error) {
      ctx.log.error('customers.contactDates', error)
    }
  }
  go(0)
}

/** So many customers of one transaction nobody has typed. */
const CROWD = 20

/**
 * Nobody is late with thousands of customers because a file with them came in, here or on a colleague's PC: what came from there has no batch, but the
 * crowd of its transaction. The row of a transaction under way is not there yet.
 */
function cameByHand(db: Db, pk: number, batch: string | null): boolean {
  const first = db
    .prepare(
      'SELECT t.tx, t.batch, t.verb FROM change c LEFT JOIN change_tx t ON t.tx = c.tx WHERE c.tbl = 1 AND c.row = ? ORDER BY c.seq LIMIT 1',
    )
    .get(pk) as { tx: number | null; batch: string | null; verb: string | null } | undefined
  if (first === undefined || (first.tx === null ? batch : first.batch) !== null) return false
  if (first.verb !== 'sync.received') return true
  return db.prepare(`SELECT 1 FROM change WHERE tx = ? AND tbl = 1 LIMIT 1 OFFSET ${CROWD}`).get(first.tx) === undefined
}

/** Somebody may have put a slipped customer off until a day. */
function notBefore(quietUntil: string | null, slips: string | null): string | null {
  return slips !== null && quietUntil !== null && quietUntil > slips ? quietUntil : slips
}
