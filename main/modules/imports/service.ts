import type { ImportProblem, ImportSummary, imports } from '../../../shared/contract/imports.ts'
import { cancelBatch, setBatchState } from '../../db/batch.ts'
import { write } from '../../db/write.ts'
import type { Service } from '../../rpc/service.ts'
import { undo } from '../history/undo.ts'
import { isUndoing } from '../history/undoing.ts'
import { importOf, openImportOf, optionsOf } from './batch-row.ts'
import { choose, forgetChoices } from './choices.ts'
import { previewOf } from './preview.ts'
import { reportOf } from './report.ts'
import { claim, follow, removeFiles, runImport } from './run.ts'
import { rereadFile, stageFile } from './stage.ts'

/** Nothing of the file waits to be brought in any more. */
const OVER = new Set(['done', 'undoing', 'undone'])

export const importsService: Service<typeof imports> = {
  stage: (ctx, { file }, { signal }) => stageFile(ctx, file, signal),
  reread: (ctx, { id, options }, { signal }) => rereadFile(ctx, id, options, signal),
  preview: (ctx, { id, ...input }, { signal }) => previewOf(ctx, openImportOf(ctx, id), input, signal),
  choose: (ctx, { id, rows }) => ({ chosen: choose(ctx, openImportOf(ctx, id).id, rows) }),

  run: (ctx, { id, mapping, on_duplicate, start }, { signal }) => {
    const options = optionsOf(importOf(ctx, id))
    if (mapping) options.mapping = mapping
    if (on_duplicate) options.on_duplicate = on_duplicate
    const job = start && claim(ctx, id, options) ? runImport(ctx, id) : null
    // A window that closes leaves nobody to hear of a failure; the log and the state 'interrupted' still tell it.
    job?.catch((error: unknown) => ctx.log.error('imports.run', error, { id }))
    return follow(ctx, id, job, signal)
  },

  cancel: (ctx, { id }) => {
    if (importOf(ctx, id).state === 'running') cancelBatch(ctx, id)
    return {}
  },

  discard: (ctx, { id }) => {
    const batch = importOf(ctx, id)
    if (OVER.has(batch.state)) return {}
    // What came in already stays in, and stays in the list, so that it can still be undone.
    if (batch.done > 0) setBatchState(ctx, id, 'done')
    else
      write(ctx, 'imports.discard', (tx) => {
        tx.db.prepare('DELETE FROM batch WHERE id = ?').run(id)
        forgetChoices(tx.db, id)
        tx.touched.add('batch')
      })
    removeFiles(ctx, id)
    return {}
  },

  list: (ctx) => {
    const rows = ctx.db
      .prepare(
        `SELECT id, file_name, kind AS format, state, total, done, added, filled, updated, failed, created_at, user_id,
           done - added - filled - updated - failed AS skipped,
           max(0, (SELECT count(*) FROM batch_problem p WHERE p.batch_id = batch.id) - failed) AS warned
         FROM batch ORDER BY created_at DESC, id DESC LIMIT 200`,
      )
      .all() as Omit<ImportSummary, 'undo_runs'>[]
    return rows.map((row) => ({ ...row, undo_runs: isUndoing(ctx, row.id) }))
  },

  problems: (ctx, { id, after, limit, failed }) => {
    importOf(ctx, id)
    const which = `batch_id = ?${failed ? ' AND came = 0' : ''}`
    const rows = ctx.db
      .prepare(`SELECT problems, cells, came FROM batch_problem WHERE ${which} AND row > ? ORDER BY row LIMIT ?`)
      .all(id, after ?? -1, limit) as Array<{ problems: string; cells: string; came: number }>
    const { total } = ctx.db
      .prepare(`SELECT coalesce(sum(json_array_length(problems)), 0) AS total FROM batch_problem WHERE ${which}`)
      .get(id) as { total: number }
    const problems = rows.flatMap((row) => {
      const cells = JSON.parse(row.cells) as string[]
      return (JSON.parse(row.problems) as ImportProblem[]).map((p) => ({ ...p, cells, came: row.came === 1 }))
    })
    return { problems, total }
  },

  report: (ctx, { id, ...words }) => reportOf(ctx, importOf(ctx, id), words),

  undo: async (ctx, { id }) => {
    const nothing = { change: null, restored: 0, kept_total: 0 }
    if (importOf(ctx, id).state === 'undone') return nothing
    cancelBatch(ctx, id)
    // From here on nothing of it is written any more.
    const { added, filled, updated } = importOf(ctx, id)
    const wrote = added + filled + updated > 0
    const { change, restored, kept_total } = wrote ? await undo(ctx, { batch: id }) : nothing
    setBatchState(ctx, id, 'undone')
    removeFiles(ctx, id)
    return { change, restored, kept_total }
  },
}
