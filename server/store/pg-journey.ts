import pg from 'pg'
import type { Statement } from './sql-text.ts'

/** What of pg's connection is used; its own types leave out half of it. */
interface Wire {
  stream: { cork(): void; uncork(): void }
  close(what: { type: 'S'; name: string }): void
  parse(statement: { name: string; text: string }): void
  bind(statement: { statement: string; values: (string | null)[] }): void
  describe(what: { type: 'P'; name: string }): void
  execute(portal: object): void
  sync(): void
}
type Parse = (text: string) => unknown
interface Column {
  name: string
  parse: Parse
}

const INT8 = 20
/** Counters stay below 2^53. */
const parserOf = (oid: number): Parse => (oid === INT8 ? Number : pg.types.getTypeParser(oid, 'text'))

interface Known {
  readonly name: string
  /** null: not told yet. */
  columns: Column[] | null
}

/** Statements by their texts: parsed once a connection, which takes longer than most of them, and described once. */
export class Prepared {
  readonly #known = new Map<string, Known>()
  readonly #ready = new WeakMap<object, Set<string>>()

  of(text: string): Known {
    let known = this.#known.get(text)
    if (!known) {
      known = { name: `s${this.#known.size}`, columns: null }
      this.#known.set(text, known)
    }
    return known
  }
  on(wire: Wire): Set<string> {
    let ready = this.#ready.get(wire)
    if (!ready) {
      ready = new Set()
      this.#ready.set(wire, ready)
    }
    return ready
  }
}

/**
 * Several statements to PostgreSQL and their rows back in one journey: pg itself waits for each before it sends the next, and that waiting is most of what a
 * small push takes. One that fails ends all after it. It is given to pg's `query`, which calls submit and handle….
 */
export class Journey {
  readonly done: Promise<unknown[][]>
  readonly #statements: readonly Statement[]
  readonly #prepared: Prepared
  readonly #known: Known[]
  readonly #results: unknown[][] = [[]]
  #fresh: string[] = []
  #ready: Set<string> | null = null
  #resolve!: (results: unknown[][]) => void
  #reject!: (error: unknown) => void

  constructor(statements: readonly Statement[], prepared: Prepared) {
    this.#statements = statements
    this.#prepared = prepared
    this.#known = statements.map(({ text }) => prepared.of(text))
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  submit(connection: unknown): void {
    const wire = connection as Wire
    const ready = this.#prepared.on(wire)
    this.#ready = ready
    wire.stream.cork()
    for (const [i, { text, params }] of this.#statements.entries()) {
      const { name, columns } = this.#known[i]!
      if (!ready.has(name)) {
        // It may be there from a journey that failed half way.
        wire.close({ type: 'S', name })
        wire.parse({ name, text })
        ready.add(name)
        this.#fresh.push(name)
      }
      wire.bind({ statement: name, values: params.map((p) => (p === null || p === undefined ? null : String(p))) })
      if (!columns) wire.describe({ type: 'P', name: '' })
      wire.execute({})
    }
    wire.sync()
    wire.stream.uncork()
  }

  /** The statement whose answer comes now. */
  get #now(): Known {
    return this.#known[this.#results.length - 1]!
  }
  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    this.#now.columns = fields.map((f) => ({ name: f.name, parse: parserOf(f.dataTypeID) }))
  }
  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const row: Record<string, unknown> = {}
    for (const [i, { name, parse }] of this.#now.columns!.entries()) {
      const text = fields[i]!
      row[name] = text === null ? null : parse(text)
    }
    this.#results.at(-1)!.push(row)
  }
  handleCommandComplete(): void {
    // One that gives no rows is not described at all.
    this.#now.columns ??= []
    this.#results.push([])
  }
  handleError(error: unknown): void {
    for (const name of this.#fresh) this.#ready?.delete(name)
    this.#fresh = []
    this.#reject(error)
  }
  handleReadyForQuery(): void {
    this.#resolve(this.#results)
  }
}
