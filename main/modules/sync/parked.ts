import { KIND, tableById } from '../../../shared/sync/manifest.ts'
import type { Fields, Value } from '../../../shared/sync/merge.ts'
import type { Tx } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import { deriveRows } from '../../sync/derive.ts'
import { fitting, shapes } from '../../sync/fields.ts'
import { lineAt, sayAgain } from '../../sync/log-lines.ts'
import { updateRow } from '../../sync/remote-writes.ts'
import { checkMayChange } from '../history/write-back.ts'

const refused = (id: string): number =>
  /^p\d{1,15}$/.test(id) ? Number(id.slice(1)) : fail('NOT_FOUND', { kind: 'change' })

/** Says the same once more, as a change of now: the server has shown meanwhile what it had instead. */
export function resend(tx: Tx, ctx: Ctx, id: string): void {
  const { db } = tx
  const nothing = () => fail('NOT_FOUND', { kind: 'change' })
  const seq = refused(id)
  const held = db.prepare("SELECT code FROM sync_parked WHERE seq = ? AND state = 'waiting'").get(seq) as
    | { code: string }
    | undefined
  const line = held && lineAt(db, seq)
  const shape = line && shapes(db).get(line.tbl)
  if (!line || !shape) throw nothing()
  checkMayChange(ctx, [line.tbl], false)
  const f = JSON.parse(line.f) as Fields
  const say = (kind: number, fields: Fields) => sayAgain(tx, line.tbl, line.row, kind, fields)
  const row = db.prepare(`SELECT * FROM "${shape.spec.name}" WHERE pk = ?`).get(line.row) as
    | Record<string, Value>
    | undefined
  if (!row) throw nothing()
  if (line.kind !== KIND.patch || held.code === 'unknown_row')
    say(
      KIND.put,
      Object.fromEntries(shape.spec.fields.flatMap((x) => (row[x.name] === null ? [] : [[x.id, [row[x.name]!]]]))),
    )
  else {
    const values = new Map<number, Value>()
    for (const [key, [value]] of Object.entries(f)) {
      const field = shape.byId.get(Number(key))
      const fits = field && fitting(shape, field, value)
      if (field && fits !== undefined && row[field.name] !== fits) values.set(field.id, fits)
    }
    if (values.size > 0) updateRow(tx, shape, line.row, values, tx.now)
    else say(KIND.patch, f)
    deriveRows(tx, new Map([[line.tbl, new Set([line.row])]]))
  }
  db.prepare("UPDATE sync_parked SET state = 'resent' WHERE seq = ?").run(seq)
  tx.touched.add('sync')
}

/** Let go of. What was said stays in the history. */
export function drop(tx: Tx, ctx: Ctx, id: string): void {
  const { db } = tx
  tx.touched.add('sync')
  const aside = /^q(\d{1,15})$/.exec(id)
  if (aside) {
    const gone = db
      .prepare('DELETE FROM sync_quarantine WHERE n = ? AND sealed IS NULL RETURNING tbl')
      .get(Number(aside[1]))
    if (!gone) fail('NOT_FOUND', { kind: 'change' })
    checkMayChange(ctx, [(gone as { tbl: number }).tbl], false)
    return
  }
  const seq = refused(id)
  const line = lineAt(db, seq)
  if (line && tableById(line.tbl)) checkMayChange(ctx, [line.tbl], false)
  const done = db.prepare("UPDATE sync_parked SET state = 'dropped' WHERE seq = ? AND state = 'waiting'").run(seq)
  if (done.changes === 0) fail('NOT_FOUND', { kind: 'change' })
}

/** Handed over, or not wanted: nobody here can say what it was. */
export function dropSealed(tx: Tx): void {
  tx.db.prepare('DELETE FROM sync_quarantine WHERE sealed IS NOT NULL').run()
  tx.touched.add('sync')
}
