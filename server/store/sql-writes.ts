import { array, type Later, TEXTS, texts } from './sql-text.ts'
import { BATCHES_KEPT, type StateRow, type TenantTx } from './store.ts'

type Writes = Pick<
  TenantTx,
  | 'setState'
  | 'saveDevice'
  | 'saveMember'
  | 'saveSite'
  | 'saveInvite'
  | 'addScopes'
  | 'addManifest'
  | 'addAuthors'
  | 'dropBatches'
  | 'addPush'
  | 'saveRows'
  | 'addConflicts'
  | 'lift'
  | 'addExits'
>

/** '' stands for NULL among texts and ids: it is neither. */
const orEmpty = (text: string | null) => text ?? ''

/** Rows of state from the parameters that begin with this number. */
const saveRows = (n: number) => `INSERT INTO state (tenant, tbl, rid, root, scope, seq, f)
  SELECT $1::uuid, * FROM unnest($${n}::int2[], $${n + 1}::uuid[], $${n + 2}::uuid[], $${n + 3}::int[], $${n + 4}::bigint[], ${TEXTS(n + 5)})
  ON CONFLICT (tenant, tbl, rid) DO UPDATE SET root = excluded.root, scope = excluded.scope, seq = excluded.seq, f = excluded.f`
const columnsOf = (rows: readonly StateRow[]) => [
  array(rows.map((r) => r.tbl)),
  array(rows.map((r) => r.row)),
  array(rows.map((r) => r.root)),
  array(rows.map((r) => r.scope)),
  array(rows.map((r) => r.seq)),
  texts(rows.map((r) => r.cells)),
]

/** All that every push writes as one statement: each by itself costs as much as a small push has to write. */
const PUSH = `WITH t AS (UPDATE tenant SET head = $2::bigint, epoch = $3::uuid, mark = $4::text WHERE tenant = $1::uuid),
  m AS (INSERT INTO mark VALUES ($1::uuid, $2::bigint, $4::text) ON CONFLICT DO NOTHING),
  s AS (UPDATE site SET last = $7::bigint, hash = $8::text WHERE tenant = $1::uuid AND id = $5::uuid),
  b AS (INSERT INTO batch (tenant, site, from_own, to_own, hash, result, at)
    VALUES ($1::uuid, $5::uuid, $6::bigint, $7::bigint, $8::text, $9::text, $10::bigint)),
  o AS (INSERT INTO op (tenant, site, seq, own, author, tbl, rid, kind, hlc, base, f, root, code)
    SELECT $1::uuid, $5::uuid, x.seq, x.own, x.author, x.tbl, x.rid, x.kind, x.hlc, x.base, x.f, nullif(x.root, '')::uuid, nullif(x.code, '')
    FROM unnest($11::bigint[], $12::bigint[], $13::int[], $14::int2[], $15::uuid[], $16::int2[], $17::bigint[], $18::bigint[], ${TEXTS(19)},
      ${TEXTS(20)}, ${TEXTS(21)}) AS x (seq, own, author, tbl, rid, kind, hlc, base, f, root, code))
  ${saveRows(22)}`

