import type { z } from 'zod'
import {
  COUNT_MOST,
  TASK_GROUPS,
  type TaskFilter,
  type TaskGroup,
  type TaskRow,
} from '../../../shared/contract/tasks.ts'
import { addDays, dayOf, type IsoDay, weekday } from '../../../shared/domain/jalali.ts'
import type { Db } from '../../db/open.ts'
import type { Row } from '../../db/rows.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import { taskRows } from './rows.ts'
import { tasksWith } from './search-rows.ts'
import type { task } from './table.ts'

type Filter = z.output<typeof TaskFilter>
type Line = Row<typeof task>

/** Tasks with the words that were asked for. A few are looked up one by one; for more of them each stretch is walked until there are enough. */
const FEW = 3000
interface Found {
  /** JSON of their pks. */
  pks: string
  few: boolean
}

/** A stretch of an index in the order of the list: what is asked, and how two of its rows compare. */
interface Stretch {
  /** FROM … WHERE …, once for each of `owners`, bound first. */
  from: string
  owners: readonly (string | null | undefined)[]
  params: readonly unknown[]
  order: string
  compare(a: Line, b: Line): number
  /** SQL and its values for what comes after a row. */
  after(key: Key): { sql: string; params: unknown[] }
  keyOf(line: Line): Key
}
/** due_date, due_minute, pk; or closed_at, null, pk. */
type Key = [string | number | null, number | null, number]

/** First and last day of a group of open tasks with a day; null: not bounded. */
export function daysOf(group: TaskGroup, today: IsoDay): [from: IsoDay | null, to: IsoDay | null] {
  const friday = addDays(today, 6 - weekday(today))
  const tomorrow = addDays(today, 1)
  const afterTomorrow = addDays(today, 2)
  switch (group) {
    case 'overdue':
      return [null, addDays(today, -1)]
    case 'today':
      return [today, today]
    case 'tomorrow':
      return [tomorrow, tomorrow]
    case 'week':
      return [afterTomorrow, friday]
    default:
      return [friday > tomorrow ? addDays(friday, 1) : afterTomorrow, null]
  }
}

/** Whose tasks: undefined where everybody's are meant. */
function ownersOf(ctx: Ctx, owner: Filter['owner']): readonly (string | null | undefined)[] {
  if (owner === 'mine') return [ctx.user?.id ?? null]
  if (owner === 'all') return [undefined]
  if (owner === 'nobody') return [null, ...goneUsers(ctx.db)]
  return [owner.id]
}

const goneUsers = (db: Db) =>
  (db.prepare('SELECT id FROM user WHERE deleted = 1').all() as Array<{ id: string }>).map(({ id }) => id)

function found(db: Db, { text }: Filter): Found | null {
  if (!text) return null
  const pks = tasksWith(db, text)
  return { pks: JSON.stringify(pks), few: pks.length <= FEW }
}

function stretchOf(ctx: Ctx, filter: Filter, group: TaskGroup, today: IsoDay, among: Found | null): Stretch {
  const owners = ownersOf(ctx, filter.owner)
  const everybody = owners[0] === undefined
  const also: string[] = []
  const params: unknown[] = []
  const add = (sql: string, ...values: unknown[]) => {
    also.push(sql)
    params.push(...values)
  }
  const narrow = () => {
    if (filter.kind) add('kind = ?', filter.kind)
    if (filter.priority !== undefined) add('priority = ?', filter.priority)
    if (among) add('pk IN (SELECT value FROM json_each(?))', among.pks)
  }
  const walked = (index: string) => `task ${among?.few ? 'NOT INDEXED' : `INDEXED BY ${index}`}`
  if (group === 'done') {
    narrow()
    return {
      from: `${walked('task_closed')} WHERE ${everybody ? '' : 'owner_id IS ? AND '}closed_at IS NOT NULL AND deleted = 0${also.map((sql) => ` AND ${sql}`).join('')}`,
      owners,
      params,
      order: 'closed_at DESC, pk DESC',
      compare: (a, b) => b.closed_at! - a.closed_at! || b.pk - a.pk,
      after: ([at, , pk]) => ({ sql: '(closed_at, pk) < (?, ?)', params: [at, pk] }),
      keyOf: (line) => [line.closed_at, null, line.pk],
    }
  }
  const [from, to] = daysOf(group, today)
  if (group === 'someday') add('due_date IS NULL')
  else if (from !== null) add('due_date >= ?', from)
  if (group !== 'someday' && to !== null) add('due_date <= ?', to)
  narrow()
  const index = everybody ? 'task_open' : 'task_mine'
  const some: Pick<Stretch, 'from' | 'owners' | 'params' | 'keyOf'> = {
    from: `${walked(index)} WHERE ${everybody ? '' : 'owner_id IS ? AND '}status = 'open' AND deleted = 0${also.map((sql) => ` AND ${sql}`).join('')}`,
    owners,
    params,
    keyOf: (line) => [line.due_date, line.due_minute, line.pk],
  }
  if (group === 'someday')
    return {
      ...some,
      order: 'due_minute DESC, pk DESC',
      compare: (a, b) => b.pk - a.pk,
      after: ([, , pk]) => ({ sql: 'pk < ?', params: [pk] }),
    }
  return {
    ...some,
    order: 'due_date, due_minute, pk',
    compare: (a, b) =>
      (a.due_date! < b.due_date! ? -1 : a.due_date! > b.due_date! ? 1 : 0) ||
      (a.due_minute ?? -1) - (b.due_minute ?? -1) ||
      a.pk - b.pk,
    // The first part is what the index is entered by.
    after: ([day, minute, pk]) => ({
      sql: 'due_date >= ? AND (due_date > ? OR (coalesce(due_minute, -1), pk) > (?, ?))',
      params: [day, day, minute ?? -1, pk],
    }),
  }
}

