import type { Page } from '@playwright/test'
import { dayOf } from '../../shared/domain/jalali.ts'
import { type Daftar, expect, test } from './fixtures.ts'
import { type Language, words } from './words.ts'

const choose = (page: Page, language: Language, group: string, option: string) =>
  page
    .getByRole('radiogroup', { name: words(language, group) })
    .getByRole('radio', { name: words(language, option), exact: true })
    .click()

test('English turns the whole window round at once and stays after a restart', async ({ daftar }) => {
  const { page } = daftar
  const html = page.locator('html')
  await daftar.open('/settings/appearance')
  await expect(html).toHaveAttribute('dir', 'rtl')
  const menuIn = (language: Language) => page.getByRole('navigation', { name: words(language, 'app:menu') })
  const startOf = async (language: Language) => (await menuIn(language).boundingBox())!.x
  expect(await startOf('fa')).toBeGreaterThan(1000)
  await page.getByRole('main').focus()
  await page.keyboard.press('t')
  await page.getByRole('textbox', { name: words('fa', 'tasks:form.title') }).fill('سفارش کارت')
  await page.keyboard.press('F2')
  const notice = page.getByRole('alertdialog')
  await expect(notice).toContainText(words('fa', 'tasks:said.added'))
  await choose(page, 'fa', 'settings:appearance.language', 'settings:appearance.english')
  await expect(html).toHaveAttribute('dir', 'ltr')
  // What was said in the other language is said no more.
  await expect(notice).toHaveCount(0, { timeout: 3000 })
  await expect(html).toHaveAttribute('lang', 'en')
  expect(await startOf('en')).toBe(0)
  for (const entry of ['customers:title', 'history:title', 'imports:menu', 'settings:title', 'help:title']) {
    await expect(menuIn('en').getByRole('link', { name: words('en', entry), exact: true })).toBeVisible()
  }
  await expect.poll(() => daftar.api.settings.device()).toMatchObject({ language: 'en' })
  await daftar.restart()
  await daftar.open('/customers')
  await expect(html).toHaveAttribute('dir', 'ltr')
  await expect(page.getByRole('heading', { level: 1, name: words('en', 'customers:title') })).toBeVisible()
  await daftar.open('/settings/appearance')
  await choose(page, 'en', 'settings:appearance.language', 'settings:appearance.persian')
  await expect(html).toHaveAttribute('dir', 'rtl')
})

test('dark, compact and large are on the screen at once and stay after a restart', async ({ daftar }) => {
  const { page } = daftar
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const rowHeight = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--row-h').trim())
  const fontSize = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))
  await daftar.open('/settings/appearance')
  const light = await background()
  const comfortable = await rowHeight()
  expect(await fontSize()).toBe(14)
  await choose(page, 'fa', 'settings:appearance.theme', 'settings:appearance.dark')
  await choose(page, 'fa', 'settings:appearance.density', 'settings:appearance.compact')
  await page
    .getByRole('radiogroup', { name: words('fa', 'settings:appearance.fontSize') })
    .getByRole('radio', { name: words('fa', 'settings:appearance.percent', { n: '۱۲۵' }) })
    .click()
  const check = async () => {
    await expect.poll(background).toBe('rgb(15, 18, 20)')
    expect(light).not.toBe('rgb(15, 18, 20)')
    await expect.poll(rowHeight).not.toBe(comfortable)
    await expect.poll(fontSize).toBe(17.5)
  }
  await check()
  await expect.poll(() => daftar.api.settings.device()).toMatchObject({ theme: 'dark', font_scale: 125 })
  await daftar.restart()
  await daftar.open('/customers')
  await check()
  await daftar.api.settings.updateDevice({ theme: 'light', density: 'comfortable', font_scale: 100 })
})

test('the look follows the system when it is told to', async ({ daftar }) => {
  const { page, api } = daftar
  await api.settings.updateDevice({ theme: 'system' })
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await page.emulateMedia({ colorScheme: 'dark' })
  await daftar.open('/settings/about')
  await expect.poll(background).toBe('rgb(15, 18, 20)')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(background).toBe('rgb(246, 247, 248)')
  await api.settings.updateDevice({ theme: 'light' })
})

/** A customer with everything that a customer at the counter must not see. */
async function secretive({ api }: Daftar) {
  const made = await customer(api)
  await api.activities.log({ activity: { kind: 'call', body: 'بدحساب است', party_ids: [made.id] } })
  await api.tasks.add({ title: 'گرفتن چک برگشتی', party_id: made.id, due_date: dayOf(Date.now()) })
  await api.leads.add({ name: 'پرسنده', body: 'ارزان‌تر از همسایه' })
  return made
}

async function customer(api: Daftar['api']) {
  const tag = await api.customers.tags.add({ name: 'بدقول', kind: 'tag', color: null })
  return api.customers.add({
    kind: 'person',
    first_name: 'فرید',
    last_name: 'پنهانی',
    channels: [{ kind: 'phone', type: 'mobile', value: '09120007788' }],
    tag_ids: [tag.id],
    credit_limit: 777_000_000,
    blacklisted: true,
    blacklist_reason: 'چک برگشتی',
  })
}

