import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { activitiesModule } from '../../main/modules/activities/module.ts'
import { activitiesService as activities } from '../../main/modules/activities/service.ts'
import { customersService as customers } from '../../main/modules/customers/service.ts'
import { CustomerInput } from '../../shared/contract/customers.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

const CALL = { signal: undefined }
type Timeline = Awaited<ReturnType<typeof activities.timeline>>
type Given = Parameters<typeof CustomerInput.parse>[0]
let ctx: TestCtx
let id: string
const add = (last_name: string) =>
  (customers.add(ctx, CustomerInput.parse({ kind: 'person', last_name } as Given), CALL) as { id: string }).id
beforeEach(async () => {
  ctx = await testCtx()
  id = add('کریمی')
})
afterEach(() => {
  expect(activitiesModule.check?.(ctx)).toEqual([])
  ctx.close()
})
const note = (body: string, party_id = id) => {
  ctx.clock.advance(1000)
  return (activities.log(ctx, { activity: { kind: 'note', party_ids: [party_id], body } }, CALL) as { id: string }).id
}
const timeline = (input: object = {}) =>
  activities.timeline(ctx, { party_id: id, limit: 30, ...input }, CALL) as Timeline
const shown = (t: Timeline) =>
  t.entries.map((e) => (e.kind === 'change' ? e.verb : e.kind === 'task' ? e.task.title : e.activity.body))

describe('the timeline of a customer', () => {
  it('shows notes and changes in one order, newest first', () => {
    note('یک')
    ctx.clock.advance(1000)
    customers.update(ctx, { id, patch: { first_name: 'رضا' } }, CALL)
    note('دو')
    note('از دیگری', add('نوری'))
    const { entries, next } = timeline()
    expect(shown({ entries, next })).toEqual(['دو', 'customers.update', 'یک', 'customers.add'])
    expect(next).toBeNull()
    expect(entries[1]).toMatchObject({
      kind: 'change',
      user_id: ctx.user?.id,
      fields: [{ table: 'party', field: 'first_name', from: null, to: 'رضا', from_name: null, to_name: null }],
    })
  })
  it('says which tag was taken off, and whose name an id stands for', () => {
    const tag = customers.tags.add(ctx, { name: 'خوش‌حساب', kind: 'tag', color: null }, CALL) as { id: string }
    customers.update(ctx, { id, patch: { tag_ids: [tag.id], owner_id: null } }, CALL)
    customers.update(ctx, { id, patch: { tag_ids: [] } }, CALL)
    const [off, on] = timeline().entries
    expect(off).toMatchObject({
      fields: [{ table: 'party_tag', field: 'deleted', from_name: 'خوش‌حساب', to_name: null }],
    })
    expect(on).toMatchObject({
      fields: expect.arrayContaining([
        expect.objectContaining({ field: 'tag_id', to: tag.id, to_name: 'خوش‌حساب' }),
        expect.objectContaining({ field: 'owner_id', from: ctx.user?.id, from_name: ctx.user?.name, to: null }),
      ]),
    })
  })
  it('of a company tells of the relations that were written at the person: from whom, as what, and when they end', () => {
    const link = { kind: 'works_at' as const, role: 'حسابدار', outgoing: true }
    const company = add('شرکت نور')
    ctx.clock.advance(1000)
    customers.update(ctx, { id, patch: { links: [{ ...link, other_id: company }] } }, CALL)
    const row = ctx.db.raw.prepare('SELECT id FROM party_link').pluck().get() as string
    customers.update(ctx, { id, patch: { links: [{ ...link, id: row, role: 'مدیر', other_id: company }] } }, CALL)
    customers.update(ctx, { id, patch: { first_name: 'رضا', links: [] } }, CALL)
    const [ended, promoted, began, added] = timeline({ party_id: company }).entries
    expect(shown(timeline({ party_id: company }))).toEqual([...Array(3).fill('customers.update'), 'customers.add'])
    // Only the company's part: not what else changed of the person.
    expect(ended).toMatchObject({
      fields: [{ table: 'party_link', field: 'deleted', to: 1, from_name: 'رضا کریمی', to_name: null }],
    })
    expect(promoted).toMatchObject({ fields: [{ table: 'party_link', field: 'role', from: 'حسابدار', to: 'مدیر' }] })
    expect((began as { fields: object[] }).fields).toHaveLength(3)
    expect(began).toMatchObject({
      fields: expect.arrayContaining([
        expect.objectContaining({ field: 'from_id', from: null, to: id, to_name: 'رضا کریمی' }),
        expect.objectContaining({ field: 'kind', to: 'works_at' }),
      ]),
    })
    expect(added).toMatchObject({
      fields: expect.not.arrayContaining([expect.objectContaining({ table: 'party_link' })]),
    })
    // At the person it stands as before, and once.
    expect(timeline().entries[2]).toMatchObject({
      fields: expect.arrayContaining([expect.objectContaining({ field: 'to_id', to_name: 'شرکت نور' })]),
    })
    expect(shown(timeline())).toHaveLength(4)
  })
  it('shows only the kinds asked for', () => {
    note('یک')
    expect(shown(timeline({ kinds: ['note'] }))).toEqual(['یک'])
    expect(shown(timeline({ kinds: ['change'] }))).toEqual(['customers.add'])
  })
  it('pages by key without gap or double, also when something is added and the clock went back', () => {
    for (let i = 0; i < 25; i++) {
      note(`یادداشت ${i}`)
      if (i % 3 === 0) customers.update(ctx, { id, patch: { about: `شرح ${i}` } }, CALL)
      if (i === 12) ctx.clock.advance(-60_000)
    }
    const whole = shown(timeline({ limit: 100 }))
    expect(whole).toHaveLength(25 + 9 + 1)
    const paged: string[] = []
    for (let after: string | undefined; ; ) {
      const page = timeline({ limit: 4, ...(after && { after }) })
      paged.push(...shown(page))
      if (page.next === null) break
      after = page.next
      if (paged.length === 8) {
        ctx.clock.advance(200_000)
        note('تازه')
      }
    }
    expect(paged).toEqual(whole)
  })
  it('starts anew for a key it does not know', () => {
    note('یک')
    expect(shown(timeline({ after: 'nonsense' }))).toEqual(['یک', 'customers.add'])
  })
})

