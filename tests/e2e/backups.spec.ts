import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { EVERYBODY } from '../../shared/contract/filter.ts'
import { expect, test } from './fixtures.ts'
import { fa } from './words.ts'

const PAGE = '/settings/backups'
const copies = (page: Page) => page.getByRole('button', { name: fa('backups:list.look') })
const backUp = (page: Page) => page.getByRole('button', { name: fa('backups:run') }).click()

test('a backup made by hand is listed, looked into and restored; the present is backed up first, and every window begins anew', async ({
  daftar,
  context,
}) => {
  const { page, api } = daftar
  await api.customers.add({ kind: 'person', last_name: 'پیشین' })
  await daftar.open(PAGE)
  await expect(page.getByText(fa('backups:list.empty'))).toBeVisible()
  await backUp(page)
  await expect(copies(page)).toHaveCount(1)
  await expect(page.getByText(fa('backups:upToDate'))).toBeVisible()

  await api.customers.add({ kind: 'person', last_name: 'پسین' })
  const other = await context.newPage()
  await daftar.open('/customers', other)
  await expect(other.getByRole('row').filter({ hasText: 'پسین' })).toBeVisible()

  await page.bringToFront()
  await copies(page).first().press('Enter')
  const dialog = page.getByRole('dialog')
  const counts = dialog.getByRole('row').filter({ hasText: fa('backups:inside.count.party') })
  await expect(counts.getByRole('cell')).toHaveText(['۱', '۲'])
  await expect(dialog.getByText(fa('history:verb.customers.add'))).toHaveCount(1)
  await expect(dialog.getByText(fa('backups:inside.later_one', { n: '۱' }))).toBeVisible()
  await dialog.getByRole('button', { name: fa('backups:inside.restore') }).press('Enter')
  const question = page.getByRole('alertdialog', { name: fa('backups:inside.ask') })
  await expect(question).toContainText(fa('backups:inside.note'))
  await question.getByRole('button', { name: fa('backups:inside.restore') }).press('Enter')

  // The window that asked and the one that did not both show the old state.
  await expect(dialog).toBeHidden()
  await expect(other.getByRole('row').filter({ hasText: 'پیشین' })).toBeVisible()
  await expect(other.getByRole('row').filter({ hasText: 'پسین' })).toHaveCount(0)
  await expect(copies(page)).toHaveCount(2)
  await expect(page.getByText(fa('backups:reason.restore'), { exact: true })).toBeVisible()
  const [present] = await api.backups.list({})
  expect(present).toMatchObject({ reason: 'restore', customers: 2, state: 'good' })
  expect((await api.system.check()).problems).toEqual([])
})

test('a backup of a newer version says why it cannot be restored; two of one moment have names of their own', async ({
  daftar,
}) => {
  const { page, api } = daftar
  await api.customers.add({ kind: 'person', last_name: 'پیشین' })
  for (let n = 0; n < 2; n++) for await (const _ of await api.backups.run({}));
  const all = await api.backups.list({})
  const [newest] = all
  // user_version stands in the header of the file.
  const bytes = readFileSync(newest!.file)
  bytes.writeUInt32BE(900, 60)
  writeFileSync(newest!.file, bytes)
  await daftar.open(PAGE)
  await expect(copies(page)).toHaveCount(all.length)
  const names = await copies(page).evaluateAll((buttons) => buttons.map((button) => button.ariaLabel))
  expect(new Set(names).size).toBe(all.length)
  await copies(page).first().press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(fa('backups:copyTrouble.newer'))).toBeVisible()
  await expect(dialog.getByText(fa('backups:inside.note'))).toHaveCount(0)
  await expect(dialog.getByRole('button', { name: fa('backups:inside.restore') })).toHaveCount(0)
})

test('a chosen folder that is away says so and does not stop the others; a wrong one is not taken', async ({
  daftar,
}) => {
  const { page, api } = daftar
  const stick = mkdtempSync(join(tmpdir(), 'daftar-stick-'))
  try {
    await daftar.open(PAGE)
    const place = page.getByRole('textbox', { name: fa('backups:places.add'), exact: true })
    await place.fill(join(stick, 'none'))
    await place.press('Enter')
    await expect(page.getByText(fa('backups:badFolder.missing'))).toBeVisible()
    await place.fill(stick)
    await place.press('Enter')
    await expect(page.getByText(stick)).toBeVisible()
    rmSync(stick, { recursive: true })
    await backUp(page)
    await expect(page.getByText(fa('backups:folderTrouble.ABSENT'), { exact: true })).toBeVisible()
    expect((await api.backups.status()).folders.map(({ trouble }) => trouble)).toEqual([null, 'ABSENT'])
    // Closing does not wait for it, and it is still chosen afterwards.
    await daftar.restart()
    await daftar.open(PAGE)
    await expect(page.getByText(stick)).toBeVisible()
    expect(existsSync(stick)).toBe(false)
    await page
      .getByRole('button', { name: fa('backups:places.remove', { folder: stick.split('/').at(-1)! }) })
      .press('Enter')
    await expect(page.getByText(stick)).toBeHidden()
  } finally {
    rmSync(stick, { recursive: true, force: true })
  }
})

test.describe('after a mass change', () => {
  test.use({ seeded: 'sample' })
  test('a word stands above every page, and the menu has a mark, until somebody says that it is fine', async ({
    daftar,
  }) => {
    const { page, api } = daftar
    for await (const _ of await api.backups.run({}));
    await daftar.open('/customers')
    await expect(page.getByText(fa('backups:mass.title'))).toBeHidden()
    await api.customers.bulk({ target: { filter: EVERYBODY, except: [] }, action: { kind: 'delete' } })
    await expect.poll(() => api.customers.bulkRun()).toBeNull()
    for await (const _ of await api.backups.run({}));
    await expect(page.getByText(fa('backups:mass.title'))).toBeVisible()
    const settings = page
      .getByRole('navigation', { name: fa('app:menu') })
      .getByRole('link', { name: fa('settings:title') })
    await expect(settings).toHaveAccessibleName(new RegExp(fa('backups:attention.mark')))
    await page.getByRole('button', { name: fa('backups:mass.fine') }).press('Enter')
    await expect(page.getByText(fa('backups:mass.title'))).toBeHidden()
    await expect(settings).toHaveAccessibleName(fa('settings:title'))
  })
})
