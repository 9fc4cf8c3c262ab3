import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { clientAs, clientOf } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'
import { dump } from '../support/replay.ts'

let ctx: TestCtx
let client: Client
beforeEach(async () => {
  ctx = await testCtx()
  client = clientOf(ctx)
})
afterEach(() => ctx.close())

const code = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: { code: string }) => error.code,
  )
const names = async (status: 'new' | 'working' | 'converted' | 'discarded', filter = {}) =>
  (await client.leads.page({ status, filter })).leads.map((lead) => lead.name)
const add = async (name: string, rest = {}) => (await client.leads.add({ name, ...rest })).id
const aSeller = async () => (await client.users.add({ name: 'علی محمدی', role: 'seller' })).id

describe('a lead', () => {
  test('is written down with a name or a number, is mine unless said otherwise, and can be changed', async () => {
    expect(await code(client.leads.add({}))).toBe('NAME_OR_PHONE_NEEDED')
    const source = (await client.customers.sources.add({ name: 'اینستاگرام' })).id
    const id = await add('رضا كريمي', {
      phone: '۰۹۱۲ ۳۴۵ ۶۷۸۹',
      company: 'بازرگانی نور',
      body: 'قیمت عمده',
      source_id: source,
    })
    expect(await client.leads.get({ id })).toMatchObject({
      name: 'رضا کریمی',
      phone: '۰۹۱۲ ۳۴۵ ۶۷۸۹',
      e164: '+989123456789',
      source: { id: source, name: 'اینستاگرام' },
      owner_id: ctx.user!.id,
      user_id: ctx.user!.id,
      at: ctx.clock.now(),
      status: 'new',
      party: null,
      known: null,
    })
    await client.leads.update({ id, patch: { phone: '02188776655', city: 'تهران', owner_id: null } })
    expect(await client.leads.get({ id })).toMatchObject({ e164: '+982188776655', city: 'تهران', owner_id: null })
    expect(await code(client.leads.update({ id, patch: { name: '', phone: null } }))).toBe('NAME_OR_PHONE_NEEDED')
    expect(await code(client.leads.update({ id, patch: { owner_id: ctx.ids.next() } }))).toBe('NOT_FOUND')
    const onlyNumber = await add('', { phone: '09351112233' })
    expect(await client.leads.get({ id: onlyNumber })).toMatchObject({ name: '', e164: '+989351112233' })
  })

  test('is talked to: a line more of what they want and the next step are one change', async () => {
    const id = await add('رضا کریمی', { body: 'قیمت عمده' })
    const followUp = { kind: 'call' as const, title: 'پیگیری – رضا کریمی', due_date: '2026-11-24' }
    const { change, task_id } = await client.leads.log({ id, words: '۱ آذر: تماس، نمونه خواست', followUp })
    expect(await client.leads.get({ id })).toMatchObject({
      status: 'working',
      body: 'قیمت عمده\n۱ آذر: تماس، نمونه خواست',
    })
    expect((await client.tasks.get({ id: task_id! })).title).toBe('پیگیری – رضا کریمی')
    await client.history.undo({ change: change! })
    expect(await client.leads.get({ id })).toMatchObject({ status: 'new', body: 'قیمت عمده' })
    expect(await client.leads.log({ id, words: null })).toMatchObject({ task_id: null })
    expect(await client.leads.get({ id })).toMatchObject({ status: 'working', body: 'قیمت عمده' })
    expect(await code(client.leads.log({ id: ctx.ids.next(), words: 'x' }))).toBe('NOT_FOUND')
    const far = { kind: 'call' as const, title: 'x', due_date: '1600-01-01' }
    expect(await code(client.leads.log({ id, words: 'y', followUp: far }))).toBe('DATE_OUT_OF_RANGE')
    expect((await client.leads.get({ id })).body).toBe('قیمت عمده')
  })

  test('whose number somebody has already is said at once: a customer, or another lead', async () => {
    const { id: customer } = await client.customers.add({
      kind: 'person',
      last_name: 'نوری',
      channels: [{ kind: 'phone', type: 'mobile', value: '09121110000' }],
    })
    const first = await add('نوری', { phone: '+98 912 111 0000' })
    ctx.clock.advance(1000)
    const second = await add('خانم نوری', { phone: '۰۹۱۲۱۱۱۰۰۰۰' })
    expect((await client.leads.get({ id: first })).known).toEqual({ id: customer, name: 'نوری' })
    expect((await client.leads.alike({ phone: '0912 111 0000' })).map((lead) => lead.id)).toEqual([second, first])
    expect((await client.leads.alike({ phone: '09121110000', except: second })).map((lead) => lead.id)).toEqual([first])
    expect(await client.leads.alike({ phone: '0912' })).toEqual([])
    const hits = await client.leads.matches({ id: first })
    expect(hits.map(({ customer: { id }, why }) => [id, why[0]])).toEqual([[customer, 'phone']])
  })
})

