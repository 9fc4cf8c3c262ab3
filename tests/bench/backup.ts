import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openDb } from '../../main/db/open.ts'
import { syncFile } from '../../main/db/sync-disk.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { build } from '../../scripts/build.mjs'
import { EVERYBODY } from '../../shared/contract/filter.ts'
import { socketClient, startHost } from '../support/web-host.ts'
import { openBook, quantile, round } from './book.ts'

export const name = 'backup'

const CUSTOMERS = 1_000_000

/**
 * A backup of a million customers by the product itself (copied in steps from one read transaction, walked through, counted, on the disk) against
 * copying the closed file in the same run, and VACUUM INTO of the same book; and what a page of the
 * list takes meanwhile.
 * DAFTAR_BENCH_BOOK measures a copy of a book that is there. The host is the bundle, as it ships.
 */
export async function run(options: { scale?: number } = {}) {
  const customers = options.scale ?? CUSTOMERS
  const seeded = await openBook(customers)
  const given = seeded.ctx.db.file
  seeded.ctx.db.raw.pragma('wal_checkpoint(TRUNCATE)')
  if (!build('renderer') || !build('hosts')) throw new Error('the host could not be built')
  const base = mkdtempSync(join(process.env['DAFTAR_BENCH_DIR'] ?? tmpdir(), 'daftar-bench-backup-'))
  try {
    const data = join(base, 'data')
    mkdirSync(data)
    const file = join(data, 'daftar.db')
    copyFileSync(given, file)
    seeded.close()

    const copied = await measured(async () => {
      const target = join(base, 'bare.db')
      copyFileSync(file, target)
      syncFile(target)
    })
    rmSync(join(base, 'bare.db'))
    const vacuumed = await measured(async () => {
      const db = openDb(file, { readonly: true })
      db.raw.prepare('VACUUM INTO ?').run(join(base, 'vacuum.db'))
      db.close()
      const copy = new Database(join(base, 'vacuum.db'), { readonly: true })
      copy.pragma('quick_check(1)')
      copy.close()
      syncFile(join(base, 'vacuum.db'))
    })
    rmSync(join(base, 'vacuum.db'))

    const host = await startHost(data)
    const { client, socket } = socketClient(host)
    try {
      const names = { business_name: 'الف', owner_name: 'ب', trade: 'shop', money_unit: 'toman' } as const
      if (!(await client.system.status()).set_up) await client.setup.start(names)
      const quiet = await pages(client, () => new Promise((resolve) => setTimeout(resolve, 1500)))
      const steps: Record<string, number> = {}
      let backup = ''
      const busy = await pages(client, async () => {
        let known = performance.now()
        for await (const step of await client.backups.run({})) {
          const now = performance.now()
          steps[step.step] = (steps[step.step] ?? 0) + now - known
          known = now
          if (step.step === 'done') backup = step.files[0] ?? ''
        }
      })
      const verified = await measured(async () => {
        for await (const _ of await client.backups.verify({ file: backup }));
      })
      const restored = await measured(async () => {
        for await (const _ of await client.backups.restore({ file: backup }));
      })
      const ratio = (ms: number) => Number((ms / copied).toPrecision(3))
      const row = (what: string, ms: number, of: number | null = null) => ({ what, ms: round(ms), of_copying: of })
      return {
        name,
        rows: [
          { what: `copying the file (${Math.round(statSync(file).size / 1e6)} MB)`, ms: round(copied), of_copying: 1 },
          row('VACUUM INTO and quick_check, for comparison', vacuumed, ratio(vacuumed)),
          row('backup, checked', busy.ms, ratio(busy.ms)),
          row('  of it copying', steps['copy'] ?? 0),
          row('  of it checking', (steps['verify'] ?? 0) + (steps['done'] ?? 0)),
          row('checking a copy again', verified, ratio(verified)),
          row('restore, the present backed up first', restored, ratio(restored)),
          row('a page of the list at rest, p95', quantile(quiet.waits, 0.95)),
          row('a page of the list during the backup, p95', quantile(busy.waits, 0.95)),
          row('a page of the list during the backup, worst', busy.waits.at(-1) ?? 0),
        ],
      }
    } finally {
      socket.terminate()
      await host.stop()
    }
  } finally {
    if (seeded.ctx.db.raw.open) seeded.close()
    rmSync(base, { recursive: true, force: true })
  }
}

async function measured(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** How long the work took, and what a page of the list took meanwhile, sorted; asked for oftener than anybody types. */
async function pages(client: Client, work: () => Promise<unknown>): Promise<{ ms: number; waits: number[] }> {
  const waits: number[] = []
  let isOver = false
  const watch = (async () => {
    while (!isOver) {
      const asked = performance.now()
      await client.customers.page({
        filter: EVERYBODY,
        sort: { field: 'name', desc: false },
        limit: 50,
        at: { index: waits.length % 1000 },
      })
      waits.push(performance.now() - asked)
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  })()
  const ms = await measured(work)
  isOver = true
  await watch
  return { ms, waits: waits.sort((a, b) => a - b) }
}
