import { mkdirSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReadOptions, Staged } from '../../../shared/contract/imports.ts'
import { wallTime } from '../../../shared/domain/jalali.ts'
import { tidy } from '../../../shared/domain/persian-text.ts'
import { rethrow } from '../../db/sqlite-errors.ts'
import { write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import { folderOf, type ImportOptions, openImportOf, optionsOf, rowsPathOf } from './batch-row.ts'
import { guessMapping } from './guess.ts'
import { MAX_FILE_BYTES } from './parse/limits.ts'
import { parseInWorker } from './parse/parse.ts'
import { ParseError } from './parse/parse-error.ts'
import type { ParsedFile } from './parse/parse-file.ts'
import { recallMapping } from './profile.ts'
import { sweepImports } from './sweep.ts'

/** Keeps the file in `<folder>/imports/<id>`, reads it in a worker and guesses its columns. Fails with the codes of `imports.stage`. */
export async function stageFile(ctx: Ctx, file: File, signal: AbortSignal | undefined): Promise<Staged> {
  if (file.size === 0) fail('EMPTY_FILE')
  if (file.size > MAX_FILE_BYTES) fail('FILE_TOO_LARGE', { limit: MAX_FILE_BYTES })
  sweepImports(ctx)
  const id = ctx.ids.next()
  const folder = folderOf(ctx, id)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    await save(file, join(folder, 'source'))
    const { parsed, rows } = await read(ctx, id, {}, signal)
    const { options, remembered } = judge(ctx, parsed, rows)
    const name = fileName(file.name)
    write(ctx, 'imports.stage', (tx) => {
      tx.db
        .prepare(
          "INSERT INTO batch (id, kind, state, user_id, created_at, file_name, options, total) VALUES (?, ?, 'staged', ?, ?, ?, ?, ?)",
        )
        .run(id, parsed.format, ctx.user?.id ?? null, tx.now, name, JSON.stringify(options), parsed.total)
      tx.touched.add('batch')
    })
    return answer(id, name, parsed, options, remembered)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** Reads the kept source again in another way; whatever fails, the import stays as it was. Fails with NOT_FOUND once rows of it came in. */
export async function rereadFile(
  ctx: Ctx,
  id: string,
  wanted: ReadOptions,
  signal: AbortSignal | undefined,
): Promise<Staged> {
  const before = openImportOf(ctx, id)
  if (before.state !== 'staged') fail('NOT_FOUND', { kind: 'import' })
  const { parsed, rows } = await read(ctx, id, wanted, signal)
  const { options, remembered } = judge(ctx, parsed, rows)
  const taken = write(ctx, 'imports.reread', (tx) => {
    // Another reading of it, a run or a discard may have come first.
    const changed = tx.db
      .prepare("UPDATE batch SET kind = ?, total = ?, options = ? WHERE id = ? AND state = 'staged' AND options = ?")
      .run(parsed.format, parsed.total, JSON.stringify(options), id, before.options).changes
    if (changed === 0) return false
    tx.db.prepare('DELETE FROM import_choice WHERE batch_id = ?').run(id)
    tx.touched.add('batch')
    return true
  })
  rmSync(rowsPathOf(ctx, id, taken ? optionsOf(before) : options), { force: true })
  if (!taken) fail('NOT_FOUND', { kind: 'import' })
  return answer(id, before.file_name, parsed, options, remembered)
}

async function save(file: File, path: string): Promise<void> {
  const target = await open(path, 'wx', 0o600)
  try {
    let size = 0
    for await (const piece of file.stream()) {
      size += piece.byteLength
      if (size > MAX_FILE_BYTES) fail('FILE_TOO_LARGE', { limit: MAX_FILE_BYTES })
      await target.write(piece)
    }
    // A resume after a power cut reads this file and no other.
    await target.sync()
  } catch (error) {
    rethrow(error)
  } finally {
    await target.close()
  }
}

async function read(ctx: Ctx, id: string, wanted: ReadOptions, signal: AbortSignal | undefined) {
  const rows = `rows-${ctx.ids.next()}.jsonl`
  const path = rowsPathOf(ctx, id, { rows })
  try {
    return { parsed: await parseInWorker(join(folderOf(ctx, id), 'source'), path, wanted, signal), rows }
  } catch (error) {
    rmSync(path, { force: true })
    if (!(error instanceof ParseError)) rethrow(error)
    fail(error.code, error.code === 'FILE_TOO_LARGE' ? { limit: MAX_FILE_BYTES } : undefined)
  }
}

/** What the columns are: as the last time with these headers, else as the format says, else by what they look like. */
function judge(ctx: Ctx, parsed: ParsedFile, rows: string): { options: ImportOptions; remembered: number | null } {
  const width = Math.max(parsed.headers.length, parsed.used.length)
  const columns = parsed.mapping ? Array.from({ length: width }, (_, i) => i).filter((i) => parsed.used[i]) : null
  const pick = <T>(list: readonly T[], otherwise: T): T[] =>
    (columns ?? Array.from({ length: width }, (_, i) => i)).map((i) => list[i] ?? otherwise)
  const headers = pick(parsed.headers, '').map((h) => tidy(h).slice(0, 200))
  const recalled = recallMapping(ctx.db, headers)
  const mapping =
    recalled?.mapping ??
    (parsed.mapping ? pick(parsed.mapping, null) : pick(guessMapping(headers, parsed.sample), null))
  const today = wallTime(ctx.clock.now()).day
  return {
    options: { rows, headers, mapping, columns, on_duplicate: 'skip', today, facts: parsed.facts },
    remembered: recalled?.at ?? null,
  }
}

function answer(id: string, name: string, parsed: ParsedFile, options: ImportOptions, remembered: number | null) {
  const { headers, mapping, facts } = options
  return { id, file_name: name, format: parsed.format, headers, mapping, remembered, total: parsed.total, facts }
}

/** Only ever shown, never a path. */
const fileName = (name: string) => tidy(name.split(/[/\\]/).at(-1) ?? '').slice(0, 200)
