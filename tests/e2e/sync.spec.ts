import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { startExpiredServer } from '../support/expired-server.ts'
import { type Meddler, startMeddler } from '../support/meddler.ts'
import { type SyncServer, startSyncServer } from '../support/sync-server.ts'
import { type HostProcess, socketClient, startHost } from '../support/web-host.ts'
import { showIn, violations } from './axe.ts'
import { expect, slowed, test } from './fixtures.ts'
import { fa, said } from './words.ts'

test.use({ seeded: 'setup' })
test.describe.configure({ mode: 'serial' })

/** The second device of the business: another host on another folder, and a browser of its own. */
interface Laptop {
  host: HostProcess
  api: Client
  line: ReturnType<typeof socketClient>
  context: BrowserContext
  page: Page
}
const folders = { server: '', laptop: '', next: '' }
let server: SyncServer
let laptop: Laptop
/** The laptop's way to the server. */
let way: Meddler

async function openLaptop(browser: Browser, folder: string): Promise<Laptop> {
  const host = await startHost(folder)
  const line = socketClient(host)
  const context = slowed(await browser.newContext())
  return { host, line, api: line.client, context, page: await context.newPage() }
}

async function closeLaptop({ line, context, host }: Laptop): Promise<void> {
  line.socket.terminate()
  await context.close()
  await host.stop()
}

test.beforeAll(async ({ browser }) => {
  for (const name of ['server', 'laptop', 'next'] as const)
    folders[name] = mkdtempSync(join(tmpdir(), `daftar-sync-${name}-`))
  ;[server, laptop] = await Promise.all([startSyncServer(folders.server), openLaptop(browser, folders.laptop)])
  way = await startMeddler(server.port)
})

test.afterAll(async () => {
  way.stop()
  await Promise.all([closeLaptop(laptop), server.stop()])
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true })
})

const chip = (page: Page) =>
  page.getByRole('navigation', { name: fa('app:menu') }).getByRole('button', { name: said('sync:panel.label', {}) })
const field = (page: Page, key: string) => page.getByRole('textbox', { name: fa(key), exact: true })
/** What axe knows in both looks; the dark one differs in colours only. @param without rules of axe that cannot hold here */
async function expectClean(page: Page, without: string[] = []): Promise<void> {
  await showIn(page, 'light')
  expect(await violations(page, { without })).toEqual([])
  await showIn(page, 'dark')
  expect(await violations(page, { only: ['color-contrast'] })).toEqual([])
  await showIn(page, 'light')
}
const press = (page: Page, key: string) => page.getByRole('button', { name: fa(key), exact: true }).press('Enter')
const sendNow = async (page: Page) => {
  await chip(page).press('Enter')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: fa('sync:panel.now') })
    .press('Enter')
  await page.keyboard.press('Escape')
}

