import { parsePhone } from './phone.ts'

/**
 * What can stay only once when several records become one, in the order of the side-by-side page. Parts that make sense only together are
 * one choice: given and family name, the day of birth, the blacklist with its reason.
 */
export const MERGE_FIELDS = [
  'kind',
  'title',
  'person',
  'company_name',
  'national_id',
  'company_id',
  'economic_code',
  'registration_number',
  'sheba',
  'card_number',
  'birth',
  'credit_limit',
  'blacklist',
  'about',
  'source_id',
  'owner_id',
] as const
export type MergeField = (typeof MERGE_FIELDS)[number]
/** Records merged in one go: as many as fit side by side. */
export const MERGE_MOST = 5

const COLUMNS: Partial<Record<MergeField, readonly string[]>> = {
  person: ['first_name', 'last_name'],
  birth: ['birth_jy', 'birth_jm', 'birth_jd'],
  blacklist: ['blacklisted', 'blacklist_reason'],
}
/** The columns of a customer that a choice is about. */
export const columnsOf = (field: MergeField): readonly string[] => COLUMNS[field] ?? [field]

type Values = Readonly<Record<string, unknown>>

const isEmpty = (value: unknown) => value === null || value === undefined || value === '' || value === false

/** A blacklist that is not on says nothing, nor does a 0 in its column. */
export const isEmptyField = (record: Values, field: MergeField): boolean =>
  field === 'blacklist' ? !record['blacklisted'] : columnsOf(field).every((column) => isEmpty(record[column]))

/** Equal for records that say the same in a field. */
export const fieldKey = (record: Values, field: MergeField): string =>
  isEmptyField(record, field) ? '' : JSON.stringify(columnsOf(field).map((column) => record[column] ?? null))

/** Do the records say different things? Where one is silent there is nothing to choose. */
export const differs = (records: readonly Values[], field: MergeField): boolean =>
  new Set(records.map((record) => fieldKey(record, field)).filter(Boolean)).size > 1

/** Whose value stays; 'all' (long text only) keeps them one below the other. */
export type MergeChoice = string | 'all'

/** The choice nobody has made: the survivor's (the first), filled from the next that says something; of long texts all. */
export function usualChoice(records: ReadonlyArray<Values & { id: string }>, field: MergeField): MergeChoice {
  if (field === 'about' && differs(records, field)) return 'all'
  return (records.find((record) => !isEmptyField(record, field)) ?? records[0]!).id
}

const ABOUT_MOST = 20_000

/** The columns of the survivor (the first) after a merge. A choice of a record that is not among them counts as none. */
export function mergedColumns(
  records: ReadonlyArray<Values & { id: string }>,
  choose: Partial<Record<MergeField, MergeChoice | undefined>>,
): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const field of MERGE_FIELDS) {
    const wanted = choose[field]
    const known = wanted === 'all' ? field === 'about' : records.some((record) => record.id === wanted)
    const choice = wanted !== undefined && known ? wanted : usualChoice(records, field)
    const texts = [...new Set(records.map((record) => String(record['about'] ?? '')).filter(Boolean))]
    const joined = texts.join('\n\n')
    if (choice === 'all' && joined.length <= ABOUT_MOST) out['about'] = joined || null
    else {
      const from = records.find((record) => record.id === choice) ?? records[0]!
      for (const column of columnsOf(field)) out[column] = from[column] ?? null
    }
  }
  return out
}

interface ChannelLike {
  kind: string
  value: string
  e164: string | null
}
/** Equal for two ways of writing one phone or e-mail. */
export function channelKey({ kind, value, e164 }: ChannelLike): string {
  const read = kind === 'phone' ? parsePhone(e164 ?? value).national : value.toLowerCase()
  return `${kind} ${read || value}`
}

interface AddressLike {
  province: string | null
  city: string | null
  address: string | null
  postal_code: string | null
}
const PLACE = ['province', 'city', 'address', 'postal_code'] as const

/** Does `one` say nothing that `other` does not say too? «تهران» alone beside «تهران، خیابان ولیعصر» is no address of its own. */
export const isWithin = (one: AddressLike, other: AddressLike): boolean =>
  PLACE.every((part) => isEmpty(one[part]) || one[part] === other[part])
