import type { Page } from '@playwright/test'
import { type Daftar, expect, test } from './fixtures.ts'
import { fa, said } from './words.ts'

async function person(
  { api }: Daftar,
  first_name: string,
  last_name: string,
  more: { city?: string; phone?: string } = {},
) {
  return api.customers.add({
    kind: 'person',
    first_name,
    last_name,
    channels: more.phone ? [{ kind: 'phone', type: 'mobile', value: more.phone }] : [],
    addresses: more.city ? [{ type: 'home', province: null, city: more.city, address: null, postal_code: null }] : [],
  })
}

/** What the list leaves out until someone asks for it. */
const HIDDEN = ['groups', 'roles', 'source', 'owner', 'credit_limit', 'email', 'birthday', 'created', 'updated']

/** Names of the rows on the screen, from the top. */
const names = (page: Page) =>
  page
    .getByRole('grid', { name: fa('customers:list.label') })
    .locator('[role=row][data-index]')
    .evaluateAll((rows) =>
      rows
        .map((row) => [Number((row as HTMLElement).dataset.index), row.querySelector('a')?.textContent ?? ''] as const)
        .sort(([a], [b]) => a - b)
        .map(([, text]) => text.replace(/^.*?(?=نما)/, '')),
    )

test('rules joined by «and» or «or» narrow the list; kept as a view they survive a restart', async ({ daftar }) => {
  const { page } = daftar
  await person(daftar, 'نماگر', 'تهرانی', { city: 'تهران', phone: '09121110001' })
  await person(daftar, 'نماگر', 'شیرازی', { city: 'شیراز', phone: '09171110002' })
  await person(daftar, 'نماگر', 'بی‌شماره', { city: 'تهران' })
  await person(daftar, 'نماگر', 'یزدی', { city: 'یزد', phone: '09131110003' })
  await daftar.open()
  await page.getByRole('button', { name: fa('customers:filter.title') }).click()
  const builder = page.getByRole('dialog', { name: fa('customers:filter.title') })
  await builder.getByRole('combobox', { name: fa('customers:filter.valueLabel') }).fill('تهران')
  await page
    .getByRole('option', { name: /^تهران/ })
    .first()
    .click()
  await expect.poll(() => names(page)).toEqual(['نماگر بی‌شماره', 'نماگر تهرانی'])

  await builder.getByRole('button', { name: fa('customers:filter.addRule'), exact: true }).click()
  await builder
    .getByRole('combobox', { name: fa('customers:filter.valueLabel') })
    .last()
    .fill('یزد')
  await page.getByRole('option', { name: /^یزد/ }).first().click()
  await builder.getByRole('radio', { name: fa('customers:filter.any') }).click()
  await expect.poll(() => names(page)).toEqual(['نماگر بی‌شماره', 'نماگر تهرانی', 'نماگر یزدی'])

  // «One of these» goes inside «all of these»: with a phone, and in one of both cities.
  await builder.getByRole('radio', { name: fa('customers:filter.all') }).click()
  await expect.poll(() => names(page)).toEqual([])
  await builder.getByRole('radio', { name: fa('customers:filter.any') }).click()
  await page.keyboard.press('Escape')
  await expect(builder).toBeHidden()

  await page.getByRole('button', { name: fa('customers:view.save') }).click()
  await page.getByRole('menuitem', { name: fa('customers:view.saveAs') }).click()
  await page.getByRole('textbox', { name: fa('customers:view.name') }).fill('تهران و یزد')
  await page.keyboard.press('Enter')
  const views = page.getByRole('navigation', { name: fa('customers:list.views') })
  await expect(views.getByRole('button', { name: 'تهران و یزد' })).toHaveAttribute('aria-current', 'true')
  await views.getByRole('button', { name: fa('customers:view.all') }).click()
  await expect.poll(() => names(page).then((all) => all.length)).toBe(4)

  await daftar.restart()
  await daftar.open()
  await views.getByRole('button', { name: 'تهران و یزد' }).click()
  await expect.poll(() => names(page)).toEqual(['نماگر بی‌شماره', 'نماگر تهرانی', 'نماگر یزدی'])
})

