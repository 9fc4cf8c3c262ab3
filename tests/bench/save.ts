import { customersService } from '../../main/modules/customers/service.ts'
import { CustomerInput } from '../../shared/contract/customers.ts'
import { sortKey } from '../../shared/domain/sort-key.ts'
import { openBook, quantile, round, timings } from './book.ts'
import { copyOfTable } from './copy-table.ts'

export const name = 'save'

const SAVES = 500

/**
 * Saving one customer with a phone and an address through the service (log, derived columns, search row included), taking turns with two
 * bare one-row transactions in the same file: into a table of five columns without an index, and into a copy of the customers' table as it
 * is, with its columns and indexes and the rows of the book in it, but without log, search and history.
 */
export async function run(
  options: { scale?: number } = {},
): Promise<{ name: string; rows: Array<Record<string, string | number>> }> {
  const book = await openBook(options.scale ?? 100_000)
  try {
    const { ctx } = book
    const { raw } = ctx.db
    raw.exec(
      'CREATE TABLE IF NOT EXISTS bench_bare (pk INTEGER PRIMARY KEY, id TEXT, name TEXT, phone TEXT, city TEXT) STRICT',
    )
    const insert = raw.prepare('INSERT INTO bench_bare (id, name, phone, city) VALUES (?, ?, ?, ?)')
    copyOfTable(raw, 'party')
    const same = raw.prepare(
      "INSERT INTO bench_party (id, last_name, name, name_sort, created_at, updated_at, kind) VALUES (?, ?, ?, ?, ?, ?, 'person')",
    )
    const call = { signal: undefined }
    const bare: number[] = []
    const whole: number[] = []
    const add: number[] = []
    const update: number[] = []
    for (let i = 0; i < SAVES; i++) {
      const phone = `0912${String(1_000_000 + ((i * 7919) % 9_000_000))}`
      const input = CustomerInput.parse({
        kind: 'person',
        first_name: 'سنجش',
        last_name: `آزمایشی ${i}`,
        channels: [{ kind: 'phone', type: 'mobile', value: phone }],
        addresses: [{ type: 'work', province: 'تهران', city: 'تهران', address: null, postal_code: null }],
      } as Parameters<typeof CustomerInput.parse>[0])
      bare.push(
        ...timings([0], () => {
          raw.exec('BEGIN IMMEDIATE')
          insert.run(ctx.ids.next(), input.last_name, phone, 'تهران')
          raw.exec('COMMIT')
        }),
      )
      whole.push(
        ...timings([0], () => {
          raw.exec('BEGIN IMMEDIATE')
          same.run(ctx.ids.next(), input.last_name, input.last_name, sortKey(input.last_name ?? ''), i, i)
          raw.exec('COMMIT')
        }),
      )
      const made: string[] = []
      add.push(...timings([0], () => made.push((customersService.add(ctx, input, call) as { id: string }).id)))
      update.push(...timings(made, (id) => customersService.update(ctx, { id, patch: { first_name: 'سنجیده' } }, call)))
    }
    raw.exec('DROP TABLE bench_bare; DROP TABLE bench_party')
    const median = (ms: number[]) =>
      quantile(
        ms.sort((a, b) => a - b),
        0.5,
      )
    const row = (what: string, ms: number[]) => ({
      what,
      'p50 ms': round(median(ms)),
      'p99 ms': round(quantile(ms, 0.99)),
      'x five columns': round(median(ms) / median(bare)),
      'x same table': round(median(ms) / median(whole)),
      gate:
        median(ms) <= 3 * median(bare) ? 'ok' : median(ms) <= 3 * median(whole) ? 'ok of same table' : 'MISSED (3x)',
    })
    return {
      name,
      rows: [
        row('bare one-row transaction, five columns', bare),
        row('bare one-row transaction, same table', whole),
        row('add a customer', add),
        row('change a name', update),
      ],
    }
  } finally {
    book.close()
  }
}
