import type { RecoveredBook, RecoveryWay } from '../../../shared/contract/recovery.ts'
import type { BringUpOutput } from './bring-up.ts'
import type { SalvageOutput } from './job.ts'

export type Made = BringUpOutput | SalvageOutput

/** Neither a customer nor a note: what else was saved is of no use without them. */
export const savedNobody = (tables: SalvageOutput['tables']): boolean =>
  tables.every(({ table, saved }) => saved === 0 || (table !== 'party' && table !== 'activity'))

/** What came of a job, as the contract tells it. */
export function madeBook(way: RecoveryWay, made: Made, now: number): RecoveredBook {
  const sound = made.problems.length === 0
  const common = { way, made_at: now, counts: made.counts, sound }
  if ('tables' in made) {
    const tables = made.tables.filter(({ saved, lost }) => saved > 0 || lost > 0)
    const { orphans, owner_made } = made
    // A book in which nobody had begun yet, whole but for what made it damaged, is one all the same.
    const nothing = savedNobody(tables) && (owner_made || tables.some(({ lost }) => lost > 0))
    return { ...common, backup: null, salvage: { tables, orphans, owner_made, nothing } }
  }
  const { line, changes, changes_lost, lines_lost, rows } = made.replayed
  return {
    ...common,
    backup: {
      copy: made.copy,
      damaged_copies: made.damaged_copies,
      line,
      changes,
      changes_lost,
      lines_lost,
      rows,
    },
    salvage: null,
  }
}
