import type { Ctx } from '../../engine/context.ts'
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
  try {
    const found = ctx.db.raw.pragma('integrity_check(20)') as Array<{ integrity_check: string }>
    const bad = found.map((row) => row.integrity_check).filter((text) => text !== 'ok')
    if (bad.length > 0) problems.push({ code: 'INTEGRITY', count: bad.length, sample: bad[0]!.slice(0, 300) })
    const orphans = ctx.db.raw.pragma('foreign_key_check') as unknown[]
    if (orphans.length > 0)
      problems.push({ code: 'FOREIGN_KEY', count: orphans.length, sample: JSON.stringify(orphans[0]) })
  } catch (error) {
    // On a damaged file the pragma throws instead of answering.
    problems.push({ code: 'INTEGRITY', count: 1, sample: String(error).slice(0, 300) })
  }
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
