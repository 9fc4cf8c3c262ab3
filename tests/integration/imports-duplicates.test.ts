import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../main/rpc/dispatcher.ts'
import type { OnDuplicate } from '../../shared/contract/imports.ts'
import { clientAs } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

let ctx: TestCtx
let client: Client
beforeEach(async () => {
  ctx = await testCtx()
  client = clientAs(ctx, 'owner')
})
afterEach(() => ctx.close())

const stage = (text: string) => client.imports.stage({ file: new File([text], 'a.csv') })
async function run(id: string, on_duplicate?: OnDuplicate) {
  let last: object = {}
  for await (const step of await client.imports.run({ id, ...(on_duplicate && { on_duplicate }) })) last = step
  return last
}
const phone = (value: string) => ({ kind: 'phone' as const, type: 'mobile' as const, value })
const people = () => (ctx.db.prepare('SELECT count(*) AS n FROM party WHERE deleted = 0').get() as { n: number }).n

/** علی رضایی with one phone, a note and no city. */
const addAli = async () =>
  (
    await client.customers.add({
      kind: 'person',
      first_name: 'علی',
      last_name: 'رضایی',
      about: 'خوش‌قول',
      credit_limit: 1_000_000,
      channels: [phone('09121234567')],
    })
  ).id
const HEADER = 'نام,نام خانوادگی,موبایل,ایمیل,شهر,کد ملی,سقف اعتبار,گروه,یادداشت'
const FULL = 'علی,رضایی,"09121234567، 09351112233",ali@example.ir,شیراز,0012345679,300000,عمده,از نمایشگاه'

describe('someone who is there already', () => {
  it('is shown with why, and with what filling and updating would change', async () => {
    const ali = await addAli()
    const { id, mapping } = await stage(`${HEADER}\n${FULL}\nزهرا,کریمی,09361112233,,,,,,\n`)
    const { rows, counts } = await client.imports.preview({ id, mapping, on_duplicate: 'fill' })
    expect(counts).toMatchObject({ add: 1, fill: 1, skip: 0, of_book: 1 })
    expect(rows.map((r) => r.outcome)).toEqual(['fill', 'add'])
    expect(rows[0]!.duplicate).toMatchObject({ id: ali, row: null, name: 'علی رضایی', why: ['phone'] })
    expect(rows[0]!.duplicate!.fill).toEqual([
      { field: 'national_id', from: null, to: '0012345679' },
      { field: 'mobile', from: null, to: '09351112233' },
      { field: 'email', from: null, to: 'ali@example.ir' },
      { field: 'province', from: null, to: 'فارس' },
      { field: 'city', from: null, to: 'شیراز' },
      { field: 'groups', from: null, to: 'عمده' },
    ])
    expect(rows[0]!.duplicate!.update).toEqual(
      expect.arrayContaining([
        { field: 'credit_limit', from: '1000000', to: '3000000' },
        { field: 'note', from: null, to: 'از نمایشگاه' },
      ]),
    )
    expect(people()).toBe(1)
  })

  it('gets only what is empty by filling, what the file says by updating, and loses nothing either way', async () => {
    const ali = await addAli()
    const first = await stage(`${HEADER}\n${FULL}\n`)
    expect(await run(first.id, 'fill')).toMatchObject({ done: 1, added: 0, filled: 1, skipped: 0 })
    const filled = await client.customers.get({ id: ali })
    expect(filled).toMatchObject({ national_id: '0012345679', credit_limit: 1_000_000, about: 'خوش‌قول' })
    expect(filled.channels.map((c) => c.value)).toEqual(['09121234567', '09351112233', 'ali@example.ir'])
    expect(filled.addresses.map((a) => a.city)).toEqual(['شیراز'])
    const second = await stage(`${HEADER}\n${FULL}\n`)
    expect(await run(second.id, 'update')).toMatchObject({ updated: 1 })
    const updated = await client.customers.get({ id: ali })
    expect(updated).toMatchObject({ credit_limit: 3_000_000, about: 'خوش‌قول\nاز نمایشگاه' })
    expect(updated.channels).toEqual(filled.channels)
    expect(updated.tags.map((t) => t.name)).toEqual(['عمده'])
    // A third time there is nothing new.
    const third = await stage(`${HEADER}\n${FULL}\n`)
    expect(await run(third.id, 'update')).toMatchObject({ updated: 0, skipped: 1 })
    expect(people()).toBe(1)
    expect((await client.search.all({ text: 'شیراز' })).customers).toHaveLength(1)
    expect((await client.system.check()).problems).toEqual([])
  })

  it('is as before when the import is taken back weeks later, but for what was changed since', async () => {
    const ali = await addAli()
    const { id } = await stage(`${HEADER}\n${FULL}\n`)
    await run(id, 'update')
    ctx.clock.advance(30 * 86_400_000)
    await client.customers.update({ id: ali, patch: { credit_limit: 5_000_000 } })
    const undone = await client.imports.undo({ id })
    expect(undone.kept_total).toBe(1)
    const now = await client.customers.get({ id: ali })
    expect(now).toMatchObject({ credit_limit: 5_000_000, national_id: null, about: 'خوش‌قول', addresses: [], tags: [] })
    expect(now.channels.map((c) => c.value)).toEqual(['09121234567'])
    expect((await client.system.check()).problems).toEqual([])
  })

  it.each([
    ['is known by an e-mail', 'نام,ایمیل\nرضا ملکی,Ali@example.ir\n', 1],
    ['is known by a name and a city, where nothing tells them apart', 'نام,شهر\nرضا ملکی,قم\n', 1],
    ['is not known by a name and a city where the phones differ', 'نام,شهر,موبایل\nرضا ملکی,قم,09369998877\n', 0],
    [
      'is not known by a phone where the national ids differ',
      'نام,موبایل,کد ملی\nمینا ملکی,09121112233,0012345679\n',
      0,
    ],
  ])('%s', async (_, text, known) => {
    await client.customers.add({
      kind: 'person',
      first_name: 'رضا',
      last_name: 'ملکی',
      national_id: '0499370899',
      channels: [phone('09121112233'), { kind: 'email', type: 'work', value: 'ali@example.ir' }],
      addresses: [{ type: 'work', city: 'قم', province: null, address: null, postal_code: null }],
    })
    const { id, mapping } = await stage(text)
    expect((await client.imports.preview({ id, mapping })).counts?.of_book).toBe(known)
    expect(await run(id)).toMatchObject({ added: 1 - known, skipped: known })
  })
})

