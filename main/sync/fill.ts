import { FIELD_ID, KIND } from '../../shared/sync/manifest.ts'
import type { Value } from '../../shared/sync/merge.ts'
import { readMeta } from '../db/migrate.ts'
import type { Db } from '../db/open.ts'
import type { Tx } from '../db/write.ts'
import type { Missing } from './apply-rows.ts'
import { type Shape, shapes } from './fields.ts'
import { OWN } from './log-lines.ts'
import { readState, saveState } from './state.ts'

/**
 * What this book has and the server lost with its newest days is offered again, as ops that overrule nothing (SYNC.md 12): fields that came without a
 * value, and, when everything has come, rows that did not come at all. Stamps are those the values had, so that several devices offer the same.
 */
export function offerMissing(tx: Tx, missing: readonly Missing[], done: boolean): void {
  const { db } = tx
  const state = readState(db)!
  if (!state.fill) return
  const offers = new Offers(tx)
  for (const m of missing) if (!m.cell) offers.add(m.tbl, m.pk, m.fid, m.value)
  if (done) {
    for (const [tbl, shape] of shapes(db)) {
      for (const pk of untold(db, tbl, shape, state.acked)) offerRow(db, offers, tbl, shape, pk)
    }
  }
  offers.write()
  if (done) {
    const { seq } = db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM change').get() as { seq: number }
    saveState(db, { fill: false, replayUpTo: seq })
  }
}

/**
 * Rows the server did not tell of, which it did know or should have, and which nothing that waits to be sent brings. Whether this device may bring them
 * is for the server to say, which has some of them in a scope that is not seen from here any more: what it refuses is taken away (purgeRefused). What
 * it refused to make stays with its maker.
 */
function untold(db: Db, tbl: number, shape: Shape, acked: number): number[] {
  const rows = db
    .prepare(
      `SELECT held.pk FROM "${shape.spec.name}" held LEFT JOIN sync_row r ON r.tbl = ? AND r.row = held.pk
       WHERE coalesce(r.seq, 0) <= 0
       AND NOT EXISTS (SELECT 1 FROM change c CROSS JOIN change_tx t ON t.tx = c.tx
         WHERE c.tbl = ? AND c.row = held.pk AND c.seq > ? AND c.kind <> ${KIND.patch} AND ${OWN})
       AND (r.scope IS NOT NULL
         OR NOT EXISTS (SELECT 1 FROM sync_parked p JOIN change c ON c.seq = p.seq WHERE c.tbl = ? AND c.row = held.pk AND c.kind <> ${KIND.patch}
           AND p.state = 'waiting'))`,
    )
    .all(tbl, tbl, acked, tbl) as { pk: number }[]
  return rows.map((r) => r.pk)
}

function offerRow(db: Db, offers: Offers, tbl: number, shape: Shape, pk: number): void {
  const row = db.prepare(`SELECT * FROM "${shape.spec.name}" WHERE pk = ?`).get(pk) as Record<string, Value>
  for (const field of shape.spec.fields) {
    const value = row[field.name] ?? null
    if (value !== null && (field.id === FIELD_ID || value !== shape.needed.get(field.id) || value !== 0))
      offers.add(tbl, pk, field.id, value)
  }
}

interface Offer {
  tbl: number
  pk: number
  h: number
  user: string | null
  fields: Map<number, Value>
}

class Offers {
  readonly #tx: Tx
  readonly #all = new Map<string, Offer>()

  constructor(tx: Tx) {
    this.#tx = tx
  }

  add(tbl: number, pk: number, fid: number, value: Value): void {
    const said = this.#tx.db
      .prepare(
        `SELECT t.hlc AS h, t.user FROM change c CROSS JOIN change_tx t ON t.tx = c.tx
         WHERE c.tbl = ? AND c.row = ? AND json_type(c.f, ?) IS NOT NULL ORDER BY c.seq DESC LIMIT 1`,
      )
      .get(tbl, pk, `$."${fid}"`) as { h: number; user: string | null } | undefined
    const { h, user } = said ?? { h: 0, user: null }
    const key = `${tbl} ${pk} ${h} ${user}`
    const offer = this.#all.get(key)
    if (offer) offer.fields.set(fid, value)
    else this.#all.set(key, { tbl, pk, h, user, fields: new Map([[fid, value]]) })
  }

  /** Straight into the log: the rows are as they shall be. One line of the log for all that was said of a row at one moment. */
  write(): void {
    const { db, now } = this.#tx
    const life = readMeta(db, 'site')
    const next = db.prepare('SELECT max(coalesce(max(tx), 0), ?) + 1 AS tx FROM change_tx')
    const line = db.prepare('INSERT INTO change (tx, tbl, row, kind, f) VALUES (?, ?, ?, ?, ?)')
    const made = new Map<string, number>()
    // The part with the id first: it is what makes the row, if nobody else has.
    const offers = [...this.#all.values()].sort((a, b) => a.h - b.h)
    offers.sort((a, b) => Number(b.fields.has(FIELD_ID)) - Number(a.fields.has(FIELD_ID)))
    for (const { tbl, pk, h, user, fields } of offers) {
      const key = `${h} ${user}`
      let tx = made.get(key)
      if (tx === undefined) {
        tx = (next.get(this.#tx.change) as { tx: number }).tx
        made.set(key, tx)
        db.prepare('INSERT INTO change_tx (tx, hlc, base, user, site, at, verb) VALUES (?, ?, 0, ?, ?, ?, ?)').run(
          tx,
          h,
          user,
          life,
          now,
          'sync.fill',
        )
      }
      const f = Object.fromEntries([...fields].map(([fid, value]) => [fid, [value]]))
      line.run(tx, tbl, pk, KIND.fill, JSON.stringify(f))
    }
  }
}
