import { expect, test } from 'vitest'
import { type Conflict, choicesOf, isLongText } from '../../renderer/modules/sync/sync-model.ts'

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
  class: 'lww',
  table: 'party',
  row_id: 'r',
  field: 'note',
  party: null,
  called: null,
  win: side('یک'),
  lose: side('دو'),
  now: 'یک',
  ...part,
})

test('a note that a rewind of the server brought twice is shown as a note, with its lines', () => {
  expect(isLongText(conflict({ class: 'rewind', lose: side('سطر یک\nسطر دو') }))).toBe(true)
  expect(isLongText(conflict({ class: 'rewind' }))).toBe(false)
  expect(isLongText(conflict({ class: 'text' }))).toBe(true)
})

test('what was deleted, brought back and deleted again is one question, and a group of fields one for each moment', () => {
  const deleted = { class: 'edited_deleted', field: 'first_name' }
  const choices = choicesOf([
    conflict({ ...deleted, id: 'a', win: side(1, 5) }),
    conflict({ ...deleted, id: 'b', win: side(1, 9) }),
    conflict({ class: 'group', id: 'c' }),
    conflict({ class: 'group', id: 'd', field: 'city' }),
    conflict({ class: 'group', id: 'e', win: side('سه', 7) }),
  ])
  expect(choices.map(({ all }) => all.map(({ id }) => id).sort())).toEqual([['a', 'b'], ['c', 'd'], ['e']])
})
