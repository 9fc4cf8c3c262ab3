import { Id } from '../../../shared/contract/base.ts'
import { readHlc } from '../../../shared/sync/clock.ts'
import { FIELD_CREATED_AT, FIELD_ID } from '../../../shared/sync/manifest.ts'
import type { Value } from '../../../shared/sync/merge.ts'
import { isUuid } from '../../../shared/sync/packed-ids.ts'
import type { Db } from '../../db/open.ts'
import { errorCode } from '../../db/sqlite-errors.ts'
import type { Tx } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import { deriveRows } from '../../sync/derive.ts'
import { insertRow, updateRow } from '../../sync/remote-writes.ts'
import { countOpened } from '../../sync/trays.ts'
import { differing, type Entry, entryOf, heldOf, mayAnybody, partsUnder, placesOf, settle } from './opened.ts'

const MOST = 1_000
/** Of what hangs on what: no program of ours makes longer chains. */
const DEEPEST = 20

/** Takes one in, or as many as fit a transaction, as changes of whoever does it. Fails with SYNC_UNFIT for one that this book cannot hold. */
export function takeOpened(tx: Tx, id: string | null): { taken: number; left: number } {
  const taking = new Taking(tx)
  if (id !== null) {
    const entry = entryById(tx.db, id)
    const parts = partsUnder(tx.db, entry)
    if (!taking.take(entry)) fail('SYNC_UNFIT')
    for (const part of parts) taking.take(part)
  } else {
    for (const { tbl, row } of placesOf(tx.db)) {
      if (taking.rows >= MOST) break
      const entry = mayAnybody(tbl) ? entryOf(tx.db, tbl, row) : null
      if (entry) taking.take(entry)
    }
  }
  deriveRows(tx, taking.changed)
  tx.touched.add('sync')
  return { taken: taking.taken, left: countOpened(tx.db) }
}

/** Lets go of one, or of all. */
export function dropOpened(tx: Tx, id: string | null): void {
  if (id === null) tx.db.prepare("UPDATE sync_opened SET state = 'dropped' WHERE state = 'waiting'").run()
  else {
    const entry = entryById(tx.db, id)
    for (const one of [...partsUnder(tx.db, entry), entry]) settle(tx, one, 'dropped')
  }
  tx.touched.add('sync')
}

function entryById(db: Db, id: string): Entry {
  const [tbl, row] = id.split(':') as [string, string | undefined]
  return entryOf(db, Number(tbl), row ?? '') ?? fail('NOT_FOUND', { kind: 'change' })
}

class Taking {
  readonly #tx: Tx
  readonly #seen = new Set<string>()
  #depth = 0
  readonly changed = new Map<number, Set<number>>()
  rows = 0
  /** Without those that are part of another. */
  taken = 0

  constructor(tx: Tx) {
    this.#tx = tx
  }

  /** False: it cannot be written here, and waits as before. */
  take(entry: Entry): boolean {
    const { tbl, row, shape } = entry
    if (this.#seen.has(row)) return true
    const { db, now } = this.#tx
    this.#seen.add(row)
    // A note on a new task is of nothing without the task.
    for (const value of entry.values.values()) if (isUuid(value)) this.#takeFirst(value)
    const held = heldOf(db, entry)
    if (!held && !(entry.isPut && Id.safeParse(row).success)) return false
    try {
      const pk = held?.pk ?? insertRow(this.#tx, shape, whole(entry), now)
      const values = held ? differing(held, entry) : new Map<number, Value>()
      if (values.size > 0) updateRow(this.#tx, shape, pk, values, now)
      this.changed.set(tbl, (this.changed.get(tbl) ?? new Set()).add(pk))
    } catch (error) {
      if (!errorCode(error).startsWith('SQLITE_CONSTRAINT')) throw error
      return false
    }
    settle(this.#tx, entry, 'taken')
    this.rows++
    if (entry.under === null) this.taken++
    return true
  }

  #takeFirst(id: string): void {
    const { db } = this.#tx
    if (this.#seen.has(id) || this.#depth === DEEPEST) return
    this.#depth++
    const tables = db
      .prepare("SELECT DISTINCT tbl FROM sync_opened WHERE row = ? AND state = 'waiting'")
      .pluck()
      .all(id)
    for (const tbl of tables as number[]) {
      const entry = mayAnybody(tbl) ? entryOf(db, tbl, id) : null
      if (entry && !heldOf(db, entry)) this.take(entry)
    }
    this.#depth--
  }
}

/** A row to be made: what was said of it, and what must stand there beside. */
function whole({ row, shape, h, values }: Entry): Map<number, Value> {
  return new Map<number, Value>([...shape.needed, [FIELD_CREATED_AT, readHlc(h).ms], ...values, [FIELD_ID, row]])
}
