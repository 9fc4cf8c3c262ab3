import { readFileSync } from 'node:fs'
import { utils, write } from '@e965/xlsx'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { fa, said } from './words.ts'

async function choose(page: Page, name: string, content: string | Buffer, within: Page | Locator = page) {
  const waiting = page.waitForEvent('filechooser')
  await within.getByRole('button', { name: fa('ui:chooseFile') }).click()
  const buffer = typeof content === 'string' ? Buffer.from(content) : content
  await (await waiting).setFiles({ name, mimeType: 'application/octet-stream', buffer })
}

const step = (page: Page, name: string) => page.getByRole('region', { name: fa(`imports:step.${name}`), exact: true })
const next = (page: Page) => page.getByRole('button', { name: fa('imports:next') })
const start = (page: Page, n: string) => page.getByRole('button', { name: fa('imports:start', { n }) })
const fieldOf = (page: Page, name: string) =>
  page.getByRole('table').getByRole('button', { name: fa('imports:column.fieldOf', { name }) })
const result = (page: Page) => page.getByRole('region', { name: fa('imports:result') })
const mobile = (value: string) => [{ kind: 'phone' as const, type: 'mobile' as const, value }]

/** From the reading to the check, when nothing is to be corrected: by keyboard alone. */
async function toCheck(page: Page) {
  await expect(next(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(step(page, 'columns')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('grid')).toBeVisible()
}

const CSV = [
  'فهرست مشتریان,,,',
  'نام مشتری,شماره همراه,شهر,ایمیل',
  'بابک آورده,09121230011,تهران,babak@example.ir',
  'ليلا آورده,۰۹۳۵۱۲۳۰۰۱۲,شیراز,',
  ',,مشهد,',
  'فرزاد آورده,0913 123 0013,اصفهان,',
].join('\r\n')

test('a CSV comes in by Enter alone; the bad row is taken as a report, corrected, brought again; and all is taken back', async ({
  daftar,
}) => {
  const { page, api } = daftar
  await daftar.open('/import')
  await choose(page, 'مشتریان.csv', `\uFEFF${CSV}`)
  // A title stood above the header, and both are seen for what they are.
  await expect(step(page, 'reading')).toContainText(fa('imports:fact.titles', { n: '۱' }))
  await expect(page.getByRole('columnheader', { name: 'شماره همراه' })).toBeVisible()
  // Who double-clicks everything goes one step, not two.
  await next(page).dblclick()
  await expect(fieldOf(page, 'نام مشتری')).toContainText(fa('imports:field.full_name'))
  await expect(fieldOf(page, 'شماره همراه')).toContainText(fa('imports:field.mobile'))
  await expect(fieldOf(page, 'شهر')).toContainText(fa('imports:field.city'))
  await next(page).press('Enter')
  const grid = page.getByRole('grid')
  await expect(grid.getByRole('row').filter({ hasText: 'لیلا آورده' })).toContainText('۰۹۳۵ ۱۲۳ ۰۰۱۲')
  await page.getByRole('radio', { name: fa('imports:show.bad') }).click()
  await expect(grid.getByRole('row')).toHaveCount(2)
  await expect(grid).toContainText(fa('imports:problem.NO_NAME_OR_PHONE'))
  await expect(start(page, '۳')).toBeVisible()
  await page.keyboard.press('Control+Enter')

  await expect(result(page).getByRole('status')).toContainText(fa('imports:done', { n: '۳' }))
  const { customers } = await api.search.all({ text: 'آورده' })
  expect(customers.map(({ customer }) => [customer.name, customer.phone, customer.city]).sort()).toEqual(
    [
      ['بابک آورده', '+989121230011', 'تهران'],
      ['لیلا آورده', '+989351230012', 'شیراز'],
      ['فرزاد آورده', '+989131230013', 'اصفهان'],
    ].sort(),
  )

  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: fa('imports:report') }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toContain('مشتریان')
  const report = readFileSync(await saved.path(), 'utf8')
  expect(report.split('\n')[0]).toContain(['نام مشتری', 'شماره همراه', 'شهر', 'ایمیل'].join(','))
  expect(report).toContain(fa('imports:problem.NO_NAME_OR_PHONE'))
  expect(report.trim().split('\n')).toHaveLength(2)
  await choose(page, saved.suggestedFilename(), report.replace(',,مشهد', 'پروین آورده,09151230014,مشهد'))
  await expect(page.getByRole('columnheader', { name: fa('imports:reportHeader') })).toBeVisible()
  await next(page).press('Enter')
  await expect(fieldOf(page, fa('imports:reportHeader'))).toContainText(fa('imports:column.skip'))
  await page.keyboard.press('Enter')
  await start(page, '۱').press('Enter')
  await expect(result(page).getByRole('status')).toContainText(fa('imports:done', { n: '۱' }))
  expect((await api.search.all({ text: 'آورده' })).customers).toHaveLength(4)

  await page.getByRole('button', { name: fa('imports:undo') }).click()
  await expect(page.getByText(fa('imports:undoneWhole'))).toBeVisible()
  await page.getByRole('button', { name: fa('imports:undoOf', { name: 'مشتریان.csv' }), exact: true }).click()
  await expect(page.getByText(fa('imports:isUndone'))).toHaveCount(2)
  expect((await api.search.all({ text: 'آورده' })).customers).toEqual([])
})

test('duplicates: one choice for all, another for one row, what would change side by side; the file waits while one is away', async ({
  daftar,
}) => {
  const { page, api } = daftar
  const add = (first_name: string, value: string) =>
    api.customers.add({ kind: 'person', first_name, last_name: 'قدیمی', channels: mobile(value) })
  await add('نسرین', '09151230031')
  await add('بهمن', '09151230032')
  const sheet = utils.aoa_to_sheet([
    ['نام', 'نام خانوادگی', 'موبایل', 'شهر', 'برچسب'],
    ['نسرین', 'قدیمی', '09151230031', 'یزد', ''],
    ['بهمن', 'قدیمی', '09151230032', 'کرمان', ''],
    ['شهرام', 'اکسلی', '09151230033', 'قم', 'عمده، خوش‌حساب'],
  ])
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['یادداشت']]), 'جلد')
  utils.book_append_sheet(book, sheet, 'فهرست')
  await daftar.open('/import')
  await choose(page, 'فهرست.xlsx', write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
  await expect(step(page, 'reading')).toContainText('فهرست')
  await toCheck(page)
  const grid = page.getByRole('grid')
  await expect(grid).toContainText(said('imports:likeCustomer', { name: 'نسرین قدیمی', why: fa('imports:why.phone') }))
  await expect(start(page, '۱')).toBeVisible()

  await page.getByText(fa('imports:choice.fill'), { exact: true }).click()
  await expect(start(page, '۳')).toBeVisible()
  // One row alone is left out; the panel says what the other would get.
  await grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary')
  await expect(panel.getByRole('row', { name: fa('imports:field.city') })).toContainText('یزد')
  await panel.getByRole('button', { name: fa('imports:choiceOfRow') }).click()
  await page.getByRole('option', { name: fa('imports:choice.skip') }).click()
  await expect(panel).toContainText(fa('imports:nothingOf.skip'))
  await expect(start(page, '۲')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()

  // What was chosen is there again after the page was left, and offered even from the first step.
  await page.getByRole('link', { name: fa('history:title') }).click()
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(fa('imports:title'))
  await daftar.open('/import')
  await expect(page.getByRole('radio', { name: fa('imports:choice.fill') })).toBeChecked()
  await page
    .getByRole('navigation', { name: fa('ui:steps') })
    .getByRole('button')
    .first()
    .click()
  const offer = page.getByRole('region', { name: 'فهرست.xlsx' })
  await offer.getByRole('button', { name: fa('imports:goOnWith') }).click()
  await start(page, '۲').click()
  await expect(result(page).getByRole('status')).toContainText(fa('imports:done', { n: '۱' }))

  const cityOf = async (text: string) => (await api.search.all({ text })).customers.map(({ customer }) => customer.city)
  expect(await cityOf('09151230031')).toEqual([null])
  expect(await cityOf('09151230032')).toEqual(['کرمان'])
  const { customers } = await api.search.all({ text: 'شهرام اکسلی' })
  expect(customers[0]?.customer.tags.map(({ name }) => name).sort()).toEqual(['خوش‌حساب', 'عمده'].sort())
  await page.getByRole('button', { name: fa('imports:toList') }).click()
  await expect(page.getByRole('row').filter({ hasText: 'شهرام اکسلی' })).toBeVisible()
})

