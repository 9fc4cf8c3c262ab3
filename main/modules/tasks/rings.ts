import type { Ring, Rings } from '../../../shared/contract/tasks.ts'
import type { Db } from '../../db/open.ts'
import { write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { isNobodys } from './owner.ts'
import { markFired } from './reminders.ts'

/** What rings later than this was missed: the PC was off or asleep, or nobody was there. */
export const LATE_MS = 2 * 60_000
/** How many of the missed are named; all are counted. */
export const MISSED_SHOWN = 20
const RINGS_MOST = 100

/**
 * Up to when all that concerns this user has been given away, as a row of reminder_fired: what rang and is still open need not be looked through
 * again and again. @returns epoch ms; null when this user was never here
 */
const markId = (userId: string) => `until:${userId}`

export function markOf(db: Db, userId: string): number | null {
  const row = db.prepare('SELECT at FROM reminder_fired WHERE reminder_id = ?').get(markId(userId))
  return (row as { at: number } | undefined)?.at ?? null
}

export function setMark(ctx: Ctx, userId: string, at: number): void {
  write(ctx, 'tasks.ringMark', (tx) => markFired(tx, markId(userId), at))
}

const HELD = {}
/**
 * Given away and not answered yet: reminder and time. It dies with the process on purpose: what stood unanswered on a screen when the program
 * ended rings again at the next start.
 */
const heldOf = (db: Db): Set<string> => db.remember(HELD, () => new Set<string>())
const keyOf = (id: string, at: number) => `${id} ${at}`
const heldList = (db: Db) => JSON.stringify([...heldOf(db)])

/** Reminders of this user (and nobody's) from one instant to another that nobody answered yet. */
const WAITING = `reminder r INDEXED BY reminder_at JOIN task ON task.id = r.task_id
  LEFT JOIN reminder_fired f ON f.reminder_id = r.id AND f.at = r.at
  WHERE r.at > ? AND r.at <= ? AND f.reminder_id IS NULL AND (task.owner_id = ? OR ${isNobodys('task.owner_id')})`
/** And that no window shows; `heldList` comes last. */
const UNSHOWN = `${WAITING} AND r.id || ' ' || r.at NOT IN (SELECT value FROM json_each(?))`

interface Line extends Omit<Ring, 'party'> {
  party_id: string | null
  party_name: string | null
}

function read(db: Db, from: number, to: number, userId: string, order: 'ASC' | 'DESC', limit: number): Ring[] {
  const lines = db
    .prepare(
      `SELECT r.id AS reminder_id, r.at, task.id AS task_id, task.title, task.kind, task.due_date, task.due_minute,
         task.party_id, (SELECT p.name FROM party p WHERE p.id = task.party_id) AS party_name
       FROM ${UNSHOWN} ORDER BY r.at ${order} LIMIT ?`,
    )
    .all(from, to, userId, heldList(db), limit) as Line[]
  return lines.map(({ party_id, party_name, ...ring }) => ({
    ...ring,
    party: party_id !== null && party_name !== null ? { id: party_id, name: party_name } : null,
  }))
}

/** What waits to be shown at `now`; null: nothing. */
export function waiting(db: Db, userId: string, mark: number, now: number): Rings | null {
  const late = now - LATE_MS
  const rings = read(db, Math.max(mark, late), now, userId, 'ASC', RINGS_MOST)
  let missed: Rings['missed'] = null
  if (mark < late) {
    const { n } = db.prepare(`SELECT count(*) AS n FROM ${UNSHOWN}`).get(mark, late, userId, heldList(db)) as {
      n: number
    }
    if (n > 0) missed = { until: late, total: n, rings: read(db, mark, late, userId, 'DESC', MISSED_SHOWN) }
  }
  return rings.length > 0 || missed ? { rings, missed } : null
}

/** When the oldest rang that stands on a screen unanswered; null: none does. */
export function oldestOpen(db: Db, userId: string, mark: number, now: number): number | null {
  return (db.prepare(`SELECT min(r.at) AS at FROM ${WAITING}`).get(mark, now, userId) as { at: number | null }).at
}

/** The next instant at which something rings, for whomever; null: nothing does. */
export function nextRing(db: Db, now: number): number | null {
  return (
    db.prepare('SELECT min(at) AS at FROM reminder WHERE at IS NOT NULL AND at > ?').get(now) as { at: number | null }
  ).at
}

interface Claim {
  rings: ReadonlyArray<{ reminder_id: string; at: number }>
  missed_until: number | null
}

/** Gives rings away to the window that asks, each once for one time. What was changed meanwhile (put off, done, another day) is given to nobody. */
export function claimRings({ db, clock, user }: Ctx, { rings, missed_until }: Claim) {
  const now = clock.now()
  const held = heldOf(db)
  const still = db.prepare(
    `SELECT 1 FROM reminder r WHERE id = ? AND at = ? AND at <= ?
       AND NOT EXISTS (SELECT 1 FROM reminder_fired f WHERE f.reminder_id = r.id AND f.at = r.at)`,
  )
  const won = rings.filter(
    ({ reminder_id, at }) => !held.has(keyOf(reminder_id, at)) && still.get(reminder_id, at, now),
  )
  for (const { reminder_id, at } of won) held.add(keyOf(reminder_id, at))
  let missed: Array<{ id: string; at: number }> = []
  if (missed_until !== null && missed_until <= now) {
    const list = db.prepare(`SELECT r.id, r.at FROM ${UNSHOWN}`)
    missed = list.all(markOf(db, user!.id) ?? now, missed_until, user!.id, heldList(db)) as typeof missed
    for (const { id, at } of missed) held.add(keyOf(id, at))
  }
  return { rings: won.map((ring) => ring.reminder_id), missed: missed.length > 0 }
}

/**
 * The cards of these tasks, and the card of what was missed, were closed: they do not ring again for that time. Nothing is logged and nobody is
 * told: it concerns this device alone.
 */
export function answerRings(
  ctx: Ctx,
  { task_ids, missed_until }: { task_ids: readonly string[]; missed_until: number | null },
): Record<string, never> {
  const user = ctx.user!.id
  return write(ctx, 'tasks.answerRings', (tx) => {
    const mark = markOf(tx.db, user) ?? tx.now
    const answer = (where: string, until: number, ...more: string[]) => {
      const open = tx.db.prepare(`SELECT r.id, r.at FROM ${WAITING}${where}`).all(mark, until, user, ...more)
      for (const { id, at } of open as Array<{ id: string; at: number }>) {
        markFired(tx, id, at)
        heldOf(tx.db).delete(keyOf(id, at))
      }
    }
    for (const id of task_ids) answer(' AND r.task_id = ?', tx.now, id)
    if (missed_until !== null) answer('', missed_until)
    return {}
  })
}
