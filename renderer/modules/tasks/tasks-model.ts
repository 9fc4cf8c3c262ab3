import type { TaskFilter, TaskRow } from '../../../shared/contract/tasks.ts'
import { type IsoDay, weekday } from '../../../shared/domain/jalali.ts'
import type { Now, When } from '../../../shared/domain/parse-when.ts'
import type { Tone } from '../../ui/tones.ts'

export type TaskKind = TaskRow['kind']
export type Priority = TaskRow['priority']

export const whenOfTask = ({ due_date, due_minute }: Pick<TaskRow, 'due_date' | 'due_minute'>): When | null =>
  due_date === null ? null : { day: due_date, minute: due_minute }

/** Red for an earlier day, amber for an hour of today that went by, else grey. */
export function toneOf(task: Pick<TaskRow, 'due_date' | 'due_minute' | 'status'>, now: Now): Tone {
  if (task.status !== 'open' || task.due_date === null) return 'neutral'
  if (task.due_date < now.day) return 'bad'
  return task.due_date === now.day && task.due_minute !== null && task.due_minute < now.minute ? 'warn' : 'neutral'
}

/** What a done task leads to: something happened with somebody, and is worth a line. */
export const isTalk = (task: Pick<TaskRow, 'kind' | 'party'>): boolean => task.kind !== 'todo' && task.party !== null

export type SnoozeTo = { minutes: number } | { date: IsoDay; minute: number | null }
export interface SnoozeChoice {
  id: 'ten' | 'hour' | 'evening' | 'morning' | 'saturday'
  to: SnoozeTo
}

const EVENING = 18 * 60
const MORNING = 9 * 60

/** What a task can be put off to in one press; the evening only while it is ahead. */
export function snoozeChoices(now: Now, addDays: (day: IsoDay, n: number) => IsoDay): SnoozeChoice[] {
  return [
    { id: 'ten', to: { minutes: 10 } },
    { id: 'hour', to: { minutes: 60 } },
    ...(now.minute < EVENING - 30 ? [{ id: 'evening' as const, to: { date: now.day, minute: EVENING } }] : []),
    { id: 'morning', to: { date: addDays(now.day, 1), minute: MORNING } },
    { id: 'saturday', to: { date: addDays(now.day, 7 - weekday(now.day)), minute: MORNING } },
  ]
}

/** How the list is narrowed; kept in the address. */
export interface ListPlace {
  owner: string
  kind: TaskKind | null
  priority: Priority | null
  text: string
}
export const EMPTY_PLACE: ListPlace = { owner: 'mine', kind: null, priority: null, text: '' }

export function filterOf({ owner, kind, priority, text }: ListPlace): TaskFilter {
  return {
    owner: owner === 'mine' || owner === 'all' || owner === 'nobody' ? owner : { id: owner },
    ...(kind && { kind }),
    ...(priority !== null && { priority }),
    ...(text.trim() && { text: text.trim() }),
  }
}

export const isNarrowed = ({ kind, priority, text }: ListPlace): boolean =>
  kind !== null || priority !== null || text.trim() !== ''

/** Minutes before a task at which people want to be reminded. */
export const REMIND_BEFORE = [0, 10, 30, 60, 120, 1440, 2880, 10_080] as const

/** Largest unit that a number of minutes fills: for «۲ ساعت پیش از آن». */
export function spanOf(minutes: number): { unit: 'minutes' | 'hours' | 'days' | 'weeks'; n: number } {
  if (minutes > 0 && minutes % 10_080 === 0) return { unit: 'weeks', n: minutes / 10_080 }
  if (minutes > 0 && minutes % 1440 === 0) return { unit: 'days', n: minutes / 1440 }
  if (minutes > 0 && minutes % 60 === 0) return { unit: 'hours', n: minutes / 60 }
  return { unit: 'minutes', n: minutes }
}