test('reading and columns are corrected by hand; the same columns are known the next time', async ({ daftar }) => {
  const { page, api } = daftar
  // «ستون الف,ستون ب / پوران ناشناس,09171230021» in Windows-1256, the letter ی as older programs wrote it.
  const letters: Record<string, number> = { س: 0xd3, ت: 0xca, و: 0xe6, ن: 0xe4, ا: 0xc7, ل: 0xe1, ف: 0xdd, ب: 0xc8 }
  Object.assign(letters, { پ: 0x81, ر: 0xd1, ش: 0xd4, ي: 0xed })
  const bytes = (text: string) => Buffer.from([...text].map((c) => letters[c] ?? c.charCodeAt(0)))
  const file = (name: string, phone: string) => bytes(`ستون الف,ستون ب\r\n${name},${phone}\r\n`)
  await daftar.open('/import')
  await choose(page, 'old.txt', file('پوران ناشناس', '09171230021'))
  const reading = step(page, 'reading')
  const encoding = reading.getByRole('button', { name: fa('imports:read.encoding') })
  await expect(encoding).toContainText('1256')
  const pick = async (name: string) => {
    await encoding.click()
    await page.getByRole('option', { name: fa(`imports:encoding.${name}`) }).click()
  }
  await pick('windows-1252')
  await expect(reading.getByText('پوران ناشناس')).toBeHidden()
  await pick('windows-1256')
  await expect(reading.getByRole('cell', { name: 'پوران ناشناس' })).toBeVisible()
  await reading.getByRole('button', { name: fa('imports:read.header') }).click()
  await page.getByRole('option', { name: fa('imports:read.noHeader') }).click()
  await expect(reading.getByRole('cell', { name: 'ستون الف' })).toBeVisible()
  await reading.getByRole('button', { name: fa('imports:read.header') }).click()
  await page.getByRole('option', { name: fa('imports:read.headerAt', { n: '۱' }), exact: true }).click()
  await expect(reading.getByRole('columnheader', { name: 'ستون الف' })).toBeVisible()
  await next(page).click()

  const become = async (header: string, field: string) => {
    await fieldOf(page, header).click()
    await page.getByRole('option', { name: fa(`imports:field.${field}`), exact: true }).click()
  }
  await become('ستون ب', 'full_name')
  await become('ستون الف', 'full_name')
  await expect(step(page, 'columns').getByText(new RegExp(`«${fa('imports:field.full_name')}»`))).toBeVisible()
  await become('ستون ب', 'mobile')
  await next(page).click()
  await start(page, '۱').click()
  await expect(result(page).getByRole('status')).toContainText(fa('imports:done', { n: '۱' }))
  const { customers } = await api.search.all({ text: 'پوران ناشناس' })
  expect(customers[0]?.customer.phone).toBe('+989171230021')

  await page.getByRole('button', { name: fa('imports:another') }).click()
  await choose(page, 'old2.txt', file('شبنم ناشناس', '09171230022'))
  await next(page).click()
  await expect(step(page, 'columns').getByText(fa('imports:remembered').split('(')[0]!.trim())).toBeVisible()
  await expect(fieldOf(page, 'ستون ب')).toContainText(fa('imports:field.mobile'))
  await page.getByRole('button', { name: fa('imports:otherFile') }).click()
  await expect(page.getByRole('region', { name: 'old2.txt' })).toBeHidden()
  expect((await api.imports.list()).some(({ file_name }) => file_name === 'old2.txt')).toBe(false)
})

