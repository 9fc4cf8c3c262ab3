import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { due } from '../../main/modules/backups/keeper.ts'
import type { Good, Store } from '../../main/modules/backups/store.ts'
import { type Thinnable, thin } from '../../main/modules/backups/thin.ts'
import { dayOf, toJalali } from '../../shared/domain/jalali.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Saturday 30 Aban 1405, noon in Tehran. */
const NOW = Date.UTC(2026, 10, 21, 8, 30)

const copy = (at: number, more: Partial<Thinnable> = {}): Thinnable => ({
  path: new Date(at).toISOString(),
  at,
  bytes: 100,
  reason: 'auto',
  ...more,
})
/** Every `every` hours back to `days` ago, newest first. */
const series = (days: number, every: number) =>
  Array.from({ length: Math.floor((days * 24) / every) }, (_, i) => copy(NOW - i * every * HOUR))
const left = (copies: Thinnable[], options = {}) => {
  const gone = new Set(thin(copies, options))
  return copies.filter(({ path }) => !gone.has(path))
}

describe('thinning', () => {
  test('keeps all of today, one a day for two weeks, one a week for three months, one a month for a year', () => {
    const kept = left(series(800, 12))
    const ages = kept.map(({ at }) => Math.round((NOW - at) / DAY))
    const today = kept.filter(({ at }) => dayOf(at) === dayOf(NOW))
    expect(today).toHaveLength(2)
    expect(new Set(ages.filter((age) => age <= 13)).size).toBe(14)
    // One for each of 13 weeks from Saturday, one for each of 12 Jalali months.
    expect(ages.filter((age) => age > 14 && age <= 90).length).toBeGreaterThanOrEqual(10)
    const months = new Set(
      kept.map(({ at }) =>
        Object.values(toJalali(dayOf(at)))
          .slice(0, 2)
          .join('-'),
      ),
    )
    expect(months.size).toBe(12)
    expect(Math.max(...ages)).toBeLessThan(370)
    expect(kept.length).toBeLessThan(45)
  })

  test('keeps the newest of a day, not its first', () => {
    const [evening, morning] = [copy(NOW - 3 * DAY), copy(NOW - 3 * DAY - 5 * HOUR)]
    const kept = left([...series(1, 2), evening!, morning!])
    expect(kept).toContain(evening)
    expect(kept).not.toContain(morning)
  })

  test('deletes nothing because of a long pause, nor of a clock that jumped ten years', () => {
    const before = left(series(400, 24))
    for (const jump of [2, 10])
      expect(left([copy(NOW + jump * 365 * DAY), ...before]).length).toBeGreaterThan(before.length - 5)
  })

  test('takes copies from before a migration last, and keeps some that were made by hand or before a restore', () => {
    const special = (['migration', 'hand', 'restore'] as const).map((reason) =>
      copy(NOW - 700 * DAY - HOUR, { reason, path: reason }),
    )
    const kept = left([...series(100, 6), ...special])
    expect(kept).toEqual(expect.arrayContaining(special))
    const tight = left([...series(100, 6), ...special], { room: 700 })
    expect(tight.map(({ path }) => path)).toContain('migration')
    expect(tight.map(({ path }) => path)).not.toContain('hand')
    expect(tight).toHaveLength(7)
  })

  test('never leaves fewer than five, however little room there is', () => {
    expect(left(series(30, 4), { room: 0 })).toHaveLength(5)
  })

  test('takes nothing from before a mass change', () => {
    const copies = series(30, 8)
    const frozen = NOW - 2 * DAY
    const kept = left(copies, { frozen, room: 0 })
    expect(kept).toEqual(expect.arrayContaining(copies.filter(({ at }) => at <= frozen)))
  })

  test('whatever there is: the newest stays, and a second time takes nothing more', () => {
    const any = fc.array(fc.integer({ min: 0, max: 500 * 24 }), { minLength: 1, maxLength: 120 })
    fc.assert(
      fc.property(any, (hours) => {
        const copies = hours.map((h, i) => copy(NOW - h * HOUR, { path: `${i}` }))
        const kept = left(copies)
        const newest = Math.max(...copies.map(({ at }) => at))
        expect(kept.some(({ at }) => at === newest)).toBe(true)
        expect(thin(kept)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})

describe('what is due', () => {
  const good = (at: number, tx = 10): Good => ({
    file: `f${at}`,
    at,
    bytes: 1,
    checked: at,
    tx,
    seq: tx,
    site: 's',
    counts: {},
  })
  const store = (folders: Store['folders'], settings = {}): Store => ({
    settings: { folders: ['/stick'], every_hours: 4, on_exit: true, ...settings },
    folders,
    mass: null,
    settled: 0,
    pace: null,
  })
  const both = ['/usual', '/stick']
  const fine = (at: number) => ({ good: good(at), failed: null })

  test('a copy after so many hours when something changed', () => {
    const had = store({ '/usual': fine(NOW - 5 * HOUR), '/stick': fine(NOW - 5 * HOUR) })
    expect(due(had, both, { changes: 1, began: 0, site: 's' }, NOW, null)).toEqual({ what: 'copy', folders: both })
    expect(due(had, both, { changes: 0, began: 0, site: 's' }, NOW, null)).toBeNull()
    const lately = store({ '/usual': fine(NOW - HOUR), '/stick': fine(NOW - HOUR) })
    expect(due(lately, both, { changes: 1, began: 0, site: 's' }, NOW, null)).toBeNull()
    // A clock that went back two days must not stop copies for two days.
    expect(due(lately, both, { changes: 1, began: 0, site: 's' }, NOW - 2 * DAY, null)?.what).toBe('copy')
  })

  test('the first copy of a new book ten minutes after its first change', () => {
    expect(due(store({}), both, { changes: 3, began: NOW - HOUR / 2, site: 's' }, NOW, null)?.what).toBe('copy')
    expect(due(store({}), both, { changes: 3, began: NOW - HOUR / 10, site: 's' }, NOW, null)).toBeNull()
    expect(due(store({}), both, { changes: 0, began: null, site: 's' }, NOW, null)).toBeNull()
  })

  test('after a start, what the exit before it did not copy', () => {
    const had = store({ '/usual': fine(NOW - HOUR), '/stick': fine(NOW - HOUR) })
    expect(due(had, both, { changes: 1, began: 0, site: 's' }, NOW, NOW - 1)?.what).toBe('copy')
    // A copy from after the start is none of an exit.
    expect(due(had, both, { changes: 1, began: 0, site: 's' }, NOW, NOW - 2 * HOUR)).toBeNull()
    const off = store(had.folders, { on_exit: false })
    expect(due(off, both, { changes: 1, began: 0, site: 's' }, NOW, NOW - 1)).toBeNull()
  })

  test('a stick that lacks the newest copy gets it without copying the book again', () => {
    const had = store({
      '/usual': fine(NOW - HOUR),
      '/stick': { good: good(NOW - DAY, 5), failed: { at: NOW, trouble: 'ABSENT', since: 0 } },
    })
    expect(due(had, both, { changes: 0, began: 0, site: 's' }, NOW, null)).toEqual({
      what: 'carry',
      folders: ['/stick'],
      from: `f${NOW - HOUR}`,
    })
    expect(due(had, ['/usual'], { changes: 0, began: 0, site: 's' }, NOW, null)).toBeNull()
  })

  test('a folder that failed rests for ten minutes, the others do not', () => {
    const failed = { at: NOW - HOUR / 10, trouble: 'FULL', since: 0 } as const
    const had = store({ '/usual': fine(NOW - 5 * HOUR), '/stick': { good: null, failed } })
    expect(due(had, both, { changes: 1, began: 0, site: 's' }, NOW, null)).toEqual({
      what: 'copy',
      folders: ['/usual'],
    })
    expect(due(had, both, { changes: 1, began: 0, site: 's' }, NOW + HOUR, null)).toEqual({
      what: 'copy',
      folders: both,
    })
  })

  test('a copy at once after a restore from a file that is in none of the folders', () => {
    const had = store({ '/usual': fine(NOW), '/stick': fine(NOW) })
    expect(due(had, both, { changes: 3, began: 0, site: 'other' }, NOW, null)?.what).toBe('copy')
  })

  test('nothing changed for a day: the newest copy is walked through again', () => {
    const had = store({ '/usual': fine(NOW - 2 * DAY), '/stick': fine(NOW - 2 * DAY) })
    expect(due(had, both, { changes: 0, began: 0, site: 's' }, NOW, null)?.what).toBe('check')
  })
})
