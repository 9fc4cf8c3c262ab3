import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insert, remove } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import type { CtxUser } from '../../main/engine/context.ts'
import { modules } from '../../main/modules/index.ts'
import { seedCustomers } from '../../main/modules/setup/seed.ts'
import { seedDays } from '../../main/modules/setup/seed-days.ts'
import { user as userTable } from '../../main/modules/users/table.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import type { TaskInput } from '../../shared/contract/tasks.ts'
import { addDays, dayOf, fromJalali } from '../../shared/domain/jalali.ts'
import { clientOf } from '../support/client.ts'
import { START, type TestCtx, testCtx } from '../support/ctx.ts'

const DAY = 86_400_000
/** Of START, 12:30 in Tehran. */
const TODAY = '2026-11-22'

let ctx: TestCtx
let api: Client
beforeEach(async () => {
  ctx = await testCtx()
  api = clientOf(ctx)
})
afterEach(() => {
  expect(ctx.errors).toEqual([])
  ctx.close()
})

const customer = async (last_name: string, more: object = {}) =>
  (await api.customers.add({ kind: 'person', last_name, channels: [], ...more })).id
const task = async (title: string, more: Partial<TaskInput> = {}) =>
  (await api.tasks.add({ title, kind: 'todo', due_date: TODAY, ...more })).id
const call = (party_id: string, daysAgo: number) =>
  api.activities.log({
    activity: { kind: 'call', direction: 'out', body: '', at: ctx.clock.now() - daysAgo * DAY, party_ids: [party_id] },
  })
type Page = Awaited<ReturnType<Client['today']['page']>>
type Name = Page['sections'][number]['name']
const section = (page: Page, name: Name) => page.sections.find((one) => one.name === name)
const linesOf = (page: Page, name: Name) => section(page, name)?.lines ?? []
const titles = (page: Page, name: Name) =>
  linesOf(page, name).map((line) => ('task' in line ? line.task.title : 'party' in line ? line.party?.name : ''))
function colleague(name: string): CtxUser {
  const id = ctx.ids.next()
  write(ctx, 'test', (tx) => insert(tx, userTable, { id, name, role: 'seller' }))
  return { id, name, role: 'seller' }
}

describe('follow-ups and calls', () => {
  it('come in the order of their importance, calls by themselves', async () => {
    await task('روز بی‌ساعت')
    await task('هفتهٔ پیش', { due_date: '2026-11-15' })
    await task('ماه پیش', { due_date: '2026-10-20' })
    await task('دیروز', { due_date: '2026-11-21' })
    await task('کم‌اهمیت با ساعت', { priority: 0, due_minute: 500 })
    await task('جلسهٔ عصر', { kind: 'meeting', due_minute: 1000 })
    await task('جلسهٔ صبح', { kind: 'meeting', due_minute: 600 })
    await task('فوری ماه پیش', { due_date: '2026-10-20', priority: 2 })
    await task('فوری امروز', { priority: 2 })
    await task('فردا', { due_date: '2026-11-23', priority: 2 })
    await task('بی‌روز', { due_date: null, priority: 2 })
    await task('تماس', { kind: 'call' })
    const page = await api.today.page({ limit: 50 })
    expect(titles(page, 'followups')).toEqual([
      'فوری امروز',
      'فوری ماه پیش',
      'جلسهٔ صبح',
      'جلسهٔ عصر',
      'کم‌اهمیت با ساعت',
      'دیروز',
      'هفتهٔ پیش',
      'روز بی‌ساعت',
      'ماه پیش',
    ])
    expect(titles(page, 'calls')).toEqual(['تماس'])
    expect(section(page, 'followups')).toMatchObject({ count: { n: 9, more: false }, late: { n: 4, more: false } })
    expect(page).toMatchObject({ day: TODAY, due: { n: 10, more: false }, late: { n: 4, more: false } })
    expect(titles(await api.today.page({ limit: 3 }), 'followups')).toEqual(['فوری امروز', 'فوری ماه پیش', 'جلسهٔ صبح'])
  })

  it('are mine, nobody’s, and those of a colleague who is gone', async () => {
    const reza = colleague('رضا')
    const gone = colleague('رفته')
    await task('خودم')
    await task('بی‌صاحب', { owner_id: null })
    const his = clientOf(ctx, () => reza)
    await his.tasks.add({ title: 'رضا', due_date: TODAY })
    await task('رفته', { owner_id: gone.id })
    expect(titles(await api.today.page({}), 'followups').sort()).toEqual(['بی‌صاحب', 'خودم'].sort())
    write(ctx, 'test', (tx) => remove(tx, userTable, gone.id))
    expect(titles(await api.today.page({}), 'followups').sort()).toEqual(['بی‌صاحب', 'خودم', 'رفته'].sort())
    expect(titles(await his.today.page({}), 'followups').sort()).toEqual(['بی‌صاحب', 'رضا', 'رفته'].sort())
  })

  it('say how many there are up to a hundred, and not more', async () => {
    write(ctx, 'test', (tx) => {
      for (let i = 0; i < 130; i++) {
        tx.db
          .prepare(
            "INSERT INTO task (id, created_at, updated_at, kind, title, owner_id, due_date) VALUES (?, 0, 0, 'todo', 'کار', ?, ?)",
          )
          .run(ctx.ids.next(), i % 2 === 0 ? ctx.user!.id : null, TODAY)
      }
    })
    const page = await api.today.page({ limit: 10 })
    expect(section(page, 'followups')).toMatchObject({ count: { n: 99, more: true }, late: { n: 0, more: false } })
    expect(linesOf(page, 'followups')).toHaveLength(10)
    expect(page.due).toEqual({ n: 99, more: true })
  })

  it('go when they are done, and come again when that is taken back', async () => {
    const id = await task('یک کار')
    const { change } = await api.tasks.complete({ id })
    expect(await api.today.page({})).toMatchObject({ sections: [], done: 1, due: { n: 0 } })
    await api.history.undo({ change: change! })
    expect(await api.today.page({})).toMatchObject({ done: 0, due: { n: 1 } })
  })
})

