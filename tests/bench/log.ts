import { quantile } from './book.ts'
import { clientIn, openDayBook, row } from './day-book.ts'

export const name = 'log'

const CUSTOMERS = 1_000_000
const SAVES = 300

/**
 * Saving a call with its follow-up (activity, customer, search row, task, contact dates, log) through the dispatcher, taking turns with a bare one-row
 * transaction in the same file, into a table of five columns without an index.
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
    const parties = raw
      .prepare('SELECT id FROM party WHERE deleted = 0 AND pk % 997 = 1 LIMIT ?')
      .pluck()
      .all(SAVES) as string[]
    const bare: number[] = []
    const whole: number[] = []
    const alone: number[] = []
    const took = (into: number[], from: number) => into.push(performance.now() - from)
    for (const [i, id] of parties.entries()) {
      const body = `تماس گرفتم، قیمت تازه را پرسید ${i}`
      let began = performance.now()
      raw.exec('BEGIN IMMEDIATE')
      insert.run(ctx.ids.next(), body, ctx.clock.now())
      raw.exec('COMMIT')
      took(bare, began)
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
    raw.exec('DROP TABLE bench_bare')
    const median = (ms: readonly number[]) =>
      quantile(
        [...ms].sort((a, b) => a - b),
        0.5,
      )
    const gate = median(whole) <= 4 * median(bare) ? 'ok' : 'MISSED (p50 4x a bare transaction)'
    return {
      name,
      rows: [
        row('bare one-row transaction', bare),
        { ...row('a call with its follow-up', whole, { raw: bare }), gate },
        row('a call alone', alone, { raw: bare }),
      ],
    }
  } finally {
    book.close()
  }
}
