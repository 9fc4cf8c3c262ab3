import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { write } from '../../main/db/write.ts'
import { customersService as customers } from '../../main/modules/customers/service.ts'
import { addCustomerTx } from '../../main/modules/customers/write.ts'
import { CustomerInput, type CustomerRow } from '../../shared/contract/customers.ts'
import type { Filter, FilterGroup, FilterRule, Sort } from '../../shared/contract/filter.ts'
import { fold } from '../../shared/domain/persian-text.ts'
import { START, type TestCtx, testCtx } from '../support/ctx.ts'
import { dice, madeUpCustomer } from '../support/made-up-customers.ts'

const CALL = { signal: undefined }
const DAY = 86_400_000
type Page = Awaited<ReturnType<typeof customers.page>>
type Given = Parameters<typeof CustomerInput.parse>[0]
interface Made {
  id: string
  pk: number
  input: CustomerInput
  created: number
}

let ctx: TestCtx
const book: Made[] = []
const tags: string[] = []
let source: string
const NAME: Sort = { field: 'name', desc: false }
const where = (...rules: Array<FilterRule | FilterGroup>): Filter => ({ where: { op: 'and', rules }, trash: false })
const page = (filter: Filter, sort: Sort, at: { index: number } | { after: string }, limit = 200) =>
  customers.page(ctx, { filter, sort, limit, at }, CALL) as Page
const count = (filter: Filter) => (customers.count(ctx, { filter }, CALL) as { count: number }).count

function everyone(filter: Filter, sort: Sort, limit = 200, between?: () => void): CustomerRow[] {
  const rows: CustomerRow[] = []
  for (let at: { index: number } | { after: string } = { index: 0 }; ; ) {
    const { rows: some, next } = page(filter, sort, at, limit)
    rows.push(...some)
    if (next === null) return rows
    at = { after: next }
    between?.()
  }
}

beforeAll(async () => {
  ctx = await testCtx({ now: START - 100 * DAY })
  const roll = dice(11)
  for (const name of ['ویژه', 'تازه']) {
    tags.push((customers.tags.add(ctx, { name, kind: 'tag', color: null }, CALL) as { id: string }).id)
  }
  tags.push((customers.tags.add(ctx, { name: 'بازار', kind: 'group', color: null }, CALL) as { id: string }).id)
  source = (customers.sources.add(ctx, { name: 'معرفی' }, CALL) as { id: string }).id
  for (let chunk = 0; chunk < 60; chunk++) {
    ctx.clock.advance(1.7 * DAY)
    write(ctx, 'test', (tx) => {
      for (let i = 0; i < 50; i++) {
        const made = madeUpCustomer(roll, tags)
        const input = CustomerInput.parse({
          ...made,
          ...(roll(15) === 0 && { kind: 'company', company_name: `شرکت ${made.last_name}` }),
          ...(roll(4) === 0 && { roles: ['supplier'] }),
          ...(roll(3) === 0 && { source_id: source }),
          ...(roll(5) === 0 && { owner_id: null }),
          channels: [
            ...(made.channels ?? []),
            ...(roll(4) === 0 ? [{ kind: 'email', type: 'work', value: `User${i}@Example.ir` }] : []),
          ],
        } as Given)
        book.push({ ...addCustomerTx(tx, input), input, created: tx.now })
      }
    })
  }
}, 120_000)
afterAll(() => ctx.close())

const nameOf = ({ input: c }: Made) =>
  c.kind === 'company' ? c.company_name! : [c.last_name, c.first_name].filter(Boolean).join(' ')

