import type Database from 'better-sqlite3'
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { KIND, type TableSpec, tableByName } from '../../../shared/sync/manifest.ts'
import { type Stage, StageTable } from '../../db/stage.ts'
import { putText } from '../../db/triggers.ts'
import type { Tx } from '../../db/write.ts'
import type { Ids } from '../../engine/context.ts'
import { uuidV5 } from '../../engine/ids.ts'
import type { NewCustomer } from './new-customer.ts'
import { party, partyAddress, partyChannel, partyRole, partyTag } from './table.ts'

/*
 * New customers by the thousand: worked out in another thread with their ids and search words, taken over with a
 * few statements for many. In a stage (db/stage.ts) every table counts its rows from 1, and a party says at which row of each list its own begin.
 */

interface Part {
  name: string
  columns: string[]
  /** The same as they are declared in a stage: numbers bound from JavaScript become whole ones. */
  declared: string
  spec: TableSpec
}

/** Of a list: the column of the staged party that says where its rows begin. */
const startOf = (part: Part) => `from_${part.name}`
const COMMON = new Set(['pk', 'id', 'created_at', 'updated_at', 'deleted'])

function partOf(table: SQLiteTable): Part {
  const name = getTableName(table)
  const all = Object.entries(getTableColumns(table)).filter(([column]) => !COMMON.has(column))
  return {
    name,
    columns: all.map(([column]) => column),
    declared: all.map(([column, type]) => `${column} ${type.getSQLType()}`).join(),
    spec: tableByName(name)!,
  }
}

const PARTY = partOf(party)
const CHANNELS = partOf(partyChannel)
const ADDRESSES = partOf(partyAddress)
const ROLES = partOf(partyRole)
const TAGS = partOf(partyTag)
const LISTS = [CHANNELS, ADDRESSES, ROLES, TAGS]

export const STAGED_SCHEMA: readonly string[] = [
  `CREATE TABLE party (n INTEGER PRIMARY KEY, id, ${PARTY.declared}, tokens, ${LISTS.map(startOf).join()})`,
  ...LISTS.map((part) => `CREATE TABLE ${part.name} (n INTEGER PRIMARY KEY, id, ${part.declared})`),
  'CREATE TABLE filled (part TEXT PRIMARY KEY, columns) WITHOUT ROWID',
]

/** Fills the tables of STAGED_SCHEMA; call end() when no more come. */
export class CustomerStager {
  readonly #db: Database.Database
  readonly #ids: Ids
  readonly #tables: Map<Part, StageTable>

  constructor(db: Database.Database, ids: Ids) {
    this.#db = db
    this.#ids = ids
    this.#tables = new Map([PARTY, ...LISTS].map((part) => [part, new StageTable(db, part.name)]))
  }

  /** How many customers were added so far. */
  get size(): number {
    return this.#tables.get(PARTY)!.size
  }

  add(customer: NewCustomer, ownerId: string | null, tagIds: readonly string[]): void {
    const id = this.#ids.next()
    const { channels, addresses, roles, tokens } = customer
    const starts = LISTS.map((part) => this.#tables.get(part)!.size + 1)
    const columns = { ...customer.party, blacklisted: customer.party.blacklisted ?? 0, owner_id: ownerId }
    this.#put(PARTY, id, columns, tokens, ...starts)
    for (const channel of channels) this.#put(CHANNELS, this.#ids.next(), { party_id: id, ...channel })
    for (const address of addresses) this.#put(ADDRESSES, this.#ids.next(), { party_id: id, ...address })
    for (const role of new Set(roles)) this.#put(ROLES, uuidV5(id, role), { party_id: id, role })
    for (const tag_id of new Set(tagIds)) this.#put(TAGS, uuidV5(id, tag_id), { party_id: id, tag_id })
  }

  /** Writes down which columns hold anything at all: most do not, in most files, and then they need not be copied row by row. */
  end(): void {
    const note = this.#db.prepare('INSERT INTO filled VALUES (?, ?)')
    for (const [part, table] of this.#tables) {
      table.end()
      note.run(part.name, JSON.stringify(part.columns.filter((column) => table.filled.has(column))))
    }
  }

  #put(part: Part, id: string, values: Record<string, unknown>, ...more: unknown[]): void {
    const table = this.#tables.get(part)!
    const row: unknown[] = [id]
    for (const column of part.columns) row.push(values[column] ?? null)
    row.push(...more)
    table.add(row)
  }
}

