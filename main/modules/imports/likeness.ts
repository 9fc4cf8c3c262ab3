import type { DUPLICATE_WHY } from '../../../shared/contract/imports.ts'
import { type Checked, checkCompanyId, checkNationalId } from '../../../shared/domain/iran.ts'
import { sortName } from '../../../shared/domain/name.ts'
import { parsePhone } from '../../../shared/domain/phone.ts'
import { sortKey } from '../../../shared/domain/sort-key.ts'
import type { MappedRow } from './row.ts'

export type Why = (typeof DUPLICATE_WHY)[number]

/** By what a row is known again, and what tells it apart from someone who shares one of these. */
export interface Likeness {
  /** National digits. Where a row has mobiles only those count: people of one office share its landline and are still different people. */
  phones: string[]
  national_id: string | null
  company_id: string | null
  emails: string[]
  /** Sort keys of name and city; null where one is missing. */
  name_city: readonly [name: string, city: string] | null
  mobiles: string[]
  allPhones: string[]
}

/** The same of someone in the book, or of an earlier row. */
export interface Candidate {
  national_id: string | null
  company_id: string | null
  /** National digits of all phones. */
  phones: readonly string[]
}

const MOBILE = /^9\d{9}$/
export const isMobile = (national: string): boolean => MOBILE.test(national)

export function likenessOf(row: MappedRow): Likeness {
  const { phones, national_id, company_id } = row.keys
  const mobiles = phones.filter((n) => isMobile(n) && parsePhone(n).ok)
  const { kind, first_name = null, last_name = null, company_name = null } = row.input
  const name = sortKey(sortName({ kind, first_name, last_name, company_name }))
  const emails = (row.input.channels ?? []).filter((c) => c.kind === 'email').map((c) => c.value.toLowerCase())
  return {
    phones: mobiles.length > 0 ? mobiles : phones.filter((n) => n.length >= 7),
    national_id: idKey(checkNationalId, national_id),
    company_id: idKey(checkCompanyId, company_id),
    emails,
    name_city: name !== '' && row.city ? [name, sortKey(row.city)] : null,
    mobiles,
    allPhones: phones,
  }
}

/** What people type into a field they have nothing for (123, ten noughts) is of many; a full-length number with a slip is still one person's. */
function idKey(check: (raw: string) => Checked, id: string | null): string | null {
  if (!id) return null
  const checked = check(id)
  if (checked.ok) return checked.value
  return checked.reason === 'checksum' ? id : null
}

/** Two ids are two people; one with a slip in it, corrected in the other, tells nothing. */
const areTwo = (check: (raw: string) => Checked, a: string | null, b: string | null): boolean =>
  a !== null && b !== null && a !== b && check(a).ok && check(b).ok

/**
 * What two share may be shared by two people: a couple's phone, an office's address, a common name. Then what is a person's own, if both
 * have it, must not differ: ids always; for an e-mail also mobiles, for a name and city any phone.
 */
export function isContradicted(why: Why, row: Likeness, other: Candidate): boolean {
  if (why === 'national_id' || why === 'company_id') return false
  if (areTwo(checkNationalId, row.national_id, other.national_id)) return true
  if (areTwo(checkCompanyId, row.company_id, other.company_id)) return true
  if (why === 'phone') return false
  const theirs = why === 'email' ? other.phones.filter(isMobile) : other.phones
  const ours = why === 'email' ? row.mobiles : row.allPhones
  return theirs.length > 0 && ours.length > 0 && !ours.some((n) => theirs.includes(n))
}
