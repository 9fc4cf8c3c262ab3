import type { WireManifest } from '../../shared/sync/merge-spec.ts'
import type { Remembered } from './remembered.ts'
import type { Session } from './session.ts'
import { array, type Query } from './sql-text.ts'
import {
  type AuthorRow,
  type BatchRow,
  type ConflictRow,
  type DeviceRow,
  type ExitRow,
  type Gathered,
  type InviteRow,
  type Key,
  type MemberRow,
  NoTenant,
  type OpRow,
  type SiteRow,
  type StateRow,
  type TenantState,
  type TenantTx,
  type Want,
} from './store.ts'

type Reads = Pick<
  TenantTx,
  | 'gather'
  | 'devices'
  | 'members'
  | 'invite'
  | 'manifest'
  | 'rowsOfRoots'
  | 'opsOf'
  | 'page'
  | 'exits'
  | 'conflicts'
  | 'seqs'
>

const DEVICE =
  'id, user_id AS "user", name, platform, key, recipient, token, before, gen, registered, seen, revoked, why'
const MEMBER = 'user_id AS "user", role, scopes'
const STATE = 'tbl, rid AS "row", root, scope, seq, f AS cells'
const WANT = 'unnest($2::int[], $3::bigint[]) AS want (scope, cursor)'

const ROWS = `SELECT ${STATE} FROM state JOIN unnest($2::int2[], $3::uuid[]) AS k (t, r) ON tbl = k.t AND rid = k.r WHERE tenant = $1`

const RECIPIENTS = `SELECT d.recipient FROM device d JOIN member m ON m.tenant = $1 AND m.user_id = d.user_id
  WHERE d.tenant = $1 AND d.revoked IS NULL AND d.recipient IS NOT NULL AND m.role = 'owner' ORDER BY d.recipient COLLATE "C"`

/** One row is what nearly every push of a person's asks for. */
const ROW = `SELECT ${STATE} FROM state WHERE tenant = $1 AND tbl = $2 AND rid = $3`
const BATCH_COLUMNS = 'site, from_own AS "from", to_own AS "to", hash, result, at'
const BATCH = `SELECT ${BATCH_COLUMNS} FROM batch WHERE tenant = $1 AND site = $2 AND from_own = $3`
const MARK = 'SELECT mark FROM mark WHERE tenant = $1 AND head = $2'

const GATHER = `SELECT json_build_object(
  'state', (SELECT row_to_json(x) FROM (SELECT head, epoch, mark FROM tenant WHERE tenant = $1) x),
  'device', (SELECT row_to_json(x) FROM (SELECT ${DEVICE} FROM device WHERE tenant = $1 AND id = $2) x),
  'member', (SELECT row_to_json(x) FROM (SELECT ${MEMBER} FROM member WHERE tenant = $1 AND user_id =
    (SELECT user_id FROM device WHERE tenant = $1 AND id = $2)) x),
  'scopes', (SELECT coalesce(json_agg(id ORDER BY id), '[]') FROM scope WHERE tenant = $1),
  'sites', (SELECT coalesce(json_agg(x), '[]') FROM (SELECT id, device, parent, fork, last, hash FROM site WHERE tenant = $1) x),
  'authors', (SELECT coalesce(json_agg(x ORDER BY n), '[]') FROM (SELECT n, site, user_id AS "user" FROM author WHERE tenant = $1) x),
  'manifests', (SELECT coalesce(json_agg(hash ORDER BY hash), '[]') FROM manifest WHERE tenant = $1),
  'batch', (SELECT row_to_json(x) FROM (SELECT ${BATCH_COLUMNS} FROM batch
    WHERE tenant = $1 AND site = $3 AND from_own = $4) x),
  'markAt', (SELECT mark FROM mark WHERE tenant = $1 AND head = $5)
) AS all`

type Json = {
  state: TenantState | null
  device: DeviceRow | null
  member: (Omit<MemberRow, 'scopes'> & { scopes: string }) | null
  scopes: number[]
  sites: SiteRow[]
  authors: AuthorRow[]
  manifests: string[]
  batch: BatchRow | null
  markAt: string | null
}

const scopesOf = <T extends { scopes: string }>(m: T) => ({ ...m, scopes: JSON.parse(m.scopes) as MemberRow['scopes'] })
const wanted = (wants: readonly Want[]) => [array(wants.map(([s]) => s)), array(wants.map(([, c]) => c))]

type About = Parameters<TenantTx['gather']>[1]

/** Those rows that are asked for. */
function askRows(ask: Query, tenant: string, keys: readonly Key[] = []): Promise<StateRow[]> {
  if (keys.length === 1) return ask<StateRow>(ROW, [tenant, ...keys[0]!])
  return ask<StateRow>(ROWS, [tenant, array(keys.map(([t]) => t)), array(keys.map(([, r]) => r))])
}

/**
 * What was gathered before and must still be so, with what is asked besides: rows, and of batches and marks what is not seen from it. Null: this device
 * was not heard of since.
 */
export async function gatherRemembered(
  { query, later }: Session,
  tenant: string,
  known: Remembered,
  device: string,
  about: About = {},
): Promise<Gathered | null> {
  const held = known.devices.get(device)
  if (!held || about.recipients) return null
  const { version, devices, ...facts } = known
  const { head, epoch, mark } = version
  const wanted = about.batch
  const isOld = wanted !== undefined && wanted.from <= (known.sites.find((s) => s.id === wanted.site)?.last ?? 0)
  const batch = isOld ? later<BatchRow>(BATCH, [tenant, wanted.site, wanted.from]) : []
  const isNow = about.head === undefined || about.head === head
  const marks = isNow ? [{ mark }] : later<{ mark: string }>(MARK, [tenant, about.head])
  return {
    ...facts,
    ...held,
    state: { head, epoch, mark },
    // With it goes all that was to be asked before.
    rows: await askRows(query, tenant, about.rows),
    batch: (await batch)[0] ?? null,
    markAt: (await marks)[0]?.mark ?? null,
    recipients: [],
  }
}

