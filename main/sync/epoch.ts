import { write } from '../db/write.ts'
import type { Ctx } from '../engine/context.ts'
import type { Door } from './door.ts'
import { openAgain, statusOf } from './life.ts'
import { OWN } from './log-lines.ts'
import { OtherLife } from './parts.ts'
import { type Sent, sentBetween } from './sent.ts'
import { readState, type State, saveState, setBase } from './state.ts'

/**
 * The server was put back to an older day (SYNC.md 12). What it had acknowledged and lost is listed to be sent again, then what waits goes, then
 * everything is pulled from the beginning, and what it lacks then is offered (fill.ts). Its order is the one that was seen only up to this site's last
 * batch that it still has. Throws OtherLife when what it has of this site is not from this book.
 */
export async function beginEpoch(ctx: Ctx, door: Door, epoch: string): Promise<void> {
  const state = readState(ctx.db)!
  const status = await statusOf(door, state, state.site, state.own, 1)
  if (!status.known) await openAgain(door, state)
  const { flight } = state
  const arrived = flight !== null && status.last === flight.to && status.hash === flight.hash
  const batch = ctx.db
    .prepare('SELECT head, hash FROM sync_sent WHERE site = ? AND last = ?')
    .get(state.site, status.last) as Pick<Sent, 'head' | 'hash'> | undefined
  if (status.last > 0 && !arrived && batch?.hash !== status.hash) throw new OtherLife('own changes of another')
  const past: { site: string; last: number; fork: number }[] = []
  for (const [site, fork] of state.ancestors) {
    const of = await statusOf(door, state, site, fork, 1)
    past.push({ site, fork, last: of.known ? of.last : 0 })
  }
  const last = Math.min(status.last, state.own)
  const common = last === 0 ? 0 : (batch?.head ?? lastHead(ctx, state.site, last))
  write(ctx, 'sync.epoch', (tx) => {
    const { db } = tx
    const older = past.flatMap((p) => sentBetween(ctx, p.site, p.last, p.fork))
    const again = sentBetween(ctx, state.site, last, state.own)
    const left = (db.prepare('SELECT seq FROM sync_replay ORDER BY n').all() as { seq: number }[]).map((r) => r.seq)
    db.prepare('DELETE FROM sync_replay').run()
    const put = db.prepare('INSERT INTO sync_replay (seq) VALUES (?) ON CONFLICT DO NOTHING')
    const unsee = db.prepare(
      'UPDATE change_tx SET base = min(base, ?) WHERE tx = (SELECT tx FROM change WHERE seq = ?)',
    )
    for (const seq of older) unsee.run(0, seq)
    for (const seq of [...again, ...left]) unsee.run(common, seq)
    // What was refused is in the tray and shows no more: people went on writing without it.
    const isRefused = db.prepare('SELECT 1 FROM sync_parked WHERE seq = ?')
    for (const seq of [...older, ...again, ...left]) if (!isRefused.get(seq)) put.run(seq)
    db.prepare(
      `UPDATE change_tx AS t SET base = min(base, ?) WHERE ${OWN} AND tx IN (SELECT tx FROM change WHERE seq > ?)`,
    ).run(common, state.acked)
    for (const p of past) db.prepare('DELETE FROM sync_sent WHERE site = ? AND last > ?').run(p.site, p.last)
    const part: Partial<State> = { epoch, fill: true, seen: null }
    db.prepare('DELETE FROM sync_sent WHERE site = ? AND last > ?').run(state.site, last)
    // A batch that did not arrive must not any more: it speaks of the order of before.
    if (!arrived) Object.assign(part, { flight: null })
    if (last < state.own) Object.assign(part, { own: last, hash: last > 0 ? status.hash : '' })
    saveState(db, part)
    db.prepare("UPDATE sync_scope SET cursor = 0, state = 'catching'").run()
    // -1: told after the last order both have; the server may have lost what stands here.
    db.prepare('UPDATE sync_row SET seq = CASE WHEN seq < 0 OR seq > ? THEN -1 ELSE 0 END').run(common)
    for (const table of ['sync_author', 'sync_inbox', 'sync_exit']) db.prepare(`DELETE FROM ${table}`).run()
    setBase(db)
    tx.touched.add('sync')
  })
}

/** The server's head after the newest batch of a site up to a number. */
function lastHead(ctx: Ctx, site: string, own: number): number {
  const row = ctx.db.prepare('SELECT max(head) AS head FROM sync_sent WHERE site = ? AND last <= ?').get(site, own)
  return (row as { head: number | null }).head ?? 0
}
