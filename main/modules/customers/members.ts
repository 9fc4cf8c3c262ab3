import type { CustomerPatch } from '../../../shared/contract/customers.ts'
import { byId, insert, insertOrRevive, patch, remove } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { uuidV5 } from '../../engine/ids.ts'
import { businessOf } from '../settings/service.ts'
import { readChannel } from './derive.ts'
import { addressOf } from './new-customer.ts'
import { partyAddress, partyChannel, partyLink, partyRole, partyTag } from './table.ts'

type List<K extends keyof CustomerPatch> = NonNullable<CustomerPatch[K]>
type ListTable = typeof partyChannel | typeof partyAddress | typeof partyLink

/*
 * Each function makes one list of a party what the input says: members with a known id are patched, the others are new, missing ones
 * are flagged deleted. True when something changed.
 */

export function setChannels(tx: Tx, partyId: string, list: List<'channels'>, before: ReadonlySet<string>): boolean {
  let changed = removeMissing(tx, partyChannel, before, list)
  list.forEach((channel, position) => {
    const { id, kind, type, value } = channel
    const old = id && before.has(id) ? byId(tx.db, partyChannel, id) : undefined
    // What was not typed anew keeps the area code it was written with.
    if (old?.kind === kind && old.value === value)
      changed = patch(tx, partyChannel, old.id, { type, position }) || changed
    else {
      // With the area code of the business as it is now.
      const { key, e164 } = readChannel(kind, value, () => businessOf(tx.ctx).area_code)
      const values = { kind, type, value, e164, position, key }
      if (old) changed = patch(tx, partyChannel, old.id, values) || changed
      else changed = Boolean(insert(tx, partyChannel, { party_id: partyId, ...values }))
    }
  })
  return changed
}

export function setAddresses(tx: Tx, partyId: string, list: List<'addresses'>, before: ReadonlySet<string>): boolean {
  let changed = removeMissing(tx, partyAddress, before, list)
  list.forEach((address, position) => {
    const { id } = address
    const values = addressOf(address, position)
    if (id && before.has(id)) changed = patch(tx, partyAddress, id, values) || changed
    else changed = Boolean(insert(tx, partyAddress, { party_id: partyId, ...values }))
  })
  return changed
}

/** `others` collects the people at the far end who work here or did: their search rows name this party. */
export function setLinks(
  tx: Tx,
  partyId: string,
  list: List<'links'>,
  before: ReadonlySet<string>,
  others: Set<string>,
): boolean {
  const noteEnd = (id: string) => {
    const row = tx.db.prepare('SELECT from_id FROM party_link WHERE id = ?').get(id) as { from_id: string } | undefined
    if (row && row.from_id !== partyId) others.add(row.from_id)
  }
  for (const id of before) noteEnd(id)
  let changed = removeMissing(tx, partyLink, before, list)
  list.forEach(({ id, kind, role, outgoing, other_id }, position) => {
    const ends = outgoing ? { from_id: partyId, to_id: other_id } : { from_id: other_id, to_id: partyId }
    // The order of a link belongs to its first end; seen from the far end it is left alone.
    const values = { kind, role, ...ends, ...(outgoing && { position }) }
    if (id && before.has(id)) changed = patch(tx, partyLink, id, values) || changed
    else changed = Boolean(insert(tx, partyLink, values))
    if (!outgoing) others.add(other_id)
  })
  return changed
}

export function setRoles(tx: Tx, partyId: string, roles: List<'roles'>, before: ReadonlySet<string>): boolean {
  let changed = false
  for (const role of before) if (!roles.includes(role as never)) changed = removeRole(tx, partyId, role) || changed
  for (const role of roles) changed = addRole(tx, partyId, role) || changed
  return changed
}
export function addRole(tx: Tx, partyId: string, role: string): boolean {
  return insertOrRevive(tx, partyRole, { id: uuidV5(partyId, role), party_id: partyId, role })
}
const removeRole = (tx: Tx, partyId: string, role: string) => remove(tx, partyRole, uuidV5(partyId, role))

export function setTags(tx: Tx, partyId: string, tagIds: readonly string[], before: ReadonlySet<string>): boolean {
  let changed = false
  for (const id of before) if (!tagIds.includes(id)) changed = removeTag(tx, partyId, id) || changed
  for (const id of tagIds) changed = addTag(tx, partyId, id) || changed
  return changed
}
export function addTag(tx: Tx, partyId: string, tagId: string): boolean {
  return insertOrRevive(tx, partyTag, { id: uuidV5(partyId, tagId), party_id: partyId, tag_id: tagId })
}
export const removeTag = (tx: Tx, partyId: string, tagId: string): boolean =>
  remove(tx, partyTag, uuidV5(partyId, tagId))

function removeMissing(
  tx: Tx,
  table: ListTable,
  before: ReadonlySet<string>,
  list: ReadonlyArray<{ id?: string | undefined }>,
): boolean {
  const kept = new Set(list.map((m) => m.id))
  let changed = false
  for (const id of before) if (!kept.has(id)) changed = remove(tx, table, id) || changed
  return changed
}
