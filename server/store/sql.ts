import { isUuid } from '../../shared/sync/packed-ids.ts'
import { SCOPE_HOME, SCOPE_SHARED } from '../../shared/sync/scope.ts'
import { ROLE, SCHEMA, SECURITY } from './schema.ts'
import type { Runner, Session } from './session.ts'
import { reading } from './sql-reads.ts'
import { writing } from './sql-writes.ts'
import { NoTenant, type Store, type TenantTx } from './store.ts'
import { inTurns, type Outcome } from './turns.ts'

type Run<T> = (tx: TenantTx) => Promise<T>

/** Makes the tables where they are missing. */
export async function sqlStore(runner: Runner): Promise<Store> {
  await runner.transaction(async (session) => {
    // Two servers that start at once would trip over each other's CREATE.
    await session.exec('SELECT pg_advisory_xact_lock(7212025)')
    await session.exec(SCHEMA)
    await session.exec(SECURITY)
  })
  const write = inTurns<Run<unknown>>((tenant, runs) => together(runner, tenant, runs))
  return {
    kind: runner.kind,
    tenant<T>(tenant: string, mode: 'read' | 'write', run: Run<T>) {
      if (mode === 'write') return write(tenant, run) as Promise<T>
      return runner.transaction(async (session) => {
        enter(session, tenant)
        return run({ ...reading(session, tenant), ...writing(session.later, tenant) })
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

/** A transaction with so much to write takes in nobody else. */
const ENOUGH = 256 << 10

async function together(runner: Runner, tenant: string, runs: readonly Run<unknown>[]): Promise<Outcome[]> {
  return runner.transaction(async (session) => {
    enter(session, tenant)
    let found = false
    // A statement of its own: what is read in the same one would be of the time before the wait for the lock.
    const locked = session.later('SELECT 1 FROM tenant WHERE tenant = $1 FOR UPDATE', [tenant])
    locked.then(
      (rows) => {
        found = rows.length > 0
      },
      () => {},
    )
    const outcomes: Outcome[] = []
    let written = 0
    for (const run of runs) {
      if (written > ENOUGH) break
      const before = written
      let failed = false
      const query: Session['query'] = (text, params) =>
        session.query<never>(text, params).catch((error) => {
          failed = true
          throw error
        })
      const later: Session['later'] = (text, params = []) => {
        written += params.reduce<number>((sum, p) => sum + (typeof p === 'string' ? p.length : 8), 1)
        return session.later(text, params)
      }
      try {
        outcomes.push({ value: await run({ ...reading({ ...session, query }, tenant), ...writing(later, tenant) }) })
      } catch (error) {
        // Who says no before anything was written harms nobody else.
        if (failed || written > before || runs.length === 1) throw error
        outcomes.push({ error })
      }
    }
    // Whoever only writes has asked nothing yet.
    if (!found) await session.query('SELECT 1')
    if (!found) throw new NoTenant()
    return outcomes
  })
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
