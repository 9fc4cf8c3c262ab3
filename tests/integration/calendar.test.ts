import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { insert } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import { task } from '../../main/modules/tasks/table.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { DEFAULT_WEEK } from '../../shared/domain/working-week.ts'
import { clientAs, clientOf } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

/** 1 Azar 1405, a Sunday. */
const TODAY = '2026-11-22'
const MONTH = { from: TODAY, to: '2026-12-21' }

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
const todo = async (title: string, due_date: string, due_minute: number | null = null, more: object = {}) =>
  (await client.tasks.add({ title, due_date, due_minute, ...more })).id
type Ask = Parameters<Client['calendar']['range']>[0]
const dayOf = async (day: string, ask: Partial<Ask> = {}) =>
  (await client.calendar.range({ from: day, to: day, ...ask })).days[0]!
const titles = async (day: string, ask: Partial<Ask> = {}) => (await dayOf(day, ask)).entries.map((e) => e.title)
const aCustomer = async (last_name: string, more: object = {}) =>
  (await client.customers.add({ kind: 'person', last_name, ...more })).id

describe('a range of the calendar', () => {
  test('has every day with its tasks in the order of the clock, those without a time after them and done ones last', async () => {
    const party_id = await aCustomer('رضایی')
    await todo('بی‌ساعت', TODAY)
    await todo('مهم بی‌ساعت', TODAY, null, { priority: 2 })
    await todo('عصر', TODAY, 17 * 60)
    await todo('صبح', TODAY, 9 * 60, { party_id, kind: 'call', minutes: 30 })
    const done = await todo('شده', TODAY)
    const noon = await todo('ظهر شده', TODAY, 12 * 60)
    await client.tasks.complete({ id: done })
    await client.tasks.complete({ id: noon })
    const dropped = await todo('رهاشده', TODAY)
    await client.tasks.drop({ id: dropped })
    const removed = await todo('حذف‌شده', TODAY)
    await client.tasks.remove({ ids: [removed] })
    const { days, today } = await client.calendar.range(MONTH)
    expect(today).toBe(TODAY)
    expect(days.map(({ day }) => day)).toHaveLength(30)
    expect(days[0]!.entries.map((e) => e.title)).toEqual(['صبح', 'ظهر شده', 'عصر', 'مهم بی‌ساعت', 'بی‌ساعت', 'شده'])
    expect(days[0]).toMatchObject({ total: 6, birthdays: { count: { n: 0, more: false } } })
    expect(days[0]!.entries[0]).toMatchObject({
      type: 'task',
      kind: 'call',
      minute: 540,
      minutes: 30,
      status: 'open',
      party: { id: party_id, name: 'رضایی' },
    })
    expect(days.slice(1).every(({ total, entries }) => total === 0 && entries.length === 0)).toBe(true)
  })

  test('counts what it does not show, and an entry that was moved is on its new day at once', async () => {
    write(ctx, 'setup.seed', (tx) => {
      for (let i = 0; i < 1500; i++) {
        const due_minute = i % 3 === 0 ? null : (i * 7) % 1440
        insert(tx, task, {
          kind: 'todo',
          title: `کار ${i}`,
          owner_id: ctx.user!.id,
          due_date: '2026-11-24',
          due_minute,
        })
      }
    })
    const full = await dayOf('2026-11-24', { per_day: 4 })
    expect(full.total).toBe(1500)
    const minutes = full.entries.map((e) => e.minute)
    expect(minutes).toEqual([...minutes].sort((a, b) => a! - b!))
    expect(full.entries).toHaveLength(4)
    const id = await todo('قرار', TODAY, 600)
    const { change } = await client.tasks.move({ id, due_date: '2026-11-23' })
    expect(await titles(TODAY)).toEqual([])
    expect((await dayOf('2026-11-23')).entries[0]).toMatchObject({ id, minute: 600 })
    await client.tasks.move({ id, due_date: '2026-11-23', due_minute: 630 })
    expect((await dayOf('2026-11-23')).entries[0]).toMatchObject({ minute: 630 })
    await client.history.undo({ change: change! })
    expect((await dayOf('2026-11-23')).total + (await dayOf(TODAY)).total).toBe(1)
  })

  test('shows mine and nobody’s, everybody’s, or a colleague’s', async () => {
    const ali = (await client.users.add({ name: 'علی محمدی', role: 'seller' })).id
    await todo('مال من', TODAY)
    await todo('مال علی', TODAY, 600, { owner_id: ali })
    await todo('مال هیچ‌کس', TODAY, null, { owner_id: null })
    expect((await titles(TODAY)).sort()).toEqual(['مال من', 'مال هیچ‌کس'])
    expect(await titles(TODAY, { owner: { id: ali } })).toEqual(['مال علی'])
    expect((await dayOf(TODAY, { owner: 'all' })).total).toBe(3)
    // What a colleague who is gone left behind is nobody's.
    await client.users.remove({ id: ali })
    expect((await dayOf(TODAY)).total).toBe(3)
  })

  test('has meetings and visits that took place, and not twice what was a task', async () => {
    const party_id = await aCustomer('کریمی')
    const at = ctx.clock.now() - 3_600_000
    const log = (activity: Parameters<Client['activities']['log']>[0]['activity'], done_task_id?: string) =>
      client.activities.log({ activity, ...(done_task_id && { done_task_id }) })
    const task_id = await todo('بازدید انبار', TODAY, 600, { kind: 'visit', party_id })
    await log({ kind: 'meeting', party_ids: [party_id], at, minutes: 45, body: 'قرارداد را خواند' })
    await log({ kind: 'call', direction: 'out', party_ids: [party_id], at })
    await log({ kind: 'visit', party_ids: [party_id], at }, task_id)
    const { entries, total } = await dayOf(TODAY)
    expect(total).toBe(2)
    expect(entries.map(({ type, kind, minute, minutes, title }) => ({ type, kind, minute, minutes, title }))).toEqual([
      { type: 'task', kind: 'visit', minute: 600, minutes: null, title: 'بازدید انبار' },
      { type: 'happened', kind: 'meeting', minute: 11 * 60 + 30, minutes: 45, title: 'قرارداد را خواند' },
    ])
    expect(entries[1]!.party).toEqual({ id: party_id, name: 'کریمی' })
  })

  test('shows beforehand when a recurring task comes again, without its past', async () => {
    // Saturdays and Wednesdays, from the first of Azar.
    const id = await todo('گزارش', '2026-11-25', 600, { rule: '1;W;n=1;w=0,4' })
    const { days } = await client.calendar.range({ ...MONTH, from: '2026-11-14' })
    const on = days.filter(({ total }) => total > 0).map(({ day, entries }) => [day, entries[0]!.type])
    expect(on.slice(0, 4)).toEqual([
      ['2026-11-25', 'task'],
      ['2026-11-28', 'again'],
      ['2026-12-02', 'again'],
      ['2026-12-05', 'again'],
    ])
    expect(on).toHaveLength(8)
    // The one that was done makes the next, and what was shown is what comes.
    await client.tasks.complete({ id })
    const after = await client.calendar.range(MONTH)
    expect(after.days.filter(({ total }) => total > 0).map(({ day }) => day)).toEqual(on.map(([day]) => day))
    expect((await dayOf('2026-11-28')).entries.map((e) => e.type)).toEqual(['task'])
    // Counted from when it is done: nobody knows yet.
    await todo('سرویس', '2026-11-23', null, { rule: '1;A;n=3' })
    expect(
      (await client.calendar.range(MONTH)).days.flatMap((d) => d.entries).filter((e) => e.title === 'سرویس'),
    ).toHaveLength(1)
  })

  test('has birthdays with some names, and in a common year those of 30 Esfand on the 29th', async () => {
    for (const name of ['الف', 'ب', 'پ', 'ت']) await aCustomer(name, { birth_jm: 9, birth_jd: 2 })
    await aCustomer('کبیسه', { birth_jm: 12, birth_jd: 30 })
    const { birthdays } = await dayOf('2026-11-23', { names: 3 })
    expect(birthdays.count).toEqual({ n: 4, more: false })
    expect(birthdays.parties).toHaveLength(3)
    expect((await dayOf('2027-03-20')).birthdays.parties.map((p) => p.name)).toEqual(['کبیسه'])
  })

  test('refuses days that are none, and ranges that are turned round or too long', async () => {
    expect(await code(client.calendar.range({ from: '2026-02-30', to: '2026-03-01' }))).toBe('DATE_OUT_OF_RANGE')
    expect(await code(client.calendar.range({ from: '1700-01-01', to: '1700-01-02' }))).toBe('DATE_OUT_OF_RANGE')
    expect(await code(client.calendar.range({ from: TODAY, to: '2026-11-21' }))).toBe('BAD_REQUEST')
    expect(await code(client.calendar.range({ from: TODAY, to: '2027-11-21' }))).toBe('BAD_REQUEST')
  })

  test('walks an index for each of its parts', async () => {
    await client.customers.add({ kind: 'person', last_name: 'کسی', birth_jm: 9, birth_jd: 1 })
    const seen = new Set<string>()
    const prepare = ctx.db.prepare.bind(ctx.db)
    const spying = {
      ...ctx,
      db: Object.create(ctx.db, { prepare: { value: (sql: string) => seen.add(sql) && prepare(sql) } }),
    }
    const asking = clientOf(spying as TestCtx)
    await todo('کار', TODAY, 600, { rule: '1;D;n=1' })
    await todo('کار', TODAY)
    for (const owner of ['me', 'all'] as const) await asking.calendar.range({ ...MONTH, owner })
    const plans = [...seen]
      .filter((sql) => /FROM (task|activity|party|holiday)\b/.test(sql))
      .map((sql) => ctx.db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array(sql.split('?').length - 1).fill(1)))
      .map((rows) => (rows as Array<{ detail: string }>).map(({ detail }) => detail).join(' | '))
    expect(plans.length).toBeGreaterThan(12)
    for (const plan of plans) {
      expect(plan).toMatch(/USING (COVERING )?INDEX|USING INTEGER PRIMARY KEY/)
      // Of recurring tasks all are wanted, and there are only a few.
      expect(plan).not.toMatch(/TEMP B-TREE|SCAN (?!json_each|\(subquery|t USING INDEX task_recurring)/)
    }
    const counts = plans.filter((plan) => /task_(open|mine|done)|activity_day/.test(plan) && /COVERING/.test(plan))
    expect(counts.length).toBeGreaterThanOrEqual(6)
  })
})

