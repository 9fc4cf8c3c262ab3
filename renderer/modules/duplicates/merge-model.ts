import type { Customer } from '../../../shared/contract/customers.ts'
import {
  channelKey,
  differs,
  isEmptyField,
  isWithin,
  MERGE_FIELDS,
  MERGE_MOST,
  type MergeChoice,
  type MergeField,
  mergedColumns,
  usualChoice,
} from '../../../shared/domain/merge.ts'

export type Choices = Partial<Record<MergeField, MergeChoice>>

/** One line of the side-by-side table. */
export interface FieldLine {
  field: MergeField
  /** There is something to choose. */
  isOpen: boolean
  choice: MergeChoice
}

/** What a customer at the counter must not read. */
const SECRET = new Set<MergeField>(['credit_limit', 'blacklist'])

/** ids of the address, at most as many as fit side by side. */
export const idsOf = (text: unknown): string[] =>
  typeof text === 'string' ? [...new Set(text.split('.').filter(Boolean))].slice(0, MERGE_MOST) : []

/** The survivor first: its values stay where nobody chooses. */
export const survivorFirst = (records: readonly Customer[], survivor: string): Customer[] => [
  ...records.filter((record) => record.id === survivor),
  ...records.filter((record) => record.id !== survivor),
]

/** Who stays where nobody chooses: the record that says most, of equals the oldest. */
export function fullest(records: readonly Customer[]): string {
  const weight = (record: Customer) =>
    MERGE_FIELDS.filter((field) => !isEmptyField(record, field)).length +
    record.channels.length +
    record.addresses.length +
    record.tags.length
  return [...records].sort((a, b) => weight(b) - weight(a) || a.created_at - b.created_at)[0]!.id
}

/** The fields that any of the records says something in; the kind only where it differs. */
export function linesOf(
  records: readonly Customer[],
  survivor: string,
  choices: Choices,
  isCounter: boolean,
): FieldLine[] {
  const ordered = survivorFirst(records, survivor)
  return MERGE_FIELDS.flatMap((field) => {
    if (isCounter && SECRET.has(field)) return []
    const isOpen = differs(records, field)
    if (field === 'kind' ? !isOpen : records.every((record) => isEmptyField(record, field))) return []
    return [{ field, isOpen, choice: choices[field] ?? usualChoice(ordered, field) }]
  })
}

/** The record there will be, as far as its own columns go. */
export const resultOf = (records: readonly Customer[], survivor: string, choices: Choices): Customer => ({
  ...survivorFirst(records, survivor)[0]!,
  ...mergedColumns(survivorFirst(records, survivor), choices),
})

/** Lists of all records, each thing once, as the engine will put them together. */
export function unionOf(records: readonly Customer[], survivor: string) {
  const ordered = survivorFirst(records, survivor)
  const once = <T>(items: readonly T[], key: (item: T) => string) =>
    [...new Map(items.toReversed().map((item) => [key(item), item])).values()].reverse()
  const channels = once(
    ordered.flatMap((record) => record.channels),
    channelKey,
  )
  const addresses: Customer['addresses'] = []
  for (const address of ordered.flatMap((record) => record.addresses)) {
    if (addresses.some((known) => isWithin(address, known))) continue
    const lesser = addresses.findIndex((known) => isWithin(known, address))
    if (lesser >= 0) addresses[lesser] = address
    else addresses.push(address)
  }
  const merged = new Set(records.map((record) => record.id))
  return {
    channels,
    addresses,
    roles: [...new Set(ordered.flatMap((record) => record.roles))],
    tags: once(
      ordered.flatMap((record) => record.tags),
      (tag) => tag.id,
    ),
    links: once(
      ordered.flatMap((record) => record.links).filter((link) => !merged.has(link.other.id)),
      (link) => `${link.kind} ${link.outgoing} ${link.other.id}`,
    ),
  }
}