test('the owner turns sync on, and a second device joins with a code and has the book', async ({ daftar }) => {
  const { page, api } = daftar
  await api.users.add({ name: 'علی محمدی', color: null, role: 'seller' })
  await api.customers.add({ kind: 'person', first_name: 'رضا', last_name: 'احمدی', about: 'همیشه نقد می‌خرد' })
  await api.customers.add({ kind: 'person', first_name: 'سارا', last_name: 'کریمی' })
  await daftar.open('/settings/sync')
  await expect(page.getByText(fa('sync:off.without'))).toBeVisible()
  await expect(chip(page)).toHaveCount(0)

  await press(page, 'sync:off.start')
  await expect(field(page, 'sync:form.address')).toBeFocused()
  const expired = await startExpiredServer()
  const tries: [address: string, code: string, sentence: string][] = [
    ['http://sync.example.ir', 'ABCDEFGHJK', fa('sync:form.httpOnly')],
    ['http://127.0.0.1:9', 'ABCDEFGHJK', fa('errors:SYNC_UNREACHABLE')],
    [daftar.origin, 'ABCDEFGHJK', fa('errors:SYNC_NOT_DAFTAR')],
    [expired.url, 'ABCDEFGHJK', fa('errors:SYNC_CERTIFICATE')],
    [server.url, 'ABCDEFGHJK', fa('errors:SYNC_BAD_CODE')],
  ]
  for (const [address, code, sentence] of tries) {
    await field(page, 'sync:form.address').fill(address)
    await field(page, 'sync:form.code').fill(code)
    await page.keyboard.press('F2')
    await expect(page.getByText(sentence)).toBeVisible()
  }
  expired.stop()
  await field(page, 'sync:form.code').fill('')
  await page.keyboard.press('F2')
  await expect(page.getByText(fa('sync:form.neededCode'))).toBeVisible()
  // Whoever does not want to wait for one that accepts and says nothing goes on at once.
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  await field(page, 'sync:form.address').fill(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`)
  await field(page, 'sync:form.code').fill('ABCDEFGHJK')
  await page.keyboard.press('F2')
  await expect(page.getByText(fa('sync:form.working'))).toBeVisible()
  await press(page, 'common:cancel')
  await expect(page.getByText(fa('sync:form.working'))).toHaveCount(0)
  await expect(page.getByRole('button', { name: fa('sync:form.submit') })).toBeEnabled()
  silent.closeAllConnections()
  silent.close()
  await field(page, 'sync:form.address').fill(server.url)
  await expectClean(page)
  // As a person types it.
  await field(page, 'sync:form.code').fill(`${server.code!.slice(0, 5).toLowerCase()} ${server.code!.slice(5)}`)
  await field(page, 'sync:form.device').fill('رایانهٔ دفتر')
  await page.keyboard.press('F2')
  await expect(chip(page)).toHaveText(fa('sync:state.sent'))
  await expect(page.getByText(fa('sync:on.keysIn.file'))).toBeVisible()

  await press(page, 'sync:devices.add')
  const dialog = page.getByRole('dialog', { name: fa('sync:invite.title') })
  await dialog.getByRole('button', { name: new RegExp(fa('sync:invite.who')) }).press('ArrowDown')
  await page.getByRole('option', { name: 'علی محمدی' }).press('Enter')
  const make = dialog.getByRole('button', { name: fa('sync:invite.make') })
  // Which customers go out of the house is said, never taken for granted.
  await expect(dialog.getByText(fa('sync:invite.choose'))).toBeVisible()
  await expect(make).toBeDisabled()
  const all = dialog.getByRole('radio', { name: new RegExp(fa('sync:share.all')) })
  await all.press('Space')
  await make.press('Enter')
  const shown = dialog.getByText(/^[0-9A-Z]{5} [0-9A-Z]{5}$/)
  await expect(shown).toBeVisible()
  await expect(dialog.getByText(fa('sync:invite.left', { n: '۱۵' }))).toBeVisible()
  const code = (await shown.textContent())!
  await page.keyboard.press('Escape')
  await press(page, 'sync:devices.add')
  await dialog.getByRole('button', { name: new RegExp(fa('sync:invite.who')) }).press('ArrowDown')
  await page.getByRole('option', { name: 'علی محمدی' }).press('Enter')
  await expect(all).toBeChecked()
  await expect(make).toBeEnabled()
  await page.keyboard.press('Escape')

  const other = laptop.page
  await other.goto(laptop.host.url)
  await press(other, 'sync:join.open')
  await field(other, 'sync:form.address').fill(way.url)
  await field(other, 'sync:form.code').fill(code)
  await field(other, 'sync:form.device').fill('لپ‌تاپ علی')
  await other.keyboard.press('F2')
  // The book opens by itself, under the name of whoever the code was for.
  await expect(other.getByRole('button', { name: fa('app:userMenu', { name: 'علی محمدی' }) })).toBeVisible()
  await laptop.api.settings.updateDevice({ tour_seen: true })
  await other.goto(`${laptop.host.url}#/customers`)
  await expect(other.getByRole('row').filter({ hasText: 'رضا احمدی' })).toBeVisible()
  await expect(chip(other)).toHaveText(fa('sync:state.sent'))
  // What one writes the other sees, without anybody asking for it.
  await api.customers.add({ kind: 'person', last_name: 'تازه‌وارد' })
  await expect(other.getByRole('row').filter({ hasText: 'تازه‌وارد' })).toBeVisible()
})

test('both work apart, and after the connection is back a person chooses where merging cannot', async ({ daftar }) => {
  const { page, api } = daftar
  const other = laptop.page
  const find = async (name: string) => {
    const { customers } = await api.search.all({ text: name })
    return customers[0]!.customer.id
  }
  const [reza, sara] = [await find('رضا احمدی'), await find('سارا کریمی')]
  await server.stop()
  await daftar.open('/customers')
  await api.customers.update({ id: reza, patch: { last_name: 'احمدی‌نژاد', about: 'همیشه با چک می‌خرد' } })
  await laptop.api.customers.update({ id: reza, patch: { last_name: 'احمدیان', title: 'مهندس' } })
  await laptop.api.customers.update({ id: sara, patch: { first_name: 'سارا سادات' } })
  await api.customers.remove({ ids: [sara] })
  const twin = {
    kind: 'person',
    last_name: 'نادری',
    channels: [{ kind: 'phone', type: 'mobile', value: '09123456789' }],
  }
  for (const each of [api, laptop.api]) await each.customers.add(twin as never)
  for (const each of [page, other]) await expect(chip(each)).toHaveText(/وصل نیست/)
  await chip(page).press('Enter')
  await expect(page.getByRole('dialog')).toContainText(fa('sync:panel.changes', { n: '۵' }))
  await page.keyboard.press('Escape')

  await daftar.open('/settings/sync')
  await expect(page.getByText(fa('sync:members.away'))).toBeVisible()
  server = await startSyncServer(folders.server, server.port)
  await sendNow(page)
  // What only the server knows is asked again by itself.
  await expect(page.getByText(fa('sync:members.away'))).toHaveCount(0)
  await expect(page.getByText(fa('sync:devices.away'))).toHaveCount(0)
  await sendNow(other)
  const choose = fa('sync:state.choose', { n: '۳' })
  for (const each of [page, other]) await expect(chip(each)).toHaveText(choose)
  // What nobody else touched has gone both ways.
  expect(await laptop.api.customers.get({ id: reza })).toMatchObject({ about: 'همیشه با چک می‌خرد' })
  expect(await api.customers.get({ id: reza })).toMatchObject({ title: 'مهندس', last_name: 'احمدیان' })

  await chip(page).press('Enter')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: fa('sync:panel.look') })
    .press('Enter')
  const name = page.getByRole('listitem').filter({ hasText: 'احمدی‌نژاد' })
  const mine = name.getByRole('group', { name: fa('sync:conflict.lose') })
  await expect(mine).toContainText(said('sync:conflict.hereBy', { name: 'مریم رضایی' }))
  await expect(name.getByRole('group', { name: fa('sync:conflict.win') })).toContainText(
    said('sync:conflict.onBy', { name: 'علی محمدی', device: 'لپ‌تاپ علی' }),
  )
  await expectClean(page)
  await mine.getByRole('button', { name: fa('sync:conflict.keepLose') }).press('Enter')
  await expect(name).toHaveCount(0)
  // Deleted here, edited there: the keys stand on the next choice already.
  const deleted = page.getByRole('listitem').filter({ hasText: 'سارا سادات' })
  await expect(deleted.getByRole('button', { name: fa('sync:conflict.keepDeleted') })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(deleted.getByRole('button', { name: fa('sync:conflict.bringBack') })).toBeFocused()
  await page.keyboard.press('Enter')
  // Entered by both: made one, by the keys alone.
  const both = page.getByRole('listitem').filter({ hasText: fa('sync:met.what') })
  await expect(both.getByRole('group', { name: fa('sync:met.second') })).toContainText(
    said('sync:conflict.onBy', { name: 'علی محمدی', device: 'لپ‌تاپ علی' }),
  )
  await expectClean(page)
  await both.getByRole('button', { name: fa('sync:met.merge') }).press('Enter')
  await expect(page.getByRole('heading', { name: fa('duplicates:merge.title') })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(fa('sync:tray.empty'))).toBeVisible()
  for (const each of [page, other]) await expect(chip(each)).toHaveText(fa('sync:state.sent'))
  for (const each of [api, laptop.api]) {
    expect((await each.customers.get({ id: reza })).name).toBe('رضا احمدی‌نژاد')
    expect((await each.customers.get({ id: sara })).name).toBe('سارا سادات کریمی')
  }
})

