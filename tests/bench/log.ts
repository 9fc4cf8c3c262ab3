import { quantile, round } from './book.ts'
import { copyOfTable } from './copy-table.ts'
import { clientIn, openDayBook, row } from './day-book.ts'

export const name = 'log'

const CUSTOMERS = 1_000_000
const SAVES = 300
/** Saves before those that count: the engine of a day's work has long been warm. */
const WARM = 50

/**
 * Saving a call with its follow-up (activity, customer, search row, task, contact dates, log) through the dispatcher, taking turns with two bare
 * one-row transactions in the same file: into a table of five columns without an index, and into a copy of the tasks' table as it is, with its
 * columns and indexes and the rows of the book in it, but without log, search and history.
 */
export async function run(options: { scale?: number } = {}) {
  const book = await openDayBook(options.scale ?? CUSTOMERS)
  try {
    const { ctx } = book
    const { raw } = ctx.db
    const client = clientIn(ctx)
    raw.exec(
      'CREATE TABLE IF NOT EXISTS bench_bare (pk INTEGER PRIMARY KEY, id TEXT, kind TEXT, body TEXT, at INTEGER) STRICT',
    )
    const insert = raw.prepare("INSERT INTO bench_bare (id, kind, body, at) VALUES (?, 'call', ?, ?)")
    copyOfTable(raw, 'task')
    const same = raw.prepare(
      "INSERT INTO bench_task (id, kind, title, party_id, owner_id, user_id, due_date, created_at, updated_at) VALUES (?, 'call', ?, ?, ?, ?, '2026-12-01', ?, ?)",
    )
    const parties = raw
      .prepare('SELECT id FROM party WHERE deleted = 0 AND pk % 997 = 1 LIMIT ?')
      .pluck()
      .all(SAVES + WARM) as string[]
    const bare: number[] = []
    const bareTask: number[] = []
    const whole: number[] = []
    const alone: number[] = []
    for (const [i, id] of parties.entries()) {
      const took = (into: number[], from: number) => i >= WARM && into.push(performance.now() - from)
      const body = `تماس گرفتم، قیمت تازه را پرسید ${i}`
      let began = performance.now()
      raw.exec('BEGIN IMMEDIATE')
      insert.run(ctx.ids.next(), body, ctx.clock.now())
      raw.exec('COMMIT')
      took(bare, began)
      began = performance.now()
      raw.exec('BEGIN IMMEDIATE')
      same.run(ctx.ids.next(), body, id, ctx.user?.id, ctx.user?.id, ctx.clock.now(), ctx.clock.now())
      raw.exec('COMMIT')
      took(bareTask, began)
      began = performance.now()
      await client.activities.log({
        activity: { kind: 'call', direction: 'out', body, minutes: 4, party_ids: [id] },
        followUp: { kind: 'call', title: 'پیگیری قیمت', due_date: '2026-12-01' },
      })
      took(whole, began)
      began = performance.now()
      await client.activities.log({ activity: { kind: 'call', direction: 'in', body, party_ids: [id] } })
      took(alone, began)
    }
    raw.exec('DROP TABLE bench_bare; DROP TABLE bench_task')
    const median = (ms: readonly number[]) =>
      quantile(
        [...ms].sort((a, b) => a - b),
        0.5,
      )
    const times = (base: readonly number[]) => round(median(whole) / median(base))
    const gate =
      times(bare) <= 4 ? 'ok' : times(bareTask) <= 4 ? 'ok of same table' : 'MISSED (p50 4x a bare transaction)'
    return {
      name,
      rows: [
        row('bare one-row transaction, five columns', bare),
        row('bare one-row transaction, same table', bareTask, { raw: bare }),
        { ...row('a call with its follow-up', whole, { raw: bare }), 'p50 x same table': times(bareTask), gate },
        row('a call alone', alone, { raw: bare }),
      ],
    }
  } finally {
    book.close()
  }
}
