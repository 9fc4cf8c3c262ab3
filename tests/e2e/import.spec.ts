import { utils, write } from '@e965/xlsx'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { fa } from './words.ts'

async function choose(page: Page, name: string, content: string | Buffer) {
  const waiting = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: fa('ui:chooseFile') }).click()
  const buffer = typeof content === 'string' ? Buffer.from(content) : content
  await (await waiting).setFiles({ name, mimeType: 'application/octet-stream', buffer })
}

const start = (page: Page, n: string) => page.getByRole('button', { name: fa('imports:start', { n }), exact: true })
const CSV = [
  'نام مشتری,شماره همراه,شهر,ایمیل',
  'بابک آورده,09121230011,تهران,babak@example.ir',
  'ليلا آورده,۰۹۳۵۱۲۳۰۰۱۲,شیراز,',
  ',,مشهد,',
  'فرزاد آورده,0913 123 0013,اصفهان,',
].join('\r\n')

test('a CSV comes in: columns guessed, a bad row told, the whole taken back in one step', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open('/import')
  await choose(page, 'مشتریان.csv', `\uFEFF${CSV}`)
  const columns = page.getByRole('table').first()
  const fieldOf = (header: string) =>
    columns.getByRole('button', { name: fa('imports:column.fieldOf', { name: header }) })
  await expect(fieldOf('نام مشتری')).toContainText(fa('imports:field.full_name'))
  await expect(fieldOf('شماره همراه')).toContainText(fa('imports:field.mobile'))
  await expect(fieldOf('شهر')).toContainText(fa('imports:field.city'))
  const preview = page.getByRole('table').nth(1)
  await expect(preview.getByRole('row').filter({ hasText: 'لیلا آورده' })).toContainText('۰۹۳۵ ۱۲۳ ۰۰۱۲')
  await expect(preview.getByText(fa('imports:problem.NO_NAME_OR_PHONE'))).toBeVisible()
  await start(page, '۳').click()

  const result = page.getByRole('region', { name: fa('imports:result') })
  await expect(result.getByRole('status')).toContainText(fa('imports:done', { n: '۳' }))
  const failed = page.getByRole('row').filter({ hasText: fa('imports:problem.NO_NAME_OR_PHONE') })
  await expect(failed).toContainText('۴')
  await expect(failed).toContainText('مشهد')
  const { customers } = await api.search.all({ text: 'آورده' })
  expect(customers.map(({ customer }) => [customer.name, customer.phone, customer.city]).sort()).toEqual(
    [
      ['بابک آورده', '+989121230011', 'تهران'],
      ['لیلا آورده', '+989351230012', 'شیراز'],
      ['فرزاد آورده', '+989131230013', 'اصفهان'],
    ].sort(),
  )
  await result.getByRole('button', { name: fa('imports:undo') }).click()
  await expect(page.getByText(fa('imports:undoneWhole'))).toBeVisible()
  expect((await api.search.all({ text: 'آورده' })).customers).toEqual([])
  await expect(page.getByText(fa('imports:isUndone'))).toBeVisible()
})

test('a wrong guess is corrected by hand before anything comes in', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open('/import')
  await choose(page, 'odd.csv', 'ستون الف,ستون ب\nپوران ناشناس,09171230021\n')
  const columns = page.getByRole('table').first()
  await columns.getByRole('button', { name: fa('imports:column.fieldOf', { name: 'ستون الف' }) }).click()
  await page.getByRole('option', { name: fa('imports:field.full_name'), exact: true }).click()
  await columns.getByRole('button', { name: fa('imports:column.fieldOf', { name: 'ستون ب' }) }).click()
  await page.getByRole('option', { name: fa('imports:field.mobile'), exact: true }).click()
  await start(page, '۱').click()
  await expect(page.getByText(fa('imports:done', { n: '۱' }))).toBeVisible()
  const { customers } = await api.search.all({ text: 'پوران ناشناس' })
  expect(customers[0]?.customer.phone).toBe('+989171230021')
  await page.getByRole('button', { name: fa('imports:toList') }).click()
  await expect(page.getByRole('row').filter({ hasText: 'پوران ناشناس' })).toBeVisible()
})

