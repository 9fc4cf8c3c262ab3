import type { Task, TaskRow } from '../../../shared/contract/tasks.ts'
import type { Db } from '../../db/open.ts'
import type { Row } from '../../db/rows.ts'
import { partyIdOf } from '../customers/record.ts'
import type { task } from './table.ts'
import { taskOf } from './write.ts'

type Line = Row<typeof task>
type Named = { id: string; name: string }

/** Lines of a list with what hangs on them, in the order given; four statements however many there are. @param now epoch ms */
export function taskRows(db: Db, lines: readonly Line[], now: number): TaskRow[] {
  const ids = JSON.stringify(lines.map((line) => line.id))
  const named = <T extends Named>(sql: string, list: string) =>
    new Map((db.prepare(sql).all(list) as T[]).map((row) => [row.id, row]))
  const parties = named<Named & { owner_id: string | null }>(
    'SELECT id, name, owner_id FROM party WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify([...new Set(lines.flatMap((line) => line.party_id ?? []))]),
  )
  const owners = named<Named & { deleted: number; share: 'own' | null }>(
    'SELECT id, name, deleted, share FROM user WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify([...new Set(lines.flatMap((line) => line.owner_id ?? []))]),
  )
  const checks = new Map(
    (
      db
        .prepare(
          `SELECT task_id, count(*) AS n, sum(done) AS done FROM task_check
           WHERE task_id IN (SELECT value FROM json_each(?)) AND deleted = 0 GROUP BY task_id`,
        )
        .all(ids) as Array<{ task_id: string; n: number; done: number }>
    ).map((row) => [row.task_id, row]),
  )
  const rings = new Map(
    (
      db
        .prepare(
          `SELECT task_id, coalesce(min(CASE WHEN at > ? THEN at END), max(at)) AS at FROM reminder
           WHERE task_id IN (SELECT value FROM json_each(?)) AND at IS NOT NULL GROUP BY task_id`,
        )
        .all(now, ids) as Array<{ task_id: string; at: number }>
    ).map((row) => [row.task_id, row.at]),
  )
  return lines.map((line) => {
    const owner = line.owner_id === null ? undefined : owners.get(line.owner_id)
    const party = line.party_id === null ? undefined : parties.get(line.party_id)
    const { id, kind, title, due_date, due_minute, minutes, status, closed_at, rule, handed_by, handed_note } = line
    return {
      ...{ id, kind, title, due_date, due_minute, minutes, status, closed_at, rule, handed_by, handed_note },
      priority: line.priority as TaskRow['priority'],
      party: party ? { id: party.id, name: party.name } : null,
      owner_id: owner?.deleted === 0 ? owner.id : null,
      owner_was: owner?.deleted === 1 ? owner.name : null,
      unseen: party !== undefined && owner?.share === 'own' && party.owner_id !== owner.id,
      has_body: line.body !== null,
      checks: checks.get(id)?.n ?? 0,
      checks_done: checks.get(id)?.done ?? 0,
      rings_at: rings.get(id) ?? null,
      handed_seen: line.handed_seen_at !== null,
    }
  })
}

/** Those that are there and not deleted, in the order asked for. */
export function rowsByIds(db: Db, ids: readonly string[], now: number): TaskRow[] {
  const found = db
    .prepare('SELECT * FROM task WHERE id IN (SELECT value FROM json_each(?)) AND deleted = 0')
    .all(JSON.stringify(ids)) as Line[]
  const byId = new Map(taskRows(db, found, now).map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** The whole task, deleted or not. Fails with NOT_FOUND. */
export function fullTask(db: Db, id: string, now: number): Task {
  const line = taskOf({ db }, id)
  const all = <T>(sql: string) => db.prepare(sql).all(id) as T[]
  const { body, user_id, closed_by, series_id, handed_at, created_at } = line
  return {
    ...taskRows(db, [line], now)[0]!,
    ...{ body, user_id, closed_by, series_id, handed_at, created_at },
    deleted: line.deleted === 1,
    check_list: all<{ id: string; text: string; done: number }>(
      'SELECT id, text, done FROM task_check WHERE task_id = ? AND deleted = 0 ORDER BY position, pk',
    ).map((check) => ({ ...check, done: check.done === 1 })),
    reminders: all('SELECT id, before, snoozed_at, at FROM reminder WHERE task_id = ? AND deleted = 0 ORDER BY before'),
  }
}

/** The next steps with a customer: open tasks, soonest first, those without a day last. Fails with NOT_FOUND. */
export function stepsOf(db: Db, partyId: string, limit: number, now: number): { rows: TaskRow[]; count: number } {
  const id = partyIdOf(db, partyId)
  const open = "FROM task INDEXED BY task_party WHERE party_id = ? AND status = 'open' AND deleted = 0"
  const lines = db
    .prepare(`SELECT * ${open} ORDER BY due_date IS NULL, due_date, due_minute IS NULL, due_minute, pk LIMIT ?`)
    .all(id, limit) as Line[]
  const { n } = db.prepare(`SELECT count(*) AS n ${open}`).get(id) as { n: number }
  return { rows: taskRows(db, lines, now), count: n }
}
