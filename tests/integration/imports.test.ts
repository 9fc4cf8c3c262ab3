import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { write } from '../../main/db/write.ts'
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

const fixture = (name: string) =>
  new File([readFileSync(fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url)))], name)
const csv = (text: string, name = 'a.csv') => new File([text], name)
/** A file of `count` people, all different. */
const people = (count: number) =>
  csv(`نام,موبایل\n${Array.from({ length: count }, (_, i) => `مشتری ${i},0912${String(1_000_000 + i)}`).join('\n')}\n`)

async function run(id: string, options: { on_duplicate?: 'skip' | 'fill' | 'update' | 'add' } = {}) {
  let last: Awaited<ReturnType<typeof client.imports.list>>[number] | object = {}
  for await (const progress of await client.imports.run({ id, ...options })) last = progress
  return last
}
const count = (table: string) =>
  (ctx.db.prepare(`SELECT count(*) AS n FROM ${table} WHERE deleted = 0`).get() as { n: number }).n
const batchOf = async (id: string) => (await client.imports.list()).find((b) => b.id === id)!

describe('stage', () => {
  it('guesses the columns of an accounting list and keeps the file', async () => {
    const staged = await client.imports.stage({ file: fixture('accounting.csv') })
    expect(staged.format).toBe('csv')
    expect(staged.total).toBe(6)
    expect(staged.mapping).toEqual([
      null,
      'full_name',
      'mobile',
      'phone',
      'city',
      'address',
      'national_id',
      'birthday',
      'credit_limit',
      'groups',
      'note',
    ])
    expect(existsSync(join(ctx.folder, 'imports', staged.id, 'source'))).toBe(true)
    expect(await batchOf(staged.id)).toMatchObject({ state: 'staged', file_name: 'accounting.csv', total: 6, done: 0 })
  })

  it('shows only the columns of a card file that hold something', async () => {
    const staged = await client.imports.stage({ file: fixture('desktop-4.0.vcf') })
    expect(staged.headers).toEqual([
      'FN',
      'N (given)',
      'N (family)',
      'TEL (cell)',
      'TEL',
      'ADR (home)',
      'ADR (home, city)',
      'ADR (home, region)',
      'BDAY',
    ])
  })

  it.each([
    ['EMPTY_FILE', new Uint8Array()],
    ['NO_ROWS', new TextEncoder().encode('نام,تلفن\n')],
    ['UNKNOWN_FORMAT', new TextEncoder().encode('%PDF-1.4')],
    ['BROKEN_FILE', Uint8Array.from([0x50, 0x4b, 3, 4, 9, 9])],
  ])('refuses with %s and keeps nothing', async (code, bytes) => {
    await expect(client.imports.stage({ file: new File([bytes], 'x.csv') })).rejects.toMatchObject({ code })
    expect(await client.imports.list()).toEqual([])
  })

  it('refuses a file over the limit before reading it, and says the limit', async () => {
    const file = csv('x')
    Object.defineProperty(file, 'size', { value: 300 * 1024 * 1024 })
    await expect(client.imports.stage({ file })).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      data: { limit: 200 * 1024 * 1024 },
    })
  })
})

describe('preview', () => {
  it('shows the rows as they would be, and counts good, bad and known of all', async () => {
    await client.customers.add({
      kind: 'person',
      last_name: 'قبلی',
      channels: [{ kind: 'phone', type: 'mobile', value: '09193334466' }],
    })
    const { id, mapping } = await client.imports.stage({ file: fixture('accounting.csv') })
    const preview = await client.imports.preview({ id, mapping })
    expect(preview.counts).toEqual({
      rows: 6,
      bad: 1,
      skip: 2,
      fill: 0,
      update: 0,
      add: 3,
      warned: 1,
      duplicates: 2,
      of_book: 1,
      of_file: 1,
      problems: 3,
      chosen: 0,
    })
    expect(preview.rows.map((r) => r.outcome)).toEqual(['add', 'add', 'skip', 'bad', 'add', 'skip'])
    expect(preview.rows.map((r) => r.duplicate?.row ?? r.duplicate?.name ?? null)).toEqual([
      null,
      null,
      'قبلی',
      null,
      null,
      2,
    ])
    expect(preview.rows[0]).toMatchObject({ row: 2, name: 'علی محمدی‌پور', phone: '+989123334455', city: 'تهران' })
    expect(count('party')).toBe(1)
  })

  it('follows another mapping', async () => {
    const { id } = await client.imports.stage({ file: csv('a,b\nعلی,09121234567\n') })
    const preview = await client.imports.preview({ id, mapping: ['note', null] })
    expect(preview.counts).toMatchObject({ add: 0, bad: 1 })
  })
})

