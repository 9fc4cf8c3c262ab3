import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as XLSX from '@e965/xlsx'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reportWords } from '../../main/cli/import-words.ts'
import { sentences } from '../../main/cli/text.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { clientAs } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

let ctx: TestCtx
let client: Client
beforeEach(async () => {
  ctx = await testCtx()
  client = clientAs(ctx, 'owner')
})
afterEach(() => ctx.close())

const stage = (text: string | Uint8Array<ArrayBuffer>, name = 'a.csv') =>
  client.imports.stage({ file: new File([text], name) })
async function run(id: string, mapping?: Awaited<ReturnType<typeof stage>>['mapping']) {
  let last: object = {}
  for await (const step of await client.imports.run({ id, ...(mapping && { mapping }) })) last = step
  return last
}
const words = reportWords((key, values) => sentences('fa')(key, values) ?? key)
const report = (id: string) => client.imports.report({ id, name: 'مانده', ...words })

describe('the rows that did not come in', () => {
  it('come back as a file of the same columns with reasons, and it is understood when it is brought again', async () => {
    const staged = await stage('کد,نام,تلفن,شهر\n1,علی,09121234567,قم\n2,,,شیراز\n3,,=1+2,تهران\n')
    // «کد» becomes the note, which nobody would guess.
    const mapping = staged.mapping.with(0, 'note')
    expect(await run(staged.id, mapping)).toMatchObject({ added: 1, failed: 2 })
    const { file, rows } = await report(staged.id)
    expect([file.name, rows]).toEqual(['مانده.csv', 2])
    const text = await file.text()
    const lines = text
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n')
    expect(lines[0]).toBe('کد,نام,تلفن,شهر,دلیل نیامدن')
    expect(lines[1]).toBe('2,,,شیراز,نه نام دارد و نه تلفن.')
    expect(lines[2]).toMatch(/^3,,'=1\+2,تهران,نه نام دارد و نه تلفن\./)
    const corrected = await stage(text.replace('2,,,', '2,زهرا کریمی,,'))
    expect(corrected).toMatchObject({ mapping: [...mapping, null], total: 2 })
    expect(corrected.remembered).toBe(ctx.clock.now())
    expect(await run(corrected.id)).toMatchObject({ added: 1, failed: 1 })
    const found = await client.search.all({ text: 'زهرا کریمی' })
    expect((await client.customers.get({ id: found.customers[0]!.customer.id })).about).toBe('کد: 2')
    expect(readdirSync(join(ctx.folder, 'imports'))).toEqual([])
  })

  it('are not those that came in with a warning, which come back apart and correct their customers', async () => {
    const staged = await stage(
      'نام,موبایل,کد ملی\nعلی رضایی,09121234567,1234567890\n,,\u06f1\u06f2\nزهرا کریمی,09351234567,\n',
    )
    expect(await run(staged.id)).toMatchObject({ added: 2, warned: 1, failed: 1 })
    const { file, rows } = await client.imports.report({ id: staged.id, name: 'هشدار', ...words, warned: true })
    expect(rows).toBe(1)
    const text = await file.text()
    const lines = text
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n')
    expect(lines.slice(1)).toEqual([
      'علی رضایی,09121234567,1234567890,کد ملی 1234567890 درست نیست؛ رقم‌هایش را دوباره نگاه کنید.',
    ])
    const corrected = await stage(text.replace('567,1234567890', '567,0012345679'))
    let last: object = {}
    for await (const step of await client.imports.run({ id: corrected.id, on_duplicate: 'update' })) last = step
    expect(last).toMatchObject({ added: 0, updated: 1, warned: 0 })
    const { customers } = await client.search.all({ text: 'علی رضایی' })
    expect((await client.customers.get({ id: customers[0]!.customer.id })).national_id).toBe('0012345679')
  })

  it('of a workbook come back as a workbook, with texts as texts', async () => {
    const book = XLSX.utils.book_new()
    XLSX.utils.book_append_sheet(
      book,
      XLSX.utils.aoa_to_sheet([
        ['نام', 'موبایل', 'شهر'],
        ['', '', '0012'],
        ['علی', '', ''],
      ]),
    )
    const staged = await stage(XLSX.write(book, { type: 'array', bookType: 'xlsx' }), 'a.xlsx')
    await run(staged.id)
    const { file } = await report(staged.id)
    expect(file.name).toBe('مانده.xlsx')
    const read = XLSX.read(await file.arrayBuffer())
    expect(XLSX.utils.sheet_to_json(Object.values(read.Sheets)[0]!, { header: 1, defval: '' })).toEqual([
      ['نام', 'موبایل', 'شهر', 'دلیل نیامدن'],
      ['', '', '0012', 'نه نام دارد و نه تلفن.'],
    ])
  })

  it('are none: then there is nothing to report', async () => {
    const { id } = await stage('نام,تلفن\nعلی,09121234567\n')
    await run(id)
    await expect(report(id)).rejects.toMatchObject({ code: 'NOTHING_TO_REPORT' })
  })
})

describe('reading a file in another way', () => {
  it('makes other rows of it, forgets the choices of the old ones, and keeps the old reading when the new one fails', async () => {
    const { id, ...before } = await stage('فهرست\nنام;تلفن\nعلی;09121234567\nزهرا;09351234567\n')
    expect(before).toMatchObject({ headers: ['نام', 'تلفن'], total: 2, facts: { delimiter: ';', header_row: 2 } })
    await client.imports.choose({ id, rows: [{ row: 3, choice: 'skip' }] })
    await expect(client.imports.reread({ id, options: { header_row: 4 } })).rejects.toMatchObject({ code: 'NO_ROWS' })
    const { mapping } = before
    expect((await client.imports.preview({ id, mapping })).counts).toMatchObject({ rows: 2, chosen: 1 })
    const after = await client.imports.reread({ id, options: { delimiter: ';', header_row: 0 } })
    expect(after.total).toBeGreaterThan(2)
    expect(after.facts.header_row).toBe(0)
    const preview = await client.imports.preview({ id, mapping: after.mapping })
    expect(preview.counts).toMatchObject({ rows: after.total, chosen: 0 })
    expect(readdirSync(join(ctx.folder, 'imports', id)).filter((name) => name.startsWith('rows-'))).toHaveLength(1)
  })
})

describe('a preview of many rows', () => {
  it('goes on page by page, shows only what is asked for, and answers with its first rows at once', async () => {
    const lines = Array.from({ length: 450 }, (_, i) =>
      i % 9 === 0 ? ',,قم' : `نام ${i % 400},0912${1_000_000 + (i % 400)},`,
    )
    const { id, mapping } = await stage(`نام,موبایل,شهر\n${lines.join('\n')}\n`)
    const first = await client.imports.preview({ id, mapping, count: false, limit: 3 })
    expect(first).toMatchObject({ next: null, counts: null })
    expect(first.rows.map((r) => [r.row, r.outcome])).toEqual([
      [2, 'bad'],
      [3, 'add'],
      [4, 'add'],
    ])
    const seen: number[] = []
    for (let after: number | null = 0; after !== null; ) {
      const page = await client.imports.preview({ id, mapping, show: 'bad', limit: 20, after })
      expect(page.counts).toMatchObject({ rows: 450, bad: 50, of_file: 39 })
      seen.push(...page.rows.map((r) => r.row))
      after = page.next
    }
    expect(seen).toEqual(Array.from({ length: 50 }, (_, i) => 2 + 9 * i))
    const repeats = await client.imports.preview({ id, mapping, show: 'duplicates', limit: 200 })
    expect(repeats.rows).toHaveLength(39)
    for (const { row, duplicate } of repeats.rows) expect(duplicate?.row).toBe(row - 400)
  })
})
