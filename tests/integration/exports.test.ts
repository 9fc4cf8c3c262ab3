import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as XLSX from '@e965/xlsx'
import Papa from 'papaparse'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { write } from '../../main/db/write.ts'
import { createEngine } from '../../main/engine/engine.ts'
import { addCustomerTx } from '../../main/modules/customers/write.ts'
import { fieldOfHeader } from '../../main/modules/imports/headers.ts'
import { modules } from '../../main/modules/index.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { EXPORT_PIECE, type ExportProgress, type ExportRequest } from '../../shared/contract/exports.ts'
import { EVERYBODY, type Filter, type FilterRule } from '../../shared/contract/filter.ts'
import { MANIFEST } from '../../shared/sync/manifest.ts'
import { clientAs } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'
import { unzip } from '../support/unzip.ts'

let ctx: TestCtx
let client: Client
beforeEach(async () => {
  ctx = await testCtx()
  client = clientAs(ctx, 'owner')
})
afterEach(() => {
  expect(ctx.errors).toEqual([])
  ctx.close()
})

type ListRequest = Extract<ExportRequest, { what: 'customers' }>
const list = (format: ListRequest['format'], more: Partial<ListRequest> = {}) =>
  made(client, {
    what: 'customers',
    format,
    target: { filter: EVERYBODY, except: [] },
    sort: { field: 'name', desc: false },
    ...more,
  })
const everything = (more: { private?: boolean; format?: 'zip' | 'folder' } = {}) =>
  made(client, { what: 'everything', format: 'zip', ...more })

/** Has it made and fetches every file, as a screen does. */
async function made(by: Client, request: Parameters<Client['exports']['start']>[0]) {
  let last: ExportProgress | undefined
  for await (const progress of await by.exports.start(request)) last = progress
  if (last?.state !== 'done') throw new Error('not made')
  const { id } = last
  const files = new Map<string, Buffer>()
  for (const { name, bytes } of last.files) {
    const pieces: Buffer[] = []
    for (let offset: number | null = 0; offset !== null; ) {
      const piece: Awaited<ReturnType<Client['exports']['read']>> = await by.exports.read({ id, name, offset })
      pieces.push(Buffer.from(await piece.data.arrayBuffer()))
      offset = piece.next
    }
    files.set(name, Buffer.concat(pieces))
    expect(files.get(name)!.length).toBe(bytes)
  }
  await by.exports.discard({ id })
  expect(existsSync(join(ctx.folder, 'exports', id))).toBe(false)
  return { last, files, name: last.files[0]!.name, bytes: files.get(last.files[0]!.name)! }
}

const rowsOf = (csv: Buffer) =>
  Papa.parse<Record<string, string>>(csv.toString('utf8').replace(/^\ufeff/, ''), {
    header: true,
    skipEmptyLines: true,
  }).data
const person = (first_name: string, last_name: string, more: object = {}) =>
  client.customers.add({ kind: 'person', first_name, last_name, ...more })
const phone = (value: string, type: 'mobile' | 'work' | 'home' | 'fax' | 'other' = 'mobile') => ({
  kind: 'phone' as const,
  type,
  value,
})
const where = (...rules: FilterRule[]): Filter => ({ where: { op: 'and', rules }, trash: false })
const SECRET = 'رازی که نباید بیرون برود'

