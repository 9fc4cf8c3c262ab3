import { setTimeout as pause } from 'node:timers/promises'
import type { ExportProgress, ExportRequest } from '../../../shared/contract/exports.ts'
import type { Ctx } from '../../engine/context.ts'
import { makeFolder, removeFolder } from './folder.ts'
import { type ExportResult, exportJob, type Far } from './job.ts'
import { planSheets } from './sheet-plan.ts'

const PROGRESS_MS = 200

/**
 * Runs the job on the reader and tells about five times a second how far it is; the last word names the files. When the caller goes away, or
 * anything fails, the job is stopped and its folder removed.
 */
export async function* start(
  ctx: Ctx,
  request: ExportRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportProgress, void, void> {
  const id = ctx.ids.next()
  const began = ctx.clock.now()
  const stop = new AbortController()
  const abort = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  let far: Far = { done: 0, total: 0 }
  let result: ExportResult | null = null
  let job: Promise<void> | null = null
  try {
    signal?.throwIfAborted()
    const input = {
      book: ctx.db.file,
      folder: makeFolder(ctx, id),
      now: began,
      request,
      sheets: request.what === 'everything' ? planSheets(ctx.modules, request.private) : [],
    }
    const onProgress = (value: Far) => {
      far = value
    }
    job = ctx.reader.run(exportJob, input, { signal: stop.signal, onProgress }).then(
      (value) => {
        result = value
      },
      (error: unknown) => {
        // Who stopped it hears just that.
        stop.signal.throwIfAborted()
        throw error
      },
    )
    // Who awaits it hears of a failure; nobody else needs to.
    job.catch(() => {})
    while (result === null) {
      yield progressOf(id, far, began, ctx.clock.now())
      await Promise.race([pause(PROGRESS_MS, undefined, { ref: false }), job])
    }
    const { files, cut } = result as ExportResult
    yield { ...progressOf(id, { ...far, done: far.total }, began, ctx.clock.now()), state: 'done', left: 0, files, cut }
  } finally {
    signal?.removeEventListener('abort', abort)
    if (result === null) {
      stop.abort()
      // Its thread still writes until it has ended.
      await job?.catch(() => {})
      removeFolder(ctx, id)
    }
  }
}

function progressOf(id: string, { done, total }: Far, began: number, now: number): ExportProgress {
  const seconds = (now - began) / 1000
  const rate = seconds > 0.05 ? done / seconds : 0
  const left = rate > 0 ? Math.round(((total - done) / rate) * 10) / 10 : null
  return { id, state: 'running', done, total, rate: Math.round(rate), left, files: [], cut: 0 }
}
