import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDb } from '../../main/db/open.ts'
import { insert } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import type { CtxUser } from '../../main/engine/context.ts'
import { Live } from '../../main/engine/live.ts'
import { check } from '../../main/modules/tasks/check.ts'
import { ringerOf } from '../../main/modules/tasks/ringer.ts'
import { LATE_MS, setMark } from '../../main/modules/tasks/rings.ts'
import { user } from '../../main/modules/users/table.ts'
import type { Rings } from '../../shared/contract/tasks.ts'
import { clientOf } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** 1 Azar 1405, 12:30 in Tehran: where the clock stands. */
const TODAY = '2026-11-22'

let ctx: TestCtx
const opened: Window[] = []
beforeEach(async () => {
  ctx = await testCtx()
})
afterEach(async () => {
  for (const window of opened.splice(0)) await window.close()
  expect(ctx.errors).toEqual([])
  ctx.close()
})

/** A window as the screen is one: it hears what rings, claims it, and shows what it won. */
interface Window {
  shown: string[]
  missed: Array<{ total: number; titles: string[] }>
  close(): Promise<void>
}

async function open(on: TestCtx = ctx, who?: CtxUser): Promise<Window> {
  const api = clientOf(on, () => who ?? on.user)
  const leave = new AbortController()
  const stream = await api.tasks.reminders(undefined, { signal: leave.signal })
  const window: Window = {
    shown: [],
    missed: [],
    async close() {
      leave.abort()
      await stream.return?.(undefined)
    },
  }
  const show = async ({ rings, missed }: Rings) => {
    if (rings.length === 0 && !missed) return
    const won = await api.tasks.claimRing({
      rings: rings.map(({ reminder_id, at }) => ({ reminder_id, at })),
      missed_until: missed?.until ?? null,
    })
    for (const ring of rings) if (won.rings.includes(ring.reminder_id)) window.shown.push(ring.title)
    if (missed && won.missed) window.missed.push({ total: missed.total, titles: missed.rings.map((r) => r.title) })
  }
  await stream.next()
  void (async () => {
    for await (const event of stream) await show(event)
  })().catch(() => {})
  opened.push(window)
  return window
}

/** By turns of the loop and not by time: a machine that is busy for some milliseconds has not told everybody after them. */
const settle = async () => {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setTimeout(resolve))
}
/** Lets time pass and the engine look, as its timer does. */
async function pass(ms: number, on: TestCtx = ctx) {
  on.clock.advance(ms)
  ringerOf(on).look()
  await settle()
}
const api = () => clientOf(ctx)
/** Minutes from now until it rings. */
const inMinutes = async (title: string, minutes: number, more: object = {}) => {
  const minute = 12 * 60 + 30 + minutes + Math.round((ctx.clock.now() - Date.parse('2026-11-22T09:00Z')) / MINUTE)
  return (await api().tasks.add({ title, due_date: TODAY, due_minute: minute, ...more })).id
}

