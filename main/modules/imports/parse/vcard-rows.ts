import type { ImportField } from '../../../../shared/contract/imports.ts'
import type { Reader } from './source.ts'
import { parseVcards, type Vcard, type VcardProperty } from './vcard.ts'

/** A card has no columns; these are the ones it is shown and mapped by. Two addresses, because phones keep home and work. */
const COLUMNS: ReadonlyArray<readonly [header: string, field: ImportField]> = [
  ['FN', 'full_name'],
  ['N (given)', 'first_name'],
  ['N (family)', 'last_name'],
  ['N (prefix)', 'title'],
  ['KIND', 'kind'],
  ['ORG', 'works_at'],
  ['TITLE', 'job'],
  ['TEL (cell)', 'mobile'],
  ['TEL', 'phone'],
  ['TEL (fax)', 'fax'],
  ['EMAIL', 'email'],
  ['URL', 'website'],
  ['ADR', 'address'],
  ['ADR (city)', 'city'],
  ['ADR (region)', 'province'],
  ['ADR (code)', 'postal_code'],
  ['ADR 2', 'address'],
  ['ADR 2 (city)', 'city'],
  ['ADR 2 (region)', 'province'],
  ['ADR 2 (code)', 'postal_code'],
  ['BDAY', 'birthday'],
  ['CATEGORIES', 'tags'],
  ['NOTE', 'note'],
]

/** Reads cards into rows of COLUMNS; several values of one column stand on lines of their own. Returns how many pictures were skipped. */
export function readVcards(lines: Iterable<string>, reader: Reader): number {
  reader.head({ headers: COLUMNS.map((c) => c[0]), mapping: COLUMNS.map((c) => c[1]) })
  let skipped = 0
  for (const card of parseVcards(lines)) {
    skipped += card.skipped
    const cells = cellsOf(card)
    reader.row(card.broken ? { row: card.row, cells, fault: 'UNREADABLE' } : { row: card.row, cells })
  }
  return skipped
}

function cellsOf(card: Vcard): string[] {
  const all = (name: string) => card.properties.filter((p) => p.name === name && p.value !== '')
  const values = (name: string) => all(name).map((p) => p.value)
  const first = (name: string) => all(name)[0]
  const tel = all('TEL').map((p) => [p, p.value.replace(/^tel:/i, '')] as const)
  const name = first('N')?.parts ?? []
  const [given = '', middle = ''] = [name[1], name[2]]
  const [home, other, ...more] = all('ADR')
  const links = [...values('URL'), ...values('IMPP'), ...values('X-SOCIALPROFILE')]
  const notes = [...values('NOTE'), ...values('NICKNAME'), ...more.map((p) => p.parts.filter(Boolean).join('، '))]
  return [
    first('FN')?.value ?? '',
    [given, middle].filter(Boolean).join(' '),
    name[0] ?? '',
    name[3] ?? '',
    isCompany(card) ? 'company' : '',
    first('ORG')?.parts.find(Boolean) ?? '',
    first('TITLE')?.value ?? first('ROLE')?.value ?? '',
    joined(tel.filter(([p]) => isMobile(p)).map(([, v]) => v)),
    joined(tel.filter(([p]) => !isMobile(p) && !p.types.includes('fax')).map(([, v]) => v)),
    joined(tel.filter(([p]) => p.types.includes('fax')).map(([, v]) => v)),
    joined(values('EMAIL')),
    joined(links),
    ...addressCells(home),
    ...addressCells(other),
    birthday(first('BDAY')),
    joined(values('CATEGORIES')),
    joined(notes),
  ]
}

const joined = (values: string[]) => [...new Set(values)].join('\n')
const isMobile = (p: VcardProperty) => p.types.some((t) => t === 'cell' || t === 'iphone' || t === 'mobile')

function isCompany(card: Vcard): boolean {
  return card.properties.some(
    (p) => (p.name === 'X-ABSHOWAS' && /company/i.test(p.value)) || (p.name === 'KIND' && /^org/i.test(p.value)),
  )
}

function addressCells(p: VcardProperty | undefined): string[] {
  const [box = '', extended = '', street = '', city = '', region = '', code = ''] = p?.parts ?? []
  return [[street, extended, box].filter(Boolean).join('، '), city, region, code]
}

/** Apple writes an unknown year as 1604 with a parameter that says so. */
function birthday(p: VcardProperty | undefined): string {
  if (!p) return ''
  const omitted = p.params.get('X-APPLE-OMIT-YEAR')
  return omitted ? p.value.replace(new RegExp(`^${omitted}-?`), '--') : p.value
}