describe('notes', () => {
  it('are written, edited, pinned and removed', () => {
    const first = note('یک')
    const read = () => timeline({ kinds: ['note'] }).entries.map((e) => e.kind === 'note' && e.activity)
    expect(read()).toEqual([
      {
        id: first,
        kind: 'note',
        direction: null,
        channel: null,
        outcome: null,
        minutes: null,
        body: 'یک',
        at: ctx.clock.now(),
        user_id: ctx.user?.id,
        pinned: false,
        edited: false,
        parties: [{ id, name: 'کریمی' }],
        mentions: [],
        task_id: null,
      },
    ])
    activities.update(ctx, { id: first, pinned: true }, CALL)
    expect(read()).toMatchObject([{ pinned: true, edited: false }])
    expect(activities.update(ctx, { id: first, pinned: true }, CALL)).toEqual({ change: null })
    activities.update(ctx, { id: first, body: 'دو' }, CALL)
    expect(read()).toMatchObject([{ body: 'دو', pinned: true, edited: true }])
    activities.remove(ctx, { id: first }, CALL)
    expect(read()).toEqual([])
  })
  it('keep the day of the business zone', () => {
    ctx.clock.advance(Date.UTC(2026, 10, 22, 21, 0) - ctx.clock.now())
    note('شب')
    expect(ctx.db.prepare('SELECT local_date FROM activity').all()).toEqual([{ local_date: '2026-11-23' }])
  })
  it('refuse what is not there', () => {
    const nobody = '01890a5d-ac96-774b-bcce-b302099a8057'
    const refused = expect.objectContaining({ code: 'NOT_FOUND' })
    expect(() => note('x', nobody)).toThrow(refused)
    expect(() => activities.update(ctx, { id: nobody, pinned: true }, CALL)).toThrow(refused)
    expect(() => activities.remove(ctx, { id: nobody }, CALL)).toThrow(refused)
    expect(() => timeline({ party_id: nobody })).toThrow(refused)
  })
  it('get their search rows and times back when all is derived anew', async () => {
    note('گارانتی')
    ctx.db.prepare('UPDATE change_context SET tx = 1, capture = 0').run()
    ctx.db.prepare('UPDATE activity_party SET at = 0').run()
    ctx.db.prepare("INSERT INTO note_fts (note_fts) VALUES ('delete-all')").run()
    ctx.db.prepare('UPDATE change_context SET tx = NULL, capture = 1').run()
    expect((await activitiesModule.check?.(ctx))?.map((p) => p.code)).toEqual(['NOTE_SEARCH_ROW_MISSING'])
    activitiesModule.rederiveAll?.(ctx)
    expect(timeline({ kinds: ['note'] }).entries[0]?.at).toBe(ctx.clock.now())
    expect(ctx.db.prepare('SELECT at FROM activity_party').all()).toEqual([{ at: ctx.clock.now() }])
  })
})
