import { ORPCError } from '@orpc/client'
import type { BatchProgress } from '../db/batch.ts'
import type { Outcome } from './commands.ts'
import type { Say } from './text.ts'

type Stopped = Pick<BatchProgress, 'id' | 'done' | 'total' | 'added'>

/** Long work that failed after some of it was saved: why, how much is in, and how to take that back. */
export function stopped(error: unknown, { id, done, total, added }: Stopped, say: Say): Outcome {
  const code = error instanceof ORPCError ? error.code : 'INTERNAL_SERVER_ERROR'
  const line = say(code === 'DISK_FULL' ? 'cli:stoppedFull' : 'cli:stopped', { id, total, added, code })
  return { ok: false, data: { id, done, total, added, error: { code, message: line } }, lines: [line] }
}
