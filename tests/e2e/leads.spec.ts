import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { fa, said } from './words.ts'

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })
const chip = (page: Page, status: string) => page.getByRole('radio', { name: new RegExp(fa(`leads:status.${status}`)) })
const panel = (page: Page, name: string) => page.getByRole('complementary', { name })
const field = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('textbox', { name: fa(`leads:field.${name}`) })

test('somebody asks, is written down, taken up and becomes a customer, with keys alone', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open('/leads')
  await expect(page.getByText(fa('leads:empty.new'))).toBeVisible()
  await page.keyboard.press('Shift+L')
  await expect(field(page, 'name')).toBeFocused()
  await page.keyboard.press('F2')
  await expect(page.getByText(fa('leads:needed'))).toBeVisible()
  await page.keyboard.type('رضا کریمی')
  // A window that closes in the middle of it loses nothing.
  await expect.poll(async () => JSON.stringify(await api.drafts.get({ key: 'leads.quick' }))).toContain('رضا کریمی')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: fa('leads:title') })).toBeVisible()
  await page.keyboard.press('Shift+L')
  await expect(field(page, 'name')).toHaveValue('رضا کریمی')
  await field(page, 'phone').fill('۰۹۱۲۱۱۱۲۲۳۳')
  await page
    .getByRole('dialog')
    .getByRole('combobox', { name: fa('leads:field.source') })
    .fill('نمایشگاه')
  // Before there is something to choose, Enter saves.
  await expect(page.getByRole('option', { name: 'نمایشگاه' }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await field(page, 'body').fill('صد متر کاشی')
  await field(page, 'company').fill('بازرگانی نور')
  await page.keyboard.press('F2')
  await expect(row(page, 'رضا کریمی')).toBeVisible()
  const menu = page.getByRole('navigation', { name: fa('app:menu') })
  await expect(menu.getByRole('link', { name: fa('leads:title') })).toContainText('۱')
  await expect(panel(page, 'رضا کریمی')).toContainText('نمایشگاه')

  const grid = page.getByRole('grid')
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('w')
  await expect(row(page, 'رضا کریمی')).toHaveCount(0)
  await expect(menu.getByRole('link', { name: fa('leads:title') })).not.toContainText('۱')
  await chip(page, 'working').press('Enter')
  await expect(row(page, 'رضا کریمی')).toBeVisible()
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('k')
  await expect(page.getByText(said('leads:done.converted', { name: 'رضا کریمی' }))).toBeVisible()
  const [hit] = (await api.search.all({ text: 'رضا کریمی' })).customers
  expect(hit?.customer).toMatchObject({ company: 'بازرگانی نور', source: 'نمایشگاه' })
  // One undo, and nothing of it was.
  await page.keyboard.press('F6')
  await page.keyboard.press('Enter')
  await expect(row(page, 'رضا کریمی')).toBeVisible()
  expect((await api.search.all({ text: 'رضا کریمی' })).customers).toEqual([])
  // Found from anywhere, also by the company.
  await daftar.open('/tasks')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('بازرگانی نور')
  await expect(page.getByRole('option').first()).toContainText('رضا کریمی')
  await expect(page.getByRole('option').first()).toContainText(fa('leads:status.working'))
  await page.keyboard.press('Enter')
  await expect(panel(page, 'رضا کریمی')).toContainText('نمایشگاه')
  await expect(chip(page, 'working')).toBeChecked()
})

test('a number that is known is said while typing, and the lead goes to the customer who has it', async ({
  daftar,
}) => {
  const { page, api } = daftar
  const { id } = await api.customers.add({
    kind: 'person',
    first_name: 'مینا',
    last_name: 'نوری',
    channels: [{ kind: 'phone', type: 'mobile', value: '09123334455' }],
  })
  await api.leads.add({ name: 'از همان خانه', phone: '09123334455' })
  await daftar.open('/leads')
  await page.keyboard.press('Shift+L')
  await field(page, 'name').fill('خانم نوری')
  await field(page, 'phone').fill('۰۹۱۲ ۳۳۳ ۴۴۵۵')
  await expect(page.getByRole('dialog').getByText('مینا نوری')).toBeVisible()
  await expect(page.getByRole('dialog').getByText(fa('leads:alike'))).toBeVisible()
  await field(page, 'body').fill('سفارش دوباره')
  await page.keyboard.press('F2')
  await expect(row(page, 'خانم نوری')).toContainText(fa('leads:isCustomer'))
  await expect(panel(page, 'خانم نوری').getByRole('link', { name: 'مینا نوری' })).toBeVisible()
  await page.getByRole('grid').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('k')
  const dialog = page.getByRole('dialog', { name: fa('leads:convert.title', { name: 'خانم نوری' }) })
  await expect(dialog.getByRole('radio', { name: /مینا نوری/ })).toBeChecked()
  await page.keyboard.press('F2')
  await expect(dialog).toBeHidden()
  await chip(page, 'converted').press('Enter')
  await expect(row(page, 'خانم نوری')).toContainText('مینا نوری')
  const { entries } = await api.activities.timeline({ party_id: id, kinds: ['note'] })
  expect(entries).toMatchObject([{ activity: { body: 'سفارش دوباره' } }])
  await page.getByRole('grid').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: fa('leads:showCustomer') }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'مینا نوری' })).toBeVisible()
})

