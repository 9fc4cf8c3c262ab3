import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateRawSync } from 'node:zlib'
import * as XLSX from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ParseError } from '../../main/modules/imports/parse/parse-error.ts'
import { parseFile } from '../../main/modules/imports/parse/parse-file.ts'
import { linesOf } from '../../main/modules/imports/parse/text.ts'
import { guardZip } from '../../main/modules/imports/parse/zip-guard.ts'
import { readRows } from '../../main/modules/imports/rows-file.ts'

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'daftar-parse-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))

function parse(path: string) {
  const rowsPath = join(dir, 'rows')
  const file = parseFile(path, rowsPath)
  return { ...file, rows: [...readRows(rowsPath)] }
}
function parseBytes(bytes: string | Uint8Array) {
  const path = join(dir, 'source')
  writeFileSync(path, bytes)
  return parse(path)
}
function refusal(bytes: string | Uint8Array): string {
  try {
    parseBytes(bytes)
    return 'accepted'
  } catch (error) {
    if (error instanceof ParseError) return error.code
    throw error
  }
}
/** A cell of a vCard row by its column. */
const cell = (file: ReturnType<typeof parse>, row: number, header: string) =>
  file.rows[row]!.cells[file.headers.indexOf(header)]

describe('vCard', () => {
  it('reads the quoted-printable names, soft breaks and notes of an Android 2.1 file', () => {
    const file = parse(fixture('android-2.1.vcf'))
    expect(file.format).toBe('vcf')
    expect(file.total).toBe(3)
    expect(cell(file, 0, 'N (given)')).toBe('علی')
    expect(cell(file, 0, 'N (family)')).toBe('رضایی')
    expect(cell(file, 0, 'TEL (cell)')).toBe('0912-345-6789\n+989351112233')
    expect(cell(file, 0, 'TEL (home)')).toBe('02188776655')
    expect(cell(file, 0, 'ADR (home)')).toBe('خیابان شریعتی، کوچهٔ یاس، پلاک ۱۲')
    expect(cell(file, 0, 'NOTE')).toContain('خوش‌حساب')
  })

  it('passes pictures over and counts them', () => {
    const file = parse(fixture('android-2.1.vcf'))
    expect(file.facts.photos).toBe(1)
    expect(JSON.stringify(file.rows)).not.toContain('AAEC')
  })

  it('reads groups, escapes, folded lines and a birthday without a year of an iPhone 3.0 file', () => {
    const file = parse(fixture('iphone-3.0.vcf'))
    expect(cell(file, 0, 'N (prefix)')).toBe('خانم دکتر')
    expect(cell(file, 0, 'TEL')).toBe('(031) 3222 1100')
    expect(cell(file, 0, 'ADR')).toBe('خیابان چهارباغ, نبش کوچهٔ ۳')
    expect(cell(file, 0, 'ADR (code)')).toBe('8145612345')
    expect(cell(file, 0, 'BDAY')).toBe('--05-21')
    expect(cell(file, 0, 'NOTE')).toContain('جواب می‌دهد و این یادداشت در دو سطر')
    expect(cell(file, 1, 'KIND')).toBe('company')
    expect(cell(file, 1, 'TEL (fax)')).toBe('02144556678')
  })

  it('reads tel: addresses and quoted types of 4.0, and a card that lacks its end before the next', () => {
    const file = parse(fixture('desktop-4.0.vcf'))
    expect(cell(file, 0, 'TEL (cell)')).toBe('+98-935-444-5566')
    expect(file.rows.map((r) => r.fault ?? null)).toEqual([null, null, null])
    expect(cell(file, 1, 'TEL (cell)')).toBe('09121110000')
    expect(cell(file, 2, 'FN')).toBe('زهرا نوری')
  })

  it('takes any line end, also when a piece of the file ends inside one', () => {
    expect([...linesOf(['a\r', '\nb\rc\n', 'd'])]).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('delimited text', () => {
  it.each([',', ';', '\t'])('guesses the delimiter %j', (mark) => {
    const file = parseBytes(['نام', 'تلفن', 'شهر'].join(mark) + '\n' + ['علی', '09121234567', 'قم'].join(mark))
    expect(file.headers).toEqual(['نام', 'تلفن', 'شهر'])
    expect(file.rows).toEqual([{ row: 2, cells: ['علی', '09121234567', 'قم'] }])
  })

  it('reads a byte order mark, quotes and line breaks in cells, and numbers rows by their line', () => {
    const file = parse(fixture('google.csv'))
    expect(file.headers[0]).toBe('First Name')
    expect(file.rows.map((r) => r.row)).toEqual([2, 5, 6])
    expect(parse(fixture('accounting.csv')).headers[0]).toBe('کد')
  })

  it('reads UTF-16 as Excel writes «Unicode text»', () => {
    const text = 'نام\tتلفن\nعلی\t09121234567\n'
    expect(parseBytes(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])).total).toBe(1)
  })

  it('takes every line as data where there is no header', () => {
    const file = parseBytes('علی رضایی,09121234567\nزهرا کریمی,09351234567\n')
    expect(file.headers).toEqual([])
    expect(file.total).toBe(2)
  })

  it('loses one row, not the rest of the file, to a quote that never closes', () => {
    const file = parseBytes('نام,تلفن\n"علی,09121234567\nزهرا,09351234567\nمینا,09361234567\n')
    expect(file.rows.map((r) => [r.row, r.fault ?? null])).toEqual([
      [2, 'UNREADABLE'],
      [3, null],
      [4, null],
    ])
  })

  it('marks rows with too many columns or too long a cell', () => {
    const file = parseBytes(`نام,تلفن\n${'a,'.repeat(600)}\nعلی,${'x'.repeat(40_000)}\n`)
    expect(file.rows.map((r) => r.fault)).toEqual(['TOO_MANY_COLUMNS', 'TOO_LONG'])
  })

  it('does not count the thousands of empty cells that a spreadsheet writes behind a row', () => {
    const empty = ','.repeat(16_000)
    const file = parseBytes(`نام,تلفن${empty}\nعلی,09121234567${empty}\n"رضایی, زهرا",09351234567${empty}\n`)
    expect(file.headers).toEqual(['نام', 'تلفن'])
    expect(file.rows).toEqual([
      { row: 2, cells: ['علی', '09121234567'] },
      { row: 3, cells: ['رضایی, زهرا', '09351234567'] },
    ])
  })

  it.each([
    ['EMPTY_FILE', ''],
    ['NO_ROWS', 'نام,تلفن\n'],
    ['UNKNOWN_FORMAT', '%PDF-1.7 hello'],
    ['UNKNOWN_FORMAT', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0])],
    ['BROKEN_FILE', 'PK\u0003\u0004 not a zip at all'],
  ])('refuses with %s', (code, bytes) => {
    expect(refusal(bytes)).toBe(code)
  })
})

