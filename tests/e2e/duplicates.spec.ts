import { expect, type Page } from '@playwright/test'
import { violations } from './axe.ts'
import { test } from './fixtures.ts'
import { fa, said } from './words.ts'

const phone = (value: string) => ({ kind: 'phone' as const, type: 'mobile' as const, value })
const at = (city: string, address: string | null = null) => [
  { type: 'work' as const, province: null, city, address, postal_code: null },
]
const rows = (page: Page) => page.getByRole('grid', { name: fa('duplicates:listLabel') }).getByRole('row')
const press = (page: Page, ...keys: string[]) =>
  keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve())

test('duplicates are found, gone through by keyboard, told apart, merged side by side and taken back', async ({
  daftar,
  page,
}) => {
  const { api } = daftar
  const add = async (fields: Omit<Parameters<typeof api.customers.add>[0], 'kind'>) =>
    (await api.customers.add({ kind: 'person', ...fields })).id
  const ali = await add({
    first_name: 'علی',
    last_name: 'رضایی',
    channels: [phone('09121111111')],
    addresses: at('تهران'),
    about: 'مشتری قدیمی',
  })
  const twin = await add({
    title: 'مهندس',
    first_name: 'علي',
    last_name: 'رضائي',
    channels: [phone('09121111111'), phone('02188776655')],
    addresses: at('تهران', 'خیابان ولیعصر'),
    national_id: '0012345679',
    about: 'فقط نقد',
  })
  await api.activities.log({ activity: { kind: 'note', party_ids: [twin], body: 'تماس گرفت' } })
  for (const name of ['مریم', 'سارا'])
    await add({ first_name: name, last_name: 'کریمی', channels: [phone('09352223344')], addresses: at('کرج') })
  await add({ last_name: 'یگانه', channels: [phone('09121234567')] })

  await daftar.open('/duplicates')
  await page.getByRole('button', { name: fa('duplicates:start') }).click()
  await expect(rows(page)).toHaveCount(2)
  // The likeliest first, with its reasons.
  await expect(rows(page).first()).toContainText('علی رضایی')
  await expect(rows(page).first()).toContainText(fa('duplicates:why.phone'))
  await expect(rows(page).first()).toContainText(fa('duplicates:why.same_name'))
  await expect(rows(page).first()).toBeFocused()
  expect(await violations(page, {})).toEqual([])

  // A family with one number: not the same, at once and for good; the toast takes it back.
  await press(page, 'ArrowDown', 'n')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page).first()).toBeFocused()
  await page.getByRole('button', { name: fa('common:undo') }).click()
  await expect(rows(page)).toHaveCount(2)
  await rows(page).nth(1).focus()
  await press(page, 'n')
  await expect(rows(page)).toHaveCount(1)
  await page.getByRole('button', { name: fa('duplicates:again') }).click()
  await expect(page.getByText(fa('duplicates:total', { n: '۱' }), { exact: true })).toBeVisible()

  // Side by side by keyboard alone: the other's spelling of the name, then merge.
  await rows(page).first().focus()
  await press(page, 'Enter')
  const table = page.getByRole('table', { name: fa('duplicates:merge.tableLabel') })
  await expect(table).toBeVisible()
  await expect(page.getByText(fa('duplicates:merge.differ', { n: '۲' }))).toBeVisible()
  const result = (label: string) =>
    table
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: label, exact: true }) })
      .getByRole('cell')
      .last()
  await expect(result(fa('duplicates:merge.phones'))).toContainText('۰۲۱ ۸۸۷۷ ۶۶۵۵')
  await expect(result(fa('customers:field.party.national_id'))).toContainText('۰۰۱')
  await expect(result(fa('customers:field.party.about'))).toContainText('فقط نقد')
  expect(await violations(page, {})).toEqual([])
  const person = fa('duplicates:merge.person')
  await expect(table.locator('input[name=person]:checked')).toBeFocused()
  await press(page, 'ArrowUp')
  await expect(result(person)).toContainText('علی رضایی')
  await press(page, 'Enter')
  await expect(table.locator('input[name=about]:checked')).toBeFocused()
  await press(page, 'Escape')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page).first()).toBeFocused()
  await press(page, 'Enter')
  await expect(result(person)).toContainText('علی رضائی')
  await press(page, 'ArrowUp', 'Control+Enter')
  await expect(page.getByText(fa('duplicates:noneLeft'))).toBeVisible()
  // The record that says more is the one that stays.
  const one = await api.customers.get({ id: ali })
  expect([one.id, one.last_name, one.channels.length, one.national_id]).toEqual([twin, 'رضایی', 2, '0012345679'])
  expect(one.about).toBe('فقط نقد\n\nمشتری قدیمی')

  // The record that was merged leads to the one it went into, whose history tells of it.
  const undo = page.getByRole('button', { name: fa('common:undo') })
  await expect(undo.first()).toBeVisible()
  await undo.first().click()
  await expect(page.getByText(fa('common:undone.whole'))).toBeVisible()
  expect((await api.customers.get({ id: ali })).id).toBe(ali)
  await expect(rows(page)).toHaveCount(1)
})