describe('the inbox', () => {
  test('is told by status, owner, source and words, the newest first, page by page', async () => {
    const ali = await aSeller()
    for (let i = 0; i < 5; i++) {
      ctx.clock.advance(1000)
      await add(`سرنخ ${i}`, {
        owner_id: i % 2 ? ali : null,
        body: i === 3 ? 'کاشی آبی' : null,
        phone: `0912000000${i}`,
      })
    }
    expect(await names('new')).toEqual(['سرنخ 4', 'سرنخ 3', 'سرنخ 2', 'سرنخ 1', 'سرنخ 0'])
    const page = await client.leads.page({ status: 'new', limit: 2 })
    const rest = await client.leads.page({ status: 'new', limit: 3, after: page.next! })
    expect([...page.leads, ...rest.leads].map((lead) => lead.name)).toEqual(await names('new'))
    expect(rest.next).toBeNull()
    expect(await names('new', { owner_id: ali })).toEqual(['سرنخ 3', 'سرنخ 1'])
    expect(await names('new', { owner_id: null, text: 'سرنخ ۲' })).toEqual(['سرنخ 2'])
    expect(await names('new', { text: 'آبي كاشی' })).toEqual(['سرنخ 3'])
    expect(await names('new', { text: '۰۹۱۲۰۰۰۰۰۰۴' })).toEqual(['سرنخ 4'])
    expect(await client.leads.counts({ filter: { owner_id: ali } })).toMatchObject({ new: 2, working: 0 })
    expect(await client.leads.counts({ filter: { text: 'آبی' } })).toMatchObject({ new: 1 })
  })

  test('takes several at once: to a colleague, in work, dropped for a reason, taken up again, deleted, each one undo', async () => {
    const ali = await aSeller()
    const { id: reason } = await client.lists.add({ list: 'lead_reason', name: 'گران بود' })
    const { id: outcome } = await client.lists.add({ list: 'outcome', name: 'پاسخ نداد' })
    const ids = [await add('یک'), await add('دو'), await add('سه')]
    expect(await client.leads.assign({ ids, owner_id: ali })).toMatchObject({ count: 3 })
    expect(await client.leads.assign({ ids, owner_id: ali })).toEqual({ count: 0, change: null })
    expect(await client.leads.work({ ids: ids.slice(0, 2) })).toMatchObject({ count: 2 })
    expect(await code(client.leads.discard({ ids, reason_id: outcome }))).toBe('NOT_FOUND')
    const { change } = await client.leads.discard({ ids, reason_id: reason })
    expect(await client.leads.counts({ filter: {} })).toEqual({ new: 0, working: 0, converted: 0, discarded: 3 })
    expect((await client.leads.get({ id: ids[0]! })).reason).toEqual({ id: reason, name: 'گران بود' })
    await client.history.undo({ change: change! })
    expect(await client.leads.counts({ filter: {} })).toEqual({ new: 1, working: 2, converted: 0, discarded: 0 })
    await client.leads.discard({ ids, reason_id: null })
    expect(await client.leads.reopen({ ids })).toMatchObject({ count: 3 })
    expect(await client.leads.get({ id: ids[2]! })).toMatchObject({ status: 'working', reason: null, closed_at: null })
    const removed = await client.leads.remove({ ids })
    expect(await code(client.leads.get({ id: ids[0]! }))).toBe('NOT_FOUND')
    await client.history.undo({ change: removed.change! })
    expect(await names('working')).toHaveLength(3)
    await client.users.remove({ id: ali })
    expect(await code(client.leads.assign({ ids, owner_id: ali }))).toBe('NOT_FOUND')
    expect((await client.leads.get({ id: ids[0]! })).owner_id).toBe(ali)
  })

  test('is for sellers too, and not for whoever is not there', async () => {
    const id = await add('رضا')
    expect(await clientAs(ctx, 'seller').leads.work({ ids: [id] })).toMatchObject({ count: 1 })
    expect(await code(clientAs(ctx, null).leads.get({ id }))).toBe('NOT_SET_UP')
  })
})

