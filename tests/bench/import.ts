import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import Papa from 'papaparse'
import { startEngine } from '../../main/engine/start.ts'
import { someLandline, someMobile, someName, somePlace } from '../../main/modules/setup/people.ts'
import { randomFrom } from '../../main/modules/setup/random.ts'

export const name = 'import'

const ROWS = 100_000

/**
 * A CSV of 100,000 people through the engine (parsed, mapped, checked for who is known, logged, searchable) against reading the same file
 * with papaparse and inserting bare rows into a table without a log, in chunks of the same size. And what a ping waits meanwhile.
 */
export async function run(options: { scale?: number } = {}) {
  const count = options.scale ?? ROWS
  const base = mkdtempSync(join(tmpdir(), 'daftar-bench-import-'))
  const file = join(base, 'people.csv')
  const csv = makeCsv(count)
  writeFileSync(file, csv)
  try {
    const bare = bareImport(join(base, 'bare.db'), file)
    const engine = await startEngine({ folder: join(base, 'book'), kind: 'test' })
    try {
      const client = engine.client()
      await client.setup.start({ business_name: 'الف', owner_name: 'ب', trade: 'shop', money_unit: 'toman' })
      const began = performance.now()
      const { id } = await client.imports.stage({ file: new File([readFileSync(file)], 'people.csv') })
      const staged = performance.now()
      const pings: number[] = []
      let over = false
      const watch = (async () => {
        while (!over) {
          const asked = performance.now()
          await client.system.ping()
          pings.push(performance.now() - asked)
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      })()
      for await (const progress of await client.imports.run({ id })) if (progress.state !== 'running') over = true
      const ended = performance.now()
      over = true
      await watch
      pings.sort((a, b) => a - b)
      const rate = (ms: number) => Math.round((count / ms) * 1000)
      return {
        name,
        rows: [
          { what: 'bare: parse and insert', ms: Math.round(bare), rows_per_s: rate(bare), of_bare: 1 },
          {
            what: 'stage: upload, parse, guess',
            ms: Math.round(staged - began),
            rows_per_s: rate(staged - began),
            of_bare: null,
          },
          {
            what: 'import, staging included',
            ms: Math.round(ended - began),
            rows_per_s: rate(ended - began),
            of_bare: Number((bare / (ended - began)).toFixed(3)),
          },
          {
            what: 'ping meanwhile, p99',
            ms: Math.round(pings[Math.floor(pings.length * 0.99)] ?? 0),
            rows_per_s: null,
            of_bare: null,
          },
          { what: 'ping meanwhile, worst', ms: Math.round(pings.at(-1) ?? 0), rows_per_s: null, of_bare: null },
        ],
      }
    } finally {
      await engine.close()
    }
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

function makeCsv(count: number): string {
  const random = randomFrom(7)
  const lines = ['نام و نام خانوادگی,موبایل,تلفن,شهر,آدرس,گروه']
  for (let i = 0; i < count; i++) {
    const { first_name, last_name } = someName(random)
    const place = somePlace(random)
    const group = random.pick(['عمده', 'خوش‌حساب', 'همکار', ''])
    lines.push(
      `${first_name} ${last_name},${someMobile(random)},${random.chance(0.3) ? someLandline(random, place.province) : ''},${place.city},خیابان ${i % 40},${group}`,
    )
  }
  return `${lines.join('\n')}\n`
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