describe('run', () => {
  it('brings an accounting list in, with companies, tags and cities that are found afterwards', async () => {
    const { id } = await client.imports.stage({ file: fixture('accounting.csv') })
    expect(await run(id)).toMatchObject({ state: 'done', total: 6, done: 6, added: 4, failed: 1 })
    const found = await client.search.all({ text: 'محمدی پور' })
    expect(found.customers.map((h) => h.customer.name)).toEqual(['علی محمدی‌پور'])
    expect(found.customers[0]!.customer.tags.map((t) => t.name)).toEqual(['عمده', 'خوش‌حساب'])
    expect(existsSync(join(ctx.folder, 'imports', id))).toBe(false)
    expect((await client.system.check()).problems).toEqual([])
  })

  it('makes an employer once, links people to it, and uses one that is there already', async () => {
    const { id: known } = await client.customers.add({ kind: 'company', company_name: 'شرکت پارس' })
    const { id } = await client.imports.stage({
      file: csv('نام,محل کار,سمت\nعلی رضایی,شركت پارس,مدیر\nزهرا کریمی,صدف,حسابدار\nرضا علوی,صدف,مدیر\n'),
    })
    await run(id)
    expect(count('party')).toBe(5)
    const links = (await client.customers.get({ id: known })).links
    expect(links.map((l) => [l.kind, l.role, l.outgoing, l.other.name])).toEqual([
      ['works_at', 'مدیر', false, 'علی رضایی'],
    ])
  })

  it('skips who is known unless told otherwise', async () => {
    const file = () => csv('نام,موبایل\nعلی رضایی,09121234567\nعلی رضایی,0912 123 4567\n')
    const first = await client.imports.stage({ file: file() })
    expect(await run(first.id)).toMatchObject({ done: 2, added: 1, failed: 0 })
    const second = await client.imports.stage({ file: file() })
    expect(await run(second.id, { on_duplicate: 'add' })).toMatchObject({ done: 2, added: 2, failed: 0 })
  })

  it('does not take two people for one because of their office’s landline', async () => {
    const { id } = await client.imports.stage({
      file: csv('نام,موبایل,تلفن\nعلی رضایی,09121234567,02188776655\nزهرا کریمی,09121234568,02188776655\n'),
    })
    expect(await run(id)).toMatchObject({ added: 2 })
  })

  it('lists every problem with the cells of its row, page by page', async () => {
    const { id } = await client.imports.stage({ file: fixture('accounting.csv') })
    await run(id)
    const { problems, total } = await client.imports.problems({ id })
    expect(total).toBe(4)
    expect(problems.map((p) => [p.row, p.code])).toEqual([
      [4, 'BAD_DATE'],
      [4, 'BAD_NUMBER'],
      [5, 'NO_NAME_OR_PHONE'],
      [6, 'BAD_PHONE'],
    ])
    expect(problems[2]!.cells[0]).toBe('1004')
    const rest = await client.imports.problems({ id, after: 5, limit: 1 })
    expect(rest.problems.map((p) => p.row)).toEqual([6])
  })

  it('counts apart what came in whole, what came in with a warning, and what did not', async () => {
    const file = () => csv('نام,موبایل,شهر\nعلی رضایی,09121234567,\nزهرا کریمی,شماره ندارد,\n,,قم\n')
    const { id, mapping } = await client.imports.stage({ file: file() })
    expect((await client.imports.preview({ id, mapping })).counts).toMatchObject({ add: 2, bad: 1, warned: 1 })
    expect(await run(id)).toMatchObject({ added: 2, warned: 1, failed: 1 })
    expect(await batchOf(id)).toMatchObject({ added: 2, warned: 1, failed: 1 })
  })

  it('brings rows in with codes that cannot be right, shows them apart beforehand, and tells them afterwards', async () => {
    const { id, mapping } = await client.imports.stage({
      file: csv(
        'نام,موبایل,کد ملی\nعلی رضایی,09121234567,1234567890\nزهرا کریمی,123,0012345679\nرضا علوی,09121234569,\n,,\u06f1\u06f2\n',
      ),
    })
    const { counts, rows } = await client.imports.preview({ id, mapping, show: 'warned' })
    expect(counts).toMatchObject({ rows: 4, add: 3, bad: 1, warned: 2, problems: 3 })
    expect(rows.map((r) => [r.row, r.outcome, r.problems.map((p) => p.code)])).toEqual([
      [2, 'add', ['BAD_CODE']],
      [3, 'add', ['BAD_PHONE']],
    ])
    expect(await run(id)).toMatchObject({ added: 3, warned: 2, failed: 1 })
    const { problems } = await client.imports.problems({ id })
    expect(problems.map((p) => [p.row, p.code, p.came])).toEqual([
      [2, 'BAD_CODE', true],
      [3, 'BAD_PHONE', true],
      [5, 'NO_NAME_OR_PHONE', false],
      [5, 'BAD_CODE', false],
    ])
    const ali = (await client.search.all({ text: 'علی رضایی' })).customers[0]!.customer
    expect((await client.customers.get({ id: ali.id })).national_id).toBe('1234567890')
  })

  it('does not take people for one because the same nonsense stands where their id should', async () => {
    const { id, mapping } = await client.imports.stage({
      file: csv('نام,کد ملی\nعلی رضایی,0000000000\nزهرا کریمی,0000000000\nرضا علوی,123\nمینا شکوهی,123\n'),
    })
    expect((await client.imports.preview({ id, mapping })).counts).toMatchObject({ add: 4, duplicates: 0, warned: 4 })
    expect(await run(id)).toMatchObject({ added: 4, skipped: 0 })
  })

  it('has nothing to say about the row of someone who is left as they are', async () => {
    const { id: first } = await client.imports.stage({ file: people(1) })
    await run(first)
    const { id } = await client.imports.stage({ file: csv('نام,موبایل,تاریخ تولد\nالف,09121000000,دیروز\n') })
    expect(await run(id)).toMatchObject({ done: 1, added: 0, warned: 0, failed: 0 })
    expect((await client.imports.problems({ id })).total).toBe(0)
  })

  it('names the column of a cell that is too long', async () => {
    const long = 'ا'.repeat(40_000)
    const { id } = await client.imports.stage({ file: csv(`نام,ستون ناشناس\nعلی,${long}\n${long},ب\n`) })
    const mapping = ['full_name' as const, null]
    const { rows } = await client.imports.preview({ id, mapping })
    expect(rows.flatMap((r) => r.problems.map((p) => [p.code, p.field, p.value]))).toEqual([
      ['TOO_LONG', null, 'ستون ناشناس'],
      ['TOO_LONG', 'full_name', 'نام'],
    ])
  })

  it('stops at cancel, keeps what came in, and goes on when run again, each row once', async () => {
    const { id } = await client.imports.stage({ file: people(2500) })
    for await (const { done } of await client.imports.run({ id })) if (done > 0) await client.imports.cancel({ id })
    const cancelled = await batchOf(id)
    expect(cancelled.state).toBe('cancelled')
    expect(cancelled.done).toBeGreaterThan(0)
    expect(cancelled.done).toBeLessThan(2500)
    expect(count('party')).toBe(cancelled.added)
    // A window that only looks in takes nothing up again.
    for await (const step of await client.imports.run({ id, start: false })) expect(step.state).toBe('cancelled')
    expect(await batchOf(id)).toEqual(cancelled)
    expect(await run(id)).toMatchObject({ state: 'done', done: 2500, added: 2500 })
    expect(count('party')).toBe(2500)
  })

  it('goes on although the window that started it went away, and another can follow it', async () => {
    const { id } = await client.imports.stage({ file: people(1500) })
    for await (const _ of await client.imports.run({ id })) break
    expect(await run(id)).toMatchObject({ state: 'done', added: 1500 })
    expect(count('party')).toBe(1500)
  })

  it('lets other calls in between its chunks', async () => {
    const { id } = await client.imports.stage({ file: people(1500) })
    let answered = 0
    const running = run(id)
    while ((await batchOf(id)).state !== 'done') {
      await client.system.ping()
      answered++
      await new Promise((resolve) => setImmediate(resolve))
    }
    await running
    expect(answered).toBeGreaterThan(2)
  })

  it('answers with the end of an import that is over', async () => {
    const { id } = await client.imports.stage({ file: people(3) })
    await run(id)
    expect(await run(id)).toMatchObject({ state: 'done', added: 3 })
    expect(count('party')).toBe(3)
  })
})

