import { SEARCH_VERSION } from '../../../shared/domain/search-tokens.ts'
import { SORT_VERSION } from '../../../shared/domain/sort-key.ts'
import { finishBook, type Salvaged, salvage } from '../../db/salvage.ts'
import { uuidV7 } from '../../engine/ids.ts'
import type { Job, JobCall } from '../../engine/reader.ts'
import type { CheckProblem, Module } from '../module.ts'
import { aloneCtx, type Counts, countsOf, deriveAll, type Orphans, orphansOf, problemsIn } from './furnish.ts'
import { salvageRules } from './rules.ts'

export interface SalvageInput {
  file: string
  /** The new book; nothing else is written. */
  target: string
  /** Epoch ms. */
  now: number
  ownerName: string
}
export interface RecoveryProgress {
  phase: 'copy' | 'read' | 'log' | 'derive' | 'check'
  done: number
  /** 0: not known. */
  total: number
}
export interface SalvageOutput extends Salvaged {
  /** What `check` finds in the new book; nothing, unless a part of the program is wrong. */
  problems: CheckProblem[]
  orphans: Orphans[]
  counts: Counts
}

export const VERSIONS = { search: SEARCH_VERSION, sort: SORT_VERSION }

/** Makes a new book of what can be read in a damaged file, complete with derived data and checked. For the modules of the engine that asks. */
export function salvageJob(modules: readonly Module[]): Job<SalvageInput, SalvageOutput, RecoveryProgress> {
  return {
    name: 'recovery.salvage',
    async run(input, call) {
      const ids = uuidV7({ now: () => input.now })
      const { db, salvaged } = salvage({
        ...input,
        versions: VERSIONS,
        tables: modules.flatMap((module) => module.tables),
        rules: salvageRules(),
        newId: () => ids.next(),
        step: (phase, done, total) => step(call, { phase, done, total }),
      })
      try {
        const ctx = aloneCtx(db, modules, input.now, ids)
        step(call, { phase: 'derive', done: 0, total: 0 })
        deriveAll(ctx)
        step(call, { phase: 'check', done: 0, total: 0 })
        const problems = await problemsIn(ctx)
        const found = { orphans: orphansOf(db), counts: countsOf(db) }
        finishBook(db)
        return { ...salvaged, problems, ...found }
      } finally {
        if (db.raw.open) db.close()
      }
    },
  }
}

export function step(call: JobCall<RecoveryProgress>, progress: RecoveryProgress): void {
  if (call.stopped()) throw new DOMException('stopped', 'AbortError')
  call.progress(progress)
}