describe('the day', () => {
  it('changes at midnight in Tehran, by the clock of the engine', async () => {
    await task('امروز')
    await task('فردا', { due_date: '2026-11-23' })
    // 23:59:59 there.
    ctx.clock.advance(Date.UTC(2026, 10, 22, 20, 29, 59) - ctx.clock.now())
    expect(await api.today.page({})).toMatchObject({ day: TODAY, due: { n: 1 }, late: { n: 0 } })
    ctx.clock.advance(1000)
    expect(await api.today.page({})).toMatchObject({ day: '2026-11-23', due: { n: 2 }, late: { n: 1 } })
    // A PC that slept for a week.
    ctx.clock.advance(7 * DAY)
    expect(await api.today.page({})).toMatchObject({ day: '2026-11-30', due: { n: 2 }, late: { n: 2 } })
  })

  it('may be asked for by the screen, whose clock turned a moment earlier', async () => {
    await task('فردا', { due_date: '2026-11-23' })
    expect(await api.today.page({ day: '2026-11-23' })).toMatchObject({ day: '2026-11-23', due: { n: 1 } })
  })

  it('without anything due says what comes next, and whether there is a customer at all', async () => {
    expect(await api.today.page({})).toEqual({
      day: TODAY,
      sections: [],
      due: { n: 0, more: false },
      late: { n: 0, more: false },
      done: 0,
      next: null,
      has_customers: false,
    })
    await customer('نخستین')
    for (const due_date of ['2026-12-01', '2026-11-25', '2026-11-25']) await task('بعد', { due_date })
    await task('دیگری', { due_date: '2026-11-24', owner_id: colleague('رضا').id })
    expect(await api.today.page({})).toMatchObject({
      next: { day: '2026-11-25', count: { n: 2, more: false } },
      has_customers: true,
    })
  })
})

