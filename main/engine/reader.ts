import { Worker } from 'node:worker_threads'
import { tellsOfDamage } from '../db/damaged.ts'
import { openDb } from '../db/open.ts'

/** What a job is given besides its input. */
export interface JobCall<P> {
  /** Tells whoever waits how far it is; plain data. */
  progress(value: P): void
  /** True when the caller no longer wants it. Read often: it costs a memory read. */
  stopped(): boolean
}

/**
 * Long reading (backup, export, check, search for duplicates) that must not keep the engine from answering. Runs in a thread of its own
 * with connections of its own; it opens the book read-only and writes, if at all, new files beside it. Input, progress and output are
 * plain data. Listed in main/engine/jobs.ts, by whose name the thread finds it.
 */
export interface Job<I, O, P = never> {
  name: string
  /** Of a job that holds little at a time: more than this is not for it. What is no longer needed is swept the sooner, the less it may have. */
  heapMb?: number
  run(input: I, call: JobCall<P>): O | Promise<O>
}

export interface JobOptions<P> {
  signal?: AbortSignal | undefined
  onProgress?: (value: P) => void
}

export interface Reader {
  /** Runs a job to its end. Rejects with what the job threw (its `code` kept), with the signal's reason when aborted. */
  run<I, O, P>(job: Job<I, O, P>, input: I, options?: JobOptions<P>): Promise<O>
}

export interface ReaderData {
  job: string
  input: unknown
  /** One Int32: 1 asks the job to stop. */
  stop: SharedArrayBuffer
}
export type ReaderMessage =
  | { type: 'progress'; value: unknown }
  | { type: 'done'; value: unknown }
  | { type: 'failed'; error: { name: string; message: string; code: string | undefined; data: unknown } }

/** What another thread's error is here: the same name, message, code and data. */
export class JobError extends Error {
  readonly code: string | undefined
  readonly data: unknown

  constructor(error: { name: string; message: string; code: string | undefined; data: unknown }) {
    super(error.message)
    this.name = error.name
    this.code = error.code
    this.data = error.data
  }
}

/** A job that does not look at `stopped()` for this long is ended with its thread; its connection only reads. */
const PATIENCE_MS = 5000

/**
 * Megabytes of short-lived things before they are swept. Rows, texts and pages come and go by the million here; with the room a thread gets by
 * default more than a hundred megabytes of what is no longer needed pile up.
 */
const MAX_YOUNG_MB = 16

/** A thread a job: memory goes back with it, and one that dies takes nothing along. @param script URL of reader-worker.ts, or of its bundle */
export function threadReader(script: URL): Reader {
  return {
    run: (job, input, { signal, onProgress } = {}) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        const stop = new SharedArrayBuffer(4)
        const data: ReaderData = { job: job.name, input, stop }
        const worker = new Worker(script, {
          workerData: data,
          resourceLimits: {
            maxYoungGenerationSizeMb: MAX_YOUNG_MB,
            ...(job.heapMb !== undefined && { maxOldGenerationSizeMb: job.heapMb }),
          },
        })
        let patience: NodeJS.Timeout | undefined
        const abort = () => {
          Atomics.store(new Int32Array(stop), 0, 1)
          patience = setTimeout(() => void worker.terminate(), PATIENCE_MS)
        }
        signal?.addEventListener('abort', abort, { once: true })
        worker.on('message', (message: ReaderMessage) => {
          if (message.type === 'progress') onProgress?.(message.value as never)
          else if (message.type === 'done') resolve(message.value as never)
          else reject(new JobError(message.error))
        })
        worker.once('error', reject)
        worker.once('exit', (code) => {
          clearTimeout(patience)
          signal?.removeEventListener('abort', abort)
          reject(signal?.aborted ? signal.reason : new Error(`${job.name} ended with code ${code}`))
        })
      }),
  }
}

/** In this thread, for the command line and tests: nobody waits behind it there. */
export function inlineReader(): Reader {
  return {
    async run(job, input, { signal, onProgress } = {}) {
      signal?.throwIfAborted()
      const result = await job.run(structuredClone(input), {
        progress: (value) => onProgress?.(structuredClone(value)),
        stopped: () => signal?.aborted ?? false,
      })
      signal?.throwIfAborted()
      return structuredClone(result)
    },
  }
}

/** SQLite's words about a whole file: 'ok', or what is wrong. A file that could not be opened for another reason is not called damaged. */
export const quickCheck: Job<{ file: string }, string> = {
  name: 'quickCheck',
  run({ file }) {
    try {
      const db = openDb(file, { readonly: true })
      try {
        return String(db.raw.pragma('quick_check(1)', { simple: true }))
      } finally {
        db.close()
      }
    } catch (error) {
      // quick_check throws on a file it cannot walk.
      const words = `${(error as { code?: string }).code} ${error}`
      return tellsOfDamage(words) ? String(error) : 'ok'
    }
  },
}
