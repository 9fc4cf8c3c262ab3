/** P8 and P10 of SYNC.md 15: a book's outbox through a server into another book. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import { insert, patch } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import type { Ctx } from '../../main/engine/context.ts'
import { party } from '../../main/modules/customers/table.ts'
import { nodeParts } from '../../main/modules/sync/node-parts.ts'
import { cursors, pieceOf } from '../../main/sync/apply.ts'
import { SyncClient } from '../../main/sync/client.ts'
import type { Net } from '../../main/sync/parts.ts'
import { register } from '../../main/sync/register.ts'
import { applyPage, deriveAll, newPace } from '../../main/sync/rounds.ts'
import type { PullReply } from '../../shared/sync/exchange.ts'
import { InviteReply } from '../../shared/sync/membership.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { havePostgres, startPostgres } from '../support/postgres.ts'
import { newBook } from './book.ts'
import { FAMILIES, NAMES, type Row, round, seconds } from './sync-work.ts'

export const name = 'sync-client'

/** W as a person's program writes it: 60 % new customers of nine filled fields, 40 % changes of one or two. */
function fill(ctx: Ctx, changes: number): void {
  const ids: string[] = []
  const pick = (list: string[], n: number) => list[n % list.length]!
  for (let from = 0; from < changes; from += 1_000) {
    write(ctx, 'imports.run', (tx) => {
      for (let n = from; n < Math.min(changes, from + 1_000); n++) {
        const names = { first_name: pick(NAMES, n), last_name: pick(FAMILIES, n) }
        if (n % 5 < 3) {
          const made = insert(tx, party, {
            kind: 'person',
            ...names,
            company_name: `بازرگانی ${n % 900}`,
            national_id: String(1e9 + n),
            credit_limit: n * 1_000,
            about: `مشتری قدیمی، معرف ${pick(NAMES, n)}، تحویل صبح‌ها`,
          })
          ids.push(made.id)
        } else patch(tx, party, ids[(n * 7) % ids.length]!, n % 2 ? { credit_limit: n } : names)
      }
    })
  }
}

interface Server {
  url: string
  code: string
  stop(): Promise<void>
}
function startServer(database: string, folder: string): Promise<Server> {
  const args = ['server/main.ts', '--port', '0', '--data', folder]
  const env = { ...process.env, DATABASE_URL: database }
  const child: ChildProcess = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let said = ''
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the server ended: ${said}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const url = /server: (\S+)$/m.exec(said)?.[1]
      const code = /code .*: (\S+)$/m.exec(said)?.[1]
      const stop = () => {
        child.kill('SIGTERM')
        return gone
      }
      if (url && code) resolve({ url, code, stop })
    })
  })
}

type Book = ReturnType<typeof newBook>

interface Measured {
  seconds: number
  /** The longest anybody else would have waited for the engine, ms. */
  wait: number
}
async function measured(work: () => Promise<unknown>): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const took = await seconds(work)
  delay.disable()
  return { seconds: took, wait: Math.round(delay.max / 1e6) }
}

/** The rows of the other book once more: each page, as it came, is applied into an empty book without any network. */
async function apply(from: Book, pages: readonly string[]): Promise<Measured & { derived: number }> {
  const { ctx, close } = newBook()
  try {
    const tables = ['sync_state', 'sync_author', 'sync_scope']
    for (const table of tables)
      for (const row of from.ctx.db.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[]) {
        const names = Object.keys(row)
        const sql = `INSERT OR IGNORE INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`
        ctx.db.prepare(sql).run(...Object.values(row))
      }
    ctx.db.prepare("UPDATE sync_scope SET cursor = 0, state = 'catching'").run()
    const work = { ctx, parts: nodeParts(ctx), pace: newPace(), pause: () => setImmediate() }
    const result = await measured(async () => {
      for (const page of pages) {
        await applyPage(work, pieceOf(JSON.parse(page) as PullReply), cursors(ctx.db))
        await work.pause()
      }
    })
    const derived = await seconds(() => deriveAll(work))
    return { ...result, derived }
  } finally {
    close()
  }
}

