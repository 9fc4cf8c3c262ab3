import { appendFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock, Log } from './context.ts'

const LIMIT = 1_000_000

/**
 * One JSON line an event, for support: in `daftar.log` of the data folder (one older file is kept). While that cannot be written (full disk,
 * read-only or missing folder) the lines are dropped: the host says the trouble in a sentence; with DAFTAR_DEBUG set they go to stderr.
 * Logging never fails a call.
 */
export function fileLog(folder: string, clock: Clock): Log {
  const path = join(folder, 'daftar.log')
  const put = (line: Record<string, unknown>) => {
    const text = `${JSON.stringify({ at: new Date(clock.now()).toISOString(), ...line })}\n`
    try {
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LIMIT) renameSync(path, `${path}.1`)
      appendFileSync(path, text, { mode: 0o600 })
    } catch {
      if (process.env['DAFTAR_DEBUG']) process.stderr.write(text)
    }
  }
  return {
    info: (event, data) => put({ event, ...data }),
    error: (event, error, data) =>
      put({ event, ...data, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  }
}