describe('birthdays', () => {
  const born = (name: string, birth_jm: number, birth_jd: number, birth_jy: number | null = null) =>
    customer(name, { birth_jm, birth_jd, birth_jy })
  const days = (page: Page) =>
    linesOf(page, 'birthdays').map((line) => (line.type === 'birthday' ? [line.party.name, line.day, line.age] : []))

  it('are told from three days before, those spoken with last first', async () => {
    await born('هشتم', 9, 1, 1360)
    const known = await born('آشنا', 9, 1)
    await born('فردا', 9, 2, 1400)
    await born('سه روز', 9, 4)
    await born('چهار روز', 9, 5)
    await born('دیروز', 8, 30)
    await call(known, 5)
    expect(days(await api.today.page({}))).toEqual([
      ['آشنا', TODAY, null],
      ['هشتم', TODAY, 45],
      ['فردا', addDays(TODAY, 1), 5],
      ['سه روز', addDays(TODAY, 3), null],
    ])
  })

  it('of the 30th of Esfand are kept on the 29th where there is no 30th', async () => {
    await born('کبیسه', 12, 30, 1399)
    const common = fromJalali(1405, 12, 29)
    expect(days(await api.today.page({ day: common }))).toEqual([['کبیسه', common, 6]])
    const leap = fromJalali(1408, 12, 30)
    expect(days(await api.today.page({ day: leap }))).toEqual([['کبیسه', leap, 9]])
    expect(days(await api.today.page({ day: addDays(leap, -1) }))).toEqual([['کبیسه', leap, 9]])
    expect(days(await api.today.page({ day: addDays(leap, 1) }))).toEqual([])
  })

  it('go with the greeting, which stands on the timeline, and come again the next year', async () => {
    const id = await born('تولد', 9, 2, 1370)
    const { change } = await api.today.greet({ party_id: id, how: 'in_person' })
    expect(days(await api.today.page({}))).toEqual([])
    const { entries } = await api.activities.timeline({ party_id: id, kinds: ['message'] })
    expect(entries).toHaveLength(1)
    ctx.clock.advance(DAY)
    expect(days(await api.today.page({}))).toEqual([])
    ctx.clock.advance(365 * DAY)
    expect(days(await api.today.page({}))).toEqual([['تولد', fromJalali(1406, 9, 2), 36]])
    ctx.clock.advance(-366 * DAY)
    await api.history.undo({ change: change! })
    expect(days(await api.today.page({}))).toHaveLength(1)
  })
})

describe('slipped customers', () => {
  const facts = (page: Page) =>
    linesOf(page, 'slipped').map((line) => (line.type === 'slipped' ? [line.party.name, line.every, line.since] : []))
  const weekly = async (name: string, last: number) => {
    const id = await customer(name)
    for (const ago of [last + 42, last + 21, last]) await call(id, ago)
    return id
  }

  it('are those past their own rhythm with nothing planned, the last to slip first', async () => {
    await weekly('دیرتر', 49)
    await weekly('تازه', 33)
    await weekly('به‌موقع', 20)
    const once = await customer('یک بار')
    await call(once, 46)
    const planned = await weekly('برنامه‌دار', 49)
    await task('تماس', { kind: 'call', party_id: planned, due_date: addDays(TODAY, 4) })
    const page = await api.today.page({})
    expect(facts(page)).toEqual(
      [
        ['یک بار', null, addDays(TODAY, -1)],
        ['تازه', 21, addDays(TODAY, -1)],
        ['دیرتر', 21, addDays(TODAY, -17)],
      ].sort((a, b) => String(b[2]).localeCompare(String(a[2]))),
    )
    expect(page.due).toEqual({ n: 0, more: false })
  })

  it('go when a call is planned or logged, or when they are put off until that day', async () => {
    const a = await weekly('الف', 40)
    const b = await weekly('ب', 40)
    const c = await weekly('پ', 40)
    await api.tasks.add({ kind: 'call', title: 'احوال‌پرسی', party_id: a, due_date: addDays(TODAY, 1) })
    await call(b, 0)
    const { change } = await api.today.putOff({ party_id: c, until: addDays(TODAY, 14) })
    expect(facts(await api.today.page({}))).toEqual([])
    ctx.clock.advance(14 * DAY)
    expect(facts(await api.today.page({})).map(([name]) => name)).toEqual(['پ'])
    ctx.clock.advance(-14 * DAY)
    await api.history.undo({ change: change! })
    expect(facts(await api.today.page({})).map(([name]) => name)).toEqual(['پ'])
  })
})

