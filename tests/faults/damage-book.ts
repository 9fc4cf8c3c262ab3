/** A small book with a life behind it, copied at moments, and ways to damage the copies. For damage.test.ts. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyBook } from '../../main/db/backup-copy.ts'
import { type Db, openDb } from '../../main/db/open.ts'
import { seedCustomers } from '../../main/modules/setup/seed.ts'
import { KIND, MANIFEST, tableById } from '../../shared/sync/manifest.ts'
import { testClock } from '../support/ctx.ts'
import { firstRun, testEngine } from '../support/engine.ts'
import { dice } from '../support/made-up-customers.ts'
import { dump } from '../support/replay.ts'

export type Row = Record<string, unknown>

export interface Life {
  folder: string
  /** A book that was closed in order; the same, cut off while its last changes were in the -wal; a verified copy from the middle of its life. */
  closed: string
  cut: string
  backup: string
  /** What every row was after each change of it, by table and pk, as JSON. */
  states: Map<string, Set<string>>
  /** The rows as they were in the end. */
  end: ReturnType<typeof dump>
  /** Changes after the copy. */
  later: number
  remove(): void
}

const copyAll = (from: string, to: string) => {
  mkdirSync(to, { recursive: true })
  for (const end of ['', '-wal', '-shm'])
    if (existsSync(join(from, `daftar.db${end}`)))
      copyFileSync(join(from, `daftar.db${end}`), join(to, `daftar.db${end}`))
  return join(to, 'daftar.db')
}

export async function liveALife(customers: number): Promise<Life> {
  const folder = mkdtempSync(join(tmpdir(), 'daftar-damage-'))
  const clock = testClock()
  const book = join(folder, 'book')
  mkdirSync(book)
  const engine = testEngine({ folder: book, clock })
  const client = engine.client()
  await client.setup.start(firstRun)
  await seedCustomers(engine.ctx(), { customers, seed: 5 }, () => {})
  const roll = dice(11)
  const ids = engine.ctx().db.raw.prepare('SELECT id FROM party ORDER BY pk').pluck().all() as string[]
  const live = async (times: number) => {
    for (let n = 0; n < times; n++) {
      clock.advance(60_000)
      const id = ids[roll(ids.length)]!
      const mobile = `0912${String(1_000_000 + roll(8_999_999))}`
      const what = roll(6)
      if (what === 0) {
        const channels = [{ kind: 'phone' as const, type: 'mobile' as const, value: mobile }]
        ids.push((await client.customers.add({ kind: 'person', last_name: `تازه ${n}`, channels })).id)
      } else if (what === 1)
        await client.activities.log({
          activity: { kind: 'note', party_ids: [id], body: `یادداشت ${'بلند '.repeat(roll(3000))}` },
        })
      else if (what === 2) await client.customers.remove({ ids: [id] })
      else
        await client.customers.update({
          id,
          patch: { about: `${n} ${'متن '.repeat(roll(90))}`, credit_limit: roll(100) * 1000 },
        })
    }
  }
  await live(40)
  const { path: backup } = await copyBook(
    { file: engine.ctx().db.file, folder, at: clock.now(), reason: 'hand' },
    { stopped: () => false, progress() {} },
  )
  engine.ctx().db.raw.pragma('wal_checkpoint(TRUNCATE)')
  await live(60)
  const cut = copyAll(book, join(folder, 'cut'))
  const later = count(engine.ctx().db, 'change_tx') - countIn(backup, 'change_tx')
  const states = statesOf(engine.ctx().db)
  const end = dump(engine.ctx().db)
  engine.close()
  const closed = copyAll(book, join(folder, 'closed'))
  return {
    folder,
    closed,
    cut,
    backup,
    states,
    end,
    later,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const count = (db: Db, table: string) => db.raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
const countIn = (file: string, table: string) => {
  const db = openDb(file, { readonly: true })
  try {
    return count(db, table)
  } finally {
    db.close()
  }
}

/** A row as it is compared: what is captured of it, by the names of the columns. */
export const stateKey = (row: Row) =>
  JSON.stringify(
    Object.keys(row)
      .sort()
      .map((name) => [name, row[name]]),
  )

/** After each transaction, from the log of the sound book. */
function statesOf(db: Db): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>()
  const rows = new Map<string, Row>()
  const log = db.raw.prepare('SELECT tx, tbl, row, kind, f FROM change ORDER BY seq').all() as {
    tx: number
    tbl: number
    row: number
    kind: number
    f: string
  }[]
  const touched = new Set<string>()
  const settle = () => {
    for (const key of touched) {
      const known = all.get(key) ?? new Set()
      all.set(key, known.add(stateKey(rows.get(key)!)))
    }
    touched.clear()
  }
  for (const [n, { tx, tbl, row, kind, f }] of log.entries()) {
    if (log[n - 1]?.tx !== tx) settle()
    const table = tableById(tbl)!
    const key = `${table.name}/${row}`
    if (kind === KIND.put)
      rows.set(key, {
        pk: row,
        ...Object.fromEntries(table.fields.map((x) => [x.name, x.name === 'deleted' ? 0 : null])),
      })
    for (const [id, [value]] of Object.entries(JSON.parse(f) as Record<string, [unknown]>))
      rows.get(key)![table.fields.find((x) => x.id === Number(id))!.name] = value
    touched.add(key)
  }
  settle()
  return all
}

/** Rows of a book that never were like this in the sound one; `mixed`: each of its values was true at some time, though not all at once. */
export function inventedIn(db: Db, { states }: Life): { invented: string[]; mixed: number } {
  const invented: string[] = []
  let mixed = 0
  const rows = dump(db)
  for (const { name } of MANIFEST) {
    for (const row of rows[name]!) {
      const known = states.get(`${name}/${row['pk']}`)
      if (known?.has(stateKey(row))) continue
      const past = [...(known ?? [])].map((state) => Object.fromEntries(JSON.parse(state) as [string, unknown][]))
      if (past.length > 0 && Object.keys(row).every((column) => past.some((state) => state[column] === row[column])))
        mixed++
      else invented.push(`${name}/${row['pk']} ${JSON.stringify(row).slice(0, 200)}`)
    }
  }
  return { invented, mixed }
}

export type Damage = 'pages' | 'zeros' | 'header' | 'truncated' | 'wal' | 'sectors'
export const DAMAGES: readonly Damage[] = ['pages', 'zeros', 'header', 'wal', 'truncated', 'pages', 'sectors', 'pages']

/** Damages a file (and its -wal). */
export function damage(file: string, how: Damage, roll: (n: number) => number): void {
  const noise = (bytes: Buffer, from: number, length: number) => {
    for (let i = from; i < Math.min(from + length, bytes.length); i++) bytes[i] = roll(256)
  }
  const path = how === 'wal' ? `${file}-wal` : file
  const bytes = readFileSync(path)
  const pages = Math.floor(bytes.length / 4096)
  if (how === 'header') noise(bytes, 0, 4096)
  if (how === 'wal') for (let n = 1 + roll(4); n > 0; n--) noise(bytes, roll(bytes.length), 512)
  else if (how !== 'truncated')
    for (let n = 1 + roll(6); n > 0; n--) {
      const at = 4096 * (how === 'sectors' ? 1 + roll(pages - 1) : roll(pages))
      if (how === 'zeros') bytes.fill(0, at, at + 4096)
      else if (how === 'sectors') noise(bytes, at + 512 * roll(8), 512)
      else noise(bytes, at, 4096)
    }
  writeFileSync(path, how === 'truncated' ? bytes.subarray(0, 4096 * 8 + roll(bytes.length - 4096 * 8)) : bytes)
}
