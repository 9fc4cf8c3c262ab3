import { EMPTY, TENANT_TABLES } from '../../../server/store/schema.ts'
import type { Runner } from '../../../server/store/session.ts'
import { sqlStore } from '../../../server/store/sql.ts'
import type { ServerView, SimStore } from './world.ts'

const TABLES = [...TENANT_TABLES, 'directory', 'invite_tenant']

/** One database for many seeds: emptied between them, which takes milliseconds where a new one takes seconds. */
export async function sqlSims(runner: Runner): Promise<() => Promise<SimStore>> {
  let hook: (point: 'before commit' | 'after commit') => void = () => {}
  const dying: Runner = {
    kind: runner.kind,
    close: () => runner.close(),
    async transaction(run) {
      let wrote = false
      const result = await runner.transaction(async (session) => {
        const seen = <A extends unknown[], R>(ask: (text: string, ...more: A) => R) =>
          ((text: string, ...more: A) => {
            wrote ||= !/^\s*SELECT/.test(text)
            return ask(text, ...more)
          }) as typeof ask
        const done = await run({
          exec: session.exec,
          query: seen(session.query) as typeof session.query,
          later: seen(session.later) as typeof session.later,
        })
        if (wrote) hook('before commit')
        return done
      })
      if (wrote) hook('after commit')
      return result
    },
  }
  const store = await sqlStore(dying)
  const all = <R>(sql: string, params: unknown[] = []) => runner.transaction(({ query }) => query<R>(sql, params))
  return async () => {
    hook = () => {}
    await runner.transaction(({ exec }) => exec(EMPTY))
    return {
      store,
      onCommit(next) {
        hook = next
      },
      async snapshot() {
        const dump: [string, string][] = []
        for (const t of TABLES) {
          const [row] = await all<{ x: string }>(`SELECT coalesce(json_agg(t), '[]')::text AS x FROM ${t} t`)
          dump.push([t, row!.x])
        }
        return dump
      },
      async restore(snapshot) {
        await runner.transaction(async ({ exec, query }) => {
          await exec(`TRUNCATE ${TABLES.join(', ')}`)
          for (const [t, x] of snapshot as [string, string][])
            await query(`INSERT INTO ${t} SELECT * FROM json_populate_recordset(NULL::${t}, $1)`, [x])
        })
      },
      async read(tenant): Promise<ServerView> {
        const of = <R>(sql: string) => all<R>(`${sql} WHERE tenant = $1`, [tenant])
        const [state] = await of<{ head: number; epoch: string }>('SELECT head, epoch FROM tenant')
        const members = await of<{ user: string; scopes: string }>('SELECT user_id AS "user", scopes FROM member')
        return {
          ...state!,
          rows: await of('SELECT tbl, rid AS "row", scope, seq, f AS cells FROM state'),
          ops: await of('SELECT seq, site, own, tbl, rid AS "row", kind, base, f, code FROM op'),
          conflicts: await of('SELECT id, tbl, rid AS "row", fid, win, lose FROM conflict'),
          sites: await of('SELECT id, parent, fork FROM site'),
          members: members.map((m) => ({ ...m, scopes: JSON.parse(m.scopes) as [number, number][] })),
        }
      },
    }
  }
}