describe('a reminder', () => {
  it('rings once at its time, in one of two windows', async () => {
    const windows = [await open(), await open()]
    await inMinutes('تماس', 10, { reminders: [0, 5] })
    await pass(5 * MINUTE - 1)
    expect(windows.flatMap((w) => w.shown)).toEqual([])
    await pass(1)
    expect(windows.flatMap((w) => w.shown)).toEqual(['تماس'])
    await pass(5 * MINUTE)
    await pass(5 * MINUTE)
    expect(windows.flatMap((w) => w.shown)).toEqual(['تماس', 'تماس'])
    expect(windows.flatMap((w) => w.missed)).toEqual([])
  })

  it('rings at its new time when it was moved or put off, and not at all when the task is done', async () => {
    const window = await open()
    const moved = await inMinutes('جابه‌جا', 10)
    const done = await inMinutes('تمام', 10)
    await api().tasks.move({ id: moved, due_date: TODAY, due_minute: 14 * 60 })
    await api().tasks.complete({ id: done })
    await pass(20 * MINUTE)
    expect(window.shown).toEqual([])
    await pass(70 * MINUTE)
    expect(window.shown).toEqual(['جابه‌جا'])
    await api().tasks.snooze({ id: moved, until: { minutes: 10 } })
    await pass(9 * MINUTE)
    expect(window.shown).toHaveLength(1)
    await pass(MINUTE)
    expect(window.shown).toEqual(['جابه‌جا', 'جابه‌جا'])
  })

  it('of a task without a time counts from nine, and one that is set too late stays silent', async () => {
    const window = await open()
    await api().tasks.add({ title: 'امروز', due_date: TODAY, reminders: [0] })
    await api().tasks.add({ title: 'فردا', due_date: '2026-11-23', reminders: [60] })
    await pass(HOUR)
    await pass(DAY - HOUR - 4.5 * HOUR - 1)
    expect(window.shown).toEqual([])
    await pass(1)
    expect(window.shown).toEqual(['فردا'])
    expect(window.missed).toEqual([])
  })

  it('of a task without a time follows the hour of the business, and what was answered stays so', async () => {
    const window = await open()
    const { id: answered } = await api().tasks.add({ title: 'فردا', due_date: '2026-11-23', reminders: [0] })
    await api().tasks.add({ title: 'پس‌فردا', due_date: '2026-11-24', reminders: [0, 60] })
    await api().tasks.add({ title: 'ساعت‌دار', due_date: '2026-11-24', due_minute: 660, reminders: [0] })
    const times = () => ctx.db.prepare('SELECT at FROM reminder ORDER BY at').pluck().all() as number[]
    const before = times()
    const { change } = await api().settings.updateBusiness({ day_begins: 7 * 60 + 30 })
    expect(times()).toEqual([before[0]! - 90 * MINUTE, before[1]! - 90 * MINUTE, before[2]! - 90 * MINUTE, before[3]])
    expect(check({ db: ctx.db })).toEqual([])
    await api().history.undo({ change: change! })
    expect(times()).toEqual(before)

    // Tomorrow at nine it rings and is answered; another hour does not ring it again.
    await pass(before[0]! - ctx.clock.now())
    expect(window.shown).toEqual(['فردا'])
    await api().tasks.answerRings({ task_ids: [answered] })
    await api().settings.updateBusiness({ day_begins: 10 * 60 })
    await pass(2 * HOUR)
    expect(window.shown).toEqual(['فردا'])
    // Half past eight of the day after, and the hour becomes eight: what had not rung yet rings now, also behind what was looked at.
    await pass(before[2]! - 30 * MINUTE - ctx.clock.now())
    setMark(ctx, ctx.user!.id, ctx.clock.now())
    await api().settings.updateBusiness({ day_begins: 8 * 60 })
    await pass(0)
    expect(window.missed).toEqual([{ total: 2, titles: ['پس‌فردا', 'پس‌فردا'] }])
    expect(window.shown).toEqual(['فردا'])
    expect(check({ db: ctx.db })).toEqual([])
  })

  it('rings for its owner and, when nobody has it, for whoever is there', async () => {
    const id = write(ctx, 'users.add', (tx) => insert(tx, user, { name: 'علی', role: 'seller' as const }).id)
    const ali: CtxUser = { id, name: 'علی', role: 'seller' }
    const mine = await open()
    const his = await open(ctx, ali)
    await inMinutes('من', 10)
    await inMinutes('علی', 10, { owner_id: id })
    await inMinutes('هیچ‌کس', 10, { owner_id: null })
    await pass(10 * MINUTE)
    expect([...mine.shown, ...his.shown].sort()).toEqual(['علی', 'من', 'هیچ‌کس'])
    expect(mine.shown).toContain('من')
    expect(his.shown).toContain('علی')
    // Whoever left has nobody to tell it; it is nobody's now.
    await inMinutes('میراث', 5, { owner_id: id })
    await his.close()
    write(ctx, 'users.remove', (tx) => tx.db.prepare('UPDATE user SET deleted = 1 WHERE id = ?').run(id))
    await pass(5 * MINUTE)
    expect(mine.shown).toContain('میراث')
  })

  it('that a window took no notice of is offered again', async () => {
    await inMinutes('تماس', 1)
    const deaf = new AbortController()
    const stream = await api().tasks.reminders(undefined, { signal: deaf.signal })
    await stream.next()
    await pass(MINUTE)
    deaf.abort()
    const window = await open()
    await settle()
    expect(window.shown).toEqual(['تماس'])
  })
})

