import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { fa } from './words.ts'

/** 20 Dey 1405, a Sunday; the Friday and the Saturday after it. */
const SUNDAY = '2027-01-10'
const MONDAY = '2027-01-11'
const FRIDAY = '2027-01-15'
const SATURDAY = '2027-01-16'

const cell = (page: Page, day: string) => page.locator(`[data-cell][data-day="${day}"]`)
const inDay = (page: Page, day: string, text: string) =>
  page.locator(`[data-day="${day}"] [data-entry]`).filter({ hasText: text })
const form = (page: Page) => page.getByRole('dialog', { name: fa('tasks:form.new') })

async function dragTo(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 })
  await page.mouse.move(to.x, to.y, { steps: 3 })
  await page.mouse.up()
}
const middleOf = async (page: Page, selector: string) => {
  const box = (await page.locator(selector).first().boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

test('a day is clicked, its task dragged to another day and hour, taken back, and put on paper', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open(`/calendar?view=month&day=${SUNDAY}`)
  await expect(page.getByRole('heading', { name: /دی ۱۴۰۵/ })).toBeVisible()
  await cell(page, FRIDAY).click({ position: { x: 40, y: 70 } })
  await expect(form(page)).toBeVisible()
  // It says so, and stops nobody.
  await expect(form(page).getByText(fa('calendar:dayOff', { day: 'جمعه' }))).toBeVisible()
  await form(page)
    .getByRole('textbox', { name: fa('tasks:form.title') })
    .fill('جلسهٔ فروش')
  await page.keyboard.press('F2')
  await expect(inDay(page, FRIDAY, 'جلسهٔ فروش')).toBeVisible()
  expect(await violations(page, {})).toEqual([])

  await dragTo(
    page,
    await middleOf(page, `[data-day="${FRIDAY}"] [data-entry]`),
    await middleOf(page, `[data-cell][data-day="${MONDAY}"]`),
  )
  await expect(inDay(page, MONDAY, 'جلسهٔ فروش')).toBeVisible()
  await expect(form(page)).toBeHidden()
  const moved = page.locator('[data-toast]').filter({ hasText: 'دوشنبه ۲۱ دی' })
  await moved.getByRole('button', { name: fa('common:undo') }).click()
  await expect(inDay(page, FRIDAY, 'جلسهٔ فروش')).toBeVisible()

  // What another window writes is there at once; a day that has more than fits says how many.
  for (let i = 0; i < 9; i++) await api.tasks.add({ title: `کار ${i}`, due_date: MONDAY, due_minute: 600 + i })
  const rest = page.locator(`[data-cell][data-day="${MONDAY}"] > [data-goto]`)
  await expect(rest).toContainText(fa('calendar:more', { n: '' }).replace('+', '').trim())
  await rest.click()
  await expect(page).toHaveURL(/view=day/)
  await expect(page.locator(`[data-hours][data-day="${MONDAY}"] [data-entry]`)).toHaveCount(9)

  await page.getByRole('radio', { name: fa('calendar:views.week') }).click()
  const column = `[data-hours][data-day="${SUNDAY}"]`
  await page.locator(column).hover({ position: { x: 20, y: 500 } })
  const target = (await page.locator(column).boundingBox())!
  await dragTo(page, await middleOf(page, `[data-untimed][data-day="${FRIDAY}"] [data-entry]`), {
    x: target.x + target.width / 2,
    y: target.y + (target.height * (11 * 60 + 2)) / 1440,
  })
  await expect(page.locator(`${column} [data-entry]`)).toContainText('۱۱:۰۰')
  const { days } = await api.calendar.range({ from: SUNDAY, to: SUNDAY })
  expect(days[0]!.entries).toMatchObject([{ title: 'جلسهٔ فروش', minute: 660 }])
  expect(await violations(page, {})).toEqual([])

  // Paper is one page across, with nothing of the screen on it.
  await page.emulateMedia({ media: 'print' })
  const sheet = page.locator('[data-print-sheet=landscape]')
  await expect(sheet).toContainText('جلسهٔ فروش')
  await expect(page.getByRole('navigation')).toBeHidden()
  await page.emulateMedia({ media: null })
  await expect(sheet).toHaveCount(0)
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(paper.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1)
  expect(paper).toMatch(/MediaBox\s*\[0 0 841\.\d+ 594\.\d+\]/)

  // The month on paper tells what is over, and whose birthday it is.
  await api.tasks.complete({ id: days[0]!.entries[0]!.id })
  await api.customers.add({ kind: 'person', first_name: 'نسترن', last_name: 'بهاری', birth_jm: 10, birth_jd: 25 })
  await page.getByRole('radio', { name: fa('calendar:views.month') }).click()
  await expect(page.locator(`[data-cell][data-day="${FRIDAY}"]`)).toContainText('نسترن بهاری')
  await page.emulateMedia({ media: 'print' })
  await expect(sheet.locator('td').filter({ hasText: fa('calendar:birthday') })).toContainText('نسترن بهاری')
  const over = sheet.locator('[data-over]')
  await expect(over).toHaveText(/^✓ .*جلسهٔ فروش/)
  await expect(over.getByText('جلسهٔ فروش')).toHaveCSS('text-decoration-line', 'line-through')
  await page.emulateMedia({ media: null })
})

test('with keys alone: go about, add, move by days, weeks and half hours, take back, see the list', async ({
  daftar,
}) => {
  const { page, api } = daftar
  const { keyboard } = page
  await daftar.open('/customers')
  await keyboard.press('g')
  await keyboard.press('w')
  await expect(page.locator('[data-calendar=month]')).toBeVisible()
  await expect(page.locator('[data-cell]:focus')).toHaveCount(1)
  await daftar.open(`/calendar?view=month&day=2027-02-13`)
  await expect(cell(page, '2027-02-13')).toBeFocused()
  // Saturday is at the right: the next day is to the left.
  await keyboard.press('ArrowLeft')
  await expect(cell(page, '2027-02-14')).toBeFocused()
  await keyboard.press('ArrowDown')
  await expect(cell(page, '2027-02-21')).toBeFocused()
  await expect(page.getByRole('heading', { name: /اسفند ۱۴۰۵/ })).toBeVisible()
  await keyboard.press('Enter')
  await expect(form(page)).toBeVisible()
  await keyboard.type('پیگیری چک')
  await keyboard.press('F2')
  await expect(form(page)).toBeHidden()
  await expect(inDay(page, '2027-02-21', 'پیگیری چک')).toBeVisible()
  await cell(page, '2027-02-21').focus()
  await keyboard.press('Enter')
  const chip = (day: string) => inDay(page, day, 'پیگیری چک')
  await expect(chip('2027-02-21')).toBeFocused()
  await keyboard.press('Alt+ArrowLeft')
  await expect(chip('2027-02-22')).toBeFocused()
  await keyboard.press('Alt+ArrowDown')
  await expect(chip('2027-03-01')).toBeFocused()
  // The hours: half an hour a key; what had no time gets the hour at which work begins.
  await keyboard.press('2')
  await expect(page.locator('[data-calendar=week]')).toBeVisible()
  await expect(page.locator('[data-hour-slot]')).toBeFocused()
  await chip('2027-03-01').focus()
  await keyboard.press('Alt+ArrowDown')
  await expect(page.locator('[data-hours] [data-entry]:focus')).toContainText('۰۹:۰۰')
  await keyboard.press('Alt+ArrowDown')
  await expect(page.locator('[data-hours] [data-entry]:focus')).toContainText('۰۹:۳۰')
  const { days } = await api.calendar.range({ from: '2027-03-01', to: '2027-03-01' })
  expect(days[0]!.entries).toMatchObject([{ title: 'پیگیری چک', minute: 570 }])
  await keyboard.press('F6')
  await keyboard.press('Enter')
  await expect(chip('2027-03-01')).toContainText('۰۹:۰۰')
  // Enter opens it.
  await chip('2027-03-01').focus()
  await keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: fa('tasks:form.edit') })).toBeVisible()
  await keyboard.press('Escape')
  await keyboard.press('4')
  await expect(page.locator('[data-calendar=agenda]')).toContainText('پیگیری چک')
  await keyboard.press('PageDown')
  await expect(page.getByRole('heading', { level: 1, name: /فروردین ۱۴۰۶/ })).toBeVisible()
  await expect(page.getByText('جشن نوروز').first()).toBeVisible()
  await keyboard.press('0')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    new Intl.DateTimeFormat('fa-IR', { month: 'long', timeZone: 'Asia/Tehran' }).format(Date.now()),
  )

  // Moved to a day too full to show it, the day itself has the focus.
  for (let n = 0; n < 12; n++)
    await api.tasks.add({ title: `پر ${n}`, due_date: '2027-04-10', due_minute: 540, priority: 2 })
  await api.tasks.add({ title: 'سرریز', due_date: '2027-04-03', priority: 0 })
  await daftar.open('/calendar?view=month&day=2027-04-03')
  await expect(inDay(page, '2027-04-03', 'سرریز')).toBeVisible()
  await cell(page, '2027-04-03').focus()
  await keyboard.press('Enter')
  await expect(inDay(page, '2027-04-03', 'سرریز')).toBeFocused()
  await keyboard.press('Alt+ArrowDown')
  await expect(inDay(page, '2027-04-03', 'سرریز')).toHaveCount(0)
  await expect(cell(page, '2027-04-10')).toBeFocused()
})

