import type { z } from 'zod'
import type { Target as TargetSchema } from '../../../shared/contract/customers.ts'
import type { Sort } from '../../../shared/contract/filter.ts'
import type { Db } from '../../db/open.ts'
import type { Ctx } from '../../engine/context.ts'
import { countOf, pageAfter } from '../customers/lists.ts'
import { orderBy, stretches } from '../customers/order.ts'

type Target = z.output<typeof TargetSchema>
const PAGE = 500

/** Rows of a list in its order, a page at a time: those of a filter walk the same indexes as the list on the screen. */
export interface Walk {
  total: number
  pages(): Generator<number[], void, void>
}

/** @param now epoch ms, for filters that speak of the last days */
export function walkOf(db: Db, now: number, target: Target, sort: Sort): Walk {
  if ('ids' in target) {
    const pks = chosen(db, target.ids, sort)
    return {
      total: pks.length,
      *pages() {
        for (let at = 0; at < pks.length; at += PAGE) yield pks.slice(at, at + PAGE)
      },
    }
  }
  const { filter } = target
  // The list asks its context for these two only.
  const ctx = { db, clock: { now: () => now } } as Ctx
  const left = new Set(pksOf(db, target.except))
  return {
    total: countOf(ctx, filter) - left.size,
    *pages() {
      for (let page = pageAfter(ctx, filter, sort, null, PAGE); page.length > 0; ) {
        yield page.map((cursor) => cursor[2]).filter((pk) => !left.has(pk))
        page = page.length < PAGE ? [] : pageAfter(ctx, filter, sort, page.at(-1)!, PAGE)
      }
    },
  }
}

function chosen(db: Db, ids: readonly string[], sort: Sort): number[] {
  return stretches(sort).flatMap((stretch) => {
    const sql = `SELECT p.pk FROM party p WHERE p.id IN (SELECT value FROM json_each(?)) AND +p.deleted = 0 AND ${stretch.where} ORDER BY ${orderBy(stretch)}`
    return (db.prepare(sql).all(JSON.stringify(ids)) as Array<{ pk: number }>).map((r) => r.pk)
  })
}

function pksOf(db: Db, ids: readonly string[]): number[] {
  const sql = 'SELECT pk FROM party WHERE id IN (SELECT value FROM json_each(?)) AND +deleted = 0'
  return (db.prepare(sql).all(JSON.stringify(ids)) as Array<{ pk: number }>).map((r) => r.pk)
}
