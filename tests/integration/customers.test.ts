import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { customersModule } from '../../main/modules/customers/module.ts'
import { customersService as customers } from '../../main/modules/customers/service.ts'
import { CustomerInput, CustomerPatch } from '../../shared/contract/customers.ts'
import { EVERYBODY } from '../../shared/contract/filter.ts'
import { clientOf } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

const CALL = { signal: undefined }
let ctx: TestCtx
beforeEach(async () => {
  ctx = await testCtx()
})
afterEach(() => {
  expect(customersModule.check?.(ctx)).toEqual([])
  expect(ctx.errors).toEqual([])
  ctx.close()
})

type Given = Parameters<typeof CustomerInput.parse>[0]
const add = (input: object) =>
  (customers.add(ctx, CustomerInput.parse({ kind: 'person', ...input } as Given), CALL) as { id: string }).id
const update = (id: string, patch: object) =>
  customers.update(ctx, { id, patch: CustomerPatch.parse(patch) }, CALL) as { change: number | null }
const get = (id: string) => customers.get(ctx, { id }, CALL) as Awaited<ReturnType<typeof customers.get>>
const names = (text: string) =>
  (
    customers.page(
      ctx,
      {
        filter: { where: { op: 'and', rules: [{ field: 'text', test: 'matches', value: text }] }, trash: false },
        sort: { field: 'name', desc: false },
        limit: 50,
        at: { index: 0 },
      },
      CALL,
    ) as Awaited<ReturnType<typeof customers.page>>
  ).rows.map((r) => r.name)
const phone = (value: string) => ({ kind: 'phone', type: 'mobile', value })

describe('adding a customer', () => {
  it('keeps all that was given and gives it back', () => {
    const company = add({ kind: 'company', company_name: 'شرکت پارس' })
    const tag = customers.tags.add(ctx, { name: 'ویژه', kind: 'tag', color: null }, CALL) as { id: string }
    const id = add({
      title: 'دکتر',
      first_name: 'علي',
      last_name: 'رضايي',
      national_id: '۰۰۱۲۳۴۵۶۷-۹',
      birth_jm: 3,
      birth_jd: 5,
      credit_limit: 5_000_000,
      channels: [phone('۰۹۱۲ ۳۴۵ ۶۷۸۹'), { kind: 'email', type: 'work', value: 'Ali@Example.com' }],
      addresses: [{ type: 'work', province: 'اصفهان', city: 'کاشان', address: 'خیابان امیرکبیر', postal_code: null }],
      links: [{ kind: 'works_at', role: 'مدیر', outgoing: true, other_id: company }],
      roles: ['customer', 'partner'],
      tag_ids: [tag.id],
    })
    const record = get(id)
    expect(record).toMatchObject({
      name: 'علی رضایی',
      first_name: 'علی',
      owner_id: ctx.user?.id,
      birth_jy: null,
      credit_limit: 5_000_000,
      blacklisted: false,
      roles: ['customer', 'partner'],
      channels: [
        { kind: 'phone', value: '۰۹۱۲ ۳۴۵ ۶۷۸۹', e164: '+989123456789' },
        { kind: 'email', value: 'Ali@Example.com', e164: null },
      ],
      addresses: [{ city: 'کاشان', province: 'اصفهان' }],
      links: [{ kind: 'works_at', role: 'مدیر', outgoing: true, other: { id: company, name: 'شرکت پارس' } }],
      tags: [{ id: tag.id, name: 'ویژه', kind: 'tag' }],
    })
    expect(get(company).links).toMatchObject([{ outgoing: false, other: { id, name: 'علی رضایی' } }])
    expect(customers.rows(ctx, { ids: [id] }, CALL)).toMatchObject([
      {
        id,
        phone: '+989123456789',
        phones: 1,
        email: 'Ali@Example.com',
        city: 'کاشان',
        company: 'شرکت پارس',
        job: 'مدیر',
      },
    ])
  })
  it('takes a phone for a name, and refuses neither', () => {
    expect(get(add({ channels: [phone('09123456789')] }))).toMatchObject({ name: '0912 345 6789', roles: ['customer'] })
    expect(() => add({ about: 'کسی' })).toThrow(expect.objectContaining({ code: 'NAME_OR_PHONE_NEEDED' }))
    expect(customers.count(ctx, { filter: EVERYBODY }, CALL)).toEqual({ count: 1 })
  })
  it('keeps the plain form of a right number and a wrong one as typed', () => {
    const right = get(add({ last_name: 'الف', national_id: '۰۰۷-۶۲۲۹۶۴۵', postal_code: null }))
    expect(right.national_id).toBe('0076229645')
    expect(get(add({ last_name: 'ب', national_id: '۰۰۷-۶۲۲۹۶۴۶' })).national_id).toBe('۰۰۷-۶۲۲۹۶۴۶')
  })
})