test('a device that is shut out locks; what it had not sent the owner takes in from a sealed file, and it comes back with a new code', async ({
  daftar,
}) => {
  const { page, api } = daftar
  const other = laptop.page
  await daftar.open('/settings/sync')
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'لپ‌تاپ علی' })
  const act = async (key: string) => {
    await row.getByRole('button').press('Enter')
    await page.getByRole('menuitem', { name: fa(key) }).press('Enter')
  }
  await act('sync:devices.rename')
  await page.getByRole('dialog').getByRole('textbox').fill('لپ‌تاپ علی، فروش')
  await page.keyboard.press('F2')
  await expect(row).toContainText('لپ‌تاپ علی، فروش')
  await act('sync:devices.revoke')
  const dialog = page.getByRole('alertdialog', { name: /بسته شود/ })
  await expect(dialog).toContainText(fa('sync:devices.revokeText'))
  await dialog.getByRole('button', { name: fa('sync:devices.revoke') }).press('Enter')
  await expect(page.getByText(fa('sync:devices.closed', { n: '۱' }))).toBeVisible()

  const { id } = await laptop.api.customers.add({ kind: 'person', last_name: 'بازدید امروز' })
  await expect(other.getByRole('heading', { name: fa('sync:revoked.title') })).toBeVisible()
  await expect(other.getByRole('navigation')).toHaveCount(0)
  await expectClean(other)
  const [download] = await Promise.all([
    other.waitForEvent('download'),
    other.getByRole('button', { name: fa('sync:sealed.save') }).press('Enter'),
  ])
  expect(download.suggestedFilename()).toBe(`${fa('sync:sealed.name')}.daftar-sealed`)
  const file = await download.path()
  expect(readFileSync(file, 'utf8')).not.toContain('بازدید')

  const give = async (from: string | { name: string; mimeType: string; buffer: Buffer }) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(page, 'sync:sealed.open')])
    await chooser.setFiles(from)
  }
  await give({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('نام') })
  await expect(page.getByText(fa('errors:SYNC_SEALED_UNKNOWN'))).toBeVisible()
  await give(file)
  const came = page.getByRole('listitem').filter({ hasText: 'بازدید امروز' })
  await expect(came).toContainText(fa('sync:sealed.isNew'))
  await expect(came).toContainText('علی محمدی')
  await expectClean(page)
  await came.getByRole('button', { name: fa('sync:sealed.take') }).press('Enter')
  await expect(page.getByText(fa('sync:tray.empty'))).toBeVisible()
  expect((await api.customers.get({ id })).name).toBe('بازدید امروز')
  await give(file)
  await expect(page.getByText(fa('sync:sealed.nothing'))).toBeVisible()

  const ali = (await api.users.list()).find(({ name }) => name === 'علی محمدی')!
  const { code } = await api.sync.devices.invite({ user_id: ali.id, role: 'seller' })
  await field(other, 'sync:form.code').fill(code)
  await other.keyboard.press('F2')
  await expect(chip(other)).toHaveText(fa('sync:state.sent'))
  // It sends the same itself now: nothing is there twice, and nobody is asked.
  await api.sync.now()
  expect((await api.search.all({ text: 'بازدید امروز' })).customers).toHaveLength(1)
  expect(await api.sync.status()).toMatchObject({ conflicts: 0, parked: 0 })
})

