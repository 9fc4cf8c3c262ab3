import type { Db } from '../../db/open.ts'
import { type Candidate, isContradicted, type Likeness, type Why } from './likeness.ts'

/** Someone of the book a row seems to be. */
export interface Known {
  pk: number
  id: string
  /** Strongest first. */
  why: Why[]
}

interface Person extends Candidate {
  pk: number
  id: string
}
interface Found {
  key: string
  pk: number
  id: string
  national_id: string | null
  company_id: string | null
  phones: string
}

/** Strongest first. A person's own number says more than one that may be shared. */
const ORDER: readonly Why[] = ['national_id', 'company_id', 'phone', 'email', 'name_city']
/** People one key may give: a landline of an office or a name as common as علی محمدی has many. */
const MOST = 20

const PARTY = 'p.pk, p.id, p.national_id, p.company_id, p.phones'
// CROSS JOIN: the keys are few and the book is large. «<> ''» says nothing new, but without it SQLite may not use the index that leaves empty keys out.
const byChannel = (kind: 'phone' | 'email') =>
  `SELECT k.value AS key, ${PARTY} FROM json_each(?) k CROSS JOIN party_channel c ON c.key = k.value AND c.key <> ''
   CROSS JOIN party p ON p.id = c.party_id WHERE c.kind = '${kind}' AND c.deleted = 0 AND p.deleted = 0 ORDER BY p.pk`
const byId = (column: 'national_id' | 'company_id') =>
  `SELECT k.value AS key, ${PARTY} FROM json_each(?) k CROSS JOIN party p ON p.${column} = k.value WHERE p.deleted = 0 ORDER BY p.pk`
const BY_NAME = `SELECT k.name || char(10) || k.city AS key, ${PARTY} FROM (SELECT value ->> 0 AS name, value ->> 1 AS city FROM json_each(?)) k
  CROSS JOIN party p INDEXED BY party_by_name ON p.deleted = 0 AND p.name_sort = k.name
  WHERE p.city_sort = k.city ORDER BY p.pk`

/** For each row, who of the book it seems to be; undefined: nobody. A few queries for all of them. */
export function findKnown(db: Db, rows: readonly Likeness[]): Array<Known | undefined> {
  const ask = (sql: string, keys: Iterable<string>) => grouped(db, sql, [...new Set(keys)])
  const people: Record<Why, Map<string, Person[]>> = {
    national_id: ask(
      byId('national_id'),
      rows.flatMap((r) => r.national_id ?? []),
    ),
    company_id: ask(
      byId('company_id'),
      rows.flatMap((r) => r.company_id ?? []),
    ),
    phone: ask(
      byChannel('phone'),
      rows.flatMap((r) => r.phones),
    ),
    email: ask(
      byChannel('email'),
      rows.flatMap((r) => r.emails),
    ),
    name_city: new Map(),
  }
  const keysOf: Record<Why, (row: Likeness) => ReadonlyArray<string | null>> = {
    national_id: (r) => [r.national_id],
    company_id: (r) => [r.company_id],
    phone: (r) => r.phones,
    email: (r) => r.emails,
    name_city: (r) => [r.name_city?.join('\n') ?? null],
  }
  const look = (row: Likeness, why: Why) =>
    keysOf[why](row)
      .flatMap((key) => (key === null ? [] : (people[why].get(key) ?? [])))
      .filter((person) => !isContradicted(why, row, person))
  // Names are the dearest to ask for, and only few rows need it.
  const unknown = rows.filter((row) => row.name_city && !ORDER.some((why) => look(row, why).length > 0))
  people.name_city = grouped(
    db,
    BY_NAME,
    unknown.flatMap((row) => (row.name_city ? [row.name_city] : [])),
  )
  return rows.map((row) => {
    for (const why of ORDER) {
      const person = look(row, why)[0]
      if (!person) continue
      return { pk: person.pk, id: person.id, why: ORDER.filter((w) => look(row, w).some((p) => p.pk === person.pk)) }
    }
    return undefined
  })
}

function grouped(db: Db, sql: string, keys: readonly unknown[]): Map<string, Person[]> {
  const out = new Map<string, Person[]>()
  if (keys.length === 0) return out
  for (const { key, phones, ...person } of db.prepare(sql).iterate(JSON.stringify(keys)) as IterableIterator<Found>) {
    const list = out.get(key)
    if (list && list.length >= MOST) continue
    const found: Person = { ...person, phones: phones.split(' ').filter(Boolean) }
    if (list) list.push(found)
    else out.set(key, [found])
  }
  return out
}
