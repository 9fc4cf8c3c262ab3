import { BANK_BY_BIN, BANK_BY_SHEBA } from '../data/banks.ts'
import { toLatinDigits } from './persian-text.ts'

/**
 * Check digits of Iranian identifiers. They catch slips of the finger, not lies: warn with them, never block. `value` is the
 * cleaned text in Latin digits either way; `bank` a key of data/banks.ts.
 */
export type Checked =
  | { ok: true; value: string; bank?: string }
  | { ok: false; value: string; reason: 'length' | 'checksum' | 'repeated' | 'format' }

type Reason = Extract<Checked, { ok: false }>['reason']
const bad = (value: string, reason: Reason): Checked => ({ ok: false, value, reason })

/** Digits without the spaces, dashes and bidi marks people and Excel put between them. */
function clean(raw: string): string {
  return toLatinDigits(raw).replace(/[\s\-\u2010-\u2015\u2212._/\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
}

/** The fault that all digit codes share, or null. */
function shapeFault(value: string, lengths: readonly number[]): Reason | null {
  if (!/^\d*$/.test(value)) return 'format'
  if (!lengths.includes(value.length)) return 'length'
  return /^(\d)\1*$/.test(value) ? 'repeated' : null
}

/** National id of a person, ten digits. */
export function checkNationalId(raw: string): Checked {
  const value = clean(raw)
  const fault = shapeFault(value, [10])
  if (fault) return bad(value, fault)
  let sum = 0
  for (let i = 0; i < 9; i++) sum += Number(value[i]) * (10 - i)
  const rest = sum % 11
  return Number(value[9]) === (rest < 2 ? rest : 11 - rest) ? { ok: true, value } : bad(value, 'checksum')
}

/** The ten digits when spreadsheets have eaten up to two leading zeros and the check digit agrees; null otherwise. */
export function restoreNationalId(raw: string): string | null {
  const digits = clean(raw)
  if (digits.length < 8 || digits.length > 10) return null
  const result = checkNationalId(digits.padStart(10, '0'))
  return result.ok ? result.value : null
}

/** National id of a company (شناسه ملی), eleven digits. */
export function checkCompanyId(raw: string): Checked {
  const value = clean(raw)
  const fault = shapeFault(value, [11])
  if (fault) return bad(value, fault)
  if (value.slice(3, 9) === '000000') return bad(value, 'format')
  const weights = [29, 27, 23, 19, 17, 29, 27, 23, 19, 17]
  const add = Number(value[9]) + 2
  const sum = weights.reduce((s, w, i) => s + (Number(value[i]) + add) * w, 0)
  return Number(value[10]) === (sum % 11) % 10 ? { ok: true, value } : bad(value, 'checksum')
}

/** Tax number: the company's 11 digits, 14 of a person, 12 of the old kind. Its digits carry no published check. */
export function checkEconomicCode(raw: string): Checked {
  const value = clean(raw)
  const fault = shapeFault(value, [11, 12, 14])
  return fault ? bad(value, fault) : { ok: true, value }
}

/** Ten digits; the finer rules in circulation have no source, so only the length is held. */
export function checkPostalCode(raw: string): Checked {
  const value = clean(raw)
  const fault = shapeFault(value, [10])
  return fault ? bad(value, fault) : { ok: true, value }
}

/** Sheba (IBAN) with or without IR; `value` has it. ISO 7064 mod 97. */
export function checkSheba(raw: string): Checked {
  const text = clean(raw).toUpperCase().replace(/^IR/, '')
  const value = text === '' ? '' : `IR${text}`
  if (!/^\d*$/.test(text)) return bad(value, 'format')
  if (text.length !== 24) return bad(value, 'length')
  if (BigInt(`${text.slice(2)}1827${text.slice(0, 2)}`) % 97n !== 1n) return bad(value, 'checksum')
  return withBank(value, BANK_BY_SHEBA.get(text.slice(2, 5)))
}

/** Bank card, sixteen digits, Luhn. */
export function checkCard(raw: string): Checked {
  const value = clean(raw)
  const fault = shapeFault(value, [16])
  if (fault) return bad(value, fault)
  let sum = 0
  for (let i = 0; i < 16; i++) {
    const d = Number(value[i]) * (i % 2 === 0 ? 2 : 1)
    sum += d > 9 ? d - 9 : d
  }
  return sum % 10 === 0 ? withBank(value, BANK_BY_BIN.get(value.slice(0, 6))) : bad(value, 'checksum')
}

function withBank(value: string, bank: string | undefined): Checked {
  return bank ? { ok: true, value, bank } : { ok: true, value }
}
