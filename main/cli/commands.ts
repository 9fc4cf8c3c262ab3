import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { ORPCError } from '@orpc/client'
import { looksLikeCompany, splitName } from '../../shared/domain/name.ts'
import { formatPhone, parsePhone } from '../../shared/domain/phone.ts'
import type { BatchProgress } from '../db/batch.ts'
import { MAX_FILE_BYTES } from '../modules/imports/parse/limits.ts'
import { seedCustomers } from '../modules/setup/seed.ts'
import { fail } from '../rpc/errors.ts'
import type { Args } from './args.ts'
import { backup } from './backup.ts'
import type { Connection } from './connect.ts'
import { CliError } from './exits.ts'
import { exportTo } from './export.ts'
import type { Say } from './text.ts'

/** What a command ends with: an object for --json, lines for people, and whether it did what was asked. */
export interface Outcome {
  ok: boolean
  data: Record<string, unknown>
  lines: string[]
}
/** `note`: something to tell on stderr while it goes on. */
export type Run = (at: Connection, args: Args, say: Say, note: (line: string) => void) => Promise<Outcome>

const search: Run = async ({ client }, { rest }, say) => {
  const found = await client.search.all({ text: rest.join(' '), limit: 50 })
  const customers = found.customers.map(({ customer }) => customer)
  const lines = customers.map((c) => {
    return [c.name, c.phone ? formatPhone(c.phone) : null, c.company, c.city].filter(Boolean).join('  |  ')
  })
  for (const note of found.notes) lines.push(`${note.party_name}  |  ${note.excerpt}`)
  const data = { count: customers.length, customers, notes: found.notes, read_as: found.read_as }
  return { ok: true, data, lines: lines.length > 0 ? lines : [say('cli:searchNone')] }
}

/** Adds in any case, as a script cannot be asked; who may be the same person and a phone that is none are told. */
const add: Run = async ({ client }, { name, phone }, say, note) => {
  const full = name?.trim() ?? ''
  const { first, last } = splitName(full)
  const named = looksLikeCompany(full)
    ? { kind: 'company' as const, company_name: full }
    : { kind: 'person' as const, first_name: first || null, last_name: last || null }
  const channels = phone ? [{ kind: 'phone' as const, type: 'mobile' as const, value: phone }] : []
  const hits = await client.customers.duplicates({ name: full, ...(phone && { phones: [phone] }) })
  const duplicates = hits
    .filter(({ why }) => why.includes('phone') || why.includes('name_city'))
    .map(({ customer, why }) => ({ id: customer.id, name: customer.name, why }))
  const typed = phone ? parsePhone(phone) : null
  const isOdd = typed !== null && !typed.ok && typed.reason !== 'needs_area_code'
  const warnings = isOdd ? [{ code: 'BAD_PHONE', value: phone }] : []
  if (duplicates.length > 0) note(say('cli:duplicates', { names: duplicates.map((d) => d.name).join(' | ') }))
  if (isOdd) note(say('cli:oddPhone', { phone }))
  const { id, change } = await client.customers.add({ ...named, channels })
  return {
    ok: true,
    data: { id, change, duplicates, warnings },
    lines: [say('cli:added', { name: full || phone, change })],
  }
}

const importFile: Run = async ({ client }, { rest, dryRun, json }, say, note) => {
  const file = fileAt(rest[0]!)
  const { id, mapping, total, headers } = await client.imports.stage({ file })
  if (dryRun) {
    const { good, bad, known, warned, known_warned } = await client.imports.preview({ id, mapping })
    await client.imports.discard({ id })
    const whole = good - known - (warned - known_warned)
    const data = { total, good, bad, known, whole, warned: warned - known_warned, headers, mapping }
    return { ok: true, data, lines: [say('cli:dryRun', data)] }
  }
  let last = { done: 0, total, added: 0, warned: 0, failed: 0, state: 'staged' as string }
  try {
    for await (const progress of await client.imports.run({ id })) {
      last = progress
      if (!json && process.stderr.isTTY) note(say('cli:progress', progress))
    }
  } catch (error) {
    // Progress comes a few times a second; the batch itself knows the last row.
    const batch = (await client.imports.list()).find((one) => one.id === id)
    if (!batch?.added) throw error
    return stopped(error, batch, say)
  }
  const { problems } = await client.imports.problems({ id })
  const data = { id, ...last, whole: last.added - last.warned, skipped: last.done - last.added - last.failed, problems }
  if (last.state !== 'done') return { ok: false, data, lines: [say('cli:interrupted', last)] }
  const lines = [say('cli:imported', data)]
  for (const { row, code, field, value } of problems.slice(0, 20)) {
    const reason = say(`imports:problem.${code}`, {
      value: value.slice(0, 60),
      field: field ? say(`imports:field.${field}`) : value,
    })
    lines.push(say('cli:problem', { row, reason }))
  }
  return { ok: last.added > 0 || last.failed < total, data, lines }
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

const check: Run = async ({ client }, _args, say) => {
  const report = await client.system.check()
  const lines = report.ok
    ? [say('cli:checkOk')]
    : [
        say('cli:checkBad', { count: report.problems.length }),
        ...report.problems.map((p) => say('cli:checkProblem', p)),
      ]
  for (const [table, count] of Object.entries(report.counts)) lines.push(`${table}: ${count}`)
  const { ok, ...rest } = report
  return { ok, data: rest, lines }
}

/** Not in the contract: no screen may fill a real book with invented people. So it needs the folder for itself. */
const seed: Run = async ({ engine }, { customers, seed: number, json }, say, note) => {
  if (!engine) throw new CliError('needsClosed')
  const so = { far: null as BatchProgress | null }
  let end: BatchProgress
  try {
    end = await seedCustomers(engine.ctx('cli'), { customers, seed: number }, (progress) => {
      so.far = progress
      if (!json && process.stderr.isTTY) note(say('cli:progress', { ...progress }))
    })
  } catch (error) {
    if (!so.far || so.far.change === null) throw error
    return stopped(error, so.far, say)
  }
  const data = { id: end.id, customers: end.added, seed: number }
  return { ok: end.state === 'done', data, lines: [say('cli:seeded', { count: end.added, id: end.id })] }
}

/** Long work that failed after some of it was saved: why, how much is in, and how to take that back. */
function stopped(error: unknown, { id, done, total, added }: Stopped, say: Say): Outcome {
  const code = error instanceof ORPCError ? error.code : 'INTERNAL_SERVER_ERROR'
  const line = say(code === 'DISK_FULL' ? 'cli:stoppedFull' : 'cli:stopped', { id, total, added, code })
  return { ok: false, data: { id, done, total, added, error: { code, message: line } }, lines: [line] }
}
type Stopped = Pick<BatchProgress, 'id' | 'done' | 'total' | 'added'>

const undo: Run = async ({ client }, { rest }, say) => {
  const id = rest[0]!
  const result = await client.history.undo(/^\d+$/.test(id) ? { change: Number(id) } : { batch: id })
  const { restored, kept_total, change } = result
  return {
    ok: true,
    data: { restored, kept: kept_total, change },
    lines: [say('cli:undone', { restored, kept: kept_total })],
  }
}

/** Not here: `restore`, which also works where no book can be opened (backup.ts). */
export const RUN: Record<Exclude<Args['command'], 'help' | 'restore'>, Run> = {
  search,
  add,
  import: importFile,
  export: exportTo,
  backup,
  check,
  seed,
  undo,
}
