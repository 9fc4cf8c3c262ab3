import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CHECK_WIDTH,
  type ColumnState,
  columnTemplate,
  type GridColumn,
  moveColumn,
  noColumnState,
  orderedColumns,
  setHidden,
  setWidth,
  visibleColumns,
  widthOf,
} from '../../renderer/ui/grid-columns.ts'

const column = (id: string, more: Partial<GridColumn<unknown>> = {}): GridColumn<unknown> => ({
  id,
  header: id,
  cell: () => id,
  width: 100,
  ...more,
})
const columns = [column('name', { isHideable: false }), column('phone'), column('city'), column('tags')]
const ids = (list: readonly GridColumn<unknown>[]) => list.map((each) => each.id).join(' ')
const state = (more: Partial<ColumnState>): ColumnState => ({ ...noColumnState, ...more })

describe('the order of columns', () => {
  it('is the declared one until the user changes it', () => {
    expect(ids(orderedColumns(columns, noColumnState))).toBe('name phone city tags')
  })

  it('puts a column that came after the state was kept where it was declared', () => {
    expect(ids(orderedColumns(columns, state({ order: ['tags', 'name', 'city'] })))).toBe('tags name phone city')
  })

  it('puts a new first column first', () => {
    expect(ids(orderedColumns(columns, state({ order: ['tags', 'phone', 'city'] })))).toBe('name tags phone city')
  })

  it('forgets columns that are gone', () => {
    expect(ids(orderedColumns(columns, state({ order: ['gone', 'city', 'name', 'phone', 'tags'] })))).toBe(
      'city name phone tags',
    )
  })

  it('holds every column exactly once, whatever was kept', () => {
    const kept = fc.array(fc.constantFrom('name', 'phone', 'city', 'tags', 'gone', ''), { maxLength: 8 })
    fc.assert(
      fc.property(kept, (order) => {
        const found = orderedColumns(columns, state({ order }))
        expect(found.map((each) => each.id).sort()).toEqual(['city', 'name', 'phone', 'tags'])
      }),
    )
  })
})

describe('moving a column', () => {
  it('puts it at the place among the visible ones', () => {
    const at = (id: string, to: number) => ids(orderedColumns(columns, moveColumn(columns, noColumnState, id, to)))
    expect(at('tags', 0)).toBe('tags name phone city')
    expect(at('name', 2)).toBe('phone city name tags')
    expect(at('name', 3)).toBe('phone city tags name')
    expect(at('phone', 1)).toBe('name phone city tags')
  })

  it('counts without the hidden ones and leaves them beside their neighbours', () => {
    const hidden = state({ hidden: ['phone'] })
    const moved = moveColumn(columns, hidden, 'tags', 1)
    expect(ids(visibleColumns(columns, moved))).toBe('name tags city')
    expect(ids(orderedColumns(columns, moved))).toBe('name phone tags city')
  })

  it('ends at the nearest end for a place outside the list', () => {
    expect(ids(orderedColumns(columns, moveColumn(columns, noColumnState, 'phone', 99)))).toBe('name city tags phone')
    expect(ids(orderedColumns(columns, moveColumn(columns, noColumnState, 'phone', -5)))).toBe('phone name city tags')
  })

  it('is where it was asked to be for every column, place and hidden column', () => {
    const id = fc.constantFrom('name', 'phone', 'city', 'tags')
    fc.assert(
      fc.property(id, fc.nat({ max: 3 }), fc.subarray(['phone', 'city', 'tags']), (moving, to, hidden) => {
        fc.pre(!hidden.includes(moving))
        const moved = visibleColumns(columns, moveColumn(columns, state({ hidden }), moving, to))
        const places = columns.length - hidden.length
        expect(moved.findIndex((each) => each.id === moving)).toBe(Math.min(to, places - 1))
        expect(moved).toHaveLength(places)
      }),
    )
  })
})

describe('hiding a column', () => {
  it('takes it out and brings it back to its place', () => {
    const without = setHidden(noColumnState, 'phone', true)
    expect(ids(visibleColumns(columns, without))).toBe('name city tags')
    expect(ids(visibleColumns(columns, setHidden(without, 'phone', false)))).toBe('name phone city tags')
  })

  it('never takes out the one that may not be hidden', () => {
    expect(ids(visibleColumns(columns, state({ hidden: ['name', 'city'] })))).toBe('name phone tags')
  })

  it('lists a column hidden twice once', () => {
    expect(setHidden(setHidden(noColumnState, 'city', true), 'city', true).hidden).toEqual(['city'])
  })
})

describe('the widths of columns', () => {
  it('are whole pixels and not under the least', () => {
    expect(widthOf(column('a'), setWidth(noColumnState, 'a', 120.6))).toBe(121)
    expect(widthOf(column('a'), setWidth(noColumnState, 'a', 3))).toBe(64)
    expect(widthOf(column('a', { minWidth: 120 }), setWidth(noColumnState, 'a', 3))).toBe(120)
  })

  it('share spare room in proportion until the user sets one', () => {
    const two = [column('a', { width: 200 }), column('b')]
    expect(columnTemplate(two, noColumnState, false).trim()).toBe('minmax(200px, 200fr) minmax(100px, 100fr)')
  })

  it('are kept exactly where they were set', () => {
    const two = [column('a', { width: 200 }), column('b')]
    expect(columnTemplate(two, setWidth(noColumnState, 'a', 150), false).trim()).toBe('150px minmax(100px, 100fr)')
  })

  it('let the last column fill the list when all were set, so that no gap stays', () => {
    const two = [column('a'), column('b')]
    const set = setWidth(setWidth(noColumnState, 'a', 150), 'b', 90)
    expect(columnTemplate(two, set, false).trim()).toBe('150px minmax(90px, 1fr)')
  })

  it('begin with the check boxes where rows can be chosen', () => {
    expect(columnTemplate([column('a')], noColumnState, true)).toBe(`${CHECK_WIDTH}px minmax(100px, 100fr)`)
  })
})
