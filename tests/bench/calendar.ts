import { addDays, dayOf, daysInJalaliMonth, fromJalali, toJalali } from '../../shared/domain/jalali.ts'
import { askAgain, clientIn, openDayBook, repeated, row, statementsOf } from './day-book.ts'
import { BETWEEN_KEYS, paintedAfter, watchPaint } from './painted.ts'
import { openScreen } from './screen.ts'

export const name = 'calendar'

const CUSTOMERS = 1_000_000
const ASKED = 100
const OPENED = 40

/** This month as the calendar draws it: whole weeks from Saturday on. */
function month() {
  const { jy, jm } = toJalali(dayOf(Date.now()))
  const first = fromJalali(jy, jm, 1)
  return { from: addDays(first, -6), to: addDays(first, daysInJalaliMonth(jy, jm) + 6), owner: 'all' as const }
}

/** A month of the calendar with all colleagues' tasks and birthdays: raw SQL, one call, over a socket, and in Chromium from the key («G W») to the painted month. */
export async function run(options: { scale?: number } = {}) {
  const scale = options.scale ?? CUSTOMERS
  const input = month()
  const book = await openDayBook(scale)
  const rows: Array<Record<string, string | number | null>> = []
  try {
    const { ctx } = book
    const client = clientIn(ctx)
    const statements = await statementsOf(ctx, (watched) => clientIn(watched).calendar.range(input))
    const raw = await repeated(ASKED, () => askAgain(ctx, statements))
    rows.push(
      row(`raw SQL of the month (${statements.length} statements)`, raw),
      row('calendar.range, one call', await repeated(ASKED, () => client.calendar.range(input)), { raw, frames: 3 }),
    )
  } finally {
    book.close()
  }
  const screen = await openScreen(scale, watchPaint, { withDays: true, path: '/help/start', ready: 'main h1' })
  try {
    const { page, client } = screen
    rows.push(row('over a socket', await repeated(ASKED, () => client.calendar.range(input))))
    const { id } = await client.tasks.add({
      title: 'سنجش',
      kind: 'meeting',
      due_date: dayOf(Date.now()),
      due_minute: 0,
      priority: 2,
    })
    const opened: number[] = []
    for (let i = 0; i < OPENED; i++) {
      const title = `سنجش ${i} ${Date.now() % 100_000}`
      await client.tasks.update({ id, patch: { title } })
      await page.waitForTimeout(250 + ((i * 37) % 23))
      await page.keyboard.press('g')
      await page.waitForTimeout(BETWEEN_KEYS)
      opened.push(await paintedAfter(page, title, () => page.keyboard.press('w')))
      await page.keyboard.press('g')
      await page.keyboard.press('h')
      await page.waitForTimeout(100)
    }
    await client.tasks.remove({ ids: [id] })
    rows.push(row('opened by key, to the painted month', opened.slice(3), { frames: 3 }), {
      what: `load a processor ${screen.load()}`,
    })
  } finally {
    await screen.close()
  }
  return { name, rows }
}
