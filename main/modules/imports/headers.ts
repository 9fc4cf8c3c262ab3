import type { ImportField } from '../../../shared/contract/imports.ts'
import { fold } from '../../../shared/domain/persian-text.ts'

/**
 * Header words as Iranian accounting programs, phone exports (Google, Outlook) and people's own sheets write them. Compared without
 * spaces, half-spaces, punctuation and digits («تلفن ۲», "Phone 1 - Value"). One string a field; words are parted by bars.
 */
const WORDS: Record<ImportField, string> = {
  full_name:
    'نام و نام خانوادگی|نام کامل|نام مشتری|نام طرف حساب|طرف حساب|مشتری|نام شخص|شخص|نام مخاطب|مخاطب|' +
    'نام خانوادگی و نام|عنوان مشتری|عنوان طرف حساب|شرح حساب|نام حساب|عنوان حساب|عنوان تفصیلی|نام تفصیلی|اسم|' +
    'اسم مشتری|اسم و فامیل|نام و فامیل|نام و فامیلی|نام فامیل|نام مشترک|مشترک|نام مستعار|نام نمایشی|' +
    'نام خریدار|خریدار|نام گیرنده|گیرنده|نام اشخاص|اشخاص|نام عضو|نام بیمار|نام دانش آموز|نام هنرجو|نام کاربر|' +
    'نام و نام خانوادگی خریدار|name|full name|fullname|display name|file as|customer|customer name|contact|' +
    'contact name|client|client name|party name|account name|buyer|recipient|recipient name|fn|' +
    'vollständiger name|ad soyad|الاسم|الاسم الكامل',
  first_name:
    'نام|نام کوچک|اسم کوچک|نام صورتحساب|first name|given name|firstname|forename|billing first name|vorname|' +
    'الاسم الأول',
  last_name:
    'نام خانوادگی|فامیل|فامیلی|نام فامیلی|شهرت|نام خانوادگی صورتحساب|last name|family name|surname|lastname|' +
    'billing last name|nachname|soyad|اسم العائلة',
  company_name:
    'نام شرکت|شرکت|نام فروشگاه|فروشگاه|نام سازمان|سازمان|موسسه|نام موسسه|نام تجاری|نام مغازه|مغازه|' +
    'نام واحد صنفی|نام کسب و کار|نام حقوقی|company name|business name|store|store name|shop|shop name|' +
    'legal name|billing company',
  kind:
    'نوع|نوع شخص|نوع مشتری|حقیقی حقوقی|حقیقی/حقوقی|حقوقی/حقیقی|نوع شخصیت|ماهیت شخص|kind|type|customer type|' +
    'party type',
  title: 'عنوان|پیشوند|پیشوند نام|لقب|title|prefix|name prefix|salutation|honorific prefix|anrede',
  job:
    'سمت|شغل|پست|پست سازمانی|سمت شغلی|سمت سازمانی|عنوان شغلی|حرفه|job|job title|position|organization title|' +
    'organisation title|occupation|profession|role title',
  works_at:
    'محل کار|نام محل کار|شرکت محل کار|سازمان محل کار|کارفرما|works at|employer|company|organization|' +
    'organization name|organisation|organisation name|org|firma',
  mobile:
    'موبایل|تلفن همراه|همراه|شماره همراه|شماره موبایل|موبایل خریدار|تلفن موبایل|گوشی|شماره گوشی|گوشی همراه|' +
    'تلفن همراه خریدار|موبایل صورتحساب|mobile|mobile phone|mobile number|cell|cell phone|cellphone|' +
    'phone mobile|gsm|mobiltelefon|الجوال|رقم الجوال',
  phone:
    'تلفن|شماره تلفن|تلفن ثابت|شماره|شماره تماس|ش تماس|ش تلفن|شماره های تماس|تلفن تماس|تلفن های تماس|تماس|تلفن منزل|' +
    'تلفن خانه|تلفن محل کار|تلفن کار|تلفن شرکت|تلفن دفتر|تلفن مغازه|تلفن فروشگاه|تلفن اصلی|سایر تلفن ها|' +
    'تلفن دیگر|شماره ثابت|شماره منزل|تلفن ها|شماره تماس گیرنده|تلفن صورتحساب|تلفکس|phone|phones|phone number|' +
    'telephone|telephone number|tel|phone value|home phone|work phone|business phone|other phone|' +
    'primary phone|company main phone|car phone|callback|assistants phone|phone home|phone work|phone other|' +
    'phone main|landline|contact number|billing phone|telefon|telefon geschäftlich|telefon privat|الهاتف|' +
    'رقم الهاتف',
  fax:
    'فکس|نمابر|دورنگار|شماره فکس|فاکس|fax|business fax|home fax|other fax|work fax|fax number|fax home|' +
    'fax work|telefax',
  email:
    'ایمیل|ایمیل شخصی|ایمیل دیگر|home email|other email|پست الکترونیک|پست الکترونیکی|رایانامه|آدرس ایمیل|نشانی ایمیل|آدرس پست الکترونیک|' +
    'آدرس پست الکترونیکی|نشانی پست الکترونیکی|ایمیل صورتحساب|email|e-mail|emails|email address|e-mail address|' +
    'email value|e-mail value|primary email|secondary email|email home|email work|mail|billing email|' +
    'billing email address|البريد الإلكتروني',
  website:
    'وب سایت|وبسایت|سایت|آدرس سایت|آدرس وب سایت|صفحه وب|تارنما|اینستاگرام|آیدی اینستاگرام|پیج اینستاگرام|' +
    'تلگرام|آیدی تلگرام|واتساپ|پیام رسان بله|پیام رسان ایتا|پیام رسان روبیکا|پیوند دیگر|whatsapp|bale messenger|eitaa|rubika|other link|website|web site|web page|web page url|url|website value|homepage|personal web page|' +
    'business web page|instagram|telegram|webseite',
  address_type: 'نوع نشانی|نوع آدرس|address type',
  province:
    'استان|نام استان|استان محل کار|استان محل سکونت|استان صورتحساب|province|state|region|address region|' +
    'home state|business state|work state|other state|billing state|state province',
  city:
    'شهر|شهرستان|نام شهر|شهر محل کار|شهر محل سکونت|شهر منزل|شهر سکونت|شهر صورتحساب|city|town|address city|' +
    'home city|business city|work city|other city|billing city|locality|ort|المدينة',
  address:
    'آدرس|نشانی|آدرس پستی|آدرس کامل|آدرس منزل|آدرس خانه|آدرس محل کار|آدرس شرکت|آدرس فروشگاه|آدرس گیرنده|' +
    'نشانی کامل|نشانی منزل|نشانی محل کار|نشانی پستی|محل سکونت|خیابان|خیابان محل کار|خیابان منزل|آدرس صورتحساب|' +
    'address|street|address street|home street|business street|work street|other street|street address|' +
    'address formatted|home address|business address|work address|other address|postal address|' +
    'billing address|full address|straße|العنوان',
  postal_code:
    'کد پستی|کدپستی|شماره پستی|کد پستی منزل|کد پستی محل کار|کد پستی صورتحساب|postal code|zip|zip code|zipcode|' +
    'postcode|address postal code|home postal code|business postal code|other postal code|home zip code|' +
    'work zip code|billing postcode|plz',
  national_id:
    'کد ملی|کدملی|شماره ملی|شناسه ملی شخص|کد/شناسه ملی|شناسه/کد ملی|کد ملی شناسه ملی|شناسه ملی کد ملی|' +
    'کد ملی مشتری|ش ملی|national id|national code|national number|ssn|melli code|government id number',
  company_id: 'شناسه ملی|شناسه ملی شرکت|شناسه شرکت|شناسه ملی حقوقی|company id|national company id|legal id',
  economic_code:
    'کد اقتصادی|شماره اقتصادی|شناسه اقتصادی|کد مالیاتی|شناسه مالیاتی|شماره مالیاتی|economic code|' +
    'economic number|tax id|tax number|vat number',
  registration_number: 'شماره ثبت|شماره ثبت شرکت|registration number|registration no',
  sheba: 'شبا|شماره شبا|کد شبا|sheba|shaba|iban',
  card_number: 'شماره کارت|کارت بانکی|شماره کارت بانکی|card number|card|bank card',
  birthday:
    'تاریخ تولد|تولد|متولد|ت.ت|ت تولد|روز تولد|سال تولد|ماه تولد|تاریخ تولد مشتری|birthday|birth date|' +
    'date of birth|dob|birthdate|bday|birth year|birth month|birth day|geburtstag|doğum tarihi|تاريخ الميلاد',
  credit_limit: 'سقف اعتبار|اعتبار|حد اعتبار|میزان اعتبار|اعتبار مالی|سقف بدهی|سقف اعتبار مشتری|credit limit|credit',
  tags:
    'برچسب|برچسب ها|تگ|تگ ها|دسته|دسته بندی|دسته بندی مشتری|صنف|tags|tag|labels|label|categories|category|' +
    'group membership|kategorien',
  groups:
    'گروه|گروه ها|گروه مشتری|گروه های مشتری|گروه مشتریان|گروه شخص|گروه طرف حساب|گروه اشخاص|گروه بندی|' +
    'گروه بندی مشتریان|group|groups|customer group|customer groups',
  role: 'نقش|نقش طرف حساب|نوع طرف حساب|role|roles|party role',
  source:
    'نحوه آشنایی|نحوهٔ آشنایی|معرف|نام معرف|روش آشنایی|طریقه آشنایی|منبع|منبع آشنایی|source|lead source|' +
    'how found|referral|referred by',
  note:
    'توضیحات|توضیح|یادداشت|یادداشت ها|ملاحظات|شرح|نکته|توضیحات تکمیلی|سایر توضیحات|note|notes|comment|' +
    'comments|description|remarks|memo|notizen',
}

