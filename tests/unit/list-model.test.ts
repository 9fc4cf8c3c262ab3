import { parseSearchWith, stringifySearchWith } from '@tanstack/react-router'
import { describe, expect, it } from 'vitest'
import {
  complete,
  EMPTY,
  FIELDS,
  needsValue,
  newRule,
  readFilter,
  ruleCount,
  testsOf,
  withAdded,
  withNode,
  withTest,
  withText,
} from '../../renderer/modules/customers/filter-model.ts'
import { readSearch, readSort, sortText, type View, viewOf } from '../../renderer/modules/customers/views-model.ts'
import { EVERYBODY, type Filter, type FilterGroup, type FilterRule, SORT_FIELDS } from '../../shared/contract/filter.ts'

const city = (value: string | null): FilterRule => ({ field: 'city', test: 'is', value })
const name = (value: string): FilterRule => ({ field: 'name', test: 'contains', value })
const tree: FilterGroup = {
  op: 'and',
  rules: [name('علی'), { op: 'or', rules: [city('تهران'), city('شیراز')] }, city(null)],
}

describe('editing a filter', () => {
  it('changes, adds and removes one rule and leaves all others', () => {
    expect(withNode(tree, [1, 0], city('یزد')).rules).toEqual([
      name('علی'),
      { op: 'or', rules: [city('یزد'), city('شیراز')] },
      city(null),
    ])
    expect(withNode(tree, [1, 1], null).rules[1]).toEqual({ op: 'or', rules: [city('تهران')] })
    expect(withAdded(tree, [1], city('قم')).rules[1]).toEqual({
      op: 'or',
      rules: [city('تهران'), city('شیراز'), city('قم')],
    })
    expect(withAdded(tree, [], name('رضا')).rules).toHaveLength(4)
    expect(ruleCount(tree)).toBe(3)
  })
  it('asks only whole rules of the engine, and no empty group', () => {
    const begun: FilterGroup = { op: 'and', rules: [...tree.rules, { op: 'or', rules: [city('')] }] }
    expect(complete(begun).rules).toEqual(tree.rules.slice(0, 2))
    expect(complete(EMPTY)).toEqual(EMPTY)
  })
  it('keeps a value where another test means the same by it', () => {
    expect(withTest(name('علی'), 'startsWith').value).toBe('علی')
    const since: FilterRule = { field: 'created', test: 'onOrAfter', value: '2026-11-22' }
    expect(withTest(since, 'onOrBefore').value).toBe('2026-11-22')
    expect(withTest(since, 'inLastDays').value).toBe(30)
    expect(withTest(withTest(since, 'inLastDays'), 'onOrAfter').value).toBeNull()
    expect(withTest(city('یزد'), 'isEmpty').value).toBeNull()
  })
  it('offers for every field tests that the contract takes', () => {
    for (const field of FIELDS) {
      for (const test of testsOf(field)) {
        const value = needsValue(test) ? newRule(field).value : null
        expect(withTest(newRule(field), test)).toMatchObject({ field, test })
        if (!needsValue(test)) {
          const filter = { where: { op: 'and', rules: [{ field, test, value }] }, trash: false }
          expect(readFilter(filter), `${field} ${test}`).toEqual(filter)
        }
      }
    }
  })
  it('narrows «any of» by the words of the box, not widens it', () => {
    const any: Filter = { where: { op: 'or', rules: [city('تهران'), city('یزد')] }, trash: false }
    expect(withText(any, ' علی ').where).toEqual({
      op: 'and',
      rules: [any.where, { field: 'text', test: 'matches', value: 'علی' }],
    })
    expect(withText(any, '  ')).toBe(any)
  })
})

describe('the address of the list', () => {
  const parse = parseSearchWith(JSON.parse)
  const write = stringifySearchWith(JSON.stringify, JSON.parse)
  it('comes back as it was written', () => {
    const search = {
      view: 'mine',
      q: '0912',
      f: { where: complete(tree), trash: true },
      s: '-created',
      open: '01900000-0000-7000-8000-000000000001',
    }
    expect(readSearch(parse(write(search)))).toEqual(search)
    expect(readSearch(parse(write({ q: '912' })))).toEqual({ q: '912' })
    expect(readSearch({})).toEqual({})
  })
  it('leaves out what it does not understand', () => {
    expect(readSearch({ f: { where: 'x' }, view: {}, q: 12, s: '' })).toEqual({ q: '12' })
    expect(readSort('-nonsense')).toBeNull()
  })
  it('writes every order so that it is read again', () => {
    for (const field of SORT_FIELDS)
      for (const desc of [true, false]) expect(readSort(sortText({ field, desc }))).toEqual({ field, desc })
  })
})

describe('the view an address speaks of', () => {
  const own: View = {
    id: '01900000-0000-7000-8000-000000000002',
    name: 'تهران',
    definition: {
      filter: { where: { op: 'and', rules: [city('تهران')] }, trash: false },
      sort: { field: 'created', desc: true },
      columns: null,
    },
  } as unknown as View
  it('is a saved one with its filter and order, unchanged', () => {
    expect(viewOf({ view: own.id }, [own], null)).toMatchObject({
      filter: own.definition.filter,
      sort: own.definition.sort,
      changed: false,
    })
  })
  it('is changed by another filter or order, and by nothing else', () => {
    expect(viewOf({ view: own.id, f: EVERYBODY }, [own], null)).toMatchObject({ filter: EVERYBODY, changed: true })
    expect(viewOf({ view: own.id, s: 'name' }, [own], null).changed).toBe(true)
    expect(viewOf({ view: own.id, q: 'علی', open: own.id, s: '-created' }, [own], null).changed).toBe(false)
  })
  it('is everybody when the saved one is gone, and «mine» is the user’s', () => {
    expect(viewOf({ view: 'gone' }, [], null)).toMatchObject({ id: 'all', filter: EVERYBODY, own: undefined })
    expect(viewOf({ view: 'mine' }, [], 'u1').filter.where.rules).toEqual([{ field: 'owner', test: 'is', value: 'u1' }])
  })
})
