import { type Db, openDb } from '../../db/open.ts'
import type { Ctx } from '../../engine/context.ts'
import type { Job } from '../../engine/reader.ts'
import type { CheckProblem, Module } from '../module.ts'

export interface CheckResult {
  ok: boolean
  problems: CheckProblem[]
  counts: Record<string, number>
}

/** What a table holds, for the report: customers, notes, changes … */
const COUNTED = ['party', 'party_channel', 'activity', 'tag', 'user', 'change_tx', 'change'] as const

/** checkBook on a connection of its own, off the engine's thread: on a large book it takes long, and everybody else would wait. */
export const checkJob = (modules: readonly Module[]): Job<{ file: string }, CheckResult> => ({
  name: 'check',
  async run({ file }) {
    let db: Db | undefined
    try {
      db = openDb(file, { readonly: true })
      // One moment of the book, whatever is written meanwhile.
      db.raw.exec('BEGIN')
      return await checkBook({ db, modules })
    } catch (error) {
      // On a damaged file a pragma throws instead of answering.
      return damaged([String(error)])
    } finally {
      db?.close()
    }
  },
})

/** SQLite's integrity_check, then each module's own part (search index against rows, log against rows). */
export async function checkBook({ db, modules }: Pick<Ctx, 'db' | 'modules'>): Promise<CheckResult> {
  const found = db.raw.pragma('integrity_check(20)') as Array<{ integrity_check: string }>
  const bad = found.map((row) => row.integrity_check).filter((text) => text !== 'ok')
  // What would be counted and compared next cannot be read.
  if (bad.length > 0) return damaged(bad)
  const problems: CheckProblem[] = []
  const orphans = db.raw.pragma('foreign_key_check') as unknown[]
  if (orphans.length > 0)
    problems.push({ code: 'FOREIGN_KEY', count: orphans.length, sample: JSON.stringify(orphans[0]) })
  for (const module of modules) problems.push(...((await module.check?.({ db })) ?? []))
  const counts: Record<string, number> = {}
  for (const table of COUNTED) counts[table] = count({ db }, table)
  return { ok: problems.length === 0, problems, counts }
}

const damaged = (bad: string[]): CheckResult => ({
  ok: false,
  problems: [{ code: 'INTEGRITY', count: bad.length, sample: bad[0]!.slice(0, 300) }],
  counts: {},
})

export function count({ db }: { db: Db }, table: string): number {
  const columns = db.raw.pragma(`table_info(${table})`) as Array<{ name: string }>
  const where = columns.some((column) => column.name === 'deleted') ? ' WHERE deleted = 0' : ''
  return (db.prepare(`SELECT count(*) AS n FROM ${table}${where}`).get() as { n: number }).n
}
