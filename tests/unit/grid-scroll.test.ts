import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_HEIGHT, offsetFor, rowWindow, scrollSpace } from '../../renderer/ui/grid-scroll.ts'

const MILLION = 1_000_000
const ROW = 42
const VIEW = 560

describe('the scroll space of a million rows', () => {
  const space = scrollSpace(MILLION, ROW, VIEW)

  it('stays under what a browser lets an element be high', () => {
    expect(space.full).toBe(42_000_000)
    expect(space.real).toBe(MAX_HEIGHT)
    expect(MAX_HEIGHT).toBeLessThan(16_700_000)
  })

  it('leads the bar from the very first to the very last pixel of the list', () => {
    const lowest = space.real - VIEW
    expect(0 * space.scale).toBe(0)
    expect(lowest * space.scale).toBeCloseTo(space.full - VIEW, 3)
  })

  it('goes forward with the bar and leads back to where the bar stood', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: space.real - VIEW - 1 }), (top) => {
        const offset = top * space.scale
        expect((top + 1) * space.scale).toBeGreaterThan(offset)
        expect(offset / space.scale).toBeCloseTo(top, 4)
      }),
    )
  })

  it('is the plain height for a list that is short enough', () => {
    for (const rows of [0, 1, 13, 14, 1000, Math.floor(MAX_HEIGHT / ROW)]) {
      expect(scrollSpace(rows, ROW, VIEW)).toEqual({ full: rows * ROW, real: rows * ROW, scale: 1 })
    }
  })

  it('is scaled from the first row that no longer fits, and then reaches its end all the same', () => {
    const rows = Math.floor(MAX_HEIGHT / ROW) + 1
    const first = scrollSpace(rows, ROW, VIEW)
    expect(first.scale).toBeGreaterThan(1)
    expect((first.real - VIEW) * first.scale).toBeCloseTo(rows * ROW - VIEW, 3)
  })
})

describe('the rows that are drawn', () => {
  const views = fc.record({
    rows: fc.integer({ min: 1, max: MILLION }),
    row: fc.integer({ min: 20, max: 70 }),
    view: fc.integer({ min: 70, max: 3000 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })

  it('cover all that is in view, at every place of a list of any length', () => {
    fc.assert(
      fc.property(views, ({ rows, row, view, part }) => {
        const offset = part * Math.max(0, rows * row - view)
        const [first, last] = rowWindow(offset, view, row, rows)
        expect(first).toBeGreaterThanOrEqual(0)
        expect(last).toBeLessThanOrEqual(rows)
        expect(first * row).toBeLessThanOrEqual(offset)
        expect(last * row).toBeGreaterThanOrEqual(Math.min(rows * row, offset + view))
      }),
      { numRuns: 2000 },
    )
  })

  it('are a screenful and a margin, however long the list', () => {
    fc.assert(
      fc.property(views, ({ rows, row, view, part }) => {
        const [first, last] = rowWindow(part * rows * row, view, row, rows)
        expect(last - first).toBeLessThanOrEqual(Math.ceil(view / row) + 12)
      }),
    )
  })

  it('come to every one of a million rows while the list is scrolled from end to end', () => {
    let seen = 0
    const end = MILLION * ROW - VIEW
    for (let offset = 0; ; offset = Math.min(end, offset + VIEW)) {
      const [first, last] = rowWindow(offset, VIEW, ROW, MILLION)
      // No gap between this window and the one before.
      if (first > seen) throw new Error(`rows ${seen} to ${first} were never drawn`)
      seen = Math.max(seen, last)
      if (offset === end) break
    }
    expect(seen).toBe(MILLION)
  })

  it('never go back while the list goes on', () => {
    let before = 0
    for (let offset = 0; offset < 200 * ROW; offset += 7) {
      const [first] = rowWindow(offset, VIEW, ROW, MILLION)
      expect(first).toBeGreaterThanOrEqual(before)
      before = first
    }
  })

  it('stay the same over small scrolls', () => {
    const windows = new Set<string>()
    for (let offset = 0; offset < 400 * ROW; offset += 3) windows.add(rowWindow(offset, VIEW, ROW, MILLION).join())
    expect(windows.size).toBeLessThanOrEqual(101)
  })

  it('are none for an empty list', () => {
    expect(rowWindow(0, VIEW, ROW, 0)).toEqual([0, 0])
  })
})

describe('bringing a row into view', () => {
  const places = fc.record({
    index: fc.integer({ min: 0, max: MILLION - 1 }),
    offset: fc.integer({ min: 0, max: MILLION * ROW - VIEW }),
  })

  it('shows the whole row, whichever of the million it is and wherever the list stood', () => {
    fc.assert(
      fc.property(places, ({ index, offset }) => {
        const to = offsetFor(index, offset, VIEW, ROW)
        expect(to).toBeLessThanOrEqual(index * ROW)
        expect(to + VIEW).toBeGreaterThanOrEqual((index + 1) * ROW)
      }),
      { numRuns: 2000 },
    )
  })

  it('does not move a list that shows the row already', () => {
    fc.assert(
      fc.property(places, ({ index, offset }) => {
        const there = offsetFor(index, offset, VIEW, ROW)
        expect(offsetFor(index, there, VIEW, ROW)).toBe(there)
      }),
    )
  })

  it('survives the rounding of the bar: the row is still drawn after the place went through it', () => {
    const { scale } = scrollSpace(MILLION, ROW, VIEW)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MILLION - 1 }), (index) => {
        const offset = offsetFor(index, 0, VIEW, ROW)
        const [first, last] = rowWindow(Math.round(offset / scale) * scale, VIEW, ROW, MILLION)
        expect(index).toBeGreaterThanOrEqual(first)
        expect(index).toBeLessThan(last)
      }),
      { numRuns: 2000 },
    )
  })
})
