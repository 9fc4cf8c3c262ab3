import { FILE_FORMATS } from '../../shared/contract/imports.ts'
import { findCity, PROVINCES } from '../../shared/data/places.ts'
import { looksLikeCompany, splitName } from '../../shared/domain/name.ts'
import { fold } from '../../shared/domain/persian-text.ts'
import { formatPhone, parsePhone } from '../../shared/domain/phone.ts'
import type { BatchProgress } from '../db/batch.ts'
import { seedCustomers } from '../modules/setup/seed.ts'
import { seedDays } from '../modules/setup/seed-days.ts'
import type { Args } from './args.ts'
import { backup } from './backup.ts'
import type { Connection } from './connect.ts'
import { duplicates } from './duplicates.ts'
import { CliError } from './exits.ts'
import { exportTo } from './export.ts'
import { importFile } from './import.ts'
import { stopped } from './stopped.ts'
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
const add: Run = async ({ client }, { name, phone, city }, say, note) => {
  const full = name?.trim() ?? ''
  const { first, last } = splitName(full)
  const named = looksLikeCompany(full)
    ? { kind: 'company' as const, company_name: full }
    : { kind: 'person' as const, first_name: first || null, last_name: last || null }
  const channels = phone ? [{ kind: 'phone' as const, type: 'mobile' as const, value: phone }] : []
  const hits = await client.customers.duplicates({
    name: full,
    ...(phone && { phones: [phone] }),
    ...(city && { city }),
  })
  const duplicates = hits
    .filter(({ why }) => why.includes('phone') || why.includes('name_city'))
    .map(({ customer, why }) => ({ id: customer.id, name: customer.name, why }))
  const typed = phone ? parsePhone(phone) : null
  const isOdd = typed !== null && !typed.ok && typed.reason !== 'needs_area_code'
  const warnings = isOdd ? [{ code: 'BAD_PHONE', value: phone }] : []
  if (duplicates.length > 0) note(say('cli:duplicates', { names: duplicates.map((d) => d.name).join(' | ') }))
  if (isOdd) note(say('cli:oddPhone', { phone }))
  const { id, change } = await client.customers.add({ ...named, channels, addresses: addressIn(city) })
  return {
    ok: true,
    data: { id, change, duplicates, warnings },
    lines: [say('cli:added', { name: full || phone, change })],
  }
}

/** The address of somebody of whom the city alone is known; a city of the list brings its province. */
function addressIn(city: string | null) {
  if (!city) return []
  const known = findCity(city)
  const province = PROVINCES.find(({ id }) => id === known?.province)?.name ?? null
  return [{ type: 'home' as const, province, city, address: null, postal_code: null }]
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
const seed: Run = async ({ engine }, { customers, activities, tasks, seed: number, json }, say, note) => {
  if (!engine) throw new CliError('needsClosed')
  const so = { far: null as BatchProgress | null }
  const tell = (progress: BatchProgress) => {
    so.far = progress
    if (!json && process.stderr.isTTY) note(say('cli:progress', { ...progress }))
  }
  try {
    const ctx = engine.ctx('cli')
    const people = await seedCustomers(ctx, { customers, seed: number }, tell)
    const lines = [say('cli:seeded', { count: people.added, id: people.id })]
    const data = { id: people.id, customers: people.added, seed: number }
    if (activities + tasks === 0 || people.state !== 'done') return { ok: people.state === 'done', data, lines }
    const days = await seedDays(ctx, { activities, tasks, seed: number }, tell)
    lines.push(say('cli:seededDays', { count: days.added, id: days.id }))
    return { ok: days.state === 'done', data: { ...data, days: { id: days.id, added: days.added } }, lines }
  } catch (error) {
    if (!so.far || so.far.change === null) throw error
    return stopped(error, so.far, say)
  }
}

const undo: Run = async ({ client }, { rest }, say) => {
  const id = rest[0]!
  const isImport = (await client.imports.list()).some((b) => b.id === id && FILE_FORMATS.includes(b.format as never))
  // An import also has a file that waits to be finished.
  const { restored, kept_total, change } = isImport
    ? await client.imports.undo({ id })
    : await client.history.undo(/^\d+$/.test(id) ? { change: Number(id) } : { batch: id })
  return {
    ok: true,
    data: { restored, kept: kept_total, change },
    lines: [say('cli:undone', { restored, kept: kept_total })],
  }
}

/** For a PIN that was forgotten: whoever has the file may. */
const pin: Run = async ({ client }, { clear }, say) => {
  const people = (await client.users.list()).filter(({ left }) => !left)
  const [named, other] = people.filter(({ id, name }) => id === clear || fold(name) === fold(clear!))
  if (!named) throw new CliError('noSuchUser', { name: clear, names: people.map(({ name }) => name).join(' | ') })
  // Two of one name: the id tells them apart.
  if (other) throw new CliError('twoSuchUsers', { name: clear, ids: `${named.id} | ${other.id}` })
  const { id, name, has_pin } = named
  await client.users.setPin({ id, pin: null })
  return { ok: true, data: { user: { id, name }, had_pin: has_pin }, lines: [say('cli:pinCleared', { name })] }
}

/** Not here: what also works where no book can be opened: `restore` (backup.ts), `salvage` (salvage.ts). */
export const RUN: Record<Exclude<Args['command'], 'help' | 'restore' | 'salvage'>, Run> = {
  search,
  add,
  import: importFile,
  export: exportTo,
  backup,
  duplicates,
  check,
  seed,
  undo,
  pin,
}
