import type { ExportSheet } from '../exports/sheet.ts'

export const activitySheets: readonly ExportSheet[] = [
  {
    table: 'activity',
    columns: {
      kind: 'text',
      body: 'text',
      at: 'instant',
      local_date: 'day',
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
]