test('two chosen in the list and one record with its twin are merged too', async ({ daftar, page }) => {
  const { api } = daftar
  const [a, b, c] = await Promise.all(
    ['پویا فرهمند', 'پویا فرهمندی', 'پویا فرهمندفر'].map(async (name) => {
      const [first_name = null, last_name = null] = name.split(' ')
      return (await api.customers.add({ kind: 'person', first_name, last_name, channels: [phone('09361230000')] })).id
    }),
  )
  await daftar.open('/customers')
  const grid = page.getByRole('grid')
  for (const name of ['پویا فرهمند', 'پویا فرهمندی'])
    await grid
      .getByRole('row')
      .filter({ has: page.getByText(name, { exact: true }) })
      .getByRole('checkbox')
      .check()
  await page
    .getByRole('region', { name: fa('customers:bulk.label') })
    .getByRole('button', { name: fa('customers:bulk.merge'), exact: true })
    .click()
  const table = page.getByRole('table', { name: fa('duplicates:merge.tableLabel') })
  await table
    .getByRole('radio', {
      name: said('duplicates:merge.choose', { field: fa('duplicates:merge.person'), value: 'پویا فرهمندی' }),
    })
    .check()
  await page.getByRole('button', { name: fa('duplicates:merge.submit'), exact: false }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('پویا فرهمندی')
  await expect(page.getByText(fa('customers:timeline.merged'), { exact: true })).toBeVisible()

  // From the record: its twin is offered by itself.
  await page.getByRole('button', { name: fa('duplicates:merge.with') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /فرهمندفر/ }).click()
  await expect(table).toBeVisible()
  await press(page, 'F2')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('پویا فرهمندی')
  const ids = await Promise.all([a, b, c].map(async (id) => (await api.customers.get({ id: id! })).id))
  expect(new Set(ids).size).toBe(1)
})

test.describe('a search that takes its time', () => {
  test.use({ ownPage: true })

  test('shows at once that it was begun, and a double click begins it once and does not cancel it', async ({
    daftar,
    page,
  }) => {
    const sent: string[] = []
    const line = { waits: null as Promise<void> | null }
    await page.routeWebSocket(/\/rpc/, (socket) => {
      const engine = socket.connectToServer()
      socket.onMessage((message) => {
        sent.push(message.toString())
        engine.send(message)
      })
      engine.onMessage((message) => void (line.waits ?? Promise.resolve()).then(() => socket.send(message)))
    })
    const asked = (what: string) => sent.filter((message) => message.includes(`duplicates/${what}`)).length
    for await (const step of await daftar.api.duplicates.find({})) expect(step.state).not.toBe('failed')
    await daftar.open('/duplicates')
    const again = page.getByRole('button', { name: fa('duplicates:again') })
    await expect(again).toBeVisible()
    const held = Promise.withResolvers<void>()
    line.waits = held.promise
    await again.dblclick()
    const running = page.getByRole('region', { name: fa('duplicates:running') })
    await expect(running).toBeVisible()
    expect([asked('find'), asked('cancel')]).toEqual([1, 0])
    held.resolve()
    await expect(again).toBeVisible()
    await expect(running).toBeHidden()
    expect([asked('find'), asked('cancel')]).toEqual([1, 0])
  })
})
