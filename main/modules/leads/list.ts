import type { z } from 'zod'
import type { Lead, LeadFilter, LeadStatus, leads } from '../../../shared/contract/leads.ts'
import { fold, toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { parsePhone } from '../../../shared/domain/phone.ts'
import { looseKey } from '../../../shared/domain/sort-key.ts'
import type { Db } from '../../db/open.ts'
import type { Row } from '../../db/rows.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { duplicates } from '../customers/duplicates.ts'
import { readPhone } from './phone.ts'
import type { lead } from './table.ts'

type Stored = Row<typeof lead> & Record<'source' | 'reason' | 'party', string | null>
type Read = Pick<Service<typeof leads>, 'page' | 'get' | 'counts' | 'sources' | 'alike' | 'matches'>

const COLUMNS = `l.*, s.name AS source, r.name AS reason, p.name AS party`
const JOINS = `LEFT JOIN source s ON s.id = l.source_id LEFT JOIN list_item r ON r.id = l.reason_id LEFT JOIN party p ON p.id = l.party_id`

export const leadLists: Read = {
  page(ctx, { status, filter, after, limit }) {
    const { where, params } = conditions(filter)
    const from = after === undefined ? null : placeOf(after)
    const rows = ctx.db
      .prepare(
        `SELECT ${COLUMNS} FROM lead l ${JOINS}
         WHERE l.deleted = 0 AND l.status = ?${where}${from ? ' AND (l.at, l.pk) < (?, ?)' : ''}
         ORDER BY l.at DESC, l.pk DESC${filter.text ? '' : ` LIMIT ${limit + 1}`}`,
      )
      .iterate(status, ...params, ...(from ?? [])) as IterableIterator<Stored>
    const matches = matcher(filter.text)
    const found: Stored[] = []
    for (const row of rows) {
      if (matches(row)) found.push(row)
      if (found.length > limit) break
    }
    const shown = found.slice(0, limit)
    const last = shown.at(-1)
    return {
      leads: shown.map((row) => toLead(ctx.db, row)),
      next: found.length > limit && last ? `${last.at}.${last.pk}` : null,
    }
  },
  get: (ctx, { id }) => leadById(ctx.db, id),
  counts(ctx, { filter }) {
    const { where, params } = conditions(filter)
    const counts: Record<LeadStatus, number> = { new: 0, working: 0, converted: 0, discarded: 0 }
    if (filter.text) {
      const matches = matcher(filter.text)
      const all = ctx.db.prepare(`SELECT l.* FROM lead l WHERE l.deleted = 0${where}`).iterate(...params)
      for (const row of all as IterableIterator<Stored>) if (matches(row)) counts[row.status] += 1
      return counts
    }
    const rows = ctx.db
      .prepare(`SELECT l.status, count(*) AS n FROM lead l WHERE l.deleted = 0${where} GROUP BY l.status`)
      .all(...params) as Array<{ status: LeadStatus; n: number }>
    for (const { status, n } of rows) counts[status] = n
    return counts
  },
  sources(ctx, { since }) {
    const rows = ctx.db
      .prepare(
        `SELECT l.source_id AS id, s.name, count(*) AS came, sum(l.status = 'converted') AS converted, sum(l.status = 'discarded') AS discarded
         FROM lead l LEFT JOIN source s ON s.id = l.source_id WHERE l.deleted = 0 AND l.at >= ?
         GROUP BY l.source_id ORDER BY converted DESC, came DESC, s.position IS NULL, s.position`,
      )
      .all(since ?? 0) as Array<{ id: string | null; name: string | null } & Record<Count, number>>
    return rows.map(({ id, name, ...counts }) => ({ source: named(id, name), ...counts }))
  },
  alike(ctx, { phone, except }) {
    const typed = readPhone(ctx, phone)
    if (typed.e164 === null) return []
    return ctx.db
      .prepare(
        `SELECT id, name, status, at FROM lead WHERE e164 = ? AND deleted = 0 AND id IS NOT ? ORDER BY at DESC LIMIT 5`,
      )
      .all(typed.e164, except ?? null) as Array<Pick<Lead, 'id' | 'name' | 'status' | 'at'>>
  },
  matches(ctx, { id }) {
    const { name, company, phone, email, city } = leadById(ctx.db, id)
    const question = {
      ...(phone && { phones: [phone] }),
      ...(email && { emails: [email] }),
      ...((name || company) && { name: name || company || '' }),
      ...(city && { city }),
    }
    return duplicates(ctx, question, { signal: undefined })
  },
}
type Count = 'came' | 'converted' | 'discarded'

const named = (id: string | null, name: string | null) => (id === null || name === null ? null : { id, name })

/** The lead as people read it. Fails with NOT_FOUND, also when it was removed. */
export function leadById(db: Db, id: string): Lead {
  const row = db.prepare(`SELECT ${COLUMNS} FROM lead l ${JOINS} WHERE l.id = ? AND l.deleted = 0`).get(id)
  return row === undefined ? fail('NOT_FOUND', { kind: 'lead' }) : toLead(db, row as Stored)
}

function toLead(db: Db, row: Stored): Lead {
  const { id, name, company, phone, e164, email, city, body, owner_id, user_id, at, status, closed_at } = row
  const waits = status === 'new' || status === 'working'
  return {
    ...{ id, name, company, phone, e164, email, city, body, owner_id, user_id, at, status, closed_at },
    source: named(row.source_id, row.source),
    reason: named(row.reason_id, row.reason),
    party: named(row.party_id, row.party),
    known: waits && e164 ? whoHas(db, e164) : null,
  }
}

function whoHas(db: Db, e164: string): { id: string; name: string } | null {
  const found = db
    .prepare(
      `SELECT p.id, p.name FROM party_channel c JOIN party p ON p.id = c.party_id
       WHERE c.key = ? AND c.key <> '' AND c.kind = 'phone' AND c.deleted = 0 AND p.deleted = 0 ORDER BY p.pk LIMIT 1`,
    )
    .get(parsePhone(e164).national)
  return (found as { id: string; name: string } | undefined) ?? null
}

function conditions({ owner_id, source_id }: z.output<typeof LeadFilter>): { where: string; params: unknown[] } {
  let where = ''
  const params: unknown[] = []
  for (const [column, value] of Object.entries({ owner_id, source_id })) {
    if (value === undefined) continue
    where += ` AND l.${column} IS ?`
    params.push(value)
  }
  return { where, params }
}

/** Every word somewhere in what is known of the lead, however it is spelt; there are thousands of leads, not millions. */
function matcher(text: string | undefined): (row: Stored) => boolean {
  const words = looseKey(fold(toLatinDigits(text ?? '')))
    .split(' ')
    .filter(Boolean)
  if (words.length === 0) return () => true
  const digits = words.map((word) => (/^\+?\d{3,}$/.test(word) ? word.replace(/^(\+?98|0)/, '') : null))
  return (row) => {
    const known = [row.name, row.company, row.city, row.email, row.body].filter(Boolean).join(' ')
    const texts = looseKey(fold(toLatinDigits(known)))
    const phone = `${row.e164 ?? ''} ${toLatinDigits(row.phone ?? '')}`
    return words.every((word, i) => texts.includes(word) || (digits[i] ? phone.includes(digits[i]) : false))
  }
}

function placeOf(after: string): [at: number, pk: number] | null {
  const [at, pk] = after.split('.').map(Number)
  return Number.isSafeInteger(at) && Number.isSafeInteger(pk) ? [at!, pk!] : null
}
