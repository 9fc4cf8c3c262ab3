import type { CustomerInput } from '../../../shared/contract/customers.ts'
import type { ImportField } from '../../../shared/contract/imports.ts'
import { findCity, findProvince, PROVINCES } from '../../../shared/data/places.ts'
import type { ChannelType } from '../../../shared/domain/party.ts'
import { fold } from '../../../shared/domain/persian-text.ts'
import { formatPhone, parsePhone } from '../../../shared/domain/phone.ts'
import type { RowCells } from './cells.ts'
import { listIn, phonesIn } from './values.ts'

type Channels = NonNullable<CustomerInput['channels']>
type Addresses = NonNullable<CustomerInput['addresses']>

const CHANNEL_FIELDS = new Set<ImportField>(['mobile', 'phone', 'fax', 'email', 'website'])
const MAX_CHANNELS = 50

export interface FoundChannels {
  inputs: Channels
  /** As they are shown: E.164, else as typed. */
  phones: string[]
  /** National digits. */
  keys: string[]
}

export function channelsOf(cells: RowCells, areaCode: string | null): FoundChannels {
  const found: FoundChannels = { inputs: [], phones: [], keys: [] }
  for (const { field, header, value } of cells.entries(CHANNEL_FIELDS)) {
    if (field === 'email') emails(cells, value, found)
    else if (field === 'website') links(cells, value, found)
    else for (const phone of phonesIn(value)) addPhone(cells, field, header, phone, areaCode, found)
  }
  for (const extra of found.inputs.splice(MAX_CHANNELS)) cells.keep('TOO_LONG', 'phone', extra.value)
  return found
}

function addPhone(
  cells: RowCells,
  field: ImportField,
  header: string,
  value: string,
  areaCode: string | null,
  found: FoundChannels,
): void {
  if (value === '0') return
  const parsed = parsePhone(value, { areaCode: areaCode ?? undefined })
  if (parsed.national.length < 3 || value.length > 300) {
    cells.keep('BAD_PHONE', field, value)
    return
  }
  if (found.keys.includes(parsed.national)) return
  // A number that cannot be dialled is still kept where people look for it: beside the others.
  if (!parsed.ok && (parsed.reason === 'too_long' || parsed.reason === 'invalid'))
    cells.problem('BAD_PHONE', field, value)
  found.keys.push(parsed.national)
  found.phones.push(parsed.ok ? parsed.e164 : value)
  const kind = parsed.ok ? parsed.kind : field === 'mobile' ? 'mobile' : 'landline'
  // An eight-digit number that only the area code of the business completes is written out, so that it stays right elsewhere.
  const local = parsed.ok && areaCode !== null && !parsePhone(value).ok
  found.inputs.push({
    kind: 'phone',
    type: phoneType(field, header, kind),
    value: local ? formatPhone(parsed.e164) : value,
  })
}

function phoneType(field: ImportField, header: string, kind: string): ChannelType {
  if (field === 'fax') return 'fax'
  if (kind === 'mobile') return 'mobile'
  return /(منزل|خانه|home)/i.test(fold(header)) ? 'home' : 'work'
}

function emails(cells: RowCells, cell: string, found: FoundChannels): void {
  for (const value of cell.split(/[\s,;،؛]+/).filter(Boolean)) {
    if (!/^\S+@\S+$/.test(value) || value.length > 300) cells.keep('REFUSED', 'email', value)
    else if (!found.inputs.some((c) => c.value === value)) found.inputs.push({ kind: 'email', type: 'work', value })
  }
}

const SITES: ReadonlyArray<readonly [RegExp, ChannelType]> = [
  [/instagram\.|^@/i, 'instagram'],
  [/t\.me|telegram/i, 'telegram'],
  [/wa\.me|whatsapp/i, 'whatsapp'],
  [/ble\.ir|bale/i, 'bale'],
  [/eitaa/i, 'eitaa'],
  [/rubika/i, 'rubika'],
]

function links(cells: RowCells, cell: string, found: FoundChannels): void {
  for (const value of listIn(cell)) {
    if (value.length > 300) cells.keep('TOO_LONG', 'website', value)
    else found.inputs.push({ kind: 'link', type: SITES.find(([r]) => r.test(value))?.[1] ?? 'website', value })
  }
}

const ADDRESS_FIELDS = new Set<ImportField>(['address', 'city', 'province', 'postal_code'])
const LIMITS: Record<string, number> = { address: 1000, city: 60, province: 60, postal_code: 20 }
type Draft = Partial<Record<'address' | 'city' | 'province' | 'postal_code' | 'header', string>>

/** A field that comes a second time begins the next address. */
export function addressesOf(cells: RowCells): Addresses {
  const drafts: Draft[] = []
  for (const { field, header, value } of cells.entries(ADDRESS_FIELDS)) {
    const key = field as 'address' | 'city' | 'province' | 'postal_code'
    let draft = drafts.at(-1)
    if (!draft || draft[key] !== undefined) {
      draft = { header }
      drafts.push(draft)
    }
    const limit = LIMITS[field]!
    if (value.length > limit) cells.keep('TOO_LONG', field, value)
    draft[key] = value.replace(/\s*\n\s*/g, '، ').slice(0, limit)
  }
  return drafts.slice(0, 50).map((d) => ({ type: typeOf(d), ...placed(d) }))
}

function typeOf(draft: Draft): 'home' | 'work' {
  return /(منزل|خانه|سکونت|home)/i.test(fold(draft.header ?? '')) ? 'home' : 'work'
}

/** The province of a known city, and the city an address begins with («اصفهان، خیابان …») where no column says it. */
function placed(d: Draft): Pick<Addresses[number], 'address' | 'city' | 'province' | 'postal_code'> {
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
  for (const piece of (address ?? '').split(/[،,\-–؛]/).slice(0, 2)) {
    const found = piece.trim() === '' ? undefined : findCity(piece.trim())
    if (found) return found
  }
  return undefined
}
