import type { Ctx } from '../../engine/context.ts'
import { integrityCheck } from '../../engine/reader.ts'
import type { CheckProblem } from '../module.ts'

export interface CheckResult {
  ok: boolean
  problems: CheckProblem[]
  counts: Record<string, number>
}

/** What a table holds, for the report: customers, notes, changes … */
const COUNTED = ['party', 'party_channel', 'activity', 'tag', 'user', 'change_tx', 'change'] as const

/** SQLite's integrity_check, then each module's own part (search index against rows, log against rows). */
export async function check(ctx: Ctx): Promise<CheckResult> {
  const problems: CheckProblem[] = []
  // Off this thread: on a large book it takes seconds, and everybody else would wait.
  const bad = await ctx.reader.run(integrityCheck, { file: ctx.db.file })
  if (bad.length > 0) {
    // What would be counted and compared next cannot be read.
    const problem = { code: 'INTEGRITY', count: bad.length, sample: bad[0]!.slice(0, 300) }
    return { ok: false, problems: [problem], counts: {} }
  }
  const orphans = ctx.db.raw.pragma('foreign_key_check') as unknown[]
  if (orphans.length > 0)
    problems.push({ code: 'FOREIGN_KEY', count: orphans.length, sample: JSON.stringify(orphans[0]) })
  for (const module of ctx.modules) problems.push(...((await module.check?.(ctx)) ?? []))
  const counts: Record<string, number> = {}
  for (const table of COUNTED) counts[table] = count(ctx, table)
  return { ok: problems.length === 0, problems, counts }
}

export function count(ctx: Ctx, table: string): number {
  const columns = ctx.db.raw.pragma(`table_info(${table})`) as Array<{ name: string }>
  const where = columns.some((column) => column.name === 'deleted') ? ' WHERE deleted = 0' : ''
  return (ctx.db.prepare(`SELECT count(*) AS n FROM ${table}${where}`).get() as { n: number }).n
}
