import type { Customer } from '../../../shared/contract/customers.ts'
import type { Db } from '../../db/open.ts'
import { byId, type Row } from '../../db/rows.ts'
import { fail } from '../../rpc/errors.ts'
import { party } from './table.ts'

/** The party behind an id: a merged one leads to the one it went into. Fails with NOT_FOUND. */
export function partyOf(db: Db, id: string): Row<typeof party> {
  return leading((of) => byId(db, party, of), id)
}

function leading<T extends { merged_into: string | null }>(read: (id: string) => T | undefined, id: string): T {
  let row = read(id)
  for (let hops = 0; row?.merged_into && hops < 20; hops++) row = read(row.merged_into)
  return row ?? fail('NOT_FOUND', { kind: 'customer' })
}

/** The id of that party, for those who need no more. Fails with NOT_FOUND. */
export function partyIdOf(db: Db, id: string): string {
  const read = db.prepare('SELECT id, merged_into FROM party WHERE id = ?')
  const named = (of: string) => read.get(of) as { id: string; merged_into: string | null } | undefined
  return leading(named, id).id
}

/** The full record, deleted or not. */
export function getCustomer(db: Db, id: string): Customer {
  const row = partyOf(db, id)
  const {
    pk: _pk,
    name_sort: _sort,
    city: _city,
    province: _province,
    city_sort: _citySort,
    phones: _phones,
    ...rest
  } = row
  const { merged_into: _into, ...shown } = rest
  const all = <T>(sql: string, ...params: string[]) => db.prepare(sql).all(...params) as T[]
  const links = all<Omit<Customer['links'][number], 'outgoing' | 'other'> & LinkEnd>(
    `SELECT l.id, l.kind, l.role, l.from_id = ? AS outgoing, o.id AS other_id, o.kind AS other_kind, o.name AS other_name
     FROM party_link l JOIN party o ON o.id = CASE WHEN l.from_id = ? THEN l.to_id ELSE l.from_id END
     WHERE (l.from_id = ? OR l.to_id = ?) AND l.deleted = 0 AND o.deleted = 0 ORDER BY l.from_id <> ?, l.position, l.pk`,
    row.id,
    row.id,
    row.id,
    row.id,
    row.id,
  )
  return {
    ...shown,
    blacklisted: row.blacklisted === 1,
    deleted: row.deleted === 1,
    channels: all(
      'SELECT id, kind, type, value, e164 FROM party_channel WHERE party_id = ? AND deleted = 0 ORDER BY position, pk',
      row.id,
    ),
    addresses: all(
      `SELECT id, type, province, city, address, postal_code FROM party_address
       WHERE party_id = ? AND deleted = 0 ORDER BY position, pk`,
      row.id,
    ),
    links: links.map((l) => ({
      id: l.id,
      kind: l.kind,
      role: l.role,
      outgoing: l.outgoing === 1,
      other: { id: l.other_id, kind: l.other_kind, name: l.other_name },
    })),
    roles: all<{ role: Customer['roles'][number] }>(
      'SELECT role FROM party_role WHERE party_id = ? AND deleted = 0 ORDER BY pk',
      row.id,
    ).map((r) => r.role),
    tags: all(
      `SELECT t.id, t.name, t.color, t.kind FROM party_tag x JOIN tag t ON t.id = x.tag_id
       WHERE x.party_id = ? AND x.deleted = 0 AND t.deleted = 0 ORDER BY t.kind, t.pk`,
      row.id,
    ),
  }
}

interface LinkEnd {
  outgoing: number
  other_id: string
  other_kind: 'person' | 'company'
  other_name: string
}