describe('what was missed', () => {
  it('while the PC slept is told as one, and what is due just now by itself', async () => {
    const windows = [await open(), await open()]
    for (let i = 1; i <= 30; i++) await inMinutes(`کار ${i}`, i)
    await inMinutes('همین حالا', 180)
    await pass(180 * MINUTE)
    expect(windows.flatMap((w) => w.shown)).toEqual(['همین حالا'])
    const missed = windows.flatMap((w) => w.missed)
    expect(missed).toMatchObject([{ total: 30 }])
    expect(missed[0]!.titles[0]).toBe('کار 30')
    await pass(HOUR)
    expect(windows.flatMap((w) => w.missed)).toHaveLength(1)
  })

  it('while the program was off is told at the start, once', async () => {
    const first = await open()
    const seen = await inMinutes('دیده', 5)
    for (const title of ['یک', 'دو']) await inMinutes(title, 60)
    await pass(5 * MINUTE)
    expect(first.shown).toEqual(['دیده'])
    await api().tasks.answerRings({ task_ids: [seen] })
    await first.close()
    ctx.clock.advance(DAY)
    // The same file with another process.
    const again: TestCtx = { ...ctx, db: openDb(ctx.db.file), live: new Live() }
    const windows = [await open(again), await open(again)]
    await settle()
    expect(windows.flatMap((w) => w.missed)).toMatchObject([{ total: 2 }])
    expect(windows.flatMap((w) => w.missed[0]?.titles ?? []).sort()).toEqual(['دو', 'یک'])
    for (const window of windows) await window.close()
    const third = await open(again)
    await settle()
    expect([...third.shown, ...third.missed]).toEqual([])
    await clientOf(again).tasks.answerRings({ missed_until: again.clock.now() })
    again.db.close()
    const later: TestCtx = { ...ctx, db: openDb(ctx.db.file), live: new Live() }
    const fourth = await open(later)
    await settle()
    expect([...fourth.shown, ...fourth.missed]).toEqual([])
    later.db.close()
    expect((await api().tasks.get({ id: seen })).status).toBe('open')
  })

  it('is also what rang and stood unanswered when the program died', async () => {
    const first = await open()
    const closed = await inMinutes('بسته', 5)
    await inMinutes('بی‌پاسخ', 5)
    const done = await inMinutes('تمام', 5)
    await pass(5 * MINUTE)
    expect(first.shown.toSorted()).toEqual(['بسته', 'بی‌پاسخ', 'تمام'])
    await api().tasks.answerRings({ task_ids: [closed] })
    await api().tasks.complete({ id: done })
    // Long enough that the mark would have gone past it.
    for (let i = 0; i < 3; i++) await pass(HOUR)
    expect([first.shown.length, first.missed]).toEqual([3, []])
    await first.close()
    const again: TestCtx = { ...ctx, db: openDb(ctx.db.file), live: new Live() }
    const windows = [await open(again), await open(again)]
    await settle()
    expect(windows.flatMap((w) => w.missed)).toEqual([{ total: 1, titles: ['بی‌پاسخ'] }])
    expect(windows.flatMap((w) => w.shown)).toEqual([])
    for (const window of windows) await window.close()
    again.db.close()
  })

  it('is not what was due before somebody first sat here', async () => {
    await inMinutes('قدیمی', 5)
    ctx.clock.advance(DAY)
    const window = await open()
    await settle()
    expect([...window.shown, ...window.missed]).toEqual([])
  })
})

describe('a clock that jumps', () => {
  it('back rings nothing twice, and what lies ahead again rings then', async () => {
    const window = await open()
    await inMinutes('یک', 10)
    await pass(10 * MINUTE)
    await pass(-3 * HOUR)
    await api().tasks.add({ title: 'تازه', due_date: TODAY, due_minute: 10 * 60 })
    await pass(20 * MINUTE)
    expect(window.shown).toEqual(['یک', 'تازه'])
    await pass(5 * HOUR)
    expect(window.shown).toEqual(['یک', 'تازه'])
    expect(window.missed).toEqual([])
  })

  it('ahead and back again tells what it passed once', async () => {
    const window = await open()
    await inMinutes('یک', 10)
    await inMinutes('دو', 10 + LATE_MS / MINUTE)
    await pass(30 * DAY)
    expect(window.missed).toMatchObject([{ total: 2 }])
    await pass(-30 * DAY)
    await pass(HOUR)
    expect(window.shown).toEqual([])
    expect(window.missed).toHaveLength(1)
    await inMinutes('سه', 5)
    await pass(5 * MINUTE)
    expect(window.shown).toEqual(['سه'])
  })
})

describe('listening', () => {
  it('ends when somebody else sits down, when the book is closed, and leaves nothing behind', async () => {
    const stream = await api().tasks.reminders()
    expect((await stream.next()).value).toEqual({ rings: [], missed: null })
    const waits = stream.next()
    ctx.live.emit({ tables: ['seat'], change: null, origin: 'x' })
    expect((await waits).done).toBe(true)
    const window = await open()
    expect(ringerOf(ctx).listeners).toBe(1)
    await window.close()
    await settle()
    expect(ringerOf(ctx).listeners).toBe(0)
    expect(ctx.live.listeners).toBe(0)
  })
})
