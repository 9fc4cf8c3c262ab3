import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insert } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import { activitiesModule } from '../../main/modules/activities/module.ts'
import { activitiesService as activities } from '../../main/modules/activities/service.ts'
import { customersService as customers } from '../../main/modules/customers/service.ts'
import { undo } from '../../main/modules/history/undo.ts'
import { noteHits } from '../../main/modules/search/notes.ts'
import { addTaskTx } from '../../main/modules/tasks/write.ts'
import { user } from '../../main/modules/users/table.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { CustomerInput } from '../../shared/contract/customers.ts'
import { parseQuery, textFtsQuery } from '../../shared/domain/search-tokens.ts'
import { clientOf } from '../support/client.ts'
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
  it('are found at once, whether their search rows wait for more of them or are there', async () => {
    const indexed = () => (ctx.db.prepare('SELECT count(*) AS n FROM note_fts_docsize').get() as { n: number }).n
    const found = (text: string) => noteHits(ctx.db, parseQuery(text), 100).map((hit) => hit.note_id)
    const ids: string[] = []
    for (let i = 0; i < 32; i++) ids.unshift(note(`گفتگو شماره ${10_000 + i}`))
    expect(indexed()).toBe(0)
    expect(found('گفتگو')).toEqual(ids)
    activities.update(ctx, { id: ids[3]!, body: 'چیز دیگر' }, CALL)
    activities.remove(ctx, { id: ids[4]! }, CALL)
    const left = ids.filter((_, i) => i !== 3 && i !== 4)
    expect(found('گفتگو')).toEqual(left)
    expect(found('چیز دیگر')).toEqual([ids[3]])
    expect(await activitiesModule.check?.(ctx)).toEqual([])
    const last = note('گفتگو آخر')
    expect(indexed()).toBe(32)
    expect(found('گفتگو')).toEqual([last, ...left])
    expect(found('چیز دیگر')).toEqual([ids[3]])
    expect(found('شماره 10031')).toEqual([ids[0]])
    activities.remove(ctx, { id: ids[0]! }, CALL)
    expect(found('شماره 10031')).toEqual([])
    expect(await activitiesModule.check?.(ctx)).toEqual([])
  })
  it('get their search rows and times back when all is derived anew', async () => {
    note('گارانتی')
    activitiesModule.rederiveAll?.(ctx)
    expect(await activitiesModule.check?.(ctx)).toEqual([])
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

describe('calls, meetings, visits and messages', () => {
  let client: Client
  beforeEach(() => {
    client = clientOf(ctx)
  })
  const entries = async (input: object = {}) =>
    (await client.activities.timeline({ party_id: id, ...input })).entries.flatMap((e) =>
      'activity' in e ? [e.activity] : [],
    )
  const base = (more: object) =>
    ({ activity: { party_ids: [id], ...more } }) as Parameters<Client['activities']['log']>[0]

  it('keep what their kind has and forget what it has not', async () => {
    const everything = { direction: 'missed' as const, channel: 'bale' as const, minutes: 12 }
    for (const kind of ['note', 'call', 'meeting', 'visit', 'message'] as const) {
      ctx.clock.advance(1000)
      await client.activities.log(base({ kind, body: kind, ...everything }))
    }
    const facts = (await entries()).map((a) => [a.kind, a.direction, a.channel, a.minutes])
    expect(facts).toEqual([
      ['message', 'out', 'bale', null],
      ['visit', null, null, 12],
      ['meeting', null, null, 12],
      // Nobody spoke for twelve minutes in a missed call.
      ['call', 'missed', null, null],
      ['note', null, null, null],
    ])
    const [message] = await entries({ kinds: ['message'] })
    await client.activities.update({ id: message!.id, kind: 'call', direction: 'in', minutes: 3 })
    expect(await entries({ kinds: ['call'] })).toMatchObject([
      { id: message!.id, direction: 'in', channel: null, minutes: 3, edited: false },
      { direction: 'missed' },
    ])
  })

  it('stand on the timeline of everybody who was there, and name the others', async () => {
    const other = add('نوری')
    const { id: visit } = await client.activities.log({ activity: { kind: 'visit', party_ids: [id, other, id] } })
    const both = [
      { id, name: 'کریمی' },
      { id: other, name: 'نوری' },
    ]
    expect(await entries()).toMatchObject([{ id: visit, parties: both }])
    expect(await entries({ party_id: other })).toMatchObject([{ id: visit, parties: both }])
    await client.activities.update({ id: visit, party_ids: [other] })
    expect(await entries()).toEqual([])
    expect(await entries({ party_id: other })).toMatchObject([{ parties: [{ id: other }] }])
  })

  it('are one change with the follow-up and the task that they did', async () => {
    const task = write(ctx, 'tasks.add', (tx) => addTaskTx(tx, { title: 'زنگ بزن', party_id: id }))
    const done = await client.activities.log({
      ...base({ kind: 'call', body: 'قیمت خواست' }),
      followUp: { title: 'پیش‌فاکتور بفرست', due_date: '2026-11-25', due_minute: 600 },
      done_task_id: task,
    })
    const tasks = () =>
      ctx.db.prepare('SELECT id, title, party_id, status FROM task WHERE deleted = 0 ORDER BY pk').all()
    expect(tasks()).toEqual([
      { id: task, title: 'زنگ بزن', party_id: id, status: 'done' },
      { id: done.task_id, title: 'پیش‌فاکتور بفرست', party_id: id, status: 'open' },
    ])
    expect(await entries()).toMatchObject([{ task_id: task }])
    await undo(ctx, { change: done.change! })
    expect(tasks()).toEqual([{ id: task, title: 'زنگ بزن', party_id: id, status: 'open' }])
    expect(await entries()).toEqual([])
  })

  it('leave nothing behind when a part of them is refused', async () => {
    const refused = client.activities.log({
      ...base({ kind: 'call', body: 'سلام' }),
      followUp: { title: 'بعد', due_date: '1780-01-01' },
    })
    await expect(refused).rejects.toMatchObject({ code: 'DATE_OUT_OF_RANGE' })
    expect(await entries()).toEqual([])
  })

  it('refuse an empty note, what has not happened yet, and moments outside the calendar', async () => {
    const bad = (more: object) => client.activities.log(base(more))
    await expect(bad({ kind: 'note', body: '  ' })).rejects.toMatchObject({ code: 'NOTHING_WRITTEN' })
    await expect(bad({ kind: 'call', at: ctx.clock.now() + 3_600_000 })).rejects.toMatchObject({ code: 'NOT_YET' })
    await expect(bad({ kind: 'call', at: 8.64e15 })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(bad({ kind: 'call', party_ids: [] })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await entries()).toEqual([])
  })

  it('page by kind without gap or double, whatever else lies between', async () => {
    for (let i = 0; i < 24; i++) {
      ctx.clock.advance(1000)
      await client.activities.log(base({ kind: i % 3 === 0 ? 'call' : 'note', body: String(i) }))
    }
    const found: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await client.activities.timeline({
        party_id: id,
        kinds: ['call'],
        limit: 3,
        ...(after && { after }),
      })
      found.push(...page.entries.flatMap((e) => ('activity' in e ? [e.activity.body] : [])))
      if (page.next === null) break
      after = page.next
    }
    expect(found).toEqual(['21', '18', '15', '12', '9', '6', '3', '0'])
  })

  it('are found by their words within a customer, however these are written, and no change with them', async () => {
    const other = add('نوری')
    for (const body of ['قیمتِ یخچال را پرسید', 'کولر گازی می‌خواهد', 'یخچالش خراب شد ۰۹۱۲۳۴۵۶۷۸۹']) note(body)
    note('یخچال', other)
    expect((await entries({ search: 'يخچال' })).map((a) => a.body)).toEqual([
      'یخچالش خراب شد ۰۹۱۲۳۴۵۶۷۸۹',
      'قیمتِ یخچال را پرسید',
    ])
    expect((await entries({ search: '0912 345 6789' })).map((a) => a.body)).toEqual(['یخچالش خراب شد ۰۹۱۲۳۴۵۶۷۸۹'])
    const { entries: all } = await client.activities.timeline({ party_id: id, search: 'کولر' })
    expect(all.map((e) => e.kind)).toEqual(['note'])
    expect((await client.activities.timeline({ party_id: id, search: 'هیچ' })).entries).toEqual([])
    expect((await client.activities.timeline({ party_id: id, search: ' " ' })).entries).toHaveLength(4)
  })

  it('are found just as the search of the whole book finds them', async () => {
    const texts = [
      'علی‌پور زنگ زد',
      'علی پور نیامد',
      'عليپور ۱۲۳۴۵',
      'آرش و ارش',
      'کد ۰۰۱۲۳۴۵ را خواست',
      'کتاب‌خانه',
      'يك دو',
    ]
    for (const text of texts) note(text)
    // New texts wait for their rows in the index.
    activitiesModule.rederiveAll?.(ctx)
    for (const text of [
      'علیپور',
      'علی پور',
      'پور',
      'ارش',
      'کتاب خانه',
      'کتابخانه',
      '12345',
      '123',
      'یک',
      'دو یک',
      'نیست',
      'علی نیامد',
    ]) {
      const match = textFtsQuery(parseQuery(text))
      const rows = ctx.db
        .prepare(
          'SELECT a.body FROM note_fts f JOIN activity a ON a.pk = f.rowid WHERE note_fts MATCH ? ORDER BY a.pk DESC',
        )
        .all(match) as Array<{ body: string }>
      const found = (await entries({ search: text })).map((a) => a.body)
      expect(found, text).toEqual(rows.map((r) => r.body))
    }
  })

  it('are read by walking an index, with kinds, words and pages alike', async () => {
    note('سلام')
    const seen = new Set<string>()
    const prepare = ctx.db.prepare.bind(ctx.db)
    ctx.db.prepare = (sql) => {
      seen.add(sql)
      return prepare(sql)
    }
    const place = JSON.stringify({ activities: [ctx.clock.now(), 5] })
    for (const more of [{}, { kinds: ['call'] }, { search: 'سلام' }, { after: place }]) await entries(more)
    await client.activities.mentions()
    ctx.db.prepare = prepare
    const walks = [...seen].filter((sql) => sql.includes('activity') && !sql.includes('INSERT'))
    expect(walks.length).toBeGreaterThan(5)
    for (const sql of walks) {
      const bound = Array.from(sql.matchAll(/\?/g), () => '1')
      const plan = ctx.db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...bound) as Array<{ detail: string }>
      for (const { detail } of plan) {
        expect(detail, sql).not.toMatch(
          /^SCAN (?!json_each|note_fts)|TEMP B-TREE FOR (?!LAST TERM|RIGHT PART)ORDER BY.*activity/,
        )
      }
      // The page itself is not sorted: it walks.
      if (sql.includes('activity_party_timeline')) {
        expect(plan.map((p) => p.detail).join()).toContain('USING INDEX activity_party_timeline (party_id=?')
        expect(plan.map((p) => p.detail).join()).not.toContain('TEMP B-TREE')
      }
    }
  })

  it('is found by indexes when a call is saved with its follow-up, each customer’s dates being made once', async () => {
    const prepare = ctx.db.prepare.bind(ctx.db)
    const asked: string[] = []
    ctx.db.prepare = (sql: string) => {
      asked.push(sql)
      return prepare(sql)
    }
    await clientOf(ctx).activities.log({
      activity: { kind: 'call', direction: 'out', body: 'قیمت را پرسید', party_ids: [id] },
      followUp: { kind: 'call', title: 'پیگیری', due_date: '2026-12-01' },
    })
    ctx.db.prepare = prepare
    const reads = asked.filter(
      (sql) => /^\s*(SELECT|UPDATE)/.test(sql) && /\b(party|activity|task|change|reminder)\b/.test(sql),
    )
    expect(reads.length).toBeGreaterThan(4)
    for (const sql of reads) {
      const bound = Array.from(sql.matchAll(/\?/g), () => 1)
      const plan = ctx.db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...bound) as Array<{ detail: string }>
      for (const { detail } of plan) expect(detail, sql).not.toMatch(/^SCAN|TEMP B-TREE/)
    }
    expect(asked.filter((sql) => sql.startsWith('UPDATE party'))).toHaveLength(1)
  })
})

