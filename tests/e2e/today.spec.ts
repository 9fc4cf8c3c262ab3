import type { Page } from '@playwright/test'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { addDays, dayOf, toJalali } from '../../shared/domain/jalali.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { fa, said } from './words.ts'

const DAY = 86_400_000
const today = () => dayOf(Date.now())
const add = (api: Client, last_name: string, more: object = {}) =>
  api.customers.add({ kind: 'person', last_name, channels: [], ...more }).then(({ id }) => id)
const line = (page: Page, text: string) => page.locator('[data-line]').filter({ hasText: text })
const section = (page: Page, name: string) => page.getByRole('region', { name: fa(`today:section.${name}`) })

test.describe('a day that begins', () => {
  test.use({ own: true })

  test('an empty book is taught, then everything is done from its line by keys alone', async ({ daftar }) => {
    const { page, api } = daftar
    const { keyboard } = page
    await daftar.open('/')
    // It is the page that opens.
    await expect(page.getByText(fa('today:noCustomers'))).toBeVisible()
    const me = (await api.system.status()).user!.id
    const [nader, mina, reza] = [await add(api, 'نادری'), await add(api, 'مینایی'), await add(api, 'رضوی')]
    await expect(page.getByText(fa('today:nothing.title'))).toBeVisible()
    await expect(page.getByText(fa('today:nothing.noNext'))).toBeVisible()

    const day = today()
    await api.tasks.add({ title: 'فرستادن نمونه', kind: 'todo', party_id: nader, due_date: addDays(day, -1) })
    await api.tasks.add({ title: 'گفتن قیمت', kind: 'call', party_id: mina, due_date: day })
    await api.tasks.add({ title: 'بازدید انبار', kind: 'visit', party_id: reza, due_date: day })
    const { jy, jm, jd } = toJalali(day)
    await add(api, 'تولدی', { birth_jm: jm, birth_jd: jd, birth_jy: jy - 40 })
    for (const name of ['کم‌پیدا', 'دورافتاده']) {
      const id = await add(api, name)
      for (const ago of [91, 70, 49])
        await api.activities.log({
          activity: { kind: 'call', direction: 'out', body: '', at: Date.now() - ago * DAY, party_ids: [id] },
        })
    }
    await expect(line(page, 'دورافتاده')).toContainText(
      `${fa('today:slipped.every', { n: '۲۱' })} ${fa('today:slipped.quiet', { n: '۴۹' })}`,
    )
    const mark = page.getByRole('navigation').getByText(fa('today:mark', { n: '۳' }))
    await expect(mark).toBeAttached()
    await expect(page.getByText(fa('today:late', { n: '۱' })).first()).toBeVisible()
    expect(await violations(page, {})).toEqual([])

    // The keys are where the first line is: yesterday's before today's.
    await daftar.open('/today')
    await expect(line(page, 'فرستادن نمونه')).toBeFocused()
    await keyboard.press('Space')
    await expect(line(page, 'فرستادن نمونه')).toHaveCount(0)
    await page.getByRole('button', { name: fa('common:undo') }).click()
    await expect(line(page, 'فرستادن نمونه')).toBeVisible()
    await line(page, 'فرستادن نمونه').focus()
    await keyboard.press('Space')
    await expect(line(page, 'فرستادن نمونه')).toHaveCount(0)

    // The line that stands in its place has the focus; put off to tomorrow.
    await expect(line(page, 'بازدید انبار')).toBeFocused()
    await keyboard.press('s')
    await expect(page.getByRole('menu')).toBeVisible()
    await keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await expect(line(page, 'بازدید انبار')).toBeFocused()
    // To whatever day is typed, or left as it was.
    await keyboard.press('s')
    await expect(page.getByRole('menuitem').first()).toBeFocused()
    await keyboard.press('End')
    await keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: fa('tasks:snooze.until') })).toBeFocused()
    await keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(line(page, 'بازدید انبار')).toBeFocused()
    await keyboard.press('s')
    await expect(page.getByRole('menuitem').first()).toBeFocused()
    await keyboard.press('Enter')
    await expect(section(page, 'followups')).toHaveCount(0)

    // Opened, and back.
    await line(page, 'مینایی').focus()
    await keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'مینایی' })).toBeVisible()
    await keyboard.press('g')
    await keyboard.press('t')

    // The call: logged with what comes next.
    await line(page, 'مینایی').focus()
    await keyboard.press('l')
    const dialog = page.getByRole('dialog')
    await keyboard.type('قیمت را گفتم، فکر می‌کند')
    await dialog.getByLabel(fa('tasks:result.next')).fill('فردا ۱۰ صبح')
    await keyboard.press('F2')
    await expect(dialog).toHaveCount(0)
    await expect(section(page, 'calls')).toHaveCount(0)
    const { entries } = await api.activities.timeline({ party_id: mina, kinds: ['call'] })
    expect(entries[0]).toMatchObject({ activity: { body: 'قیمت را گفتم، فکر می‌کند' } })
    const { rows } = await api.tasks.ofParty({ party_id: mina })
    expect(rows).toMatchObject([{ title: 'گفتن قیمت', due_date: addDays(day, 1), due_minute: 600, owner_id: me }])

    // A greeting, and those who slipped: one is planned, the other left alone.
    await line(page, 'تولدی').focus()
    await keyboard.press('Space')
    await page.getByRole('menuitem', { name: fa('today:birthday.message') }).press('Enter')
    await expect(line(page, 'تولدی')).toHaveCount(0)
    await line(page, 'کم‌پیدا').focus()
    await keyboard.press('Space')
    await expect(page.getByText(said('today:slipped.planned', { name: 'کم‌پیدا' }))).toBeVisible()
    await expect(line(page, 'کم‌پیدا')).toHaveCount(0)
    await line(page, 'دورافتاده').focus()
    await keyboard.press('x')
    await expect(line(page, 'دورافتاده')).toHaveCount(0)

    // Calm again, and what is next.
    await expect(page.getByText(fa('today:nothing.title'))).toBeVisible()
    await expect(page.getByText(fa('today:nothing.next', { day: 'فردا', n: '۳' }))).toBeVisible()
    await expect(mark).toHaveCount(0)
  })
})

