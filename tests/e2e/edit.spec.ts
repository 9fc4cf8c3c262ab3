import { type Daftar, expect, test } from './fixtures.ts'
import { fa, said } from './words.ts'

const field = (name: string) => fa(`customers:field.${name}`)
const add = ({ api }: Daftar, last_name: string) =>
  api.customers.add({ kind: 'person', first_name: 'آزمون', last_name, channels: [] })

test('everything about a customer is written on one form and read back on the record', async ({ daftar }) => {
  const { page, api } = daftar
  await api.customers.add({ kind: 'company', company_name: 'کارگاه نجاری البرز', channels: [] })
  const { id } = await add(daftar, 'کامل')
  await daftar.open(`/customers/${id}/edit`)
  const form = page.getByRole('form', { name: fa('customers:command.edit') })

  // Many phones, with their kinds.
  for (const phone of ['09121230001', '02188990011']) {
    await form.getByRole('button', { name: fa('customers:edit.addPhone'), exact: true }).click()
    await form
      .getByRole('textbox', { name: fa('customers:channelKind.phone') })
      .last()
      .fill(phone)
  }
  await form.getByRole('button', { name: fa('customers:edit.addEmail'), exact: true }).click()
  await form.getByRole('textbox', { name: fa('customers:channelKind.email') }).fill('test@example.ir')

  // An address: the city brings its province.
  await form.getByRole('button', { name: fa('customers:edit.addFirstAddress'), exact: true }).click()
  const city = form.getByRole('combobox', { name: field('party_address.city'), exact: true })
  await city.fill('کاشان')
  await page.getByRole('option', { name: 'کاشان' }).first().click()
  await expect(form.getByRole('combobox', { name: field('party_address.province') })).toHaveValue('اصفهان')
  await form.getByRole('textbox', { name: field('party_address.address') }).fill('خیابان امیرکبیر، کوچهٔ ۳')

  // Where they work, and as what.
  await form.getByRole('button', { name: fa('customers:edit.addWorkplace'), exact: true }).click()
  await form.getByRole('combobox', { name: fa('customers:edit.other') }).fill('نجاری')
  await page.getByRole('option', { name: /کارگاه نجاری البرز/ }).click()
  await form.getByRole('textbox', { name: fa('customers:edit.job') }).fill('مدیر تولید')

  // A tag of the list, and one made by typing it.
  const tags = form.getByRole('combobox', { name: fa('customers:edit.tags') })
  await tags.fill('خوش')
  await page.getByRole('option', { name: 'خوش‌حساب' }).click()
  await form.getByRole('combobox', { name: fa('customers:edit.tags') }).fill('همسایهٔ انبار')
  await page.getByRole('option', { name: fa('ui:addNew', { text: 'همسایهٔ انبار' }) }).click()
  await expect(form.getByRole('button', { name: fa('ui:removeTag', { label: 'همسایهٔ انبار' }) })).toBeVisible()

  await form.getByRole('textbox', { name: field('party.credit_limit') }).fill('۲۵۰۰۰۰۰')
  await form.getByRole('textbox', { name: fa('customers:edit.about') }).fill('پنجشنبه‌ها نیست.')
  await page.keyboard.press('Control+Enter')

  await expect(page.getByRole('heading', { level: 1, name: 'آزمون کامل', exact: true })).toBeVisible()
  const record = page.getByRole('main')
  await expect(record.getByText('۰۹۱۲ ۱۲۳ ۰۰۰۱').first()).toBeVisible()
  await expect(record.getByText('۰۲۱ ۸۸۹۹ ۰۰۱۱').first()).toBeVisible()
  await expect(record.getByRole('link', { name: 'test@example.ir' })).toBeVisible()
  await expect(record.getByText('خیابان امیرکبیر، کوچهٔ ۳').first()).toBeVisible()
  await expect(record.getByRole('link', { name: 'کارگاه نجاری البرز' }).first()).toBeVisible()
  await expect(record.getByText('همسایهٔ انبار').first()).toBeVisible()
  await expect(record.getByText('۲٬۵۰۰٬۰۰۰').first()).toBeVisible()
  const saved = await api.customers.get({ id })
  expect(saved.channels.map(({ e164 }) => e164)).toEqual(['+989121230001', '+982188990011', null])
  expect(saved.addresses).toMatchObject([{ province: 'اصفهان', city: 'کاشان' }])
  expect(saved.links).toMatchObject([{ kind: 'works_at', role: 'مدیر تولید', outgoing: true }])
  expect(saved.tags.map(({ name }) => name).sort()).toEqual(['خوش‌حساب', 'همسایهٔ انبار'].sort())
  // 2.5 million toman, kept as rial.
  expect(saved).toMatchObject({ credit_limit: 25_000_000, about: 'پنجشنبه‌ها نیست.' })
})

