import type { Stage } from '../../db/stage.ts'
import type { Line } from './prepared-rows.ts'

// CROSS JOIN, «<> ''» and INDEXED BY: see known.ts.
const byChannel = (kind: 'phone' | 'email') =>
  `SELECT k.i FROM stage.key k CROSS JOIN main.party_channel c ON c.key = k.key AND c.key <> ''
   WHERE k.n > ? AND k.n <= ? AND k.why = '${kind}' AND c.kind = '${kind}' AND c.deleted = 0`
const byId = (column: 'national_id' | 'company_id') =>
  `SELECT k.i FROM stage.key k CROSS JOIN main.party p ON p.${column} = k.key
   WHERE k.n > ? AND k.n <= ? AND k.why = '${column}' AND p.deleted = 0`
/** Two of a name and a city whose phones are different ones are two people. */
const BY_NAME = `SELECT k.i FROM stage.key k CROSS JOIN main.party p INDEXED BY party_by_name ON p.deleted = 0 AND p.name_sort = k.key
   WHERE k.n > ? AND k.n <= ? AND k.why = 'name_city' AND p.city_sort = k.city
     AND (p.phones = '' OR k.phone IS NULL OR instr(p.phones, k.phone) > 0 OR instr(p.phones, k.phone2) > 0)`
const LOOKS = [byChannel('phone'), byChannel('email'), byId('national_id'), byId('company_id'), BY_NAME]

/** Indexes of the lines that may be somebody of the book; all others are nobody in it. findKnown then says who, if anyone. */
export function linesInBook(stage: Stage, lines: readonly Line[]): Set<number> {
  const first = lines[0]
  if (!first) return new Set()
  const last = stage.prepare('SELECT keys FROM stage.line WHERE i = ?').get(lines.at(-1)!.i + 1) as
    | { keys: number }
    | undefined
  const found = new Set<number>()
  for (const sql of LOOKS) {
    for (const { i } of stage.prepare(sql).all(first.keys, last?.keys ?? Number.MAX_SAFE_INTEGER) as Array<{
      i: number
    }>)
      found.add(i)
  }
  return found
}
