import { rmSync } from 'node:fs'
import type { ImportProblem, ImportSummary, imports } from '../../../shared/contract/imports.ts'
import { cancelBatch, setBatchState } from '../../db/batch.ts'
import { write } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { undo } from '../history/undo.ts'
import { folderOf, importOf, optionsOf } from './batch-row.ts'
import { previewOf } from './preview.ts'
import { claim, follow, runImport } from './run.ts'
import { stageFile } from './stage.ts'

const OPEN_STATES = new Set(['staged', 'interrupted', 'cancelled'])

export const importsService: Service<typeof imports> = {
  stage: (ctx, { file }) => stageFile(ctx, file),

  preview: (ctx, { id, mapping }, { signal }) => {
    const batch = importOf(ctx, id)
    if (!OPEN_STATES.has(batch.state)) fail('NOT_FOUND', { kind: 'import' })
    return previewOf(ctx, batch, mapping, signal)
  },

  run: (ctx, { id, mapping, skip_known, start }, { signal }) => {
    const options = optionsOf(importOf(ctx, id))
    const chosen = JSON.stringify({ ...options, mapping: mapping ?? options.mapping, skip_known })
    const job = start && claim(ctx, id, chosen) ? runImport(ctx, id) : null
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
    if (batch.state === 'done' || batch.state === 'undone') return {}
    // What came in already stays in, and stays in the list, so that it can still be undone.
    if (batch.done > 0) setBatchState(ctx, id, 'done')
    else
      write(ctx, 'imports.discard', (tx) => {
        tx.db.prepare('DELETE FROM batch WHERE id = ?').run(id)
        tx.touched.add('batch')
      })
    rmSync(folderOf(ctx, id), { recursive: true, force: true })
    return {}
  },

  list: (ctx) => {
    const rows = ctx.db
      .prepare(
        `SELECT id, file_name, kind AS format, state, total, done, added, failed, created_at, user_id,
           max(0, (SELECT count(*) FROM batch_problem p WHERE p.batch_id = batch.id) - failed) AS warned
         FROM batch ORDER BY created_at DESC, id DESC LIMIT 200`,
      )
      .all()
    return rows as ImportSummary[]
  },

  problems: (ctx, { id, after, limit }) => {
    importOf(ctx, id)
    const rows = ctx.db
      .prepare('SELECT problems, cells FROM batch_problem WHERE batch_id = ? AND row > ? ORDER BY row LIMIT ?')
      .all(id, after ?? -1, limit) as Array<Record<'problems' | 'cells', string>>
    const { total } = ctx.db
      .prepare('SELECT coalesce(sum(json_array_length(problems)), 0) AS total FROM batch_problem WHERE batch_id = ?')
      .get(id) as { total: number }
    const problems = rows.flatMap((row) => {
      const cells = JSON.parse(row.cells) as string[]
      return (JSON.parse(row.problems) as ImportProblem[]).map((problem) => ({ ...problem, cells }))
    })
    return { problems, total }
  },

  undo: async (ctx, { id }) => {
    const batch = importOf(ctx, id)
    cancelBatch(ctx, id)
    const nothing = { change: null, restored: 0, kept_total: 0 }
    const { change, restored, kept_total } = batch.added > 0 ? await undo(ctx, { batch: id }) : nothing
    setBatchState(ctx, id, 'undone')
    rmSync(folderOf(ctx, id), { recursive: true, force: true })
    return { change, restored, kept_total }
  },
}
