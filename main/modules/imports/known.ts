import { parsePhone } from '../../../shared/domain/phone.ts'
import type { Db } from '../../db/open.ts'
import type { MappedRow } from './row.ts'

/**
 * Is this someone the book (or an earlier row of the file) has already? By national id, company id or phone. Where a row has mobiles
 * only those count: people of one office share its landline and are still different people.
 */
export class KnownPeople {
  readonly #db: Db
  readonly #seen = new Set<string>()

  constructor(db: Db) {
    this.#db = db
  }

  has(row: MappedRow): boolean {
    return keysOf(row).some((key) => this.#seen.has(key) || this.#inBook(key))
  }

  /** Remembers a row for the ones after it, when it is not written to the book (a preview). */
  add(row: MappedRow): void {
    for (const key of keysOf(row)) this.#seen.add(key)
  }

  #inBook(key: string): boolean {
    const value = key.slice(1)
    if (key[0] === 'n') return this.#ask('SELECT 1 FROM party WHERE national_id = ? AND deleted = 0 LIMIT 1', value)
    if (key[0] === 'c') return this.#ask('SELECT 1 FROM party WHERE company_id = ? AND deleted = 0 LIMIT 1', value)
    // «<> ''» says nothing new, but without it SQLite may not use the index that leaves empty keys out.
    return this.#ask(
      `SELECT 1 FROM party_channel c JOIN party p ON p.id = c.party_id
       WHERE c.key = ? AND c.key <> '' AND c.kind = 'phone' AND c.deleted = 0 AND p.deleted = 0 LIMIT 1`,
      value,
    )
  }

  #ask(sql: string, value: string): boolean {
    return this.#db.prepare(sql).get(value) !== undefined
  }
}

function keysOf(row: MappedRow): string[] {
  const { phones, national_id, company_id } = row.keys
  const mobiles = phones.filter((n) => /^9\d{9}$/.test(n) && parsePhone(n).ok)
  const keys = (mobiles.length > 0 ? mobiles : phones.filter((n) => n.length >= 7)).map((n) => `p${n}`)
  if (national_id) keys.push(`n${national_id}`)
  if (company_id) keys.push(`c${company_id}`)
  return keys
}
