import type { CustomerRow } from '../../../shared/contract/customers.ts'
import type { Db } from '../../db/open.ts'
import { partyOf } from './record.ts'

type Input<T> = T & { party_id: string }
interface PartyColumns {
  pk: number
  id: string
  kind: 'person' | 'company'
  name: string
  city: string | null
  province: string | null
  owner_id: string | null
  credit_limit: number | null
  blacklisted: number
  birth_jy: number | null
  birth_jm: number | null
  birth_jd: number | null
  created_at: number
  updated_at: number
  deleted: number
  last_contact: number | null
  next_contact: string | null
  slips_on: string | null
  source: string | null
}

/** Rows of a list for these pks, in this order; unknown ones are left out. Six queries however many there are. */
export function rowsByPk(db: Db, pks: readonly number[]): CustomerRow[] {
  if (pks.length === 0) return []
  const parties = db
    .prepare(
      `SELECT p.pk, p.id, p.kind, p.name, p.city, p.province, p.owner_id, p.credit_limit, p.blacklisted, p.birth_jy, p.birth_jm,
         p.birth_jd, p.created_at, p.updated_at, p.deleted, p.last_contact, p.next_contact, p.slips_on,
         s.name AS source
       FROM party p LEFT JOIN source s ON s.id = p.source_id AND s.deleted = 0
       WHERE p.pk IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(pks)) as PartyColumns[]
  const ids = JSON.stringify(parties.map((p) => p.id))
  const all = <T>(sql: string) => byParty(db.prepare(sql).all(ids) as Array<Input<T>>)
  const channels = all<{ kind: string; value: string; e164: string | null }>(
    `SELECT party_id, kind, value, e164 FROM party_channel
     WHERE party_id IN (SELECT value FROM json_each(?)) AND kind <> 'link' AND deleted = 0 ORDER BY position, pk`,
  )
  const jobs = all<{ role: string | null; name: string }>(
    `SELECT l.from_id AS party_id, l.role, c.name FROM party_link l CROSS JOIN party c ON c.id = l.to_id
     WHERE l.from_id IN (SELECT value FROM json_each(?)) AND l.kind = 'works_at' AND l.deleted = 0 AND c.deleted = 0
     ORDER BY l.position, l.pk`,
  )
  const roles = all<{ role: CustomerRow['roles'][number] }>(
    'SELECT party_id, role FROM party_role WHERE party_id IN (SELECT value FROM json_each(?)) AND deleted = 0 ORDER BY pk',
  )
  const tags = all<CustomerRow['tags'][number]>(
    `SELECT x.party_id, t.id, t.name, t.color, t.kind FROM party_tag x CROSS JOIN tag t ON t.id = x.tag_id
     WHERE x.party_id IN (SELECT value FROM json_each(?)) AND x.deleted = 0 AND t.deleted = 0 ORDER BY t.kind, t.pk`,
  )
  const rows = new Map(
    parties.map((p) => {
      const phones = channels(p.id).filter((c) => c.kind === 'phone')
      const job = jobs(p.id)[0]
      const row: CustomerRow = {
        id: p.id,
        kind: p.kind,
        name: p.name,
        phone: phones[0] ? (phones[0].e164 ?? phones[0].value) : null,
        phones: phones.length,
        email: channels(p.id).find((c) => c.kind === 'email')?.value ?? null,
        city: p.city,
        province: p.province,
        company: job?.name ?? null,
        job: job?.role ?? null,
        roles: roles(p.id).map((r) => r.role),
        tags: tags(p.id).map(({ id, name, color, kind }) => ({ id, name, color, kind })),
        source: p.source,
        owner_id: p.owner_id,
        credit_limit: p.credit_limit,
        blacklisted: p.blacklisted === 1,
        birth: p.birth_jm !== null && p.birth_jd !== null ? { jm: p.birth_jm, jd: p.birth_jd, jy: p.birth_jy } : null,
        created_at: p.created_at,
        updated_at: p.updated_at,
        deleted: p.deleted === 1,
        last_contact: p.last_contact,
        next_contact: p.next_contact,
        slips_on: p.slips_on,
      }
      return [p.pk, row] as const
    }),
  )
  return pks.flatMap((pk) => rows.get(pk) ?? [])
}

/** The same by id; a merged customer gives the one it went into. */
export function rowsById(db: Db, ids: readonly string[]): CustomerRow[] {
  const found = db
    .prepare('SELECT pk, id, merged_into FROM party WHERE id IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify(ids)) as Array<{ pk: number; id: string; merged_into: string | null }>
  const pkOf = new Map(found.map((r) => [r.id, r.merged_into === null ? r.pk : partyOf(db, r.id).pk]))
  return rowsByPk(
    db,
    ids.flatMap((id) => pkOf.get(id) ?? []),
  )
}

function byParty<T>(rows: Array<Input<T>>): (id: string) => Array<Input<T>> {
  const map = Map.groupBy(rows, (r) => r.party_id)
  return (id) => map.get(id) ?? []
}
