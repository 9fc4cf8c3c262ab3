import { mkdirSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { wallTime } from '../../../shared/domain/jalali.ts'
import { tidy } from '../../../shared/domain/persian-text.ts'
import { rethrow } from '../../db/sqlite-errors.ts'
import { write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import { folderOf, type ImportOptions, rowsPathOf } from './batch-row.ts'
import { guessMapping } from './guess.ts'
import { MAX_FILE_BYTES } from './parse/limits.ts'
import { parseInWorker } from './parse/parse.ts'
import { ParseError } from './parse/parse-error.ts'
import type { ParsedFile } from './parse/parse-file.ts'

export interface Staged {
  id: string
  format: ParsedFile['format']
  headers: string[]
  mapping: ImportOptions['mapping']
  total: number
}

/** Keeps the file in `<folder>/imports/<id>`, reads it in a worker and guesses its columns. Fails with the codes of `imports.stage`. */
export async function stageFile(ctx: Ctx, file: File): Promise<Staged> {
  if (file.size === 0) fail('EMPTY_FILE')
  if (file.size > MAX_FILE_BYTES) fail('FILE_TOO_LARGE', { limit: MAX_FILE_BYTES })
  const id = ctx.ids.next()
  const folder = folderOf(ctx, id)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    await save(file, join(folder, 'source'))
    const parsed = await parseInWorker(join(folder, 'source'), rowsPathOf(ctx, id))
    return record(ctx, id, file.name, parsed)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    if (!(error instanceof ParseError)) rethrow(error)
    fail(error.code, error.code === 'FILE_TOO_LARGE' ? { limit: MAX_FILE_BYTES } : undefined)
  }
}

async function save(file: File, path: string): Promise<void> {
  const target = await open(path, 'wx', 0o600)
  try {
    let size = 0
    for await (const piece of file.stream()) {
      size += piece.byteLength
      if (size > MAX_FILE_BYTES) throw new ParseError('FILE_TOO_LARGE')
      await target.write(piece)
    }
    // A resume after a power cut reads this file and no other.
    await target.sync()
  } finally {
    await target.close()
  }
}

function record(ctx: Ctx, id: string, name: string, parsed: ParsedFile): Staged {
  const width = Math.max(parsed.headers.length, parsed.used.length)
  const columns = parsed.mapping ? Array.from({ length: width }, (_, i) => i).filter((i) => parsed.used[i]) : null
  const pick = <T>(list: readonly T[], otherwise: T): T[] =>
    (columns ?? Array.from({ length: width }, (_, i) => i)).map((i) => list[i] ?? otherwise)
  const headers = pick(parsed.headers, '').map((h) => tidy(h).slice(0, 200))
  const mapping = parsed.mapping ? pick(parsed.mapping, null) : pick(guessMapping(headers, parsed.sample), null)
  const options: ImportOptions = { headers, mapping, columns, skip_known: true, today: wallTime(ctx.clock.now()).day }
  write(ctx, 'imports.stage', (tx) => {
    tx.db
      .prepare(
        "INSERT INTO batch (id, kind, state, user_id, created_at, file_name, options, total) VALUES (?, ?, 'staged', ?, ?, ?, ?, ?)",
      )
      .run(id, parsed.format, ctx.user?.id ?? null, tx.now, fileName(name), JSON.stringify(options), parsed.total)
    tx.touched.add('batch')
  })
  return { id, format: parsed.format, headers, mapping, total: parsed.total }
}

/** Only ever shown, never a path. */
const fileName = (name: string) => tidy(name.split(/[/\\]/).at(-1) ?? '').slice(0, 200)
