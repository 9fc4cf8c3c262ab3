import {
  FIELD_CREATED_AT,
  FIELD_DELETED,
  FIELD_ID,
  KIND,
  MANIFEST,
  type TableSpec,
} from '../../shared/sync/manifest.ts'
import type { Db } from './open.ts'
import { fieldsOf, fits, type TableShape } from './salvage-rules.ts'
import type { Row } from './salvage-scan.ts'
import type { Value } from './salvage-tree.ts'

/** What came of holding salvaged rows and salvaged log against each other. */
export interface Reconciled {
  /** Rows that only the log still had, by table. */
  fromLog: Map<string, number>
  /** Rows whose log had to be made to agree with them. */
  relogged: number
  /** Lines of rows of which too little is left. */
  dropped: number
}

interface Line {
  row: number
  kind: number
  f: string
  at: number | null
}
/** What the log says of a row: its values by field id, whether it knows the beginning, and when the last of it was written. */
interface State {
  values: Record<string, Value>
  whole: boolean
  at: number
}

const PAGE = 5000

/**
 * Makes rows and log agree, so that history, undo and `check` go on: each value a customer ever had is in the log too, so a row whose page
 * is lost is made from there, and a row whose log is lost is logged anew in transaction `tx`. Of a row and a log that differ the newer one
 * is right; rows that may be of an older page (`uncertain`) give way also when they are equally old.
 */
export function reconcile(
  db: Db,
  shapes: readonly TableShape[],
  uncertain: ReadonlyMap<string, ReadonlySet<number>>,
  tx: number,
): Reconciled {
  const done: Reconciled = { fromLog: new Map(), relogged: 0, dropped: 0 }
  for (const table of MANIFEST) {
    const shape = shapes.find(({ name }) => name === table.name)
    if (!shape) continue
    const one = new OneTable(db, table, shape, tx, done)
    for (let after = 0; ; ) {
      const rows = db
        .prepare(`SELECT * FROM "${table.name}" WHERE pk > ? ORDER BY pk LIMIT ${PAGE}`)
        .all(after) as Row[]
      const last = rows.length === PAGE ? (rows.at(-1)!['pk'] as number) : Number.MAX_SAFE_INTEGER
      const states = readStates(db, table, after, last)
      if (rows.length === 0 && states.size === 0) break
      db.raw.exec('BEGIN')
      for (const row of rows) {
        const pk = row['pk'] as number
        const state = states.get(pk)
        states.delete(pk)
        one.agree(row, state, uncertain.get(table.name)?.has(pk) ?? false)
      }
      for (const [pk, state] of states) one.rebuild(pk, state)
      db.raw.exec('COMMIT')
      if (last === Number.MAX_SAFE_INTEGER) break
      after = last
    }
  }
  return done
}

function readStates(db: Db, table: TableSpec, after: number, last: number): Map<number, State> {
  const lines = db
    .prepare(
      `SELECT c.row, c.kind, c.f, t.at FROM change c LEFT JOIN change_tx t ON t.tx = c.tx
       WHERE c.tbl = ? AND c.row > ? AND c.row <= ? ORDER BY c.row, c.seq`,
    )
    .all(table.id, after, last) as Line[]
  const states = new Map<number, State>()
  for (const { row, kind, f, at } of lines) {
    const state = states.get(row) ?? { values: {}, whole: false, at: 0 }
    states.set(row, state)
    if (kind === KIND.put) {
      state.values = { [FIELD_DELETED]: 0 }
      state.whole = true
    }
    for (const [id, [value]] of Object.entries(fieldsOf(f) ?? {})) state.values[id] = value
    state.at = Math.max(state.at, at ?? 0)
  }
  return states
}

class OneTable {
  readonly #db: Db
  readonly #table: TableSpec
  readonly #shape: TableShape
  readonly #tx: number
  readonly #done: Reconciled

  constructor(db: Db, table: TableSpec, shape: TableShape, tx: number, done: Reconciled) {
    this.#db = db
    this.#table = table
    this.#shape = shape
    this.#tx = tx
    this.#done = done
  }

  agree(row: Row, state: State | undefined, isUncertain: boolean): void {
    const { fields } = this.#table
    const logged = state?.whole ? state : null
    const differing = logged ? fields.filter((f) => row[f.name] !== (logged.values[f.id] ?? null)) : fields
    if (differing.length === 0) return
    const age = (logged?.at ?? 0) - (row['updated_at'] as number)
    const values = logged && (isUncertain ? age >= 0 : age > 0) ? this.#fitting(logged) : null
    if (values && values['id'] === row['id']) {
      const set = differing.map((f) => `"${f.name}" = ?`).join(', ')
      this.#db
        .prepare(`UPDATE "${this.#table.name}" SET ${set} WHERE pk = ?`)
        .run(...differing.map((f) => values[f.name]), row['pk'])
      return
    }
    const given = logged
      ? differing
      : fields.filter((f) => row[f.name] !== null && !(f.id === FIELD_DELETED && row[f.name] === 0))
    const f = Object.fromEntries(given.map((field) => [field.id, [row[field.name]]]))
    this.#db
      .prepare('INSERT INTO change (tx, tbl, row, kind, f) VALUES (?, ?, ?, ?, ?)')
      .run(this.#tx, this.#table.id, row['pk'], logged ? KIND.patch : KIND.put, JSON.stringify(f))
    this.#done.relogged++
  }

  rebuild(pk: number, state: State): void {
    const values = state.whole ? this.#fitting(state) : null
    if (values) {
      const row: Row = { pk, updated_at: state.at || (state.values[FIELD_CREATED_AT] ?? 0), ...values }
      const columns = Object.keys(row)
      const { changes } = this.#db
        .prepare(
          `INSERT OR IGNORE INTO "${this.#table.name}" (${columns.map((c) => `"${c}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        )
        .run(...Object.values(row))
      const { name } = this.#table
      if (changes > 0) return void this.#done.fromLog.set(name, (this.#done.fromLog.get(name) ?? 0) + 1)
    }
    // Lines that speak of a row nobody has any more would only stand in the way of the history.
    this.#done.dropped += this.#db
      .prepare('DELETE FROM change WHERE tbl = ? AND row = ?')
      .run(this.#table.id, pk).changes
  }

  /** The columns as the log has them, when each of them is one this table takes. */
  #fitting(state: State): Row | null {
    const row: Row = {}
    for (const field of this.#table.fields) {
      const value = state.values[field.id] ?? null
      const column = this.#shape.columns.find(({ name }) => name === field.name)
      if (!column || !fits(column, value)) return null
      row[field.name] = value
    }
    return state.values[FIELD_ID] ? row : null
  }
}
