import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { checkLog } from '../../../main/db/check-log.ts'
import { insert, patch } from '../../../main/db/rows.ts'
import { write } from '../../../main/db/write.ts'
import type { Ctx } from '../../../main/engine/context.ts'
import { uuidV7 } from '../../../main/engine/ids.ts'
import { Live } from '../../../main/engine/live.ts'
import { party, partyAddress, partyTag, tag } from '../../../main/modules/customers/table.ts'
import { SyncClient } from '../../../main/sync/client.ts'
import { hex } from '../../../main/sync/door.ts'
import { fitting, shapes } from '../../../main/sync/fields.ts'
import { lineAt, toOp } from '../../../main/sync/log-lines.ts'
import { type Anchor, type Keys, Refused, type SyncParts, Unreachable } from '../../../main/sync/parts.ts'
import { register } from '../../../main/sync/register.ts'
import { sentBetween } from '../../../main/sync/sent.ts'
import { readState } from '../../../main/sync/state.ts'
import { UnsentText } from '../../../main/sync/unsent.ts'
import { FIELD_DELETED, FIELD_ID, KIND } from '../../../shared/sync/manifest.ts'
import type { Cells, Fields, Op, Value } from '../../../shared/sync/merge.ts'
import { type Copy, type Shelf, type SimBook, shelf } from './books.ts'
import { type Acked, type Around, type Change, type Clients, Crash, keyOf, type SimClient } from './client.ts'
import type { ServerView } from './world.ts'

/** The tables the simulation writes, and what a new row needs beside what was said. */
const WRITTEN: Readonly<Record<number, { table: SQLiteTable; needs: Record<string, Value> }>> = {
  1: { table: party, needs: { kind: 'person' } },
  3: { table: partyAddress, needs: { type: 'work' } },
  6: { table: tag, needs: {} },
  7: { table: partyTag, needs: {} },
}
/** What else is in a book is no module's here. */
const SHOWN = Object.keys(WRITTEN).map(Number)

/** What lies beside a book; keys may be shared by two lives of it. */
interface Beside {
  keys: { text: string }
  anchor: string
  machine: string
}

export async function bookClients(): Promise<Clients> {
  const books = await shelf()
  const out: BookClient[] = []
  const add = (around: Around, beside: Beside, copy?: Copy) => {
    const book = books.take()
    if (copy) books.fill(book, copy)
    else book.prepare("UPDATE meta SET value = ? WHERE key = 'site'").run(hex(around.chance.bytes(8)))
    const made = new BookClient(around, books, book, beside)
    out.push(made)
    return made
  }
  return {
    kind: 'real',
    make: (around) => add(around, { keys: { text: 'null' }, anchor: 'null', machine: 'this' }),
    twin(of, copy, around) {
      const { beside } = of as BookClient
      const { book, anchor, holed } = copy as FolderCopy
      // A second copy of the folder on this computer, or carried to another one.
      const machine = around.chance.chance(0.5) ? beside.machine : around.name
      const made = add(around, { keys: beside.keys, anchor, machine }, book)
      made.holed = holed
      return made
    },
    done() {
      for (const one of out.splice(0)) {
        one.kill()
        books.giveBack(one.book)
      }
    },
  }
}

const never = () => new Promise<never>(() => {})

interface FolderCopy {
  book: Copy
  anchor: string
  holed: boolean
}

/** The real client on a real book. A life ends with its process; the next has the book as it was committed, and nothing else. */
class BookClient implements SimClient {
  readonly book: SimBook
  readonly beside: Beside
  readonly #around: Around
  readonly #books: Shelf
  #life = newLife()
  #client: SyncClient
  #ctx: Ctx
  /** Its digests differ then, and should. */
  holed = false
  user = ''

  constructor(around: Around, books: Shelf, book: SimBook, beside: Beside) {
    this.#around = around
    this.#books = books
    this.book = book
    this.beside = beside
    this.user = readState(book)?.user ?? ''
    this.#ctx = this.#newCtx()
    this.#client = this.#begin()
  }

