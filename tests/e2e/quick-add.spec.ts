import { expect, test } from './fixtures.ts'
import { fa, said } from './words.ts'

test('N, a name, Enter, a number, Enter: the customer is there', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open()
  await expect(page.getByRole('heading', { name: fa('customers:title') })).toBeVisible()
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: fa('customers:quick.title') })
  await expect(dialog.getByRole('textbox', { name: fa('customers:quick.name') })).toBeFocused()
  await page.keyboard.type('نگار شریفی')
  await page.keyboard.press('Enter')
  await page.keyboard.type('09121234501')
  await page.keyboard.press('Enter')

  await expect(page.getByText(said('customers:quick.added', { name: 'نگار شریفی' }))).toBeVisible()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('complementary', { name: 'نگار شریفی' })).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'نگار شریفی' })).toContainText('۰۹۱۲ ۱۲۳ ۴۵۰۱')
  const { customers } = await api.search.all({ text: 'نگار شریفی' })
  expect(customers).toHaveLength(1)
  const saved = await api.customers.get({ id: customers[0]!.customer.id })
  expect(saved).toMatchObject({ kind: 'person', first_name: 'نگار', last_name: 'شریفی' })
  expect(saved.channels).toMatchObject([{ type: 'mobile', e164: '+989121234501' }])
})

test('digits of a Persian keyboard and letters of an Arabic one are saved as they should be', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open()
  await page
    .getByRole('banner')
    .getByRole('button', { name: fa('app:add') })
    .click()
  await page.getByRole('menuitem', { name: fa('customers:add') }).click()
  await page.getByRole('textbox', { name: fa('customers:quick.name') }).fill('علي كاظمي')
  await page.getByRole('textbox', { name: fa('customers:quick.phone') }).fill('۰۹۳۵۱۱۱۲۲۳۳')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'علی کاظمی' })).toBeVisible()
  const { customers } = await api.search.all({ text: '09351112233' })
  expect(customers.map(({ customer }) => customer.name)).toEqual(['علی کاظمی'])
})

test('a number that is in the book already is told at once, and saving asks once', async ({ daftar }) => {
  const { page, api } = daftar
  await api.customers.add({
    kind: 'person',
    first_name: 'سعید',
    last_name: 'معتمدی',
    channels: [{ kind: 'phone', type: 'mobile', value: '09131234502' }],
  })
  await daftar.open()
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: fa('customers:quick.title') })
  await dialog.getByRole('textbox', { name: fa('customers:quick.name') }).fill('آقا سعید')
  await dialog.getByRole('textbox', { name: fa('customers:quick.phone') }).fill('+98 913 123 4502')
  const warning = dialog.getByRole('heading', { name: fa('customers:duplicate.title') })
  await expect(warning).toBeVisible()
  await expect(dialog.getByRole('listitem').filter({ hasText: 'سعید معتمدی' })).toContainText(
    fa('customers:duplicate.phone'),
  )
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('button', { name: fa('customers:duplicate.openThat') })).toBeFocused()
  expect((await api.search.all({ text: '09131234502' })).customers).toHaveLength(1)
  await page.keyboard.press('F2')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('complementary', { name: 'آقا سعید' })).toBeVisible()

  // A hand faster than the hint is asked too, and Enter goes to who is there.
  await page.keyboard.press('n')
  await dialog.getByRole('textbox', { name: fa('customers:quick.phone') }).fill('09131234502')
  await page.keyboard.press('Control+Enter')
  await expect(dialog.getByRole('button', { name: fa('customers:duplicate.openThat') })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/customers\/[^/?]+$/)
  expect((await api.search.all({ text: '09131234502' })).customers).toHaveLength(2)
})

test('the same name written another way is told, and the record is one press away', async ({ daftar }) => {
  const { page, api } = daftar
  await api.customers.add({ kind: 'person', first_name: 'علی‌رضا', last_name: 'نیک‌نام', channels: [] })
  await daftar.open()
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: fa('customers:quick.title') })
  await dialog.getByRole('textbox', { name: fa('customers:quick.name') }).fill('عليرضا نيكنام')
  await dialog.getByRole('button', { name: fa('customers:duplicate.open', { name: 'علی‌رضا نیک‌نام' }) }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'علی‌رضا نیک‌نام' })).toBeVisible()
})

test('an empty form says what it needs, and a company is recognised by its name', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open()
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: fa('customers:quick.title') })
  await page.keyboard.press('Control+Enter')
  await expect(dialog.getByText(fa('customers:quick.needed'))).toBeVisible()
  await page.keyboard.type('شرکت پخش بهاران')
  await expect(dialog.getByText(fa('customers:quick.guessCompany'))).toBeVisible()
  await page.keyboard.press('F2')
  await expect(page.getByRole('complementary', { name: 'شرکت پخش بهاران' })).toBeVisible()
  const { customers } = await api.search.all({ text: 'پخش بهاران' })
  expect(customers[0]?.customer.kind).toBe('company')
})

test('what was half typed comes back after Esc', async ({ daftar }) => {
  const { page } = daftar
  await daftar.open()
  await page.keyboard.press('n')
  const name = page.getByRole('textbox', { name: fa('customers:quick.name') })
  await name.fill('مهتاب نیمه‌کاره')
  await page.keyboard.press('Escape')
  await expect(name).toBeHidden()
  await page.keyboard.press('n')
  await expect(page.getByText(fa('customers:quick.kept'))).toBeVisible()
  await expect(name).toHaveValue('مهتاب نیمه‌کاره')
  await page.getByRole('button', { name: fa('customers:quick.discard') }).click()
  await expect(name).toHaveValue('')
})
