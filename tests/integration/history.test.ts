import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cancelBatch, createBatch, markInterrupted, readBatch, runBatch, setBatchState } from '../../main/db/batch.ts'
import { checkLog } from '../../main/db/check-log.ts'
import { byId, insert, patch } from '../../main/db/rows.ts'
import { write, writeChanged } from '../../main/db/write.ts'
import { activity, activityParty } from '../../main/modules/activities/table.ts'
import { customersService } from '../../main/modules/customers/service.ts'
import { party, partyChannel, source, tag } from '../../main/modules/customers/table.ts'
import { addCustomerTx } from '../../main/modules/customers/write.ts'
import { changesOfParty } from '../../main/modules/history/party-changes.ts'
import { historyService } from '../../main/modules/history/service.ts'
import { lead } from '../../main/modules/leads/table.ts'
import { settingsService } from '../../main/modules/settings/service.ts'
import { task, taskCheck } from '../../main/modules/tasks/table.ts'
import { user } from '../../main/modules/users/table.ts'
import { type CustomerPatch, customers } from '../../shared/contract/customers.ts'
import { history } from '../../shared/contract/history.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'
import { dump, replay } from '../support/replay.ts'

let ctx: TestCtx
beforeEach(async () => {
  ctx = await testCtx()
})
afterEach(async () => {
  // Whatever was undone and redone: the log still tells exactly what the tables hold.
  expect(replay(ctx.db)).toEqual(dump(ctx.db))
  expect((await checkLog(ctx)).problems).toEqual([])
  ctx.close()
})

const call = { signal: undefined }
type Input<K extends keyof typeof history> = Parameters<(typeof historyService)[K]>[1]
const checked = <T>(procedure: { '~orpc': { outputSchema?: unknown } }, output: T): T =>
  (procedure['~orpc'].outputSchema as { parse(o: unknown): T }).parse(output)

const undo = async (input: Input<'undo'>) => checked(history.undo, await historyService.undo(ctx, input, call))
const page = async (input: Partial<Input<'page'>> = {}) =>
  checked(history.page, await historyService.page(ctx, { limit: 50, ...input }, call))
const details = async (input: Input<'details'>) =>
  checked(history.details, await historyService.details(ctx, input, call))
const code = async (run: () => Promise<unknown>) =>
  run().then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  )

async function add(fields: CustomerPatch & { kind?: 'person' | 'company' }) {
  const input = (customers.add['~orpc'].inputSchema as unknown as { parse(o: unknown): never }).parse({
    kind: 'person',
    ...fields,
  })
  const { id, change } = await customersService.add(ctx, input, call)
  ctx.clock.advance(60_000)
  return { id, change: change! }
}
async function update(id: string, fields: CustomerPatch): Promise<number> {
  const { change } = await customersService.update(ctx, { id, patch: fields }, call)
  ctx.clock.advance(60_000)
  return change!
}
const row = (id: string) => byId(ctx.db, party, id)!
const phone = (value: string) => ({ kind: 'phone' as const, type: 'mobile' as const, value })
const found = (text: string) =>
  ctx.db.raw.prepare('SELECT count(*) FROM party_fts WHERE party_fts MATCH ?').pluck().get(`"${text}"`)