  get device() {
    return (JSON.parse(this.beside.keys.text) as Keys).device
  }
  site = () => readState(this.book)!.site

  #newCtx(): Ctx {
    const { now, name, chance } = this.#around
    return {
      db: this.book,
      clock: { now },
      ids: uuidV7({ now }, chance.bytes),
      log: { info() {}, error: (event, error) => this.#logged(event, error) },
      live: new Live(),
      reader: null as never,
      modules: [],
      host: { kind: 'test' },
      folder: '/none',
      user: this.user === '' ? null : { id: this.user, name, role: 'owner' },
      origin: name,
    }
  }

  /** What the log of this PC may say here; anything else is a fault of the code. */
  #logged(event: string, error: unknown): void {
    if (error instanceof Crash) return
    const code = (error as { code?: string }).code ?? ''
    if (code === 'DISK_FULL' || code === 'DATABASE_BUSY' || event === 'sync.push') return
    if (event === 'sync.digest' && this.holed) return
    this.#around.wrong(`${this.#around.name} ${event} ${(error as Error).stack}`)
  }

  #begin(): SyncClient {
    const around = this.#around
    const life = newLife()
    this.#life.over = true
    this.#life = life
    const die = (point: string) => {
      if (life.over) throw new Crash('another life')
      try {
        around.die(point)
      } catch (error) {
        life.died = life.over = true
        life.end()
        throw error
      }
    }
    this.book.hook = (statement) => {
      if (statement !== 'write') die(`at ${statement}`)
      if (!statement.startsWith('after')) around.disk(statement)
    }
    const { beside } = this
    const parts: SyncParts = {
      now: around.now,
      random: around.chance.next,
      bytes: around.chance.bytes,
      after: () => () => {},
      pause: async () => {
        await around.pause()
        if (life.over) await never()
      },
      crypto: {
        sha256: around.sha256,
        newKey: () => {
          const key = Buffer.from(around.chance.bytes(32)).toString('base64')
          return { key, secret: key }
        },
        sign: around.sign,
        recipientOf: (secret) => secret,
        // Ciphers are somebody else's test.
        seal: (text, about, to) => JSON.stringify({ text, about, to }),
        open: (sealed) => (JSON.parse(sealed) as { text: string }).text,
      },
      connect: () => ({
        async call(path, access, body) {
          if (life.over) await never()
          die(`before ${path}`)
          try {
            return await around.call(path, access, body)
          } finally {
            if (life.over) await never()
            die(`after ${path}`)
          }
        },
      }),
      keys: {
        kind: 'memory',
        async read() {
          const keys = JSON.parse(beside.keys.text) as Keys | null
          // Two lives that share keys ask for the same next one; a folder that is open twice is somebody else's test.
          return keys?.tenant ? { ...keys, next: around.sha256(`${keys.secret} ${keys.gen}`) } : keys
        },
        async write(keys) {
          die('before the keys')
          beside.keys.text = JSON.stringify(keys)
          die('after the keys')
        },
      },
      anchor: {
        read: () => JSON.parse(beside.anchor) as Anchor | null,
        write(anchor) {
          die('before the anchor')
          beside.anchor = JSON.stringify(anchor)
          die('after the anchor')
        },
      },
      machine: () => beside.machine,
      point: die,
      sizes: around.sizes,
    }
    this.#parts = parts
    return new SyncClient(this.#ctx, parts)
  }
  #parts!: SyncParts

  /** Whoever died is begun anew, once. */
  kill(): void {
    this.#client = this.#begin()
  }

  async join(code: string, user: string): Promise<void> {
    const { name } = this.#around
    try {
      const state = await register(this.#ctx, this.#parts, { address: 'x', code, name, platform: 'sim', user })
      this.user = state.user
      this.#ctx = this.#newCtx()
      this.kill()
    } catch (error) {
      if (this.#life.died) {
        this.kill()
        throw new Crash('while joining')
      }
      throw error
    }
  }

  // ── the book ──

  keys(): string[] {
    const out: string[] = []
    for (const tbl of SHOWN) {
      const rows = this.book.prepare(`SELECT id FROM "${nameOf(this.book, tbl)}"`).all() as { id: string }[]
      for (const { id } of rows) out.push(keyOf(tbl, id))
    }
    return out.sort()
  }

  row(key: string): Record<string, Value> {
    const [tbl, id] = key.split(':') as [string, string]
    const { spec } = shapes(this.book).get(Number(tbl))!
    const row = this.book.prepare(`SELECT * FROM "${spec.name}" WHERE id = ?`).get(id) as
      | Record<string, Value>
      | undefined
    if (!row) return {}
    return Object.fromEntries(spec.fields.flatMap((f) => (row[f.name] === null ? [] : [[f.id, row[f.name]!]])))
  }

  write({ tbl, row, kind, f }: Change): void {
    const { byId } = shapes(this.book).get(tbl)!
    const { table, needs } = WRITTEN[tbl]!
    const values: Record<string, Value> = kind === KIND.put ? { ...needs } : {}
    for (const [fid, [value]] of Object.entries(f)) {
      const name = byId.get(Number(fid))!.name
      if (name !== 'created_at') values[name] = value
    }
    const { hook } = this.book
    // A person whose disk is full is told so, and has written nothing.
    this.book.hook = null
    write(this.#ctx, 'sim.edit', (tx) => {
      if (kind === KIND.put) insert(tx, table, values as never)
      else patch(tx, table, row, values as never)
    })
    this.book.hook = hook
  }

  // ── the loop ──

  async sync(): Promise<void> {
    const life = this.#life
    // Whatever it was at, its death is the end of it.
    await Promise.race([this.#client.sync(), life.ended])
    if (life.died) throw new Crash('')
  }

  undone(): string | null {
    const { waiting, trouble, stopped, state } = this.#client.status()
    if (waiting === 0 && trouble === null && stopped === null && !state!.fill) return null
    return `${waiting} to send, ${trouble}, ${stopped}${state!.fill ? ', to fill' : ''}`
  }

  // ── what a disk can do ──

  copy = (): FolderCopy => ({ book: this.#books.copy(this.book), anchor: this.beside.anchor, holed: this.holed })
  putBack(copy: unknown, beside: boolean): void {
    const { book, anchor, holed } = copy as FolderCopy
    this.#books.fill(this.book, book)
    this.holed = holed
    if (beside) this.beside.anchor = anchor
    this.kill()
  }

  /** A row that waits for nothing goes, with everything the log says of it; but the log's last number stays, or the next line would have it (purge.ts). */
  loseRow(): boolean {
    const { raw } = this.book
    const row = this.book
      .prepare(
        `SELECT r.tbl, r.row FROM sync_row r WHERE r.seq > 0 AND NOT EXISTS (SELECT 1 FROM change c JOIN change_tx t ON t.tx = c.tx
         WHERE c.tbl = r.tbl AND c.row = r.row AND (instr(t.site, '-') = 0 OR c.seq = (SELECT max(seq) FROM change))) ORDER BY r.seq LIMIT 1`,
      )
      .get() as { tbl: number; row: number } | undefined
    if (!row) return false
    raw.exec('BEGIN; UPDATE change_context SET tx = 0, capture = 2')
    raw.prepare(`DELETE FROM "${nameOf(this.book, row.tbl)}" WHERE pk = ?`).run(row.row)
    for (const t of ['change', 'sync_row'])
      raw.prepare(`DELETE FROM ${t} WHERE tbl = ? AND row = ?`).run(row.tbl, row.row)
    raw.exec('UPDATE change_context SET tx = NULL, capture = 1; COMMIT')
    this.holed = true
    return true
  }

  // ── at rest ──

  *told(): Generator<Value> {
    const all = <R>(sql: string) => this.book.prepare(sql).all() as R[]
    for (const c of all<{ win: string; lose: string }>('SELECT win, lose FROM sync_conflict'))
      for (const side of [c.win, c.lose]) yield JSON.parse(side) as Value
    for (const p of all<{ f: string }>('SELECT c.f FROM sync_parked p JOIN change c ON c.seq = p.seq'))
      yield* valuesIn(p.f)
    for (const q of all<{ ops: string | null; sealed: string | null }>('SELECT ops, sealed FROM sync_quarantine'))
      for (const { f } of q.ops === null ? this.#opened(q.sealed!) : (JSON.parse(q.ops) as Op[]))
        for (const [v] of Object.values(f)) yield v
  }
  #opened = (sealed: string) => {
    const { text } = JSON.parse(sealed) as { text: string }
    return UnsentText.parse(JSON.parse(text)).changes
  };
  *held(): Generator<Value> {
    for (const { f } of this.book.prepare('SELECT f FROM change').all() as { f: string }[]) yield* valuesIn(f)
    yield* this.told()
  }

  acked(): Acked[] {
    const state = readState(this.book)!
    const out: Acked[] = []
    const at = { db: this.book }
    for (const [site, upTo] of [...state.ancestors, [state.site, state.own] as const]) {
      const rows = this.book.prepare('SELECT first, last, hash FROM sync_sent WHERE site = ? ORDER BY first').all(site)
      for (const { first, last } of rows as { first: number; last: number }[]) {
        for (const [i, seq] of sentBetween(at, site, first - 1, last).entries()) {
          const line = first + i <= upTo ? lineAt(this.book, seq) : undefined
          const op = line && toOp(this.book, line, first + i)
          if (op) out.push({ site, own: first + i, row: op.row, f: JSON.stringify(op.f) })
        }
      }
    }
    return out
  }

  async differs(view: ServerView, mayRead: (scope: number) => boolean): Promise<string[]> {
    const wrong: string[] = []
    const { problems } = await checkLog({ db: this.book })
    for (const p of problems) wrong.push(`I11 the log does not tell the book: ${JSON.stringify(p)}`)
    for (const what of ['integrity_check', 'foreign_key_check']) {
      const said = this.book.raw.pragma(what) as Record<string, unknown>[]
      const fine = said.length === 0 || (said.length === 1 && said[0]![what] === 'ok')
      if (!fine) wrong.push(`I11 ${what} ${JSON.stringify(said)}`)
    }
    const rows = new Map(view.rows.map((r) => [keyOf(r.tbl, r.row), r]))
    for (const key of this.keys()) {
      const row = rows.get(key)
      if (row && mayRead(row.scope)) continue
      if (this.#isRefused(key)) continue
      wrong.push(row ? `I9 shows ${key} of a scope it may not see` : `I1 shows ${key}, the server has it not`)
    }
    for (const [key, row] of rows) if (mayRead(row.scope)) wrong.push(...this.#rowDiffers(key, row))
    wrong.push(...this.#trays(view, rows, mayRead))
    return wrong
  }

  /** A row the server did not make stays where its maker sees it, and in the tray; one that it made and refused to change does not. */
  #isRefused(key: string): boolean {
    const [tbl, id] = key.split(':') as [string, string]
    const found = this.book
      .prepare(
        `SELECT 1 FROM "${nameOf(this.book, Number(tbl))}" t JOIN change c ON c.tbl = ? AND c.row = t.pk AND c.kind <> ${KIND.patch} JOIN sync_parked p ON p.seq = c.seq WHERE t.id = ?`,
      )
      .get(Number(tbl), id)
    return found !== undefined
  }

  /** Every column, and what sync itself remembers of the row; what this program does not know lies aside, as the server has it. */
  #rowDiffers(key: string, row: ServerView['rows'][number]): string[] {
    const wrong: string[] = []
    const cells = JSON.parse(row.cells) as Cells
    const shape = shapes(this.book).get(row.tbl)
    const aside = new Map(
      (
        this.book.prepare('SELECT fid, cell FROM sync_unknown WHERE tbl = ? AND row = ?').all(row.tbl, row.row) as {
          fid: number
          cell: string
        }[]
      ).map((u) => [u.fid, u.cell]),
    )
    if (!shape && !aside.has(0)) wrong.push(`I1 ${key} is of a table this program does not know, and was not kept`)
    for (const [fid, cell] of Object.entries(cells)) {
      if (shape?.byId.has(Number(fid))) continue
      if (aside.get(Number(fid)) !== JSON.stringify(cell))
        wrong.push(`I1 ${key} field ${fid} is not kept: here ${aside.get(Number(fid))}, server ${JSON.stringify(cell)}`)
    }
    if (!shape) return wrong
    const here = this.book
      .prepare(
        `SELECT t.*, r.scope AS "r.scope", r.seq AS "r.seq" FROM "${shape.spec.name}" t LEFT JOIN sync_row r ON r.tbl = ? AND r.row = t.pk WHERE t.id = ?`,
      )
      .get(row.tbl, row.row) as Record<string, Value> | undefined
    if (!here) return [...wrong, `I1 ${key} is not here`]
    for (const field of shape.spec.fields) {
      const theirs = field.id === FIELD_ID ? row.row : fitting(shape, field, cells[field.id]?.[0] ?? null)
      if (here[field.name] !== theirs && !(field.name === 'created_at' && !cells[field.id]))
        wrong.push(`I1 ${key} ${field.name}: here ${here[field.name]}, server ${theirs}`)
    }
    if (here['r.scope'] !== row.scope || here['r.seq'] !== row.seq)
      wrong.push(`I1 ${key} is known as ${here['r.scope']}/${here['r.seq']}, the server has ${row.scope}/${row.seq}`)
    return wrong
  }

  /** Every conflict of a row that may be seen is in the tray, and none of a row that may not; nor a refused change of a row that is gone. */
  #trays(view: ServerView, rows: ReadonlyMap<string, ServerView['rows'][number]>, mayRead: (scope: number) => boolean) {
    const wrong: string[] = []
    const sees = (tbl: number, row: string) => {
      const at = rows.get(keyOf(tbl, row))
      return at !== undefined && mayRead(at.scope)
    }
    const tray = this.book.prepare('SELECT id, tbl, row FROM sync_conflict').all() as {
      id: string
      tbl: number
      row: string
    }[]
    const ids = new Set(tray.map((c) => c.id))
    for (const c of view.conflicts)
      if (sees(c.tbl, c.row) && !ids.has(c.id)) wrong.push(`I3 the conflict ${c.id} over ${c.lose} is not in the tray`)
    for (const c of tray)
      if (!sees(c.tbl, c.row)) wrong.push(`I9 a conflict of ${keyOf(c.tbl, c.row)} is still in the tray`)
    const ofNone = this.book
      .prepare('SELECT p.seq FROM sync_parked p JOIN change c ON c.seq = p.seq WHERE c.row = 0')
      .all()
    if (ofNone.length > 0) wrong.push('I3 a refused change of no row is still in the tray')
    return wrong
  }
}

function newLife() {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { over: false, died: false, ended, end }
}

const nameOf = (book: SimBook, tbl: number) => shapes(book).get(tbl)!.spec.name

function* valuesIn(f: string): Generator<Value> {
  for (const [fid, [v]] of Object.entries(JSON.parse(f) as Fields)) if (Number(fid) > FIELD_DELETED) yield v
}

/** What a join may meet with and try again. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Crash ||
  error instanceof Unreachable ||
  (error instanceof Refused && ['internal', 'busy', 'server_full', 'too_large'].includes(error.code)) ||
  ['DISK_FULL', 'DATABASE_BUSY'].includes((error as { code?: string }).code ?? '')
