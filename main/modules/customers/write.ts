import type { CustomerInput, CustomerPatch } from '../../../shared/contract/customers.ts'
import { slipsOn } from '../../../shared/domain/rhythm.ts'
import { nameTokens } from '../../../shared/domain/search-tokens.ts'
import { insert, patch, remove, restore } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import { businessOf } from '../settings/service.ts'
import { refreshContactDatesTx } from './contact-dates.ts'
import { addRole, addTag, setAddresses, setChannels, setLinks, setRoles, setTags } from './members.ts'
import { columnsOf, newCustomer } from './new-customer.ts'
import { partyOf } from './record.ts'
import { deriveMany, deriveParty, peopleOf } from './rederive.ts'
import { addSearchRow, setSearchRow } from './search-rows.ts'
import { party, partyAddress, partyChannel } from './table.ts'

const NOTHING: ReadonlySet<string> = new Set()
const WORDS = {}
const TAG_NAMES = {}

/** The rows of an import share their cities, tags and given names: what was found out for one is kept for the rest of the transaction. */
function once<T>(tx: Tx, what: object, key: string, find: () => T): T {
  const known = tx.remember(what, () => new Map<string, T>())
  let found = known.get(key)
  if (found === undefined) {
    found = find()
    if (found !== undefined) known.set(key, found)
  }
  return found
}

export interface AddOptions {
  /** An identity chosen by the caller, so that a repeated seed gives the same rows. */
  id?: string
  /** Epoch ms; now when absent. */
  created_at?: number
}

/**
 * Adds a customer with all its lists. The way in for every other module and the import: input is parsed by the contract already.
 * Fails with NAME_OR_PHONE_NEEDED.
 */
export function addCustomerTx(tx: Tx, input: CustomerInput, options: AddOptions = {}): { pk: number; id: string } {
  const customer = newCustomer(input, {
    areaCode: () => businessOf(tx.ctx).area_code,
    tags: (input.tag_ids ?? []).flatMap((id) => tagName(tx, id) ?? []),
    companies: (input.links ?? []).flatMap((l) =>
      l.outgoing && l.kind === 'works_at' ? companyName(tx, l.other_id) : [],
    ),
    wordsOf: (text) => once(tx, WORDS, text, () => nameTokens(text)),
  })
  if (customer.party.name === '') fail('NAME_OR_PHONE_NEEDED')
  const row = insert(tx, party, {
    ...customer.party,
    owner_id: input.owner_id === undefined ? tx.ctx.user?.id : input.owner_id,
    // As contact-dates.ts would say: whoever was typed in waits for the first contact.
    slips_on: tx.batch === null ? (slipsOn([], options.created_at ?? tx.now) ?? undefined) : undefined,
    ...options,
  })
  for (const channel of customer.channels) insert(tx, partyChannel, { party_id: row.id, ...channel })
  for (const address of customer.addresses) insert(tx, partyAddress, { party_id: row.id, ...address })
  for (const role of customer.roles) addRole(tx, row.id, role)
  for (const id of input.tag_ids ?? []) addTag(tx, row.id, id)
  addSearchRow(tx, row.pk, customer.tokens)
  if (input.links?.length) {
    const others = new Set<string>()
    setLinks(tx, row.id, input.links, NOTHING, others)
    deriveOthers(tx, others)
  }
  return row
}

