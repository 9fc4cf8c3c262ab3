import { execFileSync } from 'node:child_process'
import { closeSync, copyFileSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../../scripts/build.mjs'
import { openBook, round } from './book.ts'

export const name = 'export'

const EXPORTER = fileURLToPath(new URL('./process/export-once.mjs', import.meta.url))

interface Once {
  what: string
  ms: number
  rows: number
  bytes: number
  rss_before_mb: number
  peak_rss_mb: number
  ping_p99_ms: number
  ping_worst_ms: number
}

/**
 * A whole book as CSV, Excel, contacts and everything, by the engine as it is shipped: time, rows a second, ratio to copying the file of the
 * book (and having it on the disk) in the same run, the resident memory of the engine's process before and at its highest, and what a ping of
 * the engine waits meanwhile. The copy is what is exported, so a book that was given (DAFTAR_BENCH_BOOK) stays as it is.
 */
export async function run(options: { scale?: number } = {}) {
  build('hosts')
  const base = mkdtempSync(join(tmpdir(), 'daftar-bench-export-'))
  try {
    const book = await openBook(options.scale ?? 1_000_000)
    const { file } = book.ctx.db
    const { n: customers } = book.ctx.db.prepare('SELECT count(*) AS n FROM party').get() as { n: number }
    book.ctx.db.raw.pragma('wal_checkpoint(TRUNCATE)')
    const copy = copied(file, join(base, 'daftar.db'))
    const rows: Array<Record<string, string | number>> = [
      { customers, what: 'copy of the book', ms: Math.round(copy), mb: megabytes(statSync(file).size), of_copy: 1 },
    ]
    book.close()
    const results = JSON.parse(execFileSync(process.execPath, [EXPORTER, base], { encoding: 'utf8' })) as Once[]
    for (const { what, ms, bytes, rows: count, ...rest } of results) {
      rows.push({
        customers,
        what,
        ms: Math.round(ms),
        mb: megabytes(bytes),
        of_copy: round(ms / copy),
        rows: count,
        rows_per_s: Math.round((count / ms) * 1000),
        rss_before_mb: Math.round(rest.rss_before_mb),
        peak_rss_mb: Math.round(rest.peak_rss_mb),
        ping_p99_ms: round(rest.ping_p99_ms),
        ping_worst_ms: round(rest.ping_worst_ms),
      })
    }
    return { name, rows }
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

const megabytes = (bytes: number) => round(bytes / 2 ** 20)

function copied(from: string, to: string): number {
  const began = performance.now()
  copyFileSync(from, to)
  const file = openSync(to, 'r+')
  fsyncSync(file)
  closeSync(file)
  return performance.now() - began
}
