import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { startHost } from '../support/web-host.ts'
import { test as base, expect } from './fixtures.ts'
import { fa } from './words.ts'

/** A folder for troubles, and a host on it (or below it) that is ended after the test. */
const test = base.extend<{ folder: string; open: (data: string) => Promise<void> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'daftar-trouble-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  open: async ({ page }, use) => {
    const hosts: Awaited<ReturnType<typeof startHost>>[] = []
    await use(async (data) => {
      const host = await startHost(data)
      hosts.push(host)
      await page.goto(host.url)
    })
    for (const host of hosts) await host.stop()
  },
})

const says = async (page: import('@playwright/test').Page, code: string, path: string) => {
  await expect(page.getByRole('heading', { level: 1, name: fa(`trouble:${code}.title`) })).toBeVisible()
  await expect(page.getByText(fa(`trouble:${code}.kept`))).toBeVisible()
  await expect(page.getByText(fa(`trouble:${code}.todo`))).toBeVisible()
  await expect(page.getByText(path).first()).toBeVisible()
  await page.getByRole('button', { name: fa('ui:details'), exact: true }).click()
  await expect(page.locator('pre')).toContainText(code)
}
const retry = (page: import('@playwright/test').Page) =>
  page.getByRole('button', { name: fa('app:trouble.retry') }).click()
const welcome = (page: import('@playwright/test').Page) =>
  expect(page.getByRole('heading', { name: fa('setup:hello') })).toBeVisible()

test('a book of a newer version is explained, kept as it is, and opens once that is mended', async ({
  page,
  folder,
  open,
}) => {
  const first = await startHost(folder)
  await first.stop()
  const file = join(folder, 'daftar.db')
  const version = (to?: number) => {
    const db = new Database(file)
    const was = db.pragma('user_version', { simple: true }) as number
    if (to !== undefined) db.pragma(`user_version = ${to}`)
    db.close()
    return was
  }
  const was = version(999)
  const before = readFileSync(file)
  await open(folder)
  await says(page, 'NEWER_DATABASE', file)
  expect(readFileSync(file).equals(before)).toBe(true)
  await retry(page)
  await expect(page.getByText(fa('app:trouble.still'))).toBeVisible()
  version(was)
  await retry(page)
  await welcome(page)
})

test('a file that is no database is left untouched', async ({ page, folder, open }) => {
  const file = join(folder, 'daftar.db')
  const letter = 'این یک نامه است، نه یک دفتر. '.repeat(200)
  writeFileSync(file, letter)
  await open(folder)
  await says(page, 'NOT_A_DATABASE', file)
  expect(readFileSync(file, 'utf8')).toBe(letter)
  rmSync(file)
  await retry(page)
  await welcome(page)
})

test('a missing folder is told, nothing is made, and it opens when the folder is there', async ({
  page,
  folder,
  open,
}) => {
  const data = join(folder, 'unplugged', 'book')
  await open(data)
  await says(page, 'FOLDER_MISSING', data)
  mkdirSync(join(folder, 'unplugged'))
  await retry(page)
  await welcome(page)
})

test('a lost program is told calmly, and the page is there again when it is back', async ({ page, folder }) => {
  const host = await startHost(folder)
  await page.goto(host.url)
  await welcome(page)
  await host.kill()
  await page.reload({ waitUntil: 'commit' }).catch(() => {})
  const again = await startHost(folder)
  await page.goto(again.url)
  await welcome(page)
  await again.stop()
})
