import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insert, patch } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import { contactDatesOf } from '../../main/modules/customers/contact-dates.ts'
import { tasksModule } from '../../main/modules/tasks/module.ts'
import { addTaskTx } from '../../main/modules/tasks/write.ts'
import { user } from '../../main/modules/users/table.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { addDays, fromJalali } from '../../shared/domain/jalali.ts'
import { clientOf } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

/** 1 Azar 1405, 12:30 in Tehran, a Sunday. */
const TODAY = '2026-11-22'
const TOMORROW = '2026-11-23'
const HOUR = 3_600_000
const NINE = Date.parse('2026-11-22T09:00+03:30')

let ctx: TestCtx
let api: Client
let reza: string
beforeEach(async () => {
  ctx = await testCtx()
  api = clientOf(ctx)
  reza = (await api.customers.add({ kind: 'person', last_name: 'رضایی' })).id
})
afterEach(() => {
  expect(tasksModule.check?.(ctx)).toEqual([])
  ctx.close()
})

const add = async (title: string, more: object = {}) => (await api.tasks.add({ title, ...more })).id
const colleague = (name = 'علی احمدی') =>
  write(ctx, 'users.add', (tx) => insert(tx, user, { name, role: 'seller' as const }).id)
const leaves = (id: string) => write(ctx, 'users.remove', (tx) => patch(tx, user, id, { deleted: 1 }))
const titles = (rows: ReadonlyArray<{ title: string }>) => rows.map((row) => row.title)
const groups = async (filter: object = {}) =>
  Object.fromEntries((await api.tasks.groups(filter)).groups.map((g) => [g.group, titles(g.rows)]))
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: { code: string }) => error.code,
  )
const partyDates = () => {
  const row = ctx.db.raw
    .prepare('SELECT pk, id, created_at, deleted, quiet_until FROM party WHERE id = ?')
    .get(reza) as never
  const stored = ctx.db.raw.prepare('SELECT last_contact, next_contact, slips_on FROM party WHERE id = ?').get(reza)
  expect(stored).toEqual(contactDatesOf(ctx.db, row))
  return stored as { next_contact: string | null }
}