/** Columns that such files have and a customer has no place for; without this «کد مشتری» would be taken for the customer's name. */
const OTHER =
  'کد|کد مشتری|کد طرف حساب|کد شخص|کد حساب|کد حسابداری|کد تفصیلی|کد معین|کد اشتراک|کد کاربر|کد عضویت|کد گروه|' +
  'کد شهر|کد استان|ردیف|شماره ردیف|شناسه|شناسه مشتری|شناسه طرف حساب|شماره مشتری|شماره حساب|شماره اشتراک|' +
  'شماره پرونده|شماره قرارداد|شماره فاکتور|شماره سفارش|شماره شناسنامه|شماره ثبت|شماره عضویت|شماره کاربری|' +
  'نام کاربری|کاربر|نام پدر|نام بانک|نام کالا|نام گروه|نام معین|نام کل|نام خانوادگی قبلی|نام لاتین|' +
  'نام انگلیسی|محل صدور|محل تولد|جنسیت|وضعیت|وضعیت تاهل|وضعیت مشتری|مانده|مانده حساب|مانده بدهی|بدهکار|' +
  'بستانکار|بدهی|طلب|گردش بدهکار|گردش بستانکار|تشخیص|ماهیت|ماهیت حساب|امتیاز|کیف پول|تعداد خرید|تعداد سفارش|' +
  'تعداد مشتری|مبلغ|مبلغ کل|مبلغ خرید|آخرین خرید|تاریخ|تاریخ ثبت|تاریخ عضویت|تاریخ ایجاد|تاریخ ثبت نام|' +
  'تاریخ آخرین خرید|تاریخ سفارش|تاریخ ازدواج|سالگرد ازدواج|زمان ثبت|آخرین تغییر|آخرین تماس|تماس بعدی|مسئول|رابطه ها|لیست سیاه|دلیل لیست سیاه|بازاریاب|ویزیتور|نام ویزیتور|مسیر|منطقه|' +
  'کشور|تصویر|عکس|امضا|فعال|غیرفعال|لیست قیمت|نرخ|تخفیف|واحد|id|uid|uuid|no|row|code|customer code|' +
  'customer id|account|account number|number|index|status|gender|sex|age|balance|debit|credit balance|' +
  'created at|created|added at|last change|last contact|next contact|owner|relations|blacklist|blacklist reason|updated at|date|registration date|last order|orders|total spent|photo|picture|image|' +
  'phone label|phone type|email label|email type|email display name|address label|address type|' +
  'address country|address po box|address extended address|organization label|organization type|' +
  'organization department|organization symbol|organization yomi name|organization location|' +
  'organization job description|website label|website type|event label|event type|event value|' +
  'relation label|relation type|relation value|custom field label|custom field type|custom field value|' +
  'im type|im service|im value|phonetic first name|phonetic middle name|phonetic last name|phonetic name|' +
  'yomi name|given name yomi|additional name yomi|family name yomi|name suffix|suffix|initials|nickname|' +
  'short name|maiden name|department|department name|business country region|home country region|' +
  'other country region|home country|work country|business country|other country|country|' +
  'business address po box|home address po box|other address po box|pager|pager number|isdn|telex|' +
  'radio phone|ttytdd phone|assistants name|managers name|manager|spouse|children|anniversary|hobby|' +
  'language|location|office location|mileage|keywords|billing information|directory server|sensitivity|' +
  'subject|private|priority|user|custom|screen name|organizational id number|internet free busy|' +
  'shipping address|shipping city|shipping state|shipping postcode|shipping first name|shipping last name|' +
  'username|user name|user login|user id|password'

