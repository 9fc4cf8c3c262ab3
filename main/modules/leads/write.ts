import type { LeadInput } from '../../../shared/contract/leads.ts'
import type { TaskInput } from '../../../shared/contract/tasks.ts'
import { byId, insert, patch, type Row, remove } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import { addTaskTx } from '../tasks/write.ts'
import { colleague } from '../users/service.ts'
import { readPhone } from './phone.ts'
import { lead } from './table.ts'

type LeadLog = { id: string; words: string | null; followUp?: TaskInput | undefined }
export type StoredLead = Row<typeof lead>

/** The lead, as long as it was not removed. Fails with NOT_FOUND. */
export function living(tx: Tx, id: string): StoredLead {
  const row = byId(tx.db, lead, id)
  return row === undefined || row.deleted === 1 ? fail('NOT_FOUND', { kind: 'lead' }) : row
}

/** Writes a lead down; the way in for other modules. Fails with NAME_OR_PHONE_NEEDED, NOT_FOUND. */
export function addLeadTx(tx: Tx, input: LeadInput, options: { at?: number } = {}): string {
  const { phone, ...rest } = input
  if (!input.name && !phone) fail('NAME_OR_PHONE_NEEDED')
  const me = tx.ctx.user?.id ?? null
  if (input.owner_id) colleague(tx, input.owner_id)
  const row = insert(tx, lead, {
    ...rest,
    ...readPhone(tx.ctx, phone ?? null),
    owner_id: input.owner_id === undefined ? me : input.owner_id,
    user_id: me,
    at: options.at ?? tx.now,
  })
  return row.id
}

/** Writes what was given. Fails with NOT_FOUND, NAME_OR_PHONE_NEEDED. */
export function updateLeadTx(tx: Tx, id: string, given: { [K in keyof LeadInput]?: LeadInput[K] | undefined }): void {
  const before = living(tx, id)
  const { phone, ...rest } = given
  if (!(given.name ?? before.name) && !(phone === undefined ? before.phone : phone)) fail('NAME_OR_PHONE_NEEDED')
  if (given.owner_id && given.owner_id !== before.owner_id) colleague(tx, given.owner_id)
  patch(tx, lead, id, { ...rest, ...(phone !== undefined && phone !== before.phone && readPhone(tx.ctx, phone)) })
}

/** How many of these leads the work changed. */
export function eachLead(tx: Tx, ids: readonly string[], work: (row: StoredLead) => boolean): number {
  return ids.reduce((count, id) => count + (work(living(tx, id)) ? 1 : 0), 0)
}

export const assignTx = (tx: Tx, ids: readonly string[], owner_id: string | null): number => {
  if (owner_id) colleague(tx, owner_id)
  return eachLead(tx, ids, ({ id }) => patch(tx, lead, id, { owner_id }))
}

export const workTx = (tx: Tx, ids: readonly string[]): number =>
  eachLead(tx, ids, ({ id, status }) => status === 'new' && patch(tx, lead, id, { status: 'working' }))

/** A line more of what they want, and what comes next; the id of that task. Fails with NOT_FOUND and as addTaskTx does. */
export function logLeadTx(tx: Tx, { id, words, followUp }: LeadLog): string | null {
  const { body, status } = living(tx, id)
  patch(tx, lead, id, {
    ...(words && { body: body ? `${body}\n${words}` : words }),
    ...(status === 'new' && { status: 'working' as const }),
  })
  return followUp ? addTaskTx(tx, followUp) : null
}

/** Those that became customers stay what they are. Fails with NOT_FOUND for a reason that is not on the list. */
export function discardTx(tx: Tx, ids: readonly string[], reason_id: string | null): number {
  const sql = "SELECT 1 FROM list_item WHERE id = ? AND list = 'lead_reason' AND deleted = 0"
  if (reason_id && !tx.db.prepare(sql).get(reason_id)) fail('NOT_FOUND', { kind: 'list_item' })
  return eachLead(
    tx,
    ids,
    ({ id, status }) =>
      status !== 'converted' &&
      patch(tx, lead, id, {
        status: 'discarded',
        reason_id,
        closed_at: status === 'discarded' ? undefined : tx.now,
      }),
  )
}

export const reopenTx = (tx: Tx, ids: readonly string[]): number =>
  eachLead(
    tx,
    ids,
    ({ id, status }) =>
      status === 'discarded' && patch(tx, lead, id, { status: 'working', reason_id: null, closed_at: null }),
  )

export const removeTx = (tx: Tx, ids: readonly string[]): number => eachLead(tx, ids, ({ id }) => remove(tx, lead, id))
