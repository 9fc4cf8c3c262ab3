import type { Db } from '../db/open.ts'
import type { State } from './state.ts'

/** Numbers of authors as cells name them; they hold within an epoch. */
export interface Authors {
  siteOf(by: number): string
  userOf(by: number): string | null
  /** The numbers that stand for this very life. */
  readonly own: ReadonlySet<number>
  /** Up to which of its own numbers this book's past holds a site (merge.ts Writer). */
  knows(site: string): number
}

/** For changes of this book that wait: no number of the server. */
export const OWN_BY = -1

export function authorsOf(db: Db, state: State): Authors {
  const rows = db.prepare('SELECT n, site, user FROM sync_author').all() as {
    n: number
    site: string
    user: string | null
  }[]
  const all = new Map(rows.map((r) => [r.n, r]))
  const past = new Map<string, number>([...state.ancestors, [state.site, Number.POSITIVE_INFINITY]])
  return {
    own: new Set(rows.filter((r) => r.site === state.site).map((r) => r.n)),
    siteOf: (by) => (by === OWN_BY ? state.site : (all.get(by)?.site ?? '')),
    userOf: (by) => (by === OWN_BY ? state.user : (all.get(by)?.user ?? null)),
    knows: (site) => past.get(site) ?? -1,
  }
}

export function saveAuthors(db: Db, authors: readonly (readonly [number, string, string | null])[]): void {
  const put = db.prepare(
    'INSERT INTO sync_author (n, site, user) VALUES (?, ?, ?) ON CONFLICT (n) DO UPDATE SET site = excluded.site, user = excluded.user',
  )
  for (const [n, site, user] of authors) put.run(n, site, user)
}

export const lastAuthor = (db: Db): number =>
  (db.prepare('SELECT coalesce(max(n), 0) AS n FROM sync_author').get() as { n: number }).n