describe('what colleagues leave', () => {
  it('waits to be accepted, then stands among my own', async () => {
    const reza = colleague('رضا')
    const his = clientOf(ctx, () => reza)
    const { id } = await his.tasks.add({ kind: 'call', title: 'ادامهٔ کار', due_date: TODAY })
    await his.tasks.handOver({ id, owner_id: ctx.user!.id, note: 'قیمت را گفته‌ام' })
    const page = await api.today.page({})
    expect(linesOf(page, 'handed')).toMatchObject([
      { type: 'handed', by: reza.id, note: 'قیمت را گفته‌ام', task: { title: 'ادامهٔ کار' } },
    ])
    expect(section(page, 'calls')).toBeUndefined()
    expect(page.due.n).toBe(1)
    await api.tasks.seen({ ids: [id] })
    const after = await api.today.page({})
    expect(section(after, 'handed')).toBeUndefined()
    expect(titles(after, 'calls')).toEqual(['ادامهٔ کار'])
  })

  it('is told beside where they named me, the newest first, until it is put away', async () => {
    const reza = colleague('رضا')
    const his = clientOf(ctx, () => reza)
    const about = await customer('موضوع')
    const { id: handed } = await his.tasks.add({ title: 'سپرده', due_date: TODAY })
    await his.tasks.handOver({ id: handed, owner_id: ctx.user!.id })
    ctx.clock.advance(60_000)
    const { id } = await his.activities.log({
      activity: { kind: 'note', body: 'ببین @مریم_رضایی', party_ids: [about] },
    })
    const page = await api.today.page({})
    expect(linesOf(page, 'handed').map((line) => line.type)).toEqual(['mention', 'handed'])
    expect(linesOf(page, 'handed')[0]).toMatchObject({ by: reza.id, activity_id: id, party: { name: 'موضوع' } })
    expect(section(page, 'handed')?.count).toEqual({ n: 2, more: false })
    await api.activities.seenMention({ activity_id: id })
    expect(linesOf(await api.today.page({}), 'handed').map((line) => line.type)).toEqual(['handed'])
  })
})

describe('a large book', () => {
  it('is answered by walking indexes only, each page and each count', async () => {
    await seedCustomers(ctx, { customers: 400, seed: 3 })
    const { id, ...end } = await seedDays(ctx, { activities: 2000, tasks: 300, seed: 3 })
    expect(end).toMatchObject({ state: 'done', added: 2300 })
    const asked = new Set<string>()
    const db = Object.assign(Object.create(ctx.db) as TestCtx['db'], {
      prepare(sql: string) {
        asked.add(sql)
        return ctx.db.prepare(sql)
      },
    })
    const watched: TestCtx = { ...ctx, db }
    const page = await clientOf(watched).today.page({ limit: 50 })
    expect(page.sections.map(({ name }) => name)).toEqual(expect.arrayContaining(['followups', 'calls', 'slipped']))
    expect(asked.size).toBeGreaterThan(15)
    // Small whole tables of people: colleagues; and «is there any customer».
    const small = /FROM user |^SELECT 1 FROM party WHERE deleted = 0 LIMIT 1$/
    const wrong = () =>
      [...asked].flatMap((sql) => {
        if (small.test(sql)) return []
        const values = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => null)
        const plan = ctx.db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as Array<{ detail: string }>
        // An index whose only use is the delete flag walks the table all the same.
        const walks = plan.filter(({ detail }) => /^SCAN (?!.*VIRTUAL TABLE|\(subquery)|\(deleted=\?\)$/.test(detail))
        return walks.map(({ detail }) => `${detail}: ${sql}`)
      })
    expect(wrong()).toEqual([])
    ctx.db.raw.exec('ANALYZE')
    expect(wrong()).toEqual([])
    // All of it goes again, and leaves nothing that the page would tell of.
    await api.history.undo({ batch: id })
    const left = (await api.today.page({})).sections.filter(({ name }) => name !== 'birthdays')
    expect(left).toEqual([])
  })

  it('gets the same days again from the same seed', async () => {
    const days = async () => {
      const other = await testCtx()
      try {
        await seedCustomers(other, { customers: 50, seed: 1 })
        await seedDays(other, { activities: 300, tasks: 40, seed: 1 })
        const all = (sql: string) => other.db.prepare(sql).all()
        return [
          all('SELECT kind, body, at, direction FROM activity ORDER BY pk'),
          all('SELECT title, due_date FROM task ORDER BY pk'),
        ]
      } finally {
        other.close()
      }
    }
    expect(await days()).toEqual(await days())
  })
})

it('shows what any module declares', async () => {
  const more = {
    name: 'later',
    tables: [],
    service: {},
    today: () => [
      {
        name: 'leads' as const,
        lines: [],
        count: { n: 3, more: false },
      },
    ],
  }
  const page = await clientOf({ ...ctx, modules: [...modules, more] }).today.page({})
  expect(section(page, 'leads')).toMatchObject({ count: { n: 3, more: false } })
  expect(page.due).toEqual({ n: 3, more: false })
  expect(dayOf(START)).toBe(TODAY)
})
