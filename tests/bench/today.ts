import { askAgain, clientIn, openDayBook, repeated, row, statementsOf } from './day-book.ts'
import { BETWEEN_KEYS, paintedAfter, watchPaint } from './painted.ts'
import { openScreen } from './screen.ts'

export const name = 'today'

const CUSTOMERS = 1_000_000
const PAGES = 200
const OPENED = 60

/**
 * The page of today over a million customers, five million activities, 200,000 open tasks: its statements alone, the page through the dispatcher, over a
 * socket, and in Chromium from the key («G T») to the painted page, with a line on it that was changed a moment before (a page that is still
 * known would flatter). DAFTAR_BENCH_BOOK measures a book that is there.
 */
export async function run(options: { scale?: number } = {}) {
  const scale = options.scale ?? CUSTOMERS
  const book = await openDayBook(scale)
  const input = { limit: 8 }
  const rows: Array<Record<string, string | number | null>> = []
  try {
    const { ctx } = book
    const client = clientIn(ctx)
    const statements = await statementsOf(ctx, (watched) => clientIn(watched).today.page(input))
    const raw = await repeated(PAGES, () => askAgain(ctx, statements))
    rows.push(
      row(`raw SQL of the page (${statements.length} statements)`, raw),
      row('today.page, one call', await repeated(PAGES, () => client.today.page(input)), { raw }),
    )
    const count = (sql: string) => (ctx.db.prepare(sql).get() as { n: number }).n
    rows.push({
      what: `${count('SELECT count(*) AS n FROM party WHERE deleted = 0')} customers, ${count(
        'SELECT count(*) AS n FROM activity',
      )} activities, ${count("SELECT count(*) AS n FROM task WHERE status = 'open'")} open tasks`,
    })
  } finally {
    book.close()
  }
  const screen = await openScreen(scale, watchPaint, { withDays: true, path: '/help/start', ready: 'main h1' })
  try {
    const { page, client } = screen
    const before = await client.today.page(input)
    const first = before.sections.flatMap(({ lines }) => lines).find((line) => line.type === 'task')
    if (first?.type !== 'task') throw new Error('nothing is due in this book')
    const over = await repeated(PAGES, () => client.today.page(input))
    const opened: number[] = []
    for (let i = 0; i < OPENED; i++) {
      await page.keyboard.press('g')
      await page.keyboard.press('h')
      await page.waitForSelector('[data-today]', { state: 'detached' })
      const title = `سنجش ${i} ${Date.now() % 100_000}`
      await client.tasks.update({ id: first.task.id, patch: { title } })
      await page.waitForTimeout(300 + ((i * 37) % 23))
      await page.keyboard.press('g')
      await page.waitForTimeout(BETWEEN_KEYS)
      opened.push(await paintedAfter(page, title, () => page.keyboard.press('t')))
    }
    rows.push(row('over a socket', over), row('opened by key, to the painted page', opened.slice(3), { frames: 5 }), {
      what: `load a processor ${screen.load()}`,
    })
  } finally {
    await screen.close()
  }
  return { name, rows }
}
