import type { CustomerInput } from '../../../shared/contract/customers.ts'
import type { ImportField } from '../../../shared/contract/imports.ts'
import type { ChannelType } from '../../../shared/domain/party.ts'
import { fold } from '../../../shared/domain/persian-text.ts'
import { formatPhone, parsePhone } from '../../../shared/domain/phone.ts'
import type { Entry, RowCells } from './cells.ts'
import { headerKey } from './headers.ts'
import { plainCode } from './numbers.ts'
import { phonesIn } from './phones.ts'
import { listIn } from './values.ts'

type Channels = NonNullable<CustomerInput['channels']>

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
  for (const entry of cells.entries(CHANNEL_FIELDS)) {
    if (entry.field === 'email') emails(cells, entry, found)
    else if (entry.field === 'website') links(cells, entry, found)
    else phones(cells, entry, areaCode, found)
  }
  if (found.inputs.length > MAX_CHANNELS)
    for (const extra of found.inputs.splice(MAX_CHANNELS)) cells.keep('TOO_LONG', 'phone', extra.value)
  return found
}

function phones(cells: RowCells, entry: Entry, areaCode: string | null, found: FoundChannels): void {
  const { text, lost } = plainCode(entry.value)
  if (lost) cells.keep('LOST_DIGITS', entry.field, entry.value)
  else for (const phone of phonesIn(text)) addPhone(cells, entry, phone, areaCode, found)
}

function addPhone(cells: RowCells, entry: Entry, value: string, areaCode: string | null, found: FoundChannels): void {
  if (value === '0') return
  const { field } = entry
  const alone = parsePhone(value)
  const local = !alone.ok && alone.reason === 'needs_area_code' && areaCode !== null
  const parsed = local ? parsePhone(value, { areaCode }) : alone
  if (parsed.national.length < 3 || value.length > 300) {
    cells.keep('BAD_PHONE', field, value)
    return
  }
  if (found.keys.includes(parsed.national)) return
  // A number that cannot be dialled is still kept where people look for it: beside the others.
  // An eight-digit landline only lacks the area code of a business that has none set.
  if (!parsed.ok && (field === 'mobile' || parsed.reason !== 'needs_area_code'))
    cells.problem('BAD_PHONE', field, value)
  found.keys.push(parsed.national)
  found.phones.push(parsed.ok ? parsed.e164 : value)
  const kind = parsed.ok ? parsed.kind : field === 'mobile' ? 'mobile' : 'landline'
  // An eight-digit number that only the area code of the business completes is written out, so that it stays right elsewhere.
  found.inputs.push({
    kind: 'phone',
    type: phoneType(cells, entry, kind),
    value: local && parsed.ok ? formatPhone(parsed.e164) : value,
  })
}

function phoneType(cells: RowCells, { field, header }: Entry, kind: string): ChannelType {
  if (field === 'fax') return 'fax'
  const said = fold(header)
  // Google keeps what a number is for in a column beside it: «Phone 1 - Label», formerly «Phone 1 - Type».
  const label = said.endsWith('- value')
    ? fold(cells.under(header.replace(/value$/i, 'Label')) || cells.under(header.replace(/value$/i, 'Type')))
    : said
  if (/(fax|فکس|نمابر|دورنگار)/.test(label)) return 'fax'
  const own = ownType(header)
  if (own && field === 'phone') return own
  if (kind === 'mobile') return 'mobile'
  return /(منزل|خانه|home)/.test(label) ? 'home' : 'work'
}

/** Headers that say more than a number or an address itself can: those of Daftar's own files. */
const OWN_TYPES: Readonly<Record<string, ChannelType>> = {
  تلفنمحلکار: 'work',
  workphone: 'work',
  تلفندیگر: 'other',
  otherphone: 'other',
  ایمیلشخصی: 'home',
  homeemail: 'home',
  ایمیلدیگر: 'other',
  otheremail: 'other',
  پیونددیگر: 'other',
  otherlink: 'other',
}

/** Most headers are settled by one look; folding each of a hundred thousand rows is not. */
const ownType = (header: string) =>
  /دیگر|محل.?کار|شخصی|other|work|home/i.test(header) ? OWN_TYPES[headerKey(header)] : undefined

const ADDRESS = /[^\s<>,;،؛:"()]+@[^\s<>,;،؛:"()]+/g

/** «Ali <ali@example.com>; mailto:b@c.ir». */
function emails(cells: RowCells, { value: cell, header }: Entry, found: FoundChannels): void {
  const type = ownType(header) ?? 'work'
  const values = /[<>:"]/.test(cell) ? (cell.match(ADDRESS) ?? [cell]) : cell.split(/[\s,;،؛|]+/)
  for (const value of values) {
    if (value === '') continue
    if (!/^\S+@\S+$/.test(value) || value.length > 300) cells.keep('REFUSED', 'email', value)
    else if (!found.inputs.some((c) => c.value === value)) found.inputs.push({ kind: 'email', type, value })
  }
}

const SITES: ReadonlyArray<readonly [RegExp, ChannelType]> = [
  [/instagram|اینستا/i, 'instagram'],
  [/t\.me|telegram|تلگرام/i, 'telegram'],
  [/wa\.me|whatsapp|واتس/i, 'whatsapp'],
  [/ble\.ir|\bbale\b|بله/i, 'bale'],
  [/eitaa|ایتا/i, 'eitaa'],
  [/rubika|روبیکا/i, 'rubika'],
]

function links(cells: RowCells, { value: cell, header }: Entry, found: FoundChannels): void {
  for (const value of listIn(cell)) {
    const type = ownType(header) ?? siteOf(value) ?? siteOf(header) ?? (value.startsWith('@') ? 'instagram' : 'website')
    if (value.length > 300) cells.keep('TOO_LONG', 'website', value)
    else if (!found.inputs.some((c) => c.value === value)) found.inputs.push({ kind: 'link', type, value })
  }
}

const siteOf = (text: string) => SITES.find(([word]) => word.test(text))?.[1]
