import { Worker } from 'node:worker_threads'
import type { ReadOptions } from './facts.ts'
import { ParseError, type ParseErrorCode } from './parse-error.ts'
import type { ParsedFile } from './parse-file.ts'

/** A workbook near the limits may need this much; beyond it the worker ends, not the engine. */
const MAX_HEAP_MB = 1536
/**
 * Reading is row after row of short-lived text. With the room that so large a heap gets for it by default, a hundred megabytes of what is
 * no longer needed pile up before they are swept.
 */
const MAX_YOUNG_MB = 12

/** In the sources the worker is a .ts file beside this one, in a bundle an .mjs file beside the bundle. */
function startWorker(workerData: { path: string; rowsPath: string; options: ReadOptions }): Worker {
  const file = `./parse-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.mjs'}`
  return new Worker(new URL(file, import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: MAX_YOUNG_MB },
  })
}

/**
 * parseFile in a thread of its own, so that a big workbook never keeps the engine from answering. Throws ParseError; the signal's reason
 * when aborted.
 */
export function parseInWorker(
  path: string,
  rowsPath: string,
  options: ReadOptions = {},
  signal?: AbortSignal,
): Promise<ParsedFile> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const worker = startWorker({ path, rowsPath, options })
    const abort = () => void worker.terminate()
    signal?.addEventListener('abort', abort, { once: true })
    worker.once('message', (answer: { parsed?: ParsedFile; code?: ParseErrorCode }) => {
      if (answer.parsed) resolve(answer.parsed)
      else reject(new ParseError(answer.code ?? 'BROKEN_FILE'))
      void worker.terminate()
    })
    worker.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ParseError('UNPACKS_TOO_LARGE') : error)
    })
    worker.once('exit', () => {
      signal?.removeEventListener('abort', abort)
      reject(signal?.aborted ? signal.reason : new ParseError('BROKEN_FILE'))
    })
  })
}