describe('undo and discard', () => {
  it('takes the whole import back in one step, but not what someone changed since', async () => {
    const { id } = await client.imports.stage({ file: people(1200) })
    await run(id)
    const { rows } = await client.customers.page({
      filter: { where: { op: 'and', rules: [] }, trash: false },
      sort: { field: 'name', desc: false },
      limit: 1,
      at: { index: 0 },
    })
    await client.customers.update({ id: rows[0]!.id, patch: { about: 'مهم' } })
    const result = await client.imports.undo({ id })
    expect(result.change).not.toBeNull()
    expect(result.kept_total).toBeGreaterThan(0)
    expect(count('party')).toBe(1)
    expect((await batchOf(id)).state).toBe('undone')
    expect((await client.system.check()).problems).toEqual([])
  })

  it('tells every window that an undo runs, and of one that was cut off that it does not', async () => {
    const { id } = await client.imports.stage({ file: people(400) })
    await run(id)
    const seen: string[] = []
    const note = async () => {
      const { state, undo_runs } = await batchOf(id)
      const now = `${state} ${undo_runs}`
      if (seen.at(-1) !== now) seen.push(now)
      return state
    }
    await note()
    const undoing = client.imports.undo({ id })
    while ((await note()) !== 'undone') await new Promise((resolve) => setTimeout(resolve))
    await undoing
    await note()
    expect(seen.filter((now) => !now.startsWith('done'))).toEqual(['undoing true', 'undone false'])
    expect(seen[0]).toBe('done false')
    write(ctx, 'test', (tx) => tx.db.prepare("UPDATE batch SET state = 'undoing' WHERE id = ?").run(id))
    expect(await batchOf(id)).toMatchObject({ state: 'undoing', undo_runs: false })
  })

  it('undoes an import that brought nothing without an error', async () => {
    const { id } = await client.imports.stage({ file: csv('نام,تلفن,شهر\n,,قم\n') })
    await run(id)
    expect(await client.imports.undo({ id })).toEqual({ change: null, restored: 0, kept_total: 0 })
  })

  it('leaves nothing of what a crash left behind, an hour later, but keeps what waits to be finished', async () => {
    const { id } = await client.imports.stage({ file: people(2) })
    const left = join(ctx.folder, 'imports', ctx.ids.next())
    mkdirSync(left)
    ctx.clock.advance(3_500_000)
    const young = await client.imports.stage({ file: people(2) })
    expect(existsSync(left)).toBe(true)
    ctx.clock.advance(200_000)
    await client.imports.discard({ id: young.id })
    await client.imports.stage({ file: people(2) })
    expect(existsSync(left)).toBe(false)
    expect(existsSync(join(ctx.folder, 'imports', id))).toBe(true)
  })

  it('discards a staged file and its row', async () => {
    const { id } = await client.imports.stage({ file: people(2) })
    await client.imports.discard({ id })
    expect(existsSync(join(ctx.folder, 'imports', id))).toBe(false)
    expect(await client.imports.list()).toEqual([])
  })
})

describe('who may', () => {
  it('only the owner imports, and an import must exist', async () => {
    const seller = clientAs(ctx, 'seller')
    await expect(seller.imports.list()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(seller.imports.stage({ file: people(1) })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const id = ctx.ids.next()
    for (const call of [
      () => client.imports.preview({ id, mapping: [] }),
      () => client.imports.reread({ id, options: {} }),
      () => client.imports.choose({ id, rows: [{ row: 2, choice: 'skip' }] }),
      () => client.imports.report({ id, name: 'a', header: 'b', reasons: {}, fields: {} }),
      () => client.imports.run({ id }),
      () => client.imports.cancel({ id }),
      () => client.imports.discard({ id }),
      () => client.imports.problems({ id }),
      () => client.imports.undo({ id }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND', data: { kind: 'import' } })
    }
  })
})
