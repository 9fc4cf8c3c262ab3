import type { CalendarEntry } from '../../../shared/contract/calendar.ts'
import { whenOf } from '../../../shared/domain/instants.ts'
import { addDays, dayOf, type IsoDay } from '../../../shared/domain/jalali.ts'
import { parseRule } from '../../../shared/domain/recurrence.ts'
import type { Db } from '../../db/open.ts'
import type { Row } from '../../db/rows.ts'
import type { Ctx } from '../../engine/context.ts'
import type { task } from '../tasks/table.ts'
import { knownDays, ruleDays } from './rule-days.ts'

/** Signs of a text that an entry shows. */
const BEGINNING = 200
/** Recurring tasks whose next days are shown; nobody keeps that many. */
const RECURRING_MOST = 2000

/** Whose entries: undefined where everybody's are meant. */
export type Owners = readonly (string | null | undefined)[]
export interface Days {
  from: IsoDay
  to: IsoDay
}
/** An entry before its customer has a name. */
export type Found = Omit<CalendarEntry, 'party'> & { party_id: string | null }

/** Something that is counted by day and read day by day in the order of the screen, each by an index that begins with the day (or owner and day). */
export interface Source {
  count(db: Db, owner: string | null | undefined, days: Days): Array<{ day: IsoDay; n: number }>
  /** @param timed those with a time in its order, or those without */
  ofDay(db: Db, owner: string | null | undefined, day: IsoDay, timed: boolean, limit: number): Found[]
}

const given = (owner: string | null | undefined) => (owner === undefined ? [] : [owner])

/** What an entry shows of a task. */
const COLUMNS = 'id, kind, title, party_id, owner_id, due_minute, minutes, priority, status, rule'
type TaskRow = Pick<
  Row<typeof task>,
  'id' | 'kind' | 'title' | 'party_id' | 'owner_id' | 'due_minute' | 'minutes' | 'priority' | 'status' | 'rule'
>

function tasksOf(status: 'open' | 'done', all: string, mine: string): Source {
  const from = (owner: string | null | undefined) =>
    owner === undefined
      ? `task INDEXED BY ${all} WHERE status = '${status}' AND deleted = 0`
      : `task INDEXED BY ${mine} WHERE owner_id IS ? AND status = '${status}' AND deleted = 0`
  return {
    count: (db, owner, { from: first, to }) =>
      db
        .prepare(
          `SELECT due_date AS day, count(*) AS n FROM ${from(owner)} AND due_date BETWEEN ? AND ? GROUP BY due_date`,
        )
        .all(...given(owner), first, to) as Array<{ day: IsoDay; n: number }>,
    ofDay: (db, owner, day, timed, limit) =>
      (
        db
          .prepare(
            `SELECT ${COLUMNS} FROM ${from(owner)} AND due_date = ? AND due_minute ${timed ? '>= 0' : 'IS NULL'} ORDER BY due_minute, pk LIMIT ?`,
          )
          .all(...given(owner), day, limit) as TaskRow[]
      ).map((row) => ofTask(row, 'task', `task:${row.id}`)),
  }
}

function ofTask(row: TaskRow, type: 'task' | 'again', key: string): Found {
  const { id, kind, title, party_id, owner_id, due_minute, minutes, priority, status } = row
  return {
    type,
    key,
    id,
    kind,
    title,
    party_id,
    owner_id,
    minute: due_minute,
    minutes,
    priority,
    status,
    recurring: row.rule !== null,
  }
}

const HAPPENED = `kind IN ('meeting', 'visit') AND task_id IS NULL AND deleted = 0`
interface Happened {
  id: string
  kind: 'meeting' | 'visit'
  title: string | null
  at: number
  minutes: number | null
  user_id: string | null
  party_id: string | null
}

/** Meetings and visits that took place. Those that did a task stand there as that task. */
const happened: Source = {
  count: (db, owner, { from, to }) =>
    db
      .prepare(
        `SELECT local_date AS day, count(*) AS n FROM activity INDEXED BY activity_day
         WHERE ${HAPPENED} AND local_date BETWEEN ? AND ?${owner === undefined ? '' : ' AND user_id IS ?'} GROUP BY local_date`,
      )
      .all(from, to, ...given(owner)) as Array<{ day: IsoDay; n: number }>,
  ofDay(db, owner, day, timed, limit) {
    if (!timed) return []
    const rows = db
      .prepare(
        `SELECT id, kind, substr(body, 1, ${BEGINNING}) AS title, at, minutes, user_id,
           (SELECT x.party_id FROM activity_party x WHERE x.activity_id = a.id AND x.deleted = 0 ORDER BY x.pk LIMIT 1) AS party_id
         FROM activity a INDEXED BY activity_day
         WHERE ${HAPPENED} AND local_date = ?${owner === undefined ? '' : ' AND user_id IS ?'} ORDER BY at, pk LIMIT ?`,
      )
      .all(day, ...given(owner), limit) as Happened[]
    return rows.map(({ id, kind, title, at, minutes, user_id, party_id }) => ({
      ...{ type: 'happened', key: `happened:${id}`, id, kind, title: title ?? '', party_id, minutes },
      ...{ minute: whenOf(at).minute, priority: 1, status: 'done', recurring: false, owner_id: user_id },
    }))
  },
}

export const SOURCES: readonly Source[] = [
  tasksOf('open', 'task_open', 'task_mine'),
  tasksOf('done', 'task_done', 'task_done_mine'),
  happened,
]

/**
 * The days on which open recurring tasks will come again, by day: as tasks/recur.ts finds the next one, so never in the past and never before the
 * one that is open. A rule counted from when it is done has no such days.
 */
export function comingAgain(ctx: Ctx, owners: Owners, { from, to }: Days): Map<IsoDay, Found[]> {
  const out = new Map<IsoDay, Found[]>()
  const today = dayOf(ctx.clock.now())
  if (to < today) return out
  const yesterday = addDays(today, -1)
  const days = knownDays(from, to)
  for (const owner of owners) {
    const rows = ctx.db
      .prepare(
        `SELECT t.*, coalesce(s.rule_date, s.due_date, t.rule_date, t.due_date) AS start
         FROM task t INDEXED BY task_recurring LEFT JOIN task s ON s.id = t.series_id
         WHERE ${owner === undefined ? '' : 't.owner_id IS ? AND '}t.rule IS NOT NULL AND t.status = 'open' AND t.deleted = 0 ORDER BY t.owner_id, t.pk LIMIT ${RECURRING_MOST}`,
      )
      .all(...given(owner)) as Array<Row<typeof task> & { start: IsoDay | null }>
    for (const row of rows) {
      const rule = parseRule(row.rule ?? '')
      if (!rule || rule.kind === 'afterDone' || row.start === null) continue
      const passed = [row.rule_date ?? '', row.due_date ?? '', yesterday].sort().at(-1)!
      for (const day of ruleDays(rule, row.start, days, passed)) {
        const entry = ofTask(row, 'again', `again:${row.id}:${day}`)
        const there = out.get(day)
        if (there) there.push(entry)
        else out.set(day, [entry])
      }
    }
  }
  return out
}
