import type { z } from 'zod'
import type { TaskInput, TaskParts, TaskPatch } from '../../../shared/contract/tasks.ts'
import { byId, insert, type Patch, patch, type Row, remove } from '../../db/rows.ts'
import { setTextRow } from '../../db/text-rows.ts'
import type { Tx } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import { refreshContactDatesTx } from '../customers/contact-dates.ts'
import { partyIdOf } from '../customers/record.ts'
import { addChecks, setChecks } from './checks.ts'
import { checkDay } from './due.ts'
import { checkOwner } from './owner.ts'
import { checkRule, firstDay, nextDay } from './recur.ts'
import { addReminder, deriveReminders, endSnoozes, removeReminder } from './reminders.ts'
import { TASK_TEXTS } from './search-rows.ts'
import { task } from './table.ts'

type TaskRow = Row<typeof task>
type Handed = Pick<TaskRow, 'handed_by' | 'handed_at' | 'handed_note' | 'handed_seen_at'>

/** Parsed by the contract, or given by another module in the same shape. */
export type NewTask = TaskInput

/** The task; a deleted one too. Fails with NOT_FOUND. */
export function taskOf(tx: Pick<Tx, 'db'>, id: string): TaskRow {
  return byId(tx.db, task, id) ?? fail('NOT_FOUND', { kind: 'task' })
}

/**
 * Writes a task and gives its id. The owner is the current user unless given (null: nobody); one for a colleague counts as handed over. The way
 * in for other modules. A recurring task without a day begins on the first day of its rule.
 * Fails with NOT_FOUND (customer), OWNER_UNKNOWN, DATE_OUT_OF_RANGE, RULE_NOT_UNDERSTOOD, RULE_NEVER.
 */
export function addTaskTx(tx: Tx, input: NewTask): string {
  const me = tx.ctx.user?.id ?? null
  const owner_id = input.owner_id === undefined ? me : input.owner_id
  if (owner_id !== null && owner_id !== me) checkOwner(tx.db, owner_id)
  const party_id = input.party_id ? partyIdOf(tx.db, input.party_id) : null
  const rule = input.rule ?? null
  if (input.due_date) checkDay(input.due_date)
  if (rule !== null) checkRule(rule, input.due_date ?? null, tx.now)
  const due_date = input.due_date ?? (rule === null ? null : firstDay(rule, tx.now))
  const due_minute = due_date === null ? null : (input.due_minute ?? null)
  const { pk, id } = insert(tx, task, {
    kind: input.kind ?? 'todo',
    title: input.title,
    body: input.body ?? null,
    party_id,
    owner_id,
    user_id: me,
    due_date,
    due_minute,
    minutes: input.minutes ?? null,
    priority: input.priority ?? 1,
    rule,
    rule_date: rule === null ? null : due_date,
    ...handed(tx, owner_id),
  })
  setTextRow(tx, TASK_TEXTS, pk, true)
  if (input.check_list) addChecks(tx, id, input.check_list)
  const reminders = input.reminders ?? (due_minute === null ? [] : [0])
  for (const before of reminders) addReminder(tx, id, before)
  if (reminders.length > 0) deriveReminders(tx, id)
  refreshContactDatesTx(tx, [party_id])
  return id
}

/** What is given to a colleague says by whom and when; what one takes or frees says nothing. */
function handed(tx: Tx, owner_id: string | null, note: string | null = null): Handed {
  const me = tx.ctx.user?.id ?? null
  const given = owner_id !== null && me !== null && owner_id !== me
  return {
    handed_by: given ? me : null,
    handed_at: given ? tx.now : null,
    handed_note: given ? note : null,
    handed_seen_at: null,
  }
}

type Parts = { [K in keyof z.infer<typeof TaskParts>]?: z.infer<typeof TaskParts>[K] | undefined }

/** Writes the fields given and nothing else. Fails as addTaskTx does, and with NOT_FOUND for a task that is not there or deleted. */
export function updateTaskTx(tx: Tx, id: string, values: TaskPatch, parts: Parts = {}): void {
  const before = living(tx, id)
  const given: Patch<typeof task> = { ...values }
  if (values.party_id) given.party_id = partyIdOf(tx.db, values.party_id)
  if (values.due_date) checkDay(values.due_date)
  const rule = values.rule === undefined ? before.rule : values.rule
  const due = values.due_date === undefined ? before.due_date : values.due_date
  if (rule !== null && rule !== before.rule) checkRule(rule, due, tx.now)
  if (due === null && rule !== null && before.status === 'open') given.due_date = firstDay(rule, tx.now)
  else if (due === null) given.due_minute = null
  if (values.owner_id !== undefined && values.owner_id !== before.owner_id) {
    if (values.owner_id !== null) checkOwner(tx.db, values.owner_id)
    Object.assign(given, handed(tx, values.owner_id))
  }
  // Another rule begins anew, from the day that this one is for.
  if (rule !== before.rule) {
    given.series_id = null
    given.rule_date = rule === null ? null : (given.due_date ?? due)
  }
  patch(tx, task, id, given)
  const { checks, reminders } = parts
  if (checks) setChecks(tx, id, checks)
  for (const minutes of reminders?.remove ?? []) removeReminder(tx, id, minutes)
  for (const minutes of reminders?.add ?? []) addReminder(tx, id, minutes)
  settle(tx, before)
}

