import { ORPCError } from '@orpc/server'
import { errorCode, rethrow } from '../db/sqlite-errors.ts'
import type { Log } from '../engine/context.ts'

/** Codes go through; what SQLite or the disk says becomes a code; anything else is written to the log and told to nobody. */
export function translate(error: unknown, path: string, log: Log): ORPCError<string, unknown> {
  if (error instanceof ORPCError) {
    if (error.status >= 500) log.error('rpc.failed', error.cause ?? error, { path })
    return error
  }
  if (error instanceof Error && error.name === 'AbortError') return new ORPCError('CLIENT_CLOSED_REQUEST')
  log.error('rpc.failed', error, { path })
  try {
    if (errorCode(error)) rethrow(error)
  } catch (mapped) {
    if (mapped instanceof ORPCError) return mapped
  }
  return new ORPCError('INTERNAL_SERVER_ERROR')
}

type Stream = AsyncIteratorObject<unknown>

const isStream = (value: unknown): value is Stream =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value

/** An answer as it is; of a stream also the errors that come while it runs are translated by `told`. */
export function translating(output: unknown, told: (error: unknown) => Error): unknown {
  if (!isStream(output)) return output
  const source = output
  async function* translated() {
    try {
      for (;;) {
        const step = await source.next()
        if (step.done) return step.value
        yield step.value
      }
    } catch (error) {
      throw told(error)
    } finally {
      await source.return?.()
    }
  }
  return translated()
}