test('a field device has its own customers only: one is handed over and arrives, one is given away and leaves', async ({
  daftar,
}) => {
  const { page, api } = daftar
  const other = laptop.page
  const ali = (await api.users.list()).find(({ name }) => name === 'علی محمدی')!
  const find = async (name: string) => (await api.search.all({ text: name })).customers[0]!.customer.id
  const [reza, sara] = [await find('رضا احمدی‌نژاد'), await find('سارا سادات')]
  await api.customers.update({ id: reza, patch: { owner_id: ali.id } })
  await other.goto(`${laptop.host.url}#/customers`)
  const seen = (name: string) => other.getByRole('row').filter({ hasText: name })
  await expect(seen('سارا سادات')).toBeVisible()

  await daftar.open('/settings/sync')
  const row = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: fa('sync:members.all', { n: '۵' }) })
  await expect(row).toHaveCount(2)
  await row.filter({ hasText: 'علی محمدی' }).getByRole('button').press('Enter')
  await page.getByRole('menuitem', { name: fa('sync:members.change') }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: new RegExp(fa('sync:share.all')) }).press('ArrowDown')
  // The customer that was handed over, and what he added himself.
  await expect(dialog).toContainText(fa('sync:share.ownText', { n: '۲' }))
  await expectClean(page)
  await page.keyboard.press('F2')
  await expect(page.getByText(fa('sync:members.own', { n: '۲' }))).toBeVisible()

  await expect(seen('سارا سادات')).toHaveCount(0)
  await expect(seen('رضا احمدی‌نژاد')).toBeVisible()
  await expect(seen('بازدید امروز')).toBeVisible()
  await chip(other).press('Enter')
  await expect(other.getByRole('dialog')).toContainText(said('sync:share.partial', { name: 'علی محمدی' }))
  await expectClean(other, ['region'])
  await other.keyboard.press('Escape')

  await api.customers.update({ id: sara, patch: { owner_id: ali.id } })
  await expect(seen('سارا سادات')).toBeVisible()
  await api.customers.update({ id: reza, patch: { owner_id: null } })
  await expect(seen('رضا احمدی‌نژاد')).toHaveCount(0)
  expect((await laptop.api.search.all({ text: 'احمدی‌نژاد' })).customers).toEqual([])
  await other.goto(`${laptop.host.url}#/customers/${reza}`)
  await expect(other.getByText(fa('customers:show.notFoundTitle'))).toBeVisible()
  await api.sync.members.share({ user_id: ali.id, share: 'all' })
  await expect(async () => expect((await laptop.api.customers.get({ id: reza })).name).toBe('رضا احمدی‌نژاد')).toPass()
})

