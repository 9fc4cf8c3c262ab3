import { PGlite } from '@electric-sql/pglite'
import { type Runner, sessionOf } from './session.ts'
import { sqlStore } from './sql.ts'
import { told } from './sql-errors.ts'
import type { Statement } from './sql-text.ts'
import type { Store } from './store.ts'

const INT8 = 20

/**
 * `folder`: undefined keeps everything in memory. One process and one connection; it does not survive a power cut, fsync is off
 * (SYNC.md R15), and two processes on one folder destroy it: whoever opens one holds a lock.
 */
export async function pgliteStore(folder?: string): Promise<Store> {
  return sqlStore(await pgliteRunner(folder))
}

export async function pgliteRunner(folder?: string): Promise<Runner> {
  const db = await PGlite.create({ ...(folder ? { dataDir: folder } : {}), parsers: { [INT8]: Number } })
  return {
    kind: 'pglite',
    async transaction(run) {
      try {
        return await db.transaction(async (tx) => {
          const send = async (statements: Statement[]) => {
            const results: unknown[][] = []
            for (const { text, params } of statements) results.push((await tx.query(text, [...params])).rows)
            return results
          }
          const session = sessionOf(send, (text) => tx.exec(text))
          const result = await run(session)
          await session.flush()
          return result
        })
      } catch (error) {
        throw told(error)
      }
    },
    close: () => db.close(),
  }
}