describe('undo', () => {
  test('gives changed fields their earlier values, and derived data follows', async () => {
    const { id } = await add({ first_name: 'علی', last_name: 'کریمی' })
    const change = await update(id, { last_name: 'رضایی', about: 'تازه' })
    const done = await undo({ change })
    expect(done).toMatchObject({ restored: 2, kept: [], kept_total: 0 })
    expect(row(id)).toMatchObject({ last_name: 'کریمی', about: null, name: 'علی کریمی' })
    expect([found('رضایی'), found('کریمی')]).toEqual([0, 1])
  })

  test('of an older change restores only what still comes from it, and shows the rest', async () => {
    const { id } = await add({ first_name: 'علی', last_name: 'کریمی' })
    const first = await update(id, { last_name: 'رضایی', about: 'الف' })
    await update(id, { about: 'ب' })
    const done = await undo({ change: first })
    expect(row(id)).toMatchObject({ last_name: 'کریمی', about: 'ب' })
    expect(done.restored).toBe(1)
    expect(done.kept).toEqual([
      {
        table: 'party',
        row_id: id,
        party: { id, name: 'علی کریمی' },
        kind: 'patch',
        field: 'about',
        from: null,
        to: 'ب',
        from_name: null,
        to_name: null,
      },
    ])
    expect(done.kept_total).toBe(1)
  })

  test('of an undo brings the change back, and that can be undone again', async () => {
    const { id, change: added } = await add({ first_name: 'علی' })
    const change = await update(id, { first_name: 'رضا' })
    const once = await undo({ change })
    const twice = await undo({ change: once.change! })
    expect(row(id).first_name).toBe('رضا')
    expect((await page()).entries.map((e) => [e.change, e.undone]).slice(0, 3)).toEqual([
      [twice.change, false],
      [once.change, true],
      [change, false],
    ])
    const third = await undo({ change })
    expect(third).toMatchObject({ restored: 1, kept_total: 0 })
    expect(row(id).first_name).toBe('علی')
    expect(await undo({ change: added })).toMatchObject({ kept_total: 0 })
    expect(row(id).deleted).toBe(1)
  })

  test('twice is refused with nothing to undo, and an unknown change is not found', async () => {
    const { id } = await add({ first_name: 'علی' })
    const change = await update(id, { first_name: 'رضا' })
    await undo({ change })
    expect(await code(() => undo({ change }))).toBe('NOTHING_TO_UNDO')
    expect(await code(() => undo({ change: 9999 }))).toBe('NOT_FOUND')
    expect(await code(() => undo({ batch: id }))).toBe('NOT_FOUND')
  })

  test('of a later change hands the value back to the earlier one, which can then be undone too', async () => {
    const { id } = await add({ first_name: 'علی' })
    const first = await update(id, { first_name: 'رضا' })
    const second = await update(id, { first_name: 'حسن' })
    await undo({ change: second })
    expect(row(id).first_name).toBe('رضا')
    expect(await undo({ change: first })).toMatchObject({ restored: 1, kept_total: 0 })
    expect(row(id).first_name).toBe('علی')
  })

  test('of a new customer takes it and all its parts back, and undoing that brings them all again', async () => {
    const { id, change } = await add({
      last_name: 'کریمی',
      channels: [phone('09121234567')],
      roles: ['customer', 'supplier'],
    })
    const done = await undo({ change })
    const living = () =>
      ['party', 'party_channel', 'party_role'].map((t) =>
        ctx.db.raw.prepare(`SELECT count(*) FROM ${t} WHERE deleted = 0`).pluck().get(),
      )
    expect([row(id).deleted, living(), found('کریمی'), done.kept]).toEqual([1, [0, 0, 0], 0, []])
    await undo({ change: done.change! })
    expect([row(id).deleted, living(), found('کریمی'), row(id).phones]).toEqual([0, [1, 1, 2], 1, '9121234567'])
  })

  test('keeps a new customer that was edited since', async () => {
    const { id, change } = await add({ last_name: 'کریمی' })
    await update(id, { about: 'خریدار عمده' })
    const done = await undo({ change })
    expect(row(id).deleted).toBe(0)
    expect(done.kept).toMatchObject([{ table: 'party', row_id: id, kind: 'put', party: { name: 'کریمی' } }])
  })

  test('keeps a new customer that a note was written about, until the note is gone', async () => {
    const { id, change } = await add({ last_name: 'کریمی' })
    const note = writeChanged(ctx, 'activities.add.note', (tx) => {
      const made = insert(tx, activity, { kind: 'note', body: 'پیگیری شود', at: tx.now, local_date: '2026-11-22' })
      insert(tx, activityParty, { activity_id: made.id, party_id: id, at: tx.now })
    })
    expect((await undo({ change })).kept_total).toBeGreaterThan(0)
    expect(row(id).deleted).toBe(0)
    await undo({ change: note.change! })
    expect((await undo({ change })).kept_total).toBe(0)
    expect(row(id).deleted).toBe(1)
  })

  test('keeps a company while someone who stays works there, and takes both when nobody does', async () => {
    const both = () =>
      writeChanged(ctx, 'imports.run', (tx) => {
        const company = addCustomerTx(tx, { kind: 'company', company_name: 'پارس' } as never)
        const person = addCustomerTx(tx, {
          kind: 'person',
          last_name: 'کریمی',
          links: [{ kind: 'works_at', role: null, outgoing: true, other_id: company.id }],
        } as never)
        return [company.id, person.id] as const
      })
    const kept = both()
    await update(kept.result[1], { about: 'مهم' })
    await undo({ change: kept.change! })
    const gone = both()
    await undo({ change: gone.change! })
    expect([...kept.result, ...gone.result].map((id) => row(id).deleted)).toEqual([0, 0, 1, 1])
  })

  test('keeps an edited note with the customer it was written about', async () => {
    const { id } = await add({ last_name: 'کریمی' })
    const note = writeChanged(ctx, 'activities.add.note', (tx) => {
      const made = insert(tx, activity, { kind: 'note', body: 'الف', at: tx.now, local_date: '2026-11-22' })
      insert(tx, activityParty, { activity_id: made.id, party_id: id, at: tx.now })
      return made.id
    })
    write(ctx, 'activities.update', (tx) => patch(tx, activity, note.result, { body: 'ب' }))
    expect(await undo({ change: note.change! })).toMatchObject({ restored: 0, kept_total: 1 })
    expect(ctx.db.raw.prepare('SELECT count(*) FROM activity_party WHERE deleted = 0').pluck().get()).toBe(1)
  })

  test('of a deletion brings the customer back to the search', async () => {
    const { id } = await add({ last_name: 'کریمی' })
    const { change } = await customersService.remove(ctx, { ids: [id] }, call)
    expect(found('کریمی')).toBe(0)
    await undo({ change: change! })
    expect([row(id).deleted, found('کریمی')]).toEqual([0, 1])
  })

  test('never takes away the owner or the business of the first run', async () => {
    const setUp = (await page()).entries.at(-1)!
    expect(setUp.verb).toBe('setup.finish')
    expect(await code(() => undo({ change: setUp.change }))).toBe('NOTHING_TO_UNDO')
    expect(byId(ctx.db, user, ctx.user!.id)!.deleted).toBe(0)
  })

  test('is no way around a permission', async () => {
    const { id } = await add({ last_name: 'کریمی' })
    const change = await update(id, { last_name: 'رضایی' })
    const promoted = writeChanged(ctx, 'users.update', (tx) => patch(tx, user, ctx.user!.id, { role: 'seller' }))
      .change!
    ctx.user = { ...ctx.user!, role: 'seller' }
    expect(await code(() => undo({ change: promoted }))).toBe('FORBIDDEN')
    const restore = { table: 'user', row_id: ctx.user.id, field: 'role', change: 1 }
    expect(await code(async () => historyService.restoreField(ctx, restore, call))).toBe('FORBIDDEN')
    expect(byId(ctx.db, user, ctx.user.id)!.role).toBe('seller')
    expect(await undo({ change })).toMatchObject({ restored: 1 })
  })
})