/** Staged parties `from` to `to`, both included. */
export interface StagedRun {
  from: number
  to: number
}

/**
 * Adds a run of staged customers as addCustomerTx would have, but for the search rows: hand what it gives to addStagedSearchRows at the end.
 * Their lines of the change log are written by one statement for many, so the triggers are told not to: they are most of what a row costs.
 */
export function addStagedTx(tx: Tx, stage: Stage, { from, to }: StagedRun): { from: number; to: number; pk: number } {
  const { db } = tx
  db.prepare('UPDATE change_context SET capture = 0 WHERE one = 1').run()
  const offset = addPart(tx, stage, PARTY, from, to)
  for (const part of LISTS) {
    const { first, last } = stage
      .prepare(
        `SELECT (SELECT ${startOf(part)} FROM stage.party WHERE n = ?) AS first,
           coalesce((SELECT ${startOf(part)} - 1 FROM stage.party WHERE n = ?), (SELECT max(n) FROM stage.${part.name}), 0) AS last`,
      )
      .get(from, to + 1) as { first: number; last: number }
    if (last >= first) addPart(tx, stage, part, first, last)
  }
  db.prepare('UPDATE change_context SET capture = 1 WHERE one = 1').run()
  return { from, to, pk: offset + from }
}

/** Copies rows of one table and their lines of the log; what is to be added to the number of a staged row to get its pk. */
function addPart(tx: Tx, stage: Stage, part: Part, from: number, to: number): number {
  const { top } = tx.db.prepare(`SELECT coalesce(max(pk), 0) AS top FROM ${part.name}`).get() as { top: number }
  const offset = top + 1 - from
  const filled = filledOf(stage, part)
  const columns = filled.join()
  const fields = part.spec.fields.filter(({ name }) => filled.includes(name) || name === 'id' || name === 'created_at')
  stage
    .prepare(
      `INSERT INTO main.${part.name} (pk, id, created_at, updated_at, ${columns})
       SELECT n + ?, id, ?, ?, ${columns} FROM stage.${part.name} WHERE n BETWEEN ? AND ? ORDER BY n`,
    )
    .run(offset, tx.now, tx.now, from, to)
  stage
    .prepare(
      `INSERT INTO main.change (tx, tbl, row, kind, f) SELECT ?, ${part.spec.id}, n + ?, ${KIND.put}, ${putText({ ...part.spec, fields })}
       FROM (SELECT *, CAST(? AS INTEGER) AS created_at FROM stage.${part.name} WHERE n BETWEEN ? AND ?) AS NEW ORDER BY n`,
    )
    .run(tx.change, offset, tx.now, from, to)
  tx.touched.add(part.name)
  return offset
}

function filledOf(stage: Stage, part: Part): string[] {
  const { columns } = stage.prepare('SELECT columns FROM stage.filled WHERE part = ?').get(part.name) as {
    columns: string
  }
  return JSON.parse(columns) as string[]
}

/** The search rows of a run that was added; `pk`: of its first customer. */
export function addStagedSearchRows(stage: Stage, { from, to, pk }: StagedRun & { pk: number }): void {
  stage
    .prepare(
      `INSERT INTO main.party_fts (rowid, x) SELECT n + ?, tokens FROM stage.party WHERE n BETWEEN ? AND ? AND tokens <> '' ORDER BY n`,
    )
    .run(pk - from, from, to)
}
