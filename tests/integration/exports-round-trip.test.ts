import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../main/rpc/dispatcher.ts'
import type { Customer } from '../../shared/contract/customers.ts'
import type { ListFormat } from '../../shared/contract/exports.ts'
import { EVERYBODY } from '../../shared/contract/filter.ts'
import { toLatinDigits } from '../../shared/domain/persian-text.ts'
import { clientAs } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

/** A book, and another one that is empty; their owners have the same name. */
let here: TestCtx
let there: TestCtx
let client: Client
beforeEach(async () => {
  here = await testCtx({ seed: 1 })
  there = await testCtx({ seed: 2 })
  client = clientAs(here, 'owner')
  await client.settings.updateBusiness({ area_code: '21' })
})
afterEach(() => {
  expect([...here.errors, ...there.errors]).toEqual([])
  here.close()
  there.close()
})

async function exported(format: ListFormat, language: 'fa' | 'en'): Promise<File> {
  const target = { filter: EVERYBODY, except: [] }
  const sort = { field: 'name', desc: false } as const
  let at = { id: '', name: '' }
  for await (const { id, files } of await client.exports.start({ what: 'customers', format, target, sort, language }))
    at = { id, name: files[0]?.name ?? '' }
  const { data, next } = await client.exports.read({ ...at, offset: 0 })
  expect(next).toBeNull()
  return new File([await data.arrayBuffer()], at.name)
}

async function imported(file: File): Promise<Client> {
  const other = clientAs(there, 'owner')
  const { id, mapping } = await other.imports.stage({ file })
  for await (const _ of await other.imports.run({ id, mapping }));
  expect((await other.imports.problems({ id })).problems).toEqual([])
  return other
}

/** What is the same in both books: all but identities, times, and the order between kinds of numbers. */
async function bookOf(by: Client) {
  const { rows } = await by.customers.page({
    filter: EVERYBODY,
    sort: { field: 'name', desc: false },
    limit: 200,
    at: { index: 0 },
  })
  const sources = new Map((await by.customers.sources.list()).map((s) => [s.id, s.name]))
  const all = await Promise.all(rows.map(({ id }) => by.customers.get({ id })))
  return all.map((c) => plain(c, sources)).sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
}

function plain(c: Customer, sources: Map<string, string>) {
  const {
    id: _i,
    created_at: _c,
    updated_at: _u,
    // Whoever came with a file does not wait for a first contact.
    slips_on: _s,
    owner_id: _o,
    source_id,
    channels,
    addresses,
    links,
    tags,
    roles,
    ...rest
  } = c
  const digits = (text: string) => toLatinDigits(text).replace(/\s/g, '')
  return {
    ...rest,
    source: source_id && sources.get(source_id),
    roles: [...roles].sort(),
    channels: channels
      .map(({ kind, type, value, e164 }) => [kind, type, kind === 'phone' ? (e164 ?? digits(value)) : value].join(' '))
      .sort(),
    addresses: addresses.map(({ id: _id, ...address }) => address),
    work: links.filter((l) => l.outgoing).map((l) => [l.kind, l.role, l.other.name]),
    tags: tags.map((t) => `${t.kind} ${t.name}`).sort(),
  }
}