describe('a batch', () => {
  async function importOf(n: number) {
    const id = createBatch(ctx, { kind: 'csv', total: n, file_name: 'a.csv' })
    const end = await runBatch(ctx, {
      id,
      verb: 'imports.run',
      read: (from, size) => Array.from({ length: Math.min(size, n - from) }, (_, i) => from + i),
      apply(tx, items) {
        for (const i of items)
          addCustomerTx(tx, {
            kind: 'person',
            last_name: `واردشده${i}`,
            channels: [phone(`0912${String(1_000_000 + i)}`)],
          } as never)
        return { added: items.length, failed: 0 }
      },
    })
    return { id, end }
  }
  const living = () => ctx.db.raw.prepare('SELECT count(*) FROM party WHERE deleted = 0').pluck().get()

  test('is one entry, undone and redone as one, without what was touched since', async () => {
    const before = (await page()).entries.length
    const { id, end } = await importOf(1200)
    expect(end).toMatchObject({ state: 'done', done: 1200, added: 1200, failed: 0 })
    const { entries } = await page()
    expect(entries).toHaveLength(before + 1)
    expect(entries[0]).toMatchObject({ batch: id, change: end.change, verb: 'imports.run', rows: 1200, undone: false })
    expect(entries[0]!.parties).toHaveLength(3)
    const edited = ctx.db.raw.prepare("SELECT id FROM party WHERE last_name = 'واردشده7'").pluck().get() as string
    await update(edited, { about: 'این یکی را لازم داریم' })
    const chunks: number[] = []
    ctx.live.listen((e) => e.change !== null && chunks.push(e.change))
    const done = await undo({ batch: id })
    expect(chunks.length).toBeGreaterThan(1)
    expect(living()).toBe(1)
    expect(row(edited).deleted).toBe(0)
    expect(done.kept_total).toBe(1)
    // What stays, stays whole: with its phone.
    expect(row(edited).phones).toBe('9121000007')
    expect(ctx.db.raw.prepare('SELECT count(*) FROM party_channel WHERE deleted = 0').pluck().get()).toBe(1)
    expect(readBatch(ctx, id)!.state).toBe('undone')
    expect((await page()).entries.find((e) => e.batch === id)!.undone).toBe(true)
    // The number of its last chunk stands for the whole undo.
    await undo({ change: done.change! })
    expect(living()).toBe(1200)
    expect(readBatch(ctx, id)!.state).toBe('done')
    expect(ctx.db.raw.prepare("SELECT count(*) FROM party WHERE phones <> ''").pluck().get()).toBe(1200)
    for (const module of ctx.modules) expect((await module.check?.(ctx)) ?? [], module.name).toEqual([])
    expect((await page()).entries.find((e) => e.batch === id)!.undone).toBe(false)
  })

  test('stops when cancelled, and goes on where it stood', async () => {
    const id = createBatch(ctx, { kind: 'csv', total: 2500 })
    const read = (from: number, size: number) => Array.from({ length: Math.min(size, 2500 - from) }, (_, i) => from + i)
    const apply = (tx: Parameters<typeof insert>[0], items: number[]) => {
      for (const i of items) insert(tx, source, { name: `راه ${i}` })
      return { added: items.length, failed: 0 }
    }
    const stopped = await runBatch(ctx, {
      id,
      verb: 'imports.run',
      read,
      apply,
      onProgress: () => cancelBatch(ctx, id),
    })
    expect(stopped).toMatchObject({ state: 'cancelled', done: 1000 })
    setBatchState(ctx, id, 'interrupted')
    expect(await runBatch(ctx, { id, verb: 'imports.run', read, apply })).toMatchObject({ state: 'done', done: 2500 })
    expect(ctx.db.raw.prepare('SELECT count(DISTINCT name) FROM source').pluck().get()).toBe(2500)
  })

  test('that was running when the program died is called interrupted at the next start', () => {
    const id = createBatch(ctx, { kind: 'csv', total: 10, state: 'running' })
    createBatch(ctx, { kind: 'csv', total: 10, state: 'done' })
    expect(markInterrupted(ctx).map((b) => b.id)).toEqual([id])
    expect(readBatch(ctx, id)!.state).toBe('interrupted')
  })

  test('that fails in a chunk keeps the chunks before it and is called interrupted', async () => {
    const id = createBatch(ctx, { kind: 'csv', total: 2000 })
    const run = runBatch(ctx, {
      id,
      verb: 'imports.run',
      read: (from) => Array.from({ length: 1000 }, (_, i) => from + i),
      apply(tx, items, from) {
        for (const i of items) insert(tx, source, { name: `${i}` })
        if (from > 0) throw new Error('torn file')
        return { added: items.length, failed: 0 }
      },
    })
    await expect(run).rejects.toThrow('torn file')
    expect(readBatch(ctx, id)).toMatchObject({ state: 'interrupted', done: 1000, added: 1000 })
    expect(ctx.db.raw.prepare('SELECT count(*) FROM source').pluck().get()).toBe(1000)
  })
})

