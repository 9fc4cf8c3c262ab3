import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import type { Target as TargetSchema } from '../../../shared/contract/customers.ts'
import type { Filter, Sort } from '../../../shared/contract/filter.ts'
import type { Db } from '../../db/open.ts'
import type { Ctx } from '../../engine/context.ts'
import { derivations } from './derivations.ts'
import { type Sql, showsAll, whereOf } from './filter.ts'
import { after, type Cursor, orderBy, type Stretch, stretches } from './order.ts'

type Target = z.infer<typeof TargetSchema>

/** A jump lands on an anchor and walks at most this many rows. */
const STEP = 1000
/** Anchors laid without letting other calls in between: some 20,000 steps of an index, a few milliseconds. */
const SLICE = 20
/** Up to here a filter's members are gathered and sorted once and kept; above, the order's index is walked and rows are tested. */
const FEW = 20_000
/** Lists remembered; a window shows one, a saved view switches between a few. */
const LISTS = 6

/** What is known of one filtered and sorted list at one state of the book. */
interface List {
  version: string
  count: number | undefined
  /** anchors[i]: the cursor after (i + 1) * STEP rows. */
  anchors: Cursor[]
  /** All rows of a filter that shows few. */
  rows: Cursor[] | undefined
}

const LISTS_KEY = {}

/** Changes with every captured or derived change, and by the half hour, for the filters that speak of days: midnight in Tehran is 20:30 UTC. */
function versionOf(ctx: Ctx): string {
  const { tx } = ctx.db.prepare('SELECT coalesce(max(tx), 0) AS tx FROM change_tx').get() as { tx: number }
  return `${tx} ${derivations(ctx.db).count} ${Math.floor(ctx.clock.now() / 1_800_000)}`
}

function listOf(ctx: Ctx, filter: Filter, sort: Sort | null): List {
  const lists = ctx.db.remember(LISTS_KEY, () => new Map<string, List>())
  const key = JSON.stringify([filter, sort])
  const version = versionOf(ctx)
  let list = lists.get(key)
  if (list?.version !== version) list = { version, count: undefined, anchors: [], rows: undefined }
  lists.delete(key)
  lists.set(key, list)
  if (lists.size > LISTS) lists.delete(lists.keys().next().value as string)
  return list
}

/** How many the filter shows; remembered until something changes. */
export function countOf(ctx: Ctx, filter: Filter): number {
  const list = listOf(ctx, filter, null)
  if (list.count === undefined) {
    const all = showsAll(filter)
    const where = all ? { sql: 'p.deleted = 0', params: [] } : whereOf(filter, { now: ctx.clock.now(), ask: 'set' })
    const index = all ? 'INDEXED BY party_by_created' : ''
    const sql = `SELECT count(*) AS n FROM party p ${index} WHERE ${where.sql}`
    list.count = (ctx.db.prepare(sql).get(...where.params) as { n: number }).n
  }
  return list.count
}

/** Everything pageOf needs to ask for a stretch. */
interface Walk {
  db: Db
  filter: Filter
  stretches: Stretch[]
  few: boolean
  where: Sql
}

function walkOf(ctx: Ctx, filter: Filter, sort: Sort): Walk {
  const all = showsAll(filter)
  const few = !all && countOf(ctx, filter) <= FEW
  const where = all ? { sql: '1', params: [] } : whereOf(filter, { now: ctx.clock.now(), ask: few ? 'set' : 'probe' })
  return { db: ctx.db, filter, stretches: stretches(sort), few, where }
}

/** SELECT of one stretch after a cursor. */
function select(walk: Walk, stretch: Stretch, cursor: Cursor | null, columns: string, tail: string): Sql {
  const seek = cursor ? after(stretch, cursor) : { sql: '1', params: [] }
  const params = [...walk.where.params, ...(seek.params as Sql['params'])]
  if (walk.few) {
    return {
      sql: `WITH m AS MATERIALIZED (SELECT p.pk FROM party p WHERE ${walk.where.sql})
        SELECT ${columns} FROM m CROSS JOIN party p ON p.pk = m.pk WHERE ${seek.sql} AND ${stretch.where} ${tail}`,
      params,
    }
  }
  return {
    sql: `SELECT ${columns} FROM party p INDEXED BY ${stretch.index}
      WHERE p.deleted = ${walk.filter.trash ? 1 : 0} AND ${walk.where.sql} AND ${seek.sql} AND ${stretch.where} ${tail}`,
    params,
  }
}

