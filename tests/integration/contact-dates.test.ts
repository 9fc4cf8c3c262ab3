import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insert } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import { activitiesService as activities } from '../../main/modules/activities/service.ts'
import { addActivityTx } from '../../main/modules/activities/write.ts'
import { catchUpContactDates } from '../../main/modules/customers/contact-dates.ts'
import { customersModule } from '../../main/modules/customers/module.ts'
import { rederive } from '../../main/modules/customers/rederive.ts'
import { customersService as customers } from '../../main/modules/customers/service.ts'
import { party } from '../../main/modules/customers/table.ts'
import { addCustomerTx } from '../../main/modules/customers/write.ts'
import { undo } from '../../main/modules/history/undo.ts'
import { addTaskTx, closeTaskTx } from '../../main/modules/tasks/write.ts'
import { ActivityFields } from '../../shared/contract/activities.ts'
import { CustomerInput } from '../../shared/contract/customers.ts'
import type { FilterRule, SORT_FIELDS } from '../../shared/contract/filter.ts'
import { addDays, dayOf } from '../../shared/domain/jalali.ts'
import { START, type TestCtx, testCtx } from '../support/ctx.ts'

const CALL = { signal: undefined }
const DAY = 86_400_000
const TODAY = dayOf(START)
let ctx: TestCtx
beforeEach(async () => {
  ctx = await testCtx()
})
afterEach(() => {
  expect(customersModule.check?.(ctx)).toEqual([])
  expect(ctx.errors).toEqual([])
  ctx.close()
})

const person = (last_name: string) => CustomerInput.parse({ kind: 'person', last_name })
const add = (name: string) => (customers.add(ctx, person(name), CALL) as { id: string }).id
const log = (party_ids: string[], at: number, kind: 'call' | 'note' = 'call') =>
  activities.log(ctx, { activity: ActivityFields.parse({ kind, party_ids, body: 'سلام', at }) }, CALL) as {
    id: string
    change: number
  }
const dates = (id: string) => {
  const { last_contact, next_contact, slips_on } = customers.get(ctx, { id }, CALL) as Record<string, unknown>
  return { last_contact, next_contact, slips_on }
}
const list = (rule: FilterRule | null, field: (typeof SORT_FIELDS)[number] = 'name', desc = false) => {
  const page = customers.page(
    ctx,
    {
      filter: { where: { op: 'and', rules: rule ? [rule] : [] }, trash: false },
      sort: { field, desc },
      limit: 50,
      at: { index: 0 },
    },
    CALL,
  ) as { rows: Array<{ name: string }> }
  return page.rows.map((r) => r.name)
}