test('a laptop died: on another one its backup is put back, what it had sent comes again, and nothing is there twice', async ({
  daftar,
  browser,
}) => {
  const { api } = daftar
  const enter = async (name: string) => {
    const { id } = (await laptop.api.users.people()).find((one) => one.name === name)!
    await laptop.api.users.enter({ id })
  }
  await enter('مریم رضایی')
  for await (const _ of await laptop.api.backups.run({})) {
    // Until it is done.
  }
  const [copy] = await laptop.api.backups.list({})
  await enter('علی محمدی')
  const { id } = await laptop.api.customers.add({ kind: 'person', last_name: 'پس از پشتیبان' })
  await laptop.api.customers.update({ id, patch: { about: 'فقط در سرور' } })
  await laptop.api.sync.now()
  await laptop.host.kill()
  laptop.line.socket.terminate()
  await laptop.context.close()
  // Others go on meanwhile.
  await api.customers.add({ kind: 'person', last_name: 'در این میان' })

  laptop = await openLaptop(browser, folders.next)
  for await (const _ of await laptop.api.setup.restore({ file: copy!.file })) {
    // Until it is done.
  }
  await enter('علی محمدی')
  await laptop.api.customers.add({ kind: 'person', last_name: 'روی رایانهٔ تازه' })
  const other = laptop.page
  await other.goto(`${laptop.host.url}#/settings/sync`)
  await expect(other.getByText(fa('sync:code.no_keys')).first()).toBeVisible()
  const ali = (await api.users.list()).find(({ name }) => name === 'علی محمدی')!
  const { code } = await api.sync.devices.invite({ user_id: ali.id, role: 'seller' })
  await field(other, 'sync:form.code').fill('ABCDE FGHJK')
  await other.keyboard.press('F2')
  await expect(other.getByText(fa('errors:SYNC_BAD_CODE'))).toBeVisible()
  await field(other, 'sync:form.code').fill(code)
  await other.keyboard.press('F2')
  await expect(chip(other)).toHaveText(fa('sync:state.sent'))

  const names = async (of: Client) => {
    const { rows } = await of.customers.page({
      filter: { where: { op: 'and', rules: [] } },
      sort: { field: 'name', desc: false },
      limit: 100,
      at: { index: 0 },
    })
    return rows.map(({ name }) => name)
  }
  await expect(async () => expect(await names(api)).toContain('روی رایانهٔ تازه')).toPass()
  const all = await names(api)
  expect(all).toEqual([...new Set(all)])
  expect(await names(laptop.api)).toEqual(all)
  expect(await laptop.api.customers.get({ id })).toMatchObject({ name: 'پس از پشتیبان', about: 'فقط در سرور' })
})