/** What follows from a task: its reminders, its search row and the dates of its customers, the one before and the one now. */
function settle(tx: Tx, before: TaskRow): void {
  const now = taskOf(tx, before.id)
  if (now.due_date !== before.due_date || now.due_minute !== before.due_minute) endSnoozes(tx, now.id)
  deriveReminders(tx, now.id)
  const isSaid = now.title === before.title && now.party_id === before.party_id && now.deleted === before.deleted
  if (!isSaid) setTextRow(tx, TASK_TEXTS, now.pk)
  refreshContactDatesTx(tx, [before.party_id, now.party_id])
}

function living(tx: Tx, id: string): TaskRow {
  const row = taskOf(tx, id)
  return row.deleted === 1 ? fail('NOT_FOUND', { kind: 'task' }) : row
}

export interface Closed {
  /** False when it was closed already: nothing was written. */
  closed: boolean
  /** What a recurring task made, in the same transaction. */
  next: { id: string; due_date: string } | null
}

/** Done, or dropped; a recurring one makes its next occurrence. Closing what is closed does nothing. Fails with NOT_FOUND. */
export function closeTaskTx(tx: Tx, id: string, status: 'done' | 'dropped' = 'done'): Closed {
  const before = living(tx, id)
  if (before.status !== 'open') return { closed: false, next: null }
  patch(tx, task, id, { status, closed_at: tx.now, closed_by: tx.ctx.user?.id ?? null })
  const next = before.rule === null ? null : addNext(tx, before, before.rule)
  settle(tx, before)
  return { closed: true, next }
}

/** The same task again on the next day of its rule, with its checklist unticked and its reminders. */
function addNext(tx: Tx, of: TaskRow, rule: string): Closed['next'] {
  const series_id = of.series_id ?? of.id
  const first = of.series_id === null ? of : (byId(tx.db, task, of.series_id) ?? of)
  const due_date = nextDay(rule, first.rule_date ?? first.due_date, of, tx.now)
  if (due_date === null) return null
  const { kind, title, body, party_id, owner_id, user_id, due_minute, minutes, priority } = of
  const { pk, id } = insert(tx, task, {
    ...{ kind, title, body, party_id, owner_id, user_id, due_date, due_minute, minutes, priority, rule, series_id },
    rule_date: due_date,
  })
  setTextRow(tx, TASK_TEXTS, pk, true)
  const texts = tx.db
    .prepare('SELECT text FROM task_check WHERE task_id = ? AND deleted = 0 ORDER BY position, pk')
    .all(of.id) as Array<{ text: string }>
  addChecks(
    tx,
    id,
    texts.map((c) => c.text),
  )
  const befores = tx.db.prepare('SELECT before FROM reminder WHERE task_id = ? AND deleted = 0').all(of.id)
  for (const { before } of befores as Array<{ before: number }>) addReminder(tx, id, before)
  deriveReminders(tx, id)
  return { id, due_date }
}

/** Open again; the next one that a recurring task made meanwhile stays. Fails with NOT_FOUND. */
export function reopenTaskTx(tx: Tx, id: string): void {
  const before = living(tx, id)
  patch(tx, task, id, { status: 'open', closed_at: null, closed_by: null })
  settle(tx, before)
}

/** Fails with NOT_FOUND. */
export function removeTaskTx(tx: Tx, id: string): void {
  const before = taskOf(tx, id)
  if (remove(tx, task, id)) settle(tx, before)
}

/** Gives it to a colleague with a word. Fails with NOT_FOUND, OWNER_UNKNOWN. */
export function handOverTx(tx: Tx, id: string, owner_id: string, note: string | null): void {
  living(tx, id)
  checkOwner(tx.db, owner_id)
  patch(tx, task, id, { owner_id, ...handed(tx, owner_id, note) })
}

/** Fails with NOT_FOUND. */
export function takeTx(tx: Tx, id: string): void {
  living(tx, id)
  const me = tx.ctx.user?.id ?? null
  patch(tx, task, id, { owner_id: me, ...handed(tx, me) })
}
