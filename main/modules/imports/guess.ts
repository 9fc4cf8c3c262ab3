import type { ImportField } from '../../../shared/contract/imports.ts'
import { findCity } from '../../../shared/data/places.ts'
import { checkNationalId } from '../../../shared/domain/iran.ts'
import { fold, toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { parsePhone } from '../../../shared/domain/phone.ts'
import { fieldOfHeader } from './headers.ts'

/** Share of a column's values that must look alike before its values decide. */
const SURE = 0.6

/** Fields of which a row has one; a second column of that kind is left to the person. */
const SINGLE = new Set<ImportField>([
  'full_name',
  'first_name',
  'last_name',
  'kind',
  'title',
  'job',
  'works_at',
  'national_id',
  'company_id',
  'economic_code',
  'birthday',
  'credit_limit',
  'source',
])

/** What each column is: by its header, else by what its values look like. `rows` is a sample, a few hundred at most. */
export function guessMapping(headers: string[], rows: string[][]): Array<ImportField | null> {
  const width = Math.max(headers.length, ...rows.map((r) => r.length), 0)
  const used = new Set<ImportField>()
  const mapping: Array<ImportField | null> = []
  const take = (field: ImportField | null) => {
    if (field === null || (SINGLE.has(field) && used.has(field))) return null
    used.add(field)
    return field
  }
  for (let i = 0; i < width; i++) mapping.push(take(fieldOfHeader(headers[i] ?? '')))
  for (let i = 0; i < width; i++) {
    const values = rows.map((r) => (r[i] ?? '').trim()).filter((v) => v !== '')
    mapping[i] = corrected(mapping[i] ?? null, values) ?? take(mapping[i] === null ? byValues(values) : null)
  }
  return nameColumns(mapping)
}

/** A lone «نام» holds the whole name. */
function nameColumns(mapping: Array<ImportField | null>): Array<ImportField | null> {
  const whole = !mapping.includes('last_name') && !mapping.includes('full_name')
  return whole ? mapping.map((f) => (f === 'first_name' ? 'full_name' : f)) : mapping
}

/** «تلفن» that holds mobiles only is told apart later, number by number; «شناسه ملی» of people is the national id. */
function corrected(field: ImportField | null, values: string[]): ImportField | null {
  if (field !== 'company_id' && field !== 'national_id') return field
  const eleven = share(values, (v) => digits(v).length === 11)
  if (values.length === 0) return field
  return eleven > 0.5 ? 'company_id' : eleven === 0 ? 'national_id' : field
}

function byValues(values: string[]): ImportField | null {
  if (values.length === 0) return null
  if (share(values, (v) => /^\S+@\S+\.\S+$/.test(v)) >= SURE) return 'email'
  if (share(values, (v) => /^(https?:\/\/|www\.)\S+$/i.test(v)) >= SURE) return 'website'
  if (share(values, isMobile) >= SURE) return 'mobile'
  if (share(values, (v) => checkNationalId(v).ok) >= SURE) return 'national_id'
  if (share(values, (v) => /^IR\d{24}$/i.test(v.replace(/\s/g, ''))) >= SURE) return 'sheba'
  if (share(values, (v) => /^(1[34]\d\d|19\d\d|20\d\d)[-/]\d{1,2}[-/]\d{1,2}$/.test(toLatinDigits(v))) >= SURE)
    return 'birthday'
  if (share(values, (v) => parsePhone(v).ok) >= SURE) return 'phone'
  if (share(values, (v) => findCity(v) !== undefined) >= SURE) return 'city'
  return null
}

const digits = (v: string) => toLatinDigits(v).replace(/\D/g, '')

function isMobile(value: string): boolean {
  if (!/\d{9}/.test(digits(value)) || /[\p{L}]/u.test(fold(value))) return false
  const phone = parsePhone(value)
  return phone.ok && phone.kind === 'mobile'
}

function share(values: string[], test: (v: string) => boolean): number {
  return values.length === 0 ? 0 : values.filter(test).length / values.length
}