function workbook(sheets: Record<string, unknown[][]>): Buffer {
  const book = XLSX.utils.book_new()
  for (const [name, rows] of Object.entries(sheets)) {
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows, { cellDates: true }), name)
  }
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

describe('Excel', () => {
  it('reads the first sheet that holds something, below a title', () => {
    const rows = [['فهرست مشتریان ۱۴۰۵'], [], ['نام', 'موبایل', 'شهر'], ['علی رضایی', 9121234567, 'قم']]
    const file = parseBytes(workbook({ خالی: [[]], مشتریان: rows }))
    expect(file.format).toBe('xlsx')
    expect(file.headers).toEqual(['نام', 'موبایل', 'شهر'])
    expect(file.rows).toEqual([{ row: 4, cells: ['علی رضایی', '9121234567', 'قم'] }])
  })

  it('keeps long numbers whole and days as days', () => {
    const file = parseBytes(
      workbook({
        a: [
          ['نام', 'شبا', 'تولد'],
          ['علی', 6104337812345678, new Date(Date.UTC(1990, 4, 21))],
        ],
      }),
    )
    expect(file.rows[0]!.cells).toEqual(['علی', '6104337812345678', '1990-05-21'])
  })

  it('refuses what unpacks to more than the limit, whether the directory says so or lies', () => {
    const honest = zip(Buffer.alloc(5_000_000), 5_000_000)
    expect(() => guardZip(honest, 1_000_000)).toThrow('UNPACKS_TOO_LARGE')
    expect(() => guardZip(zip(Buffer.alloc(5_000_000), 10), 1_000_000)).toThrow('UNPACKS_TOO_LARGE')
    expect(() => guardZip(honest, 6_000_000)).not.toThrow()
  })
})

/** A zip of one entry that declares `declared` bytes. */
function zip(content: Buffer, declared: number): Buffer {
  const packed = deflateRawSync(content)
  const local = Buffer.alloc(31)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt16LE(1, 26)
  local.write('a', 30)
  const entry = Buffer.alloc(47)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(declared, 24)
  entry.writeUInt16LE(1, 28)
  entry.write('a', 46)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length, 12)
  end.writeUInt32LE(local.length + packed.length, 16)
  return Buffer.concat([local, packed, entry, end])
}