/** Up to `limit` cursors of rows after `from`, `skip` left out; the cursor's pk is the row. */
function read(walk: Walk, from: Cursor | null, skip: number, limit: number): Cursor[] {
  const out: Cursor[] = []
  let left = skip
  for (let i = from?.[0] ?? 0; i < walk.stretches.length && out.length < limit; i++) {
    const stretch = walk.stretches[i]!
    const cursor = from?.[0] === i ? from : null
    const q = select(
      walk,
      stretch,
      cursor,
      `${stretch.key ?? 'NULL'} AS key, p.pk AS pk`,
      `ORDER BY ${orderBy(stretch)} LIMIT ? OFFSET ?`,
    )
    const found = walk.db.prepare(q.sql).all(...q.params, limit - out.length, left) as Array<{
      key: Cursor[1]
      pk: number
    }>
    for (const r of found) out.push([i, r.key, r.pk])
    if (found.length > 0) left = 0
    else if (left > 0) left -= lengthOf(walk, stretch, cursor)
  }
  return out
}

/** Rows of a stretch after the cursor: how far a jump that went beyond it has come. */
function lengthOf(walk: Walk, stretch: Stretch, cursor: Cursor | null): number {
  const q = select(walk, stretch, cursor, 'count(*) AS n', '')
  return (walk.db.prepare(q.sql).get(...q.params) as { n: number }).n
}

function fewRows(ctx: Ctx, walk: Walk, sort: Sort): Cursor[] {
  const list = listOf(ctx, walk.filter, sort)
  list.rows ??= read(walk, null, 0, FEW)
  return list.rows
}

/** The next `limit` rows after a cursor (from the start when null), as cursors whose last part is the pk. */
export function pageAfter(ctx: Ctx, filter: Filter, sort: Sort, from: Cursor | null, limit: number): Cursor[] {
  const walk = walkOf(ctx, filter, sort)
  if (!walk.few) return read(walk, from, 0, limit)
  const rows = fewRows(ctx, walk, sort)
  const at = from ? rows.findIndex((c) => c[2] === from[2] && c[1] === from[1]) : -1
  // The row the reader stood on is gone or has moved: the key still tells the place.
  return from && at < 0 ? read(walk, from, 0, limit) : rows.slice(at + 1, at + 1 + limit)
}

/**
 * `limit` rows from number `index` on. Every thousandth cursor is remembered on the way, so dragging the scroll thumb over a million
 * rows walks a thousand at most. Only the first far jump has to walk all the way there; it does so in slices, and other calls run in
 * between.
 */
export function pageAt(
  ctx: Ctx,
  filter: Filter,
  sort: Sort,
  index: number,
  limit: number,
): Cursor[] | Promise<Cursor[]> {
  const walk = walkOf(ctx, filter, sort)
  if (walk.few) return fewRows(ctx, walk, sort).slice(index, index + limit)
  const { anchors } = listOf(ctx, filter, sort)
  const wanted = Math.floor(index / STEP)
  const land = () => read(walk, wanted > 0 ? anchors[wanted - 1]! : null, index - wanted * STEP, limit)
  const step = layAnchors(walk, anchors, wanted)
  if (step !== 'more') return step === 'there' ? land() : []
  return (async () => {
    for (;;) {
      await setImmediate()
      const next = layAnchors(walk, anchors, wanted)
      if (next !== 'more') return next === 'there' ? land() : []
    }
  })()
}

/** Lays anchors up to number `wanted`, a slice at most. Whoever else lays some of the same list meanwhile goes on where this one stopped. */
function layAnchors(walk: Walk, anchors: Cursor[], wanted: number): 'there' | 'more' | 'beyond' {
  for (let laid = 0; anchors.length < wanted; laid++) {
    if (laid === SLICE) return 'more'
    const next = read(walk, anchors.at(-1) ?? null, STEP - 1, 1)[0]
    if (!next) return 'beyond'
    anchors.push(next)
  }
  return 'there'
}

/** Local row numbers of the living customers a bulk command is for. */
export function pksOf(ctx: Ctx, target: Target): number[] {
  const pks = (sql: string, ...params: Sql['params']) =>
    (ctx.db.prepare(sql).all(...params) as Array<{ pk: number }>).map((r) => r.pk)
  const named = 'IN (SELECT value FROM json_each(?))'
  if ('ids' in target) {
    return pks(`SELECT pk FROM party WHERE id ${named} AND +deleted = 0`, JSON.stringify(target.ids))
  }
  const where = whereOf(target.filter, { now: ctx.clock.now(), ask: 'set' })
  return pks(
    `SELECT p.pk FROM party p WHERE ${where.sql} AND p.id NOT ${named} ORDER BY p.pk`,
    ...where.params,
    JSON.stringify(target.except),
  )
}