describe('the list of tasks', () => {
  it('stands in groups by day, each in its order, and pages by key without gap or double', async () => {
    await add('دیروز', { due_date: '2026-11-21' })
    await add('پارسال', { due_date: '2025-11-21', due_minute: 600 })
    await add('امروز ساعت ۴', { due_date: TODAY, due_minute: 960 })
    await add('امروز', { due_date: TODAY })
    await add('فردا', { due_date: TOMORROW })
    await add('جمعه', { due_date: '2026-11-27' })
    await add('شنبه', { due_date: '2026-11-28' })
    await add('یک روزی')
    const done = await add('تمام')
    await api.tasks.complete({ id: done })
    expect(await groups()).toEqual({
      overdue: ['پارسال', 'دیروز'],
      today: ['امروز', 'امروز ساعت ۴'],
      tomorrow: ['فردا'],
      week: ['جمعه'],
      later: ['شنبه'],
      someday: ['یک روزی'],
    })
    expect(titles((await api.tasks.page({ group: 'done' })).rows)).toEqual(['تمام'])
    const all: string[] = []
    for (let i = 0; i < 23; i++)
      all.push(await add(`فردا ${i}`, { due_date: TOMORROW, ...(i % 3 && { due_minute: 600 + (i % 4) }) }))
    const paged: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await api.tasks.page({ group: 'tomorrow', limit: 4, ...(after && { after }) })
      paged.push(...page.rows.map((row) => row.id))
      if (page.next === null) break
      after = page.next
    }
    expect(paged).toHaveLength(24)
    expect(new Set(paged).size).toBe(24)
    const whole = await api.tasks.page({ group: 'tomorrow', limit: 100 })
    expect(whole.rows.map((row) => row.id)).toEqual(paged)
    const first = (await api.tasks.groups({ limit: 5 })).groups.find((g) => g.group === 'tomorrow')
    expect(first).toMatchObject({ count: 24, rows: { length: 5 } })
    expect(await code(api.tasks.page({ group: 'today', after: 'no key' }))).toBe('BAD_REQUEST')
  })

  it('is filtered by owner, kind, priority and by words of the title or of the customer', async () => {
    const ali = await colleague()
    await add('تماس برای فاکتور', { kind: 'call', party_id: reza, due_date: TODAY })
    await add('خرید کاغذ', { priority: 2, due_date: TODAY })
    await add('کار علی', { owner_id: ali, due_date: TODAY })
    await add('بی‌صاحب', { owner_id: null, due_date: TODAY })
    expect((await groups())['today']).toEqual(['تماس برای فاکتور', 'خرید کاغذ'])
    expect((await groups({ owner: 'all' }))['today']).toHaveLength(4)
    expect((await groups({ owner: { id: ali } }))['today']).toEqual(['کار علی'])
    expect((await groups({ kind: 'call' }))['today']).toEqual(['تماس برای فاکتور'])
    expect((await groups({ priority: 2 }))['today']).toEqual(['خرید کاغذ'])
    expect((await groups({ text: 'رضايي' }))['today']).toEqual(['تماس برای فاکتور'])
    expect((await groups({ text: 'کاغذ' }))['today']).toEqual(['خرید کاغذ'])
    const some = await api.tasks.groups({ owner: 'nobody' })
    expect(some.nobodys).toBe(1)
    const [row] = some.groups.find((g) => g.group === 'today')!.rows
    expect((await api.tasks.rows({ ids: [row!.id] }))[0]).toMatchObject({ title: 'بی‌صاحب', owner_id: null })
  })

  it('finds tasks by words of their title and of their customer’s name, by a search index, few and many alike', async () => {
    for (let i = 0; i < 40; i++) await add(`سفارش شماره ${100 + i}`, { due_date: TODAY, party_id: i % 2 ? reza : null })
    const found = async (text: string) =>
      (await api.tasks.groups({ text })).groups.find((g) => g.group === 'today')!.count
    expect([await found('سفارش'), await found('رضايي'), await found('رضا سفا'), await found('139')]).toEqual([
      40, 20, 20, 1,
    ])
    const { rows } = (await api.tasks.groups({ text: '139' })).groups.find((g) => g.group === 'today')!
    await api.tasks.update({ id: rows[0]!.id, patch: { title: 'فاکتور' } })
    expect([await found('139'), await found('فاکتور رضایی')]).toEqual([0, 1])
    await api.customers.update({ id: reza, patch: { last_name: 'نوری' } })
    expect([await found('رضایی'), await found('نوری سفارش')]).toEqual([0, 19])
    await api.tasks.remove({ ids: [rows[0]!.id] })
    expect(await found('فاکتور')).toBe(0)
    expect(tasksModule.check?.(ctx)).toEqual([])
    // More than are looked up one by one.
    write(ctx, 'test', (tx) => {
      for (let i = 0; i < 3100; i++)
        addTaskTx(tx, { title: `نامه ${i}`, due_date: i % 2 ? TODAY : '2026-12-30', reminders: [] })
    })
    const many = await api.tasks.groups({ text: 'نامه', limit: 10 })
    const first = many.groups.find((g) => g.group === 'today')!
    expect([first.count, titles(first.rows)]).toEqual([1000, Array.from({ length: 10 }, (_, i) => `نامه ${2 * i + 1}`)])
    const next = await api.tasks.page({ group: 'today', text: 'نامه', limit: 10, after: first.next! })
    expect(titles(next.rows)[0]).toBe('نامه 21')
    tasksModule.rederiveAll?.(ctx)
    expect(tasksModule.check?.(ctx)).toEqual([])
    const asked: string[] = []
    const prepare = ctx.db.prepare.bind(ctx.db)
    ctx.db.prepare = (sql) => {
      asked.push(sql)
      return prepare(sql)
    }
    for (const owner of ['mine', 'all'] as const)
      for (const text of ['نامه', 'نوری'])
        for (const group of ['today', 'done'] as const) await api.tasks.page({ group, text, owner })
    ctx.db.prepare = prepare
    const walks = asked.filter((sql) => /\bFROM task(_fts)?\b/.test(sql))
    expect(walks.length).toBeGreaterThan(10)
    for (const sql of walks) {
      const values = Array.from(sql.matchAll(/\?/g), () => '1')
      const plan = ctx.db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as Array<{ detail: string }>
      for (const { detail } of plan)
        expect(detail, sql).not.toMatch(/^SCAN (?!task USING (COVERING )?INDEX|task_fts VIRTUAL|json_each)/)
    }
  })

  it('walks an index, whoever is asked for', () => {
    const plan = (sql: string) =>
      (ctx.db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as Array<{ detail: string }>).map((r) => r.detail).join()
    const order = 'ORDER BY due_date, due_minute, pk LIMIT 50'
    const open = "status = 'open' AND deleted = 0 AND due_date >= '2026-11-22'"
    for (const sql of [
      `SELECT * FROM task INDEXED BY task_mine WHERE owner_id IS 'x' AND ${open} ${order}`,
      `SELECT * FROM task INDEXED BY task_open WHERE ${open} ${order}`,
    ]) {
      expect(plan(sql)).toMatch(/SEARCH task USING INDEX task_(mine|open)/)
      expect(plan(sql)).not.toContain('TEMP B-TREE')
    }
  })
})

