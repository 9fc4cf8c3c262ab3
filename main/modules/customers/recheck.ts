import type { Sql } from './filter.ts'

/** Columns whose digits a search by numbers looks into, besides the phones. */
export const CODES = ['national_id', 'company_id', 'economic_code'] as const

const latinName = [...'۰۱۲۳۴۵۶۷۸۹'].reduce((sql, c, i) => `replace(${sql}, '${c}', '${i}')`, 'p.name')

/** Does the row really hold this run of digits? Its four-digit tokens alone can be there in another order. */
export function hasDigits(digits: string): Sql {
  const columns = ['p.phones', ...CODES.map((c) => `coalesce(p.${c}, '')`), latinName]
  return {
    sql: `(${columns.map((c) => `instr(${c}, ?) > 0`).join(' OR ')})`,
    params: columns.map(() => digits),
  }
}
