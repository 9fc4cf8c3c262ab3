import { addDays, type IsoDay, isIsoDay, parseDay, toJalali } from '../../../shared/domain/jalali.ts'
import type { PartyKind, PartyRole } from '../../../shared/domain/party.ts'
import { fold, tidy, toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { parsePhone } from '../../../shared/domain/phone.ts'

/** Several values in one cell: on lines of their own, or parted by comma, semicolon, slash, bar or «و». */
export function phonesIn(cell: string): string[] {
  const pieces = tidy(cell)
    .split(/[\n;,،؛|]+|\s+و\s+|\s:::\s/)
    .flatMap((p) => slashed(p.trim()))
    .filter((p) => p !== '')
  return [...new Set(pieces)]
}

/** «021-88776655/56» and «0912.../0935...»: a slash parts numbers only where each side is one. */
function slashed(piece: string): string[] {
  const parts = piece.split(/\s*[/\\]\s*|\s+-\s+/)
  if (parts.length > 1 && parts.every((p) => toLatinDigits(p).replace(/\D/g, '').length >= 7)) return parts
  const spaced = piece.split(/\s+/)
  return spaced.length > 1 && spaced.every((p) => parsePhone(p).ok) ? spaced : [piece]
}

export function listIn(cell: string): string[] {
  const items = tidy(cell)
    .split(/[\n;,،؛|]+|\s:::\s/)
    // Google marks its own groups with an asterisk (* myContacts).
    .filter((s) => !/^\s*\*\s/.test(s))
    .map((s) => s.trim().replace(/^#/, ''))
    .filter((s) => s !== '')
  return [...new Set(items)]
}

/** Excel drops the zeros in front of what it takes for a number; `length` is what the number must have. */
export function withZeros(value: string, length: number): string {
  const digits = toLatinDigits(value).replace(/[\s\u200c-]/g, '')
  return /^\d+$/.test(digits) && digits.length < length && digits.length >= length - 3
    ? digits.padStart(length, '0')
    : value
}

export interface Birth {
  jy: number | null
  jm: number
  jd: number
}

/** A year with the right days for a birthday that has none: 20 March is 30 Esfand only in a leap year. */
const ANY_YEAR = 2023

/** Jalali or Gregorian text, an Excel serial, a vCard day (19900521, --0521), or month and day alone; null when it is none of them. */
export function birthIn(cell: string, today: IsoDay): Birth | null {
  const text = toLatinDigits(tidy(cell)).replace(/T\d{2}[:\d.Z+-]*$/i, '')
  const yearless = /^--(\d{2})-?(\d{2})$/.exec(text)
  if (yearless) {
    const iso = `${ANY_YEAR}-${yearless[1]}-${yearless[2] === '29' && yearless[1] === '02' ? '28' : yearless[2]}`
    if (!isIsoDay(iso)) return null
    const { jm, jd } = toJalali(iso)
    return { jy: null, jm, jd }
  }
  const iso = fromSerial(text) ?? parseDay(text, today)
  if (iso === null || iso > today) return null
  try {
    return toJalali(iso)
  } catch {
    return null
  }
}

/** Days since 1899-12-30, as Excel counts; only for days of living people's births. */
function fromSerial(text: string): IsoDay | null {
  if (!/^\d{4,5}(\.\d+)?$/.test(text)) return null
  const n = Math.floor(Number(text))
  return n >= 3_000 && n < 60_000 ? addDays('1899-12-30', n) : null
}

const COMPANY_KIND = /(شرکت|حقوقی|سازمان|موسسه|فروشگاه|company|legal|business|org)/i
const PERSON_KIND = /(شخص|حقیقی|فرد|person|individual|natural)/i
export function kindIn(cell: string): PartyKind | null {
  const text = fold(cell)
  if (COMPANY_KIND.test(text)) return 'company'
  return PERSON_KIND.test(text) ? 'person' : null
}

/** Names that can only be of a company: what stands in front, or the legal form behind. */
const COMPANY_NAME =
  /^(شرکت|موسسه|بازرگانی|صنایع|کارخانه|کارخانجات|گروه صنعتی|هلدینگ|بانک|بیمه|تعاونی|اتحادیه|سازمان|اداره|شهرداری|دانشگاه|بیمارستان|درمانگاه|کلینیک|داروخانه|مدرسه|دبیرستان|دبستان|اموزشگاه|هتل|رستوران|فروشگاه|سوپرمارکت|هایپرمارکت|پخش|تولیدی|نمایندگی|دفتر|انتشارات|چاپخانه)\s/
const COMPANY_END =
  /(\s(سهامی خاص|سهامی عام|با مسئولیت محدود|با مسوولیت محدود)|\b(co|ltd|inc|llc|gmbh|company|corp)\.?)$/i
export function isCompanyName(name: string): boolean {
  const text = fold(name).replaceAll('\u200c', ' ').replace(/[()]/g, '').trim()
  return COMPANY_NAME.test(text) || COMPANY_END.test(text)
}

const ROLE_WORDS: ReadonlyArray<readonly [PartyRole, RegExp]> = [
  ['customer', /(مشتری|خریدار|customer|client|buyer)/i],
  ['supplier', /(تامین|فروشنده|supplier|vendor)/i],
  ['partner', /(همکار|شریک|نماینده|partner|agent)/i],
  ['staff', /(پرسنل|کارمند|کارکنان|staff|employee)/i],
]
export function rolesIn(cell: string): PartyRole[] {
  const text = fold(cell)
  return ROLE_WORDS.filter(([, word]) => word.test(text)).map(([role]) => role)
}

/** «جناب آقای» and the like in front of a name belong to the title, not to the name. */
const TITLES =
  /^((?:جناب\s+|سرکار\s+)?(?:آقای|آقا|خانم|خانوم|دکتر|مهندس|استاد|حاج آقا|حاجی|حاج)(?:\s+(?:دکتر|مهندس))?)\s+(?=\S)/
export function withoutTitle(name: string): { title: string | null; name: string } {
  const found = TITLES.exec(name)
  return found ? { title: found[1]!, name: name.slice(found[0].length) } : { title: null, name }
}