describe('the order of the list', () => {
  it('is that of the Persian alphabet, both ways', () => {
    const collator = new Intl.Collator('fa', { sensitivity: 'base' })
    const key = (m: Made) => fold(nameOf(m))
    const want = [...book].sort((a, b) => collator.compare(key(a), key(b)) || a.pk - b.pk).map((m) => m.id)
    expect(everyone(where(), NAME).map((r) => r.id)).toEqual(want)
    expect(everyone(where(), { field: 'name', desc: true }).map((r) => r.id)).toEqual(want.reverse())
  })
  it('has those without a value last, whichever way', () => {
    for (const desc of [false, true]) {
      const limits = everyone(where(), { field: 'credit_limit', desc }).map((r) => r.credit_limit)
      const some = limits.filter((l) => l !== null)
      expect(some.length).toBeGreaterThan(500)
      expect(limits).toEqual([
        ...[...some].sort((a, b) => (desc ? b - a : a - b)),
        ...Array.from({ length: limits.length - some.length }, () => null),
      ])
      const cities = everyone(where(), { field: 'city', desc }).map((r) => r.city)
      expect(cities).toHaveLength(book.length)
      expect(cities.lastIndexOf(cities.findLast((c) => c !== null)!)).toBeLessThan(cities.indexOf(null))
      expect(cities[0]).toBe(desc ? 'یزد' : 'اصفهان')
    }
    const created = everyone(where(), { field: 'created', desc: true }).map((r) => r.created_at)
    expect(created).toEqual([...created].sort((a, b) => b - a))
  })
})

describe('paging', () => {
  const sorts: Sort[] = [
    NAME,
    { field: 'city', desc: true },
    { field: 'credit_limit', desc: false },
    { field: 'updated', desc: true },
  ]
  const filters: Filter[] = [where(), where({ field: 'city', test: 'isNotEmpty', value: null })]
  it('by number gives the rows that paging by key gives', () => {
    for (const filter of filters) {
      for (const sort of sorts) {
        const whole = everyone(filter, sort).map((r) => r.id)
        expect(whole).toHaveLength(count(filter))
        for (const index of [0, 1, 199, 999, 1000, 1001, 1999, 2000, 2345, whole.length - 1, whole.length, 99_999]) {
          const { rows, next } = page(filter, sort, { index }, 50)
          expect(rows.map((r) => r.id)).toEqual(whole.slice(index, index + 50))
          if (index + 50 < whole.length)
            expect(page(filter, sort, { after: next! }, 1).rows[0]?.id).toBe(whole[index + 50])
        }
      }
    }
  })
  it('has no gap and no double while others are added and removed', () => {
    for (const sort of sorts) {
      const before = new Set(everyone(where(), sort).map((r) => r.id))
      let n = 0
      const seen = everyone(where(), sort, 100, () => {
        ctx.clock.advance(1000)
        const input = CustomerInput.parse({ kind: 'person', last_name: `${'ابپیهن'[n++ % 6]}افزوده` } as Given)
        const { id } = customers.add(ctx, input, CALL) as { id: string }
        if (n % 2) customers.remove(ctx, { ids: [id] }, CALL)
      }).map((r) => r.id)
      expect(new Set(seen).size).toBe(seen.length)
      for (const id of before) expect(seen).toContain(id)
      const added = everyone(where({ field: 'name', test: 'contains', value: 'افزوده' }), NAME).map((r) => r.id)
      customers.remove(ctx, { ids: added }, CALL)
    }
    expect(count(where())).toBe(book.length)
  })
  it('jumps far into a long list without keeping other calls waiting', async () => {
    const long = await testCtx()
    write(long, 'test', (tx) => {
      tx.db
        .prepare(
          `WITH RECURSIVE n(value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM n WHERE value < 24999)
           INSERT INTO party (id, created_at, updated_at, kind, name, name_sort)
           SELECT 'p' || value, 0, 0, 'person', 'نام ' || value, printf('%06d', value) FROM n`,
        )
        .run()
    })
    const at = (index: number) =>
      customers.page(long, { filter: where(), sort: NAME, limit: 2, at: { index } }, CALL) as Page | Promise<Page>
    const order: string[] = []
    setImmediate(() => order.push('other'))
    const jumps = [24_500, 23_000].map(async (index) => {
      const { rows } = await at(index)
      order.push(`to ${index}`)
      return rows.map((r) => r.id)
    })
    expect(await Promise.all(jumps)).toEqual([
      ['p24500', 'p24501'],
      ['p23000', 'p23001'],
    ])
    expect(order.indexOf('other')).toBeLessThan(order.indexOf('to 24500'))
    expect(order).toContain('other')
    expect((await at(24_999)).rows.map((r) => r.id)).toEqual(['p24999'])
    expect((await at(90_000)).rows).toEqual([])
    long.close()
  })
  it('starts anew for a key it does not know', () => {
    expect(page(where(), NAME, { after: 'nonsense' }, 3).rows).toEqual(page(where(), NAME, { index: 0 }, 3).rows)
  })
})

