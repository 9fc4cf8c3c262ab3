import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as XLSX from '@e965/xlsx'
import fc from 'fast-check'
import Papa from 'papaparse'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Column } from '../../main/modules/exports/cells.ts'
import { csvCell, csvWriter, harmless } from '../../main/modules/exports/csv.ts'
import { birthIso, birthJalali, Dates } from '../../main/modules/exports/dates.ts'
import { joinedList } from '../../main/modules/exports/list-columns.ts'
import type { Person } from '../../main/modules/exports/list-records.ts'
import { OutFile } from '../../main/modules/exports/out-file.ts'
import { cardOf, folded } from '../../main/modules/exports/vcard.ts'
import { xlsxWriter, xmlText } from '../../main/modules/exports/xlsx.ts'
import { dosTime, ZipWriter } from '../../main/modules/exports/zip.ts'
import { parseVcards } from '../../main/modules/imports/parse/vcard.ts'
import { OWN_COLUMNS, ownCells } from '../../main/modules/imports/parse/vcard-own.ts'
import { fromJalali, isValidMonthDay, toJalali, wallTime } from '../../shared/domain/jalali.ts'
import { tidy } from '../../shared/domain/persian-text.ts'
import { unzip } from '../support/unzip.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftar-exports-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const text: Column[] = ['الف', 'ب'].map((header) => ({ header, kind: 'text', width: 10 }))
const stamp = dosTime('2026-11-22', '12:30')

