import type { Later, Query, Statement } from './sql-text.ts'

/** One transaction of a database. */
export interface Session {
  query: Query
  later: Later
  /** Several statements without parameters. */
  exec(text: string): Promise<void>
}
/** PostgreSQL or PGlite. Errors come out as Busy, Full or themselves. */
export interface Runner {
  readonly kind: 'pglite' | 'pg'
  transaction<T>(run: (session: Session) => Promise<T>): Promise<T>
  close(): Promise<void>
}

interface Waiting {
  statement: Statement
  resolve(rows: unknown[]): void
  reject(error: unknown): void
}

/** `send` asks several statements in their order, `exec` runs a script. `flush` sends what still waits. */
export function sessionOf(
  send: (statements: Statement[]) => Promise<unknown[][]>,
  exec: (text: string) => Promise<unknown>,
): Session & { flush(): Promise<void> } {
  let queue: Waiting[] = []
  const later: Later = <R>(text: string, params: readonly unknown[] = []) => {
    const rows = new Promise<R[]>((resolve, reject) => {
      queue.push({ statement: { text, params }, resolve: resolve as Waiting['resolve'], reject })
    })
    // Whoever sends the queue gets the error.
    rows.catch(() => {})
    return rows
  }
  async function flush(): Promise<void> {
    const sent = queue
    queue = []
    if (sent.length === 0) return
    try {
      const results = await send(sent.map((w) => w.statement))
      for (const [i, w] of sent.entries()) w.resolve(results[i]!)
    } catch (error) {
      for (const w of sent) w.reject(error)
      throw error
    }
  }
  return {
    later,
    flush,
    async query<R>(text: string, params?: readonly unknown[]) {
      const rows = later<R>(text, params)
      await flush()
      return rows
    },
    async exec(text) {
      await flush()
      await exec(text)
    },
  }
}
