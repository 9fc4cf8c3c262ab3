import type { ImportField } from '../../../shared/contract/imports.ts'
import { fold } from '../../../shared/domain/persian-text.ts'

/**
 * Header words as Iranian accounting programs, phone exports (Google, Outlook) and people's own sheets write them. Compared without
 * spaces, half-spaces, punctuation and digits at the end («تلفن ۲», "Phone 1 - Value").
 */
const WORDS: Record<ImportField, readonly string[]> = {
  full_name: [
    'نام و نام خانوادگی',
    'نام کامل',
    'نام مشتری',
    'نام طرف حساب',
    'طرف حساب',
    'مشتری',
    'نام شخص',
    'نام مخاطب',
    'مخاطب',
    'نام خانوادگی و نام',
    'عنوان مشتری',
    'شرح حساب',
    'نام حساب',
    'اسم',
    'اسم مشتری',
    'نام و فامیل',
    'نام فامیل',
    'نام مشترک',
    'name',
    'full name',
    'display name',
    'customer',
    'customer name',
    'contact',
    'contact name',
    'client',
    'client name',
    'fn',
  ],
  first_name: ['نام', 'نام کوچک', 'first name', 'given name', 'firstname', 'forename'],
  last_name: [
    'نام خانوادگی',
    'فامیل',
    'فامیلی',
    'نام فامیلی',
    'شهرت',
    'last name',
    'family name',
    'surname',
    'lastname',
  ],
  company_name: [
    'نام شرکت',
    'شرکت',
    'نام فروشگاه',
    'فروشگاه',
    'نام سازمان',
    'سازمان',
    'موسسه',
    'نام موسسه',
    'نام تجاری',
    'نام مغازه',
    'company name',
    'business name',
    'store',
    'shop',
  ],
  kind: ['نوع', 'نوع شخص', 'نوع مشتری', 'حقیقی حقوقی', 'حقیقی/حقوقی', 'نوع شخصیت', 'kind', 'type', 'customer type'],
  title: ['عنوان', 'پیشوند', 'لقب', 'title', 'prefix', 'name prefix', 'salutation', 'honorific prefix'],
  job: [
    'سمت',
    'شغل',
    'پست',
    'پست سازمانی',
    'سمت شغلی',
    'حرفه',
    'job',
    'job title',
    'position',
    'organization title',
    'occupation',
  ],
  works_at: [
    'محل کار',
    'شرکت محل کار',
    'سازمان محل کار',
    'works at',
    'employer',
    'company',
    'organization',
    'organization name',
    'organisation',
    'org',
  ],
  mobile: [
    'موبایل',
    'تلفن همراه',
    'همراه',
    'شماره همراه',
    'شماره موبایل',
    'تلفن موبایل',
    'گوشی',
    'شماره گوشی',
    'mobile',
    'mobile phone',
    'cell',
    'cell phone',
    'cellphone',
    'mobile number',
    'gsm',
  ],
  phone: [
    'تلفن',
    'شماره تلفن',
    'تلفن ثابت',
    'شماره',
    'شماره تماس',
    'تلفن تماس',
    'تماس',
    'تلفن منزل',
    'تلفن محل کار',
    'تلفن شرکت',
    'تلفن دفتر',
    'تلفن مغازه',
    'شماره ثابت',
    'تلفن ها',
    'تلفن‌ها',
    'phone',
    'phone number',
    'telephone',
    'tel',
    'phone value',
    'home phone',
    'work phone',
    'business phone',
    'other phone',
    'primary phone',
    'landline',
    'contact number',
  ],
  fax: ['فکس', 'نمابر', 'دورنگار', 'شماره فکس', 'fax', 'business fax', 'home fax', 'fax number'],
  email: [
    'ایمیل',
    'پست الکترونیک',
    'پست الکترونیکی',
    'رایانامه',
    'آدرس ایمیل',
    'نشانی ایمیل',
    'email',
    'e-mail',
    'email address',
    'e-mail address',
    'email value',
    'e-mail value',
    'mail',
  ],
  website: [
    'وب سایت',
    'وبسایت',
    'سایت',
    'آدرس سایت',
    'تارنما',
    'اینستاگرام',
    'website',
    'web site',
    'web page',
    'url',
    'website value',
    'homepage',
    'instagram',
  ],
  province: ['استان', 'نام استان', 'province', 'state', 'region', 'address region', 'home state', 'business state'],
  city: ['شهر', 'شهرستان', 'نام شهر', 'city', 'town', 'address city', 'home city', 'business city', 'locality'],
  address: [
    'آدرس',
    'نشانی',
    'آدرس پستی',
    'آدرس کامل',
    'آدرس منزل',
    'آدرس محل کار',
    'آدرس شرکت',
    'نشانی کامل',
    'محل سکونت',
    'address',
    'street',
    'address street',
    'home street',
    'business street',
    'street address',
    'address formatted',
    'home address',
    'business address',
    'postal address',
  ],
  postal_code: [
    'کد پستی',
    'کدپستی',
    'شماره پستی',
    'postal code',
    'zip',
    'zip code',
    'postcode',
    'address postal code',
    'home postal code',
    'business postal code',
  ],
  national_id: [
    'کد ملی',
    'کدملی',
    'شماره ملی',
    'شناسه ملی شخص',
    'کد/شناسه ملی',
    'national id',
    'national code',
    'national number',
    'ssn',
    'melli code',
  ],
  company_id: ['شناسه ملی', 'شناسه ملی شرکت', 'شناسه شرکت', 'company id', 'national company id', 'legal id'],
  economic_code: ['کد اقتصادی', 'شماره اقتصادی', 'economic code', 'tax id', 'tax number', 'vat number'],
  sheba: ['شبا', 'شماره شبا', 'کد شبا', 'sheba', 'iban'],
  card_number: ['شماره کارت', 'کارت بانکی', 'شماره کارت بانکی', 'card number', 'card', 'bank card'],
  birthday: [
    'تاریخ تولد',
    'تولد',
    'متولد',
    'ت.ت',
    'روز تولد',
    'birthday',
    'birth date',
    'date of birth',
    'dob',
    'birthdate',
    'bday',
  ],
  credit_limit: ['سقف اعتبار', 'اعتبار', 'حد اعتبار', 'میزان اعتبار', 'سقف بدهی', 'credit limit', 'credit'],
  tags: [
    'برچسب',
    'برچسب ها',
    'برچسب‌ها',
    'تگ',
    'گروه',
    'گروه مشتری',
    'دسته',
    'دسته بندی',
    'گروه ها',
    'tags',
    'tag',
    'labels',
    'label',
    'categories',
    'category',
    'group',
    'groups',
    'group membership',
  ],
  role: ['نقش', 'نقش طرف حساب', 'role', 'roles', 'party role'],
  source: [
    'نحوه آشنایی',
    'نحوهٔ آشنایی',
    'معرف',
    'روش آشنایی',
    'منبع',
    'source',
    'lead source',
    'how found',
    'referral',
  ],
  note: [
    'توضیحات',
    'توضیح',
    'یادداشت',
    'یادداشت ها',
    'ملاحظات',
    'شرح',
    'نکته',
    'note',
    'notes',
    'comment',
    'comments',
    'description',
    'remarks',
    'memo',
  ],
}