async function fill() {
  const tag = async (name: string, kind: 'tag' | 'group') =>
    (await client.customers.tags.add({ name, kind, color: null })).id
  const tag_ids = [await tag('خوش‌حساب', 'tag'), await tag('خرید، فروش', 'tag'), await tag('عمده', 'group')]
  const { id: source_id } = await client.customers.sources.add({ name: 'نمایشگاه بین‌المللی' })
  const company = await client.customers.add({
    kind: 'company',
    company_name: 'پخش سپید؛ شرق',
    company_id: '10101234565',
    economic_code: '411111111111',
    registration_number: '۱۲۳۴۵/۶',
    channels: [{ kind: 'phone', type: 'work', value: '021-88776655' }],
    roles: ['customer', 'supplier'],
    tag_ids: [tag_ids[1]!],
  })
  const phone = (type: 'mobile' | 'work' | 'home' | 'fax' | 'other', value: string) => ({
    kind: 'phone' as const,
    type,
    value,
  })
  const link = (
    type: 'website' | 'instagram' | 'telegram' | 'whatsapp' | 'bale' | 'eitaa' | 'rubika' | 'other',
    value: string,
  ) => {
    return { kind: 'link' as const, type, value }
  }
  // آ comes before پ: this row makes the company on the way, before the company's own.
  await client.customers.add({
    kind: 'person',
    title: 'خانم مهندس',
    first_name: 'آذر',
    last_name: 'نیک‌پور, "بزرگ"',
    national_id: '0012345679',
    sheba: 'IR062960000000100324200001',
    card_number: '6037991234567893',
    birth_jy: 1370,
    birth_jm: 12,
    birth_jd: 29,
    credit_limit: 123_456_785,
    about: 'خط یک\n\nخط سه: «نقل»؛ =1+1, "x"\n+98 اول خط',
    source_id,
    channels: [
      phone('mobile', '+98 912 345 6789'),
      phone('mobile', '۰۹۳۵۱۲۳۴۵۶۷'),
      phone('mobile', '09011112222'),
      phone('mobile', '09023334444'),
      phone('mobile', '09025556666'),
      phone('work', '88776644'),
      phone('work', '0912 000 1122'),
      phone('home', '02122334455'),
      phone('fax', '02188990011'),
      phone('other', '+44 7911 123456'),
      { kind: 'email', type: 'work', value: 'azar@example.ir' },
      { kind: 'email', type: 'home', value: 'azar@home.ir' },
      { kind: 'email', type: 'other', value: 'x@other.ir' },
      link('website', 'https://example.ir/a,b?c=1;d'),
      link('instagram', '@azar.shop'),
      link('telegram', '@azar_t'),
      link('whatsapp', 'https://wa.me/989123456789'),
      link('bale', '@azar_b'),
      link('eitaa', '@azar_e'),
      link('rubika', '@azar_r'),
      link('other', 'aparat.com/azar'),
    ],
    addresses: [
      {
        type: 'shop',
        province: 'تهران',
        city: 'تهران',
        address: 'بازار بزرگ، سرای امین، پلاک ۵',
        postal_code: '1234567890',
      },
      { type: 'warehouse', province: 'البرز', city: 'کرج', address: null, postal_code: null },
      { type: 'home', province: null, city: null, address: 'کوچهٔ نهم\u200c', postal_code: null },
    ],
    links: [{ kind: 'works_at', role: 'مدیر خرید', outgoing: true, other_id: company.id }],
    roles: ['supplier', 'partner', 'staff'],
    tag_ids,
  })
  await client.customers.add({
    kind: 'person',
    first_name: '=HYPERLINK("http://x","y")',
    last_name: '<b>@کریمی</b>',
    birth_jm: 5,
    birth_jd: 12,
  })
  await client.customers.add({
    kind: 'person',
    first_name: '-علی',
    last_name: '=1+1',
    channels: [phone('mobile', '09129998877')],
  })
  await client.customers.add({
    kind: 'person',
    first_name: '../../etc/passwd',
    last_name: '_x0041_ رضا',
    tag_ids: [tag_ids[0]!],
  })
  await client.customers.add({ kind: 'person', channels: [phone('mobile', '09361234567')] })
}

describe('what was exported and imported again', () => {
  it.each([
    ['csv', 'fa'],
    ['csv', 'en'],
    ['xlsx', 'fa'],
    ['vcf', 'fa'],
  ] as const)('is the same data: %s, %s', async (format, language) => {
    await fill()
    const other = await imported(await exported(format, language))
    expect(await bookOf(other)).toEqual(await bookOf(client))
  })
})
