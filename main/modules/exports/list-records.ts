import type { Db } from '../../db/open.ts'

/** A customer with everything that a list, or a card, says of them. */
export interface Person {
  pk: number
  id: string
  kind: 'person' | 'company'
  title: string | null
  first_name: string | null
  last_name: string | null
  company_name: string | null
  national_id: string | null
  company_id: string | null
  economic_code: string | null
  registration_number: string | null
  sheba: string | null
  card_number: string | null
  birth_jy: number | null
  birth_jm: number | null
  birth_jd: number | null
  credit_limit: number | null
  blacklisted: number
  blacklist_reason: string | null
  about: string | null
  name: string
  city: string | null
  created_at: number
  updated_at: number
  last_contact: number | null
  next_contact: string | null
  source: string | null
  owner: string | null
  channels: Channel[]
  addresses: Address[]
  /** Outgoing first, in their order. */
  links: Link[]
  roles: string[]
  tags: string[]
  groups: string[]
}
export interface Channel {
  kind: 'phone' | 'email' | 'link'
  type: string
  value: string
  e164: string | null
}
export interface Address {
  type: string
  province: string | null
  city: string | null
  address: string | null
  postal_code: string | null
}
export interface Link {
  kind: string
  role: string | null
  outgoing: boolean
  name: string
}

/** The living customers behind these row numbers, in this order. A fixed number of queries, however many they are. */
export function peopleByPk(db: Db, pks: readonly number[]): Person[] {
  const rows = db
    .prepare(
      `SELECT p.pk, p.id, p.kind, p.title, p.first_name, p.last_name, p.company_name, p.national_id, p.company_id, p.economic_code,
         p.registration_number, p.sheba, p.card_number, p.birth_jy, p.birth_jm, p.birth_jd, p.credit_limit, p.blacklisted,
         p.blacklist_reason, p.about, p.name, p.city, p.created_at, p.updated_at, p.last_contact, p.next_contact, s.name AS source, u.name AS owner
       FROM party p LEFT JOIN source s ON s.id = p.source_id AND s.deleted = 0 LEFT JOIN user u ON u.id = p.owner_id AND u.deleted = 0
       WHERE p.pk IN (SELECT value FROM json_each(?)) AND +p.deleted = 0`,
    )
    .all(JSON.stringify(pks)) as Person[]
  const people = new Map<string, Person>()
  const byPk = new Map<number, Person>()
  for (const row of rows) {
    Object.assign(row, { channels: [], addresses: [], links: [], roles: [], tags: [], groups: [] })
    people.set(row.id, row)
    byPk.set(row.pk, row)
  }
  const ids = JSON.stringify([...people.keys()])
  const each = <T>(sql: string, add: (person: Person, row: T) => void) => {
    for (const row of db.prepare(sql).all(ids) as Array<T & { of: string }>) {
      const person = people.get(row.of)
      if (person) add(person, row)
    }
  }
  each<Channel>(
    `SELECT party_id AS of, kind, type, value, e164 FROM party_channel
     WHERE party_id IN (SELECT value FROM json_each(?)) AND deleted = 0 ORDER BY position, pk`,
    (person, row) => person.channels.push(row),
  )
  each<Address>(
    `SELECT party_id AS of, type, province, city, address, postal_code FROM party_address
     WHERE party_id IN (SELECT value FROM json_each(?)) AND deleted = 0 ORDER BY position, pk`,
    (person, row) => person.addresses.push(row),
  )
  each<Omit<Link, 'outgoing'>>(
    `SELECT l.from_id AS of, l.kind, l.role, o.name FROM party_link l CROSS JOIN party o ON o.id = l.to_id
     WHERE l.from_id IN (SELECT value FROM json_each(?)) AND l.deleted = 0 AND o.deleted = 0 ORDER BY l.position, l.pk`,
    (person, row) => person.links.push({ ...row, outgoing: true }),
  )
  each<Omit<Link, 'outgoing'>>(
    `SELECT l.to_id AS of, l.kind, l.role, o.name FROM party_link l CROSS JOIN party o ON o.id = l.from_id
     WHERE l.to_id IN (SELECT value FROM json_each(?)) AND l.kind <> 'works_at' AND l.deleted = 0 AND o.deleted = 0 ORDER BY l.pk`,
    (person, row) => person.links.push({ ...row, outgoing: false }),
  )
  each<{ role: string }>(
    'SELECT party_id AS of, role FROM party_role WHERE party_id IN (SELECT value FROM json_each(?)) AND deleted = 0 ORDER BY pk',
    (person, row) => person.roles.push(row.role),
  )
  each<{ name: string; kind: 'tag' | 'group' }>(
    `SELECT x.party_id AS of, t.name, t.kind FROM party_tag x CROSS JOIN tag t ON t.id = x.tag_id
     WHERE x.party_id IN (SELECT value FROM json_each(?)) AND x.deleted = 0 AND t.deleted = 0 ORDER BY t.pk`,
    (person, row) => person[row.kind === 'group' ? 'groups' : 'tags'].push(row.name),
  )
  return pks.flatMap((pk) => byPk.get(pk) ?? [])
}