test('an Excel sheet comes in, and who is there already does not come twice', async ({ daftar }) => {
  const { page, api } = daftar
  await api.customers.add({
    kind: 'person',
    first_name: 'نسرین',
    last_name: 'قدیمی',
    channels: [{ kind: 'phone', type: 'mobile', value: '09151230031' }],
  })
  const sheet = utils.aoa_to_sheet([
    ['نام', 'نام خانوادگی', 'موبایل', 'برچسب'],
    ['نسرین', 'قدیمی', '09151230031', ''],
    ['شهرام', 'اکسلی', '09151230032', 'عمده، خوش‌حساب'],
  ])
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, 'برگهٔ ۱')
  await daftar.open('/import')
  await choose(page, 'فهرست.xlsx', write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
  await expect(page.getByRole('table').nth(1).getByRole('row').filter({ hasText: 'نسرین' })).toContainText(
    fa('imports:isKnown'),
  )
  await start(page, '۱').click()
  await expect(page.getByText(fa('imports:done', { n: '۱' }))).toBeVisible()
  expect((await api.search.all({ text: '09151230031' })).customers).toHaveLength(1)
  const { customers } = await api.search.all({ text: 'شهرام اکسلی' })
  expect(customers[0]?.customer.tags.map(({ name }) => name).sort()).toEqual(['خوش‌حساب', 'عمده'].sort())
})

test('the contacts of a phone come in from a vcf', async ({ daftar }) => {
  const { page, api } = daftar
  const card = (name: string, phone: string) =>
    `BEGIN:VCARD\r\nVERSION:3.0\r\nN;CHARSET=UTF-8:;${name};;;\r\nFN;CHARSET=UTF-8:${name}\r\nTEL;TYPE=CELL:${phone}\r\nEND:VCARD\r\n`
  await daftar.open('/import')
  await choose(page, 'contacts.vcf', card('عمه مهین', '+989181230041') + card('آقای لوله‌کش', '09181230042'))
  await start(page, '۲').click()
  await expect(page.getByText(fa('imports:done', { n: '۲' }))).toBeVisible()
  const { customers } = await api.search.all({ text: 'لوله کش' })
  expect(customers[0]?.customer.phone).toBe('+989181230042')
})

test('a large file shows real progress, can be stopped, and goes on later', async ({ daftar }) => {
  test.slow()
  const { page, api } = daftar
  const rows = Array.from({ length: 20_000 }, (_, n) => `انبوه شمارهٔ ${n},0990${String(1_000_000 + n)}`)
  await daftar.open('/import')
  await choose(page, 'انبوه.csv', ['نام,موبایل', ...rows].join('\n'))
  await start(page, '۲۰٬۰۰۰').click()
  const running = page.getByRole('region', { name: fa('imports:running') })
  await expect(running.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/)
  await running.getByRole('button', { name: fa('common:cancel') }).click()
  const result = page.getByRole('region', { name: fa('imports:result') })
  await expect(result).toBeVisible()
  const before = (await api.imports.list()).find(({ file_name }) => file_name === 'انبوه.csv')!
  expect(before.state).toBe('cancelled')
  expect(before.added).toBeGreaterThan(0)
  expect(before.added).toBeLessThan(20_000)
  await result.getByRole('button', { name: fa('imports:back') }).click()
  const half = page.getByRole('region', { name: 'انبوه.csv' })
  await half.getByRole('button', { name: fa('imports:takeBack') }).click()
  await expect(half).toBeHidden({ timeout: 30_000 })
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
for (const [what, name, content] of hostile) {
  test(`${what} is refused in one clear sentence, and nothing is added`, async ({ daftar }) => {
    const { page, api } = daftar
    const before = await api.system.data()
    await daftar.open('/import')
    await choose(page, name, content)
    await expect(page.getByText(fa('imports:notRead'))).toBeVisible()
    await expect(page.getByText(fa('imports:notReadTodo'))).toBeVisible()
    await expect(page.getByRole('main')).not.toContainText(/INTERNAL|undefined|Error|errors:/)
    // The next file can follow at once.
    await expect(page.getByRole('button', { name: fa('ui:chooseFile') })).toBeVisible()
    expect((await api.system.data()).customers).toBe(before.customers)
  })
}
