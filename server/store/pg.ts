import pg from 'pg'
import { type Runner, sqlStore } from './sql.ts'
import { told } from './sql-errors.ts'
import type { Store } from './store.ts'

const INT8 = 20

export interface PgOptions {
  url: string
  connections?: number
  /** For tests: the schema in which the tables are. */
  schema?: string
  /** A connection broke while nobody used it. */
  onIdleError?: (error: Error) => void
}

export async function pgStore(options: PgOptions): Promise<Store> {
  return sqlStore(pgRunner(options))
}

export function pgRunner({ url, connections = 8, schema, onIdleError }: PgOptions): Runner {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 3_000,
    idle_in_transaction_session_timeout: 60_000,
    // Counters stay below 2^53.
    types: {
      getTypeParser: ((oid: number, format: 'text') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
    ...(schema ? { options: `-c search_path=${schema}` } : {}),
  })
  pool.on('error', (error) => onIdleError?.(error))
  // Statements are prepared once a connection: parsing takes longer than most of them.
  const names = new Map<string, string>()
  const nameOf = (text: string) => {
    let name = names.get(text)
    if (!name) {
      name = `s${names.size}`
      names.set(text, name)
    }
    return name
  }
  return {
    kind: 'pg',
    async transaction(run) {
      let client: pg.PoolClient
      try {
        client = await pool.connect()
      } catch (error) {
        throw told(error)
      }
      let broken = false
      try {
        await client.query('BEGIN')
        const result = await run({
          query: async <R>(text: string, params: readonly unknown[] = []) =>
            (await client.query({ name: nameOf(text), text, values: [...params] })).rows as R[],
          exec: async (text) => {
            await client.query(text)
          },
        })
        await client.query('COMMIT')
        return result
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {
          broken = true
        })
        throw told(error)
      } finally {
        client.release(broken)
      }
    },
    close: () => pool.end(),
  }
}
