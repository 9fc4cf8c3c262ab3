import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createEngine } from '../../main/engine/engine.ts'
import { seedCustomers } from '../../main/modules/setup/seed.ts'
import { build } from '../../scripts/build.mjs'

export const name = 'start'

const CUSTOMERS = 1_000_000
const ROUNDS = 5
const STARTER = fileURLToPath(new URL('./process/start-once.mjs', import.meta.url))

interface Once {
  open_ms: number
  page_ms: number
  total_ms: number
  rss_mb: number
  rss_work_mb: number
  customers: number
}

/**
 * The engine as it is shipped (the bundle): running from the sources, Node's type stripping alone takes some 200 MB in the thread.
 * From a fresh process to the first page of the list, with a full book and with an empty one in the same run, taking turns; and the memory
 * of the engine's process then and after some work. `DAFTAR_BENCH_BOOK=file` measures a copy of a seeded book that is there.
 */
export async function run(options: { scale?: number } = {}) {
  build('hosts')
  const base = mkdtempSync(join(tmpdir(), 'daftar-bench-start-'))
  try {
    const full = join(base, 'full')
    const empty = join(base, 'empty')
    const given = process.env['DAFTAR_BENCH_BOOK']
    if (given) cpSync(dirname(given), full, { recursive: true, filter: (path) => !/daftar\.(lock|held)$/.test(path) })
    else await makeBook(full, options.scale ?? CUSTOMERS)
    await makeBook(empty, 0)
    const times = { full: [] as Once[], empty: [] as Once[] }
    for (let i = 0; i < ROUNDS; i++) {
      times.empty.push(await startOnce(empty))
      times.full.push(await startOnce(full))
    }
    const row = (book: 'full' | 'empty') => {
      const list = times[book].toSorted((a, b) => a.total_ms - b.total_ms)
      const middle = list[Math.floor(list.length / 2)]!
      return { book, ...middle }
    }
    const [withNone, withAll] = [row('empty'), row('full')]
    return {
      name,
      rows: [
        { ...withNone, of_empty: 1 },
        { ...withAll, of_empty: Number((withAll.total_ms / withNone.total_ms).toFixed(2)) },
      ],
    }
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

async function makeBook(folder: string, customers: number): Promise<void> {
  const engine = createEngine({ folder, host: { kind: 'test' } })
  const client = engine.client()
  await client.setup.start({ business_name: 'الف', owner_name: 'ب', trade: 'shop', money_unit: 'toman' })
  if (customers > 0) await seedCustomers(engine.ctx(), { customers, seed: 1 })
  engine.close()
}

function startOnce(folder: string): Promise<Once> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [STARTER, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.on('data', (piece) => {
      text += piece
    })
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(text) as Once) : reject(new Error(`start ended with ${code}`)),
    )
  })
}
