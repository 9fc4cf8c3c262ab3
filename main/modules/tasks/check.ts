import { checkTexts } from '../../db/check-texts.ts'
import type { Db } from '../../db/open.ts'
import type { CheckProblem } from '../module.ts'
import { dayBegins, ringsAt } from './due.ts'
import { TASK_TEXTS } from './search-rows.ts'

const CHUNK = 1000

interface Line {
  pk: number
  id: string
  before: number
  snoozed_at: number | null
  at: number | null
  deleted: number
  status: string | null
  due_date: string | null
  due_minute: number | null
  task_deleted: number | null
}

export const check = ({ db }: { db: Db }): CheckProblem[] => [
  ...checkReminders(db),
  ...checkTexts(db, TASK_TEXTS, 'task', 'TASK'),
]

/** Reminders that would ring at another time than their task says. */
function checkReminders(db: Db): CheckProblem[] {
  const next = db.prepare(
    `SELECT r.pk, r.id, r.before, r.snoozed_at, r.at, r.deleted, t.status, t.due_date, t.due_minute, t.deleted AS task_deleted
     FROM reminder r LEFT JOIN task t ON t.id = r.task_id WHERE r.pk > ? ORDER BY r.pk LIMIT ?`,
  )
  const begins = dayBegins(db)
  let wrong: CheckProblem | null = null
  for (let last = 0; ; ) {
    const lines = next.all(last, CHUNK) as Line[]
    if (lines.length === 0) return wrong ? [wrong] : []
    for (const { pk, id, at, status, due_date, due_minute, task_deleted, ...reminder } of lines) {
      last = pk
      const task = status === null ? undefined : { status, due_date, due_minute, deleted: task_deleted ?? 0 }
      if (at === ringsAt(reminder, task, begins)) continue
      if (wrong) wrong.count++
      else wrong = { code: 'REMINDER_TIME_DIFFERS', count: 1, sample: id }
    }
  }
}
