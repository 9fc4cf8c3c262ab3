import { PGlite } from '@electric-sql/pglite'
import { type Runner, sqlStore } from './sql.ts'
import { told } from './sql-errors.ts'
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
        return await db.transaction((tx) =>
          run({
            query: async <R>(text: string, params: readonly unknown[] = []) =>
              (await tx.query<R>(text, [...params])).rows,
            exec: async (text) => {
              await tx.exec(text)
            },
          }),
        )
      } catch (error) {
        throw told(error)
      }
    },
    close: () => db.close(),
  }
}
