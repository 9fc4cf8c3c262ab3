import { readFileSync } from 'node:fs'
import { read, utils } from '@e965/xlsx'
import type { Download, Page } from '@playwright/test'
import { unzip } from '../support/unzip.ts'
import { violations } from './axe.ts'
import { type Daftar, expect, test } from './fixtures.ts'
import { fa } from './words.ts'

const SECRET = 'پول نداد'

async function people({ api }: Daftar) {
  const city = (name: string) => [
    { type: 'home' as const, province: null, city: name, address: null, postal_code: null },
  ]
  for (const [last_name, where, blacklisted] of [
    ['پارسا', 'شیراز', true],
    ['آریان', 'شیراز', false],
    ['گودرزی', 'یزد', false],
  ] as const)
    await api.customers.add({
      kind: 'person',
      first_name: 'نوید',
      last_name,
      blacklisted,
      blacklist_reason: blacklisted ? SECRET : null,
      channels: [{ kind: 'phone', type: 'mobile', value: `0912000${last_name.length}${where.length}11` }],
      addresses: city(where),
    })
}

async function downloaded(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download') as Promise<Download>, press()])
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

const sheet = (bytes: Buffer) => {
  const book = read(bytes)
  return utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1 })
}

test('the list comes out as it is filtered and shown, and what is chosen in it as CSV', async ({ daftar }) => {
  const { page } = daftar
  await people(daftar)
  const filter = { where: { op: 'and', rules: [{ field: 'city', test: 'is', value: 'شیراز' }] }, trash: false }
  await daftar.open(`/customers?f=${encodeURIComponent(JSON.stringify(filter))}&s=-name`)
  await expect(page.getByText(fa('customers:total', { n: '۲' }))).toBeVisible()
  await page.getByRole('button', { name: fa('exports:action'), exact: true }).click()
  const dialog = page.getByRole('dialog', { name: fa('exports:listTitle') })
  await expect(dialog).toContainText(fa('exports:count', { n: '۲' }))
  expect(await violations(page, {})).toEqual([])
  await dialog.getByRole('radio', { name: fa('exports:columnsShown') }).check({ force: true })
  const excel = await downloaded(page, () => page.keyboard.press('F2'))
  expect(excel.name).toMatch(/^مشتریان-14\d\d-\d\d-\d\d\.xlsx$/)
  const rows = sheet(excel.bytes)
  expect(rows.map((row) => row.slice(0, 3))).toEqual([
    ['نام کامل', 'تلفن', 'شهر'],
    ['نوید پارسا', expect.stringMatching(/^0912/), 'شیراز'],
    ['نوید آریان', expect.stringMatching(/^0912/), 'شیراز'],
  ])
  const tray = page.getByRole('region', { name: fa('exports:title') })
  await expect(tray.getByRole('status')).toContainText(excel.name)
  expect(await violations(page, {})).toEqual([])
  await tray.getByRole('button', { name: fa('exports:close') }).click()
  await expect(tray).toBeHidden()

  // One row, by the keyboard alone; everything that is known of it, but no judgement.
  await page.getByRole('grid', { name: fa('customers:list.label') }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+Space')
  const bar = page.getByRole('region', { name: fa('customers:bulk.label') })
  await bar.getByRole('button', { name: fa('exports:action'), exact: true }).press('Enter')
  await dialog.getByRole('radio', { name: fa('exports:formats.xlsx') }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(dialog.getByRole('radio', { name: fa('exports:formats.csv') })).toBeChecked()
  const csv = await downloaded(page, () => page.keyboard.press('F2'))
  const text = csv.bytes.toString()
  expect(csv.name).toMatch(/\.csv$/)
  expect(text.trim().split('\r\n')).toHaveLength(2)
  expect(text).toContain('نوید')
  expect(text).not.toContain(SECRET)

  // The key works as soon as the dialog is there, before any field has the focus.
  await bar.getByRole('button', { name: fa('exports:action'), exact: true }).press('Enter')
  await expect(dialog).toBeFocused()
  expect((await downloaded(page, () => page.keyboard.press('F2'))).name).toMatch(/\.xlsx$/)
})

test('everything comes out as one zip, and goes on while another page is looked at', async ({ daftar }) => {
  const { page, api } = daftar
  const before = await api.customers.count({ filter: { where: { op: 'and', rules: [] }, trash: false } })
  await daftar.open('/settings/data')
  const card = page.getByRole('main')
  const zip = await downloaded(page, async () => {
    await card.getByRole('button', { name: fa('exports:everything.start') }).click()
    await page.getByRole('link', { name: fa('customers:title') }).click()
  })
  expect(zip.name).toMatch(/^دفتر-کامل-14\d\d-\d\d-\d\d\.zip$/)
  const files = unzip(zip.bytes)
  expect(files.get('party.jsonl')!.toString().trim().split('\n')).toHaveLength(before.count)
  expect(sheet(files.get('party.xlsx')!)).toHaveLength(before.count + 1)
  expect(files.get('README.txt')!.toString()).toContain('party.xlsx')
  expect(files.get('party.jsonl')!.toString()).not.toContain(SECRET)
  await expect(page.getByRole('grid', { name: fa('customers:list.label') })).toBeVisible()
  await expect(page.getByRole('region', { name: fa('exports:title') }).getByRole('status')).toContainText(zip.name)
})
