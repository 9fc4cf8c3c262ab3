import type { Page } from '@playwright/test'
import { type Daftar, expect, test } from './fixtures.ts'
import { fa } from './words.ts'

/** Who is looked for in this file; added once for the host that the tests share. */
async function people({ api }: Daftar): Promise<void> {
  if ((await api.search.all({ text: 'سلیمانی نوید' })).customers.length > 0) return
  const phone = (value: string) => ({ kind: 'phone' as const, type: 'mobile' as const, value })
  const company = await api.customers.add({
    kind: 'company',
    company_name: 'پخش سراسری البرز',
    channels: [{ kind: 'phone', type: 'work', value: '02188776655' }],
  })
  const tag = await api.customers.tags.add({ name: 'عکاس', kind: 'tag', color: null })
  await api.customers.add({
    kind: 'person',
    first_name: 'محمدرضا',
    last_name: 'کریمی‌پور',
    channels: [phone('09121112233')],
    addresses: [{ type: 'home', province: 'اصفهان', city: 'کاشان', address: null, postal_code: null }],
  })
  const navid = await api.customers.add({
    kind: 'person',
    first_name: 'نوید',
    last_name: 'سلیمانی',
    channels: [phone('09359998877')],
    tag_ids: [tag.id],
    links: [{ kind: 'works_at', role: 'مدیر خرید', outgoing: true, other_id: company.id }],
  })
  await api.activities.log({
    activity: { kind: 'note', party_ids: [navid.id], body: 'برای گوساله‌های تازه یونجهٔ خشک می‌خواهد.' },
  })
  await api.customers.add({ kind: 'person', first_name: 'رضا', last_name: 'صبوری', channels: [phone('09171230000')] })
  await api.customers.add({ kind: 'person', first_name: 'يكتا', last_name: 'مكّي', channels: [] })
}

async function openPalette(page: Page) {
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox', { name: fa('search:title') })
  await expect(box).toBeFocused()
  return {
    box,
    options: page.getByRole('listbox', { name: fa('search:results') }).getByRole('option'),
  }
}

test.beforeEach(async ({ daftar }) => {
  await people(daftar)
  await daftar.open()
})

const karimi = 'محمدرضا کریمی‌پور'
const navid = 'نوید سلیمانی'
const cases: [what: string, typed: string, found: string, marked: string | RegExp][] = [
  ['a name', 'محمدرضا', karimi, 'محمدرضا'],
  ['parts of the name in the other order', 'کریمی محم', karimi, /کریمی|محم/],
  ['a half-space where a space was typed', 'کریمی پور', karimi, /کریمی/],
  ['a half-space left out', 'کریمیپور', karimi, /کریمی/],
  ['a name that is joined here and split there', 'محمد رضا', karimi, /محمد/],
  ['Arabic letters for Persian ones', 'كريمي', karimi, 'کریمی'],
  ['Persian letters where Arabic ones were written', 'یکتا', 'یکتا مکّی', 'یکتا'],
  ['the middle of a phone number in Persian digits', '۱۱۲۲', karimi, /۱/],
  ['the end of a phone number in Latin digits', '8877', navid, /۸/],
  ['a name and digits together', 'نوید 9998', navid, 'نوید'],
  ['a city', 'کاشان', karimi, 'کاشان'],
  ['the company someone works at', 'پخش سراسری', navid, 'پخش'],
  ['a tag', 'عکاس', navid, 'عکاس'],
  ['the wrong keyboard layout', 'vqh', 'رضا صبوری', 'رضا'],
]
test('finds however it is typed, and marks what matched', async ({ daftar: { page } }) => {
  const { box, options } = await openPalette(page)
  for (const [what, typed, found, marked] of cases) {
    await test.step(`${what}: ${typed}`, async () => {
      await box.fill(typed)
      const hit = options.filter({ hasText: found }).first()
      await expect(hit).toBeVisible()
      await expect(hit.locator('mark').filter({ hasText: marked }).first()).toBeVisible()
    })
  }
})

test('a text typed with the wrong layout is told as what it was read', async ({ daftar: { page } }) => {
  const { box } = await openPalette(page)
  await box.fill('vqh wf,vd')
  await expect(page.getByText(fa('search:readAs', { text: 'رضا صبوری' }))).toBeVisible()
})

test('finds words of a note and shows them marked in their sentence', async ({ daftar: { page } }) => {
  const { box, options } = await openPalette(page)
  await box.fill('یونجه')
  const note = options.filter({ hasText: 'گوساله‌های تازه' })
  await expect(note.locator('mark')).toHaveText(/یونجه/)
  await expect(note).toContainText(navid)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: navid })).toBeVisible()
})

test('a whole phone number stands first, and Enter opens the record', async ({ daftar: { page } }) => {
  const { box, options } = await openPalette(page)
  await box.fill('۰۹۳۵ ۹۹۹ ۸۸۷۷')
  await expect(options.first()).toContainText(navid)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: navid })).toBeVisible()
})

test('Enter before the answer has come still opens what was typed', async ({ daftar: { page } }) => {
  const { box } = await openPalette(page)
  await expect(box).toBeFocused()
  await page.keyboard.insertText('سلیمانی')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: navid })).toBeVisible()
})

test('Ctrl+Enter opens beside the list, Esc closes the palette', async ({ daftar: { page } }) => {
  const { box, options } = await openPalette(page)
  await box.fill('صبوری')
  await expect(options.first()).toContainText('رضا صبوری')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('complementary', { name: 'رضا صبوری' })).toBeVisible()
  await openPalette(page)
  await page.keyboard.press('Escape')
  await expect(box).toBeHidden()
})

test('recently opened records stand in the empty palette', async ({ daftar }) => {
  const { page, api } = daftar
  const { customers } = await api.search.all({ text: karimi })
  await daftar.open(`/customers/${customers[0]!.customer.id}`)
  await expect(page.getByRole('heading', { level: 1, name: karimi })).toBeVisible()
  await daftar.open('/history')
  await openPalette(page)
  const recent = page.getByRole('group', { name: fa('search:group.recent') })
  await expect(recent.getByRole('option').first()).toContainText(karimi)
})

test('runs commands, also by their other words', async ({ daftar: { page } }) => {
  const { box, options } = await openPalette(page)
  await box.fill('تیره')
  await expect(options.filter({ hasText: fa('app:command.dark') })).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await options.filter({ hasText: fa('app:command.dark') }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  const again = await openPalette(page)
  await again.box.fill('theme light')
  await again.options.filter({ hasText: fa('app:command.light') }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
})

test('what is not there can be added on the spot with what was typed', async ({ daftar: { page } }) => {
  const { box, options } = await openPalette(page)
  await box.fill('غضنفر ناپیدا')
  await expect(options).toHaveText([
    fa('search:addNamed.customers', { text: 'غضنفر ناپیدا' }),
    fa('search:addNamed.leads', { text: 'غضنفر ناپیدا' }),
  ])
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: fa('customers:quick.name') })).toHaveValue('غضنفر ناپیدا')
  await page.keyboard.press('Escape')
})

test('a deleted customer is found no more', async ({ daftar: { page, api } }) => {
  const { id } = await api.customers.add({ kind: 'person', first_name: 'بهروز', last_name: 'رفتنی', channels: [] })
  const { box, options } = await openPalette(page)
  await box.fill('رفتنی')
  await expect(options.first()).toContainText('بهروز رفتنی')
  await api.customers.remove({ ids: [id] })
  await expect(options.filter({ hasText: 'بهروز' })).toHaveCount(0)
})
