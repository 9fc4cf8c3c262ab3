import { dayOf } from '../../../shared/domain/jalali.ts'
import { byId, insert, patch, remove } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import { partyOf } from '../customers/record.ts'
import { deriveNote } from './note-index.ts'
import { activity, activityParty } from './table.ts'

export interface NewNote {
  party_id: string
  /** Tidied, not empty. */
  body: string
  /** Epoch ms; now when absent. */
  at?: number | undefined
}

/** Writes a note about a customer. The way in for other modules and the import. Fails with NOT_FOUND. */
export function addNoteTx(tx: Tx, { party_id, body, at = tx.now }: NewNote): string {
  const about = partyOf(tx.db, party_id)
  const note = insert(tx, activity, {
    kind: 'note',
    body,
    at,
    local_date: dayOf(at),
    user_id: tx.ctx.user?.id ?? null,
  })
  insert(tx, activityParty, { activity_id: note.id, party_id: about.id, at })
  deriveNote(tx, note.pk)
  return note.id
}

/** Fails with NOT_FOUND. */
export function updateNoteTx(
  tx: Tx,
  id: string,
  values: { body?: string | undefined; pinned?: boolean | undefined },
): void {
  const note = byId(tx.db, activity, id)
  if (note?.kind !== 'note' || note.deleted === 1) fail('NOT_FOUND', { kind: 'note' })
  const pinned = values.pinned === undefined ? undefined : values.pinned ? 1 : 0
  if (patch(tx, activity, id, { body: values.body, pinned })) deriveNote(tx, note.pk)
}

/** Fails with NOT_FOUND. */
export function removeNoteTx(tx: Tx, id: string): void {
  const note = byId(tx.db, activity, id)
  if (note?.kind !== 'note') fail('NOT_FOUND', { kind: 'note' })
  if (remove(tx, activity, id)) deriveNote(tx, note.pk)
}
