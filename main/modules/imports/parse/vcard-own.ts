import type { ImportField } from '../../../../shared/contract/imports.ts'
import type { Vcard, VcardProperty } from './vcard.ts'

type Column = readonly [header: string, field: ImportField]

/** Parts values that share a cell, whatever signs are in them. */
const BETWEEN = ' ::: '
const ADDRESSES = 5
const PHONES = { cell: 'Mobile', work: 'Work phone', home: 'Home phone', fax: 'Fax', 'x-other': 'Other phone' } as const
const EMAILS = { work: 'Email', home: 'Home email', 'x-other': 'Other email' } as const
const LINKS = {
  website: 'Website',
  instagram: 'Instagram',
  telegram: 'Telegram',
  whatsapp: 'WhatsApp',
  bale: 'Bale messenger',
  eitaa: 'Eitaa',
  rubika: 'Rubika',
  other: 'Other link',
} as const

/** The columns of Daftar's own cards: named as in its own tables, so that a header says the same in both. */
export const OWN_COLUMNS: readonly Column[] = [
  ['Kind', 'kind'],
  ['Title', 'title'],
  ['First name', 'first_name'],
  ['Last name', 'last_name'],
  ['Company name', 'company_name'],
  ['Works at', 'works_at'],
  ['Job', 'job'],
  ...Object.entries(PHONES).map(
    ([type, header]): Column => [header, type === 'cell' ? 'mobile' : type === 'fax' ? 'fax' : 'phone'],
  ),
  ...Object.values(EMAILS).map((header): Column => [header, 'email']),
  ...Object.values(LINKS).map((header): Column => [header, 'website']),
  ...Array.from({ length: ADDRESSES }, (): Column[] => [
    ['Address type', 'address_type'],
    ['Province', 'province'],
    ['City', 'city'],
    ['Address', 'address'],
    ['Postal code', 'postal_code'],
  ]).flat(),
  ['National ID', 'national_id'],
  ['Company ID', 'company_id'],
  ['Economic code', 'economic_code'],
  ['Registration number', 'registration_number'],
  ['Sheba', 'sheba'],
  ['Card number', 'card_number'],
  ['Birthday', 'birthday'],
  ['Credit limit (rial)', 'credit_limit'],
  ['Role', 'role'],
  ['Tags', 'tags'],
  ['Customer groups', 'groups'],
  ['Source', 'source'],
  ['Notes', 'note'],
]

/** The cells of a card that Daftar itself wrote (main/modules/exports/vcard.ts), which says more than other programs do; null: it did not. */
export function ownCells(card: Vcard): string[] | null {
  if (!card.properties.some((p) => p.name === 'PRODID' && p.value.startsWith('-//Daftar//'))) return null
  const all = (name: string) => card.properties.filter((p) => p.name === name && p.value !== '')
  const value = (name: string) => all(name)[0]?.value ?? ''
  const own = (name: string) => value(`X-DAFTAR-${name}`)
  const isCompany = value('KIND') === 'org'
  const name = all('N')[0]?.parts ?? []
  const of = (list: VcardProperty[], type: string) => joined(list.filter((p) => p.types.includes(type)))
  const urls = all('URL')
  const addresses = all('ADR').map(addressCells)
  const beyond = addresses.slice(ADDRESSES).map((cells) => cells.slice(1).filter(Boolean).join('، '))
  return [
    isCompany ? 'company' : 'person',
    isCompany ? own('TITLE') : (name[3] ?? ''),
    name[1] ?? '',
    name[0] ?? '',
    isCompany ? value('ORG') : own('COMPANY-NAME'),
    isCompany ? '' : value('ORG'),
    isCompany ? '' : value('TITLE'),
    ...Object.keys(PHONES).map((type) =>
      all('TEL')
        .filter((p) => p.types.includes(type))
        .map((p) => p.value)
        .join('\n'),
    ),
    ...Object.keys(EMAILS).map((type) =>
      all('EMAIL')
        .filter((p) => p.types.includes(type))
        .map((p) => p.value)
        .join('\n'),
    ),
    ...Object.keys(LINKS).map((type) => (type === 'website' ? joined(urls) : of(all('X-SOCIALPROFILE'), type))),
    ...Array.from({ length: ADDRESSES }, (_, i) => addresses[i] ?? ['', '', '', '', '']).flat(),
    ...['NATIONAL-ID', 'COMPANY-ID', 'ECONOMIC-CODE', 'REGISTRATION-NUMBER', 'SHEBA', 'CARD-NUMBER'].map(own),
    own('BIRTHDAY'),
    own('CREDIT-LIMIT'),
    own('ROLES'),
    own('TAGS') || value('CATEGORIES'),
    own('GROUPS'),
    own('SOURCE'),
    [value('NOTE'), ...beyond].filter(Boolean).join('\n'),
  ]
}

const joined = (list: VcardProperty[]) =>
  list.length === 0 ? '' : `${list.map((p) => p.value).join(BETWEEN)}${list.length === 1 ? BETWEEN.trimEnd() : ''}`

function addressCells(p: VcardProperty): string[] {
  const [, , street = '', city = '', region = '', code = ''] = p.parts
  const type = p.types.find((t) => t.startsWith('x-'))?.slice(2) ?? p.types[0] ?? ''
  return [type, region, city, street, code]
}
