import type { CustomerInput } from '../../../shared/contract/customers.ts'
import { findCity, PROVINCES } from '../../../shared/data/places.ts'
import { looksLikeCompany, splitName } from '../../../shared/domain/name.ts'
import { parsePhone } from '../../../shared/domain/phone.ts'
import { sortKey } from '../../../shared/domain/sort-key.ts'
import { patch } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import { addNoteTx } from '../activities/write.ts'
import { getCustomer, partyOf } from '../customers/record.ts'
import { addCustomerTx, updateCustomerTx } from '../customers/write.ts'
import { lead } from './table.ts'
import { living, type StoredLead } from './write.ts'

type Channels = NonNullable<CustomerInput['channels']>
type Links = NonNullable<CustomerInput['links']>

/**
 * Makes a lead a customer: a new one, or one that is there (`partyId`), who gets what was not known. What they wanted becomes a note of the
 * day they asked. The id of the customer. Fails with NOT_FOUND, ALREADY_CONVERTED.
 */
export function convertTx(tx: Tx, id: string, partyId: string | null): string {
  const row = living(tx, id)
  if (row.status === 'converted') fail('ALREADY_CONVERTED', { party_id: row.party_id })
  const party = partyId === null ? addCustomerTx(tx, customerOf(tx, row)).id : fill(tx, partyOf(tx.db, partyId).id, row)
  if (row.body) addNoteTx(tx, { party_id: party, body: row.body, at: Math.min(row.at, tx.now) })
  patch(tx, lead, id, { status: 'converted', party_id: party, closed_at: tx.now, reason_id: null })
  return party
}

const isCompany = (row: StoredLead) => !row.company && looksLikeCompany(row.name)

function customerOf(tx: Tx, row: StoredLead): CustomerInput {
  const { first, last } = splitName(row.name)
  const named = isCompany(row)
    ? { kind: 'company' as const, company_name: row.name }
    : // Who has no name of their own is the company they asked for.
      !row.name && row.company
      ? { kind: 'company' as const, company_name: row.company }
      : { kind: 'person' as const, first_name: first || null, last_name: last || null }
  return {
    ...named,
    channels: channelsOf(row, named.kind === 'company'),
    addresses: addressOf(row),
    links: named.kind === 'person' ? workplaceOf(tx, row) : [],
    source_id: row.source_id,
    owner_id: row.owner_id ?? tx.ctx.user?.id ?? null,
  }
}

function channelsOf({ phone, email }: StoredLead, isOfCompany: boolean): Channels {
  const channels: Channels = []
  if (phone) {
    const read = parsePhone(phone)
    const isMobile = !read.ok ? !isOfCompany : read.kind !== 'landline'
    channels.push({ kind: 'phone', type: isMobile ? 'mobile' : isOfCompany ? 'work' : 'home', value: phone })
  }
  if (email) channels.push({ kind: 'email', type: 'work', value: email })
  return channels
}

function addressOf({ city, company }: StoredLead): NonNullable<CustomerInput['addresses']> {
  if (!city) return []
  const province = PROVINCES.find(({ id }) => id === findCity(city)?.province)?.name ?? null
  return [{ type: company ? 'work' : 'home', province, city, address: null, postal_code: null }]
}

/** The company of that name, or a new one. */
function workplaceOf(tx: Tx, row: StoredLead): Links {
  if (!row.company) return []
  const there = tx.db
    .prepare("SELECT id FROM party WHERE deleted = 0 AND name_sort = ? AND kind = 'company' ORDER BY pk LIMIT 1")
    .get(sortKey(row.company)) as { id: string } | undefined
  const company = there?.id ?? addCustomerTx(tx, companyOf(tx, row)).id
  return [{ kind: 'works_at', role: null, outgoing: true, other_id: company }]
}

const companyOf = (tx: Tx, { company, owner_id, source_id }: StoredLead): CustomerInput => ({
  kind: 'company',
  company_name: company,
  owner_id: owner_id ?? tx.ctx.user?.id ?? null,
  source_id,
})

/** What the lead knows and the customer does not; nothing that is there is changed. */
function fill(tx: Tx, id: string, row: StoredLead): string {
  const customer = getCustomer(tx.db, id)
  const keyOf = ({ kind, value }: { kind: string; value: string }) =>
    kind === 'phone' ? parsePhone(value).national : value.toLowerCase()
  const known = new Set(customer.channels.map((c) => keyOf({ kind: c.kind, value: c.e164 ?? c.value })))
  const fresh = channelsOf(row, customer.kind === 'company').filter(
    (channel) => !known.has(keyOf({ kind: channel.kind, value: channel.value })),
  )
  const works = customer.links.some(({ kind, outgoing }) => kind === 'works_at' && outgoing)
  const links = customer.kind === 'person' && !works ? workplaceOf(tx, row) : []
  updateCustomerTx(tx, id, {
    source_id: customer.source_id ?? row.source_id,
    owner_id: customer.owner_id ?? row.owner_id,
    ...(fresh.length > 0 && {
      channels: [...customer.channels.map(({ e164: _e, ...channel }) => channel), ...fresh],
    }),
    ...(customer.addresses.length === 0 && { addresses: addressOf(row) }),
    ...(links.length > 0 && {
      links: [...customer.links.map(({ other, ...link }) => ({ ...link, other_id: other.id })), ...links],
    }),
  })
  return id
}