describe('becoming a customer', () => {
  const wish = {
    phone: '09121112233',
    email: 'Reza@x.ir',
    company: 'بازرگانی نور',
    city: 'اصفهان',
    body: 'صد متر کاشی',
  }

  test('carries everything along in one change, and its undo leaves nothing', async () => {
    const ali = await aSeller()
    const source = (await client.customers.sources.add({ name: 'تلفن' })).id
    const id = await add('رضا کریمی', { ...wish, source_id: source, owner_id: ali })
    const asked = ctx.clock.now()
    ctx.clock.advance(86_400_000)
    const before = dump(ctx.db)
    const { party_id, change } = await client.leads.convert({ id, party_id: null })
    const customer = await client.customers.get({ id: party_id })
    expect(customer).toMatchObject({
      kind: 'person',
      first_name: 'رضا',
      last_name: 'کریمی',
      source_id: source,
      owner_id: ali,
      channels: [
        { kind: 'phone', type: 'mobile', e164: '+989121112233' },
        { kind: 'email', value: 'Reza@x.ir' },
      ],
      addresses: [{ city: 'اصفهان', province: 'اصفهان' }],
      links: [{ kind: 'works_at', outgoing: true, other: { kind: 'company', name: 'بازرگانی نور' } }],
    })
    const { entries } = await client.activities.timeline({ party_id, kinds: ['note'] })
    expect(entries).toMatchObject([{ at: asked, activity: { body: 'صد متر کاشی' } }])
    expect(await client.leads.get({ id })).toMatchObject({
      status: 'converted',
      party: { id: party_id, name: 'رضا کریمی' },
      closed_at: ctx.clock.now(),
    })
    expect(await code(client.leads.convert({ id, party_id: null }))).toBe('ALREADY_CONVERTED')
    expect(await client.leads.discard({ ids: [id], reason_id: null })).toMatchObject({ count: 0 })
    await client.history.undo({ change: change! })
    expect(await client.leads.get({ id })).toMatchObject({ status: 'new', party: null, closed_at: null })
    expect(await code(client.customers.get({ id: party_id }).then((c) => expect(c.deleted).toBe(true)))).toBe(
      'answered',
    )
    const living = (tables: ReturnType<typeof dump>) =>
      Object.entries(tables).map(([name, rows]) => [name, rows.filter((row) => row['deleted'] === 0).length])
    expect(living(dump(ctx.db))).toEqual(living(before))
  })

  test('finds the company that is there, and takes a company for one', async () => {
    const { id: company } = await client.customers.add({ kind: 'company', company_name: 'بازرگانی نور' })
    const one = await client.leads.convert({ id: await add('رضا کریمی', wish), party_id: null })
    expect((await client.customers.get({ id: one.party_id })).links[0]?.other.id).toBe(company)
    const two = await client.leads.convert({
      id: await add('شرکت پخش البرز', { phone: '02188776655' }),
      party_id: null,
    })
    expect(await client.customers.get({ id: two.party_id })).toMatchObject({
      kind: 'company',
      company_name: 'شرکت پخش البرز',
      channels: [{ type: 'work' }],
    })
    const three = await client.leads.convert({ id: await add('', { phone: '09350001122' }), party_id: null })
    expect((await client.customers.get({ id: three.party_id })).channels).toHaveLength(1)
  })

  test('on a customer that is there adds only what was not known', async () => {
    const { id: customer } = await client.customers.add({
      kind: 'person',
      first_name: 'رضا',
      last_name: 'کریمی',
      channels: [{ kind: 'phone', type: 'mobile', value: '0912-111-2233' }],
      addresses: [{ type: 'home', province: null, city: 'شیراز', address: null, postal_code: null }],
    })
    const ali = await aSeller()
    const id = await add('ر. کریمی', { ...wish, owner_id: ali })
    const { party_id, change } = await client.leads.convert({ id, party_id: customer })
    expect(party_id).toBe(customer)
    expect(await client.customers.get({ id: customer })).toMatchObject({
      first_name: 'رضا',
      owner_id: ctx.user!.id,
      channels: [{ kind: 'phone' }, { kind: 'email' }],
      addresses: [{ city: 'شیراز' }],
      links: [{ kind: 'works_at' }],
    })
    await client.history.undo({ change: change! })
    expect(await client.customers.get({ id: customer })).toMatchObject({ channels: [{ kind: 'phone' }], links: [] })
    expect(await code(client.leads.convert({ id, party_id: ctx.ids.next() }))).toBe('NOT_FOUND')
  })
})