/** Words that say what a column is only where they stand alone: «شماره پرونده» is no phone. */
const ALONE =
  'شماره|نام|نوع|عنوان|شرح|گروه|گروه ها|تماس|شرکت|شخص|مشتری|مشترک|گیرنده|خریدار|مخاطب|اشخاص|اعتبار|پست|همراه|سایت|' +
  'دسته|منبع|معرف|سمت|نقش|تولد|خیابان|مغازه|فروشگاه|سازمان|موسسه|name|title|type|kind|label|group|groups|' +
  'role|roles|source|card|credit|state|region|street|customer|contact|client|store|shop|mail|cell|note|' +
  'company|position|profession|account|number|code|date|user|custom|country|row|index|status|age|private|' +
  'subject|location|language|manager|department|orders|suffix|image|photo|picture|created|کد|تاریخ|ردیف|' +
  'مبلغ|نرخ|واحد|مسیر|منطقه|کشور|کاربر|فعال|تصویر|عکس|امضا|بدهی|طلب|شناسه|وضعیت|ماهیت|تشخیص|مانده'

/** Folded, without anything but letters, and without the number that tells repeated columns apart. */
export function headerKey(text: string): string {
  return fold(text)
    .replace(/^\ufeff/, '')
    .replace(/[^\p{L}]/gu, '')
}

