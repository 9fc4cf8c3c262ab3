import { isUuid } from '../../shared/sync/packed-ids.ts'
import { SCOPE_HOME, SCOPE_SHARED } from '../../shared/sync/scope.ts'
import { isSame, type Remembered, type Remembering, remembering, type Version, withGathered } from './remembered.ts'
import { ROLE, SCHEMA, SECURITY, WATCH } from './schema.ts'
import type { Runner, Session } from './session.ts'
import { gatherRemembered, reading } from './sql-reads.ts'
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
    await session.exec(WATCH)
    await session.exec(SECURITY)
  })
  const memory = remembering()
  const write = inTurns<Run<unknown>>((tenant, runs) => together(runner, memory, tenant, runs))
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

async function together(
  runner: Runner,
  memory: Remembering,
  tenant: string,
  runs: readonly Run<unknown>[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const desk = await runner.transaction(async (session) => {
    enter(session, tenant)
    const begun = new Desk(session, tenant, memory.get(tenant) ?? null)
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
        outcomes.push({ value: await run(begun.tx({ ...session, query, later })) })
      } catch (error) {
        // Who says no before anything was written harms nobody else.
        if (failed || written > before || runs.length === 1) throw error
        outcomes.push({ error })
      }
    }
    // Whoever only writes has asked nothing yet.
    if (!begun.version) await session.query('SELECT 1')
    if (!begun.version) throw new NoTenant()
    return begun
  })
  memory.set(tenant, desk.remembered)
  return outcomes
}

/**
 * What one transaction knows of its business. What was remembered is asked for again only if the row of the business, which the transaction locks
 * anyway, is not as it was: a revocation holds at once, whoever made it where.
 */
class Desk {
  readonly #tenant: string
  #known: Remembered | null
  /** Is it of the version that was found? */
  #isSure = false
  /** Something was written that gives the business new facts, which nobody knows here. */
  #isStale = false
  /** As it was found; null: not yet, or there is no such business. */
  version: Version | null = null

  constructor(session: Session, tenant: string, known: Remembered | null) {
    this.#tenant = tenant
    this.#known = known
    // A statement of its own: what is read in the same one would be of the time before the wait for the lock.
    const sql = 'SELECT head, epoch, mark, facts FROM tenant WHERE tenant = $1 FOR UPDATE'
    session.later<Version>(sql, [tenant]).then(
      ([version]) => {
        this.version = version ?? null
      },
      () => {},
    )
  }

  /** As it will be when the transaction is committed. */
  get remembered(): Remembered | null {
    return this.#isSure && !this.#isStale ? this.#known : null
  }

  tx(session: Session): TenantTx {
    const reads = reading(session, this.#tenant)
    const writes = writing(session.later, this.#tenant)
    const unknown = <A extends unknown[]>(write: (...given: A) => Promise<void>) => {
      return (...given: A) => {
        this.#isStale = true
        this.#known = null
        return write(...given)
      }
    }
    return {
      ...reads,
      ...writes,
      gather: (device, about) => this.#gather(session, reads, device, about),
      setState: (state) => {
        this.#change(({ version }) => ({ version: { ...version, ...state } }))
        return writes.setState(state)
      },
      addPush: (push) => {
        const { site, to: last, hash } = push.batch
        this.#change(({ version, sites }) => ({
          version: { ...version, ...push.state },
          sites: sites.map((s) => (s.id === site ? { ...s, last, hash } : s)),
        }))
        return writes.addPush(push)
      },
      addAuthors: (authors) => {
        if (authors.length > 0) this.#change((known) => ({ authors: [...known.authors, ...authors] }))
        return writes.addAuthors(authors)
      },
      saveDevice: unknown(writes.saveDevice),
      saveMember: unknown(writes.saveMember),
      saveSite: unknown(writes.saveSite),
      addScopes: unknown(writes.addScopes),
      addManifest: unknown(writes.addManifest),
    }
  }

  async #gather(session: Session, reads: Pick<TenantTx, 'gather'>, ...[device, about]: Parameters<TenantTx['gather']>) {
    const known = this.#known
    const again = known && (await gatherRemembered(session, this.#tenant, known, device, about))
    if (again && this.#isGood(known)) return again
    const all = await reads.gather(device, about)
    if (this.#isStale) return all
    this.#known = withGathered(this.version!, all, known && this.#isGood(known) ? known : null)
    this.#isSure = true
    return all
  }

  #isGood(known: Remembered): boolean {
    this.#isSure ||= this.version !== null && isSame(known.version, this.version)
    return this.#isSure
  }

  #change(how: (known: Remembered) => Partial<Remembered>): void {
    if (this.#known && this.#isSure) this.#known = { ...this.#known, ...how(this.#known) }
    else this.#isStale = true
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
