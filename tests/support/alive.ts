import type { Db } from '../../main/db/open.ts'
import { type Dump, dump } from './replay.ts'

/** The captured columns of every row that is not deleted, and who is listed and found: what a person sees of the book. */
export function alive(db: Db): Dump {
  const tables = Object.entries(dump(db)).map(([name, rows]) => [name, rows.filter((row) => row['deleted'] === 0)])
  const derived = db.raw
    .prepare('SELECT id, name, name_sort, city, province, city_sort, phones FROM party WHERE deleted = 0 ORDER BY pk')
    .all()
  return { ...Object.fromEntries(tables), derived }
}
