import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { formatNumber } from '../../shared/domain/format.ts'
import { firstRun } from '../support/engine.ts'
import { type HostProcess, socketClient, startHost } from '../support/web-host.ts'
import { violations } from './axe.ts'
import { expect } from './fixtures.ts'
import { fa } from './words.ts'

type Client = ReturnType<typeof socketClient>['client']

interface Book {
  folder: string
  file: string
  /** Opens the host, does something over its line, and ends it in order. */
  live(what: (client: Client) => Promise<void>): Promise<void>
  /** Opens the host for the page. */
  open(): Promise<Client>
}

const test = base.extend<{ book: Book }>({
  book: async ({ page }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'daftar-recovery-e2e-'))
    const lines: ReturnType<typeof socketClient>[] = []
    let host: HostProcess | undefined
    await use({
      folder,
      file: join(folder, 'daftar.db'),
      async live(what) {
        const own = await startHost(folder)
        const { client, socket } = socketClient(own)
        await what(client)
        socket.terminate()
        await own.stop()
      },
      async open() {
        host = await startHost(folder)
        await page.goto(host.url)
        const line = socketClient(host)
        lines.push(line)
        return line.client
      },
    })
    for (const { socket } of lines) socket.terminate()
    await host?.stop()
    rmSync(folder, { recursive: true, force: true })
  },
})

const add = (client: Client, ...names: string[]) =>
  Promise.all(names.map((last_name) => client.customers.add({ kind: 'person', last_name })))

/** The first page, which everything else hangs on. */
function tearHeader(file: string): Buffer {
  const bytes = readFileSync(file)
  for (let at = 0; at < 4096; at++) bytes[at] = (at * 37 + 11) % 251
  writeFileSync(file, bytes)
  return bytes
}

const card = (page: Page, way: 'backup' | 'salvage') =>
  page.locator('section section').filter({ has: page.getByRole('heading', { name: fa(`recovery:way.${way}.title`) }) })
const button = (of: ReturnType<typeof card>, key: string) => of.getByRole('button', { name: fa(key), exact: true })

/** By the menu, from whatever page the window begins with. */
const toCustomers = (page: Page) => page.getByRole('link', { name: fa('customers:title'), exact: true }).click()

test('a torn file without a backup: its rows are counted, and the book opens with all of them', async ({
  page,
  book,
}) => {
  await book.live(async (client) => {
    await client.setup.start(firstRun)
    await add(client, 'رضایی', 'کریمی', 'احمدی')
    rmSync(join(book.folder, 'backups'), { recursive: true, force: true })
  })
  rmSync(join(book.folder, 'backups'), { recursive: true, force: true })
  const torn = tearHeader(book.file)
  const client = await book.open()
  await expect(page.getByRole('heading', { level: 1, name: fa('trouble:DAMAGED.title') })).toBeVisible()
  await expect(card(page, 'backup').getByText(fa('recovery:way.backup.none'))).toBeVisible()
  // By keyboard alone: the way that is left has the focus.
  await expect(button(card(page, 'salvage'), 'recovery:prepare')).toBeFocused()
  await page.keyboard.press('Enter')
  const use = button(card(page, 'salvage'), 'recovery:use')
  await expect(use).toBeFocused()
  await expect(card(page, 'salvage').getByText(fa('recovery:lostNone'))).toBeVisible()
  const found = card(page, 'salvage')
    .locator('dl > div')
    .filter({ hasText: fa('recovery:found.customers') })
  await expect(found.locator('dd')).toHaveText(formatNumber(3, 'fa'))
  await button(card(page, 'salvage'), 'recovery:tables').click()
  await expect(page.getByRole('rowheader', { name: fa('recovery:table.party'), exact: true })).toBeVisible()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    expect(await violations(page, {})).toEqual([])
  }
  await page.screenshot({ path: test.info().outputPath('salvage.png'), fullPage: true })
  expect(readFileSync(book.file).equals(torn)).toBe(true)
  await use.press('Enter')
  await expect(page.getByText(fa('recovery:opened'))).toBeVisible()
  await toCustomers(page)
  await expect(page.getByText('کریمی').first()).toBeVisible()
  expect((await client.system.check()).problems).toEqual([])
  const kept = join(book.folder, 'kept')
  expect(readFileSync(join(kept, readdirSync(kept)[0]!, 'daftar.db')).equals(torn)).toBe(true)
})

test('a torn file with a backup: the changes since then come too', async ({ page, book }) => {
  await book.live(async (client) => {
    await client.setup.start(firstRun)
    await add(client, 'رضایی')
    for await (const _ of await client.backups.run({}));
    await add(client, 'پس از پشتیبان')
    await client.backups.set({ on_exit: false })
  })
  tearHeader(book.file)
  const client = await book.open()
  await expect(card(page, 'backup').getByText(fa('recovery:suggested'))).toBeVisible()
  await expect(button(card(page, 'backup'), 'recovery:prepare')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(button(card(page, 'backup'), 'recovery:use')).toBeFocused()
  await expect(card(page, 'backup').getByText(fa('recovery:changes', { n: formatNumber(1, 'fa') }))).toBeVisible()
  // The other way is there to be compared with.
  await button(card(page, 'salvage'), 'recovery:prepare').click()
  await expect(button(card(page, 'salvage'), 'recovery:use')).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('backup.png'), fullPage: true })
  await button(card(page, 'backup'), 'recovery:use').click()
  await toCustomers(page)
  await expect(page.getByText('پس از پشتیبان').first()).toBeVisible()
  await expect(page.getByText('رضایی').first()).toBeVisible()
  expect((await client.system.check()).problems).toEqual([])
})

test('an emptied file: nothing is said of it that nobody knows, and a book with nobody in it is not offered', async ({
  page,
  book,
}) => {
  await book.live(async (client) => {
    await client.setup.start(firstRun)
    await add(client, 'رضایی')
    for await (const _ of await client.backups.run({}));
  })
  writeFileSync(book.file, '')
  await book.open()
  await button(card(page, 'backup'), 'recovery:prepare').press('Enter')
  await expect(button(card(page, 'backup'), 'recovery:use')).toBeFocused()
  await expect(card(page, 'backup').getByText(fa('recovery:unreadLine'))).toBeVisible()
  await button(card(page, 'salvage'), 'recovery:prepare').press('Enter')
  await expect(card(page, 'salvage').getByText(fa('recovery:nothing'))).toBeVisible()
  await expect(card(page, 'salvage').getByText(fa('recovery:lostNone'))).toHaveCount(0)
  await expect(button(card(page, 'salvage'), 'recovery:use')).toHaveCount(0)
  await expect(button(card(page, 'backup'), 'recovery:use')).toBeEnabled()
})
