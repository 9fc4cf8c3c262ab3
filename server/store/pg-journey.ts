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

/** Statements by their texts: parsed once a connection, which takes longer than most of them. */
export class Prepared {
  readonly #names = new Map<string, string>()
  readonly #ready = new WeakMap<object, Set<string>>()

  nameOf(text: string): string {
    let name = this.#names.get(text)
    if (!name) {
      name = `s${this.#names.size}`
      this.#names.set(text, name)
    }
    return name
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
  readonly #results: unknown[][] = [[]]
  #fresh: string[] = []
  #ready: Set<string> | null = null
  #columns: Column[] = []
  #resolve!: (results: unknown[][]) => void
  #reject!: (error: unknown) => void

  constructor(statements: readonly Statement[], prepared: Prepared) {
    this.#statements = statements
    this.#prepared = prepared
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
    for (const { text, params } of this.#statements) {
      const name = this.#prepared.nameOf(text)
      if (!ready.has(name)) {
        // It may be there from a journey that failed half way.
        wire.close({ type: 'S', name })
        wire.parse({ name, text })
        ready.add(name)
        this.#fresh.push(name)
      }
      wire.bind({ statement: name, values: params.map((p) => (p === null || p === undefined ? null : String(p))) })
      wire.describe({ type: 'P', name: '' })
      wire.execute({})
    }
    wire.sync()
    wire.stream.uncork()
  }

  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    this.#columns = fields.map((f) => ({ name: f.name, parse: parserOf(f.dataTypeID) }))
  }
  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const row: Record<string, unknown> = {}
    for (const [i, { name, parse }] of this.#columns.entries()) {
      const text = fields[i]!
      row[name] = text === null ? null : parse(text)
    }
    this.#results.at(-1)!.push(row)
  }
  handleCommandComplete(): void {
    this.#results.push([])
  }
  handleError(error: unknown): void {
    for (const name of this.#fresh) this.#ready!.delete(name)
    this.#fresh = []
    this.#reject(error)
  }
  handleReadyForQuery(): void {
    this.#resolve(this.#results)
  }
}
