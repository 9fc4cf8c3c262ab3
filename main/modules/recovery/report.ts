import type { RecoveredBook, RecoveryWay } from '../../../shared/contract/recovery.ts'
import type { BringUpOutput } from './bring-up.ts'
import type { SalvageOutput } from './job.ts'

export type Made = BringUpOutput | SalvageOutput

/** What came of a job, as the contract tells it. */
export function madeBook(way: RecoveryWay, made: Made, now: number): RecoveredBook {
  const sound = made.problems.length === 0
  const common = { way, made_at: now, counts: made.counts, sound }
  if ('tables' in made) {
    const tables = made.tables.filter(({ saved, lost }) => saved > 0 || lost > 0)
    return { ...common, backup: null, salvage: { tables, orphans: made.orphans, owner_made: made.owner_made } }
  }
  const { same_line, changes, changes_lost, lines_lost, rows } = made.replayed
  return {
    ...common,
    backup: {
      copy: made.copy,
      damaged_copies: made.damaged_copies,
      same_line,
      changes,
      changes_lost,
      lines_lost,
      rows,
    },
    salvage: null,
  }
}
