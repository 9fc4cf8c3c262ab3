import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { write } from '../../main/db/write.ts'
import { customersModule } from '../../main/modules/customers/module.ts'
import { customersService as customers } from '../../main/modules/customers/service.ts'
import { addCustomerTx } from '../../main/modules/customers/write.ts'
import { CustomerInput } from '../../shared/contract/customers.ts'
import { EVERYBODY, type Filter, type FilterRule } from '../../shared/contract/filter.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

const CALL = { signal: undefined }
type Bulk = Parameters<typeof customers.bulk>[1]
type Given = Parameters<typeof CustomerInput.parse>[0]
let ctx: TestCtx
beforeEach(async () => {
  ctx = await testCtx()
})
afterEach(() => {
  expect(customersModule.check?.(ctx)).toEqual([])
  ctx.close()
})

const people = (n: number): string[] =>
  write(ctx, 'test', (tx) =>
    Array.from({ length: n }, (_, i) => {
      return addCustomerTx(tx, CustomerInput.parse({ kind: 'person', last_name: `نفر ${i}` } as Given)).id
    }),
  )
const tag = (name: string) => (customers.tags.add(ctx, { name, kind: 'tag', color: null }, CALL) as { id: string }).id
const bulk = async (target: Bulk['target'], action: Bulk['action']) => customers.bulk(ctx, { target, action }, CALL)
const where = (...rules: FilterRule[]): Filter => ({ where: { op: 'and', rules }, trash: false })
const count = (filter: Filter) => (customers.count(ctx, { filter }, CALL) as { count: number }).count
const transactions = (verb: string) =>
  ctx.db.prepare('SELECT tx, batch FROM change_tx WHERE verb = ?').all(verb) as Array<{
    tx: number
    batch: string | null
  }>

describe('a change of many customers', () => {
  it('of up to a thousand is one transaction', async () => {
    const ids = people(30)
    const vip = tag('ویژه')
    const result = await bulk({ ids: ids.slice(0, 20) }, { kind: 'addTag', tag_id: vip })
    expect(transactions('customers.bulk.addTag')).toEqual([{ tx: result.change, batch: null }])
    expect(result).toMatchObject({ batch: null, count: 20 })
    expect(count(where({ field: 'text', test: 'matches', value: 'ویژه' }))).toBe(20)
    expect(await bulk({ ids }, { kind: 'addTag', tag_id: vip })).toMatchObject({ count: 10 })
    expect(await bulk({ ids }, { kind: 'addTag', tag_id: vip })).toEqual({ count: 0, change: null, batch: null })
    expect(await bulk({ ids: ids.slice(0, 7) }, { kind: 'removeTag', tag_id: vip })).toMatchObject({ count: 7 })
    expect(count(where({ field: 'tag', test: 'is', value: vip }))).toBe(23)
    expect(count(where({ field: 'text', test: 'matches', value: 'ویژه' }))).toBe(23)
  })
  it('sets owner, source and role, and deletes', async () => {
    const ids = people(5)
    const source = (customers.sources.add(ctx, { name: 'نمایشگاه' }, CALL) as { id: string }).id
    await bulk({ ids: ids.slice(0, 2) }, { kind: 'setOwner', owner_id: null })
    await bulk({ ids: ids.slice(0, 3) }, { kind: 'setSource', source_id: source })
    await bulk({ ids: ids.slice(0, 4) }, { kind: 'addRole', role: 'supplier' })
    expect([
      count(where({ field: 'owner', test: 'isEmpty', value: null })),
      count(where({ field: 'source', test: 'is', value: source })),
      count(where({ field: 'role', test: 'is', value: 'supplier' })),
      count(where({ field: 'role', test: 'is', value: 'customer' })),
    ]).toEqual([2, 3, 4, 5])
    expect(await bulk({ ids }, { kind: 'delete' })).toMatchObject({ count: 5 })
    expect([count(EVERYBODY), count({ ...EVERYBODY, trash: true })]).toEqual([0, 5])
    expect(await bulk({ ids }, { kind: 'delete' })).toMatchObject({ count: 0, change: null })
  })
  it('goes by a filter, some left out', async () => {
    const ids = people(12)
    const filter = where({ field: 'name', test: 'contains', value: 'نفر 1' })
    const done = await bulk({ filter, except: [ids[11]!] }, { kind: 'delete' })
    expect(done.count).toBe(2)
    expect(count(EVERYBODY)).toBe(10)
  })
  it('brings back from the trash, by name and all that a filter shows there', async () => {
    const ids = people(6)
    await bulk({ ids }, { kind: 'delete' })
    expect(await bulk({ ids: ids.slice(0, 2) }, { kind: 'restore' })).toMatchObject({ count: 2 })
    expect(await bulk({ ids: ids.slice(0, 2) }, { kind: 'restore' })).toMatchObject({ count: 0, change: null })
    const trash = { ...EVERYBODY, trash: true }
    expect(await bulk({ filter: trash, except: [ids[5]!] }, { kind: 'restore' })).toMatchObject({ count: 3 })
    expect([count(EVERYBODY), count(trash)]).toEqual([5, 1])
    expect(count(where({ field: 'text', test: 'matches', value: 'نفر' }))).toBe(5)
  })
  it('of more tells how far it is, and stops where it is cancelled', async () => {
    people(2100)
    const vip = tag('ویژه')
    expect(customers.bulkRun(ctx, undefined, CALL)).toBeNull()
    const running = bulk({ filter: EVERYBODY, except: [] }, { kind: 'addTag', tag_id: vip })
    const seen = customers.bulkRun(ctx, undefined, CALL) as { batch: string; done: number; total: number }
    expect(seen).toMatchObject({ total: 2100 })
    expect(seen.done).toBeLessThan(2100)
    expect(await customers.cancelBulk(ctx, { batch: seen.batch }, CALL)).toEqual({})
    const done = await running
    expect(done.batch).toBe(seen.batch)
    expect(done.count).toBeLessThan(2100)
    expect(count(where({ field: 'tag', test: 'is', value: vip }))).toBe(done.count)
    expect(customers.bulkRun(ctx, undefined, CALL)).toBeNull()
    const unknown = async () => customers.cancelBulk(ctx, { batch: vip }, CALL)
    await expect(unknown()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
  it('of more is a batch of transactions that other calls get in between of', async () => {
    people(2100)
    const vip = tag('ویژه')
    let calls = 0
    const timer = setInterval(() => calls++, 0)
    const done = await bulk({ filter: EVERYBODY, except: [] }, { kind: 'addTag', tag_id: vip })
    clearInterval(timer)
    expect(done.count).toBe(2100)
    expect(done.batch).not.toBeNull()
    const chunks = transactions('customers.bulk.addTag')
    expect(chunks.map((c) => c.batch)).toEqual([done.batch, done.batch, done.batch])
    expect(done.change).toBe(chunks.at(-1)!.tx)
    expect(calls).toBeGreaterThan(0)
    expect(count(where({ field: 'tag', test: 'is', value: vip }))).toBe(2100)
    expect(ctx.db.prepare('SELECT kind, state, total, done, added FROM batch').all()).toEqual([
      { kind: 'bulk', state: 'done', total: 2100, done: 2100, added: 2100 },
    ])
  })
})
