import type { Db } from '../../main/db/open.ts'
import type { Ctx } from '../../main/engine/context.ts'
import { modules } from '../../main/modules/index.ts'
import { seedDays } from '../../main/modules/setup/seed-days.ts'
import { type Client, createLocalClient, createRouter } from '../../main/rpc/dispatcher.ts'
import { type Book, openBook, quantile, round } from './book.ts'

/** Activities and open tasks for each customer of a made book: as many as five million and two hundred thousand for a million. */
export const ACTIVITIES = 5
export const TASKS = 0.2

/** `openBook` with the days of its customers in it. */
export async function openDayBook(customers: number): Promise<Book> {
  const book = await openBook(customers)
  const { ctx } = book
  const owner = ctx.db.prepare("SELECT id, name FROM user WHERE role = 'owner' AND deleted = 0").get() as
    | { id: string; name: string }
    | undefined
  // What was seeded belongs to somebody of the book.
  if (owner) ctx.user = { ...owner, role: 'owner' }
  if (!ctx.db.prepare('SELECT 1 FROM task LIMIT 1').get()) {
    await seedDays(ctx, { activities: customers * ACTIVITIES, tasks: Math.round(customers * TASKS), seed: 1 })
  }
  return book
}

/** The contract without a wire. */
export function clientIn(ctx: Ctx): Client {
  const services: Record<string, object> = Object.fromEntries(modules.map((m) => [m.name, m.service]))
  const alone = () => null
  services['system'] = { status: alone, retry: alone, ...services['system'] }
  return createLocalClient(createRouter(services, ctx.log), { makeCtx: () => ctx, hasBook: () => true })
}

/** The statements that `work` asks of the book with their values, to be asked again without anything around them. */
export async function statementsOf(ctx: Ctx, work: (watched: Ctx) => Promise<unknown>): Promise<Statement[]> {
  const asked: Statement[] = []
  const db = Object.assign(Object.create(ctx.db) as Db, {
    // What is private to the connection is reached only through itself.
    remember: <T>(key: object, make: () => T) => ctx.db.remember(key, make),
    prepare(sql: string) {
      const statement = ctx.db.prepare(sql)
      const note =
        (how: 'all' | 'get') =>
        (...params: unknown[]) => {
          asked.push({ sql, params, how })
          return statement[how](...params)
        }
      return { all: note('all'), get: note('get') }
    },
  })
  await work({ ...ctx, db })
  return asked
}

export interface Statement {
  sql: string
  params: unknown[]
  how: 'all' | 'get'
}

export function askAgain({ db }: Ctx, statements: readonly Statement[]): void {
  for (const { sql, params, how } of statements) db.prepare(sql)[how](...params)
}

/** Milliseconds of each of `times` calls, sorted; the first ones, which warm up, are left out. */
export async function repeated(times: number, run: (i: number) => unknown): Promise<number[]> {
  const out: number[] = []
  for (let i = -Math.min(10, times); i < times; i++) {
    const began = performance.now()
    await run(Math.abs(i))
    if (i >= 0) out.push(performance.now() - began)
  }
  return out.sort((a, b) => a - b)
}

export const FRAME = 1000 / 60

/** A line of the table: quantiles, times the raw SQL of the same run, and the gate where there is one. */
export function row(
  what: string,
  ms: readonly number[],
  { raw, frames }: { raw?: readonly number[]; frames?: number } = {},
) {
  const sorted = [...ms].sort((a, b) => a - b)
  const p95 = quantile(sorted, 0.95)
  return {
    what: `${what}, ${sorted.length}`,
    'p50 ms': round(quantile(sorted, 0.5)),
    'p95 ms': round(p95),
    'p99 ms': round(quantile(sorted, 0.99)),
    'worst ms': round(sorted.at(-1) ?? 0),
    'p50 x raw SQL': raw
      ? round(
          quantile(sorted, 0.5) /
            quantile(
              [...raw].sort((a, b) => a - b),
              0.5,
            ),
        )
      : null,
    'p95 frames': Number((p95 / FRAME).toFixed(1)),
    gate: frames === undefined ? '' : p95 <= frames * FRAME ? 'ok' : `MISSED (p95 ${frames} frames)`,
  }
}
