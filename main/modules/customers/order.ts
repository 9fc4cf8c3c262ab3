import type { Sort } from '../../../shared/contract/filter.ts'

/** One stretch of an order: rows that meet `where`, sorted by `key` and then pk, by this index. */
export interface Stretch {
  where: string
  /** Expression over alias p, or null where pk alone orders. */
  key: string | null
  desc: boolean
  index: string
}

/**
 * The stretches of a list's order, first to last. Rows without a value (no city, no credit limit) come last whichever way the
 * list is sorted, hence two stretches; each walks one index that begins with `deleted`.
 */
export function stretches(sort: Sort): Stretch[] {
  const { field, desc } = sort
  switch (field) {
    case 'name':
      return [{ where: '1', key: 'p.name_sort', desc, index: 'party_by_name' }]
    case 'created':
      return [{ where: '1', key: 'p.created_at', desc, index: 'party_by_created' }]
    case 'updated':
      return [{ where: '1', key: 'p.updated_at', desc, index: 'party_by_updated' }]
    case 'city':
      return [
        { where: "p.city_sort > ''", key: 'p.city_sort', desc, index: 'party_by_city' },
        { where: "p.city_sort = ''", key: null, desc: false, index: 'party_by_city' },
      ]
    case 'credit_limit':
      return [
        { where: 'p.credit_limit IS NOT NULL', key: 'p.credit_limit', desc, index: 'party_by_credit' },
        { where: 'p.credit_limit IS NULL', key: null, desc: false, index: 'party_by_credit' },
      ]
    case 'last_contact':
    case 'next_contact':
      return [
        { where: `p.${field} IS NOT NULL`, key: `p.${field}`, desc, index: `party_by_${field}` },
        { where: `p.${field} IS NULL`, key: null, desc: false, index: `party_by_${field}` },
      ]
  }
}

export function orderBy(s: Stretch): string {
  const way = s.desc ? 'DESC' : 'ASC'
  return s.key === null ? `p.pk ${way}` : `${s.key} ${way}, p.pk ${way}`
}

/** Where a reader stands: the last row it has seen, by stretch, sort key and pk. */
export type Cursor = [stretch: number, key: string | number | null, pk: number]

/** Rows of the stretch after the cursor: a row-value comparison, which SQLite turns into a seek of the index. */
export function after(s: Stretch, cursor: Cursor): { sql: string; params: unknown[] } {
  const sign = s.desc ? '<' : '>'
  if (s.key === null) return { sql: `p.pk ${sign} ?`, params: [cursor[2]] }
  return { sql: `(${s.key}, p.pk) ${sign} (?, ?)`, params: [cursor[1], cursor[2]] }
}

export const writeCursor = (cursor: Cursor): string => JSON.stringify(cursor)

/** Null for text that is no cursor of this order. */
export function readCursor(text: string, stretchCount: number): Cursor | null {
  try {
    const value: unknown = JSON.parse(text)
    if (!Array.isArray(value) || value.length !== 3) return null
    const [stretch, key, pk] = value as unknown[]
    if (typeof stretch !== 'number' || !Number.isInteger(stretch) || stretch < 0 || stretch >= stretchCount) return null
    if (typeof pk !== 'number' || !(key === null || typeof key === 'string' || typeof key === 'number')) return null
    return [stretch, key, pk]
  } catch {
    return null
  }
}
