import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { fa } from './words.ts'

test.use({ seeded: 'setup' })

/** Keys within one turn of the page's loop: the screen follows each, but no answer of the engine comes before the last. */
type Key = Record<string, string | boolean>
const atOnce = (page: Page, ...keys: Key[]) =>
  page.evaluate(async (all) => {
    for (const key of all) {
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...key }))
      for (let turn = 0; turn < 5; turn++) await null
    }
  }, keys)
const letters = (text: string) => [...text].map((key) => ({ key }))
const L = { key: 'م', code: 'KeyL' }

test('keys pressed while a dialog saves and closes act on the page, in their order', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open('/tasks')
  await page.getByRole('main').focus()
  await page.keyboard.press('KeyL')
  const box = page.getByRole('dialog', { name: fa('quicklog:title') })
  const line = box.getByRole('textbox', { name: fa('quicklog:title') })
  await expect(line).toBeFocused()
  await page.keyboard.type('فردا نان بخرم')
  await expect(box).toContainText(fa('quicklog:plan'))

  // Saved, opened again, and typed into.
  await atOnce(page, { key: 'Enter' }, L, ...letters('پس‌فردا شیر بخرم'))
  await expect(line).toHaveValue('پس‌فردا شیر بخرم')
  await expect(box).toContainText(fa('quicklog:plan'))
  // The line that stays for the next one has no less.
  await atOnce(page, { key: 'Enter', shiftKey: true }, ...letters('شنبه نمک'))
  await expect(line).toHaveValue('شنبه نمک')
  await line.fill('')
  await page.keyboard.press('Escape')
  await expect(box).toBeHidden()

  // A form: saved with Ctrl+Enter, and the line from anywhere follows.
  await page.keyboard.press('KeyT')
  const form = page.getByRole('dialog', { name: fa('tasks:form.new') })
  await expect(form.getByRole('textbox', { name: fa('tasks:form.title') })).toBeFocused()
  await page.keyboard.type('برنج بخرم')
  await atOnce(page, { key: 'Enter', ctrlKey: true }, L)
  await expect(line).toBeFocused()
  await expect(form).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(box).toBeHidden()
  const { groups } = await api.tasks.groups({ owner: 'all' })
  expect(groups.flatMap(({ rows }) => rows.map(({ title }) => title)).sort()).toEqual(
    ['برنج بخرم', 'شیر بخرم', 'نان بخرم'].sort(),
  )
})

test('what is pressed after a question answers it, and a second Enter does not', async ({ daftar }) => {
  const { page, api } = daftar
  await daftar.open('/tasks')
  await page.getByRole('main').focus()
  await page.keyboard.press('Control+j')
  const box = page.getByRole('dialog', { name: fa('quicklog:title') })
  await expect(box.getByRole('textbox', { name: fa('quicklog:title') })).toBeFocused()
  await page.keyboard.type('فردا به گرشاسبی زنگ بزنم')
  await expect(box).toContainText(fa('quicklog:unknown', { name: 'گرشاسبی' }))
  await atOnce(page, { key: 'Enter' }, { key: 'Enter' })
  await expect(box.getByRole('option').first()).toBeFocused()
  // The last of the choices: nobody of the book.
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(box).toBeHidden()
  const { groups } = await api.tasks.groups({ owner: 'all', text: 'گرشاسبی' })
  expect(groups.flatMap(({ rows }) => rows)).toMatchObject([{ party: null }])
})
