import type { Page } from '@playwright/test'
import { formatNumber } from '../../shared/domain/format.ts'
import { expect, test } from './fixtures.ts'
import { fa } from './words.ts'

const COUNT = 5000
test.use({ customers: COUNT })

const gridOf = (page: Page) => page.getByRole('grid', { name: fa('customers:list.label') })
/** The row at a place, by the number it tells assistive technology; the first is the head. */
const rowAt = (page: Page, index: number) => gridOf(page).locator(`[role=row][aria-rowindex="${index + 2}"]`)

/** Record at a place in the order by name, past the screen. */
async function nameAt(
  api: import('./fixtures.ts').Daftar['api'],
  index: number,
  sort = { field: 'name', desc: false } as const,
) {
  const filter = { where: { op: 'and' as const, rules: [] }, trash: false }
  const { rows } = await api.customers.page({ filter, sort, limit: 1, at: { index } })
  return rows[0]!.name
}

test('a list of thousands is there at once and scrolls to its end without a gap', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open()
  const grid = gridOf(page)
  const { count } = await api.customers.count({ filter: { where: { op: 'and', rules: [] }, trash: false } })
  expect(count).toBeGreaterThanOrEqual(COUNT)
  await expect(grid).toHaveAttribute('aria-rowcount', String(count + 1))
  await expect(page.getByText(fa('customers:total', { n: formatNumber(count, 'fa') }))).toBeVisible()
  await expect(rowAt(page, 0)).toContainText(await nameAt(api, 0))

  // A hand on the wheel: every stop shows the rows that belong there.
  for (const share of [0.2, 0.45, 0.7, 1]) {
    await grid.evaluate((element, to) => element.scrollTo(0, to * element.scrollHeight), share)
    const drawn = () =>
      grid
        .locator('[role=row][data-index]')
        .evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.index)).sort((a, b) => a - b))
    const isThere = (rows: number[]) => rows.length > 8 && Math.abs(rows.at(-1)! / count - share) < 0.02
    await expect.poll(async () => isThere(await drawn())).toBe(true)
    await expect(grid.locator('[role=row][aria-busy]')).toHaveCount(0)
    const indexes = await drawn()
    expect(indexes.at(-1)! - indexes[0]!).toBe(indexes.length - 1)
    const middle = indexes[Math.floor(indexes.length / 2)]!
    await expect(rowAt(page, middle)).toContainText(await nameAt(api, middle))
  }
  await expect(rowAt(page, count - 1)).toContainText(await nameAt(api, count - 1))
})

test('End, Home, arrows and Page keys move; Space shows the record beside the list and follows', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open()
  const { count } = await api.customers.count({ filter: { where: { op: 'and', rules: [] }, trash: false } })
  // The number of rows comes apart from the rows; until then the end is not known.
  await expect(gridOf(page)).toHaveAttribute('aria-rowcount', String(count + 1))
  await expect(gridOf(page)).toBeFocused()
  await page.keyboard.press('End')
  const last = await nameAt(api, count - 1)
  await expect(rowAt(page, count - 1)).toHaveAttribute('aria-selected', 'false')
  await expect(rowAt(page, count - 1)).toBeInViewport()
  await page.keyboard.press(' ')
  await expect(page.getByRole('complementary', { name: last })).toBeVisible()
  await page.keyboard.press('Home')
  await expect(page.getByRole('complementary', { name: await nameAt(api, 0) })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('complementary', { name: await nameAt(api, 1) })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('complementary', { name: await nameAt(api, 1) })).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: await nameAt(api, 1) })).toBeVisible()
})

test('a click opens the side panel, and going back from the record returns to it', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open()
  const name = await nameAt(api, 3)
  await rowAt(page, 3).click()
  const panel = page.getByRole('complementary', { name })
  await expect(panel).toBeVisible()
  await expect(page).toHaveURL(/open=/)
  await panel.getByRole('button', { name: fa('customers:show.open') }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.goBack()
  await expect(panel).toBeVisible()
})

test('words in the box above narrow the list while they are typed', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open()
  const name = await nameAt(api, 777)
  await page.getByRole('searchbox', { name: fa('customers:list.search') }).fill(name)
  await expect(rowAt(page, 0)).toContainText(name)
  await expect(gridOf(page)).not.toHaveAttribute('aria-rowcount', String(COUNT + 1))
  await page.keyboard.press('Escape')
  await expect(rowAt(page, 0)).toContainText(await nameAt(api, 0))
})
