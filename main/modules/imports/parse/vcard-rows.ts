import type { ImportField } from '../../../../shared/contract/imports.ts'
import { decoderOf, encodingOf } from './encoding.ts'
import type { ReadFacts, ReadOptions } from './facts.ts'
import type { Reader } from './source.ts'
import { judged } from './table-rows.ts'
import { linesOf, readBytes, readText } from './text.ts'
import { type Decode, parseVcards, type Vcard, type VcardProperty } from './vcard.ts'
import { CardGroups } from './vcard-groups.ts'
import { OWN_COLUMNS, ownCells } from './vcard-own.ts'

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
  ['TEL (home)', 'phone'],
  ['TEL (fax)', 'fax'],
  ['EMAIL', 'email'],
  ['URL', 'website'],
  ['ADR', 'address'],
  ['ADR (city)', 'city'],
  ['ADR (region)', 'province'],
  ['ADR (code)', 'postal_code'],
  ['ADR (home)', 'address'],
  ['ADR (home, city)', 'city'],
  ['ADR (home, region)', 'province'],
  ['ADR (home, code)', 'postal_code'],
  ['BDAY', 'birthday'],
  ['CATEGORIES', 'tags'],
  ['NOTE', 'note'],
]

/** Reads cards into rows of COLUMNS; several values of one column stand on lines of their own. */
export function readVcards(path: string, options: ReadOptions, facts: ReadFacts, reader: Reader): void {
  const encoding = options.encoding ?? encodingOf(path).encoding
  facts.encoding = encoding
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be'
  const cards = () =>
    wide
      ? parseVcards(linesOf(readText(path, encoding)))
      : parseVcards(linesOf(unmarked(readBytes(path))), lineDecoder(encoding))
  const groups = CardGroups.of(wide ? readText(path, encoding) : readBytes(path), cards)
  const columns = [...COLUMNS, ...OWN_COLUMNS]
  reader.head({ headers: columns.map((c) => c[0]), mapping: columns.map((c) => c[1]) })
  for (const card of cards()) {
    facts.cards++
    facts.photos += card.skipped
    if (groups?.isGroup(card)) {
      facts.groups++
      continue
    }
    const own = ownCells(card)
    const cells = own ? [...COLUMNS.map(() => ''), ...own] : cellsOf(card, groups?.namesFor(card) ?? [])
    reader.row(judged(card.broken ? { row: card.row, cells, fault: 'UNREADABLE' } : { row: card.row, cells }))
  }
}

function* unmarked(pieces: Iterable<string>): Generator<string> {
  let first = true
  for (const piece of pieces) {
    yield first ? piece.replace(/^\u00ef\u00bb\u00bf/, '') : piece
    first = false
  }
}

function lineDecoder(encoding: Parameters<typeof decoderOf>[0]): Decode {
  const decode = decoderOf(encoding)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is looked for
  return (line) => (/^[\x00-\x7f]*$/.test(line) ? line : decode(Buffer.from(line, 'latin1')))
}

function cellsOf(card: Vcard, groups: string[]): string[] {
  const by = new Map<string, VcardProperty[]>()
  for (const p of card.properties) {
    if (p.value === '') continue
    const list = by.get(p.name)
    if (list) list.push(p)
    else by.set(p.name, [p])
  }
  const all = (name: string) => by.get(name) ?? []
  const values = (name: string) => all(name).map((p) => p.value)
  const first = (name: string) => by.get(name)?.[0]
  const tel = all('TEL').map((p) => [p, telephone(p.value)] as const)
  const isFax = (p: VcardProperty) => p.types.some((t) => /fax|فکس|نمابر/.test(t))
  const isHome = (p: VcardProperty) => p.types.some((t) => /^(home|منزل|خانه)/.test(t))
  const fixed = tel.filter(([p]) => !isMobile(p) && !isFax(p))
  const name = first('N')?.parts ?? []
  const [given = '', middle = ''] = [name[1], name[2]]
  const { work, home, more } = addressesOf(all('ADR'), isHome)
  const links = [...values('URL'), ...values('IMPP'), ...values('X-SOCIALPROFILE')]
  const custom = all('X-ANDROID-CUSTOM').map((p) => p.parts)
  const event = custom.find(([kind, , type]) => kind?.endsWith('/contact_event') && type === '3')?.[1]
  const nicknames = custom.filter(([kind, nick]) => kind?.endsWith('/nickname') && nick).map((parts) => parts[1]!)
  const notes = [...values('NOTE'), ...values('NICKNAME'), ...nicknames, ...more]
  return [
    first('FN')?.value ?? '',
    [given, middle].filter(Boolean).join(' '),
    name[0] ?? '',
    name[3] ?? '',
    isCompany(card) ? 'company' : '',
    first('ORG')?.parts.find(Boolean) ?? '',
    first('TITLE')?.value ?? first('ROLE')?.value ?? '',
    joined(tel.filter(([p]) => isMobile(p) && !isFax(p)).map(([, v]) => v)),
    joined(fixed.filter(([p]) => !isHome(p)).map(([, v]) => v)),
    joined(fixed.filter(([p]) => isHome(p)).map(([, v]) => v)),
    joined(tel.filter(([p]) => isFax(p)).map(([, v]) => v)),
    joined(values('EMAIL')),
    joined(links),
    ...work,
    ...home,
    birthday(first('BDAY')) || (event ?? ''),
    joined([...values('CATEGORIES'), ...groups]),
    joined(notes),
  ]
}

const joined = (values: string[]) => (values.length < 2 ? (values[0] ?? '') : [...new Set(values)].join('\n'))
const isMobile = (p: VcardProperty) => p.types.some((t) => /^(cell|iphone|mobile|apple watch|همراه|موبایل)/.test(t))

/** «tel:+98-21-8877-6600;ext=12» of 4.0. */
const telephone = (value: string) =>
  value
    .replace(/^tel:/i, '')
    .replace(/;phone-context=[^;]*/i, '')
    .replace(/;ext=/i, ' داخلی ')

function isCompany(card: Vcard): boolean {
  return card.properties.some(
    (p) => (p.name === 'X-ABSHOWAS' && /company/i.test(p.value)) || (p.name === 'KIND' && /^org/i.test(p.value)),
  )
}

const NO_ADDRESS = ['', '', '', '']

/** The first two, the one at home in the home's columns; what is beyond as text for the notes. */
function addressesOf(list: VcardProperty[], isHome: (p: VcardProperty) => boolean) {
  const rest = list.filter((p) => p.parts.some((part) => part !== ''))
  const take = (at: number) => (at < 0 ? NO_ADDRESS : addressCells(rest.splice(at, 1)[0]!))
  const home = take(rest.findIndex(isHome))
  const work = take(rest.findIndex((p) => !isHome(p)))
  return { work, home, more: rest.map((p) => p.parts.filter(Boolean).join('، ')) }
}

function addressCells(p: VcardProperty): string[] {
  const [box = '', extended = '', street = '', city = '', region = '', code = ''] = p.parts
  return [[street, extended, box].filter(Boolean).join('، '), city, region, code]
}

/** Apple writes an unknown year as 1604 with a parameter that says so. */
function birthday(p: VcardProperty | undefined): string {
  if (!p) return ''
  const omitted = p.params.get('X-APPLE-OMIT-YEAR')
  return omitted && p.value.startsWith(omitted) ? `--${p.value.slice(omitted.length).replace(/^-/, '')}` : p.value
}