/** Writes the fields and lists given. False when nothing differed. Fails with NOT_FOUND, NAME_OR_PHONE_NEEDED. */
export function updateCustomerTx(tx: Tx, id: string, input: CustomerPatch): boolean {
  const row = partyOf(tx.db, id)
  const others = new Set<string>()
  let changed = patch(tx, party, row.id, columnsOf(input))
  if (input.channels) changed = setChannels(tx, row.id, input.channels, idsOf(tx, 'party_channel', row.id)) || changed
  if (input.addresses) {
    changed = setAddresses(tx, row.id, input.addresses, idsOf(tx, 'party_address', row.id)) || changed
  }
  if (input.links) changed = setLinks(tx, row.id, input.links, linkIds(tx, row.id), others) || changed
  if (input.roles) changed = setRoles(tx, row.id, input.roles, valuesOf(tx, 'party_role', 'role', row.id)) || changed
  if (input.tag_ids)
    changed = setTags(tx, row.id, input.tag_ids, valuesOf(tx, 'party_tag', 'tag_id', row.id)) || changed
  if (!changed) return false
  touch(tx, row.pk)
  const derived = deriveParty(tx, row.pk)
  if (derived?.name === '') fail('NAME_OR_PHONE_NEEDED')
  if (derived?.renamed) deriveMany(tx, peopleOf(tx.db, row.id))
  deriveOthers(tx, others)
  return true
}

/** Adds one relation to those a customer has. */
export function addLinkTx(tx: Tx, id: string, link: NonNullable<CustomerPatch['links']>[number]): void {
  const row = partyOf(tx.db, id)
  const others = new Set<string>()
  setLinks(tx, row.id, [link], NOTHING, others)
  touch(tx, row.pk)
  deriveParty(tx, row.pk)
  deriveOthers(tx, others)
}

/** Flags the party only: its children stay as they are, for the day it is restored. */
export function removeCustomerTx(tx: Tx, id: string): boolean {
  const row = partyOf(tx.db, id)
  // Who was merged is gone already, and the one it went into was not meant.
  if (row.id !== id || !remove(tx, party, row.id)) return false
  setSearchRow(tx, row.pk, '')
  refreshContactDatesTx(tx, [row.id])
  deriveMany(tx, peopleOf(tx.db, row.id))
  return true
}

export function restoreCustomerTx(tx: Tx, id: string): boolean {
  const row = partyOf(tx.db, id)
  if (!restore(tx, party, row.id)) return false
  deriveParty(tx, row.pk)
  refreshContactDatesTx(tx, [row.id])
  deriveMany(tx, peopleOf(tx.db, row.id))
  return true
}

/** The record was changed though no column of its own was. */
export function touch(tx: Tx, pk: number): void {
  tx.db.prepare('UPDATE party SET updated_at = ? WHERE pk = ?').run(tx.now, pk)
  tx.touched.add('party')
}

function deriveOthers(tx: Tx, ids: ReadonlySet<string>): void {
  if (ids.size === 0) return
  const rows = tx.db
    .prepare('SELECT pk FROM party WHERE id IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify([...ids])) as Array<{ pk: number }>
  deriveMany(
    tx,
    rows.map((r) => r.pk),
  )
}

const companyName = (tx: Tx, id: string): string[] => {
  const row = tx.db.prepare('SELECT name FROM party WHERE id = ? AND deleted = 0').get(id) as
    | { name: string }
    | undefined
  return row ? [row.name] : []
}
const tagName = (tx: Tx, id: string): string | undefined =>
  once(tx, TAG_NAMES, id, () => {
    const row = tx.db.prepare('SELECT name FROM tag WHERE id = ? AND deleted = 0').get(id)
    return (row as { name: string } | undefined)?.name
  })

const idsOf = (tx: Tx, table: 'party_channel' | 'party_address', partyId: string) => valuesOf(tx, table, 'id', partyId)

function valuesOf(tx: Tx, table: string, column: string, partyId: string): Set<string> {
  const rows = tx.db
    .prepare(`SELECT ${column} AS v FROM ${table} WHERE party_id = ? AND deleted = 0`)
    .all(partyId) as Array<{ v: string }>
  return new Set(rows.map((r) => r.v))
}

function linkIds(tx: Tx, partyId: string): Set<string> {
  const rows = tx.db
    .prepare('SELECT id FROM party_link WHERE (from_id = ? OR to_id = ?) AND deleted = 0')
    .all(partyId, partyId) as Array<{ id: string }>
  return new Set(rows.map((r) => r.id))
}
