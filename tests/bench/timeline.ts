import { askAgain, clientIn, openDayBook, repeated, row, statementsOf } from './day-book.ts'
import { paintedAfter, watchPaint } from './painted.ts'
import { openScreen } from './screen.ts'

export const name = 'timeline'

const CUSTOMERS = 1_000_000
const ASKED = 200
const OPENED = 60

/**
 * The first page of a customer's timeline, among five million activities: of customers who were never asked for before, with two thousand, with seventy
 * and with a few entries; raw SQL, one call, over a socket, and in Chromium from the address of the customer to the painted newest entry.
 */
export async function run(options: { scale?: number } = {}) {
  const scale = options.scale ?? CUSTOMERS
  const book = await openDayBook(scale)
  const rows: Array<Record<string, string | number | null>> = []
  let few: Array<{ id: string; n: number }> = []
  try {
    const { ctx } = book
    const client = clientIn(ctx)
    const of = (least: number, most: number, count: number) =>
      ctx.db
        .prepare(
          `SELECT p.id, (SELECT count(*) FROM activity_party x WHERE x.party_id = p.id) AS n FROM party p NOT INDEXED
           WHERE p.deleted = 0 AND n BETWEEN ? AND ? LIMIT ?`,
        )
        .all(least, most, count) as typeof few
    const groups = { 'up to 40 entries': of(3, 40, ASKED + 10), 'the most entries': of(500, 1e9, 20) }
    few = groups['up to 40 entries']
    for (const [what, parties] of Object.entries(groups)) {
      if (parties.length === 0) continue
      const at = (i: number) => ({ party_id: parties[i % parties.length]!.id, limit: 30 })
      const asked = await Promise.all(
        parties.map(async (_, i) => statementsOf(ctx, (watched) => clientIn(watched).activities.timeline(at(i)))),
      )
      const raw = await repeated(ASKED, (i) => askAgain(ctx, asked[i % asked.length]!))
      const call = await repeated(ASKED, (i) => client.activities.timeline(at(i)))
      rows.push(row(`raw SQL, ${what}`, raw), row(`one call, ${what}`, call, { raw, frames: 3 }))
    }
  } finally {
    book.close()
  }
  const screen = await openScreen(scale, watchPaint, { withDays: true, path: '/help/start', ready: 'main h1' })
  try {
    const { page, client } = screen
    rows.push(
      row(
        'over a socket',
        await repeated(ASKED, (i) => client.activities.timeline({ party_id: few[i % few.length]!.id })),
      ),
    )
    const opened: number[] = []
    for (let i = 0; i < OPENED; i++) {
      // Somebody nobody has looked at in this run; the newest entry names itself.
      const { id } = few[few.length - 1 - i]!
      const text = `تازه‌ترین ${i} ${Date.now() % 100_000}`
      await client.activities.log({ activity: { kind: 'note', body: text, party_ids: [id] } })
      await page.waitForTimeout(250 + ((i * 37) % 23))
      opened.push(
        await paintedAfter(page, text, () =>
          page.evaluate((to) => {
            // The clock starts where a key would start it.
            document.dispatchEvent(new KeyboardEvent('keydown', { key: 'F24' }))
            location.hash = to
          }, `/customers/${id}`),
        ),
      )
      await page.evaluate(() => {
        location.hash = '/help/start'
      })
      await page.waitForSelector('main h1')
    }
    rows.push(row('the page of a customer, to its painted timeline', opened.slice(3), { frames: 3 }), {
      what: `load a processor ${screen.load()}`,
    })
  } finally {
    await screen.close()
  }
  return { name, rows }
}
