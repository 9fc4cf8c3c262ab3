import type { Stage } from '../../db/stage.ts'
import type { Line } from './prepared-rows.ts'

// CROSS JOIN, «<> ''» and INDEXED BY: see known.ts.
const byChannel = (kind: 'phone' | 'email') =>
  `SELECT k.i FROM stage.key k CROSS JOIN main.party_channel c ON c.key = k.key AND c.key <> ''
   WHERE k.n > ? AND k.n <= ? AND k.why = '${kind}' AND c.kind = '${kind}' AND c.deleted = 0`
const byId = (column: 'national_id' | 'company_id') =>
  `SELECT k.i FROM stage.key k CROSS JOIN main.party p ON p.${column} = k.key
   WHERE k.n > ? AND k.n <= ? AND k.why = '${column}' AND p.deleted = 0`
/** Of the phones of a staged customer, parted by spaces: the first, and what follows it. */
const FIRST = "substr(s.phones, 1, instr(s.phones || ' ', ' ') - 1)"
const REST = "substr(s.phones, instr(s.phones || ' ', ' ') + 1)"
/** Two of a name and a city whose phones are different ones are two people; more than two phones are left to findKnown. */
const BY_NAME = `SELECT l.i FROM stage.line l CROSS JOIN stage.party s ON s.n = l.party
   CROSS JOIN main.party p INDEXED BY party_by_name ON p.deleted = 0 AND p.name_sort = s.name_sort
   WHERE l.i >= ? AND l.i <= ? AND p.city_sort = l.city
     AND (p.phones = '' OR instr(p.phones, ${FIRST}) > 0 OR instr(${REST}, ' ') > 0 OR instr(p.phones, nullif(${REST}, '')) > 0)`
const BY_KEY = [byChannel('phone'), byChannel('email'), byId('national_id'), byId('company_id')]

/** Indexes of the lines that may be somebody of the book; all others are nobody in it. findKnown then says who, if anyone. */
export function linesInBook(stage: Stage, lines: readonly Line[]): Set<number> {
  const first = lines[0]
  if (!first) return new Set()
  const last = lines.at(-1)!
  const end = stage.prepare('SELECT keys FROM stage.line WHERE i = ?').get(last.i + 1) as { keys: number } | undefined
  const found = new Set<number>()
  const look = (sql: string, from: number, to: number) => {
    for (const { i } of stage.prepare(sql).all(from, to) as Array<{ i: number }>) found.add(i)
  }
  for (const sql of BY_KEY) look(sql, first.keys, end?.keys ?? Number.MAX_SAFE_INTEGER)
  look(BY_NAME, first.i, last.i)
  return found
}