describe('rows of one file that are the same person', () => {
  const TWICE = 'نام,موبایل,شهر\nعلی رضایی,09121234567,\nعلی رضایی,0912 123 4567,شیراز\n'

  it.each([
    ['skip', { added: 1, skipped: 1 }, []],
    ['fill', { added: 1, filled: 1 }, ['شیراز']],
    ['update', { added: 1, updated: 1 }, ['شیراز']],
    ['add', { added: 2 }, []],
  ] as const)('follow the choice %s against the first of them', async (choice, counts, cities) => {
    const { id, mapping } = await stage(TWICE)
    const preview = await client.imports.preview({ id, mapping, on_duplicate: choice })
    expect(preview.rows[1]!.duplicate).toMatchObject({ id: null, row: 2, why: ['phone'] })
    expect(preview.rows[1]!.outcome).toBe(choice)
    expect(await run(id, choice)).toMatchObject(counts)
    const first = ctx.db.prepare('SELECT id FROM party ORDER BY pk LIMIT 1').get() as { id: string }
    expect((await client.customers.get({ id: first.id })).addresses.map((a) => a.city)).toEqual([...cities])
  })
})

describe('choices of single rows', () => {
  const rowsOf = async (id: string, mapping: Awaited<ReturnType<typeof stage>>['mapping'], show: 'all' | 'chosen') =>
    (await client.imports.preview({ id, mapping, show })).rows.map((r) => [r.row, r.outcome])

  it('go before the choice for all, can be taken back, and are what the run does', async () => {
    await addAli()
    const text =
      'نام,موبایل,شهر\nعلی رضایی,09121234567,شیراز\nزهرا کریمی,09361112233,\nزهرا کریمی,09361112233,قم\nرضا علوی,09371112233,\n'
    const { id, mapping } = await stage(text)
    expect(await rowsOf(id, mapping, 'all')).toEqual([
      [2, 'skip'],
      [3, 'add'],
      [4, 'skip'],
      [5, 'add'],
    ])
    const rows = [
      { row: 2, choice: 'fill' as const },
      { row: 3, choice: 'skip' as const },
      { row: 5, choice: 'skip' as const },
    ]
    expect(await client.imports.choose({ id, rows })).toEqual({ chosen: 3 })
    expect(await client.imports.choose({ id, rows: [{ row: 5, choice: null }] })).toEqual({ chosen: 2 })
    // The first زهرا is left out, so the second is no repetition of anyone.
    expect(await rowsOf(id, mapping, 'all')).toEqual([
      [2, 'fill'],
      [3, 'skip'],
      [4, 'add'],
      [5, 'add'],
    ])
    expect(await rowsOf(id, mapping, 'chosen')).toEqual([
      [2, 'fill'],
      [3, 'skip'],
    ])
    expect(await run(id)).toMatchObject({ done: 4, added: 2, filled: 1, skipped: 1 })
    expect(people()).toBe(3)
  })
})
