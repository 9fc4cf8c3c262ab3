import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCli } from '../../main/cli/run.ts'
import { write } from '../../main/db/write.ts'
import { addCustomerTx } from '../../main/modules/customers/write.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import type { CustomerPatch } from '../../shared/contract/customers.ts'
import type { DuplicateProgress } from '../../shared/contract/duplicates.ts'
import { clientAs, clientOf } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

let ctx: TestCtx
let client: Client
beforeEach(async () => {
  ctx = await testCtx()
  client = clientOf(ctx)
})
afterEach(() => {
  expect(ctx.errors).toEqual([])
  ctx.close()
})

const phone = (value: string) => ({ kind: 'phone' as const, type: 'mobile' as const, value })
const email = (value: string) => ({ kind: 'email' as const, type: 'work' as const, value })
const at = (city: string) => [{ type: 'work' as const, province: null, city, address: null, postal_code: null }]
async function add(fields: CustomerPatch & { kind?: 'person' | 'company' }): Promise<string> {
  return (await client.customers.add({ kind: 'person', ...fields })).id
}
async function find(): Promise<DuplicateProgress[]> {
  const seen: DuplicateProgress[] = []
  for await (const progress of await client.duplicates.find({})) seen.push(progress)
  return seen
}
const page = async () => (await client.duplicates.page({})).pairs
const reasons = async (...ids: string[]) =>
  (await page()).find(({ a, b }) => ids.includes(a.id) && ids.includes(b.id))?.reasons ?? null

