import type { TodayLine, TodaySection } from '../../../shared/contract/today.ts'
import { addDays } from '../../../shared/domain/jalali.ts'
import type { Db } from '../../db/open.ts'
import type { Row } from '../../db/rows.ts'
import type { Ctx } from '../../engine/context.ts'
import type { TodayAt } from '../module.ts'
import { partiesOf } from '../today/party.ts'
import { sum, tallyOf } from '../today/tally.ts'
import type { task } from './table.ts'

type Task = Row<typeof task>

/** What was missed within these days still comes before what has no hour today; what is older must not bury the day. */
const FRESH_DAYS = 7

/** Not what waits for this user to accept it: it stands among what was handed over. */
const TAKEN = '(handed_by IS NULL OR handed_seen_at IS NOT NULL OR owner_id IS NOT ?)'
const OPEN = `task INDEXED BY task_weight WHERE owner_id IS ? AND (kind = 'call') = ? AND status = 'open' AND deleted = 0 AND ${TAKEN}`

type Part = 'timed' | 'fresh' | 'untimed' | 'old'

/** The order of importance; each part is a stretch of task_weight. */
const ORDER: readonly (readonly [priority: number, part: Part])[] = [
  [2, 'timed'],
  [2, 'fresh'],
  [2, 'untimed'],
  [2, 'old'],
  [1, 'timed'],
  [0, 'timed'],
  [1, 'fresh'],
  [1, 'untimed'],
  [0, 'fresh'],
  [0, 'untimed'],
  [1, 'old'],
  [0, 'old'],
]
const NEWEST = 'due_date DESC, due_minute IS NULL, due_minute, pk'
const PARTS: Readonly<Record<Part, { where: string; order: string }>> = {
  timed: { where: 'due_date = :day AND due_minute IS NOT NULL', order: 'due_minute, pk' },
  untimed: { where: 'due_date = :day AND due_minute IS NULL', order: 'pk' },
  fresh: { where: 'due_date < :day AND due_date >= :fresh', order: NEWEST },
  old: { where: 'due_date < :fresh', order: NEWEST },
}

export const today = (ctx: Ctx, at: TodayAt): TodaySection[] => [
  handed(ctx, at),
  section(ctx, at, 'followups', 0),
  section(ctx, at, 'calls', 1),
]

function section(ctx: Ctx, at: TodayAt, name: 'followups' | 'calls', isCall: 0 | 1): TodaySection {
  const { db } = ctx
  const upTo = (sign: '<=' | '<') =>
    sum(
      at.owners.map((owner) =>
        tallyOf(db, `${OPEN} AND priority IN (0, 1, 2) AND due_date ${sign} ?`, [owner, isCall, at.user, at.day]),
      ),
    )
  const rows: Task[] = []
  for (const [priority, part] of ORDER) {
    if (rows.length >= at.limit) break
    rows.push(...stretch(db, at, isCall, priority, part, at.limit - rows.length))
  }
  return {
    name,
    lines: linesOf(db, rows).map((task) => ({ type: 'task', key: `task:${task.id}`, task })),
    count: upTo('<='),
    late: upTo('<'),
  }
}

function stretch(db: Db, at: TodayAt, isCall: 0 | 1, priority: number, part: Part, limit: number): Task[] {
  const { where, order } = PARTS[part]
  const params: unknown[] = []
  const fresh = addDays(at.day, -FRESH_DAYS)
  const placed = where.replace(/:day|:fresh/g, (name) => {
    params.push(name === ':day' ? at.day : fresh)
    return '?'
  })
  const some = db.prepare(`SELECT * FROM ${OPEN} AND priority = ? AND ${placed} ORDER BY ${order} LIMIT ?`)
  const rows = at.owners.flatMap((owner) => some.all(owner, isCall, at.user, priority, ...params, limit) as Task[])
  return rows.sort(byTime).slice(0, limit)
}

/** The newest day first, within a day by the hour, then without one. */
const byTime = (a: Task, b: Task) =>
  (b.due_date ?? '').localeCompare(a.due_date ?? '') || (a.due_minute ?? 1440) - (b.due_minute ?? 1440) || a.pk - b.pk

type LineTask = Extract<TodayLine, { type: 'task' }>['task']

function linesOf(db: Db, rows: readonly Task[]): LineTask[] {
  const parties = partiesOf(
    db,
    rows.map((row) => row.party_id),
  )
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    title: row.title,
    due_date: row.due_date,
    due_minute: row.due_minute,
    priority: row.priority,
    recurring: row.rule !== null,
    owner_id: row.owner_id,
    party: (row.party_id !== null && parties.get(row.party_id)) || null,
  }))
}

function handed(ctx: Ctx, at: TodayAt): TodaySection {
  const { db } = ctx
  const waiting = `task INDEXED BY task_handed WHERE owner_id = ? AND handed_by IS NOT NULL AND handed_seen_at IS NULL AND status = 'open' AND deleted = 0`
  const rows = db.prepare(`SELECT * FROM ${waiting} ORDER BY handed_at DESC LIMIT ?`).all(at.user, at.limit) as Task[]
  return {
    name: 'handed',
    lines: linesOf(db, rows).map((task, i) => {
      const { handed_by, handed_at, handed_note } = rows[i]!
      return { type: 'handed', key: `handed:${task.id}`, task, by: handed_by!, at: handed_at ?? 0, note: handed_note }
    }),
    count: tallyOf(db, waiting, [at.user]),
  }
}
