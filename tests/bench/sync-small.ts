/** P9 and P11 of SYNC.md 15: many small pushes, and whether a reader misses any of them. */
import { randomUUID } from 'node:crypto'
import type { App } from '../../server/app.ts'
import { handle } from '../../server/handle.ts'
import { pgRunner } from '../../server/store/pg.ts'
import type { Runner } from '../../server/store/session.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { type Device, device, straight } from '../server/device.ts'
import { havePostgres, startPostgres } from '../support/postgres.ts'
import { joined, median, type Row, round, seconds, serving } from './sync-work.ts'

export const name = 'sync-small'

const CONNECTIONS = 8

interface Sent {
  p50: number
  rate: number
}

/** Each worker does its jobs one after the other, all workers at once. */
async function together(workers: (() => Promise<unknown>)[][]): Promise<Sent> {
  const times: number[] = []
  const took = await seconds(() =>
    Promise.all(
      workers.map(async (jobs) => {
        for (const job of jobs) {
          const began = performance.now()
          await job()
          times.push(performance.now() - began)
        }
      }),
    ),
  )
  return { p50: median(times), rate: times.length / took }
}

/** Batches of one change, made before anything is timed: making them is the devices' work. */
function pushes(app: App, by: Device, count: number): (() => Promise<unknown>)[] {
  return Array.from({ length: count }, () => {
    const batch = by.batch([{ f: { 12: ['علی'] } }])
    Object.assign(by, { own: batch.to, hash: batch.hash })
    const text = JSON.stringify(batch)
    return async () => {
      const answer = await handle(app, { path: PATH.push, access: by.access, body: JSON.parse(text) })
      if (answer.status !== 200) throw new Error(answer.text)
    }
  })
}

/** What cannot be left out: a counter under its lock and one line, committed. */
function floor(runner: Runner, count: number, tenant = ids[0]): (() => Promise<unknown>)[] {
  return Array.from(
    { length: count },
    () => () =>
      runner.transaction(async ({ query, later }) => {
        const [row] = await query<{ n: number }>('UPDATE bench_counter SET n = n + 1 WHERE tenant = $1 RETURNING n', [
          tenant,
        ])
        void later('INSERT INTO bench_line VALUES ($1, $2, $3, $4)', [tenant, row!.n, randomUUID(), '{"12":["علی"]}'])
      }),
  )
}
const ids = Array.from({ length: 64 }, () => randomUUID())
const floors = (runner: Runner) =>
  runner.transaction(({ exec }) =>
    exec(`DROP TABLE IF EXISTS bench_counter, bench_line;
      CREATE TABLE bench_counter (tenant uuid PRIMARY KEY, n bigint NOT NULL);
      CREATE TABLE bench_line (tenant uuid, n bigint, rid uuid, f text, PRIMARY KEY (tenant, n));
      INSERT INTO bench_counter SELECT x, 0 FROM unnest('{${ids.join()}}'::uuid[]) x`),
  )

async function colleagues(app: App, count: number): Promise<Device[]> {
  const first = await joined(app)
  const all = [first]
  while (all.length < count) {
    const { code } = await first.ask<{ code: string }>(PATH.invite, { user: first.user, role: 'owner', scopes: null })
    const next = device(straight(app), () => Date.now())
    await next.register(code)
    all.push(next)
  }
  return all
}

/** Eight write fifty rows each while one reads on: rows the reader never gets, with a sequence as the cursor and with the head. */
async function missed(app: App, runner: Runner): Promise<{ sequence: number; head: number }> {
  await runner.transaction(({ exec }) =>
    exec('DROP TABLE IF EXISTS bench_seq; CREATE TABLE bench_seq (n bigserial PRIMARY KEY, x uuid)'),
  )
  const during = async (writing: Promise<unknown>, read: () => Promise<void>) => {
    let over = false
    const end = writing.then(() => {
      over = true
    })
    for (let last = false; !last; ) {
      last = over
      await read()
    }
    await end
  }
  const eight = Array.from({ length: 8 }, (_, i) => i)
  let cursor = 0
  let seen = 0
  await during(
    Promise.all(
      eight.map(async () => {
        for (let i = 0; i < 50; i++)
          await runner.transaction(async ({ query }) => {
            await query('INSERT INTO bench_seq (x) VALUES ($1)', [randomUUID()])
            await query(`SELECT pg_sleep(${Math.random() / 200})`)
          })
      }),
    ),
    () =>
      runner.transaction(async ({ query }) => {
        const rows = await query<{ n: number }>('SELECT n FROM bench_seq WHERE n > $1 ORDER BY n', [cursor])
        seen += rows.length
        cursor = rows.at(-1)?.n ?? cursor
      }),
  )
  const [reader, ...writers] = await colleagues(app, 9)
  const got = new Set<string>()
  await during(together(writers.map((w) => pushes(app, w, 50))), async () => {
    for (const id of (await reader!.pull()).rows.keys()) got.add(id)
  })
  return { sequence: 400 - seen, head: 400 - got.size }
}

export async function run(options: { scale?: number } = {}): Promise<{ name: string; rows: Row[] }> {
  const n = options.scale ?? 1_600
  if (!havePostgres()) throw new Error('no PostgreSQL on this computer (TEST_DATABASE_URL)')
  const postgres = await startPostgres({ durable: true })
  const pg = pgRunner({ url: await postgres.database(), connections: CONNECTIONS })
  try {
    const app = await serving(pg)
    await floors(pg)
    const of = (devices: Device[], each: number) => together(devices.map((d) => pushes(app, d, each)))
    // Plans are made and pages are read before anything counts.
    await of(await colleagues(app, CONNECTIONS), 20)
    await together(Array.from({ length: CONNECTIONS }, () => floor(pg, 20)))
    const rows: Row[] = []
    const say = (what: string, gate: string, sent: Sent, bare: Sent) =>
      rows.push({
        what,
        'p50 ms': round(sent.p50),
        'a second': Math.round(sent.rate),
        'counter and insert p50 ms': round(bare.p50),
        'counter and insert a second': Math.round(bare.rate),
        ratio: round(bare.rate / sent.rate),
        gate,
      })
    const alone = await of([await joined(app)], n >> 2)
    say('P9 push of one change, one after the other', '<= 5 ms', alone, await together([floor(pg, n >> 2)]))
    const same = await of(await colleagues(app, 8), n >> 3)
    const eight = await together(Array.from({ length: 8 }, () => floor(pg, n >> 3)))
    say('P9 eight devices of one business', '>= 500/s', same, eight)
    const many: Device[] = []
    for (let i = 0; i < 64; i++) many.push(await joined(app))
    const apart = await of(many, n >> 5)
    const sixtyFour = await together(ids.map((id) => floor(pg, n >> 5, id)))
    say('P9 64 businesses, 8 connections', '>= 2000/s', apart, sixtyFour)
    const lost = await missed(app, pg)
    rows.push({ what: 'P11 of 400 rows a reader misses: sequence as cursor', lost: lost.sequence })
    rows.push({ what: 'P11 of 400 rows a reader misses: head', lost: lost.head, gate: '0' })
    return { name, rows }
  } finally {
    await pg.close()
    await postgres.stop()
  }
}