describe('last and next contact of a customer', () => {
  it('follow calls and tasks, not notes or calls that nobody answered; whoever was typed in waits a week for the first call', () => {
    const id = add('کریمی')
    expect(dates(id)).toEqual({ last_contact: null, next_contact: null, slips_on: addDays(TODAY, 7) })
    log([id], START - 2 * DAY, 'note')
    expect(dates(id).last_contact).toBeNull()
    const missed = ActivityFields.parse({ kind: 'call', direction: 'missed', party_ids: [id], at: START - DAY })
    activities.log(ctx, { activity: missed }, CALL)
    expect(dates(id).last_contact).toBeNull()
    log([id], START - 10 * DAY)
    log([id], START - 20 * DAY)
    expect(dates(id)).toEqual({
      last_contact: START - 10 * DAY,
      next_contact: null,
      slips_on: addDays(TODAY, 45 - 10),
    })
    const task = write(ctx, 'tasks.add', (tx) =>
      addTaskTx(tx, { title: 'زنگ بزن', party_id: id, due_date: addDays(TODAY, 3) }),
    )
    expect(dates(id)).toMatchObject({ next_contact: addDays(TODAY, 3), slips_on: null })
    write(ctx, 'tasks.close', (tx) => closeTaskTx(tx, task))
    expect(dates(id)).toMatchObject({ next_contact: null, slips_on: addDays(TODAY, 35) })
  })

  it('come with the same change as the call, and go back with its undo, edit and removal', async () => {
    const id = add('کریمی')
    const other = add('نوری')
    const made = activities.log(
      ctx,
      {
        activity: ActivityFields.parse({ kind: 'call', party_ids: [id, other], direction: 'in', minutes: 5 }),
        followUp: { title: 'پیگیری', due_date: addDays(TODAY, 2) },
      },
      CALL,
    ) as { id: string; task_id: string; change: number }
    expect(dates(id)).toEqual({ last_contact: START, next_contact: addDays(TODAY, 2), slips_on: null })
    // The follow-up is about the first; the other was only there.
    expect(dates(other)).toEqual({ last_contact: START, next_contact: null, slips_on: addDays(TODAY, 45) })

    const earlier = START - 5 * DAY
    activities.update(ctx, { id: made.id, at: earlier, party_ids: [id] }, CALL)
    expect(dates(id).last_contact).toBe(earlier)
    expect(dates(other).last_contact).toBeNull()
    const turned = activities.update(ctx, { id: made.id, kind: 'note', body: 'فقط یادداشت' }, CALL) as {
      change: number
    }
    expect(dates(id).last_contact).toBeNull()
    await undo(ctx, turned)
    expect(dates(id).last_contact).toBe(earlier)
    const gone = activities.remove(ctx, { id: made.id }, CALL) as { change: number }
    expect(dates(id).last_contact).toBeNull()
    await undo(ctx, gone)
    expect(dates(id).last_contact).toBe(earlier)

    const second = log([id], START)
    expect(dates(id).last_contact).toBe(START)
    await undo(ctx, second)
    expect(dates(id).last_contact).toBe(earlier)
    // The follow-up goes; the call, which was edited since, is not thrown away with it.
    await undo(ctx, made)
    expect(dates(id)).toEqual({ last_contact: earlier, next_contact: null, slips_on: addDays(dayOf(earlier), 45) })
  })

  it('a crowd that came in one transaction, as from a colleague who imported a file, waits for no first call', () => {
    const came = (count: number) => {
      const made = write(ctx, 'sync.received', (tx) =>
        Array.from({ length: count }, () => insert(tx, party, { kind: 'person', last_name: 'کریمی' })),
      )
      const pks = made.map(({ pk }) => pk)
      write(ctx, 'sync.derive', (tx) => rederive(tx, 'party', pks))
      return made.map(({ id }) => dates(id).slips_on)
    }
    expect(came(2)).toEqual([addDays(TODAY, 7), addDays(TODAY, 7)])
    expect(new Set(came(30))).toEqual(new Set([null]))
  })

  it('move with a merge and come back with its undo', async () => {
    const a = add('کریمی')
    const b = add('کریمی دوم')
    log([a], START - 30 * DAY)
    log([b], START - 3 * DAY)
    write(ctx, 'tasks.add', (tx) => addTaskTx(tx, { title: 'بازدید', party_id: b, due_date: addDays(TODAY, 9) }))
    const [wasA, wasB] = [dates(a), dates(b)]
    const merged = customers.merge(ctx, { survivor: a, others: [b], choose: {} }, CALL) as { change: number }
    expect(dates(a)).toEqual({ last_contact: START - 3 * DAY, next_contact: addDays(TODAY, 9), slips_on: null })
    expect(customersModule.check?.(ctx)).toEqual([])
    await undo(ctx, merged)
    expect([dates(a), dates(b)]).toEqual([wasA, wasB])
  })

  it('nobody who came with a batch waits for a first call', () => {
    const { id } = write(ctx, 'imports.run', (tx) => addCustomerTx(tx, person('از فایل')), { batch: ctx.ids.next() })
    expect(dates(id).slips_on).toBeNull()
    log([id], START)
    expect(dates(id).slips_on).toBe(addDays(TODAY, 45))
  })

  it('go back with a whole batch', async () => {
    const id = add('کریمی')
    log([id], START - 9 * DAY)
    const before = dates(id)
    const batch = ctx.ids.next()
    for (const ago of [3, 1]) {
      write(
        ctx,
        'imports.run',
        (tx) => {
          addActivityTx(tx, { kind: 'visit', party_ids: [id], at: START - ago * DAY })
          addTaskTx(tx, { title: 'سر بزن', party_id: id, due_date: addDays(TODAY, ago) })
        },
        { batch },
      )
    }
    expect(dates(id)).toEqual({ last_contact: START - DAY, next_contact: addDays(TODAY, 1), slips_on: null })
    await undo(ctx, { batch })
    expect(dates(id)).toEqual(before)
  })

  it('of a deleted customer are nobody’s to wait for, until it is there again', () => {
    const id = add('کریمی')
    customers.remove(ctx, { ids: [id] }, CALL)
    expect(dates(id).slips_on).toBeNull()
    customers.restore(ctx, { ids: [id] }, CALL)
    expect(dates(id).slips_on).toBe(addDays(TODAY, 7))
  })

  it('are found out for a book that had none, beside the work', async () => {
    const id = add('کریمی')
    log([id], START)
    const set = (values: string) =>
      write(ctx, 'customers.rebuild', (tx) => void tx.db.prepare(`UPDATE party SET ${values}`).run())
    set('last_contact = NULL, slips_on = NULL')
    expect(customersModule.check?.(ctx)).toEqual([{ code: 'CONTACT_DATES_DIFFER', count: 1, sample: id }])
    catchUpContactDates(ctx)
    await new Promise((done) => setImmediate(() => setImmediate(done)))
    expect(dates(id)).toMatchObject({ last_contact: START, slips_on: addDays(TODAY, 45) })
    // Once is enough.
    set('last_contact = 5')
    catchUpContactDates(ctx)
    expect(dates(id).last_contact).toBe(5)
    set(`last_contact = ${START}`)
  })
})

