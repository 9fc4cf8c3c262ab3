import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as XLSX from '@e965/xlsx'
import Database from 'better-sqlite3'
import Papa from 'papaparse'
import { someLandline, someMobile, someName, somePlace } from '../../main/modules/setup/people.ts'
import { randomFrom } from '../../main/modules/setup/random.ts'
import { build } from '../../scripts/build.mjs'

export const name = 'import'

const ROWS = 100_000
/** An old workbook has no more rows than this. */
const XLS_ROWS = 65_000
const IMPORTER = fileURLToPath(new URL('./process/import-once.mjs', import.meta.url))
const FORMATS = ['csv', 'xlsx', 'xls', 'vcf'] as const
type Format = (typeof FORMATS)[number]

interface Part {
  ms: number
  p99: number
  worst: number
}
interface Once {
  total: number
  added: number
  stage: Part
  preview: Part
  run: Part
  undo: Part | null
  idle_mb: number
  import_mb: number
  undo_mb: number
}

/**
 * A file of 100,000 people through the engine as it is shipped, in a process of its own: read, mapped, compared with the book, written,
 * logged, searchable; and of the CSV also taken back. `times_bare`: against reading the same file with papaparse and inserting bare rows
 * into one table without indexes or a log, in chunks of 1,000, in the same run. And what a ping waits meanwhile, and the peak of memory
 * of the process (engine, reading and all).
 */
export async function run(options: { scale?: number } = {}) {
  build('hosts')
  const count = options.scale ?? ROWS
  const base = mkdtempSync(join(tmpdir(), 'daftar-bench-import-'))
  try {
    const rows: Array<Record<string, string | number | null>> = []
    for (const format of FORMATS) {
      const people = makePeople(format === 'xls' ? Math.min(count, XLS_ROWS) : count)
      const file = join(base, `people.${format}`)
      writeFileSync(file, contents(format, people))
      const bare = format === 'csv' ? bareImport(join(base, 'bare.db'), file) : null
      const book = join(base, `book-${format}`)
      mkdirSync(book)
      const once = await importOnce(book, file, format === 'csv')
      const n = once.total
      const add = (what: string, part: Part, mb: number | null) =>
        rows.push({
          what: `${format}: ${what}`,
          rows: n,
          ms: part.ms,
          rows_per_s: Math.round((n / part.ms) * 1000),
          times_bare: bare === null ? null : Number((part.ms / bare).toFixed(1)),
          ping_p99_ms: part.p99,
          ping_worst_ms: part.worst,
          peak_mb: mb,
        })
      if (bare !== null) add('bare, parse and insert', { ms: Math.round(bare), p99: 0, worst: 0 }, null)
      add('stage: upload, read, guess', once.stage, null)
      add('preview: map and compare all', once.preview, null)
      add('run', once.run, null)
      const worst = Math.max(once.stage.worst, once.run.worst)
      const whole = { ms: once.stage.ms + once.run.ms, p99: Math.max(once.stage.p99, once.run.p99), worst }
      add('import, staging included', whole, once.import_mb)
      if (once.undo) add('undo', once.undo, once.undo_mb)
      rmSync(book, { recursive: true, force: true })
    }
    return { name, rows }
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

function importOnce(folder: string, file: string, undoes: boolean): Promise<Once> {
  return new Promise((resolve, reject) => {
    const args = [IMPORTER, folder, file, ...(undoes ? ['undo'] : [])]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.on('data', (piece) => {
      text += piece
    })
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(text) as Once) : reject(new Error(`import ended with ${code}`)),
    )
  })
}

type Person = [name: string, mobile: string, landline: string, city: string, address: string, group: string]
const HEADERS = ['نام و نام خانوادگی', 'موبایل', 'تلفن', 'شهر', 'آدرس', 'گروه']

function makePeople(count: number): Person[] {
  const random = randomFrom(7)
  return Array.from({ length: count }, (_, i) => {
    const { first_name, last_name } = someName(random)
    const place = somePlace(random)
    const group = random.pick(['عمده', 'خوش‌حساب', 'همکار', ''])
    const landline = random.chance(0.3) ? someLandline(random, place.province) : ''
    return [`${first_name} ${last_name}`, someMobile(random), landline, place.city, `خیابان ${i % 40}`, group]
  })
}

function contents(format: Format, people: Person[]): string | Buffer {
  if (format === 'csv') return `${[HEADERS, ...people].map((cells) => cells.join(',')).join('\n')}\n`
  if (format === 'vcf') return people.map(card).join('')
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([HEADERS, ...people], { dense: true }))
  return XLSX.write(book, { type: 'buffer', bookType: format, compression: true }) as Buffer
}

function card([name, mobile, landline, city, address, group]: Person): string {
  const [first = '', ...rest] = name.split(' ')
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${rest.join(' ')};${first};;;`,
    `FN:${name}`,
    `TEL;TYPE=CELL:${mobile}`,
    ...(landline ? [`TEL;TYPE=WORK:${landline}`] : []),
    `ADR;TYPE=HOME:;;${address};${city};;;`,
    ...(group ? [`CATEGORIES:${group}`] : []),
    'END:VCARD',
  ]
  return `${lines.join('\r\n')}\r\n`
}

function bareImport(path: string, file: string): number {
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(
    'CREATE TABLE bare (pk INTEGER PRIMARY KEY, name TEXT, mobile TEXT, phone TEXT, city TEXT, address TEXT, tag TEXT) STRICT',
  )
  const insert = db.prepare('INSERT INTO bare (name, mobile, phone, city, address, tag) VALUES (?, ?, ?, ?, ?, ?)')
  const began = performance.now()
  const rows = Papa.parse<string[]>(readFileSync(file, 'utf8'), { skipEmptyLines: true }).data.slice(1)
  const put = db.transaction((chunk: string[][]) => {
    for (const row of chunk) insert.run(...row)
  })
  for (let i = 0; i < rows.length; i += 1000) put(rows.slice(i, i + 1000))
  const ms = performance.now() - began
  db.close()
  return ms
}