test('wrong check digits warn and never block', async ({ daftar }) => {
  const { page, api } = daftar
  const { id } = await add(daftar, 'کددار')
  await daftar.open(`/customers/${id}/edit`)
  await page.getByRole('textbox', { name: field('party.national_id') }).fill('1234567890')
  await expect(page.getByText(fa('customers:warn.national_id'))).toBeVisible()
  await page.getByRole('textbox', { name: field('party.card_number') }).fill('6037991234567890')
  await expect(page.getByText(fa('customers:warn.card_number'))).toBeVisible()
  await page.keyboard.press('F2')
  await expect(page.getByRole('heading', { level: 1, name: 'آزمون کددار', exact: true })).toBeVisible()
  await expect
    .poll(() => api.customers.get({ id }))
    .toMatchObject({ national_id: '1234567890', card_number: '6037991234567890' })
})

test('a number reached with Tab is typed over, as in every other field', async ({ daftar }) => {
  const { page, api } = daftar
  const { id } = await api.customers.add({
    kind: 'person',
    first_name: 'آزمون',
    last_name: 'شماره‌عوض',
    channels: [{ kind: 'phone', type: 'mobile', value: '09123456701' }],
  })
  await daftar.open(`/customers/${id}/edit`)
  const number = page.getByRole('textbox', { name: fa('customers:channelKind.phone'), exact: true })
  await expect(number).toHaveValue('۰۹۱۲ ۳۴۵ ۶۷۰۱')
  await number.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type('09123456702')
  await page.keyboard.press('F2')
  await expect(page.getByRole('heading', { level: 1, name: 'آزمون شماره‌عوض', exact: true })).toBeVisible()
  await expect
    .poll(async () => (await api.customers.get({ id })).channels.map((each) => each.value))
    .toEqual(['09123456702'])
})

test('the blacklist asks for a reason and is seen on record and list', async ({ daftar }) => {
  const { page } = daftar
  const { id } = await add(daftar, 'بدحساب')
  await daftar.open(`/customers/${id}/edit`)
  await page.getByRole('switch', { name: new RegExp(fa('customers:edit.blacklist')) }).press(' ')
  await page.getByRole('textbox', { name: field('party.blacklist_reason') }).fill('دو چک برگشتی')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('main').getByText(fa('customers:show.blacklisted')).first()).toBeVisible()
  await expect(page.getByText('دو چک برگشتی').first()).toBeVisible()
  await daftar.open('/customers?q=بدحساب')
  const row = page.getByRole('row').filter({ hasText: 'بدحساب' })
  await expect(row.getByRole('img', { name: fa('customers:show.blacklisted') })).toBeVisible()
})