test.describe('as time and others go on', () => {
  test.use({ ownPage: true })

  test('midnight and sleep bring the new day, and another window’s work shows at once', async ({ daftar, context }) => {
    const { page, api } = daftar
    const day = today()
    await add(api, 'همیشگی')
    await api.tasks.add({ title: 'کار امروز', kind: 'todo', due_date: day })
    await api.tasks.add({ title: 'کار فردا', kind: 'todo', due_date: addDays(day, 1) })
    await api.tasks.add({ title: 'کار هفتهٔ بعد', kind: 'todo', due_date: addDays(day, 7) })
    // A few minutes before midnight in Tehran; this clock goes on while the page is slow.
    const midnight = Date.parse(`${addDays(day, 1)}T00:00:00+03:30`)
    await page.clock.install({ time: midnight - 300_000 })
    await daftar.open('/today')
    await expect(line(page, 'کار امروز')).toBeVisible()
    await expect(line(page, 'کار فردا')).toHaveCount(0)
    await page.clock.runFor(301_000)
    await expect(line(page, 'کار فردا')).toBeVisible()
    await expect(line(page, 'کار امروز')).toContainText('دیروز')
    // The PC sleeps for a week: no timer ran, the window wakes.
    await page.clock.setSystemTime(midnight + 6 * DAY + 9 * 3_600_000)
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await expect(line(page, 'کار هفتهٔ بعد')).toBeVisible()

    const other = await context.newPage()
    await other.clock.install({ time: midnight + 6 * DAY + 9 * 3_600_000 })
    await daftar.open('/today', other)
    await line(other, 'کار امروز').focus()
    await other.keyboard.press('Space')
    await expect(line(page, 'کار امروز')).toHaveCount(0)
    await page.bringToFront()
    await line(page, 'کار فردا').focus()
    await page.keyboard.press('ArrowDown')
    await expect(line(page, 'کار هفتهٔ بعد')).toBeFocused()
    await page.keyboard.press('Home')
    await expect(line(page, 'کار فردا')).toBeFocused()
  })
})