describe('the history page', () => {
  test('is newest first, filtered by person, customer, time and kind, a page at a time', async () => {
    const ali = await add({ first_name: 'علی' })
    const reza = await add({ first_name: 'رضا' })
    ctx.clock.advance(86_400_000)
    const later = await update(ali.id, { about: 'فردا' })
    const verbs = async (input: Partial<Input<'page'>>) => (await page(input)).entries.map((e) => e.change)
    expect(await verbs({ party_id: ali.id })).toEqual([later, ali.change])
    expect(await verbs({ from: '2026-11-23' })).toEqual([later])
    expect(await verbs({ to: '2026-11-22', kind: 'customers' })).toEqual([reza.change, ali.change])
    expect(await verbs({ kind: 'custom' })).toEqual([])
    expect(await verbs({ kind: 'setup' })).toHaveLength(1)
    expect(await verbs({ user_id: reza.id })).toEqual([])
    const first = await page({ user_id: ctx.user!.id, limit: 2 })
    expect(first.entries.map((e) => e.change)).toEqual([later, reza.change])
    expect((await page({ user_id: ctx.user!.id, limit: 2, before: first.next! })).entries[0]!.change).toBe(ali.change)
    expect(first.entries[0]).toMatchObject({
      verb: 'customers.update',
      rows: 1,
      parties: [{ id: ali.id, name: 'علی' }],
      user_id: ctx.user!.id,
    })
  })

  test('says which task, lead or colleague it was about, where no customer says it', async () => {
    const due = { kind: 'todo' as const, status: 'open' as const, priority: 1 }
    const call = write(ctx, 'tasks.add', (tx) => insert(tx, task, { ...due, title: 'خرید نایلون' })).id
    write(ctx, 'tasks.update', (tx) => insert(tx, taskCheck, { task_id: call, text: 'دو رول', position: 0 }))
    write(ctx, 'leads.add', (tx) => insert(tx, lead, { name: 'هاشمی', at: tx.now, status: 'new' }))
    const ali = await add({ first_name: 'علی' })
    write(ctx, 'tasks.update', (tx) => patch(tx, task, call, { party_id: ali.id }))
    const rows = (await page({ limit: 5 })).entries.map((e) => [e.verb, e.parties.length, e.subjects])
    expect(rows).toEqual([
      ['tasks.update', 1, ['خرید نایلون']],
      ['customers.add', 1, []],
      ['leads.add', 0, ['هاشمی']],
      ['tasks.update', 0, ['خرید نایلون']],
      // The customer it belongs to now.
      ['tasks.add', 1, ['خرید نایلون']],
    ])
    // Many at once are listed among the details; the first three alone would say something untrue.
    write(ctx, 'tasks.add', (tx) => {
      for (const title of ['یک', 'دو', 'سه', 'چهار']) insert(tx, task, { ...due, title })
    })
    expect((await page({ limit: 1 })).entries[0]!.subjects).toEqual([])
  })

  test('tells a change field by field, with names for people, tags and sources', async () => {
    const { id } = await add({ last_name: 'کریمی' })
    const where = write(ctx, 'x', (tx) => insert(tx, source, { name: 'اینستاگرام' })).id
    const label = write(ctx, 'x', (tx) => insert(tx, tag, { name: 'عمده' })).id
    const change = await update(id, { source_id: where, owner_id: null, tag_ids: [label] })
    const { fields, total } = await details({ change })
    const short = fields.map((f) => [f.table, f.field, f.from_name ?? f.from, f.to_name ?? f.to, f.party?.name])
    expect(short.sort()).toEqual([
      ['party', 'owner_id', 'مریم رضایی', null, 'کریمی'],
      ['party', 'source_id', null, 'اینستاگرام', 'کریمی'],
      ['party_tag', 'tag_id', null, 'عمده', 'کریمی'],
    ])
    expect(total).toBe(3)
  })

  test('names what was taken out or brought back: tag, role, number, and the far end of a relation', async () => {
    const shop = await add({ kind: 'company', company_name: 'فروشگاه نور' })
    const label = write(ctx, 'x', (tx) => insert(tx, tag, { name: 'خوش‌حساب' })).id
    const works = { kind: 'works_at' as const, role: 'مدیر', outgoing: true, other_id: shop.id }
    const { id, change: added } = await add({
      last_name: 'کریمی',
      roles: ['customer', 'supplier'],
      tag_ids: [label],
      channels: [phone('09121234567')],
      links: [works],
    })
    const names = async (change: number) =>
      (await details({ change })).fields.map((f) => [f.table, f.field, f.from_name, f.to_name]).sort()
    expect(await names(added)).toContainEqual(['party_link', 'to_id', null, 'فروشگاه نور'])
    const out = await update(id, { roles: ['customer'], tag_ids: [], channels: [], links: [] })
    expect(await names(out)).toEqual([
      ['party_channel', 'deleted', '09121234567', null],
      ['party_link', 'deleted', 'فروشگاه نور', null],
      ['party_role', 'deleted', 'supplier', null],
      ['party_tag', 'deleted', 'خوش‌حساب', null],
    ])
    const again = await update(id, { tag_ids: [label] })
    expect(await names(again)).toEqual([['party_tag', 'deleted', null, 'خوش‌حساب']])
  })

  test('knows every value a field has had, and gives any of them back', async () => {
    const { id, change: added } = await add({ last_name: 'کریمی' })
    const first = await update(id, { last_name: 'رضایی' })
    const second = await update(id, { last_name: 'احمدی', about: 'x' })
    const field = async (name: string) =>
      checked(history.field, await historyService.field(ctx, { table: 'party', row_id: id, field: name }, call))
    expect((await field('last_name')).map((v) => [v.change, v.value])).toEqual([
      [second, 'احمدی'],
      [first, 'رضایی'],
      [added, 'کریمی'],
    ])
    expect((await field('about')).map((v) => v.value)).toEqual(['x', null])
    expect((await field('owner_id'))[0]).toMatchObject({ name: 'مریم رضایی', user_id: ctx.user!.id })
    const restore = { table: 'party', row_id: id, field: 'last_name', change: first }
    const { change } = checked(history.restoreField, await historyService.restoreField(ctx, restore, call))
    expect(row(id)).toMatchObject({ last_name: 'رضایی', name: 'رضایی', about: 'x' })
    expect(await historyService.restoreField(ctx, restore, call)).toEqual({ change: null })
    await undo({ change: change! })
    expect(row(id).last_name).toBe('احمدی')
    for (const bad of [{ field: 'id' }, { field: 'name' }, { table: 'meta' }, { row_id: added.toString() }]) {
      expect(
        await code(async () => historyService.restoreField(ctx, { ...restore, ...bad }, call)),
        JSON.stringify(bad),
      ).toBe('NOT_FOUND')
    }
  })
})