describe('a cell of a CSV', () => {
  it.each(['=1+1', '+cmd', '-2+cmd', '@SUM(A1)', '\t=1', "'=1", '＝1', '=HYPERLINK("http://x")'])(
    '%j is a text to every spreadsheet, and one apostrophe less is what it was',
    (value) => expect(harmless(value)).toBe(`'${value}`),
  )
  it.each(['+98 912 345 6789', '-5', '-1,250.5', '+1 (555) 123-4567', 'علی', '0912', 'a=b', ''])(
    '%j stays as it is',
    (value) => expect(harmless(value)).toBe(value),
  )
  it('comes back from a reader of CSV as it went out, whatever is in it', () => {
    const cells = fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n,;"\' 1aش\u200c\ufeff'), maxLength: 8 })
    fc.assert(
      fc.property(
        fc.array(fc.array(cells, { minLength: 2, maxLength: 2 }), {
          minLength: 1,
        }),
        (rows) => {
          const csv = rows.map((row) => row.map(csvCell).join(',')).join('\r\n')
          const { data } = Papa.parse<string[]>(csv, { delimiter: ',', newline: '\r\n' })
          expect(data).toEqual(rows.map((row) => row.map(harmless)))
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('a workbook', () => {
  const book = (rows: string[][], maxRows?: number) => {
    const out = new OutFile(join(folder, 'a.xlsx'))
    const writer = xlsxWriter(out, text, { name: 'برگه', rtl: true, zip: { stamp }, ...(maxRows && { maxRows }) })
    for (const row of rows) writer.row(row)
    writer.finish()
    out.finish()
    return { cut: writer.cut, book: XLSX.read(readFileSync(join(folder, 'a.xlsx'))) }
  }
  const rowsIn = (read: XLSX.WorkBook, name: string) =>
    XLSX.utils.sheet_to_json<string[]>(read.Sheets[name]!, { header: 1 })

  it('goes on on a second sheet, under the same headers, where the first is full', () => {
    const rows = Array.from({ length: 5 }, (_, i) => [`${i}`, 'x'])
    const { book: read } = book(rows, 3)
    expect(read.SheetNames).toEqual(['برگه', 'برگه 2', 'برگه 3'])
    expect(read.SheetNames.map((name) => rowsIn(read, name).map((r) => r[0]))).toEqual([
      ['الف', '0', '1'],
      ['الف', '2', '3'],
      ['الف', '4'],
    ])
  })

  it('says how many texts were longer than a cell can hold', () => {
    const { cut, book: read } = book([
      ['ک'.repeat(32_767), 'ک'],
      [`${'ک'.repeat(32_765)}😀😀`, 'ک'],
    ])
    expect(cut).toBe(1)
    expect(rowsIn(read, 'برگه').map((r) => r[0]!.length)).toEqual([3, 32_767, 32_766])
  })

  it('holds what XML cannot, and what only looks like its escapes', () => {
    const odd = ['a\u0001b_x0041_c\u001fd<>&"\' e', 'خط ۱\nخط ۲ ']
    expect(rowsIn(book([odd]).book, 'برگه')[1]).toEqual(odd)
    expect(xmlText('\ud800x')).toBe('_xD800_x')
  })
})

describe('a zip', () => {
  it('has its name only when it is whole', () => {
    const out = new OutFile(join(folder, 'a.zip'))
    const zip = new ZipWriter(out, { stamp, large: true })
    zip.begin('سلام.txt')
    zip.text('الف'.repeat(400_000))
    expect(readdirSync(folder)).toEqual(['a.zip.part'])
    zip.end()
    zip.begin('empty')
    zip.end()
    zip.finish()
    out.finish()
    expect(readdirSync(folder)).toEqual(['a.zip'])
    const entries = unzip(readFileSync(join(folder, 'a.zip')))
    expect([...entries].map(([name, bytes]) => [name, bytes.toString().length])).toEqual([
      ['سلام.txt', 1_200_000],
      ['empty', 0],
    ])
    const dropped = new OutFile(join(folder, 'b.zip'))
    csvWriter(dropped, text).row(['x', 'y'])
    dropped.drop()
    expect(readdirSync(folder)).toEqual(['a.zip'])
  })
})

describe('dates', () => {
  it('are those of the wall clock in Tehran, also across its summer times', () => {
    const dates = new Dates()
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2035, 0) }), (ms) => {
        const { day, time } = wallTime(ms)
        const both = dates.instant(ms)
        expect(Date.parse(both.iso)).toBe(Math.floor(ms / 1000) * 1000)
        expect(both.iso.slice(0, 16)).toBe(`${day}T${time}`)
        const { jy, jm, jd } = toJalali(day)
        expect(both.jalali).toBe(`${jy}/${String(jm).padStart(2, '0')}/${String(jd).padStart(2, '0')} ${time}`)
      }),
      { numRuns: 300 },
    )
  })

  it('of birth without a year come back as the same day of the same month', () => {
    for (let birth_jm = 1; birth_jm <= 12; birth_jm++)
      for (let birth_jd = 1; isValidMonthDay(birth_jm, birth_jd); birth_jd++) {
        const iso = birthIso({ birth_jy: null, birth_jm, birth_jd })
        if (birth_jm === 12 && birth_jd === 30) expect(iso).toBeNull()
        else expect(toJalali(`2023${iso!.slice(1)}`)).toMatchObject({ jm: birth_jm, jd: birth_jd })
      }
    expect(birthJalali({ birth_jy: null, birth_jm: 12, birth_jd: 30 }, 'fa')).toBe('30 اسفند')
    expect(birthIso({ birth_jy: 1403, birth_jm: 12, birth_jd: 30 })).toBe(fromJalali(1403, 12, 30))
  })
})

describe('small texts', () => {
  it('names in one cell are parted by what is in none of them', () => {
    expect(joinedList([], 'fa')).toBeNull()
    expect(joinedList(['عمده', 'نقد'], 'fa')).toBe('عمده، نقد')
    expect(joinedList(['خرید، فروش', 'نقد'], 'fa')).toBe('خرید، فروش ::: نقد')
    expect(joinedList(['خرید، فروش'], 'fa')).toBe('خرید، فروش :::')
  })
  it('lines of a card are folded between letters', () => {
    const line = `NOTE:${'نوشته‌ای 😀 '.repeat(30)}`
    const lines = folded(line).split('\r\n')
    expect(lines.every((l) => Buffer.byteLength(l) <= 75)).toBe(true)
    expect(lines.map((l, i) => (i === 0 ? l : l.slice(1))).join('')).toBe(line)
  })
})

describe('a card', () => {
  it('says what went into it, whatever signs are in the names, the address and the notes', () => {
    const letters = fc.constantFrom(...'=+-@,;:\\n\'" 1aش\u200c', '\n', '\\', 'END:VCARD', '😀')
    const words = fc.string({ unit: letters, maxLength: 40 }).map(tidy)
    const line = words.map((text) => tidy(text.replaceAll('\n', ' ')))
    fc.assert(
      fc.property(line, line, line, words, line, (first_name, last_name, address, about, source) => {
        const person = { ...NOBODY, first_name, last_name, about, source, addresses: [{ ...PLACE, address }] }
        const card = cardOf(person, { words: (key) => key, private: false })
        const [read, ...others] = [...parseVcards(card.split('\r\n'))]
        const cells = ownCells(read!)!
        const cell = (header: string) => cells[OWN_COLUMNS.findIndex((c) => c[0] === header)]
        expect(others).toEqual([])
        expect(['First name', 'Last name', 'Address', 'City', 'Notes', 'Source'].map(cell)).toEqual([
          first_name,
          last_name,
          address,
          'یزد',
          about,
          source,
        ])
      }),
      { numRuns: 300 },
    )
  })
})

const PLACE = { type: 'shop', province: null, city: 'یزد', address: null, postal_code: null }
const NOBODY: Person = {
  pk: 1,
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  kind: 'person',
  title: null,
  first_name: null,
  last_name: null,
  company_name: null,
  national_id: null,
  company_id: null,
  economic_code: null,
  registration_number: null,
  sheba: null,
  card_number: null,
  birth_jy: null,
  birth_jm: null,
  birth_jd: null,
  credit_limit: null,
  blacklisted: 0,
  blacklist_reason: null,
  about: null,
  name: 'نام',
  city: null,
  created_at: 0,
  updated_at: 0,
  last_contact: null,
  next_contact: null,
  source: null,
  owner: null,
  channels: [],
  addresses: [],
  links: [],
  roles: [],
  tags: [],
  groups: [],
}