test('a view is renamed and deleted, and its deletion undone', async ({ daftar }) => {
  const { page, api } = daftar
  await api.segments.addView({
    name: 'نمای گذرا',
    definition: {
      filter: { where: { op: 'and', rules: [{ field: 'city', test: 'is', value: 'شیراز' }] }, trash: false },
      sort: { field: 'name', desc: false },
      columns: { order: [], hidden: [...HIDDEN, 'phone'], widths: {} },
    },
  })
  await daftar.open()
  const views = page.getByRole('navigation', { name: fa('customers:list.views') })
  const phone = page.getByRole('columnheader', { name: fa('customers:field.party.phone'), exact: true })
  await expect(phone).toBeVisible()
  await views.getByRole('button', { name: 'نمای گذرا' }).click()
  // Its columns are its own: this device's are there again in the other views.
  await expect(phone).toBeHidden()
  await views.getByRole('button', { name: fa('customers:view.all') }).click()
  await expect(phone).toBeVisible()
  await views.getByRole('button', { name: 'نمای گذرا' }).click()
  await page.getByRole('button', { name: fa('customers:view.menu', { name: 'نمای گذرا' }) }).click()
  await page.getByRole('menuitem', { name: fa('customers:view.rename') }).click()
  await page.getByRole('textbox', { name: fa('customers:view.name') }).fill('نمای نو')
  await page.keyboard.press('Enter')
  await expect(views.getByRole('button', { name: 'نمای نو' })).toBeVisible()
  await page.getByRole('button', { name: fa('customers:view.menu', { name: 'نمای نو' }) }).click()
  await page.getByRole('menuitem', { name: fa('customers:view.remove') }).click()
  await expect(views.getByRole('button', { name: 'نمای نو' })).toBeHidden()
  await page
    .getByRole('alertdialog')
    .filter({ hasText: said('customers:view.removed', { name: 'نمای نو' }) })
    .getByRole('button', { name: fa('common:undo') })
    .click()
  await expect(views.getByRole('button', { name: 'نمای نو' })).toBeVisible()
})

test('names stand in the order of the Persian alphabet, and turn round', async ({ daftar }) => {
  const { page } = daftar
  const order = ['آبان', 'ابر', 'پونه', 'تاک', 'چنار', 'حنا', 'ژرف', 'کاج', 'گون', 'لاله', 'وفا', 'هما', 'یاس']
  for (const name of [...order].reverse()) await person(daftar, 'نمایش', name)
  await daftar.open('/customers?q=نمایش')
  const sorted = order.map((name) => `نمایش ${name}`)
  await expect.poll(() => names(page)).toEqual(sorted)
  const head = page.getByRole('columnheader', { name: fa('customers:field.party.name') })
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  await head.getByRole('button').click()
  await expect(head).toHaveAttribute('aria-sort', 'descending')
  await expect.poll(() => names(page)).toEqual(sorted.reverse())
})

test('columns are chosen, ordered and sized by keyboard, and stay so after a restart', async ({ daftar }) => {
  const { page } = daftar
  await person(daftar, 'ستون', 'آزما')
  await daftar.open()
  const grid = page.getByRole('grid', { name: fa('customers:list.label') })
  const head = (key: string) =>
    grid.getByRole('columnheader', { name: fa(`customers:field.party.${key}`), exact: true })
  const order = () =>
    grid.locator('[data-column]').evaluateAll((heads) => heads.map((each) => (each as HTMLElement).dataset.column))
  await expect.poll(order).toEqual(['name', 'phone', 'city', 'company', 'tags'])

  // The button at the end of the head is where people look: the columns alone, also where the list is wider than its place.
  const button = page.getByRole('button', { name: fa('ui:grid.columns'), exact: true })
  const owner = fa('customers:field.party.owner_id')
  for (const key of ['showColumn', 'hideColumn']) {
    await button.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem', { name: fa('ui:grid.hide'), exact: true })).toHaveCount(0)
    await page.getByRole('menuitem', { name: fa(`ui:grid.${key}`, { column: owner }) }).press('Enter')
    await expect(head('owner_id')).toHaveCount(key === 'showColumn' ? 1 : 0)
    await expect(button).toBeFocused()
  }

  // Another column, from the menu of a title.
  await head('city').getByRole('button').focus()
  await page.keyboard.press('ArrowDown')
  await page
    .getByRole('menuitem', { name: fa('ui:grid.showColumn', { column: fa('customers:field.party.email') }) })
    .click()
  await expect(head('email')).toBeVisible()
  // One less.
  await head('company').getByRole('button').focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('menuitem', { name: fa('ui:grid.hide'), exact: true }).click()
  await expect(head('company')).toBeHidden()
  // One place on; the list reads from right to left.
  await head('phone').getByRole('button').focus()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect.poll(order).toEqual(['name', 'city', 'phone', 'tags', 'email'])
  // Wider.
  const before = (await head('phone').boundingBox())!.width
  await head('phone').getByRole('button').focus()
  await page.keyboard.press('Shift+ArrowLeft')
  // A key held down comes faster than the list is drawn: no step may be lost.
  await head('phone')
    .getByRole('button')
    .evaluate((button) => {
      for (let i = 0; i < 3; i++)
        button.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', shiftKey: true, bubbles: true }))
    })
  await expect.poll(async () => (await head('phone').boundingBox())!.width).toBeGreaterThan(before + 55)
  const wide = (await head('phone').boundingBox())!.width

  await daftar.restart()
  await daftar.open()
  await expect.poll(order).toEqual(['name', 'city', 'phone', 'tags', 'email'])
  expect(Math.abs((await head('phone').boundingBox())!.width - wide)).toBeLessThan(2)
})