describe('holidays', () => {
  const names = async (day: string) => (await client.calendar.holidays({ from: day, to: day })).map((h) => h.name.fa)

  test('are those of the official calendar, those of the moon marked as estimates', async () => {
    expect(await client.calendar.holidays({ from: '2027-03-21', to: '2027-03-21' })).toMatchObject([
      { name_key: 'nowruz', off: true, approximate: false, own: false, id: null },
    ])
    const year = await client.calendar.year({ year: 1406 })
    expect(year.lunar).toBe(true)
    expect(year.holidays.some((h) => h.name_key === 'ashura' && h.approximate)).toBe(true)
    const far = await client.calendar.year({ year: 1450 })
    expect(far).toMatchObject({ lunar: false })
    expect(far.holidays.length).toBeGreaterThan(8)
  })

  test('are added, changed, hidden, moved and brought back, each undoable', async () => {
    const { id } = await client.calendar.addHoliday({ date: '2026-11-26', name: 'انبارگردانی' })
    expect(await code(client.calendar.addHoliday({ date: '2026-11-26', name: 'انبار گردانی', kind: 'day' }))).toBe(
      'answered',
    )
    expect(await code(client.calendar.addHoliday({ date: '2026-11-26', name: 'انبارگرداني' }))).toBe('NAME_TAKEN')
    expect((await dayOf('2026-11-26')).holidays[0]).toMatchObject({ id, own: true, off: true })
    await client.calendar.updateHoliday({ id, patch: { date: '2026-11-28', kind: 'day' } })
    expect((await dayOf('2026-11-28')).holidays[0]).toMatchObject({ id, off: false })
    const { change } = await client.calendar.removeHoliday({ id })
    expect(await names('2026-11-28')).toEqual([])
    await client.history.undo({ change: change! })
    expect(await names('2026-11-28')).toEqual(['انبارگردانی'])

    const fitr = (await client.calendar.year({ year: 1405 })).holidays.find(
      (h) => h.name_key === 'fitr' && h.approximate,
    )!
    await client.calendar.moveHoliday({ date: fitr.day, name: 'fitr', to: '2027-03-12' })
    expect((await client.calendar.holidays({ from: '2027-03-12', to: '2027-03-12' }))[0]).toMatchObject({
      name: fitr.name,
      approximate: false,
      own: true,
    })
    expect(await names(fitr.day)).not.toContain(fitr.name.fa)
    expect(await code(client.calendar.hideHoliday({ date: fitr.day, name: 'fitr' }))).toBe('NOT_FOUND')
    const { hidden } = await client.calendar.year({ year: 1405 })
    expect(hidden).toMatchObject([{ day: fitr.day, name: fitr.name }])
    await client.calendar.removeHoliday({ id: hidden[0]!.id })
    expect(await names(fitr.day)).toContain(fitr.name.fa)
    await client.calendar.hideHoliday({ date: '2027-03-21', name: 'نوروز' }).catch(() => {})
    await client.calendar.hideHoliday({ date: '2027-03-21', name: 'nowruz' })
    expect(await names('2027-03-21')).toEqual([])
    expect(await code(client.calendar.addHoliday({ date: '2026-13-01', name: 'هیچ' }))).toBe('DATE_OUT_OF_RANGE')
    expect(await code(client.calendar.removeHoliday({ id: ctx.ids.next() }))).toBe('NOT_FOUND')
  })

  test('come in by file, the good lines taken and the bad ones given back with why', async () => {
    const csv =
      '\uFEFFتاریخ;نام;نوع\r\n۱۴۰۶/۰۲/۲۷;عيد قربان;تعطیل\r\n2027-06-01;"سالگرد؛ فروشگاه";مناسبت\r\n\r\n1406/13/1;غلط;\r\n;بی‌تاریخ;\r\n1406/1/5;;\r\n1406/1/6;چیزی;شاید\r\n1406/1/1;نوروز؟;'
    const first = await client.calendar.importHolidays({ text: csv })
    expect(first).toMatchObject({ added: 3, same: 0, bad_total: 4 })
    expect(first.bad.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'BAD_DATE'],
      [6, 'NO_DATE'],
      [7, 'NO_NAME'],
      [8, 'BAD_KIND'],
    ])
    // The business's word makes the estimate certain.
    const adha = (await client.calendar.year({ year: 1406 })).holidays.filter((h) => h.name_key === 'adha')
    expect(adha).toMatchObject([{ approximate: false, own: true }])
    expect(await client.calendar.importHolidays({ text: csv })).toMatchObject({ added: 0, same: 3, change: null })
    const json = JSON.stringify([{ date: '1406/05/01', name: 'جشن' }, { name: 'بی‌تاریخ' }, null])
    expect(await client.calendar.importHolidays({ text: json })).toMatchObject({ added: 1, bad_total: 2 })
    expect(await client.calendar.importHolidays({ text: '[{"date":' })).toMatchObject({ added: 0, bad_total: 1 })
    expect(await client.calendar.importHolidays({ text: '' })).toMatchObject({ added: 0, same: 0, bad_total: 0 })
    // What goes out comes in again as the same.
    const { text } = await client.calendar.exportHolidays({ year: 1406 })
    expect(text.split('\r\n')[0]).toBe('date,name,kind')
    expect(text).toContain('1406/03/11')
    const again = await client.calendar.importHolidays({ text })
    expect(again.bad_total).toBe(0)
    expect((await client.calendar.year({ year: 1406 })).holidays.every((h) => !h.approximate)).toBe(true)
  })

  test('are read by a seller and written by the owner', async () => {
    const seller = clientAs(ctx, 'seller')
    expect(await code(seller.calendar.year({ year: 1405 }))).toBe('answered')
    expect(await code(seller.calendar.addHoliday({ date: TODAY, name: 'روز' }))).toBe('FORBIDDEN')
    expect(await code(seller.calendar.importHolidays({ text: '' }))).toBe('FORBIDDEN')
  })
})

test('the working week has a default, is kept as said, and one that cannot be is refused', async () => {
  expect((await client.settings.business()).week).toEqual(DEFAULT_WEEK)
  const week = DEFAULT_WEEK.map((day, i) => (i === 5 ? { ...day, kind: 'off' as const } : day))
  await client.settings.updateBusiness({ week })
  expect((await client.settings.business()).week).toEqual(week)
  expect(await code(client.settings.updateBusiness({ week: week.slice(1) }))).toBe('BAD_REQUEST')
  const backwards = week.map((day) => ({ ...day, from: 1000, to: 900 }))
  expect(await code(client.settings.updateBusiness({ week: backwards }))).toBe('BAD_REQUEST')
  // With a pause at noon; hours that run into each other are none.
  const withPause = (from: number) =>
    week.map((day) => (day.kind === 'off' ? day : { ...day, from: 540, to: 780, more: [{ from, to: 1260 }] }))
  await client.settings.updateBusiness({ week: withPause(1020) })
  expect((await client.settings.business()).week).toEqual(withPause(1020))
  expect(await code(client.settings.updateBusiness({ week: withPause(700) }))).toBe('BAD_REQUEST')
})