test('several go to a colleague or are dropped for a reason at once; another window follows, and sources are counted', async ({
  daftar,
  context,
}) => {
  const { page, api } = daftar
  await api.users.add({ name: 'علی محمدی', role: 'seller' })
  const source = (await api.customers.sources.add({ name: 'سایت' })).id
  for (const name of ['الف یکم', 'الف دوم', 'الف سوم']) await api.leads.add({ name, source_id: source })
  const other = await context.newPage()
  await daftar.open('/leads', other)
  await daftar.open('/leads?q=الف')
  await page.bringToFront()
  await expect(row(page, 'الف')).toHaveCount(3)
  await page.getByRole('grid').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+Space')
  const bulk = page.getByRole('region', { name: fa('leads:bulk') })
  await bulk.getByRole('button', { name: fa('leads:action.assign') }).press('Enter')
  await page.getByRole('menuitem', { name: 'علی محمدی' }).press('Enter')
  await expect(row(page, 'علی محمدی')).toHaveCount(2)
  await expect(row(other, 'علی محمدی')).toHaveCount(2)
  await page.getByRole('grid').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('x')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await page.keyboard.press('ArrowDown')
  const reason = (await api.lists.all({ list: 'lead_reason' }))[0]!
  await expect(dialog.getByRole('radio', { name: reason.name, exact: true })).toBeChecked()
  await page.keyboard.press('Control+Enter')
  await expect(row(page, 'الف')).toHaveCount(0)
  await chip(page, 'discarded').press('Enter')
  await expect(row(page, reason.name)).toHaveCount(3)
  await expect(row(other, 'الف')).toHaveCount(0)
  await page.getByRole('button', { name: fa('leads:sources.open') }).press('Enter')
  await expect(page.getByRole('dialog').getByRole('row', { name: /سایت/ })).toContainText('۳۰۳۰٪')
  await page.keyboard.press('Escape')
  await page
    .getByRole('button', { name: fa('common:undo') })
    .first()
    .press('Enter')
  await chip(page, 'new').press('Enter')
  await expect(row(page, 'الف')).toHaveCount(3)
})

test('the line from anywhere is about the lead at hand; a key that needs a lead says when there is none', async ({
  daftar,
}) => {
  const { page, api } = daftar
  const { id } = await api.leads.add({ name: 'هومن بهادری', body: 'قیمت عمده' })
  await daftar.open('/leads?q=هومن')
  const grid = page.getByRole('grid')
  await expect(row(page, 'هومن بهادری')).toBeVisible()
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('l')
  const box = page.getByRole('dialog', { name: fa('quicklog:title') })
  await expect(box.getByRole('textbox', { name: fa('quicklog:title') })).toBeFocused()
  await page.keyboard.type('تماس با بهادری، نمونه خواست، فردا پیگیری')
  const who = box.getByRole('button', { name: fa('quicklog:part.who') })
  await expect(who).toContainText('هومن بهادری')
  await expect(who).toContainText(fa('quicklog:lead'))
  await page.keyboard.press('Enter')
  await expect(box).toBeHidden()
  await expect(panel(page, 'هومن بهادری')).toContainText('نمونه خواست')
  expect(await api.leads.get({ id })).toMatchObject({ status: 'working' })
  const { groups } = await api.tasks.groups({ owner: 'all', text: 'هومن' })
  expect(groups.flatMap(({ rows }) => rows)).toMatchObject([{ title: 'پیگیری – هومن بهادری', party: null }])

  await daftar.open('/leads?q=هیچکس')
  await expect(page.getByText(fa('leads:noneFound'))).toBeVisible()
  await grid.focus()
  await page.keyboard.press('w')
  await expect(page.getByText(fa('leads:noneAtHand'))).toBeVisible()

  // Opened again from the panel: its button goes, the keys go on in the list.
  await api.leads.discard({ ids: [id], reason_id: null })
  await daftar.open(`/leads?status=discarded&open=${id}`)
  await panel(page, 'هومن بهادری')
    .getByRole('button', { name: fa('leads:action.reopen') })
    .focus()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await api.leads.get({ id })).status).toBe('working')
  await expect(grid).toBeFocused()

  // Their line on the page of today leads to the same.
  await api.leads.add({ name: 'پیمان ساعدی' })
  await daftar.open('/today')
  await page.locator('[data-line]').filter({ hasText: 'پیمان ساعدی' }).focus()
  await page.keyboard.press('l')
  await expect(box.getByRole('textbox', { name: fa('quicklog:title') })).toBeFocused()
  await page.keyboard.type('یادداشت: فردا می‌آید')
  await expect(who).toContainText('پیمان ساعدی')
})