describe('filters', () => {
  const phones = (m: Made) => (m.input.channels ?? []).filter((c) => c.kind === 'phone')
  const emails = (m: Made) => (m.input.channels ?? []).filter((c) => c.kind === 'email')
  const city = (m: Made) => m.input.addresses?.[0]?.city ?? null
  const tag = (m: Made) => m.input.tag_ids?.[0]
  const gapless = (s: string) => fold(s).replace(/[\s\u200c]/g, '')
  const rule = (field: FilterRule['field'], test: string, value: FilterRule['value'] = null): FilterRule => ({
    field,
    test,
    value,
  })
  const day = (ms: number) => new Date(ms + 3.5 * 3_600_000).toISOString().slice(0, 10)

  const cases = (): Array<[FilterRule, (m: Made) => boolean]> => [
    [rule('name', 'contains', 'علی پور'), (m) => gapless(nameOf(m)).includes('علیپور')],
    [rule('name', 'contains', 'ضايی'), (m) => gapless(nameOf(m)).includes('ضایی')],
    [rule('name', 'startsWith', 'آر'), (m) => ` ${fold(nameOf(m))}`.includes(' ار')],
    [rule('kind', 'is', 'company'), (m) => m.input.kind === 'company'],
    [rule('role', 'is', 'supplier'), (m) => Boolean(m.input.roles?.includes('supplier'))],
    [rule('role', 'isNot', 'supplier'), (m) => !m.input.roles?.includes('supplier')],
    [rule('tag', 'is', tags[0]!), (m) => tag(m) === tags[0]],
    [rule('tag', 'isNot', tags[0]!), (m) => tag(m) !== tags[0]],
    [rule('tag', 'isEmpty'), (m) => tag(m) === undefined || tag(m) === tags[2]],
    [rule('tag', 'isNotEmpty'), (m) => tag(m) === tags[0] || tag(m) === tags[1]],
    [rule('group', 'is', tags[2]!), (m) => tag(m) === tags[2]],
    [rule('group', 'isEmpty'), (m) => tag(m) !== tags[2]],
    [rule('source', 'is', source), (m) => m.input.source_id === source],
    [rule('source', 'isNot', source), (m) => m.input.source_id !== source],
    [rule('source', 'isEmpty'), (m) => !m.input.source_id],
    [rule('owner', 'is', ctx.user!.id), (m) => m.input.owner_id === undefined],
    [rule('owner', 'isEmpty'), (m) => m.input.owner_id === null],
    [rule('city', 'is', 'خرم آباد'), () => false],
    [rule('city', 'is', 'خرم\u200cآباد'), (m) => city(m) === 'خرم\u200cآباد'],
    [rule('city', 'is', 'خرم\u200cاباد'), (m) => city(m) === 'خرم\u200cآباد'],
    [rule('city', 'isNot', 'خرماباد'), (m) => city(m) !== 'خرم\u200cآباد'],
    [rule('city', 'isNot', 'كرج'), (m) => city(m) !== 'کرج'],
    [rule('city', 'isEmpty'), (m) => city(m) === null],
    [rule('province', 'isEmpty'), () => true],
    [rule('phone', 'contains', '۱۲۳'), (m) => phones(m).some((p) => national(p.value).includes('123'))],
    [rule('phone', 'contains', '0912 34'), (m) => phones(m).some((p) => national(p.value).includes('91234'))],
    [rule('phone', 'isEmpty'), (m) => phones(m).length === 0],
    [rule('email', 'contains', 'USER1'), (m) => emails(m).some((e) => e.value.includes('User1'))],
    [rule('email', 'isNotEmpty'), (m) => emails(m).length > 0],
    [rule('birth_month', 'is', 7), (m) => m.input.birth_jm === 7],
    [rule('birth_month', 'isNotEmpty'), (m) => Boolean(m.input.birth_jm)],
    [rule('credit_limit', 'atLeast', 25_000_000), (m) => (m.input.credit_limit ?? -1) >= 25_000_000],
    [rule('credit_limit', 'atMost', 0), (m) => m.input.credit_limit === 0],
    [rule('credit_limit', 'isEmpty'), (m) => m.input.credit_limit === undefined],
    [rule('blacklisted', 'isTrue'), (m) => m.input.blacklisted === true],
    [rule('blacklisted', 'isFalse'), (m) => !m.input.blacklisted],
    [rule('created', 'onOrAfter', day(book[1500]!.created)), (m) => day(m.created) >= day(book[1500]!.created)],
    [rule('created', 'onOrBefore', day(book[900]!.created)), (m) => day(m.created) <= day(book[900]!.created)],
    [rule('created', 'inLastDays', 20), (m) => day(m.created) > day(ctx.clock.now() - 20 * DAY)],
    [rule('text', 'matches', 'پارسا'), (m) => gapless(nameOf(m)).includes('پارسا')],
    // Unfinished rules leave nothing out.
    [rule('name', 'contains', ''), () => true],
    [rule('created', 'onOrAfter', 'x'), () => true],
  ]
  const national = (value: string) => value.replace(/\D/g, '').replace(/^(98|0)/, '')
  const ids = (rows: Array<{ id: string }>) => rows.map((r) => r.id).sort()

  it('show what a look at every customer shows', () => {
    for (const [given, holds] of cases()) {
      const want = ids(book.filter(holds))
      const label = `${given.field} ${given.test} ${given.value}`
      expect(ids(everyone(where(given), NAME)), label).toEqual(want)
      expect(count(where(given)), label).toBe(want.length)
    }
  })
  it('go together by and, by or, and nested', () => {
    const roll = dice(5)
    const all = cases().filter(([r]) => r.value !== '' && r.value !== 'x')
    for (let i = 0; i < 60; i++) {
      const [a, b, c] = [all[roll(all.length)]!, all[roll(all.length)]!, all[roll(all.length)]!]
      const op = i % 2 ? ('and' as const) : ('or' as const)
      const other = i % 2 ? ('or' as const) : ('and' as const)
      const filter: Filter = {
        where: { op, rules: [a[0], { op: other, rules: [b[0], c[0]] }] },
        trash: false,
      }
      const both = (m: Made) => (other === 'and' ? b[1](m) && c[1](m) : b[1](m) || c[1](m))
      const want = book.filter((m) => (op === 'and' ? a[1](m) && both(m) : a[1](m) || both(m)))
      expect(count(filter), JSON.stringify(filter)).toBe(want.length)
      expect(ids(everyone(filter, { field: 'credit_limit', desc: true }))).toEqual(ids(want))
    }
  })
  it('show deleted ones in the trash only', () => {
    const [first, second] = [book[0]!, book[1]!]
    customers.remove(ctx, { ids: [first.id, second.id] }, CALL)
    const trash = (...rules: FilterRule[]): Filter => ({ where: { op: 'and', rules }, trash: true })
    const gone = count(trash())
    expect(count(where())).toBe(book.length - 2)
    expect(ids(everyone(trash(), { field: 'created', desc: false }).slice(0, 2))).toEqual(ids([first, second]))
    expect(everyone(trash(rule('text', 'matches', nameOf(first))), NAME).map((r) => r.id)).toContain(first.id)
    expect(count(trash(rule('name', 'contains', 'هیچ‌کس')))).toBe(0)
    customers.restore(ctx, { ids: [first.id, second.id] }, CALL)
    expect([count(where()), count(trash())]).toEqual([book.length, gone - 2])
  })
  it('walk the same rows whether few are gathered or many are tested one by one', async () => {
    const { whereOf } = await import('../../main/modules/customers/filter.ts')
    for (const [given] of cases()) {
      const by = (ask: 'set' | 'probe') => {
        const sql = whereOf(where(given), { now: ctx.clock.now(), ask })
        return ctx.db.raw.prepare(`SELECT pk FROM party p WHERE ${sql.sql} ORDER BY pk`).all(...sql.params)
      }
      expect(by('probe'), JSON.stringify(given)).toEqual(by('set'))
    }
  })
})
