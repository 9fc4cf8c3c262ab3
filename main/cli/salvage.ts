import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { copyName } from '../db/backup-name.ts'
import { modules } from '../modules/index.ts'
import { salvageJob } from '../modules/recovery/job.ts'
import { savedNobody } from '../modules/recovery/report.ts'
import type { Args } from './args.ts'
import type { Outcome } from './commands.ts'
import { CliError } from './exits.ts'
import type { Say } from './text.ts'

/** Made again or counted elsewhere: no line of its own for people. */
const QUIET = new Set(['change', 'change_tx'])

/**
 * A new book of what can still be read in any damaged one, in a folder of its own (`--to`, else beside the file). The file is only read, so it
 * may be the book of a running engine as well; nothing that is there is written over. Without a customer or a note in it no book is left.
 */
export async function salvageFile(args: Args, say: Say, note: (line: string) => void): Promise<Outcome> {
  const file = resolve(args.rest[0]!)
  const now = Date.now()
  const name = copyName(now, 'hand')
    .replace(/^daftar-/, 'salvaged-')
    .replace(/\.db$/, '')
  const folder = resolve(args.to ?? join(dirname(file), name))
  const target = join(folder, 'daftar.db')
  if (existsSync(target)) throw new CliError('salvageTaken', { path: target })
  const isNew = !existsSync(folder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let phase = ''
  const progress = (step: { phase: string }) => {
    if (step.phase !== phase && !args.json && process.stderr.isTTY) note(say(`recovery:phase.${step.phase}`))
    phase = step.phase
  }
  const remove = () => {
    for (const end of ['', '-wal', '-shm']) rmSync(target + end, { force: true })
    if (isNew) rmSync(folder, { recursive: true, force: true })
  }
  try {
    const input = { file, target, now, ownerName: say('recovery:owner') }
    const { tables, ...out } = await salvageJob(modules).run(input, { progress, stopped: () => false })
    if (tables.every(({ saved }) => saved === 0 || saved === 1)) throw new CliError('salvageNothing', { path: file })
    if (savedNobody(tables)) throw new CliError('salvageNobody', { path: file })
    const shown = tables.filter(({ table, saved, lost }) => (saved > 0 || lost > 0) && !QUIET.has(table))
    const lines = [
      say('cli:salvaged', { file: target, count: out.counts.customers }),
      ...shown.map((t) => say('cli:salvagedTable', { ...t, table: say(`recovery:table.${t.table}`) })),
    ]
    const lost = tables.filter(({ table }) => QUIET.has(table)).reduce((sum, t) => sum + t.lost, 0)
    if (lost > 0) lines.push(say('cli:salvagedLog', { lost }))
    if (out.owner_made) lines.push(say('recovery:ownerMade', { name: say('recovery:owner') }))
    for (const { code, count, sample } of out.problems) lines.push(say('cli:checkProblem', { code, count, sample }))
    return {
      ok: out.problems.length === 0,
      data: { file: target, bytes: statSync(target).size, tables, ...out },
      lines,
    }
  } catch (error) {
    remove()
    throw error
  }
}
