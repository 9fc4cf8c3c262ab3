import type { Task } from '../../../shared/contract/tasks.ts'
import type { When } from '../../../shared/domain/parse-when.ts'
import type { Inputs } from '../../api/client.ts'
import { clashes } from '../../ui/clashes.ts'
import { type Priority, type TaskKind, whenOfTask } from './tasks-model.ts'

export interface FormCheck {
  /** Of the engine; absent for a new line, which goes by `key`. */
  id?: string
  key: string
  text: string
  done: boolean
}

/** A task as it is being written; plain data, kept as a draft. */
export interface TaskForm {
  title: string
  kind: TaskKind
  party: { id: string; label: string } | null
  owner_id: string | null
  when: When | null
  minutes: number | null
  priority: Priority
  /** Stored text of shared/domain/recurrence-rule.ts. */
  rule: string | null
  /** Minutes before; null: as usual (a task with a time rings at its time). Only of a new task. */
  reminders: readonly number[] | null
  checks: readonly FormCheck[]
  body: string
}

export const emptyForm = (owner_id: string | null): TaskForm => ({
  title: '',
  kind: 'todo',
  party: null,
  owner_id,
  when: null,
  minutes: null,
  priority: 1,
  rule: null,
  reminders: null,
  checks: [],
  body: '',
})

export const formOf = (task: Task): TaskForm => ({
  title: task.title,
  kind: task.kind,
  party: task.party && { id: task.party.id, label: task.party.name },
  owner_id: task.owner_id,
  when: whenOfTask(task),
  minutes: task.minutes,
  priority: task.priority,
  rule: task.rule,
  reminders: task.reminders.map(({ before }) => before),
  checks: task.check_list.map(({ id, text, done }) => ({ id, key: id, text, done })),
  body: task.body ?? '',
})

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
export const isChanged = (base: TaskForm, form: TaskForm): boolean => !same(base, form)

/** Reminders that a form stands for. */
export const remindersOf = ({ reminders, when }: TaskForm): readonly number[] =>
  reminders ?? (when?.minute != null ? [0] : [])

const written = (checks: readonly FormCheck[]) => checks.filter(({ text }) => text.trim() !== '')

/** The call that makes the task. */
export function addInput(form: TaskForm): Inputs['tasks']['add'] {
  const { title, kind, owner_id, minutes, priority, rule } = form
  return {
    ...{ title, kind, owner_id, minutes, priority, rule },
    party_id: form.party?.id ?? null,
    due_date: form.when?.day ?? null,
    due_minute: form.when?.minute ?? null,
    body: form.body.trim() || null,
    check_list: written(form.checks).map(({ text }) => text),
    reminders: [...remindersOf(form)],
  }
}

const fieldsOf = (form: TaskForm): Inputs['tasks']['update']['patch'] => {
  const { title, kind, owner_id, minutes, priority, rule } = form
  return {
    ...{ title, kind, owner_id, minutes, priority, rule },
    party_id: form.party?.id ?? null,
    due_date: form.when?.day ?? null,
    due_minute: form.when?.minute ?? null,
    body: form.body.trim() || null,
  }
}

/** Only what was changed against `base`, so that what another window wrote meanwhile stays; null: nothing was. */
export function updateInput(id: string, base: TaskForm, form: TaskForm): Inputs['tasks']['update'] | null {
  const was = fieldsOf(base) as Record<string, unknown>
  const is = fieldsOf(form) as Record<string, unknown>
  const patch = Object.fromEntries(Object.keys(is).flatMap((key) => (same(is[key], was[key]) ? [] : [[key, is[key]]])))
  const checks = checkChanges(base.checks, written(form.checks))
  const before = new Set(remindersOf(base))
  const after = new Set(remindersOf(form))
  const reminders = { add: [...after].filter((m) => !before.has(m)), remove: [...before].filter((m) => !after.has(m)) }
  const hasReminders = reminders.add.length > 0 || reminders.remove.length > 0
  if (Object.keys(patch).length === 0 && !checks && !hasReminders) return null
  return { id, patch, ...(checks && { checks }), ...(hasReminders && { reminders }) }
}

function checkChanges(base: readonly FormCheck[], form: readonly FormCheck[]) {
  const old = new Map(base.map((check) => [check.key, check]))
  const kept = new Set(form.map(({ key }) => key))
  const changes = {
    add: form.filter(({ id }) => id === undefined).map(({ text }) => text),
    set: form.flatMap(({ id, key, text, done }) => {
      const was = old.get(key)
      if (id === undefined || !was || (was.text === text && was.done === done)) return []
      return [{ id, ...(was.text !== text && { text }), ...(was.done !== done && { done }) }]
    }),
    remove: base.flatMap(({ id, key }) => (id !== undefined && !kept.has(key) ? [id] : [])),
  }
  return changes.add.length + changes.set.length + changes.remove.length > 0 ? changes : null
}

/** Fields that changed here and there, each to another value; lists go line by line (`rebase`) and never clash. */
export const clashesOf = (form: TaskForm, base: TaskForm, now: TaskForm): (keyof TaskForm)[] =>
  clashes(form, base, now).filter((key) => key !== 'checks' && key !== 'reminders')

/** The form over a task that changed elsewhere: what was typed stays, all the rest follows. Lists line by line. */
export function rebase(form: TaskForm, base: TaskForm, now: TaskForm): TaskForm {
  const out = { ...now } as Record<string, unknown>
  for (const key of Object.keys(form) as (keyof TaskForm)[]) {
    if (key !== 'checks' && key !== 'reminders' && !same(form[key], base[key])) out[key] = form[key]
  }
  const before = new Set(remindersOf(base))
  const after = new Set(remindersOf(form))
  const rings = new Set(remindersOf(now))
  for (const minutes of after) if (!before.has(minutes)) rings.add(minutes)
  for (const minutes of before) if (!after.has(minutes)) rings.delete(minutes)
  const old = new Map(base.checks.map((check) => [check.key, check]))
  const mine = new Map(form.checks.map((check) => [check.key, check]))
  const checks = now.checks.flatMap((check) => {
    const was = old.get(check.key)
    const is = mine.get(check.key)
    if (was && !is) return []
    if (!was || !is) return [check]
    return [
      {
        ...check,
        text: is.text === was.text ? check.text : is.text,
        done: is.done === was.done ? check.done : is.done,
      },
    ]
  })
  const added = form.checks.filter(({ id }) => id === undefined)
  return { ...(out as unknown as TaskForm), reminders: [...rings].sort((a, b) => a - b), checks: [...checks, ...added] }
}
