import { expect, test } from 'vitest'
import { isTold } from '../../renderer/modules/sync/sync-model.ts'
import { storedWhen } from '../../renderer/ui/when-text.ts'
import { MANIFEST } from '../../shared/sync/manifest.ts'

const AT = Date.UTC(2024, 10, 21, 9, 30)

test('an instant, a day and a minute of the day read as times of the Persian calendar, and nothing else does', () => {
  expect(storedWhen('at', AT, 'fa')).toBe('۱ آذر ۱۴۰۳، ۱۳:۰۰')
  expect(storedWhen('due_date', '2024-11-21', 'fa')).toBe('۱ آذر ۱۴۰۳')
  expect(storedWhen('due_minute', 9 * 60 + 5, 'fa')).toBe('۰۹:۰۵')
  expect(storedWhen('minutes', 45, 'fa')).toBeUndefined()
  expect(storedWhen('body', '2024-11-21', 'fa')).toBeUndefined()
})

test('no time of a synced table is a bare number, and what only holds rows together is no value of its own', () => {
  const times = MANIFEST.flatMap(({ name, fields }) =>
    fields
      .filter((f) => f.type === 'integer' && storedWhen(f.name, AT, 'fa') !== undefined)
      .map((f) => `${name}.${f.name}`),
  )
  expect(times.filter((time) => !time.endsWith('.created_at'))).toEqual([
    'activity.at',
    'mention.seen_at',
    'task.due_minute',
    'task.closed_at',
    'task.handed_at',
    'task.handed_seen_at',
    'reminder.snoozed_at',
    'lead.at',
    'lead.closed_at',
  ])
  const silent = MANIFEST.filter(({ fields }) => !fields.slice(3).some(({ name }) => isTold({ field: name })))
  // Whose cards say so in words (ParkedCard).
  expect(silent.map(({ name }) => name)).toEqual(['activity_party'])
})
