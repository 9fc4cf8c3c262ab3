import pg from 'pg'
import { Journey, Prepared } from './pg-journey.ts'
import { type Runner, sessionOf } from './session.ts'
import { sqlStore } from './sql.ts'
import { told } from './sql-errors.ts'
import type { Statement } from './sql-text.ts'
import type { Store } from './store.ts'

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
    ...(schema ? { options: `-c search_path=${schema}` } : {}),
  })
  pool.on('error', (error) => onIdleError?.(error))
  const prepared = new Prepared()
  return {
    kind: 'pg',
    async transaction(run) {
      let client: pg.PoolClient
      try {
        client = await pool.connect()
      } catch (error) {
        throw told(error)
      }
      const send = (statements: Statement[]) => client.query(new Journey(statements, prepared)).done
      const session = sessionOf(send, (text) => client.query(text))
      let broken = false
      try {
        // With the first question there, with the last write back.
        void session.later('BEGIN')
        const result = await run(session)
        void session.later('COMMIT')
        await session.flush()
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
