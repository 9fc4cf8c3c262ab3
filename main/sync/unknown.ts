import { readHlc } from '../../shared/sync/clock.ts'
import { FIELD_CREATED_AT, FIELD_ID } from '../../shared/sync/manifest.ts'
import type { Cell, Value } from '../../shared/sync/merge.ts'
import type { Db } from '../db/open.ts'
import { type Tx, write } from '../db/write.ts'
import type { Ctx } from '../engine/context.ts'
import type { Told } from './apply-rows.ts'
import type { Authors } from './authors.ts'
import { deriveRows } from './derive.ts'
import { fitting, type Shape, shapes } from './fields.ts'
import { knowRow } from './known-rows.ts'
import { insertRow, RemoteWrites, updateRow } from './remote-writes.ts'

const PUT = `INSERT INTO sync_unknown (tbl, row, fid, scope, seq, cell, site, user) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (tbl, row, fid) DO UPDATE SET scope = excluded.scope, seq = excluded.seq, cell = excluded.cell, site = excluded.site, user = excluded.user`

/** What this program does not understand is kept as it came, until one that does opens the book. It is never sent back. */
export function keepUnknown(tx: Tx, row: Told, authors: Authors, fids: readonly string[], whole: boolean): void {
  const put = tx.db.prepare(PUT)
  if (whole) put.run(row.tbl, row.row, 0, row.scope, row.seq, '[]', '', null)
  for (const fid of fids) {
    const cell = row.cells[fid]
    if (!cell || !/^\d{1,9}$/.test(fid)) continue
    put.run(
      row.tbl,
      row.row,
      Number(fid),
      row.scope,
      row.seq,
      JSON.stringify(cell),
      authors.siteOf(cell[2]),
      authors.userOf(cell[2]),
    )
  }
}

interface Kept {
  tbl: number
  row: string
  fid: number
  scope: number
  seq: number
  cell: string
  site: string
  user: string | null
}

/** After an update of the program: what was kept and is known now goes where it belongs, in the name of whoever wrote it. */
export function replayUnknown(ctx: Ctx, manifest: string, save: (db: Db, manifest: string) => void): void {
  write(ctx, 'sync.replay', (tx) => {
    const { db } = tx
    const writes = new RemoteWrites(tx)
    const changed = new Map<number, Set<number>>()
    const kept = db.prepare('SELECT * FROM sync_unknown ORDER BY tbl, row, fid').all() as Kept[]
    const rows = new Map<string, Kept[]>()
    for (const one of kept) {
      const shape = shapes(db).get(one.tbl)
      if (!shape || (one.fid !== 0 && !shape.byId.has(one.fid))) continue
      const key = `${one.tbl}:${one.row}`
      rows.set(key, [...(rows.get(key) ?? []), one])
    }
    for (const list of rows.values()) replayRow(tx, writes, shapes(db).get(list[0]!.tbl)!, list, changed)
    writes.run('sync.received')
    deriveRows(tx, changed)
    save(db, manifest)
  })
}

function replayRow(tx: Tx, writes: RemoteWrites, shape: Shape, list: Kept[], changed: Map<number, Set<number>>): void {
  const { db } = tx
  const { tbl, row } = list[0]!
  const cells = list.filter((k) => k.fid !== 0).map((k) => ({ ...k, as: JSON.parse(k.cell) as Cell }))
  const fits = cells.flatMap((k) => {
    const value = fitting(shape, shape.byId.get(k.fid)!, k.as[0])
    return value === undefined ? [] : [{ ...k, value }]
  })
  const gone = db.prepare('DELETE FROM sync_unknown WHERE tbl = ? AND row = ? AND fid = ?')
  const mark = (pk: number) => changed.set(tbl, (changed.get(tbl) ?? new Set()).add(pk))
  const author = (k: (typeof fits)[number]) => ({ site: k.site, user: k.user, h: k.as[1] })
  const held = db.prepare(`SELECT pk FROM "${shape.spec.name}" WHERE id = ?`).get(row) as { pk: number } | undefined
  const first = fits.find((k) => k.fid === FIELD_ID) ?? fits[0]
  if (!held && first) {
    const made = new Map<number, Value>(shape.needed)
    for (const k of fits) made.set(k.fid, k.value)
    made.set(FIELD_ID, row)
    if (!fits.some((k) => k.fid === FIELD_CREATED_AT)) made.set(FIELD_CREATED_AT, readHlc(first.as[1]).ms)
    const { scope, seq } = list.reduce((a, b) => (b.seq > a.seq ? b : a))
    writes.add(author(first), () => {
      const pk = insertRow(tx, shape, made, readHlc(first.as[1]).ms)
      knowRow(db, tbl, pk, scope, seq)
      mark(pk)
    })
  } else if (held) {
    for (const k of fits) {
      if (k.fid === FIELD_ID) continue
      // What was written here since the field is known came after what was seen of it.
      const path = `$."${k.fid}"`
      const later = db.prepare('SELECT 1 FROM change WHERE tbl = ? AND row = ? AND json_type(f, ?) IS NOT NULL LIMIT 1')
      if (later.get(tbl, held.pk, path)) continue
      writes.add(author(k), () => {
        updateRow(tx, shape, held.pk, new Map([[k.fid, k.value]]), readHlc(k.as[1]).ms)
        mark(held.pk)
      })
    }
  }
  for (const k of list) if (k.fid === 0 || fits.some((f) => f.fid === k.fid)) gone.run(tbl, row, k.fid)
}