export function reading({ query, later }: Session, tenant: string): Reads {
  return {
    async gather(device, about = {}): Promise<Gathered> {
      const { batch, head } = about
      const recipients = about.recipients ? later<{ recipient: string }>(RECIPIENTS, [tenant]) : []
      const rows = about.rows?.length ? askRows(later, tenant, about.rows) : []
      const params = [tenant, device, batch?.site ?? null, batch?.from ?? null, head ?? null]
      const found = (await query<{ all: Json }>(GATHER, params))[0]!.all
      if (!found.state) throw new NoTenant()
      return {
        ...found,
        state: found.state,
        member: found.member && scopesOf(found.member),
        rows: await rows,
        recipients: (await recipients).map((r) => r.recipient),
      }
    },
    devices: () => query<DeviceRow>(`SELECT ${DEVICE} FROM device WHERE tenant = $1 ORDER BY registered, id`, [tenant]),
    async members() {
      type Row = Omit<MemberRow, 'scopes'> & { scopes: string }
      const rows = await query<Row>(`SELECT ${MEMBER} FROM member WHERE tenant = $1 ORDER BY user_id`, [tenant])
      return rows.map(scopesOf)
    },
    async invite(code) {
      type Row = Omit<InviteRow, 'scopes'> & { scopes: string | null }
      const sql =
        'SELECT code, user_id AS "user", role, scopes, expires, used FROM invite WHERE tenant = $1 AND code = $2 FOR UPDATE'
      const row = (await query<Row>(sql, [tenant, code]))[0]
      return row
        ? { ...row, scopes: row.scopes === null ? null : (JSON.parse(row.scopes) as InviteRow['scopes']) }
        : null
    },
    async manifest(hash) {
      const sql = 'SELECT body FROM manifest WHERE tenant = $1 AND hash = $2'
      const row = (await query<{ body: string }>(sql, [tenant, hash]))[0]
      return row ? (JSON.parse(row.body) as WireManifest) : null
    },
    async rowsOfRoots(roots) {
      if (roots.length === 0) return []
      return query<StateRow>(`SELECT ${STATE} FROM state WHERE tenant = $1 AND root = ANY($2::uuid[])`, [
        tenant,
        array(roots),
      ])
    },
    opsOf: (site, after, limit) =>
      query<OpRow>(
        `SELECT seq, site, own, author, tbl, rid AS "row", kind, hlc AS h, base, f, root, code FROM op
         WHERE tenant = $1 AND site = $2 AND own > $3 ORDER BY own LIMIT $4`,
        [tenant, site, after, limit],
      ),
    async page(wants, head, limit, bytes) {
      // LATERAL with a limit for each scope: every scope is one walk of its index, however many there are.
      const sql = `SELECT tbl, rid AS "row", scope, seq, f AS cells, n FROM (
          SELECT *, sum(octet_length(f)) OVER (ORDER BY seq) AS size, row_number() OVER (ORDER BY seq) AS nr, count(*) OVER () AS n FROM (
            SELECT one.* FROM ${WANT} CROSS JOIN LATERAL (
              SELECT tbl, rid, scope, seq, f FROM state WHERE tenant = $1 AND state.scope = want.scope AND seq > want.cursor AND seq <= $4
              ORDER BY seq LIMIT $5) one
            ORDER BY seq LIMIT $5) fetched) measured
        WHERE size <= $6 OR nr = 1 ORDER BY seq`
      type Row = Omit<StateRow, 'root'> & { n: number }
      const rows = await query<Row>(sql, [tenant, ...wanted(wants), head, limit + 1, bytes])
      const fetched = rows[0]?.n ?? 0
      const full = fetched > rows.length || rows.length > limit
      return { rows: rows.slice(0, limit), full }
    },
    exits: (wants, upTo) =>
      query<ExitRow>(
        `SELECT e.scope, e.seq, e.tbl, e.rid AS "row" FROM ${WANT} JOIN scope_exit e ON e.tenant = $1 AND e.scope = want.scope
           AND e.seq > want.cursor AND e.seq <= $4
         JOIN state s ON s.tenant = $1 AND s.tbl = e.tbl AND s.rid = e.rid AND s.scope <> e.scope ORDER BY e.seq`,
        [tenant, ...wanted(wants), upTo],
      ),
    conflicts: (wants, upTo) =>
      query<ConflictRow>(
        `SELECT c.id, c.seq, c.tbl, c.rid AS "row", c.fid, c.class, c.win, c.lose FROM conflict c
         JOIN state s ON s.tenant = $1 AND s.tbl = c.tbl AND s.rid = c.rid
         JOIN ${WANT} ON want.scope = s.scope AND c.seq > want.cursor
         WHERE c.tenant = $1 AND c.seq <= $4 AND c.seq > (SELECT min(x) FROM unnest($3::bigint[]) x) ORDER BY c.seq, c.id`,
        [tenant, ...wanted(wants), upTo],
      ),
    async seqs(scope) {
      const sql = 'SELECT rid AS "row", seq FROM state WHERE tenant = $1 AND scope = $2'
      return (await query<{ row: string; seq: number }>(sql, [tenant, scope])).map((r) => [r.row, r.seq])
    },
  }
}