test('chosen rows get a tag, an owner and a role together; each can be taken back', async ({ daftar }) => {
  const { page, api } = daftar
  const ids: string[] = []
  for (const name of ['یک', 'دو', 'سه', 'چهار']) ids.push((await person(daftar, 'دسته‌ای', name)).id)
  await daftar.open('/customers?q=دسته‌ای')
  const rows = page.getByRole('row').filter({ hasText: 'دسته‌ای' })
  await expect(rows).toHaveCount(4)
  await rows.nth(0).getByRole('checkbox').click()
  await rows
    .nth(2)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] })
  const bar = page.getByRole('region', { name: fa('customers:bulk.label') })
  await expect(bar).toContainText(fa('customers:bulk.chosen', { n: '۳' }))

  await bar.getByRole('button', { name: fa('customers:bulk.addTag'), exact: true }).click()
  await page.getByRole('menuitem', { name: fa('customers:bulk.newTag') }).click()
  await page.getByRole('textbox', { name: fa('customers:bulk.tagName') }).fill('نمایشگاه پاییز')
  await page.keyboard.press('Enter')
  const notice = page
    .getByRole('alertdialog')
    .filter({ hasText: said('customers:bulk.tagged', { name: 'نمایشگاه پاییز', n: '۳' }) })
  await expect(notice).toBeVisible()
  await expect(rows.filter({ hasText: 'نمایشگاه پاییز' })).toHaveCount(3)
  await notice.getByRole('button', { name: fa('common:undo') }).click()
  await expect(rows.filter({ hasText: 'نمایشگاه پاییز' })).toHaveCount(0)

  await bar.getByRole('button', { name: fa('customers:bulk.setOwner') }).click()
  await page.getByRole('menuitem', { name: fa('customers:bulk.nobody') }).click()
  await expect
    .poll(async () => (await api.customers.rows({ ids })).filter(({ owner_id }) => owner_id === null).length)
    .toBe(3)
  await bar.getByRole('button', { name: fa('customers:bulk.addRole') }).click()
  await page.getByRole('menuitem', { name: fa('customers:role.supplier') }).click()
  await expect
    .poll(async () => (await api.customers.rows({ ids })).filter(({ roles }) => roles.includes('supplier')).length)
    .toBe(3)
  await page.keyboard.press('Escape')
})

test('deleted customers wait in their view and come back from there', async ({ daftar }) => {
  const { page, api } = daftar
  const { id } = await person(daftar, 'نمادار', 'حذفی')
  await api.customers.remove({ ids: [id] })
  await daftar.open()
  await page
    .getByRole('navigation', { name: fa('customers:list.views') })
    .getByRole('button', { name: fa('customers:view.trash') })
    .click()
  const row = page.getByRole('row').filter({ hasText: 'نمادار حذفی' })
  await row.getByRole('checkbox').click()
  await page
    .getByRole('region', { name: fa('customers:bulk.label') })
    .getByRole('button', { name: fa('customers:bulk.restore') })
    .click()
  await expect(row).toBeHidden()
  expect((await api.customers.get({ id })).deleted).toBe(false)
})
