import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chosenCount, type GridSelection, isChosen, noSelection, withChosen } from '../../renderer/ui/grid-selection.ts'

const MILLION = 1_000_000
const all: GridSelection = { all: true, ids: new Set() }

describe('the choice of rows', () => {
  it('is empty at first', () => {
    expect(chosenCount(noSelection, MILLION)).toBe(0)
    expect(isChosen(noSelection, 'a')).toBe(false)
  })

  it('holds the rows that were chosen and no others', () => {
    const some = withChosen(noSelection, ['a', 'b'], true)
    expect(['a', 'b', 'c'].map((id) => isChosen(some, id))).toEqual([true, true, false])
    expect(chosenCount(some, MILLION)).toBe(2)
  })

  it('of all rows needs no ids, and counts a million', () => {
    expect(all.ids.size).toBe(0)
    expect(chosenCount(all, MILLION)).toBe(MILLION)
    expect(isChosen(all, 'any')).toBe(true)
  })

  it('of all rows but some leaves those out, and takes them back in', () => {
    const but = withChosen(all, ['a', 'b'], false)
    expect(chosenCount(but, MILLION)).toBe(MILLION - 2)
    expect(isChosen(but, 'a')).toBe(false)
    expect(isChosen(but, 'c')).toBe(true)
    expect(chosenCount(withChosen(but, ['a'], true), MILLION)).toBe(MILLION - 1)
  })

  it('leaves the choice it came from as it was', () => {
    const before = withChosen(noSelection, ['a'], true)
    withChosen(before, ['a'], false)
    withChosen(before, ['b'], true)
    expect([...before.ids]).toEqual(['a'])
  })

  it('answers like a plain set of chosen rows after any steps', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const step = fc.record({ ids: fc.subarray(names), chosen: fc.boolean() })
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { maxLength: 12 }), (fromAll, steps) => {
        let selection = fromAll ? all : noSelection
        const plain = new Set(fromAll ? names : [])
        for (const { ids, chosen } of steps) {
          selection = withChosen(selection, ids, chosen)
          for (const id of ids) {
            if (chosen) plain.add(id)
            else plain.delete(id)
          }
        }
        expect(names.filter((id) => isChosen(selection, id))).toEqual(names.filter((id) => plain.has(id)))
        expect(chosenCount(selection, names.length)).toBe(plain.size)
      }),
    )
  })
})
