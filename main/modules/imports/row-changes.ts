import type { Customer, CustomerPatch } from '../../../shared/contract/customers.ts'
import type { DuplicateChange, ImportField } from '../../../shared/contract/imports.ts'
import { keyOf } from '../customers/derive.ts'
import { type NumberField, plainNumber } from '../customers/identity.ts'
import { type Address, addressChanges, type Mode, same } from './address-changes.ts'
import type { MappedRow } from './row.ts'

/** Someone who is there already: a record of the book, or what an earlier row of the file will be. Ids are absent in the latter. */
export type Existing = Pick<
  Customer,
  | 'kind'
  | 'title'
  | 'first_name'
  | 'last_name'
  | 'company_name'
  | 'national_id'
  | 'company_id'
  | 'economic_code'
  | 'registration_number'
  | 'sheba'
  | 'card_number'
  | 'birth_jy'
  | 'birth_jm'
  | 'birth_jd'
  | 'credit_limit'
  | 'about'
  | 'roles'
> & {
  source: string | null
  tags: ReadonlyArray<{ id?: string; name: string }>
  channels: ReadonlyArray<Channel & { e164?: string | null }>
  addresses: readonly Address[]
  /** Names at the far end of «works at»: employers of a person, people of a company. */
  companions: readonly string[]
}
type Channel = NonNullable<CustomerPatch['channels']>[number]

export interface RowChanges {
  /** Of `source_id`, `tag_ids` and `links` only names are known: see below. */
  patch: CustomerPatch
  tags: string[]
  source: string | null
  companion: MappedRow['companion']
  /** For people to see. */
  list: DuplicateChange[]
}

const NUMBERS = ['national_id', 'company_id', 'economic_code', 'sheba', 'card_number'] as const satisfies NumberField[]

/** What a row changes in someone who is there already; `list` is empty where it says nothing new. */
export function rowChanges(
  existing: Existing,
  row: MappedRow,
  mode: Mode,
  mapped: ReadonlySet<ImportField>,
): RowChanges {
  const { input } = row
  const patch: CustomerPatch = {}
  const list: DuplicateChange[] = []
  const set = <K extends keyof CustomerPatch>(field: K & ImportField, to: CustomerPatch[K], from: unknown) => {
    patch[field] = to as never
    list.push({ field, from: from === null ? null : String(from), to: String(to) })
  }
  for (const field of namesToSet(existing, row, mode)) set(field, input[field] as string, existing[field])
  for (const field of NUMBERS) {
    const given = plainNumber(field, input[field])
    const has = existing[field]
    if (given && given !== has && (mode === 'update' || has === null)) set(field, given, has)
  }
  const registered = input.registration_number
  if (registered && registered !== existing.registration_number)
    if (mode === 'update' || existing.registration_number === null)
      set('registration_number', registered, existing.registration_number)
  if (input.credit_limit !== undefined && input.credit_limit !== null && input.credit_limit !== existing.credit_limit)
    if (mode === 'update' || existing.credit_limit === null)
      set('credit_limit', input.credit_limit, existing.credit_limit)
  const birth = birthday(input)
  const born = birthday(existing)
  if (birth && birth !== born && (mode === 'update' || born === null)) {
    Object.assign(patch, { birth_jy: input.birth_jy ?? null, birth_jm: input.birth_jm, birth_jd: input.birth_jd })
    list.push({ field: 'birthday', from: born, to: birth })
  }
  const about = aboutOf(existing.about, input.about ?? null, mode)
  if (about) {
    patch.about = about.whole
    list.push({ field: 'note', from: null, to: about.added })
  }
  const channels = newChannels(existing, row)
  if (channels.length > 0) {
    patch.channels = [...existing.channels.map(({ e164: _, ...c }) => c), ...channels].slice(0, 50)
    for (const c of channels) list.push({ field: fieldOf(c), from: null, to: c.value })
  }
  const addresses = addressChanges(existing.addresses, input.addresses ?? [], mode)
  if (addresses.list.length > 0) {
    patch.addresses = addresses.whole
    list.push(...addresses.list)
  }
  // Without a column that says so a row is of a customer; that says nothing about a supplier who is in the book.
  const roles = mapped.has('role') ? (input.roles ?? []).filter((r) => !existing.roles.includes(r)) : []
  if (roles.length > 0) {
    patch.roles = [...existing.roles, ...roles]
    for (const role of roles) list.push({ field: 'role', from: null, to: role })
  }
  const tags = newNames(
    row.tags,
    existing.tags.map((t) => t.name),
  )
  for (const tag of tags) list.push({ field: row.groups.includes(tag) ? 'groups' : 'tags', from: null, to: tag })
  const source = row.source && same(row.source) !== same(existing.source ?? '') ? row.source : null
  const setsSource = source !== null && (mode === 'update' || existing.source === null)
  if (setsSource) list.push({ field: 'source', from: existing.source, to: source })
  const companion = newCompanion(existing, row, mode)
  if (companion)
    list.push({ field: companion.kind === 'company' ? 'works_at' : 'full_name', from: null, to: companion.name })
  return { patch, tags, source: setsSource ? source : null, companion, list }
}

