import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { fa } from './words.ts'

test.use({ seeded: 'none', own: true })

/** The form of the first step, without the mouse. */
async function fillByKeyboard(page: Page) {
  const business = page.getByRole('textbox', { name: fa('setup:businessName') })
  await expect(business).toBeFocused()
  await page.keyboard.type('تعمیرگاه نور')
  await page.keyboard.press('Enter')
  await page.keyboard.type('حسین نوری')
  await page.keyboard.press('Enter')
  // The trade: the second of the list, chosen with the arrows.
  const trade = page.getByRole('button', { name: fa('setup:trade') })
  await expect(trade).toBeFocused()
  await page.keyboard.press(' ')
  await expect(page.getByRole('option', { name: fa('setup:tradeName.shop') })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(trade).toContainText(fa('setup:tradeName.service'))
  await expect(trade).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: fa('setup:moneyUnit') })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: fa('setup:next') })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: fa('setup:ready', { name: 'تعمیرگاه نور' }) })).toBeVisible()
}

test('the whole first run by keyboard, to an empty book', async ({ daftar }) => {
  const { page } = daftar
  await daftar.open('/')
  await expect(page.getByRole('heading', { name: fa('setup:hello') })).toBeVisible()
  await fillByKeyboard(page)
  await expect(page.getByRole('button', { name: fa('setup:choice.sample') })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByText(fa('customers:list.emptyTitle'))).toBeVisible()
  const { api } = daftar
  expect(await api.settings.business()).toMatchObject({
    business_name: 'تعمیرگاه نور',
    trade: 'service',
    money_unit: 'toman',
  })
  expect((await api.system.status()).user).toMatchObject({ name: 'حسین نوری', role: 'owner' })
  // The lists of the trade are there.
  expect((await api.customers.sources.list()).length).toBeGreaterThan(3)

  // The offer of the tour: shown once, gone through by keyboard.
  await page.getByRole('button', { name: fa('setup:tourShow') }).click()
  const tour = page.getByRole('dialog', { name: fa('app:tour.title') })
  for (const stop of ['search', 'add', 'today', 'customers', 'history', 'import', 'help']) {
    await expect(tour.getByRole('heading', { name: fa(`app:tour.${stop}.title`) })).toBeVisible()
    await page.keyboard.press('Enter')
  }
  await expect(tour).toBeHidden()
  await daftar.open()
  await expect(page.getByText(fa('customers:list.emptyTitle'))).toBeVisible()
  await expect(page.getByRole('button', { name: fa('setup:tourShow') })).toBeHidden()
  // Whoever comes back to the first run is sent to the book.
  await daftar.open('/welcome')
  await expect(page.getByText(fa('customers:list.emptyTitle'))).toBeVisible()
})

test('what is missing is told at its field', async ({ daftar }) => {
  const { page } = daftar
  await daftar.open('/')
  await expect(page.getByRole('textbox', { name: fa('setup:businessName') })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText(fa('setup:required'))).toHaveCount(1)
  await expect(page.getByRole('textbox', { name: fa('setup:businessName') })).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(fa('setup:required'))).toHaveCount(2)
  await expect(page.getByRole('textbox', { name: fa('setup:businessName') })).toHaveAttribute('aria-invalid', 'true')
  await page.keyboard.type('فروشگاه نیمه')
  await page.reload()
  await expect(page.getByRole('textbox', { name: fa('setup:businessName') })).toHaveValue('فروشگاه نیمه')
})

test('the sample business comes with one choice, and goes without what the user added', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open('/')
  await fillByKeyboard(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row').nth(5)).toBeVisible()
  const { customers } = await api.setup.sample()
  expect(customers).toBeGreaterThan(20)
  await api.customers.add({ kind: 'person', first_name: 'خودم', last_name: 'افزوده', channels: [] })

  await daftar.open('/settings/data')
  await page.getByRole('button', { name: fa('settings:sample.remove') }).click()
  const notice = page.getByRole('alertdialog').filter({ hasText: fa('settings:sample.removed') })
  // One press too many is taken back as any change is.
  await notice.getByRole('button', { name: fa('common:undo') }).click()
  await expect.poll(async () => (await api.setup.sample()).customers).toBe(customers)
  await page.getByRole('button', { name: fa('settings:sample.remove') }).click()
  await expect.poll(async () => (await api.setup.sample()).customers).toBe(0)
  await daftar.open('/customers')
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(page.getByRole('row').nth(1)).toContainText('خودم افزوده')
})

test('the third way leads to the import', async ({ daftar }) => {
  const { page } = daftar
  await daftar.open('/')
  await fillByKeyboard(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: fa('imports:title') })).toBeVisible()
})

test('the first run speaks English too', async ({ daftar }) => {
  const { page } = daftar
  await daftar.open('/')
  await page.getByRole('radio', { name: fa('settings:appearance.english') }).click()
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr')
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible()
})

test('a book whose file is gone comes back from the copy beside it; a copy elsewhere is found by its path', async ({
  daftar,
  context,
}) => {
  const { page, api, dataDir } = daftar
  const stick = mkdtempSync(join(tmpdir(), 'daftar-stick-'))
  try {
    await api.setup.start({ business_name: 'نور', owner_name: 'حسین', trade: 'shop', money_unit: 'toman' })
    await api.customers.add({ kind: 'person', last_name: 'ماندگار' })
    for await (const _ of await api.backups.run({}));
    cpSync(join(dataDir, 'backups'), join(stick, 'Daftar'), { recursive: true })
    await daftar.kill()
    for (const end of ['', '-wal', '-shm']) rmSync(join(dataDir, `daftar.db${end}`), { force: true })
    await daftar.restart()
    await daftar.open('/')
    const found = page.getByRole('region', { name: fa('setup:restore.title') })
    await expect(found).toContainText(fa('setup:found.business', { business: '\u2068نور\u2069' }))
    await expect(found.getByRole('status')).toContainText('۱ مشتری')
    await found.getByRole('button', { name: fa('setup:found.elsewhere') }).press('Enter')
    const row = page.getByRole('listitem').filter({ has: page.getByRole('button') })
    await expect(row).toHaveCount(1)
    const place = page.getByRole('textbox', { name: fa('setup:restore.place') })
    await place.fill(join(stick, 'none'))
    await place.press('Enter')
    await expect(page.getByText(fa('backups:copyTrouble.missing'))).toBeVisible()
    await place.fill(stick)
    await place.press('Enter')
    await expect(row).toHaveCount(2)

    const other = await context.newPage()
    await daftar.open('/', other)
    await expect(other.getByRole('textbox', { name: fa('setup:businessName') })).toBeVisible()
    await row.last().getByRole('button').press('Enter')
    // The window that asked and the one that did not are both in the book.
    for (const each of [page, other]) await expect(each.getByRole('row').filter({ hasText: 'ماندگار' })).toBeVisible()
    expect((await daftar.api.system.check()).problems).toEqual([])
  } finally {
    rmSync(stick, { recursive: true, force: true })
  }
})
