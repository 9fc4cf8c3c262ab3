import { expect, test } from './fixtures.ts'
import { fa } from './words.ts'

test.use({ own: true })

test('the main job from an empty book to a found and corrected customer, without the mouse', async ({ daftar }) => {
  const { page, api } = daftar
  const keys = page.keyboard
  await daftar.open()
  await expect(page.getByText(fa('customers:list.emptyTitle'))).toBeVisible()

  // Two customers.
  for (const [name, phone] of [
    ['شیوا کلیدی', '09121239001'],
    ['بامداد کلیدی', '09121239002'],
  ] as const) {
    await keys.press('n')
    await expect(page.getByRole('textbox', { name: fa('customers:quick.name') })).toBeFocused()
    await keys.type(name)
    await keys.press('Enter')
    await keys.type(phone)
    await keys.press('Enter')
    await expect(page.getByRole('complementary', { name })).toBeVisible()
  }

  // Found and opened.
  await keys.press('Control+k')
  await expect(page.getByRole('combobox', { name: fa('search:title') })).toBeFocused()
  await keys.type('9001')
  await expect(page.getByRole('option').first()).toContainText('شیوا کلیدی')
  await keys.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'شیوا کلیدی' })).toBeVisible()

  // A note.
  await keys.press('m')
  await keys.type('پیش‌فاکتور می‌خواهد')
  await keys.press('Control+Enter')
  await expect(page.getByRole('article').filter({ hasText: 'پیش‌فاکتور' })).toBeVisible()
  await keys.press('Escape')

  // Corrected.
  await keys.press('e')
  await expect(page.getByRole('textbox', { name: fa('customers:field.party.first_name'), exact: true })).toBeFocused()
  await keys.press('Enter')
  await keys.type('کلیدساز')
  await keys.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'شیوا کلیدساز' })).toBeVisible()

  // Back to the list, down, chosen, deleted, undone.
  await keys.press('g')
  await keys.press('c')
  const grid = page.getByRole('grid', { name: fa('customers:list.label') })
  await expect(grid).toBeFocused()
  await keys.press('ArrowDown')
  await keys.press('Delete')
  await expect(grid.locator('[role=row][data-index]')).toHaveCount(1)
  await keys.press('F6')
  await expect(page.getByRole('button', { name: fa('common:undo') }).first()).toBeFocused()
  await keys.press('Enter')
  await expect(grid.locator('[role=row][data-index]')).toHaveCount(2)

  // The other pages, and the keys of all this.
  for (const [key, title] of [
    ['y', 'history:title'],
    ['i', 'imports:title'],
    ['s', 'settings:title'],
    ['c', 'customers:title'],
  ] as const) {
    await keys.press('g')
    await keys.press(key)
    await expect(page.getByRole('heading', { level: 1, name: fa(title) })).toBeVisible()
  }
  await keys.press('?')
  await expect(page.getByRole('dialog', { name: fa('app:keys.title') })).toBeVisible()
  await keys.press('Escape')
  const { customers } = await api.search.all({ text: 'کلیدساز' })
  expect(customers).toHaveLength(1)
})

test('every control on the list is reached with Tab and shows where the focus is', async ({ daftar }) => {
  const { page, api } = daftar
  await api.customers.add({ kind: 'person', first_name: 'تب', last_name: 'گرد', channels: [] })
  await daftar.open()
  await expect(page.getByRole('row').filter({ hasText: 'تب گرد' })).toBeVisible()
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  const seen = new Set<string>()
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      // Past the last control, before the first again.
      if (!element || element === document.body) return null
      const style = getComputedStyle(element)
      const near = getComputedStyle(element.parentElement!)
      const shown =
        style.outlineStyle !== 'none' ||
        style.boxShadow !== 'none' ||
        near.outlineStyle !== 'none' ||
        near.boxShadow !== 'none'
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''
      return { name: `${element.role ?? element.tagName} ${name}`.slice(0, 60), shown }
    })
    if (!at) continue
    expect(at.shown, `focus is seen on ${at.name}`).toBe(true)
    seen.add(at.name)
  }
  const all = [...seen].join('\n')
  for (const name of [
    fa('app:search'),
    fa('app:add'),
    fa('customers:list.search'),
    fa('customers:filter.title'),
    fa('customers:view.companies'),
    fa('customers:list.label'),
    fa('history:title'),
  ])
    expect(all).toContain(name)
})