/** What an earlier row of the file will be in the book, once it came in. */
export function existingOf({ input, tags, source, companion }: MappedRow): Existing {
  const plain = Object.fromEntries(NUMBERS.map((f) => [f, plainNumber(f, input[f]) ?? null])) as Record<
    (typeof NUMBERS)[number],
    string | null
  >
  return {
    kind: input.kind,
    title: input.title ?? null,
    first_name: input.first_name ?? null,
    last_name: input.last_name ?? null,
    company_name: input.company_name ?? null,
    ...plain,
    birth_jy: input.birth_jy ?? null,
    birth_jm: input.birth_jm ?? null,
    birth_jd: input.birth_jd ?? null,
    registration_number: input.registration_number ?? null,
    credit_limit: input.credit_limit ?? null,
    about: input.about ?? null,
    roles: input.roles ?? [],
    source,
    tags: tags.map((name) => ({ name })),
    channels: input.channels ?? [],
    addresses: input.addresses ?? [],
    companions: companion ? [companion.name] : [],
  }
}

/** Where only one of first and last name is known on either side, the other is filled in if the known one agrees. */
function namesToSet(existing: Existing, { input }: MappedRow, mode: Mode) {
  const fields = ['title', 'first_name', 'last_name', 'company_name'] as const
  if (existing.kind !== input.kind) return []
  const both = Boolean(input.first_name && input.last_name)
  const agrees = (field: 'first_name' | 'last_name') =>
    !existing[field] || !input[field] || same(existing[field]) === same(input[field])
  const isFuller = agrees('first_name') && agrees('last_name')
  return fields.filter((field) => {
    const given = input[field]
    if (!given || given === existing[field]) return false
    if (field === 'title' || field === 'company_name') return mode === 'update' || !existing[field]
    return (mode === 'update' && both) || (!existing[field] && isFuller)
  })
}

/** Jalali, 1360/05/02; without a year 05/02. */
function birthday(of: {
  birth_jy?: number | null | undefined
  birth_jm?: number | null | undefined
  birth_jd?: number | null | undefined
}) {
  if (!of.birth_jm || !of.birth_jd) return null
  return [of.birth_jy, of.birth_jm, of.birth_jd].flatMap((n) => (n ? String(n).padStart(2, '0') : [])).join('/')
}

/** A note is never written over: what of it is not there yet goes below. */
function aboutOf(has: string | null, given: string | null, mode: Mode): { whole: string; added: string } | null {
  if (!given || (has && mode === 'fill')) return null
  if (!has) return { whole: given, added: given }
  const known = new Set(has.split('\n').map(same))
  const added = given
    .split('\n')
    .filter((line) => !known.has(same(line)))
    .join('\n')
  const whole = `${has}\n${added}`
  return added === '' || whole.length > 20_000 ? null : { whole, added }
}

const keyOfChannel = (c: Channel & { e164?: string | null }) =>
  `${c.kind} ${keyOf({ kind: c.kind, value: c.value, e164: c.e164 ?? null }) || c.value.toLowerCase()}`

function newChannels(existing: Existing, row: MappedRow): Channel[] {
  const known = new Set(existing.channels.map(keyOfChannel))
  return (row.input.channels ?? []).filter((c) => !known.has(keyOfChannel(c)))
}

function fieldOf({ kind, type }: Channel): ImportField {
  if (kind === 'email') return 'email'
  if (kind === 'link') return 'website'
  return type === 'mobile' || type === 'fax' ? type : 'phone'
}

function newCompanion(existing: Existing, { companion, input }: MappedRow, mode: Mode): MappedRow['companion'] {
  if (!companion || existing.kind !== input.kind) return null
  if (mode === 'fill' && companion.kind === 'company' && existing.companions.length > 0) return null
  return existing.companions.some((name) => same(name) === same(companion.name)) ? null : companion
}

function newNames(given: readonly string[], has: readonly string[]): string[] {
  const known = new Set(has.map(same))
  return given.filter((name) => {
    const isNew = !known.has(same(name))
    known.add(same(name))
    return isNew
  })
}
