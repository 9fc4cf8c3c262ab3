import type { z } from 'zod'
import type { customers, DuplicateHit } from '../../../shared/contract/customers.ts'
import { parsePhone } from '../../../shared/domain/phone.ts'
import { ftsQuery, parseQuery } from '../../../shared/domain/search-tokens.ts'
import { looseForms, looseKey, sortKey } from '../../../shared/domain/sort-key.ts'
import type { Db } from '../../db/open.ts'
import type { Service } from '../../rpc/service.ts'
import { businessOf } from '../settings/service.ts'
import { rotations } from './filter.ts'
import { plainNumber } from './identity.ts'
import { rowsByPk } from './rows.ts'
import { joined, nearName } from './same-name.ts'

type Why = z.infer<typeof DuplicateHit>['why'][number]
/** Strongest first. */
const ORDER: readonly Why[] = ['phone', 'national_id', 'company_id', 'email', 'name_city', 'name']
const SHOWN = 5
/** Candidates a probe may give; a name as common as علی محمدی has more in a big book, and the newest will do. */
const CANDIDATES = 300
/** Ways of writing آ and ا that are probed; the rest of them the index finds. */
const FORMS = 4

/** Living customers who may be the one being typed. Every question is an index probe, so it may be asked at each keystroke. */
export const duplicates: Service<typeof customers>['duplicates'] = (ctx, input) => {
  const { db } = ctx
  const found = new Map<number, Set<Why>>()
  const note = (why: Why, rows: readonly unknown[]) => {
    for (const { pk } of rows as Array<{ pk: number }>) {
      const reasons = found.get(pk) ?? new Set()
      found.set(pk, reasons.add(why))
    }
  }
  for (const value of input.phones ?? []) {
    const typed = parsePhone(value)
    const local = !typed.ok && typed.reason === 'needs_area_code'
    const areaCode = local ? (businessOf(ctx).area_code ?? undefined) : undefined
    // A local number may be in the book with the area code, or from a time when the business had none.
    for (const key of new Set([typed.national, parsePhone(value, { areaCode }).national])) {
      // Fewer digits are being typed still, or are an extension.
      if (key.length >= 7) note('phone', byChannel(db, 'phone', key))
    }
  }
  for (const value of input.emails ?? []) {
    const key = value.trim().toLowerCase()
    if (key.includes('@')) note('email', byChannel(db, 'email', key))
  }
  for (const field of ['national_id', 'company_id'] as const) {
    const value = plainNumber(field, input[field]?.trim() || undefined)
    if (value)
      note(
        field,
        db
          .prepare(`SELECT pk FROM party INDEXED BY party_${field} WHERE ${field} = ? AND deleted = 0 LIMIT 20`)
          .all(value),
      )
  }
  for (const { pk, sameCity } of byName(db, input.name ?? '', input.city ?? '')) {
    note(sameCity ? 'name_city' : 'name', [{ pk }])
  }
  const ranked = [...found]
    .map(([pk, reasons]) => ({ pk, why: ORDER.filter((w) => reasons.has(w)) }))
    .sort((a, b) => ORDER.indexOf(a.why[0]!) - ORDER.indexOf(b.why[0]!) || b.why.length - a.why.length || b.pk - a.pk)
  const rows = rowsByPk(
    db,
    ranked.slice(0, SHOWN + 1).map((r) => r.pk),
  )
  return rows
    .map((customer, i) => ({ customer, why: ranked[i]!.why }))
    .filter((hit) => hit.customer.id !== input.except)
    .slice(0, SHOWN)
}

function byChannel(db: Db, kind: 'phone' | 'email', key: string): unknown[] {
  return db
    .prepare(
      `SELECT DISTINCT p.pk FROM party_channel c CROSS JOIN party p ON p.id = c.party_id
       WHERE c.key = ? AND c.key <> '' AND c.kind = ? AND c.deleted = 0 AND p.deleted = 0 LIMIT 20`,
    )
    .all(key, kind)
}

interface Named {
  pk: number
  name: string
  first_name: string | null
  last_name: string | null
  city_sort: string
}

/** Same name in any order and spacing; with a city given also one slip of the finger in the family name. */
function byName(db: Db, name: string, city: string): Array<{ pk: number; sameCity: boolean }> {
  const query = parseQuery(name)
  if (joined(name).length < 3 || query.words.length === 0) return []
  const cityKey = looseKey(sortKey(city.trim()))
  const columns = 'p.pk, p.name, p.first_name, p.last_name, p.city_sort'
  const candidates = new Map<number, Named>()
  const collect = (rows: unknown[]) => {
    for (const row of rows as Named[]) candidates.set(row.pk, row)
  }
  for (const words of rotations(query.words)) {
    for (const key of looseForms(sortKey(words.join(' ')), FORMS)) {
      collect(
        db
          .prepare(
            `SELECT ${columns} FROM party p INDEXED BY party_by_name WHERE p.deleted = 0 AND p.name_sort = ? LIMIT 50`,
          )
          .all(key),
      )
    }
  }
  const byIndex = (match: string) =>
    collect(
      db
        .prepare(
          `SELECT ${columns} FROM (SELECT rowid FROM party_fts WHERE party_fts MATCH ? ORDER BY rowid DESC LIMIT ${CANDIDATES}) f
           CROSS JOIN party p ON p.pk = f.rowid`,
        )
        .all(match),
    )
  byIndex(ftsQuery({ words: query.words, digits: [] })!)
  if (cityKey) {
    // Any one word of the name may hold the slip: the others and the city still find the row.
    const cityWords = parseQuery(city).words.map((w) => `"${w}"`)
    for (const word of new Set(query.words)) {
      if (word.length >= 2) byIndex([`"${word}"`, ...cityWords].join(' AND '))
    }
  }
  const out: Array<{ pk: number; sameCity: boolean }> = []
  for (const row of candidates.values()) {
    const sameCity = cityKey !== '' && looseKey(row.city_sort) === cityKey
    const near = nearName(query.words, row)
    if (near === 'same' || (near === 'slip' && sameCity)) out.push({ pk: row.pk, sameCity })
  }
  return out
}
