import type { Fields, Op, Value } from '../../shared/sync/merge.ts'
import type { Tx } from '../db/write.ts'
import { type Told, waitingByRow } from './apply-rows.ts'
import { isBirthmark, shapes } from './fields.ts'
import { recipients } from './known-recipients.ts'
import { idOf, lineAt, toOp } from './log-lines.ts'
import type { Crypto } from './parts.ts'
import { readState } from './state.ts'
import { unsentOf, unsentText } from './unsent.ts'

/** A row of this book. row: pk. */
export interface Ref {
  tbl: number
  row: number
}

/** Own changes that the server has not taken, to rows that have to go. In the clear only until `sealAside`, within the same transaction where an owner's key is known. */
export function setAside(tx: Tx, rows: readonly Ref[]): void {
  const { db } = tx
  const waiting = waitingByRow(tx, readState(db)!)
  const parked = db.prepare(
    "SELECT p.seq FROM sync_parked p JOIN change c ON c.seq = p.seq WHERE c.tbl = ? AND c.row = ? AND p.state = 'waiting' ORDER BY p.seq",
  )
  const put = db.prepare('INSERT INTO sync_quarantine (tbl, row, at, changes, ops) VALUES (?, ?, ?, ?, ?)')
  for (const { tbl, row } of rows) {
    const id = idOf(db, shapes(db).get(tbl)!.spec.name, row)
    if (id === undefined) continue
    const refused = (parked.all(tbl, row) as { seq: number }[]).flatMap(({ seq }) => {
      const line = lineAt(db, seq)
      return (line && toOp(db, line, 0)) ?? []
    })
    const ops: Op[] = [...refused, ...(waiting.get(`${tbl}:${id}`) ?? []).map((w) => w.op)]
    if (ops.length > 0) put.run(tbl, id, tx.now, ops.length, JSON.stringify(ops))
  }
}

/** Field by field what was said of a row, the last of it. */
const saidIn = (ops: readonly Op[]): [fid: string, value: Value][] =>
  Object.entries(Object.assign({}, ...ops.map((op) => op.f)) as Fields)
    .filter(([fid]) => !isBirthmark(Number(fid)))
    .map(([fid, [value]]) => [fid, value])

/** Of all fields together: one short value alone would be guessed sooner. */
const digestOf = (crypto: Crypto, salt: string, said: readonly [string, Value][]): string =>
  crypto.sha256(`${salt} ${JSON.stringify(said)}`)

interface Said {
  fids: string[]
  salt: string
  digest: string
}

/** What was set aside is for the owners from now on, and this device cannot read it any more. While none of them has a key it stays as it is. */
export function sealAside(tx: Tx, crypto: Crypto): void {
  const { db } = tx
  const clear = db.prepare('SELECT n, ops FROM sync_quarantine WHERE sealed IS NULL').all() as {
    n: number
    ops: string
  }[]
  const to = clear.length > 0 ? recipients(db) : []
  if (to.length === 0) return
  const { site, tenant } = readState(db)!
  const done = db.prepare('UPDATE sync_quarantine SET ops = NULL, sealed = ?, tenant = ?, said = ? WHERE n = ?')
  for (const { n, ops: text } of clear) {
    const ops = JSON.parse(text) as Op[]
    const sealed = crypto.seal(unsentText(site, ops.map(unsentOf)), tenant, to)
    if (sealed === null) return
    const said = saidIn(ops)
    const salt = tx.ctx.ids.next()
    const kept: Said = { fids: said.map(([fid]) => fid), salt, digest: digestOf(crypto, salt, said) }
    done.run(sealed, tenant, JSON.stringify(kept), n)
  }
}

/** Rows that may be seen again: what was set aside of one, and stands there as it was said, is nobody's question any more. */
export function settleAside(tx: Tx, crypto: Crypto, told: readonly Told[]): void {
  const { db } = tx
  if (!db.prepare('SELECT 1 FROM sync_quarantine LIMIT 1').get()) return
  const aside = db.prepare('SELECT n, ops, said FROM sync_quarantine WHERE tbl = ? AND row = ?')
  const done = db.prepare('DELETE FROM sync_quarantine WHERE n = ?')
  for (const { tbl, row, cells } of told) {
    const needed = shapes(db).get(tbl)?.needed
    const now = (fids: readonly string[]): [string, Value][] =>
      fids.map((fid) => [fid, cells[fid]?.[0] ?? needed?.get(Number(fid)) ?? null])
    for (const { n, ops, said } of aside.all(tbl, row) as { n: number; ops: string | null; said: string | null }[]) {
      const kept = said === null ? null : (JSON.parse(said) as Said)
      const stands = kept
        ? digestOf(crypto, kept.salt, now(kept.fids)) === kept.digest
        : isSame(saidIn(JSON.parse(ops!) as Op[]), now)
      if (stands) done.run(n)
    }
  }
}

const isSame = (said: [string, Value][], now: (fids: string[]) => [string, Value][]): boolean =>
  JSON.stringify(said) === JSON.stringify(now(said.map(([fid]) => fid)))
