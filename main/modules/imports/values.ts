import type { PartyKind, PartyRole } from '../../../shared/domain/party.ts'
import { fold, tidy } from '../../../shared/domain/persian-text.ts'

export function listIn(cell: string): string[] {
  const text = tidy(cell)
  // Where a program parts its values by a sign that nobody types, the others are part of them.
  const items = text
    .split(text.includes(':::') ? /\s*:::\s*/ : /[\n;,،؛|]+/)
    // Google marks its own groups with an asterisk (* myContacts).
    .filter((s) => !/^\s*\*\s/.test(s))
    .map((s) => s.trim().replace(/^#/, ''))
    .filter((s) => s !== '')
  return [...new Set(items)]
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