test('Enter goes from field to field, Esc leaves and keeps what was typed', async ({ daftar }) => {
  const { page } = daftar
  const { id } = await add(daftar, 'کلیدی')
  await daftar.open(`/customers/${id}/edit`)
  await expect(page.getByRole('textbox', { name: field('party.first_name'), exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  const last = page.getByRole('textbox', { name: field('party.last_name') })
  await expect(last).toBeFocused()
  await last.fill('نیمه‌کاره')
  await page.keyboard.press('Escape')
  await expect(page.getByText(fa('customers:edit.draftKept'))).toBeVisible()
  await daftar.open(`/customers/${id}/edit`)
  await expect(page.getByText(fa('customers:edit.draftBack'))).toBeVisible()
  await expect(last).toHaveValue('نیمه‌کاره')
  await page.getByRole('button', { name: fa('customers:edit.draftDrop') }).click()
  await expect(last).toHaveValue('کلیدی')
})

test('a half-typed form survives a reload and a killed program', async ({ daftar }) => {
  const { page, api } = daftar
  const { id } = await add(daftar, 'ماندگار')
  await daftar.open(`/customers/${id}/edit`)
  const about = page.getByRole('textbox', { name: fa('customers:edit.about') })
  await about.fill('تا اینجا نوشته بودم')
  await expect
    .poll(async () => JSON.stringify(await api.drafts.get({ key: `customers.edit.${id}` })))
    .toContain('تا اینجا نوشته بودم')
  await page.reload()
  await expect(about).toHaveValue('تا اینجا نوشته بودم')
  await daftar.kill()
  await daftar.restart()
  await daftar.open(`/customers/${id}/edit`)
  await expect(about).toHaveValue('تا اینجا نوشته بودم')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'آزمون ماندگار', exact: true })).toBeVisible()
  expect((await daftar.api.customers.get({ id })).about).toBe('تا اینجا نوشته بودم')
})

test('the full form makes a company with the people who work there', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open()
  await page.keyboard.press('Shift+N')
  await page.getByRole('radio', { name: fa('customers:kind.company') }).click()
  await page.getByRole('textbox', { name: field('party.company_name') }).fill('شرکت نوبنیاد')
  await page.getByRole('button', { name: fa('customers:edit.addPerson'), exact: true }).click()
  await page.getByRole('combobox', { name: fa('customers:edit.other') }).fill('سارا نوکار')
  await page.getByRole('option', { name: fa('ui:addNew', { text: 'سارا نوکار' }) }).click()
  await expect(page.getByText(said('customers:edit.created', { name: 'سارا نوکار' }))).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'شرکت نوبنیاد' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('link', { name: 'سارا نوکار' }).first()).toBeVisible()
  const { customers } = await api.search.all({ text: 'سارا نوکار' })
  expect(customers[0]?.customer.company).toBe('شرکت نوبنیاد')
})

test('a form without name and phone says what it needs', async ({ daftar }) => {
  const { page } = daftar
  await daftar.open('/customers/new')
  await expect(page.getByRole('textbox', { name: field('party.first_name'), exact: true })).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(fa('customers:edit.needed'))).toBeVisible()
})

test('a tag is taken by Enter, by leaving its box and by saving; a new row has the focus and the type of its number', async ({
  daftar,
}) => {
  const { page, api } = daftar
  const { id } = await add(daftar, 'برچسبی')
  await daftar.open(`/customers/${id}/edit`)
  const tags = page.getByRole('combobox', { name: fa('customers:edit.tags') })
  await tags.click()
  await page.keyboard.type('نخست تازه')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: fa('ui:removeTag', { label: 'نخست تازه' }) })).toBeVisible()
  await expect(tags).toBeFocused()
  await page.keyboard.type('دوم تازه')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: fa('ui:removeTag', { label: 'دوم تازه' }) })).toBeVisible()
  await expect(tags).not.toBeFocused()

  await page.getByRole('button', { name: fa('customers:edit.addPhone'), exact: true }).click()
  await expect(page.getByRole('textbox', { name: fa('customers:channelKind.phone') })).toBeFocused()
  await page.keyboard.type('02188776655')

  await page.getByRole('combobox', { name: fa('customers:edit.groups') }).click()
  await page.keyboard.type('گروه تازه')
  await page.keyboard.press('F2')
  await expect(page.getByRole('heading', { level: 1, name: 'آزمون برچسبی', exact: true })).toBeVisible()
  const saved = await api.customers.get({ id })
  expect(saved.tags.map(({ name }) => name).sort()).toEqual(['نخست تازه', 'دوم تازه', 'گروه تازه'].sort())
  expect(saved.channels).toMatchObject([{ type: 'work', e164: '+982188776655' }])
})
