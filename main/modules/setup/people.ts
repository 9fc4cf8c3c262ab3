import type { CustomerInput } from '../../../shared/contract/customers.ts'
import { FAMILY_NAMES } from '../../../shared/data/family-names.ts'
import { FEMALE_NAMES, MALE_NAMES } from '../../../shared/data/given-names.ts'
import { CITIES, type City, PROVINCES, type Province } from '../../../shared/data/places.ts'
import type { Random } from './random.ts'

type Channel = NonNullable<CustomerInput['channels']>[number]
type Address = NonNullable<CustomerInput['addresses']>[number]

/** Inhabitants in ten thousands by province id (census of 1395), so that Tehran is as frequent in sample data as in life. */
const INHABITANTS: Readonly<Record<number, number>> = {
  1: 391,
  2: 327,
  3: 127,
  4: 512,
  5: 271,
  6: 58,
  7: 116,
  8: 1327,
  9: 95,
  10: 77,
  11: 643,
  12: 86,
  13: 471,
  14: 106,
  15: 70,
  16: 278,
  17: 485,
  18: 127,
  19: 129,
  20: 160,
  21: 316,
  22: 195,
  23: 71,
  24: 187,
  25: 253,
  26: 176,
  27: 328,
  28: 143,
  29: 178,
  30: 174,
  31: 114,
}
const SUM = PROVINCES.reduce((sum, p) => sum + (INHABITANTS[p.id] ?? 0), 0)
const CITIES_OF = new Map<number, City[]>(PROVINCES.map((p) => [p.id, CITIES.filter((c) => c.province === p.id)]))

export interface Place {
  province: Province
  city: string
}

export function somePlace(random: Random): Place {
  let at = random.next() * SUM
  const province =
    PROVINCES.find((p) => {
      at -= INHABITANTS[p.id] ?? 0
      return at < 0
    }) ?? PROVINCES[0]!
  const city = random.chance(0.6) ? province.capital : random.pick(CITIES_OF.get(province.id)!).name
  return { province, city }
}

export interface PersonName {
  first_name: string
  last_name: string
  female: boolean
}

export function someName(random: Random): PersonName {
  const female = random.chance(0.46)
  const first_name = random.common(female ? FEMALE_NAMES : MALE_NAMES)
  let last_name = random.common(FAMILY_NAMES)
  // A part of the families adds where it comes from, as identity cards do.
  if (random.chance(0.06)) last_name += ` ${random.pick(ORIGINS)}`
  return { first_name, last_name, female }
}
const ORIGINS = [
  'تهرانی',
  'اصفهانی',
  'شیرازی',
  'تبریزی',
  'خراسانی',
  'یزدی',
  'کرمانی',
  'زنجانی',
  'قمی',
  'همدانی',
  'گیلانی',
  'نژاد',
  'فرد',
  'اصل',
  'پور',
  'مقدم',
]

const MOBILE_PREFIXES = [
  '912',
  '912',
  '912',
  '935',
  '936',
  '937',
  '919',
  '910',
  '911',
  '913',
  '914',
  '915',
  '916',
  '917',
  '918',
  '901',
  '902',
  '903',
  '933',
  '938',
  '939',
  '920',
  '921',
  '922',
  '990',
  '991',
]

export function someMobile(random: Random): string {
  return `0${random.pick(MOBILE_PREFIXES)}${random.int(1, 9)}${random.digits(6)}`
}

export function someLandline(random: Random, province: Province): string {
  return `0${province.areaCode}${random.int(3, 8)}${random.digits(7)}`
}

export const mobile = (value: string): Channel => ({ kind: 'phone', type: 'mobile', value })
export const landline = (value: string, type: 'work' | 'home' = 'work'): Channel => ({ kind: 'phone', type, value })

const STREETS = [
  'خیابان امام',
  'خیابان انقلاب',
  'خیابان شریعتی',
  'خیابان ولیعصر',
  'بلوار کشاورز',
  'خیابان بهشتی',
  'خیابان مطهری',
  'بلوار معلم',
  'خیابان سعدی',
  'خیابان فردوسی',
  'خیابان حافظ',
  'میدان آزادی',
  'خیابان طالقانی',
  'بلوار جمهوری',
  'شهرک صنعتی',
  'خیابان دانشگاه',
  'کوی فرهنگیان',
  'خیابان کاشانی',
  'خیابان باهنر',
  'خیابان مدرس',
]
const ALLEYS = [
  'کوچهٔ یاس',
  'کوچهٔ لاله',
  'کوچهٔ شهید محمدی',
  'بن‌بست اول',
  'کوچهٔ نسترن',
  'کوچهٔ بهار',
  'کوچهٔ شهید کریمی',
  'پاساژ مرکزی',
  'کوچهٔ مسجد',
  'نبش چهارراه',
]

export function someAddress(random: Random, place: Place, type: Address['type']): Address {
  const full = random.chance(0.7)
  const street = `${random.pick(STREETS)}، ${random.pick(ALLEYS)}، پلاک ${random.int(1, 320)}${random.chance(0.4) ? `، واحد ${random.int(1, 12)}` : ''}`
  return {
    type,
    province: place.province.name,
    city: place.city,
    address: full ? street : null,
    postal_code: full && random.chance(0.4) ? `${random.int(11, 99)}${random.digits(8)}`.replaceAll('0', '1') : null,
  }
}

/** Ten digits with the right check digit. */
export function someNationalId(random: Random): string {
  const head = `${random.int(0, 6)}${random.digits(8)}`
  let sum = 0
  for (let i = 0; i < 9; i++) sum += Number(head[i]) * (10 - i)
  const rest = sum % 11
  return head + (rest < 2 ? rest : 11 - rest)
}

/** Eleven digits with the right check digit. */
export function someCompanyId(random: Random): string {
  const head = `10${random.int(1, 9)}${random.digits(6)}${random.int(1, 9)}`
  const weights = [29, 27, 23, 19, 17, 29, 27, 23, 19, 17]
  const add = Number(head[9]) + 2
  const sum = weights.reduce((s, w, i) => s + (Number(head[i]) + add) * w, 0)
  return head + ((sum % 11) % 10)
}

export function someBirth(random: Random): Pick<CustomerInput, 'birth_jy' | 'birth_jm' | 'birth_jd'> {
  const jm = random.int(1, 12)
  return {
    birth_jy: random.chance(0.8) ? random.int(1325, 1385) : null,
    birth_jm: jm,
    birth_jd: random.int(1, jm === 12 ? 29 : 30),
  }
}

const LATIN: Readonly<Record<string, string>> = {
  ا: 'a',
  آ: 'a',
  ب: 'b',
  پ: 'p',
  ت: 't',
  ث: 's',
  ج: 'j',
  چ: 'ch',
  ح: 'h',
  خ: 'kh',
  د: 'd',
  ذ: 'z',
  ر: 'r',
  ز: 'z',
  ژ: 'zh',
  س: 's',
  ش: 'sh',
  ص: 's',
  ض: 'z',
  ط: 't',
  ظ: 'z',
  ع: 'a',
  غ: 'gh',
  ف: 'f',
  ق: 'gh',
  ک: 'k',
  گ: 'g',
  ل: 'l',
  م: 'm',
  ن: 'n',
  و: 'o',
  ه: 'h',
  ی: 'i',
}

export function someEmail(random: Random, name: PersonName): string {
  const latin = [...name.last_name].map((c) => LATIN[c] ?? '').join('')
  return `${latin || 'user'}${random.int(1, 9999)}@${random.pick(['gmail.com', 'yahoo.com', 'chmail.ir', 'example.ir'])}`
}
