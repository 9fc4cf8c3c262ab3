import type { z } from 'zod'
import type { CustomerRow } from '../../../shared/contract/customers.ts'
import type { CustomerHit } from '../../../shared/contract/search.ts'
import { toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { nameTokens, type Query } from '../../../shared/domain/search-tokens.ts'
import type { Db } from '../../db/open.ts'
import { CODES } from '../customers/recheck.ts'

type Match = z.infer<typeof CustomerHit>['match']

/** What a search can find in a customer besides what its row shows. */
interface Hidden {
  id: string
  title: string | null
  national_id: string | null
  company_id: string | null
  economic_code: string | null
}

/** For each row the field that tells why it was found: the first one that name and phone on the row do not show already. */
export function matchesOf(db: Db, rows: readonly CustomerRow[], query: Query): Match[] {
  const ids = JSON.stringify(rows.map((r) => r.id))
  const hidden = new Map(
    (
      db
        .prepare(`SELECT id, title, ${CODES.join(', ')} FROM party WHERE id IN (SELECT value FROM json_each(?))`)
        .all(ids) as Hidden[]
    ).map((h) => [h.id, h]),
  )
  const lists = (sql: string) =>
    Map.groupBy(db.prepare(sql).all(ids) as Array<{ id: string; text: string }>, (r) => r.id)
  const phones = lists(
    `SELECT party_id AS id, coalesce(e164, value) AS text FROM party_channel
     WHERE party_id IN (SELECT value FROM json_each(?)) AND kind = 'phone' AND deleted = 0 ORDER BY position, pk`,
  )
  const companies = lists(
    `SELECT l.from_id AS id, c.name AS text FROM party_link l CROSS JOIN party c ON c.id = l.to_id
     WHERE l.from_id IN (SELECT value FROM json_each(?)) AND l.kind = 'works_at' AND l.deleted = 0 AND c.deleted = 0`,
  )
  const places = lists(
    `SELECT party_id AS id, concat_ws('، ', city, province) AS text FROM party_address
     WHERE party_id IN (SELECT value FROM json_each(?)) AND deleted = 0 ORDER BY position, pk`,
  )
  return rows.map((row) => {
    const more = hidden.get(row.id)
    const texts = (map: Map<string, Array<{ text: string }>>) => (map.get(row.id) ?? []).map((r) => r.text)
    const fields: Match[] = [
      { field: 'name', text: row.name },
      ...texts(phones).map((text): Match => ({ field: 'phone', text })),
      ...texts(companies).map((text): Match => ({ field: 'company', text })),
      ...texts(places).map((text): Match => ({ field: 'city', text })),
      ...row.tags.map((t): Match => ({ field: 'tag', text: t.name })),
      ...CODES.flatMap((c): Match[] => (more?.[c] ? [{ field: 'code', text: more[c] }] : [])),
    ]
    return explain(fields, row, query)
  })
}

function explain(fields: readonly Match[], row: CustomerRow, query: Query): Match {
  const shown = fields.filter((f) => f.field === 'name' || (f.field === 'phone' && f.text === row.phone))
  const terms: Term[] = [...query.words.map((word) => ({ word })), ...query.digits.map((digits) => ({ digits }))]
  for (const term of terms) {
    if (shown.some((f) => holds(f, term))) continue
    const field = fields.find((f) => !shown.includes(f) && holds(f, term))
    if (field) return field
  }
  const byPhone =
    query.digits.length > 0 && query.words.length === 0 ? shown.find((f) => f.field === 'phone') : undefined
  return byPhone && terms.every((t) => holds(byPhone, t)) ? byPhone : { field: 'name', text: row.name }
}

type Term = { word: string } | { digits: string }

/** Does this text show the word (as the beginning of one of its tokens) or the run of digits? */
function holds({ text }: Match, term: Term): boolean {
  if ('digits' in term) return toLatinDigits(text).replace(/\D/g, '').includes(term.digits)
  return nameTokens(text).some((token) => token.startsWith(term.word))
}