/** The same columns of the same rows into a table without triggers, log or search, with two indexes: what cannot be left out. */
async function bare(from: Book): Promise<{ rows: number; seconds: number }> {
  const { db } = from.ctx
  const columns = 'id, created_at, deleted, kind, first_name, last_name, company_name, national_id, credit_limit, about'
  const rows = db.raw.prepare(`SELECT ${columns} FROM party`).raw().all() as unknown[][]
  db.raw.exec(
    `CREATE TABLE bench_party (pk INTEGER PRIMARY KEY, ${columns}); CREATE UNIQUE INDEX bench_a ON bench_party (id); CREATE INDEX bench_b ON bench_party (last_name)`,
  )
  const put = db.raw.prepare(`INSERT INTO bench_party (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const took = await seconds(async () => {
    for (let i = 0; i < rows.length; i += 5_000)
      db.raw.transaction(() => {
        for (const row of rows.slice(i, i + 5_000)) put.run(...row)
      })()
  })
  return { rows: rows.length, seconds: took }
}

export async function run(options: { scale?: number } = {}): Promise<{ name: string; rows: Row[] }> {
  const n = options.scale ?? 100_000
  if (!havePostgres()) throw new Error('no PostgreSQL on this computer (TEST_DATABASE_URL)')
  const folder = mkdtempSync(join(tmpdir(), 'daftar-bench-'))
  const postgres = await startPostgres({ durable: true })
  const server = await startServer(await postgres.database(), folder)
  const [one, two] = [newBook(), newBook()]
  try {
    const pages: string[] = []
    const client = async ({ ctx }: Book, code: string) => {
      const parts = nodeParts(ctx)
      const connect = (address: string): Net => {
        const net = parts.connect(address)
        const call: Net['call'] = async (path, access, body) => {
          const answer = await net.call(path, access, body)
          if (path === PATH.pull && ctx === two.ctx) pages.push(answer.text)
          return answer
        }
        return { ...net, call }
      }
      const joining = { address: server.url, code, name: 'bench', platform: 'bench', user: ctx.user!.id }
      await register(ctx, parts, joining)
      return new SyncClient(ctx, { ...parts, connect })
    }
    const first = await client(one, server.code)
    // Who knows where the server is need not have everything sent back.
    await first.sync()
    fill(one.ctx, n)
    const sent = await measured(() => first.sync())
    const { tenant } = first.status().state!
    const invite = { tenant, user: null, role: 'owner', scopes: [[-1, 3]] }
    const second = await client(two, (await first.door().ask(PATH.invite, invite, InviteReply)).code)
    const came = await measured(() => second.sync())
    for (const c of [first, second]) {
      const { trouble, stopped, waiting } = c.status()
      if (trouble || stopped || waiting > 0) throw new Error(JSON.stringify({ trouble, stopped, waiting }))
    }
    const count = ({ ctx }: Book) => (ctx.db.prepare('SELECT count(*) AS n FROM party').get() as { n: number }).n
    if (count(one) !== count(two)) throw new Error(`${count(one)} rows there, ${count(two)} here`)
    const rows = count(two)
    const floor = await bare(two)
    const applied = await apply(two, pages)
    const total = sent.seconds + came.seconds
    return {
      name,
      rows: [
        {
          what: `P10 ${n} changes from one book to another`,
          seconds: round(total),
          'a second': Math.round(n / total),
          gate: '<= 20 s for 100000',
          goal: '<= 12 s',
        },
        {
          what: 'P10 its sending',
          seconds: round(sent.seconds),
          'a second': Math.round(n / sent.seconds),
          'longest wait ms': sent.wait,
        },
        {
          what: 'P10 its receiving, with search and lists',
          seconds: round(came.seconds),
          'a second': Math.round(rows / came.seconds),
          'longest wait ms': came.wait,
        },
        {
          what: 'P8 applying what came, logged (without search and lists)',
          seconds: round(applied.seconds),
          'a second': Math.round(rows / applied.seconds),
          ratio: round(applied.seconds / (floor.seconds * (rows / floor.rows))),
          gate: '>= 50000/s',
          'longest wait ms': applied.wait,
        },
        {
          what: 'P8 search and lists of it',
          seconds: round(applied.derived),
          'a second': Math.round(rows / applied.derived),
        },
        {
          what: 'P8 bare INSERT of the same rows, two indexes',
          seconds: round(floor.seconds),
          'a second': Math.round(floor.rows / floor.seconds),
        },
      ],
    }
  } finally {
    one.close()
    two.close()
    await server.stop()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
