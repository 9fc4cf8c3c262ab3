import type { ExportSheet } from '../exports/sheet.ts'

export const taskSheets: readonly ExportSheet[] = [
  {
    table: 'task',
    columns: {
      kind: 'text',
      title: 'text',
      body: 'text',
      party_id: { to: 'party', show: 'name' },
      owner_id: { to: 'user', show: 'name' },
      user_id: { to: 'user', show: 'name' },
      due_date: 'day',
      due_minute: 'number',
      minutes: 'number',
      priority: 'number',
      status: 'text',
      closed_at: 'instant',
      closed_by: { to: 'user', show: 'name' },
      rule: 'text',
      rule_date: 'day',
      series_id: { to: 'task', show: 'title' },
      handed_by: { to: 'user', show: 'name' },
      handed_at: 'instant',
      handed_note: 'text',
      handed_seen_at: 'instant',
    },
  },
  {
    table: 'task_check',
    columns: { task_id: { to: 'task', show: 'title' }, text: 'text', done: 'flag', position: 'number' },
    partOf: [['task_id', 'task']],
  },
  {
    table: 'reminder',
    columns: { task_id: { to: 'task', show: 'title' }, before: 'number', snoozed_at: 'instant' },
    partOf: [['task_id', 'task']],
  },
]