describe('the list', () => {
  it('is sorted and narrowed by contacts; who never had one comes last', () => {
    const [a, b] = [add('الف'), add('ب'), add('پ')]
    log([a!], START - 40 * DAY)
    log([b!], START - 3 * DAY)
    expect(list(null, 'last_contact')).toEqual(['الف', 'ب', 'پ'])
    expect(list(null, 'last_contact', true)).toEqual(['ب', 'الف', 'پ'])
    expect(list({ field: 'last_contact', test: 'quietFor', value: 30 })).toEqual(['الف', 'پ'])
    expect(list({ field: 'last_contact', test: 'quietFor', value: 40 })).toEqual(['پ'])
    expect(list({ field: 'last_contact', test: 'inLastDays', value: 4 })).toEqual(['ب'])
    expect(list({ field: 'last_contact', test: 'isEmpty', value: null })).toEqual(['پ'])
    write(ctx, 'tasks.add', (tx) => addTaskTx(tx, { title: 'زنگ', party_id: a!, due_date: addDays(TODAY, 1) }))
    expect(list(null, 'next_contact', true)).toEqual(['الف', 'ب', 'پ'])
    expect(list({ field: 'next_contact', test: 'isEmpty', value: null })).toEqual(['ب', 'پ'])
    expect(list({ field: 'next_contact', test: 'onOrBefore', value: addDays(TODAY, 1) })).toEqual(['الف'])
  })

  it('knows from midnight in Tehran on who has slipped, though nothing was written', () => {
    const slipped: FilterRule = { field: 'slipped', test: 'isTrue', value: null }
    add('کریمی')
    // 23:50 in Tehran on the sixth day.
    ctx.clock.advance(Date.parse(`${addDays(TODAY, 6)}T20:20:00Z`) - START)
    expect(list(slipped)).toEqual([])
    ctx.clock.advance(15 * 60_000)
    expect(list(slipped)).toEqual(['کریمی'])
    expect(list({ ...slipped, test: 'isFalse' })).toEqual([])
  })
})