describe('the search for duplicates', () => {
  test('finds equal numbers and near names with the same city or company, and says why', async () => {
    const firm = await add({ kind: 'company', company_name: 'نیک پخش' })
    const works = [{ kind: 'works_at' as const, role: null, outgoing: true, other_id: firm }]
    const pairs = {
      phone: [
        await add({ last_name: 'گودرزی', channels: [phone('09121234567')] }),
        await add({ last_name: 'گودرزی', first_name: 'مهین', channels: [phone('+98 912 123 4567')] }),
      ],
      nameless: [
        await add({ channels: [phone('09350000001')] }),
        await add({ last_name: 'بی‌شک', channels: [phone('09350000001')] }),
      ],
      id: [
        await add({ last_name: 'الوند', national_id: '0012345679' }),
        await add({ last_name: 'دماوند', national_id: '۰۰۱۲۳۴۵۶۷۹' }),
      ],
      mail: [
        await add({ last_name: 'سهند', channels: [email('Info@Sahand.ir')] }),
        await add({ last_name: 'سبلان', channels: [email('info@sahand.ir')] }),
      ],
      same: [
        await add({ first_name: 'آقای علی', last_name: 'علی‌پور', addresses: at('یزد') }),
        await add({ first_name: 'علي', last_name: 'عليپور', addresses: at('يزد') }),
      ],
      near: [
        await add({ first_name: 'پریسا', last_name: 'صفوی‌نژاد', addresses: at('آمل') }),
        await add({ first_name: 'پریسا', last_name: 'صفوینژآدی', addresses: at('امل') }),
      ],
      company: [
        await add({ first_name: 'ژاله', last_name: 'یکتا', links: works }),
        await add({ last_name: 'یکتا ژاله', links: works }),
      ],
      card: [
        await add({ last_name: 'اروند', card_number: '6037991234567893' }),
        await add({ last_name: 'کارون', card_number: '6037-9912-3456-7893' }),
      ],
    }
    // Near names in two cities, the same names in two cities, and a family with one landline are not shown.
    for (const city of ['تبریز', 'اهواز']) {
      await add({ first_name: 'رها', last_name: 'توکلی', addresses: at(city) })
      await add({ first_name: 'نادیا', last_name: city === 'تبریز' ? 'بهشتی' : 'بهشت', addresses: at(city) })
      await add({ first_name: city === 'تبریز' ? 'ناز' : 'بهار', last_name: 'جم', channels: [phone('02633445566')] })
    }
    const told = await find()
    expect(told.at(-1)).toMatchObject({ state: 'done' })
    expect(await reasons(...pairs.phone)).toEqual(['phone', 'part_name'])
    expect(await reasons(...pairs.nameless)).toEqual(['phone'])
    expect(await reasons(...pairs.id)).toEqual(['national_id'])
    expect(await reasons(...pairs.mail)).toEqual(['email'])
    expect(await reasons(...pairs.same)).toEqual(['same_name', 'city'])
    expect(await reasons(...pairs.near)).toEqual(['near_name', 'city'])
    expect(await reasons(...pairs.company)).toEqual(['same_name', 'company'])
    expect(await reasons(...pairs.card)).toEqual(['card_number'])
    const { pairs: all, total, next } = await client.duplicates.page({})
    expect([all.length, total, next]).toEqual([8, 8, null])
    expect(all.map((pair) => pair.score)).toEqual(all.map((pair) => pair.score).sort((x, y) => y - x))
    expect((await client.duplicates.status()).last).toMatchObject({ customers: 23, found: 8, kept: 8 })
    // A page at a time gives the same, in the same order.
    const first = await client.duplicates.page({ limit: 5 })
    const second = await client.duplicates.page({ limit: 5, after: first.next! })
    expect([...first.pairs, ...second.pairs]).toEqual(all)
  })

  test('weighs down what many share and does not compare them all', async () => {
    for (let i = 0; i < 60; i++)
      await add({
        first_name: 'محمد',
        last_name: 'محمدی',
        addresses: at('تهران'),
        channels: [phone('02188776655'), phone(`0912${1_000_000 + i}`)],
      })
    const twins = [
      await add({ last_name: 'یگانه', channels: [phone('02188776655'), phone('09351112233')], addresses: at('تهران') }),
      await add({ first_name: 'تارا', last_name: 'یگانه', channels: [phone('09351112233')], addresses: at('تهران') }),
    ]
    await find()
    const { pairs } = await client.duplicates.page({})
    expect(pairs.map(({ a, b }) => [a.id, b.id].sort())).toEqual([[...twins].sort()])
    expect((await client.duplicates.status()).last!.compared).toBeLessThan(20)
  })

  test('does not compare everyone with everyone where all are called nearly the same', async () => {
    const count = 400
    write(ctx, 'test', (tx) => {
      for (let i = 1; i <= count; i++)
        addCustomerTx(tx, { kind: 'person', first_name: 'مشتری', last_name: String(i), addresses: at('تهران') })
    })
    await find()
    const { compared } = (await client.duplicates.status()).last!
    expect(compared).toBeGreaterThan(0)
    expect(compared).toBeLessThan(count * 12)
  })

  test('follows what is corrected, deleted, merged and called «not the same» since', async () => {
    const three = [
      await add({ last_name: 'سروش', channels: [phone('09121111111')] }),
      await add({ last_name: 'سروش', channels: [phone('09121111111')] }),
      await add({ last_name: 'سروش', channels: [phone('09121111111')] }),
    ] as const
    const wrong = [
      await add({ last_name: 'یاشار', channels: [phone('09122222222')] }),
      await add({ last_name: 'یاشار', channels: [phone('09122222222')] }),
    ] as const
    await find()
    expect(await page()).toHaveLength(4)
    await client.customers.update({ id: wrong[0], patch: { last_name: 'آیدین', channels: [phone('09123333333')] } })
    expect(await reasons(...wrong)).toBe(null)

    const { change } = await client.duplicates.distinct({ a: three[0], b: three[1] })
    expect(await reasons(three[0], three[1])).toBe(null)
    expect((await client.duplicates.page({})).total).toBe(3)
    // Said once is said for good: neither a new search nor the other way round brings it back.
    expect(await client.duplicates.distinct({ a: three[1], b: three[0] })).toEqual({ change: null })
    await find()
    expect(await reasons(three[0], three[1])).toBe(null)
    await client.history.undo({ change: change! })
    await find()
    expect(await reasons(three[0], three[1])).not.toBe(null)

    // What is said of a merged customer counts for the one it went into.
    await client.duplicates.distinct({ a: three[0], b: three[1] })
    const merged = await client.customers.merge({ survivor: three[2], others: [three[1]] })
    expect(await page()).toEqual([])
    await client.history.undo({ change: merged.change! })
    expect(await reasons(three[0], three[2])).not.toBe(null)
    await client.customers.remove({ ids: [three[0]] })
    expect((await page()).flatMap(({ a, b }) => [a.id, b.id])).not.toContain(three[0])
  })

  test('can be cancelled and keeps what was found before; a second asker follows the first', async () => {
    await add({ last_name: 'سروش', channels: [phone('09121111111')] })
    await add({ last_name: 'سروش', channels: [phone('09121111111')] })
    await find()
    const before = await client.duplicates.status()
    const running = ctx.reader
    // A reader that never comes to an end by itself.
    ctx.reader = {
      run: (_job, _input, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () => reject(new Error('stopped')))
        }),
    }
    client = clientOf(ctx)
    const [one, two] = [find(), find()]
    await expect.poll(async () => (await client.duplicates.status()).running).toMatchObject({ state: 'running' })
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve))
    await client.duplicates.cancel()
    expect((await one).at(-1)).toMatchObject({ state: 'cancelled' })
    expect((await two).at(-1)).toMatchObject({ state: 'cancelled' })
    ctx.reader = running
    client = clientOf(ctx)
    expect(await client.duplicates.status()).toEqual(before)
    expect(await page()).toHaveLength(1)
    const seen: DuplicateProgress[] = []
    for await (const progress of await client.duplicates.find({ start: false })) seen.push(progress)
    expect(seen).toEqual([])
  })

  test('has found nothing before the first search', async () => {
    expect(await client.duplicates.status()).toEqual({ running: null, last: null })
    expect(await clientAs(ctx, 'seller').duplicates.page({})).toEqual({ pairs: [], next: null, total: 0 })
  })
})

test('the command line tells the likeliest pairs, as lines and as one object', async () => {
  const data = mkdtempSync(join(tmpdir(), 'daftar-duplicates-'))
  const said = { out: '' }
  const daftar = (...args: string[]) => {
    said.out = ''
    const out = (text: string) => {
      said.out += text
    }
    return runCli([...args, '--data', data], { env: { DAFTAR_LANG: 'fa' }, out, err() {} })
  }
  try {
    for (const name of ['رها سهرابی', 'رها سهرابي', 'مینا مشایخ', 'مینا مشایخی'])
      await daftar('add', '--name', name, '--phone', name.startsWith('رها') ? '09121111111' : '09122222222')
    expect(await daftar('duplicates')).toBe(0)
    expect(said.out).toContain('رها سهرابی، 0912 111 1111')
    expect(said.out).toContain('شمارهٔ یکسان، نام یکسان')
    expect(await daftar('duplicates', '--limit', '1', '--json')).toBe(0)
    const told = JSON.parse(said.out) as { pairs: unknown[] }
    expect(told).toMatchObject({ ok: true, command: 'duplicates', total: 2, shown: 1, customers: 4, found: 2 })
    expect(told.pairs).toMatchObject([{ score: 100, reasons: ['phone', 'same_name'], a: { phone: '+989121111111' } }])
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
})