const bound = (owner: string | null | undefined) => (owner === undefined ? [] : [owner])

function read(db: Db, stretch: Stretch, after: Key | null, limit: number): Line[] {
  const { from, owners, order } = stretch
  const { sql, params } = after ? stretch.after(after) : { sql: '1', params: [] }
  const statement = db.prepare(`SELECT * FROM ${from} AND ${sql} ORDER BY ${order} LIMIT ?`)
  const lines = owners.flatMap((owner) => statement.all(...bound(owner), ...stretch.params, ...params, limit) as Line[])
  return owners.length > 1 ? lines.sort(stretch.compare).slice(0, limit) : lines
}

/** Up to COUNT_MOST. */
function count(db: Db, { from, owners, params }: Stretch): number {
  const statement = db.prepare(`SELECT count(*) AS n FROM (SELECT 1 FROM ${from} LIMIT ${COUNT_MOST})`)
  return upTo(owners.map((owner) => (statement.get(...bound(owner), ...params) as { n: number }).n))
}

const upTo = (counts: readonly number[]) =>
  Math.min(
    COUNT_MOST,
    counts.reduce((sum, n) => sum + n, 0),
  )

export interface TaskPage {
  rows: TaskRow[]
  next: string | null
}

function pageOf(ctx: Ctx, stretch: Stretch, after: string | undefined, limit: number): TaskPage {
  const lines = read(ctx.db, stretch, readKey(after), limit + 1)
  const shown = lines.slice(0, limit)
  return {
    rows: taskRows(ctx.db, shown, ctx.clock.now()),
    next: lines.length > limit ? JSON.stringify(stretch.keyOf(shown.at(-1)!)) : null,
  }
}

function readKey(text: string | undefined): Key | null {
  if (text === undefined) return null
  try {
    const key = JSON.parse(text) as Key
    if (Array.isArray(key) && key.length === 3 && Number.isInteger(key[2])) return key
  } catch {
    // Below.
  }
  return fail('BAD_REQUEST')
}

/** The next rows of one group; paging by key, so the tenth page costs what the first did. Fails with BAD_REQUEST for a key that is none. */
export function page(
  ctx: Ctx,
  { group, after, limit, ...filter }: Filter & { group: TaskGroup; after?: string | undefined; limit: number },
): TaskPage {
  const stretch = stretchOf(ctx, filter, group, dayOf(ctx.clock.now()), found(ctx.db, filter))
  return pageOf(ctx, stretch, after, limit)
}

/** Every group of open tasks with its first rows and its count. */
export function groups(ctx: Ctx, { limit, ...filter }: Filter & { limit: number }) {
  const today = dayOf(ctx.clock.now())
  const among = found(ctx.db, filter)
  return {
    today,
    groups: TASK_GROUPS.filter((group) => group !== 'done').map((group) => {
      const stretch = stretchOf(ctx, filter, group, today, among)
      const first = pageOf(ctx, stretch, undefined, limit)
      return { group, ...first, count: first.next === null ? first.rows.length : count(ctx.db, stretch) }
    }),
    nobodys: nobodys(ctx),
  }
}

/** Open tasks that nobody has, up to COUNT_MOST. */
function nobodys(ctx: Ctx): number {
  const statement = ctx.db.prepare(
    `SELECT count(*) AS n FROM (SELECT 1 FROM task INDEXED BY task_mine WHERE owner_id IS ? AND status = 'open' AND deleted = 0 LIMIT ${COUNT_MOST})`,
  )
  return upTo(ownersOf(ctx, 'nobody').map((owner) => (statement.get(owner) as { n: number }).n))
}