describe('what leads are counted in', () => {
  test('by source: how many came since, became customers, were dropped', async () => {
    const shop = (await client.customers.sources.add({ name: 'حضوری' })).id
    const site = (await client.customers.sources.add({ name: 'سایت' })).id
    await add('قدیمی', { source_id: site })
    ctx.clock.advance(10 * 86_400_000)
    const since = ctx.clock.now()
    const ids = [
      await add('الف', { source_id: shop }),
      await add('ب', { source_id: shop }),
      await add('پ', { source_id: site }),
    ]
    await add('ت')
    await client.leads.convert({ id: ids[0]!, party_id: null })
    await client.leads.discard({ ids: [ids[2]!], reason_id: null })
    expect(await client.leads.sources({ since })).toEqual([
      { source: { id: shop, name: 'حضوری' }, came: 2, converted: 1, discarded: 0 },
      { source: { id: site, name: 'سایت' }, came: 1, converted: 0, discarded: 1 },
      { source: null, came: 1, converted: 0, discarded: 0 },
    ])
    const [, all] = await client.leads.sources({ since: null })
    expect(all).toMatchObject({ came: 2 })
  })

  test('on the page of today: my new ones and nobody’s, not a colleague’s, by an index', async () => {
    const ali = await aSeller()
    await add('مال من')
    await add('مال هیچ‌کس', { owner_id: null })
    await add('مال علی', { owner_id: ali })
    const [leads] = (await client.today.page({})).sections.filter((section) => section.name === 'leads')
    expect(leads).toMatchObject({ count: { n: 2, more: false } })
    expect(leads!.lines.map((line) => line.type === 'lead' && line.name).sort()).toEqual(['مال من', 'مال هیچ‌کس'])
    const plan = ctx.db.raw
      .prepare(
        "EXPLAIN QUERY PLAN SELECT id FROM lead l INDEXED BY lead_owner WHERE l.owner_id IS ? AND l.status = 'new' AND l.deleted = 0 ORDER BY l.at DESC, l.pk DESC LIMIT 8",
      )
      .all(null)
    expect(JSON.stringify(plan)).toContain('USING INDEX lead_owner')
    expect(JSON.stringify(plan)).not.toContain('TEMP B-TREE')
  })
})