describe('colleagues named in a text', () => {
  const colleague = (name: string) => write(ctx, 'users.add', (tx) => insert(tx, user, { name, role: 'seller' })).id
  const as = (userId: string) => clientOf(ctx, () => ({ id: userId, name: 'همکار', role: 'seller' }))

  it('are told until they put it away; whoever wrote it is not, and an edit tells only those it names', async () => {
    const [ali, reza] = [colleague('علی محمدی'), colleague('رضا نوری')]
    const me = clientOf(ctx)
    const { id: first } = await me.activities.log({
      activity: { kind: 'note', party_ids: [id], body: 'لطفاً @علی_محمدی ببیند. @مریم رضایی هم' },
    })
    const waiting = async (who: string) => (await as(who).activities.mentions()).activities.map((a) => a.id)
    expect(await waiting(ali)).toEqual([first])
    expect(await waiting(reza)).toEqual([])
    expect((await me.activities.mentions()).total).toBe(0)
    await me.activities.update({ id: first, body: 'نه، @رضا ببیند' })
    expect(await waiting(ali)).toEqual([])
    expect(await waiting(reza)).toEqual([first])
    expect((await me.activities.timeline({ party_id: id, kinds: ['note'] })).entries).toMatchObject([
      { activity: { mentions: [reza] } },
    ])

    const seen = await as(reza).activities.seenMention({ activity_id: first })
    expect(await waiting(reza)).toEqual([])
    expect(await as(reza).activities.seenMention({ activity_id: first })).toEqual({ change: null })
    await undo(ctx, { change: seen.change! })
    expect(await waiting(reza)).toEqual([first])
    await me.activities.remove({ id: first })
    expect(await waiting(reza)).toEqual([])
    const refused = { code: 'NOT_FOUND', data: { kind: 'mention' } }
    await expect(as(ali).activities.seenMention({ activity_id: first })).rejects.toMatchObject(refused)
  })
})
