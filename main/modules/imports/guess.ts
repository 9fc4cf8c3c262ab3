import type { ImportField } from '../../../shared/contract/imports.ts'
import { findCity } from '../../../shared/data/places.ts'
import {
  checkCard,
  checkCompanyId,
  checkNationalId,
  checkSheba,
  restoreNationalId,
} from '../../../shared/domain/iran.ts'
import { fold, toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { parsePhone } from '../../../shared/domain/phone.ts'
import { fieldOfHeader, headerKey, isMiddleName, isOtherHeader } from './headers.ts'
import { plainCode } from './numbers.ts'
import { phonesIn } from './phones.ts'
import {
  looksLikeAddress,
  looksLikeBusiness,
  looksLikeFirstName,
  looksLikeLastName,
  looksLikeName,
  looksLikeProvince,
} from './telling.ts'
import { withoutTitle } from './values.ts'

/** Share of a column's values that must look alike before its values decide. */
const SURE = 0.6

/** Fields of which a row has one; a second column of that kind is left to the person. */
const SINGLE = new Set<ImportField>([
  'full_name',
  'first_name',
  'last_name',
  'company_name',
  'kind',
  'title',
  'job',
  'works_at',
  'national_id',
  'company_id',
  'economic_code',
  'registration_number',
  'sheba',
  'card_number',
  'birthday',
  'credit_limit',
  'source',
])

/** What each column is: by its header, else by what its values look like. `rows` is a sample, a few hundred at most. */
export function guessMapping(headers: string[], rows: string[][]): Array<ImportField | null> {
  const width = Math.min(500, Math.max(headers.length, ...rows.map((r) => r.length), 0))
  const used = new Set<ImportField>()
  const mapping: Array<ImportField | null> = []
  const take = (field: ImportField | null) => {
    if (field === null || (SINGLE.has(field) && used.has(field))) return null
    used.add(field)
    return field
  }
  const columns = Array.from({ length: width }, (_, i) => ({
    header: headers[i] ?? '',
    values: rows.map((r) => (r[i] ?? '').trim()).filter((v) => v !== ''),
  }))
  for (const { header } of columns) mapping.push(partOfMany(header) ?? take(fieldOfHeader(header)))
  withoutDoubles(headers, mapping)
  columns.forEach(({ header, values }, i) => {
    const field = corrected(mapping[i] ?? null, values, mapping)
    if (field !== mapping[i]) used.delete(mapping[i]!)
    mapping[i] = field ?? null
    if (mapping[i] === null && !isOtherHeader(header) && !isMiddleName(header))
      mapping[i] = take(byValues(values, header, used))
    else if (field) used.add(field)
  })
  return named(mapping, columns)
}

/** Year, month and day of birth in columns of their own. */
function partOfMany(header: string): ImportField | null {
  return /^(birth(year|month|day)|(سال|ماه|روز)تولد)$/.test(headerKey(header)) && !/birthday$/i.test(header.trim())
    ? 'birthday'
    : null
}

/** Google writes an address whole and in its parts; both would make two of it. */
function withoutDoubles(headers: string[], mapping: Array<ImportField | null>): void {
  headers.forEach((header, i) => {
    const whole = /^(.*)formatted$/i.exec(header)?.[1]
    if (whole && headers.some((h) => h.toLowerCase() === `${whole}street`.toLowerCase())) mapping[i] = null
  })
}

/** A lone «نام» holds the whole name; a middle name goes behind the first; what is left over may tell the name. */
function named(mapping: Array<ImportField | null>, columns: Array<{ header: string; values: string[] }>) {
  const whole = !mapping.includes('last_name') && !mapping.includes('full_name')
  const out = whole ? mapping.map((f) => (f === 'first_name' ? 'full_name' : f)) : mapping
  const first = out.indexOf('first_name')
  columns.forEach(({ header }, i) => {
    if (first >= 0 && i > first && isMiddleName(header)) out[i] = 'first_name'
  })
  if (
    out.includes('full_name') ||
    out.includes('first_name') ||
    out.includes('last_name') ||
    out.includes('company_name')
  )
    return out
  // A list must have a name: the column of words that repeats itself least.
  let best = { at: -1, share: 0.7 }
  columns.forEach(({ header, values }, i) => {
    if (out[i] !== null || isOtherHeader(header) || values.length === 0) return
    if (share(values, (v) => /^[\p{L}\p{M}\s\u200c.()'«»-]{2,60}$/u.test(v)) < 0.8) return
    const distinct = new Set(values).size / values.length
    if (distinct > best.share) best = { at: i, share: distinct }
  })
  if (best.at >= 0) out[best.at] = 'full_name'
  return out
}

/** «شناسه ملی» of people is the national id; «عنوان» of a program that calls its customers so is their name. */
function corrected(
  field: ImportField | null,
  values: string[],
  mapping: Array<ImportField | null>,
): ImportField | null {
  if (values.length === 0) return field
  if (field === 'company_id' || field === 'national_id') {
    const eleven = share(values, (v) => digits(v).length === 11)
    return eleven > 0.5 ? 'company_id' : eleven === 0 ? 'national_id' : field
  }
  const nameless = !mapping.some((f) => f === 'full_name' || f === 'first_name' || f === 'last_name')
  if (field === 'title' && nameless && share(values, (v) => withoutTitle(`${v} الف`).title === null) > 0.7)
    return 'full_name'
  // «نوع» or «نام کاربری» that are phones all the same: the values are surer than the word.
  if (field && !PHONES.has(field) && values.length > 2 && share(values, isMobile) > 0.9) return 'mobile'
  if (field && PHONES.has(field) && values.length > 2 && share(values, (v) => /^\S+@\S+\.\S+$/.test(v)) > 0.9)
    return 'email'
  return field
}

const PHONES = new Set<ImportField>(['mobile', 'phone', 'fax', 'note'])

function byValues(values: string[], header: string, used: ReadonlySet<ImportField>): ImportField | null {
  if (values.length === 0) return null
  const most = (test: (v: string) => boolean, sure = SURE) => share(values, test) >= sure
  if (most((v) => /^\S+@\S+\.\S+$/.test(v))) return 'email'
  if (most((v) => /^(https?:\/\/|www\.)\S+$/i.test(v))) return 'website'
  if (most(isMobile)) return 'mobile'
  if (
    most(
      (v) =>
        digits(v).length >= 8 &&
        restoreNationalId(plainCode(v).text) !== null &&
        checkNationalId(digits(v).padStart(10, '0')).ok,
    )
  )
    return 'national_id'
  if (most((v) => /^IR/i.test(v) && checkSheba(v).ok)) return 'sheba'
  if (most((v) => digits(v).length === 16 && checkCard(v).ok)) return 'card_number'
  if (most((v) => digits(v).length === 11 && !/^0/.test(digits(v)) && checkCompanyId(v).ok)) return 'company_id'
  // A day under an unknown header may be of anything: a purchase, a visit.
  if (header.trim() === '' && most(isBirth)) return 'birthday'
  if (most(isPhone)) return 'phone'
  if (most((v) => /^[13-9]\d{9}$/.test(digits(v)) && /^[\d\s۰-۹-]+$/.test(v), 0.8)) return 'postal_code'
  // Words: only where they are names of some kind, as a column of colours is of no use.
  if (most(looksLikeProvince) && !most((v) => findCity(v) !== undefined, 0.95)) return 'province'
  if (most((v) => v.length < 40 && findCity(v) !== undefined)) return 'city'
  if (most(looksLikeAddress)) return 'address'
  if (used.has('full_name')) return most(looksLikeBusiness) ? 'company_name' : null
  const people = share(values, looksLikeName)
  const businesses = share(values, looksLikeBusiness)
  if (people + businesses >= 0.4 && (people > 0 || !used.has('first_name')))
    return used.has('first_name') ? null : 'full_name'
  if (most(looksLikeFirstName, 0.5)) return 'first_name'
  return used.has('first_name') && most(looksLikeLastName, 0.5) ? 'last_name' : null
}

const digits = (v: string) => toLatinDigits(v).replace(/\D/g, '')

function isMobile(value: string): boolean {
  const { text } = plainCode(value)
  if (!/\d{9}/.test(digits(text)) || /\p{L}/u.test(fold(text))) return false
  return phonesIn(text).every((one) => {
    const phone = parsePhone(one)
    return phone.ok && phone.kind === 'mobile'
  })
}

/** Numbers people could dial; eight digits count, as the area code of the business completes them. */
function isPhone(value: string): boolean {
  if (!/^[\d۰-۹٠-٩\s()+/\\.,،\-–:;|]+$/.test(value)) return false
  // Days and round amounts have eight digits as well.
  const plain = toLatinDigits(value).trim()
  if (/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$|^\d{1,7}000$/.test(plain)) return false
  const all = phonesIn(plainCode(value).text)
  return all.every((one) => {
    const phone = parsePhone(one, { areaCode: '21' })
    return phone.ok && (phone.kind !== 'other' || /^\s*(\+|00)/.test(one))
  })
}

/** A day of someone who can buy: years of the last century, or up to about ten years ago. */
function isBirth(value: string): boolean {
  const year = /^(1[34]\d\d|19\d\d|20[01]\d)[-/.]\d{1,2}[-/.]\d{1,2}$/.exec(toLatinDigits(value))?.[1]
  return year !== undefined && (Number(year) < 1396 || Number(year) > 1499)
}

function share(values: string[], test: (v: string) => boolean): number {
  return values.length === 0 ? 0 : values.filter(test).length / values.length
}
