import type { Activity } from '../../../shared/contract/activities.ts'
import { mentionsIn } from '../../../shared/domain/mentions.ts'
import { insertOrRevive, patch, remove } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { uuidV5 } from '../../engine/ids.ts'
import { fail } from '../../rpc/errors.ts'
import { listUsers } from '../users/service.ts'
import { readActivities } from './read.ts'
import { mention } from './table.ts'

/** Shown at once; whoever was away long sees the newest. */
const SHOWN = 50

/** Makes the colleagues named in the text (and `others`) the ones that are told; whoever writes it knows already. */
export function setMentions(tx: Tx, activityId: string, body: string, others: readonly string[] = []): void {
  const users = listUsers(tx.ctx).filter((u) => !u.left)
  const known = new Set(users.map((u) => u.id))
  const named = new Set([...mentionsIn(body, users).map((m) => m.user_id), ...others.filter((id) => known.has(id))])
  if (tx.ctx.user) named.delete(tx.ctx.user.id)
  const rows = tx.db.prepare('SELECT id, user_id FROM mention WHERE activity_id = ? AND deleted = 0').all(activityId)
  for (const { id, user_id } of rows as Array<{ id: string; user_id: string }>) {
    if (!named.has(user_id)) remove(tx, mention, id)
  }
  for (const user_id of named) {
    insertOrRevive(tx, mention, { id: uuidV5(activityId, user_id), activity_id: activityId, user_id })
  }
}

/** What waits for the asking user, newest first. */
export function waitingMentions(ctx: Ctx): { activities: Activity[]; total: number } {
  const rows = ctx.db
    .prepare(
      `SELECT a.pk FROM mention m INDEXED BY mention_waiting CROSS JOIN activity a ON a.id = m.activity_id
       WHERE m.user_id = ? AND m.seen_at IS NULL AND m.deleted = 0 AND a.deleted = 0 ORDER BY m.pk DESC`,
    )
    .all(ctx.user?.id ?? '') as Array<{ pk: number }>
  const pks = rows.slice(0, SHOWN).map((row) => row.pk)
  return { activities: readActivities(ctx.db, pks), total: rows.length }
}

/** The asking user has read it. Fails with NOT_FOUND. */
export function seenMentionTx(tx: Tx, activityId: string): void {
  const row = tx.db
    .prepare('SELECT id, seen_at FROM mention WHERE activity_id = ? AND user_id = ? AND deleted = 0')
    .get(activityId, tx.ctx.user?.id ?? '') as { id: string; seen_at: number | null } | undefined
  if (!row) fail('NOT_FOUND', { kind: 'mention' })
  if (row.seen_at === null) patch(tx, mention, row.id, { seen_at: tx.now })
}