describe('a task', () => {
  it('keeps what two windows changed of it, field by field, and one undo takes a whole save back', async () => {
    const id = await add('تماس', { party_id: reza, check_list: ['یک', 'دو'], due_date: TODAY })
    const [one] = (await api.tasks.get({ id })).check_list
    await api.tasks.update({ id, patch: { title: 'تماس با رضایی' } })
    const { change } = await api.tasks.update({
      id,
      patch: { due_minute: 900, priority: 2 },
      checks: { add: ['سه'], set: [{ id: one!.id, done: true }] },
      reminders: { add: [15] },
    })
    const full = await api.tasks.get({ id })
    expect(full).toMatchObject({ title: 'تماس با رضایی', due_minute: 900, priority: 2, checks: 3, checks_done: 1 })
    expect(full.reminders).toMatchObject([{ before: 15, at: NINE + 6 * HOUR - 15 * 60_000 }])
    await api.history.undo({ change: change! })
    const back = await api.tasks.get({ id })
    expect(back).toMatchObject({ title: 'تماس با رضایی', due_minute: null, priority: 1, checks: 2, checks_done: 0 })
    expect(back.reminders).toEqual([])
  })

  it('tells a customer’s next contact and next steps, also when it goes to another and is undone', async () => {
    const later = await add('بعد', { party_id: reza, due_date: '2026-12-01' })
    const id = await add('زود', { party_id: reza, due_date: TODAY })
    expect(partyDates().next_contact).toBe(TODAY)
    const done = await api.tasks.complete({ id })
    expect(partyDates().next_contact).toBe('2026-12-01')
    await api.history.undo({ change: done.change! })
    expect(partyDates().next_contact).toBe(TODAY)
    const other = (await api.customers.add({ kind: 'person', last_name: 'نوری' })).id
    await api.tasks.update({ id, patch: { party_id: other } })
    expect(partyDates().next_contact).toBe('2026-12-01')
    await api.tasks.remove({ ids: [later] })
    expect(partyDates().next_contact).toBeNull()
    expect(titles((await api.tasks.ofParty({ party_id: other })).rows)).toEqual(['زود'])
    await api.customers.merge({ survivor: reza, others: [other] })
    expect(partyDates().next_contact).toBe(TODAY)
    expect((await api.tasks.ofParty({ party_id: reza })).rows).toMatchObject([{ title: 'زود', party: { id: reza } }])
  })

  it('is refused with a reason for a day outside the calendar, an owner who left and a rule that says nothing', async () => {
    expect(await code(api.tasks.add({ title: 'دور', due_date: '2200-01-01' }))).toBe('DATE_OUT_OF_RANGE')
    expect(await code(api.tasks.add({ title: 'نیست', due_date: '2026-02-30' }))).toBe('DATE_OUT_OF_RANGE')
    const ali = await colleague()
    const id = await add('کار علی', { owner_id: ali })
    await leaves(ali)
    expect(await code(api.tasks.add({ title: 'به علی', owner_id: ali }))).toBe('OWNER_UNKNOWN')
    expect(await code(api.tasks.handOver({ id, owner_id: ali }))).toBe('OWNER_UNKNOWN')
    expect(await code(api.tasks.update({ id, patch: { rule: 'هر وقت شد' } }))).toBe('RULE_NOT_UNDERSTOOD')
    const ended = '1;D;n=1;u=2026-11-01'
    expect(await code(api.tasks.add({ title: 'تمام', due_date: TODAY, rule: ended }))).toBe('RULE_NEVER')
    expect(await code(api.tasks.move({ id: reza, due_date: TODAY }))).toBe('NOT_FOUND')
    // Nothing of a refused save was written.
    expect(await groups({ owner: 'all' })).toMatchObject({ someday: ['کار علی'], today: [] })
  })

  it('of a colleague who left is nobody’s: it can be edited, and taken', async () => {
    const ali = await colleague()
    const id = await add('پیگیری', { owner_id: ali, due_date: TODAY })
    await leaves(ali)
    expect(await api.tasks.get({ id })).toMatchObject({ owner_id: null, owner_was: 'علی احمدی' })
    expect((await groups({ owner: 'nobody' }))['today']).toEqual(['پیگیری'])
    await api.tasks.update({ id, patch: { title: 'پیگیری چک' } })
    await api.tasks.take({ ids: [id] })
    expect(await api.tasks.get({ id })).toMatchObject({ owner_id: ctx.user!.id, owner_was: null, handed_by: null })
    expect((await groups())['today']).toEqual(['پیگیری چک'])
  })

  it('is handed over with a word and counts as seen only once the other has looked', async () => {
    const ali = await colleague()
    const his = clientOf(ctx, () => ({ id: ali, name: 'علی احمدی', role: 'seller' }))
    const id = await add('ارسال کاتالوگ')
    await api.tasks.handOver({ id, owner_id: ali, note: 'امروز زنگ زد' })
    expect(await his.tasks.get({ id })).toMatchObject({
      handed_by: ctx.user!.id,
      handed_note: 'امروز زنگ زد',
      handed_seen: false,
    })
    await api.tasks.seen({ ids: [id] })
    expect((await his.tasks.get({ id })).handed_seen).toBe(false)
    await his.tasks.seen({ ids: [id] })
    expect((await his.tasks.get({ id })).handed_seen).toBe(true)
    await api.tasks.update({ id, patch: { owner_id: null } })
    expect(await api.tasks.get({ id })).toMatchObject({ handed_by: null, handed_note: null })
  })

  it('has a checklist that is written line by line and put in order', async () => {
    const id = await add('نمایشگاه')
    const ids: string[] = []
    for (const text of ['غرفه', 'کارت', 'بروشور']) ids.push((await api.tasks.checks.add({ task_id: id, text })).id)
    await api.tasks.checks.update({ id: ids[1]!, done: true, text: 'کارت ویزیت' })
    await api.tasks.checks.arrange({ task_id: id, ids: [ids[2]!, ids[0]!] })
    await api.tasks.checks.remove({ id: ids[0]! })
    expect((await api.tasks.get({ id })).check_list).toEqual([
      { id: ids[2], text: 'بروشور', done: false },
      { id: ids[1], text: 'کارت ویزیت', done: true },
    ])
    expect(await code(api.tasks.checks.update({ id: ids[0]!, done: true }))).toBe('NOT_FOUND')
  })

  it('is dropped, reopened, moved and put off', async () => {
    const id = await add('بازدید', { due_date: TODAY, due_minute: 900 })
    await api.tasks.drop({ id })
    expect(await api.tasks.get({ id })).toMatchObject({ status: 'dropped', closed_by: ctx.user!.id, rings_at: null })
    await api.tasks.reopen({ id })
    expect(await api.tasks.get({ id })).toMatchObject({ status: 'open', closed_at: null, rings_at: NINE + 6 * HOUR })
    // Within the day only the reminder goes.
    expect((await api.tasks.snooze({ id, until: { minutes: 10 } })).at).toBe(ctx.clock.now() + 600_000)
    expect(await api.tasks.get({ id })).toMatchObject({ due_minute: 900, rings_at: ctx.clock.now() + 600_000 })
    // On another day the task goes, and what it was put off to before is over.
    await api.tasks.move({ id, due_date: TOMORROW })
    expect(await api.tasks.get({ id })).toMatchObject({ due_minute: 900, rings_at: NINE + 30 * HOUR })
    await api.tasks.snooze({ id, until: { date: '2026-11-28', minute: 600 } })
    expect(await api.tasks.get({ id })).toMatchObject({ due_date: '2026-11-28', due_minute: 600 })
    expect(await code(api.tasks.snooze({ id, until: { date: TODAY, minute: 0 } }))).toBe('DATE_OUT_OF_RANGE')
    await api.tasks.move({ id, due_date: null })
    expect(await api.tasks.get({ id })).toMatchObject({ due_date: null, due_minute: null, rings_at: null })
  })
})