test('counter mode hides labels, credit, blacklist and what was written on every screen, also after a restart', async ({
  daftar,
}) => {
  const { page } = daftar
  const { id } = await secretive(daftar)
  const secrets = /بدقول|۷۷٬۷۰۰٬۰۰۰|چک برگشتی|لیست سیاه|سقف اعتبار(?! و)/
  const main = page.getByRole('main')
  await daftar.open(`/customers/${id}`)
  await expect(main).toContainText('بدقول')
  await expect(main).toContainText('۷۷٬۷۰۰٬۰۰۰')
  await page.keyboard.press('F8')
  const bar = page.getByRole('region', { name: words('fa', 'app:counter.title') })
  await expect(bar).toBeVisible()
  await expect(main).toContainText('فرید پنهانی')
  await expect(main).not.toContainText(secrets, { useInnerText: true })
  await expect(main.getByText('بدحساب است')).toBeHidden()
  await daftar.restart()
  await daftar.open('/customers?q=پنهانی')
  await expect(bar).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'فرید پنهانی' })).toBeVisible()
  await expect(main).not.toContainText(secrets)
  await expect(page.getByRole('img', { name: words('fa', 'customers:show.blacklisted') })).toHaveCount(0)
  await page.getByRole('row').filter({ hasText: 'فرید پنهانی' }).click()
  const panel = page.getByRole('complementary', { name: 'فرید پنهانی' })
  await expect(panel.getByText('گرفتن چک برگشتی')).toBeAttached()
  await expect(panel).not.toContainText(secrets, { useInnerText: true })
  await daftar.open(`/customers/${id}/edit`)
  await expect(page.getByRole('textbox', { name: words('fa', 'customers:field.party.last_name') })).toBeVisible()
  await expect(main).not.toContainText(secrets)
  await page.keyboard.press('Escape')
  await daftar.open('/history')
  await expect(main).not.toContainText(secrets)
  // What was written about people keeps its place and shows dots, wherever it stands; and nothing is exported.
  for (const path of ['/', '/tasks', '/calendar']) {
    await daftar.open(path)
    await expect(main.getByText('گرفتن چک برگشتی').first()).toBeAttached()
    await expect(main).not.toContainText('برگشتی', { useInnerText: true })
  }
  await daftar.open('/leads')
  await expect(main.getByText('ارزان‌تر از همسایه')).toBeAttached()
  await expect(main).not.toContainText('همسایه', { useInnerText: true })
  await daftar.open('/settings/data')
  await expect(page.getByText(words('fa', 'exports:everything.atCounter'))).toBeVisible()
  await expect(page.getByRole('button', { name: words('fa', 'exports:everything.start') })).toHaveCount(0)
  await daftar.open('/customers')
  await expect(page.getByRole('row').filter({ hasText: 'فرید پنهانی' })).toBeVisible()
  await expect(page.getByRole('button', { name: words('fa', 'exports:action') })).toHaveCount(0)
  await bar.getByRole('button', { name: words('fa', 'app:counter.leave') }).click()
  await expect(bar).toBeHidden()
  await daftar.open(`/customers/${id}`)
  await expect(main).toContainText('بدقول')
})

test('the business is renamed, its change stands in the history and goes back', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open('/settings/business')
  const name = page.getByRole('textbox', { name: words('fa', 'settings:business.business_name') })
  await expect(name).toHaveValue('فروشگاه آفتاب')
  await name.fill('فروشگاه مهتاب')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(words('fa', 'settings:business.saved'))).toBeVisible()
  expect((await api.settings.business()).business_name).toBe('فروشگاه مهتاب')
  await page.getByRole('button', { name: words('fa', 'common:undo'), exact: true }).click()
  await expect(name).toHaveValue('فروشگاه آفتاب')
})

test('data: where the book is, how many are in it, and that it is sound', async ({ daftar }) => {
  const { page, dataDir } = daftar
  await daftar.open('/settings/data')
  await expect(page.getByText(`${dataDir}/daftar.db`)).toBeVisible()
  await page.getByRole('button', { name: words('fa', 'settings:check.run') }).click()
  await expect(page.getByText(words('fa', 'settings:check.ok'))).toBeVisible()
})

test('the key map comes on ?, and each help page opens', async ({ daftar }) => {
  const { page } = daftar
  await daftar.open('/help/start')
  const pages = page.getByRole('navigation', { name: words('fa', 'help:title') }).getByRole('link')
  const titles = await pages.allTextContents()
  expect(titles.length).toBeGreaterThan(4)
  for (const title of titles) {
    await pages.filter({ hasText: title }).click()
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  }
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: words('fa', 'app:keys.title') })
  await expect(keys).toContainText('Ctrl K')
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
})