describe('a list', () => {
  it('comes in the order, with the filter and the choice of the screen, without the deleted', async () => {
    const ids: string[] = []
    for (const name of ['پارسا', 'آرش', 'گیتی', 'بهمن']) {
      const address = {
        type: 'home' as const,
        province: null,
        city: name === 'گیتی' ? 'یزد' : 'شیراز',
        address: null,
        postal_code: null,
      }
      ids.push((await person('ن', name, { addresses: [address] })).id)
    }
    await client.customers.remove({ ids: [ids[3]!] })
    const names = async (more: Partial<ListRequest>) =>
      rowsOf((await list('csv', more)).bytes).map((r) => r['نام خانوادگی'])
    expect(await names({})).toEqual(['آرش', 'پارسا', 'گیتی'])
    expect(await names({ sort: { field: 'name', desc: true } })).toEqual(['گیتی', 'پارسا', 'آرش'])
    const shiraz = where({ field: 'city', test: 'is', value: 'شیراز' })
    expect(await names({ target: { filter: shiraz, except: [] } })).toEqual(['آرش', 'پارسا'])
    expect(await names({ target: { filter: EVERYBODY, except: [ids[1]!] } })).toEqual(['پارسا', 'گیتی'])
    // Chosen one by one they come in the order of the list all the same; who was deleted meanwhile does not.
    expect(await names({ target: { ids: [ids[2]!, ids[3]!, ids[0]!] } })).toEqual(['پارسا', 'گیتی'])
    const bin = { where: EVERYBODY.where, trash: true }
    await expect(list('csv', { target: { filter: bin, except: [] } })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('has the columns of the screen under their names, dates in both calendars', async () => {
    await person('مینا', 'راد', {
      channels: [phone('۰۹۱۲۳۴۵۶۷۸۹'), phone('02188776655', 'work')],
      birth_jy: 1370,
      birth_jm: 5,
      birth_jd: 12,
      credit_limit: 123_456_785,
    })
    const { name, bytes, last } = await list('csv', {
      columns: ['phone', 'name', 'birthday', 'credit_limit', 'created'],
    })
    expect(name).toBe('مشتریان-1405-09-01.csv')
    expect(last).toMatchObject({ done: 1, total: 1, cut: 0 })
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from('\ufeff'))
    expect(rowsOf(bytes)).toEqual([
      {
        تلفن: '09123456789',
        'نام کامل': 'مینا راد',
        'تاریخ تولد': '1370/05/12',
        'تاریخ تولد (میلادی)': '1991-08-03',
        'سقف اعتبار (تومان)': '12345678.5',
        'زمان ثبت': '1405/09/01 12:30',
        'زمان ثبت (میلادی)': '2026-11-22T12:30:00+03:30',
      },
    ])
    const english = await list('csv', { columns: ['name'], language: 'en' })
    expect([english.name, english.bytes.toString()]).toEqual([
      'customers-1405-09-01.csv',
      '\ufeffFull name\r\nمینا راد\r\n',
    ])
  })

  it('opens in Excel from right to left, with phones and codes as texts and amounts as numbers', async () => {
    await person('=HYPERLINK("http://x","برد")', '<b>کریمی</b> & "پسران"', {
      national_id: '0012345679',
      channels: [phone('+98 912 345 6789')],
      credit_limit: 500_000,
      about: 'خط یک\nخط _x0041_ دو',
    })
    const { bytes } = await list('xlsx')
    const book = XLSX.read(bytes, { cellFormula: true, dense: true })
    expect(book.Workbook?.Views).toEqual([{ RTL: true }])
    const [head, row] = book.Sheets[book.SheetNames[0]!]!['!data'] as XLSX.CellObject[][]
    const cell = (header: string) => row![head!.findIndex((c) => c.v === header)]!
    expect(cell('نام')).toMatchObject({ t: 's', v: '=HYPERLINK("http://x","برد")' })
    expect(cell('نام').f).toBeUndefined()
    expect(cell('نام خانوادگی')).toMatchObject({ t: 's', v: '<b>کریمی</b> & "پسران"' })
    expect(cell('موبایل')).toMatchObject({ t: 's', v: '+98 912 345 6789' })
    expect(cell('کد ملی')).toMatchObject({ t: 's', v: '0012345679' })
    expect(cell('سقف اعتبار (تومان)')).toMatchObject({ t: 'n', v: 50_000 })
    expect(cell('توضیحات').v).toBe('خط یک\nخط _x0041_ دو')
  })

  it('leaves out judgements unless they are asked for', async () => {
    await person('نام', 'سیاه', { blacklisted: true, blacklist_reason: SECRET })
    for (const format of ['csv', 'xlsx', 'vcf'] as const) {
      const text = async (more: Partial<ListRequest>) => {
        const { bytes } = await list(format, more)
        return format === 'xlsx'
          ? unzip(bytes).get('xl/worksheets/sheet1.xml')!.toString()
          : bytes.toString().replaceAll('\r\n ', '')
      }
      expect(await text({})).not.toMatch(/راز|لیست سیاه|BLACKLIST/)
      expect(await text({ private: true })).toContain(SECRET)
    }
  })

  it('is read in pieces that make the same file again', async () => {
    write(ctx, 'test', (tx) => {
      for (let i = 0; i < 36; i++)
        addCustomerTx(tx, { kind: 'person', last_name: `نفر ${i}`, about: 'ی'.repeat(19_000) })
    })
    const { bytes } = await list('csv')
    expect(bytes.length).toBeGreaterThan(EXPORT_PIECE)
    expect(rowsOf(bytes)).toHaveLength(36)
  })
})

describe('cards', () => {
  it('are vCard 4.0, folded by bytes, for people and companies', async () => {
    const company = await client.customers.add({ kind: 'company', company_name: 'پخش سپید؛ شرق', national_id: null })
    await person('سارا', 'نیک,پور', {
      title: 'خانم',
      channels: [phone('09121112233'), phone('02188776655', 'home'), { kind: 'email', type: 'work', value: 's@x.ir' }],
      addresses: [
        { type: 'shop', province: 'تهران', city: 'تهران', address: 'بازار بزرگ، پلاک ۵', postal_code: '1234567890' },
      ],
      links: [{ kind: 'works_at', role: 'مدیر خرید', outgoing: true, other_id: company.id }],
      birth_jm: 5,
      birth_jd: 12,
    })
    const { bytes, name } = await list('vcf')
    expect(name).toBe('مشتریان-1405-09-01.vcf')
    const text = bytes.toString()
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    const lines = text.replaceAll('\r\n ', '').split('\r\n')
    for (const line of [
      'VERSION:4.0',
      'KIND:org',
      'ORG:پخش سپید؛ شرق',
      'FN:سارا نیک\\,پور',
      'N:نیک\\,پور;سارا;;خانم;',
      'TITLE:مدیر خرید',
      'TEL;TYPE=cell:09121112233',
      'TEL;TYPE=home:02188776655',
      'EMAIL;TYPE=work:s@x.ir',
      'ADR;TYPE=work,x-shop:;;بازار بزرگ، پلاک ۵;تهران;تهران;1234567890;',
      'BDAY:--0803',
    ])
      expect(lines).toContain(line)
  })
})

describe('everything', () => {
  it('is each table as a sheet and as JSON lines, and a description in both languages', async () => {
    const { id } = await person('آذر', 'شاد', {
      blacklisted: true,
      blacklist_reason: SECRET,
      channels: [phone('09121112233')],
    })
    const gone = await person('رفته', 'حذفی', { channels: [phone('09121112244')] })
    await client.customers.remove({ ids: [gone.id] })
    await client.activities.log({ activity: { kind: 'note', party_ids: [id], body: '=1+1 یادداشت' } })
    await client.settings.updateBusiness({ business_name: 'فروشگاه آفتاب' })
    await client.settings.updateDevice({ theme: 'dark', customer_columns: SECRET })
    await client.drafts.put({ key: 'customers.new', value: { about: SECRET } })
    ctx.db.raw.exec('DELETE FROM change_context; INSERT INTO change_context (one, tx) VALUES (1, 1)')
    ctx.db.raw
      .prepare("INSERT INTO setting (id, created_at, updated_at, key, value) VALUES ('x', 1, 1, 'sms_token', ?)")
      .run(JSON.stringify(SECRET))
    ctx.db.raw.exec('UPDATE change_context SET tx = NULL')

    const { name, bytes, last } = await everything()
    expect(name).toBe('دفتر-کامل-1405-09-01.zip')
    const files = unzip(bytes)
    const tables = MANIFEST.map((t) => t.name)
    expect([...files.keys()].sort()).toEqual(
      [...tables.flatMap((t) => [`${t}.jsonl`, `${t}.xlsx`]), 'README.txt'].sort(),
    )

    const json = (table: string) =>
      files
        .get(`${table}.jsonl`)!
        .toString()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(json('party').map((r) => [r['name'], r['deleted']])).toEqual([
      ['آذر شاد', false],
      ['رفته حذفی', true],
    ])
    expect(json('setting').map((r) => r['key'])).toEqual(['business_name'])
    expect(last.total).toBe(tables.reduce((sum, table) => sum + json(table).length, 0))

    const sheet = (table: string) => {
      const book = XLSX.read(files.get(`${table}.xlsx`)!)
      return XLSX.utils.sheet_to_json<Record<string, string>>(book.Sheets[book.SheetNames[0]!]!)
    }
    expect(sheet('party').map((r) => r['نام خانوادگی'])).toEqual(['شاد'])
    // Neither do the phones of the deleted one stand in a sheet.
    expect(sheet('party_channel')).toMatchObject([{ مشتری: 'آذر شاد', 'شناسهٔ مشتری': id, 'راه تماس': '09121112233' }])
    expect(sheet('activity')).toMatchObject([
      { شرح: '=1+1 یادداشت', زمان: '1405/09/01 12:30', 'روز (میلادی)': '2026-11-22' },
    ])

    const readme = files.get('README.txt')!.toString()
    expect(readme).toContain('مشتریان: party.xlsx (۱), party.jsonl (۲)')
    expect(readme).toContain('Customers: party.xlsx (1), party.jsonl (2)')
    expect(readme).toContain('last_name: نام خانوادگی')
    for (const [file, content] of files) {
      const text = file.endsWith('.xlsx') ? [...unzip(content).values()].join('') : content.toString()
      expect(text, file).not.toMatch(/رازی که|blacklist|لیست سیاه|sms_token/)
    }
  })

  it('has judgements in it when they are asked for', async () => {
    await person('آذر', 'شاد', { blacklisted: true, blacklist_reason: SECRET })
    const files = unzip((await everything({ private: true })).bytes)
    expect(files.get('party.jsonl')!.toString()).toContain(`"blacklisted":true,"blacklist_reason":"${SECRET}"`)
    expect(unzip(files.get('party.xlsx')!).get('xl/worksheets/sheet1.xml')!.toString()).toContain(SECRET)
    expect(files.get('README.txt')!.toString()).toContain('blacklist_reason')
  })

  it('can be the same files without a zip', async () => {
    await person('آذر', 'شاد')
    const packed = unzip((await everything()).bytes)
    const { files } = await everything({ format: 'folder' })
    expect([...files.keys()].sort()).toEqual([...packed.keys()].sort())
    expect(files.get('party.jsonl')).toEqual(packed.get('party.jsonl'))
  })

  it('knows every synced table and each of its columns, with names in both languages', () => {
    const sheets = new Map(modules.flatMap((m) => m.exportSheets ?? []).map((s) => [s.table, s]))
    for (const { name, fields } of MANIFEST) {
      const columns = Object.keys(sheets.get(name)?.columns ?? {})
      const missing = fields.map((f) => f.name).filter((f) => !['id', 'created_at', 'deleted', ...columns].includes(f))
      expect([name, missing]).toEqual([name, []])
    }
  })
})

describe('an export', () => {
  it('is for the owner only', async () => {
    const seller = clientAs(ctx, 'seller')
    const id = ctx.ids.next()
    for (const call of [
      () => made(seller, { what: 'everything', format: 'zip' }),
      () => seller.exports.read({ id, name: 'x', offset: 0 }),
      () => seller.exports.discard({ id }),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(existsSync(join(ctx.folder, 'exports'))).toBe(false)
  })

  it('has no file that looks whole before it is, and leaves nothing when it is stopped', async () => {
    write(ctx, 'test', (tx) => {
      for (let i = 0; i < 600; i++) addCustomerTx(tx, { kind: 'person', last_name: `نفر ${i}` })
    })
    const requests: Array<Parameters<Client['exports']['start']>[0]> = [
      {
        what: 'customers',
        format: 'xlsx',
        target: { filter: EVERYBODY, except: [] },
        sort: { field: 'name', desc: false },
      },
      { what: 'everything', format: 'zip' },
    ]
    for (const request of requests) {
      const abort = new AbortController()
      const seen: string[][] = []
      const folder = join(ctx.folder, 'exports')
      await expect(async () => {
        for await (const progress of await client.exports.start(request, { signal: abort.signal })) {
          expect(progress.state).toBe('running')
          // It goes on meanwhile.
          const files = () => readdirSync(join(folder, progress.id))
          await expect.poll(files, { interval: 1 }).not.toEqual([])
          seen.push(files())
          abort.abort()
        }
      }).rejects.toThrow()
      expect(seen.flat().length).toBeGreaterThan(0)
      expect(seen.flat().filter((name) => !name.endsWith('.part'))).toEqual([])
      expect(readdirSync(folder)).toEqual([])
    }
  })

  it('gives out its own files and no others', async () => {
    await person('آذر', 'شاد')
    let id = ''
    const request = { what: 'everything', format: 'folder' } as const
    for await (const progress of await client.exports.start(request)) id = progress.id
    for (const name of ['../../daftar.db', 'party.jsonl/../party.jsonl', '/etc/passwd', 'party', '', '.'])
      await expect(client.exports.read({ id, name, offset: 0 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await client.exports.read({ id, name: 'party.jsonl', offset: 1e9 })).toMatchObject({ next: null })
    await client.exports.discard({ id })
    await expect(client.exports.read({ id, name: 'party.jsonl', offset: 0 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('that nobody fetched is gone at the next start', () => {
    const folder = join(ctx.folder, 'other')
    mkdirSync(join(folder, 'exports', 'x'), { recursive: true })
    writeFileSync(join(folder, 'exports', 'x', 'a.part'), 'half')
    const engine = createEngine({ folder, host: { kind: 'test' } })
    expect([engine.status().trouble, existsSync(join(folder, 'exports'))]).toEqual([null, false])
    engine.close()
  })

  it('has headers that the import knows', async () => {
    await person('سارا', 'نیک')
    for (const language of ['fa', 'en'] as const) {
      const headers = Object.keys(rowsOf((await list('csv', { language })).bytes)[0]!)
      expect(headers.slice(1, 3).map(fieldOfHeader)).toEqual(['first_name', 'last_name'])
    }
  })
})
