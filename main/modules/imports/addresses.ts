import type { CustomerInput } from '../../../shared/contract/customers.ts'
import type { ImportField } from '../../../shared/contract/imports.ts'
import { findCity, findProvince, PROVINCES } from '../../../shared/data/places.ts'
import type { AddressType } from '../../../shared/domain/party.ts'
import { fold } from '../../../shared/domain/persian-text.ts'
import { isRightNumber } from '../customers/identity.ts'
import type { RowCells } from './cells.ts'

type Addresses = NonNullable<CustomerInput['addresses']>

const FIELDS = new Set<ImportField>(['address_type', 'address', 'city', 'province', 'postal_code'])
const LIMITS = { address: 1000, city: 60, province: 60, postal_code: 20 }
type Part = keyof typeof LIMITS
interface Draft extends Partial<Record<Part, string>> {
  header: string
  /** What the header says it belongs to; '' where it says nothing. */
  of: string
  /** What a column of its own says. */
  type?: string
}

/** «Business Street 2» continues a street, where «آدرس ۲» is a second address. */
const CONTINUED = /(street|address)\s*(line\s*)?[23]$/i
const BELONGS = /^(business|home|other|work|billing|shipping|address \d+)\b/i

/** A field that comes a second time, or belongs to another place by its header, begins the next address. */
export function addressesOf(cells: RowCells): Addresses {
  const drafts: Draft[] = []
  for (const { field, header, value } of cells.entries(FIELDS)) {
    const of = BELONGS.exec(header)?.[0].toLowerCase() ?? ''
    if (field === 'address_type') {
      // Stands in front of what it is about.
      drafts.push({ header, of, type: value })
      continue
    }
    const part = field as Part
    let draft = drafts.at(-1)
    if (draft?.address !== undefined && part === 'address' && draft.of === of && CONTINUED.test(header)) {
      draft.address += `، ${value}`
      continue
    }
    // A numbered column («Address 3») belongs to the type before it.
    const begun = draft?.of === '' && draft.type !== undefined
    if (!draft || draft[part] !== undefined || (draft.of !== of && !begun)) {
      draft = { header, of }
      drafts.push(draft)
    }
    draft[part] = value
  }
  const out: Addresses = []
  for (const draft of drafts.filter(saysSomething)) {
    for (const one of apart(draft)) if (out.length < 50) out.push({ type: typeOf(draft), ...placed(cut(cells, one)) })
  }
  return out
}

const saysSomething = (draft: Draft) => (Object.keys(LIMITS) as Part[]).some((part) => draft[part] !== undefined)

/** Google writes two addresses of one kind into one cell: «تهران ::: کرج», the same in each column. */
function apart(draft: Draft): Draft[] {
  const parts = (['address', 'city', 'province', 'postal_code'] as const).filter((p) => draft[p] !== undefined)
  if (!parts.some((p) => draft[p]!.includes(':::'))) return [draft]
  const lists = parts.map((p) => [p, draft[p]!.split(/\s*:::\s*/)] as const)
  return Array.from({ length: Math.max(...lists.map(([, list]) => list.length)) }, (_, i) => {
    const one: Draft = { header: draft.header, of: draft.of, ...(draft.type && { type: draft.type }) }
    for (const [part, list] of lists) if (list[i]) one[part] = list[i]
    return one
  })
}

function cut(cells: RowCells, draft: Draft): Draft {
  for (const part of Object.keys(LIMITS) as Part[]) {
    const value = draft[part]
    if (value === undefined) continue
    if (value.length > LIMITS[part]) cells.keep('TOO_LONG', part, value)
    if (part === 'postal_code' && !isRightNumber(part, value)) cells.problem('BAD_CODE', part, value)
    draft[part] = (value.includes('\n') ? value.replace(/\s*\n\s*/g, '، ') : value).slice(0, LIMITS[part])
  }
  return draft
}

const TYPES: ReadonlyArray<readonly [RegExp, AddressType]> = [
  [/(فروشگاه|مغازه|shop|store)/, 'shop'],
  [/(انبار|warehouse)/, 'warehouse'],
  [/(دیگر|سایر|other)/, 'other'],
]

function typeOf({ type, header }: Draft): AddressType {
  if (/(منزل|خانه|سکونت|home)/.test(fold(type ?? header))) return 'home'
  return TYPES.find(([word]) => type !== undefined && word.test(fold(type)))?.[1] ?? 'work'
}

/** The province of a known city, and the city an address begins with («اصفهان، خیابان …») where no column says it. */
function placed(d: Draft): Pick<Addresses[number], Part> {
  const said = d.province ? findProvince(d.province) : undefined
  const known = d.city ? (findCity(d.city, said?.id) ?? findCity(d.city)) : cityInAddress(d.address)
  const province = said?.name ?? d.province ?? PROVINCES.find((p) => p.id === known?.province)?.name
  return {
    address: d.address ?? null,
    city: known?.name ?? d.city ?? null,
    province: province ?? null,
    postal_code: d.postal_code ?? null,
  }
}

function cityInAddress(address: string | undefined): { name: string; province: number } | undefined {
  for (const piece of (address ?? '').split(/[،,\-–؛]/, 2)) {
    const found = piece.trim() === '' ? undefined : findCity(piece.trim())
    if (found) return found
  }
  return undefined
}