describe('the area code of the business', () => {
  it('completes a local number as it is written, and a later code does not rewrite it', async () => {
    const client = clientOf(ctx)
    const landline = (value: string, id?: string) => ({
      kind: 'phone' as const,
      type: 'work' as const,
      value,
      ...(id && { id }),
    })
    const add = async (value: string) =>
      (await client.customers.add({ kind: 'person', last_name: 'تهرانی', channels: [landline(value)] })).id
    const channel = async (id: string) => (await client.customers.get({ id })).channels[0]!
    const bare = await add('۸۸۷۷۶۶۵۴')
    expect((await channel(bare)).e164).toBeNull()

    await client.settings.updateBusiness({ area_code: '21' })
    const id = await add('88776655')
    expect(await channel(id)).toMatchObject({ value: '88776655', e164: '+982188776655' })
    const found = async (text: string) => (await client.search.all({ text })).customers.map((h) => h.customer.id)
    expect(await found('02188776655')).toEqual([id])
    expect(await found('88776655')).toEqual([id])
    const known = async (phone: string) =>
      (await client.customers.duplicates({ phones: [phone] })).map((h) => h.customer.id)
    expect(await known('88776655')).toEqual([id])
    expect(await known('+982188776655')).toEqual([id])
    expect(await known('88776654')).toEqual([bare])

    await client.settings.updateBusiness({ area_code: '31' })
    const before = await channel(id)
    await client.customers.update({
      id,
      patch: { last_name: 'اصفهانی', channels: [{ ...landline(before.value, before.id), type: 'home' }] },
    })
    expect(await channel(id)).toMatchObject({ type: 'home', e164: '+982188776655' })
    await client.customers.update({ id, patch: { channels: [landline('3655 4433', before.id)] } })
    expect((await channel(id)).e164).toBe('+983136554433')
  })
})

