import { isUuid } from '../../shared/sync/packed-ids.ts'
import { SCOPE_HOME, SCOPE_SHARED } from '../../shared/sync/scope.ts'
import { ROLE, SCHEMA, SECURITY } from './schema.ts'
import type { Runner, Session } from './session.ts'
import { reading } from './sql-reads.ts'
import { writing } from './sql-writes.ts'
import { NoTenant, type Store } from './store.ts'

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
        enter(session, tenant)
        let found = mode === 'read'
        // A statement of its own: what is read in the same one would be of the time before the wait for the lock.
        if (mode === 'write')
          void session.later('SELECT 1 FROM tenant WHERE tenant = $1 FOR UPDATE', [tenant]).then(
            (rows) => {
              found = rows.length > 0
            },
            () => {},
          )
        const result = await run({ ...reading(session, tenant), ...writing(session.later, tenant) })
        // Whoever only writes has asked nothing yet.
        if (!found) await session.query('SELECT 1')
        if (!found) throw new NoTenant()
        return result
      })
    },
    async createTenant(tenant, epoch, now) {
      await runner.transaction(async (session) => {
        const sql = 'INSERT INTO directory VALUES ($1) ON CONFLICT DO NOTHING RETURNING tenant'
        if ((await session.query(sql, [tenant])).length === 0) return
        enter(session, tenant)
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
function enter(session: Session, tenant: string): void {
  // What is no id would be an error of the database.
  if (!isUuid(tenant)) throw new NoTenant()
  void session.later(
    `SELECT set_config('role', '${ROLE}', true), set_config('lock_timeout', '3s', true), set_config('app.tenant', $1, true)`,
    [tenant],
  )
}
