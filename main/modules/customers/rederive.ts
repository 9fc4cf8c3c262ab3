import type { Db } from '../../db/open.ts'
import { type Tx, write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { refreshContactDatesTx } from './contact-dates.ts'
import { derivations } from './derivations.ts'
import { type Derived, derive, keyOf, type Sources } from './derive.ts'
import { setSearchRow } from './search-rows.ts'

/** Parties re-derived in one transaction; more are done in further ones, so that nothing else has to wait long. */
const CHUNK = 1000

const DERIVED = ['name', 'name_sort', 'city', 'province', 'city_sort', 'phones'] as const satisfies (keyof Derived)[]

type PartyInputs = Sources['party'] &
  Omit<Derived, 'tokens'> & { pk: number; id: string; deleted: number; merged_into: string | null }

export function readSources(db: Db, pk: number): (Sources & { row: PartyInputs }) | null {
  const row = db
    .prepare(
      `SELECT pk, id, deleted, merged_into, kind, title, first_name, last_name, company_name, national_id, company_id, economic_code,
       ${DERIVED.join(', ')} FROM party WHERE pk = ?`,
    )
    .get(pk) as PartyInputs | undefined
  if (!row) return null
  const phones = db
    .prepare(
      "SELECT value, e164, key FROM party_channel WHERE party_id = ? AND kind = 'phone' AND deleted = 0 ORDER BY position, pk",
    )
    .all(row.id) as Array<{ value: string; e164: string | null; key: string }>
  const places = db
    .prepare('SELECT province, city FROM party_address WHERE party_id = ? AND deleted = 0 ORDER BY position, pk')
    .all(row.id) as Array<{ province: string | null; city: string | null }>
  const companies = db
    .prepare(
      `SELECT c.name FROM party_link l JOIN party c ON c.id = l.to_id
       WHERE l.from_id = ? AND l.kind = 'works_at' AND l.deleted = 0 AND c.deleted = 0`,
    )
    .all(row.id) as Array<{ name: string }>
  const tags = db
    .prepare(
      'SELECT t.name FROM party_tag x JOIN tag t ON t.id = x.tag_id WHERE x.party_id = ? AND x.deleted = 0 AND t.deleted = 0',
    )
    .all(row.id) as Array<{ name: string }>
  return { row, party: row, phones, places, companies: companies.map((c) => c.name), tags: tags.map((t) => t.name) }
}

/** Makes the derived columns and the search row of one party again; answers with them and whether the name changed. */
export function deriveParty(tx: Tx, pk: number): (Derived & { id: string; renamed: boolean }) | null {
  const sources = readSources(tx.db, pk)
  if (!sources) return null
  const { row } = sources
  const d = derive(sources)
  derivations(tx.db).count++
  // Each column that is written moves the customer in its indexes, whether it differs or not.
  const changed = DERIVED.filter((column) => d[column] !== row[column])
  if (changed.length > 0) {
    tx.db
      .prepare(`UPDATE party SET ${changed.map((column) => `${column} = ?`).join(', ')} WHERE pk = ?`)
      .run(...changed.map((column) => d[column]), pk)
    tx.touched.add('party')
  }
  const isFound = row.deleted === 0 && row.merged_into === null
  setSearchRow(tx, pk, isFound ? d.tokens : '')
  const renamed = row.name !== d.name
  if (renamed) for (const module of tx.ctx.modules) module.renamed?.(tx, row.id)
  return { ...d, id: row.id, renamed }
}

/** Keys of channels, which hang on the channel alone. */
export function deriveChannels(tx: Tx, pks: readonly number[]): void {
  for (const pk of pks) {
    const row = tx.db.prepare('SELECT kind, value, e164 FROM party_channel WHERE pk = ?').get(pk) as
      | { kind: string; value: string; e164: string | null }
      | undefined
    if (!row) continue
    const key = keyOf(row)
    tx.db.prepare('UPDATE party_channel SET key = ? WHERE pk = ? AND key <> ?').run(key, pk, key)
  }
}

/** pks of the people whose search row holds this company's name. */
export function peopleOf(db: Db, companyId: string): number[] {
  const rows = db
    .prepare(
      `SELECT p.pk FROM party_link l JOIN party p ON p.id = l.from_id
       WHERE l.to_id = ? AND l.kind = 'works_at' AND l.deleted = 0 AND p.deleted = 0`,
    )
    .all(companyId) as Array<{ pk: number }>
  return rows.map((r) => r.pk)
}

/** pks of the living parties that carry a tag. */
export function carriersOf(db: Db, tagId: string): number[] {
  const rows = db
    .prepare(
      `SELECT p.pk FROM party_tag x JOIN party p ON p.id = x.party_id
       WHERE x.tag_id = ? AND x.deleted = 0 AND p.deleted = 0`,
    )
    .all(tagId) as Array<{ pk: number }>
  return rows.map((r) => r.pk)
}

/**
 * Derives these again: up to a chunk within the transaction, the rest after its commit in transactions of their own, yielding between.
 * Nothing of it is captured: every device does it for itself.
 */
export function deriveMany(tx: Tx, pks: readonly number[]): void {
  for (const pk of pks.slice(0, CHUNK)) deriveParty(tx, pk)
  if (pks.length > CHUNK) tx.afterCommit(() => deriveLater(tx.ctx, pks, CHUNK))
}

function deriveLater(ctx: Ctx, pks: readonly number[], from: number): void {
  setImmediate(() => {
    if (!ctx.db.raw.open) return
    try {
      write(ctx, 'customers.derive', (tx) => {
        for (const pk of pks.slice(from, from + CHUNK)) deriveParty(tx, pk)
      })
    } catch (error) {
      ctx.log.error('customers.derive', error)
      return
    }
    if (from + CHUNK < pks.length) deriveLater(ctx, pks, from + CHUNK)
  })
}

/** Party pks that rows of this table feed. */
function partiesBehind(db: Db, table: string, pks: readonly number[]): Set<number> {
  const out = new Set<number>()
  const list = JSON.stringify(pks)
  const collect = (sql: string) => {
    for (const r of db.prepare(sql).all(list) as Array<{ pk: number }>) out.add(r.pk)
  }
  const chosen = 'IN (SELECT value FROM json_each(?))'
  if (table === 'party') {
    for (const pk of pks) out.add(pk)
    collect(`SELECT p.pk FROM party c CROSS JOIN party_link l ON l.to_id = c.id AND l.kind = 'works_at'
      CROSS JOIN party p ON p.id = l.from_id WHERE c.pk ${chosen}`)
  } else if (table === 'party_link') {
    collect(`SELECT p.pk FROM party_link l CROSS JOIN party p ON p.id = l.from_id WHERE l.pk ${chosen}`)
  } else if (table === 'tag') {
    collect(`SELECT p.pk FROM tag t CROSS JOIN party_tag x ON x.tag_id = t.id CROSS JOIN party p ON p.id = x.party_id
      WHERE t.pk ${chosen}`)
  } else if (table === 'party_channel' || table === 'party_address' || table === 'party_tag') {
    collect(`SELECT p.pk FROM ${table} x CROSS JOIN party p ON p.id = x.party_id WHERE x.pk ${chosen}`)
  }
  return out
}

/** After an undo or a version change: the derived data behind these rows. */
export function rederive(tx: Tx, table: string, pks: number[], later?: (table: string, pk: number) => boolean): void {
  if (table === 'party_channel') deriveChannels(tx, pks)
  const parties = [...partiesBehind(tx.db, table, pks)].filter((pk) => table === 'party' || !later?.('party', pk))
  // A name must be there before the search rows of those who work under it.
  if (table === 'party') for (const pk of pks) refreshContactDatesTx(tx, [deriveParty(tx, pk)?.id ?? null])
  const own = new Set(pks)
  const rest = table === 'party' ? parties.filter((pk) => !own.has(pk)) : parties
  deriveMany(tx, rest)
}

/** Everything anew, a chunk a transaction: companies first, for their names are in their people's search rows. */
export function rederiveAll(ctx: Ctx): void {
  // 'delete-all' is how a contentless table is emptied.
  write(
    ctx,
    'customers.rebuild',
    (tx) => void tx.db.prepare("INSERT INTO party_fts (party_fts) VALUES ('delete-all')").run(),
  )
  everyChunk(ctx, 'SELECT pk FROM party_channel WHERE pk > ? ORDER BY pk LIMIT ?', deriveChannels)
  const each = (tx: Tx, pks: readonly number[]) => {
    for (const pk of pks) deriveParty(tx, pk)
  }
  everyChunk(ctx, "SELECT pk FROM party WHERE pk > ? AND kind = 'company' ORDER BY pk LIMIT ?", each)
  everyChunk(ctx, "SELECT pk FROM party WHERE pk > ? AND kind = 'person' ORDER BY pk LIMIT ?", each)
  write(
    ctx,
    'customers.rebuild',
    (tx) => void tx.db.prepare("INSERT INTO party_fts (party_fts) VALUES ('optimize')").run(),
  )
}

function everyChunk(ctx: Ctx, sql: string, run: (tx: Tx, pks: readonly number[]) => void): void {
  for (let last = 0; ; ) {
    const pks = (ctx.db.prepare(sql).all(last, CHUNK) as Array<{ pk: number }>).map((r) => r.pk)
    if (pks.length === 0) return
    write(ctx, 'customers.rebuild', (tx) => run(tx, pks))
    last = pks.at(-1)!
  }
}