describe('changing a customer', () => {
  it('writes what differs, keeps members by id, and says when nothing changed', () => {
    const id = add({ first_name: 'رضا', last_name: 'کریمی', channels: [phone('09121111111'), phone('09122222222')] })
    const [first, second] = get(id).channels
    ctx.clock.advance(1000)
    expect(update(id, { first_name: 'رضا' }).change).toBeNull()
    expect(update(id, { channels: [{ ...second, value: '09123333333' }, phone('02188776655')] }).change).not.toBeNull()
    const after = get(id)
    expect(after.channels.map((c) => c.value)).toEqual(['09123333333', '02188776655'])
    expect(after.channels[0]!.id).toBe(second!.id)
    expect(after.channels.some((c) => c.id === first!.id)).toBe(false)
    expect(after.updated_at).toBe(ctx.clock.now())
    expect(names('1111111')).toEqual([])
    expect(names('88776655')).toEqual(['رضا کریمی'])
  })
  it('leaves nobody without name and phone', () => {
    const id = add({ first_name: 'رضا' })
    expect(() => update(id, { first_name: null })).toThrow(expect.objectContaining({ code: 'NAME_OR_PHONE_NEEDED' }))
    expect(get(id).first_name).toBe('رضا')
    expect(() => get('01890a5d-ac96-774b-bcce-b302099a8057')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
  it('adds, removes and brings back roles and tags', () => {
    const id = add({ last_name: 'نوری', roles: ['customer', 'staff'] })
    update(id, { roles: ['supplier'] })
    expect(get(id).roles).toEqual(['supplier'])
    update(id, { roles: ['customer', 'supplier'] })
    expect(get(id).roles.sort()).toEqual(['customer', 'supplier'])
  })
  it('finds people by the new name of their company, and no more by the old', () => {
    const company = add({ kind: 'company', company_name: 'فولاد البرز' })
    const links = [{ kind: 'works_at', role: null, outgoing: true, other_id: company }]
    add({ first_name: 'سارا', last_name: 'احمدی', links })
    expect(names('فولاد')).toEqual(['سارا احمدی', 'فولاد البرز'])
    update(company, { company_name: 'نساجی البرز' })
    expect(names('فولاد')).toEqual([])
    expect(names('سارا نساجی')).toEqual(['سارا احمدی'])
    customers.remove(ctx, { ids: [company] }, CALL)
    expect(names('نساجی')).toEqual([])
    customers.restore(ctx, { ids: [company] }, CALL)
    expect(names('نساجی')).toEqual(['سارا احمدی', 'نساجی البرز'])
  })
  it('finds people linked from the company side', () => {
    const person = add({ first_name: 'سارا', last_name: 'احمدی' })
    const company = add({
      kind: 'company',
      company_name: 'کاشی یزد',
      links: [{ kind: 'works_at', role: 'فروش', outgoing: false, other_id: person }],
    })
    expect(names('احمدی کاشی')).toEqual(['سارا احمدی'])
    update(company, { links: [] })
    expect(names('احمدی کاشی')).toEqual([])
  })
})

describe('tags', () => {
  it('are one for one name, renamed and removed everywhere', () => {
    const tag = (name: string) =>
      (customers.tags.add(ctx, { name, kind: 'tag', color: null }, CALL) as { id: string }).id
    const vip = tag('مشتری ويژه')
    expect(tag('مشتری ویژه')).toBe(vip)
    const id = add({ last_name: 'صادقی', tag_ids: [vip] })
    expect(names('ویژه')).toEqual(['صادقی'])
    customers.tags.update(ctx, { id: vip, name: 'طلایی' }, CALL)
    expect([names('ویژه'), names('طلایی')]).toEqual([[], ['صادقی']])
    expect(customers.tags.list(ctx, undefined, CALL)).toEqual([
      { id: vip, name: 'طلایی', color: null, kind: 'tag', uses: 1 },
    ])
    customers.tags.remove(ctx, { id: vip }, CALL)
    expect(names('طلایی')).toEqual([])
    expect(get(id).tags).toEqual([])
    expect(customers.tags.list(ctx, undefined, CALL)).toEqual([])
  })
  it('are re-read by more carriers than one transaction takes', async () => {
    const tag = (customers.tags.add(ctx, { name: 'قدیم', kind: 'group', color: null }, CALL) as { id: string }).id
    const { write } = await import('../../main/db/write.ts')
    const { addCustomerTx } = await import('../../main/modules/customers/write.ts')
    write(ctx, 'test', (tx) => {
      for (let i = 0; i < 2300; i++) {
        addCustomerTx(tx, CustomerInput.parse({ kind: 'person', last_name: `ن${i}`, tag_ids: [tag] } as Given))
      }
    })
    customers.tags.update(ctx, { id: tag, name: 'جدید' }, CALL)
    const filter = (value: string) => ({
      where: { op: 'and' as const, rules: [{ field: 'text' as const, test: 'matches', value }] },
      trash: false,
    })
    await expect
      .poll(() => customers.count(ctx, { filter: filter('قدیم') }, CALL), { timeout: 20_000 })
      .toEqual({ count: 0 })
    expect(customers.count(ctx, { filter: filter('جدید') }, CALL)).toEqual({ count: 2300 })
  })
})

describe('sources', () => {
  it('are listed in their order with their uses', () => {
    const add_ = (name: string) => (customers.sources.add(ctx, { name }, CALL) as { id: string }).id
    const [web, friend] = [add_('وب‌سایت'), add_('معرفی دوستان')]
    expect(add_('معرفي دوستان')).toBe(friend)
    const id = add({ last_name: 'صادقی', source_id: friend })
    expect(customers.sources.list(ctx, undefined, CALL)).toEqual([
      { id: web, name: 'وب‌سایت', uses: 0 },
      { id: friend, name: 'معرفی دوستان', uses: 1 },
    ])
    customers.sources.update(ctx, { id: friend, name: 'دوستان' }, CALL)
    expect(customers.rows(ctx, { ids: [id] }, CALL)).toMatchObject([{ source: 'دوستان' }])
    customers.sources.remove(ctx, { id: friend }, CALL)
    expect(customers.rows(ctx, { ids: [id] }, CALL)).toMatchObject([{ source: null }])
  })
})

describe('deleting a customer', () => {
  it('hides it everywhere and brings it back whole', () => {
    const id = add({ first_name: 'رضا', last_name: 'کریمی', channels: [phone('09121111111')] })
    customers.remove(ctx, { ids: [id] }, CALL)
    expect(names('کریمی')).toEqual([])
    expect(customers.count(ctx, { filter: EVERYBODY }, CALL)).toEqual({ count: 0 })
    expect(customers.count(ctx, { filter: { ...EVERYBODY, trash: true } }, CALL)).toEqual({ count: 1 })
    expect(get(id)).toMatchObject({ deleted: true, channels: [{ value: '09121111111' }] })
    update(id, { first_name: 'رضا علی' })
    expect(names('کریمی')).toEqual([])
    customers.restore(ctx, { ids: [id] }, CALL)
    expect(names('رضاعلی کریمی')).toEqual(['رضا علی کریمی'])
  })
})

describe('the check of customers', () => {
  it('sees a search row that lacks a word of its customer, and passes over names of every script', async () => {
    add({ first_name: 'İSTANBUL ẞtraße', last_name: 'Ǆ ﷲ ٱلله Ünlü 𐎠𐎼𐎹 𞤀' })
    add({ first_name: 'رضا', last_name: 'کریمی', channels: [phone('09121111111')] })
    expect(await customersModule.check?.(ctx)).toEqual([])
    const { pk } = ctx.db.prepare("SELECT pk FROM party WHERE last_name = 'کریمی'").get() as { pk: number }
    ctx.db.prepare('DELETE FROM party_fts WHERE rowid = ?').run(pk)
    ctx.db.prepare('INSERT INTO party_fts (rowid, x) VALUES (?, ?)').run(pk, 'رضا')
    expect((await customersModule.check?.(ctx))?.map((p) => p.code)).toEqual(['SEARCH_ROW_DIFFERS'])
    customersModule.rederiveAll?.(ctx)
  })
})

describe('making everything derived anew', () => {
  it('mends columns, keys and search rows', async () => {
    const company = add({ kind: 'company', company_name: 'فولاد البرز' })
    const links = [{ kind: 'works_at', role: null, outgoing: true, other_id: company }]
    add({ first_name: 'سارا', last_name: 'احمدی', links, channels: [phone('09121111111')] })
    add({ first_name: 'رفته', last_name: 'حذفی' })
    customers.remove(ctx, { ids: [add({ last_name: 'پاک' })] }, CALL)
    ctx.db.prepare('UPDATE change_context SET tx = 1, capture = 0').run()
    ctx.db.prepare("UPDATE party SET name = 'x', name_sort = '', phones = ''").run()
    ctx.db.prepare("UPDATE party_channel SET key = ''").run()
    ctx.db.prepare("INSERT INTO party_fts (party_fts) VALUES ('delete-all')").run()
    ctx.db.prepare('UPDATE change_context SET tx = NULL, capture = 1').run()
    expect((await customersModule.check?.(ctx))?.map((p) => p.code).sort()).toEqual([
      'CHANNEL_KEY_DIFFERS',
      'DERIVED_DIFFERS',
      'SEARCH_ROW_MISSING',
    ])
    customersModule.rederiveAll?.(ctx)
    expect(names('فولاد 1111')).toEqual(['سارا احمدی'])
  })
})
