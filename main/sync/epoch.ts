import { write } from '../db/write.ts'
import type { Ctx } from '../engine/context.ts'
import type { Door } from './door.ts'
import { openAgain, statusOf } from './life.ts'
import { seqsOf } from './outbox.ts'
import { OtherLife } from './parts.ts'
import { readState, type State, saveState, setBase } from './state.ts'

interface Sent {
  first: number
  last: number
  hash: string
  ranges: string
}

/**
 * The server was put back to an older day (SYNC.md 12). What it had acknowledged and lost is listed to be sent again, everything is pulled from the
 * beginning, and what it lacks then is offered (fill.ts). Its order of before means nothing any more: nothing that waits counts as seen.
 */
export async function beginEpoch(ctx: Ctx, door: Door, epoch: string): Promise<void> {
  const state = readState(ctx.db)!
  const status = await statusOf(door, state, state.site, state.own, 1)
  if (!status.known) await openAgain(door, state)
  const { flight } = state
  if (status.last > state.own && status.last !== flight?.to) throw new OtherLife('own changes ahead')
  const past: { site: string; last: number; fork: number }[] = []
  for (const [site, fork] of state.ancestors) {
    const of = await statusOf(door, state, site, fork, 1)
    past.push({ site, fork, last: of.known ? of.last : 0 })
  }
  const last = Math.min(status.last, state.own)
  write(ctx, 'sync.epoch', (tx) => {
    const { db } = tx
    const again = [
      ...past.flatMap((p) => sentBetween(ctx, p.site, p.last, p.fork)),
      ...sentBetween(ctx, state.site, last, state.own),
    ]
    const left = (db.prepare('SELECT seq FROM sync_replay ORDER BY n').all() as { seq: number }[]).map((r) => r.seq)
    db.prepare('DELETE FROM sync_replay').run()
    const put = db.prepare('INSERT INTO sync_replay (seq) VALUES (?) ON CONFLICT DO NOTHING')
    for (const seq of [...again, ...left]) put.run(seq)
    for (const p of past) db.prepare('DELETE FROM sync_sent WHERE site = ? AND last > ?').run(p.site, p.last)
    const part: Partial<State> = { epoch, fill: true, overruled: 0 }
    if (last < state.own) {
      db.prepare('DELETE FROM sync_sent WHERE site = ? AND last > ?').run(state.site, last)
      Object.assign(part, { own: last, hash: status.known ? status.hash : '', flight: null })
    } else if (flight && (flight.replay || status.last !== flight.to)) {
      // It did not arrive, and what it says of the order of before must not arrive any more.
      Object.assign(part, { flight: null })
    }
    saveState(db, part)
    db.prepare('UPDATE change_tx SET base = 0 WHERE base <> 0 AND tx IN (SELECT tx FROM change WHERE seq > ?)').run(
      state.acked,
    )
    db.prepare("UPDATE sync_scope SET cursor = 0, state = 'catching'").run()
    db.prepare('UPDATE sync_row SET seq = 0').run()
    for (const table of ['sync_author', 'sync_inbox', 'sync_exit']) db.prepare(`DELETE FROM ${table}`).run()
    setBase(db)
    tx.touched.add('sync')
  })
}

/** Lines of the log whose own numbers at a site are above `last` and not above `upTo`, in their order. */
function sentBetween(ctx: Ctx, site: string, last: number, upTo: number): number[] {
  const rows = ctx.db
    .prepare('SELECT first, last, hash, ranges FROM sync_sent WHERE site = ? AND last > ? ORDER BY first')
    .all(site, last)
  return (rows as Sent[]).flatMap(({ first, ranges }) =>
    seqsOf(JSON.parse(ranges) as [number, number][]).filter((_, i) => first + i > last && first + i <= upTo),
  )
}