/** Folded, without anything but letters, and without the number that tells repeated columns apart. */
export function headerKey(text: string): string {
  return fold(text)
    .replace(/^\ufeff/, '')
    .replace(/[^\p{L}]/gu, '')
}

function dictionary(): Map<string, ImportField> {
  const map = new Map<string, ImportField>()
  for (const [field, words] of Object.entries(WORDS) as Array<[ImportField, readonly string[]]>) {
    for (const word of words) map.set(headerKey(word), field)
  }
  return map
}
const BY_HEADER: ReadonlyMap<string, ImportField> = dictionary()

export function fieldOfHeader(header: string): ImportField | null {
  const key = headerKey(header)
  if (key === '') return null
  const exact = BY_HEADER.get(key)
  if (exact) return exact
  // «موبایل مشتری», «آدرس ۱ (منزل)», «شماره همراه اصلی»: the longest word of the dictionary that it starts or ends with.
  let best: { field: ImportField; length: number } | null = null
  for (const [word, field] of BY_HEADER) {
    if (word.length < 4 || word.length <= (best?.length ?? 0)) continue
    if (key.startsWith(word) || key.endsWith(word)) best = { field, length: word.length }
  }
  return best?.field ?? null
}

const VALUE_LIKE = /\d{7,}|@/

/**
 * Which of the first rows is the header: the first one that the dictionary knows two cells of (a title may stand above it), else the
 * first one if it holds no phone or e-mail, else none (null): then every row is data.
 */
export function headerRowOf(rows: string[][]): number | null {
  for (let i = 0; i < Math.min(rows.length, 10); i++) {
    const cells = (rows[i] ?? []).filter((c) => c.trim() !== '')
    const known = cells.filter((c) => c.length < 40 && BY_HEADER.has(headerKey(c)))
    if (known.length >= 2 || (known.length === 1 && cells.length === 1 && i === 0)) return i
  }
  const first = rows.findIndex((row) => row.some((c) => c.trim() !== ''))
  if (first < 0) return null
  return rows[first]!.some((c) => VALUE_LIKE.test(c.replace(/[۰-۹٠-٩]/g, '0').replace(/[\s-]/g, ''))) ? null : first
}
