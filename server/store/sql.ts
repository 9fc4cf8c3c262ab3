import { isUuid } from '../../shared/sync/packed-ids.ts'
import { SCOPE_HOME, SCOPE_SHARED } from '../../shared/sync/scope.ts'
import { ROLE, SCHEMA, SECURITY } from './schema.ts'
import { reading } from './sql-reads.ts'
import type { Query } from './sql-text.ts'
import { writing } from './sql-writes.ts'
import { NoTenant, type Store, type TenantState } from './store.ts'

export interface Session {
  query: Query
  /** Several statements without parameters. */
  exec(text: string): Promise<void>
}
/** PostgreSQL or PGlite. Errors come out as Busy, Full or themselves. */
export interface Runner {
  readonly kind: 'pglite' | 'pg'
  transaction<T>(run: (session: Session) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Makes the tables where they are missing. */
export async function sqlStore(runner: Runner): Promise<Store> {
  await runner.transaction(async (session) => {
    // Two servers that start at once would trip over each other's CREATE.
    await session.exec('SELECT pg_advisory_xact_lock(7212025)')
    await session.exec(SCHEMA)
    await session.exec(SECURITY)
  })
  return {
    kind: runner.kind,
    async tenant(tenant, mode, run) {
      return runner.transaction(async (session) => {
        await enter(session, tenant)
        let state: TenantState | null = null
        if (mode === 'write') {
          // A statement of its own: what is read in the same one would be of the time before the wait for the lock.
          const sql = 'SELECT head, epoch, mark FROM tenant WHERE tenant = $1 FOR UPDATE'
          state = (await session.query<TenantState>(sql, [tenant]))[0] ?? null
          if (!state) throw new NoTenant()
        }
        return run({ ...reading(session.query, tenant, state), ...writing(session.query, tenant) })
      })
    },
    async createTenant(tenant, epoch, now) {
      await runner.transaction(async (session) => {
        const sql = 'INSERT INTO directory VALUES ($1) ON CONFLICT DO NOTHING RETURNING tenant'
        if ((await session.query(sql, [tenant])).length === 0) return
        await enter(session, tenant)
        await session.query('INSERT INTO tenant (tenant, head, epoch, created) VALUES ($1, 0, $2, $3)', [
          tenant,
          epoch,
          now,
        ])
        await session.query('INSERT INTO scope VALUES ($1, $2), ($1, $3)', [tenant, SCOPE_SHARED, SCOPE_HOME])
      })
    },
    tenantOfInvite: (code) =>
      runner.transaction(async ({ query }) => {
        const rows = await query<{ tenant: string }>('SELECT tenant FROM invite_tenant WHERE code = $1', [code])
        return rows[0]?.tenant ?? null
      }),
    secret: (name, make) =>
      runner.transaction(async ({ query }) => {
        await query('INSERT INTO server_secret VALUES ($1, $2) ON CONFLICT DO NOTHING', [name, make()])
        return (await query<{ value: string }>('SELECT value FROM server_secret WHERE name = $1', [name]))[0]!.value
      }),
    tenants: () =>
      runner.transaction(async ({ query }) => {
        return (await query<{ tenant: string }>('SELECT tenant FROM directory ORDER BY tenant')).map((r) => r.tenant)
      }),
    close: () => runner.close(),
  }
}

/** From here on the transaction is under the policies of this tenant. */
async function enter(session: Session, tenant: string): Promise<void> {
  // It goes into the text of a statement.
  if (!isUuid(tenant)) throw new NoTenant()
  await session.exec(
    `SET LOCAL ROLE ${ROLE}; SET LOCAL lock_timeout = '3s'; SELECT set_config('app.tenant', '${tenant}', true)`,
  )
}
