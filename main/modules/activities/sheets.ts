import type { ExportSheet } from '../exports/sheet.ts'

export const activitySheets: readonly ExportSheet[] = [
  {
    table: 'activity',
    columns: {
      kind: 'text',
      direction: 'text',
      channel: 'text',
      body: 'text',
      at: 'instant',
      local_date: 'day',
      minutes: 'number',
      occasion: 'text',
      outcome_id: { to: 'list_item', show: 'name' },
      task_id: { to: 'task', show: 'title' },
      user_id: { to: 'user', show: 'name' },
      pinned: 'flag',
    },
  },
  {
    table: 'activity_party',
    columns: { party_id: { to: 'party', show: 'name' }, activity_id: { to: 'activity', show: 'body' } },
    partOf: [
      ['party_id', 'party'],
      ['activity_id', 'activity'],
    ],
  },
  {
    table: 'mention',
    columns: {
      activity_id: { to: 'activity', show: 'body' },
      user_id: { to: 'user', show: 'name' },
      seen_at: 'instant',
    },
    partOf: [['activity_id', 'activity']],
  },
]
