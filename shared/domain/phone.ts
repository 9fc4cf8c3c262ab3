import { parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js/max'
import { toLatinDigits } from './persian-text.ts'
import { AREA_PROVINCE, type Operator, operatorOf } from './phone-areas.ts'

export type PhoneKind = 'mobile' | 'landline' | 'other'
export type PhoneReason = 'empty' | 'too_short' | 'too_long' | 'invalid' | 'needs_area_code'
/**
 * `e164` with +; `national` the digits that are searched: without 98 or 0 for Iran (9123456789, 2188776655), with the
 * country code for abroad. A number that is not understood (short codes, local numbers) keeps its digits in `national`.
 */
export type ParsedPhone =
  | { ok: true; e164: string; national: string; kind: PhoneKind; operator?: Operator; province?: string }
  | { ok: false; reason: PhoneReason; national: string }

/** Prefixes libphonenumber's full table accepts whatever follows; others (995, 998, 999, 94x) are asked from the table itself. */
const MOBILE = /^9(0[0-5]|1\d|2[0-3]|3\d|9[0-346])\d{7}$/
const LANDLINE = /^[1-8]\d[1-8]\d{7}$/
/** Most numbers, which need no search for an extension. */
const PLAIN = /^\+?\d+$/
const EXTENSION = /[\p{L}#*;,]/u

/** Reads a number as people type or export it. `areaCode` («021» or «21») completes eight-digit local numbers. */
export function parsePhone(raw: string, opts: { areaCode?: string | undefined } = {}): ParsedPhone {
  const text = toLatinDigits(raw)
  const digits = digitsOf(text)
  if (digits.replace('+', '') === '') return { ok: false, reason: 'empty', national: '' }
  const national = iranianDigits(digits)
  if (national === null) return parseForeign(digits)
  return parseIranian(national, opts.areaCode)
}

/** Digits with a leading + if there was one; what follows a letter after the number is an extension (داخلی ۱۲). */
function digitsOf(text: string): string {
  if (PLAIN.test(text)) return text
  const start = text.search(/[+\d]/)
  if (start < 0) return ''
  let rest = text.slice(start)
  const cut = rest.search(EXTENSION)
  if (cut >= 3) rest = rest.slice(0, cut)
  const plain = rest.replace(/\D/g, '')
  return rest.startsWith('+') ? `+${plain}` : plain
}

/** The number without 98 and 0, or null when it says itself that it is from abroad. */
function iranianDigits(digits: string): string | null {
  const international = /^(?:\+|00)(\d*)$/.exec(digits)?.[1]
  if (international !== undefined) {
    if (international.startsWith('98')) return international.slice(2).replace(/^0/, '')
    if (digits.startsWith('00') && MOBILE.test(international)) return international
    return international.length < 7 ? digits.replace('+', '') : null
  }
  if (/^980?\d{10}$/.test(digits)) return digits.slice(2).replace(/^0/, '')
  return digits.replace(/^0/, '')
}

function parseIranian(national: string, areaCode: string | undefined): ParsedPhone {
  const refuse = (reason: PhoneReason): ParsedPhone => ({ ok: false, reason, national })
  if (national.length === 8 && /^[1-8]/.test(national)) {
    const area = toLatinDigits(areaCode ?? '')
      .replace(/\D/g, '')
      .replace(/^0/, '')
    return area in AREA_PROVINCE ? parseIranian(area + national, undefined) : refuse('needs_area_code')
  }
  if (national.length < 10) return refuse('too_short')
  if (national.length > 10) return refuse('too_long')
  const e164 = `+98${national}`
  if (MOBILE.test(national)) return mobile(e164, national)
  const province = AREA_PROVINCE[national.slice(0, 2)]
  if (province && LANDLINE.test(national)) return { ok: true, e164, national, kind: 'landline', province }
  const known = parsePhoneNumberFromString(e164)
  if (!known?.isValid()) return refuse('invalid')
  return known.getType() === 'MOBILE' ? mobile(e164, national) : { ok: true, e164, national, kind: 'other' }
}

function mobile(e164: string, national: string): ParsedPhone {
  const operator = operatorOf(national)
  return { ok: true, e164, national, kind: 'mobile', ...(operator && { operator }) }
}

function parseForeign(digits: string): ParsedPhone {
  const e164 = digits.replace(/^00/, '+')
  const national = e164.slice(1)
  const known = parsePhoneNumberFromString(e164)
  if (known?.isValid()) {
    const type = known.getType()
    const kind = type === 'MOBILE' ? 'mobile' : type === 'FIXED_LINE' ? 'landline' : 'other'
    return { ok: true, e164: known.number, national: known.number.slice(1), kind }
  }
  const length = validatePhoneNumberLength(e164)
  const reason = length === 'TOO_SHORT' ? 'too_short' : length === 'TOO_LONG' ? 'too_long' : 'invalid'
  return { ok: false, reason, national }
}

/** «0912 345 6789», «021 8877 6655», «+44 7911 123456» in Latin digits; what is no known number comes back as it is. */
export function formatPhone(e164OrRaw: string): string {
  const phone = parsePhone(e164OrRaw)
  if (!phone.ok) return toLatinDigits(e164OrRaw).trim()
  const n = phone.national
  if (!phone.e164.startsWith('+98')) return parsePhoneNumberFromString(phone.e164)?.formatInternational() ?? phone.e164
  if (phone.kind === 'landline') return `0${n.slice(0, 2)} ${n.slice(2, 6)} ${n.slice(6)}`
  return `0${n.slice(0, 3)} ${n.slice(3, 6)} ${n.slice(6)}`
}