function dictionary(): Map<string, ImportField | null> {
  const map = new Map<string, ImportField | null>()
  for (const word of OTHER.split('|')) map.set(headerKey(word), null)
  for (const [field, words] of Object.entries(WORDS) as Array<[ImportField, string]>) {
    for (const word of words.split('|')) map.set(headerKey(word), field)
  }
  return map
}
const BY_HEADER: ReadonlyMap<string, ImportField | null> = dictionary()
const ONLY_ALONE: ReadonlySet<string> = new Set(ALONE.split('|').map(headerKey))

/** What a header says its column is; null where it says nothing, or something a customer has no place for. */
export function fieldOfHeader(header: string): ImportField | null {
  return lookUp(header)?.field ?? null
}

/** The dictionary knows it, also as a column that is not brought in («ردیف», «مانده»). */
export function isHeaderWord(text: string): boolean {
  return text.length < 60 && lookUp(text) !== null
}

/** The header is known to be of a column that is not brought in: its values must not make a phone or a birthday of it. */
export function isOtherHeader(header: string): boolean {
  const found = lookUp(header)
  return found !== null && found.field === null
}

/** «Middle Name» and its like: goes behind the first name. */
export const isMiddleName = (header: string): boolean => MIDDLE.has(headerKey(header))
const MIDDLE = new Set(['middle name', 'additional name', 'نام میانی', 'نام دوم'].map(headerKey))

/** What such a header begins with is no phone, name or address, whatever follows: «تاریخ ثبت مشتری», «تعداد تماس». */
const COUNTING = /^(کد|تاریخ|تعداد|مبلغ|مانده|وضعیت|جمع|شماره|نوع|کل|date|total|number|count)/

/** «نقش‌ها», «شماره‌های موبایل», "cities": what one of them would be called. Only whole words of the dictionary are looked for so. */
const singular = (key: string) =>
  key.replace(/های?/g, '').replace(/(?:(?<=[a-z]{2})ies|(?<=[a-z]{2})s)$/, (end) => (end === 'ies' ? 'y' : ''))

function lookUp(header: string): { field: ImportField | null } | null {
  const key = headerKey(header)
  if (key === '') return null
  const exact = BY_HEADER.get(key) ?? (BY_HEADER.has(key) ? null : BY_HEADER.get(singular(key)))
  if (exact !== undefined) return { field: exact }
  if (MIDDLE.has(key)) return { field: null }
  // «موبایل مشتری», «آدرس ۱ (منزل)», «شماره همراه اصلی»: the longest word of the dictionary that it starts or ends with.
  let best: { field: ImportField | null; length: number } | null = null
  for (const [word, field] of BY_HEADER) {
    if (word.length < 4 || word.length <= (best?.length ?? 0) || ONLY_ALONE.has(word)) continue
    if (key.startsWith(word) || (key.endsWith(word) && !COUNTING.test(key))) best = { field, length: word.length }
  }
  return best
}