export function writing(later: Later, tenant: string): Writes {
  const write = async (text: string, params: readonly unknown[]): Promise<void> => void later(text, params)
  return {
    async setState({ head, epoch, mark }) {
      await write('UPDATE tenant SET head = $2, epoch = $3, mark = $4 WHERE tenant = $1', [tenant, head, epoch, mark])
      await write('INSERT INTO mark VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [tenant, head, mark])
    },
    async saveDevice(d) {
      await write(
        `INSERT INTO device (tenant, id, user_id, name, platform, key, token, before, gen, registered, seen, revoked, why, recipient)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT (tenant, id) DO UPDATE SET user_id = excluded.user_id, name = excluded.name, platform = excluded.platform,
           key = excluded.key, token = excluded.token, before = excluded.before, gen = excluded.gen, seen = excluded.seen,
           revoked = excluded.revoked, why = excluded.why, recipient = excluded.recipient`,
        [
          tenant,
          d.id,
          d.user,
          d.name,
          d.platform,
          d.key,
          d.token,
          d.before,
          d.gen,
          d.registered,
          d.seen,
          d.revoked,
          d.why,
          d.recipient,
        ],
      )
    },
    async saveMember(m) {
      await write(
        `INSERT INTO member (tenant, user_id, role, scopes) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant, user_id) DO UPDATE SET role = excluded.role, scopes = excluded.scopes`,
        [tenant, m.user, m.role, JSON.stringify(m.scopes)],
      )
    },
    async saveSite(s) {
      await write(
        `INSERT INTO site (tenant, id, device, parent, fork, last, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (tenant, id) DO UPDATE SET device = excluded.device, last = excluded.last, hash = excluded.hash`,
        [tenant, s.id, s.device, s.parent, s.fork, s.last, s.hash],
      )
    },
    async saveInvite(i) {
      await write(
        `INSERT INTO invite (tenant, code, user_id, role, scopes, expires, used) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (tenant, code) DO UPDATE SET used = excluded.used`,
        [tenant, i.code, i.user, i.role, i.scopes && JSON.stringify(i.scopes), i.expires, i.used],
      )
      await write('INSERT INTO invite_tenant (code, tenant) VALUES ($2, $1) ON CONFLICT DO NOTHING', [tenant, i.code])
    },
    async addScopes(scopes) {
      if (scopes.length === 0) return
      const sql = 'INSERT INTO scope (tenant, id) SELECT $1, x FROM unnest($2::int[]) x ON CONFLICT DO NOTHING'
      await write(sql, [tenant, array(scopes)])
    },
    async addManifest(hash, sv, manifest) {
      const sql = 'INSERT INTO manifest (tenant, hash, sv, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING'
      await write(sql, [tenant, hash, sv, JSON.stringify(manifest)])
    },
    async addAuthors(authors) {
      for (const a of authors) {
        const sql = 'INSERT INTO author (tenant, n, site, user_id) VALUES ($1, $2, $3, $4)'
        await write(sql, [tenant, a.n, a.site, a.user])
      }
    },
    async dropBatches(before) {
      await write(
        `DELETE FROM batch b WHERE tenant = $1 AND at < $2 AND from_own <
           (SELECT from_own FROM batch l WHERE l.tenant = $1 AND l.site = b.site ORDER BY from_own DESC OFFSET ${BATCHES_KEPT - 1} LIMIT 1)`,
        [tenant, before],
      )
    },
    async addPush({ state: { head, epoch, mark }, batch, ops, rows }) {
      await write(PUSH, [
        tenant,
        head,
        epoch,
        mark,
        batch.site,
        batch.from,
        batch.to,
        batch.hash,
        batch.result,
        batch.at,
        array(ops.map((o) => o.seq)),
        array(ops.map((o) => o.own)),
        array(ops.map((o) => o.author)),
        array(ops.map((o) => o.tbl)),
        array(ops.map((o) => o.row)),
        array(ops.map((o) => o.kind)),
        array(ops.map((o) => o.h)),
        array(ops.map((o) => o.base)),
        texts(ops.map((o) => o.f)),
        texts(ops.map((o) => orEmpty(o.root))),
        texts(ops.map((o) => orEmpty(o.code))),
        ...columnsOf(rows),
      ])
    },
    async saveRows(rows) {
      if (rows.length === 0) return
      await write(saveRows(2), [tenant, ...columnsOf(rows)])
    },
    async addConflicts(conflicts) {
      if (conflicts.length === 0) return
      await write(
        `INSERT INTO conflict (tenant, id, seq, tbl, rid, fid, class, win, lose)
         SELECT $1, * FROM unnest($2::uuid[], $3::bigint[], $4::int2[], $5::uuid[], $6::int[], $7::text[], ${TEXTS(8)}, ${TEXTS(9)})
         ON CONFLICT DO NOTHING`,
        [
          tenant,
          array(conflicts.map((c) => c.id)),
          array(conflicts.map((c) => c.seq)),
          array(conflicts.map((c) => c.tbl)),
          array(conflicts.map((c) => c.row)),
          array(conflicts.map((c) => c.fid)),
          array(conflicts.map((c) => c.class)),
          texts(conflicts.map((c) => c.win)),
          texts(conflicts.map((c) => c.lose)),
        ],
      )
    },
    async lift(keys, seq) {
      if (keys.length === 0) return
      await write(
        `UPDATE conflict SET seq = $4 FROM unnest($2::int2[], $3::uuid[]) AS k (t, r) WHERE tenant = $1 AND tbl = k.t AND rid = k.r`,
        [tenant, array(keys.map(([t]) => t)), array(keys.map(([, r]) => r)), seq],
      )
    },
    async addExits(exits) {
      if (exits.length === 0) return
      await write(
        `INSERT INTO scope_exit (tenant, scope, seq, tbl, rid) SELECT $1, * FROM unnest($2::int[], $3::bigint[], $4::int2[], $5::uuid[])
         ON CONFLICT DO NOTHING`,
        [
          tenant,
          array(exits.map((e) => e.scope)),
          array(exits.map((e) => e.seq)),
          array(exits.map((e) => e.tbl)),
          array(exits.map((e) => e.row)),
        ],
      )
    },
  }
}
