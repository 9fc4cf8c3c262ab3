import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { App } from '../../server/app.ts'
import { newBusiness } from '../../server/business.ts'
import { handle } from '../../server/handle.ts'
import { nodeHost } from '../../server/host.ts'
import { makeApp } from '../../server/make-app.ts'
import { pgRunner } from '../../server/store/pg.ts'
import { pgliteRunner } from '../../server/store/pglite.ts'
import type { Runner } from '../../server/store/session.ts'
import { sqlStore } from '../../server/store/sql.ts'
import { array, TEXTS, texts } from '../../server/store/sql-text.ts'
import { hlcAt } from '../../shared/sync/clock.ts'
import { canonical, chainHash, decodeOps, type EncodedOps, encodeOps } from '../../shared/sync/codec.ts'
import { KIND } from '../../shared/sync/manifest.ts'
import type { Op } from '../../shared/sync/merge.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { type Device, device, straight } from '../server/device.ts'
import { havePostgres, startPostgres } from '../support/postgres.ts'

export const name = 'sync-server'

const BATCH = 5_000
const NAMES = ['علی', 'زهرا', 'محمدرضا', 'فاطمه', 'حسین', 'مریم', 'رضا', 'نرگس']
const FAMILIES = ['محمدی', 'حسینی', 'احمدی', 'کریمی', 'موسوی', 'رضایی', 'اسماعیل‌زاده', 'نوری']

type Row = Record<string, string | number>
interface Batch {
  bytes: { raw: number; gzip: number; zstd: number }
  body: string
}

/** W of SYNC.md 15: 60 % new customers of nine filled fields, 40 % changes of one or two. */
function workload(n: number, by: Device): Batch[] {
  const ids: string[] = []
  const batches: Batch[] = []
  let hash = ''
  for (let from = 1; from <= n; from += BATCH) {
    const ops: Op[] = []
    for (let own = from; own < Math.min(n + 1, from + BATCH); own++) {
      const shared = { tbl: 1, h: hlcAt(Date.now()) + own, base: 0, own, user: by.user }
      const pick = (list: string[]) => [list[own % list.length]!] as const
      if (own % 5 < 3) {
        const row = randomUUID()
        ids.push(row)
        const f: Op['f'] = {
          1: [row],
          2: [Date.now()],
          10: ['person'],
          12: pick(NAMES),
          13: pick(FAMILIES),
          14: [`بازرگانی ${own % 900}`],
          15: [String(1e9 + own)],
          24: [own * 1_000],
          27: [`مشتری قدیمی، معرف ${NAMES[own % 8]}، تحویل صبح‌ها`],
        }
        ops.push({ ...shared, row, kind: KIND.put, f })
      } else {
        const row = ids[(own * 7) % ids.length]!
        const f: Op['f'] = own % 2 ? { 24: [own] } : { 12: pick(NAMES), 13: pick(FAMILIES) }
        ops.push({ ...shared, row, kind: KIND.patch, f })
      }
    }
    const coded = encodeOps(ops)
    const head = { site: by.site, from, to: from + ops.length - 1, replay: false }
    const prev = hash
    hash = chainHash(nodeHost(() => {}).sha256, prev, canonical(head, coded))
    const body = JSON.stringify({ v: 1, tenant: by.tenant, ...by.asker(), ...head, prev, hash, ops: coded })
    const raw = Buffer.from(body)
    batches.push({ body, bytes: { raw: raw.length, gzip: gzipSync(raw).length, zstd: zstdCompressSync(raw).length } })
  }
  return batches
}

const seconds = async (work: () => Promise<unknown>) => {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
const median = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1]!
const round = (x: number, to = 2) => Number(x.toFixed(to))

async function serving(runner: Runner): Promise<App> {
  return makeApp(
    nodeHost((event, facts) => {
      if (event === 'internal') process.stderr.write(`${JSON.stringify(facts)}\n`)
    }),
    await sqlStore(runner),
    {
      maxPushes: 64,
    },
  )
}
async function joined(app: App): Promise<Device> {
  const one = device(straight(app), () => Date.now())
  await one.register((await newBusiness(app, 600_000)).code)
  return one
}
async function pushAll(app: App, by: Device, batches: Batch[]): Promise<void> {
  for (const { body } of batches) {
    const { status, text } = await handle(app, { path: PATH.push, access: by.access, body: JSON.parse(body) })
    if (status !== 200 || JSON.parse(text).lost) throw new Error(text.slice(0, 300))
  }
}

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

async function singles(writers: Device[], each: number): Promise<{ p50: number; rate: number }> {
  const times: number[] = []
  const took = await seconds(() =>
    Promise.all(
      writers.map(async (w) => {
        for (let i = 0; i < each; i++) {
          const began = performance.now()
          await w.push([{ f: { 12: ['علی'] } }])
          times.push(performance.now() - began)
        }
      }),
    ),
  )
  return { p50: median(times), rate: times.length / took }
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
    const one = await singles([await joined(app)], 300)
    const first = await joined(app)
    const writers = [first]
    for (let i = 1; i < 8; i++) {
      const { code } = await first.ask<{ code: string }>(PATH.invite, { user: first.user, role: 'owner', scopes: null })
      const next = device(straight(app), () => Date.now())
      await next.register(code)
      writers.push(next)
    }
    const same = await singles(writers, 100)
    const many: Device[] = []
    for (let i = 0; i < 64; i++) many.push(await joined(app))
    const apart = await singles(many, 25)
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
        {
          what: 'P9 push of one change, one after the other: p50 ms; a second',
          value: round(one.p50),
          against: Math.round(one.rate),
          ratio: 1,
          gate: '<= 5 ms',
          goal: '',
        },
        {
          what: 'P9 eight devices of one business: p50 ms; a second',
          value: round(same.p50),
          against: Math.round(same.rate),
          ratio: 8,
          gate: '>= 500/s',
          goal: '',
        },
        {
          what: 'P9 64 businesses, 8 connections: p50 ms; a second',
          value: round(apart.p50),
          against: Math.round(apart.rate),
          ratio: 64,
          gate: '>= 2000/s',
          goal: '',
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