describe('a recurring task', () => {
  it('makes its next one in the same change, with a fresh checklist and its reminders; twice from two windows makes one', async () => {
    const id = await add('اجاره', {
      due_date: TODAY,
      due_minute: 600,
      rule: '1;M;n=1;d=5',
      check_list: ['چک', 'رسید'],
      reminders: [0, 60],
    })
    const [check] = (await api.tasks.get({ id })).check_list
    await api.tasks.checks.update({ id: check!.id, done: true })
    const [one, two] = await Promise.all([api.tasks.complete({ id }), api.tasks.complete({ id })])
    expect(two).toEqual({ change: null, next: null })
    expect(one.next?.due_date).toBe(fromJalali(1405, 9, 5))
    const next = await api.tasks.get({ id: one.next!.id })
    expect(next).toMatchObject({
      title: 'اجاره',
      status: 'open',
      series_id: id,
      due_minute: 600,
      checks: 2,
      checks_done: 0,
    })
    expect(next.reminders.map((r) => r.before)).toEqual([0, 60])
    expect(next.rings_at).toBe(Date.parse(`${next.due_date}T09:00+03:30`))
    await api.history.undo({ change: one.change! })
    expect((await api.tasks.get({ id: next.id })).deleted).toBe(true)
    expect(await groups()).toMatchObject({ today: ['اجاره'], week: [] })
    // The next one of a series keeps to its first.
    const again = (await api.tasks.complete({ id })).next!
    const third = (await api.tasks.complete({ id: again.id })).next!
    expect(await api.tasks.get({ id: third.id })).toMatchObject({ series_id: id, due_date: fromJalali(1405, 10, 5) })
  })

  it('comes neither twice nor in the past when it was moved or done late', async () => {
    // Every Saturday.
    const id = await add('موجودی', { due_date: '2026-11-28', rule: '1;W;n=1;w=0' })
    await api.tasks.move({ id, due_date: '2026-11-25' })
    const second = (await api.tasks.complete({ id })).next!
    expect(second.due_date).toBe('2026-12-05')
    ctx.clock.advance(40 * 24 * HOUR)
    const third = (await api.tasks.complete({ id: second.id })).next!
    expect(third.due_date).toBe('2027-01-02')
    // Days after it was done, however late that is.
    const filter = await add('فیلتر', { due_date: '2026-11-01', rule: '1;A;n=90' })
    expect((await api.tasks.complete({ id: filter })).next!.due_date).toBe(addDays('2027-01-01', 90))
  })

  it('begins on the first day of its rule, ends with it, and begins anew with another rule', async () => {
    const id = await add('آخر ماه', { rule: '1;M;n=1;d=31' })
    // Azar has thirty days.
    expect((await api.tasks.get({ id })).due_date).toBe(fromJalali(1405, 9, 30))
    const twice = await add('دو بار', { due_date: TODAY, rule: '1;D;n=1;c=2' })
    const second = (await api.tasks.complete({ id: twice })).next!
    expect(second.due_date).toBe(TOMORROW)
    expect((await api.tasks.complete({ id: second.id })).next).toBeNull()
    const next = (await api.tasks.complete({ id })).next!
    await api.tasks.update({ id: next.id, patch: { rule: '1;D;n=2' } })
    const day = (await api.tasks.get({ id: next.id })).due_date!
    expect((await api.tasks.complete({ id: next.id })).next!.due_date).toBe(addDays(day, 2))
  })
})
