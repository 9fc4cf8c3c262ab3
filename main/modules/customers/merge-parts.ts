import { channelKey, isWithin } from '../../../shared/domain/merge.ts'
import { patch, type Row, remove } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { partyAddress, partyChannel, partyLink } from './table.ts'

/*
 * Phones, addresses and relations of a merged customer go over to the survivor; what it has already stays behind with the merged one, where
 * nobody sees it and the log keeps it.
 */

/** pks of the people whose search rows name a company by a relation that was changed. */
export function mergeParts(tx: Tx, loser: string, survivor: string): number[] {
  moveChannels(tx, loser, survivor)
  moveAddresses(tx, loser, survivor)
  return moveLinks(tx, loser, survivor)
}

function partsOf<T extends typeof partyChannel | typeof partyAddress>(tx: Tx, name: string, partyId: string): Row<T>[] {
  return tx.db
    .prepare(`SELECT * FROM ${name} WHERE party_id = ? AND deleted = 0 ORDER BY position, pk`)
    .all(partyId) as Row<T>[]
}

function moveChannels(tx: Tx, loser: string, survivor: string): void {
  const there = partsOf<typeof partyChannel>(tx, 'party_channel', survivor)
  const keys = new Set(there.map(channelKey))
  let position = 1 + Math.max(-1, ...there.map((c) => c.position))
  for (const channel of partsOf<typeof partyChannel>(tx, 'party_channel', loser)) {
    const key = channelKey(channel)
    if (keys.has(key)) continue
    keys.add(key)
    patch(tx, partyChannel, channel.id, { party_id: survivor, position: position++ })
  }
}

function moveAddresses(tx: Tx, loser: string, survivor: string): void {
  const there = partsOf<typeof partyAddress>(tx, 'party_address', survivor)
  let position = 1 + Math.max(-1, ...there.map((a) => a.position))
  for (const address of partsOf<typeof partyAddress>(tx, 'party_address', loser)) {
    if (there.some((known) => isWithin(address, known))) continue
    const lesser = there.find((known) => isWithin(known, address))
    if (lesser) {
      const { type, province, city, postal_code } = address
      const fuller = { type, province, city, address: address.address, postal_code }
      patch(tx, partyAddress, lesser.id, fuller)
      Object.assign(lesser, fuller)
    } else {
      patch(tx, partyAddress, address.id, { party_id: survivor, position: position++ })
      there.push(address)
    }
  }
}

type LinkRow = Row<typeof partyLink>

function moveLinks(tx: Tx, loser: string, survivor: string): number[] {
  const linksOf = (id: string) =>
    tx.db
      .prepare('SELECT * FROM party_link WHERE (from_id = ? OR to_id = ?) AND deleted = 0 ORDER BY position, pk')
      .all(id, id) as LinkRow[]
  const there = linksOf(survivor)
  let position = 1 + Math.max(-1, ...there.filter((l) => l.from_id === survivor).map((l) => l.position))
  const people = new Set<string>()
  for (const link of linksOf(loser)) {
    const end = (id: string) => (id === loser ? survivor : id)
    const ends = { from_id: end(link.from_id), to_id: end(link.to_id) }
    people.add(ends.from_id)
    // Nobody works at, introduced or decides for themselves.
    if (ends.from_id === ends.to_id) {
      remove(tx, partyLink, link.id)
      continue
    }
    const same = there.filter((l) => l.kind === link.kind && l.from_id === ends.from_id && l.to_id === ends.to_id)
    if (same.some((l) => link.role === null || l.role === link.role)) continue
    const mute = same.find((l) => l.role === null)
    if (mute) {
      patch(tx, partyLink, mute.id, { role: link.role })
      mute.role = link.role
    } else {
      patch(tx, partyLink, link.id, { ...ends, ...(ends.from_id === survivor && { position: position++ }) })
      there.push({ ...link, ...ends })
    }
  }
  const rows = tx.db
    .prepare('SELECT pk FROM party WHERE id IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify([...people])) as Array<{ pk: number }>
  return rows.map((row) => row.pk)
}