test('whatever stands in the way is said in a sentence, work goes on, and sync goes on alone', async ({ daftar }) => {
  const other = laptop.page
  await other.goto(`${laptop.host.url}#/customers`)
  const refuse = (status: number, error: string) => () => ({ status, text: JSON.stringify({ error }) })
  const years =
    (n: number) =>
    (_: string, { status, text }: { status: number; text: string }) => {
      const said = JSON.parse(text) as { t1?: number; t2?: number }
      const by = n * 365 * 86_400_000
      if (said.t1 !== undefined) Object.assign(said, { t1: said.t1 + by, t2: said.t2! + by })
      return { status, text: JSON.stringify(said) }
    }
  const ways: [Meddler['meddle'], chip: RegExp, sentence: string][] = [
    [() => ({ status: 200, text: '<html>Sign in</html>' }), /وصل نیست/, fa('sync:code.not_daftar')],
    [refuse(507, 'server_full'), new RegExp(fa('sync:state.attention')), fa('sync:code.server_full')],
    [refuse(426, 'upgrade_required'), new RegExp(fa('sync:state.attention')), fa('sync:code.upgrade_required')],
    [years(3), new RegExp(fa('sync:state.clock')), fa('sync:panel.clockBehind', { span: '۱٬۰۹۵ روز' })],
  ]
  for (const [n, [meddle, state, sentence]] of ways.entries()) {
    way.meddle = meddle
    await laptop.api.customers.add({ kind: 'person', last_name: `در راه ${n}` })
    // The clock is measured by the quickest of the last answers.
    await expect(async () => {
      await laptop.api.sync.now()
      expect((await chip(other).textContent())!).toMatch(state)
    }).toPass()
    await chip(other).press('Enter')
    await expect(other.getByRole('dialog')).toContainText(sentence)
    await other.keyboard.press('Escape')
  }
  way.meddle = null
  await expect(async () => {
    await laptop.api.sync.now()
    expect(await chip(other).textContent()).toBe(fa('sync:state.sent'))
  }).toPass()
  await expect(async () => {
    const { customers } = await daftar.api.search.all({ text: 'در راه' })
    expect(customers).toHaveLength(ways.length)
  }).toPass()
})