test('the working week and the holidays are the business’s: a file comes in, an estimate is made certain', async ({
  daftar,
}) => {
  const { page, api } = daftar
  await daftar.open('/settings/calendar')
  const thursday = page.getByRole('group', { name: 'پنجشنبه' })
  await thursday.getByRole('textbox').nth(1).fill('۸')
  await expect(thursday.getByText(fa('calendar:week.backwards'))).toBeVisible()
  await thursday.getByRole('textbox').nth(1).fill('۱۲:۳۰')
  await page.keyboard.press('F2')
  await expect.poll(async () => (await api.settings.business()).week[5]?.to).toBe(750)
  // A shop that closes at noon: nine to one, and five to nine, on all working days.
  const saturday = page.getByRole('group', { name: 'شنبه', exact: true })
  await saturday.getByRole('textbox').nth(1).fill('13')
  await saturday.getByRole('button', { name: fa('calendar:week.addHours', { day: 'شنبه' }) }).click()
  await expect(saturday.getByRole('textbox').nth(2)).toHaveValue('۱۷:۰۰')
  await saturday.getByRole('textbox').nth(2).fill('12')
  await expect(saturday.getByText(fa('calendar:week.overlap'))).toBeVisible()
  await expect(page.getByRole('button', { name: fa('common:save') })).toBeDisabled()
  await saturday.getByRole('textbox').nth(2).fill('17')
  await page.getByRole('button', { name: fa('calendar:week.likeFirst') }).click()
  await page.keyboard.press('F2')
  const split = { from: 540, to: 780, more: [{ from: 1020, to: 1260 }] }
  await expect.poll(async () => (await api.settings.business()).week.slice(0, 5)).toMatchObject(Array(5).fill(split))
  expect((await api.settings.business()).week[5]?.more ?? []).toEqual([])
  await daftar.open(`/calendar?view=day&day=${SUNDAY}`)
  await expect(page.locator(`[data-hours][data-day="${SUNDAY}"] [data-pause]`)).toHaveCount(3)
  // Tasks without a time ring at the hour of the business.
  await daftar.open('/settings/calendar')
  await page.getByRole('textbox', { name: fa('calendar:week.dayBegins') }).fill('۸:۳۰')
  await page.keyboard.press('F2')
  await expect.poll(async () => (await api.settings.business()).day_begins).toBe(510)

  const [file] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: fa('calendar:holidays.import') }).click(),
  ])
  const csv = 'روز,نام\n۱۴۰۵/۱۰/۲۶,جشن ده‌سالگی فروشگاه\n۱۴۰۵/۱۳/۱,هیچ\n'
  await file.setFiles({ name: 'تعطیلی.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  const report = page.getByRole('dialog', { name: fa('calendar:report.title') })
  await expect(report).toContainText(fa('calendar:report.reason.BAD_DATE'))
  await page.keyboard.press('Escape')
  expect((await api.calendar.holidays({ from: SATURDAY, to: SATURDAY }))[0]).toMatchObject({ own: true })

  const year = page.getByRole('list', { name: fa('calendar:holidays.ofYear', { year: '۱۴۰۶' }) })
  await page.getByRole('button', { name: fa('calendar:holidays.next') }).click()
  const adha = year.getByRole('listitem').filter({ hasText: 'عید قربان' })
  await expect(adha).toContainText(fa('calendar:approximate'))
  await adha.getByRole('button', { name: fa('calendar:holidays.confirmOf', { name: 'عید قربان' }) }).click()
  await expect(adha).not.toContainText(fa('calendar:approximate'))
  await adha.getByRole('button', { name: fa('calendar:holidays.removeOf', { name: 'عید قربان' }) }).click()
  await expect(adha).toContainText(fa('calendar:approximate'))
  expect(await violations(page, {})).toEqual([])
})
