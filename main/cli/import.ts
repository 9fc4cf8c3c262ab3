import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { ImportProblem } from '../../shared/contract/imports.ts'
import { MAX_FILE_BYTES } from '../modules/imports/parse/limits.ts'
import type { Client } from '../rpc/dispatcher.ts'
import { fail } from '../rpc/errors.ts'
import type { Run } from './commands.ts'
import { CliError } from './exits.ts'
import { mappingFrom, reportWords } from './import-words.ts'
import { stopped } from './stopped.ts'
import type { Say } from './text.ts'

/** How many problems are told; all of them are in the report. */
const TOLD = 20

/** `import FILE [--dry-run] [--map FIELD=HEADER …] [--on-duplicate skip|fill|update|add] [--report FILE]` */
export const importFile: Run = async ({ client }, args, say, note) => {
  const on_duplicate = args.onDuplicate ?? 'skip'
  const file = fileAt(args.rest[0]!)
  if (args.report) reportEnding(args.report, args.force)
  const staged = await client.imports.stage({ file })
  const { id, headers, total } = staged
  let mapping = staged.mapping
  try {
    mapping = mappingFrom(args.map, headers, staged.mapping, say)
    if (args.dryRun) {
      const look = (show: 'bad' | 'warned') => client.imports.preview({ id, mapping, on_duplicate, show, limit: 200 })
      const { counts, rows: bad } = await look('bad')
      const { rows: warned } = await look('warned')
      await client.imports.discard({ id })
      // As in what is told of a real import: those who are left as they are have nothing to look at.
      const looked = [...bad, ...warned.filter(({ outcome }) => outcome !== 'skip')]
      const problems = looked.flatMap((row) => row.problems)
      const { facts, remembered } = staged
      const data = { ...counts, total, headers, mapping, facts, remembered: remembered !== null, problems }
      return { ok: true, data, lines: [say('cli:dryRun', data), ...told(problems, say)] }
    }
  } catch (error) {
    // What was never begun leaves nothing to be taken up.
    await client.imports.discard({ id })
    throw error
  }
  let last = { total, done: 0, added: 0, filled: 0, updated: 0, skipped: 0, warned: 0, failed: 0, state: 'staged' }
  try {
    for await (const progress of await client.imports.run({ id, mapping, on_duplicate })) {
      last = progress
      if (!args.json && process.stderr.isTTY) note(say('cli:progress', progress))
    }
  } catch (error) {
    // Progress comes a few times a second; the batch itself knows the last row.
    const batch = (await client.imports.list()).find((one) => one.id === id)
    if (!batch || batch.done === 0) throw error
    return stopped(error, batch, say)
  }
  if (last.state !== 'done') return { ok: false, data: { id, ...last }, lines: [say('cli:interrupted', last)] }
  const { problems } = await client.imports.problems({ id })
  const report = args.report && last.failed > 0 ? await writeReport(client, id, args.report, say) : null
  const data = { id, ...last, problems, report }
  const lines = [say('cli:imported', data), ...told(problems, say)]
  if (report) lines.push(say('cli:reported', report))
  return { ok: last.failed < total || total === 0, data, lines }
}

function told(problems: readonly ImportProblem[], say: Say): string[] {
  return problems.slice(0, TOLD).map(({ row, code, field, value }) => {
    const words = { value: value.slice(0, 60), field: field ? say(`imports:field.${field}`) : value }
    return say('cli:problem', { row, reason: say(`imports:problem.${code}`, words) })
  })
}

function fileAt(path: string): File {
  try {
    if (statSync(path).size > MAX_FILE_BYTES) fail('FILE_TOO_LARGE', { limit: MAX_FILE_BYTES })
    return new File([readFileSync(path)], basename(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).errno === undefined) throw error
    throw new CliError('fileMissing', { path })
  }
}

/** Before anything is brought in: afterwards it would be too late to say that there is no place for the report. */
function reportEnding(path: string, force: boolean): void {
  if (existsSync(path) && !force) throw new CliError('exists', { path })
}

async function writeReport(client: Client, id: string, path: string, say: Say) {
  const name = basename(path, extname(path))
  const { file, rows } = await client.imports.report({ id, name, ...reportWords(say) })
  // A workbook under a name that says .csv, or the other way round, opens nowhere.
  const ending = extname(file.name)
  const to = extname(path).toLowerCase() === ending ? path : `${path}${ending}`
  try {
    writeFileSync(to, new Uint8Array(await file.arrayBuffer()), { mode: 0o600 })
  } catch {
    throw new CliError('cannotWrite', { path: to })
  }
  return { path: to, rows }
}
