import { expect, test } from 'vitest'
import { type Conflict, choicesOf, isLater, isLongText } from '../../renderer/modules/sync/sync-model.ts'

const side = (value: unknown, at = 1) => ({
  value,
  at,
  name: null,
  user_id: null,
  user_name: null,
  device_name: null,
  here: false,
})
const conflict = (part: Partial<Conflict>): Conflict => ({
  id: 'c',
  choice: 'c',
  class: 'lww',
  table: 'party',
  row_id: 'r',
  field: 'note',
  party: null,
  called: null,
  win: side('یک'),
  lose: side('دو'),
  now: 'یک',
  now_name: null,
  ...part,
})

test('a note that a rewind of the server brought twice is shown as a note, with its lines', () => {
  expect(isLongText(conflict({ class: 'rewind', lose: side('سطر یک\nسطر دو') }))).toBe(true)
  expect(isLongText(conflict({ class: 'rewind' }))).toBe(false)
  expect(isLongText(conflict({ class: 'text' }))).toBe(true)
})

test('what is chosen at once is one card, with a side for each who wrote apart and each value once', () => {
  const [deleted, name, place] = ['d', 'n', 'p'].map((choice) => ({ choice }))
  const choices = choicesOf([
    conflict({ ...deleted, class: 'edited_deleted', field: 'first_name', id: 'a', win: side(1, 5) }),
    conflict({ ...deleted, class: 'edited_deleted', field: 'first_name', id: 'b', win: side(1, 9) }),
    conflict({ ...place, class: 'group', id: 'c', lose: side('دو', 2) }),
    conflict({ ...place, class: 'group', id: 'd', field: 'city', lose: side('دو', 2) }),
    conflict({ ...place, class: 'group', id: 'e', lose: side('سه', 7) }),
    conflict({ ...name, id: 'f', lose: side('یکی') }),
    conflict({ ...name, id: 'g', lose: side('یکی', 4) }),
    conflict({ ...name, id: 'h', lose: side('یک', 5) }),
  ])
  const ids = (list: readonly Conflict[]) => list.map(({ id }) => id).sort()
  expect(choices.map(({ all }) => ids(all))).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
    ['f', 'g', 'h'],
  ])
  expect(choices.map(({ others }) => others.map(ids))).toEqual([[['a', 'b']], [['c', 'd'], ['e']], [['f']]])
})

test('what stands there since is told as it is, and not as the value that won once', () => {
  expect(isLater(conflict({ now: 'سه' }))).toBe(true)
  expect(isLater(conflict({}))).toBe(false)
  expect(isLater(conflict({ class: 'edited_deleted', now: 'سه' }))).toBe(false)
})
