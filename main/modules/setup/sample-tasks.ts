import { addDays, dayOf, toJalali } from '../../../shared/domain/jalali.ts'
import { ruleText } from '../../../shared/domain/recurrence.ts'
import type { Tx } from '../../db/write.ts'
import { addTaskTx, type NewTask, removeTaskTx } from '../tasks/write.ts'

export interface BroughtTasks {
  tasks: string[]
}

/** Days from today, and the task; `with`: about a customer of the sample. */
const TASKS: ReadonlyArray<readonly [day: number | null, task: NewTask & { with?: true }]> = [
  [-6, { title: 'پیگیری چک برگشتی', kind: 'call', priority: 2, with: true }],
  [-2, { title: 'فرستادن پیش‌فاکتور', kind: 'message', with: true }],
  [-1, { title: 'تماس دوباره؛ گفته بود فردا زنگ بزنید', kind: 'call', due_minute: 11 * 60, reminders: [], with: true }],
  [0, { title: 'تماس برای تسویهٔ ماندهٔ حساب', kind: 'call', due_minute: 17 * 60 + 30, with: true }],
  [0, { title: 'پرسیدن نظر دربارهٔ سفارش قبلی', kind: 'call', with: true }],
  [0, { title: 'آماده کردن سفارش‌های پیک عصر', check_list: ['بسته‌بندی', 'نوشتن نشانی‌ها', 'هماهنگی با پیک'] }],
  [1, { title: 'قرار حضوری برای دیدن نمونه‌ها', kind: 'meeting', due_minute: 10 * 60, minutes: 45, with: true }],
  [1, { title: 'فرستادن عکس کارهای تازه', kind: 'message', with: true }],
  [3, { title: 'سر زدن و بردن کاتالوگ', kind: 'visit', due_minute: 16 * 60, minutes: 60, with: true }],
  [5, { title: 'قیمت گرفتن از پخش‌کننده‌ها', check_list: ['قیمت نقدی', 'قیمت مدت‌دار'] }],
  [12, { title: 'یادآوری قسط دوم', kind: 'call', with: true }],
  [null, { title: 'عکس گرفتن از جنس‌های تازه برای اینستاگرام', priority: 0 }],
]

/** Something late, something for today, something for later, and two that come again. */
export function addSampleTasks(tx: Tx, parties: readonly string[], colleagues: readonly string[]): BroughtTasks {
  const today = dayOf(tx.now)
  const { jm } = toJalali(today)
  let at = 0
  const tasks = TASKS.map(([days, { with: about, ...task }], i) =>
    addTaskTx(tx, {
      ...task,
      due_date: days === null ? null : addDays(today, days),
      // Every seventh customer from the end: people, and none that another list tells of already.
      party_id: about ? (parties[Math.max(0, parties.length - 1 - 7 * at++)] ?? null) : null,
      ...(i === 7 && colleagues[0] && { owner_id: colleagues[0] }),
    }),
  )
  const ends = { until: null, count: null }
  const rent = ruleText({ kind: 'monthDay', n: 1, day: 5, ...ends })
  const stock = ruleText({ kind: 'weeks', n: 1, weekdays: [5], ...ends })
  tasks.push(
    addTaskTx(tx, { title: 'پرداخت اجارهٔ مغازه', rule: rent, priority: 2, reminders: [1440] }),
    addTaskTx(tx, { title: jm === 12 ? 'انبارگردانی پایان سال' : 'شمردن موجودی', rule: stock }),
  )
  return { tasks }
}

/** Takes them out again, done or not, with what they led to: the next of a series, and what is about a customer of the sample. */
export function removeSampleTasks(tx: Tx, brought: Partial<BroughtTasks> & { parties: readonly string[] }): void {
  const rows = tx.db
    .prepare(
      `SELECT id FROM task WHERE deleted = 0 AND (id IN (SELECT value FROM json_each(@tasks))
         OR series_id IN (SELECT value FROM json_each(@tasks)) OR party_id IN (SELECT value FROM json_each(@parties)))`,
    )
    .all({ tasks: JSON.stringify(brought.tasks ?? []), parties: JSON.stringify(brought.parties) }) as Array<{
    id: string
  }>
  for (const { id } of rows) removeTaskTx(tx, id)
}