test('the contacts of a phone come in from a vcf', async ({ daftar }) => {
  const { page, api } = daftar
  const card = (name: string, phone: string) =>
    `BEGIN:VCARD\r\nVERSION:3.0\r\nN;CHARSET=UTF-8:;${name};;;\r\nFN;CHARSET=UTF-8:${name}\r\nTEL;TYPE=CELL:${phone}\r\nEND:VCARD\r\n`
  await daftar.open('/import')
  await choose(page, 'contacts.vcf', card('عمه مهین', '+989181230041') + card('آقای لوله‌کش', '09181230042'))
  await expect(step(page, 'reading')).toContainText(fa('imports:fact.cards', { n: '۲' }))
  await toCheck(page)
  await start(page, '۲').press('Enter')
  await expect(result(page).getByRole('status')).toContainText(fa('imports:done', { n: '۲' }))
  const { customers } = await api.search.all({ text: 'لوله کش' })
  expect(customers[0]?.customer.phone).toBe('+989181230042')
})

test('a large file shows real progress, can be stopped, goes on while one is elsewhere, and is taken back', async ({
  daftar,
}, testInfo) => {
  test.setTimeout(testInfo.timeout * 2)
  const { page, api } = daftar
  const rows = Array.from({ length: 60_000 }, (_, n) => `انبوه شمارهٔ ${n},0990${String(1_000_000 + n)}`)
  const kept = async () => (await api.imports.list()).find(({ file_name }) => file_name === 'انبوه.csv')!
  const running = page.getByRole('region', { name: fa('imports:running') })
  const stop = async () => {
    await running.getByRole('button', { name: fa('common:cancel') }).click()
    await expect(result(page)).toBeVisible()
    await page.getByRole('button', { name: fa('imports:back') }).click()
    return await kept()
  }
  await daftar.open('/import')
  await choose(page, 'انبوه.csv', ['نام,موبایل', ...rows].join('\n'))
  await toCheck(page)
  await start(page, '۶۰٬۰۰۰').click()
  await expect(running.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/)
  const first = await stop()
  expect(first.state).toBe('cancelled')
  expect(first.added).toBeGreaterThan(0)
  expect(first.added).toBeLessThan(60_000)

  const half = page.getByRole('region', { name: 'انبوه.csv' })
  await half.getByRole('button', { name: fa('imports:finish') }).click()
  await page.getByRole('link', { name: fa('history:title') }).click()
  await expect.poll(async () => (await kept()).added, { intervals: [50] }).toBeGreaterThan(first.added)
  await page.getByRole('link', { name: fa('imports:menu') }).click()
  const second = await stop()
  expect(second.added).toBeLessThan(60_000)
  await half.getByRole('button', { name: fa('imports:takeBack') }).click()
  // Whoever leaves meanwhile and comes back finds it running, not cut off.
  await page.getByRole('link', { name: fa('history:title') }).click()
  await page.getByRole('link', { name: fa('imports:menu') }).click()
  await expect(page.getByRole('heading', { level: 1, name: fa('imports:title') })).toBeVisible()
  await expect(page.getByText(fa('imports:wasUndoing'))).toBeHidden()
  await expect(half).toBeHidden({ timeout: 90_000 })
  const left = await api.customers.count({
    filter: { where: { op: 'and', rules: [{ field: 'text', test: 'matches', value: 'انبوه' }] }, trash: false },
  })
  expect(left.count).toBe(0)
})

const hostile: [what: string, name: string, content: string | Buffer][] = [
  ['an empty file', 'خالی.csv', ''],
  [
    'a picture that calls itself a sheet',
    'عکس.xlsx',
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
  ],
  ['a broken archive', 'شکسته.xlsx', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(300, 7)])],
  ['a program', 'ویروس.exe', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500, 0)])],
  ['only a heading', 'سرستون.csv', 'نام,موبایل\n'],
]
test('what cannot be read is refused in one clear sentence each, and nothing is added', async ({ daftar }) => {
  const { page, api } = daftar
  const before = await api.system.data()
  await daftar.open('/import')
  for (const [what, name, content] of hostile) {
    await test.step(what, async () => {
      await choose(page, name, content)
      await expect(page.getByText(said('imports:notRead', { name }))).toBeVisible()
      await expect(page.getByText(fa('imports:notReadTodo'))).toBeVisible()
      await expect(page.getByRole('main')).not.toContainText(/INTERNAL|undefined|Error|errors:/)
    })
  }
  expect((await api.system.data()).customers).toBe(before.customers)
})
