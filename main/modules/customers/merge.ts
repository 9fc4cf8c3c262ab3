import { MERGE_FIELDS, type MergeChoice, type MergeField, mergedColumns } from '../../../shared/domain/merge.ts'
import { patch } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import { refreshContactDatesTx } from './contact-dates.ts'
import { mergeParts } from './merge-parts.ts'
import { moveReferences } from './merge-references.ts'
import { partyOf } from './record.ts'
import { deriveMany, deriveParty, peopleOf } from './rederive.ts'
import { party } from './table.ts'
import { touch } from './write.ts'

export interface Merge {
  survivor: string
  others: readonly string[]
  choose: Partial<Record<MergeField, MergeChoice | undefined>>
}

/**
 * One customer of several. The others keep their rows, out of sight, with `merged_into`; what hung on them hangs on the survivor, except
 * what it has already. Every step is a change of a field or a member of a set, so undo takes it back whole. Fails with NOT_FOUND (also
 * for a deleted customer), NAME_OR_PHONE_NEEDED.
 */
export function mergeCustomersTx(tx: Tx, { survivor, others, choose }: Merge): { id: string; merged: number } {
  const first = living(tx, survivor)
  const ids = new Set([first.id, ...others.map((id) => living(tx, id).id)])
  const rows = [...ids].map((id) => partyOf(tx.db, id))
  if (rows.length === 1) return { id: first.id, merged: 0 }
  // A record that was merged meanwhile is chosen by the id it goes by now.
  const choices = Object.fromEntries(
    MERGE_FIELDS.map((field) => {
      const choice = choose[field]
      return [field, choice === undefined || choice === 'all' ? choice : partyOf(tx.db, choice).id]
    }),
  )
  const columns = mergedColumns(rows, choices)
  patch(tx, party, first.id, { ...columns, blacklisted: columns['blacklisted'] ? 1 : 0 } as never)
  const affected = new Set<number>()
  for (const loser of rows.slice(1)) {
    for (const pk of peopleOf(tx.db, loser.id)) affected.add(pk)
    for (const pk of mergeParts(tx, loser.id, first.id)) affected.add(pk)
    moveReferences(tx, loser.id, first.id)
  }
  // Last in the log, so that an undo brings the customer back before what belongs to it.
  for (const loser of rows.slice(1)) patch(tx, party, loser.id, { merged_into: first.id, deleted: 1 })
  touch(tx, first.pk)
  const derived = deriveParty(tx, first.pk)
  if (derived?.name === '') fail('NAME_OR_PHONE_NEEDED')
  if (derived?.renamed) for (const pk of peopleOf(tx.db, first.id)) affected.add(pk)
  for (const { pk } of rows) affected.delete(pk)
  for (const loser of rows.slice(1)) deriveParty(tx, loser.pk)
  refreshContactDatesTx(tx, ids)
  deriveMany(tx, [...affected])
  return { id: first.id, merged: rows.length - 1 }
}

function living(tx: Tx, id: string) {
  const row = partyOf(tx.db, id)
  return row.deleted === 1 ? fail('NOT_FOUND', { kind: 'customer' }) : row
}
