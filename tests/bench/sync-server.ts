import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { App } from '../../server/app.ts'
import { handle } from '../../server/handle.ts'
import { pgRunner } from '../../server/store/pg.ts'
import { pgliteRunner } from '../../server/store/pglite.ts'
import type { Runner } from '../../server/store/session.ts'
import { array, TEXTS, texts } from '../../server/store/sql-text.ts'
import { decodeOps, type EncodedOps } from '../../shared/sync/codec.ts'
import type { Op } from '../../shared/sync/merge.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import type { Device } from '../server/device.ts'
import { havePostgres, startPostgres } from '../support/postgres.ts'
import { BATCH, type Batch, joined, median, pushAll, type Row, round, seconds, serving, workload } from './sync-work.ts'

export const name = 'sync-server'

/** The op rows of W alone, into a table with the same two indexes: what the push is measured against. */
async function bare(runner: Runner, batches: Batch[], how: 'copy' | 'insert', folder: string): Promise<number> {
  const table = 'bench_op'
  const all = batches.map(({ body }) => {
    const { from, ops } = JSON.parse(body) as { from: number; ops: EncodedOps }
    return decodeOps(ops, from)
  })
  const tenant = randomUUID()
  const site = randomUUID()
  await runner.transaction(async ({ exec }) => {
    await exec(`DROP TABLE IF EXISTS ${table}; CREATE TABLE ${table} (LIKE op INCLUDING INDEXES)`)
  })
  const files = all.map((ops, i) => {
    if (how === 'insert') return ''
    const file = join(folder, `${i}.copy`)
    const line = (o: Op) =>
      [
        tenant,
        o.own,
        site,
        o.own,
        1,
        o.tbl,
        o.row,
        o.kind,
        o.h,
        o.base,
        JSON.stringify(o.f).replaceAll('\\', '\\\\'),
        '\\N',
        '\\N',
      ].join('\t')
    writeFileSync(file, `${ops.map(line).join('\n')}\n`)
    chmodSync(file, 0o644)
    return file
  })
  return seconds(async () => {
    for (const [i, ops] of all.entries()) {
      await runner.transaction(async ({ exec, query }) => {
        if (how === 'copy') return exec(`COPY ${table} FROM '${files[i]}'`)
        await query(
          `INSERT INTO ${table} (tenant, site, seq, own, author, tbl, rid, kind, hlc, base, f)
           SELECT $1, $2, x.n, x.n, 1, x.t, x.r, x.k, x.h, x.b, x.f
           FROM unnest($3::bigint[], $4::int2[], $5::uuid[], $6::int2[], $7::bigint[], $8::bigint[], ${TEXTS(9)}) AS x (n, t, r, k, h, b, f)`,
          [
            tenant,
            site,
            array(ops.map((o) => o.own)),
            array(ops.map((o) => o.tbl)),
            array(ops.map((o) => o.row)),
            array(ops.map((o) => o.kind)),
            array(ops.map((o) => o.h)),
            array(ops.map((o) => o.base)),
            texts(ops.map((o) => JSON.stringify(o.f))),
          ],
        )
      })
    }
  })
}

async function pulled(app: App, by: Device): Promise<{ rows: number; bytes: number; seconds: number }> {
  let [rows, bytes] = [0, 0]
  let scopes: Record<string, number> = {}
  const took = await seconds(async () => {
    for (let more = true; more; ) {
      const body = { v: 1, tenant: by.tenant, ...by.asker(), site: by.site, scopes, authors: 0, limit: BATCH }
      const { text } = await handle(app, { path: PATH.pull, access: by.access, body })
      bytes += gzipSync(text, { level: 5 }).length
      // Only the ends: reading the page is the client's work.
      const end = JSON.parse(`${text.slice(0, text.indexOf(',"rows":'))}}`) as { next: typeof scopes; more: boolean }
      rows += (text.slice(text.indexOf('"o":[')).match(/^"o":\[([^\]]*)/)?.[1] ?? '').split(',').length
      scopes = end.next
      more = end.more
    }
  })
  return { rows, bytes, seconds: took }
}

export async function run(options: { scale?: number } = {}): Promise<{ name: string; rows: Row[] }> {
  const n = options.scale ?? 100_000
  if (!havePostgres()) throw new Error('no PostgreSQL on this computer (TEST_DATABASE_URL)')
  const folder = mkdtempSync(join(tmpdir(), 'daftar-bench-'))
  chmodSync(folder, 0o755)
  const postgres = await startPostgres({ durable: true })
  const pg = pgRunner({ url: await postgres.database(), connections: 8 })
  const lite = await pgliteRunner(join(folder, 'pglite'))
  try {
    const app = await serving(pg)
    const rounds: { push: number; copy: number; insert: number }[] = []
    let bytes: Batch['bytes'] = { raw: 0, gzip: 0, zstd: 0 }
    let reader = await joined(app)
    for (let i = 0; i < 3; i++) {
      reader = await joined(app)
      const batches = workload(n, reader)
      const sum = (key: keyof Batch['bytes']) => batches.reduce((all, b) => all + b.bytes[key], 0)
      bytes = { raw: sum('raw'), gzip: sum('gzip'), zstd: sum('zstd') }
      rounds.push({
        copy: await bare(pg, batches, 'copy', folder),
        insert: await bare(pg, batches, 'insert', folder),
        push: await seconds(() => pushAll(app, reader, batches)),
      })
    }
    const of = (key: keyof (typeof rounds)[number]) => median(rounds.map((r) => r[key]))
    const pulls = [await pulled(app, reader), await pulled(app, reader), await pulled(app, reader)]
    const pullSeconds = median(pulls.map((p) => p.seconds))
    const small = await serving(lite)
    const there = await joined(small)
    const litePush = await seconds(() => pushAll(small, there, workload(n, there)))
    const { rows, bytes: pullBytes } = pulls[0]!
    return {
      name,
      rows: [
        {
          what: `P1 push of ${n} changes / COPY of the op rows`,
          value: round(of('push')),
          against: round(of('copy')),
          ratio: round(of('push') / of('copy')),
          gate: '<= 10x',
          goal: '<= 5x',
        },
        {
          what: 'P2 the same / INSERT(unnest) of the op rows',
          value: round(of('push')),
          against: round(of('insert')),
          ratio: round(of('push') / of('insert')),
          gate: '<= 5x',
          goal: '<= 3x',
        },
        {
          what: 'P3 push on PGlite / on PostgreSQL',
          value: round(litePush),
          against: round(of('push')),
          ratio: round(litePush / of('push')),
          gate: '<= 2x',
          goal: '<= 1.5x',
        },
        {
          what: 'P4 bytes a change: zstd, gzip, raw',
          value: round(bytes.zstd / n, 1),
          against: round(bytes.gzip / n, 1),
          ratio: round(bytes.raw / n, 1),
          gate: '<= 35',
          goal: '<= 22',
        },
        {
          what: 'P7 pull with gzip: rows/s; bytes a row',
          value: Math.round(rows / pullSeconds),
          against: round(pullBytes / rows, 1),
          ratio: rows,
          gate: '>= 25000; <= 90',
          goal: '50000',
        },
      ],
    }
  } finally {
    await lite.close()
    await pg.close()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
