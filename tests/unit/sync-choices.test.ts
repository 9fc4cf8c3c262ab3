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