test('a setting is told by its own name', async () => {
  const first = await settingsService.updateBusiness(ctx, { day_begins: 450 }, call)
  const then = await settingsService.updateBusiness(ctx, { day_begins: 510 }, call)
  const told = async (change: number | null) => (await details({ change: change! })).fields
  expect(await told(first.change)).toMatchObject([{ table: 'setting', field: 'day_begins', from: null, to: '450' }])
  expect(await told(then.change)).toMatchObject([{ table: 'setting', field: 'day_begins', from: '450', to: '510' }])
})

test('what happened to a customer is told for its own rows only, a page at a time', async () => {
  const { id, change: added } = await add({ last_name: 'کریمی', channels: [phone('09121234567')] })
  const other = await add({ last_name: 'دیگری' })
  const channel = ctx.db.raw.prepare('SELECT id FROM party_channel').pluck().get() as string
  const both = writeChanged(ctx, 'customers.bulk', (tx) => {
    patch(tx, partyChannel, channel, { type: 'work' })
    patch(tx, party, other.id, { about: 'x' })
  }).change!
  const all = changesOfParty(ctx, id, { limit: 10 })
  expect(all.map((c) => [c.change, c.verb, c.fields.length > 0])).toEqual([
    [both, 'customers.bulk', true],
    [added, 'customers.add', true],
  ])
  expect(all[0]!.fields).toMatchObject([{ table: 'party_channel', field: 'type', from: 'mobile', to: 'work' }])
  expect(changesOfParty(ctx, id, { limit: 1, before: both }).map((c) => c.change)).toEqual([added])
  expect(changesOfParty(ctx, id, { limit: 10, before: added })).toEqual([])
})
