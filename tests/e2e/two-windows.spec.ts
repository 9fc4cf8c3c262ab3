import { expect, test } from './fixtures.ts'
import { fa } from './words.ts'

test('what one window changes appears in the other by itself', async ({ daftar, context }) => {
  const { page, api } = daftar
  const other = await context.newPage()
  await daftar.open('/customers')
  await daftar.open('/customers', other)
  await expect(other.getByText(fa('customers:list.emptyTitle'))).toBeVisible()
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: fa('customers:quick.name') }).fill('کتایون همزمان')
  await page.keyboard.press('F2')
  await expect(other.getByRole('row').filter({ hasText: 'کتایون همزمان' })).toBeVisible()

  const { customers } = await api.search.all({ text: 'کتایون' })
  const { id } = customers[0]!.customer
  await daftar.open(`/customers/${id}`, other)
  await page.bringToFront()
  await api.customers.update({ id, patch: { last_name: 'نونام' } })
  await expect(other.getByRole('heading', { level: 1, name: 'کتایون نونام' })).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'کتایون نونام' })).toBeVisible()
  await api.settings.updateDevice({ theme: 'dark' })
})

test('two windows edit different fields of one customer, and both stay', async ({ daftar, context }) => {
  const { page, api } = daftar
  const { id } = await api.customers.add({ kind: 'person', first_name: 'آرش', last_name: 'دوپنجره', channels: [] })
  const other = await context.newPage()
  await daftar.open(`/customers/${id}/edit`)
  await daftar.open(`/customers/${id}/edit`, other)
  await page.getByRole('textbox', { name: fa('customers:field.party.national_id') }).fill('0012345679')
  await other.getByRole('textbox', { name: fa('customers:edit.about') }).fill('از پنجرهٔ دوم')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // The change of the first window is in the form of the second, beside what was typed there.
  await expect(other.getByRole('textbox', { name: fa('customers:field.party.national_id') })).toHaveValue(
    /0012345679|۰۰۱/,
  )
  await expect(other.getByRole('textbox', { name: fa('customers:edit.about') })).toHaveValue('از پنجرهٔ دوم')
  await other.keyboard.press('Control+Enter')
  await expect.poll(async () => (await api.customers.get({ id })).about).toBe('از پنجرهٔ دوم')
  expect((await api.customers.get({ id })).national_id).toBe('0012345679')
})

test('the same field changed elsewhere is told, and what was typed is not lost', async ({ daftar }) => {
  const { page, api } = daftar
  const { id } = await api.customers.add({ kind: 'person', first_name: 'نیلوفر', last_name: 'یکم', channels: [] })
  await daftar.open(`/customers/${id}/edit`)
  const last = page.getByRole('textbox', { name: fa('customers:field.party.last_name') })
  await last.fill('از این پنجره')
  await api.customers.update({ id, patch: { last_name: 'از جای دیگر' } })
  await expect(page.getByText(fa('customers:edit.clash', { fields: '\u0000' }).split('\u0000')[0]!)).toBeVisible()
  await expect(last).toHaveValue('از این پنجره')
})
