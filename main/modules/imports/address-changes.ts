import type { CustomerPatch } from '../../../shared/contract/customers.ts'
import type { DuplicateChange } from '../../../shared/contract/imports.ts'
import { fold } from '../../../shared/domain/persian-text.ts'
import { plainNumber } from '../customers/identity.ts'

export type Address = NonNullable<CustomerPatch['addresses']>[number]
/** 'fill': only what is empty. 'update': what the row says wins. Either way nothing is taken out of a list, and nothing is emptied. */
export type Mode = 'fill' | 'update'

/** Two spellings of one text give the same. */
export const same = (text: string): string => fold(text).replace(/[\s\u200c]/g, '')

const PARTS = ['province', 'city', 'address', 'postal_code'] as const
type Part = (typeof PARTS)[number]

/**
 * The addresses of someone with those of a row: one that is there already gets the parts it lacks, one that says more than a city is added.
 * 'update' also moves a lone city («now in شیراز»), which has no street that would go with it.
 */
export function addressChanges(
  existing: readonly Address[],
  given: readonly Address[],
  mode: Mode,
): { whole: Address[]; list: DuplicateChange[] } {
  const whole = existing.map((a) => ({ ...a }))
  const list: DuplicateChange[] = []
  for (const as of given) {
    const address = { ...as, postal_code: plainNumber('postal_code', as.postal_code) }
    const known = whole.find((one) => isSame(one, address))
    const lone = !known && mode === 'update' && whole.length === 1 && !whole[0]!.address && !address.address
    if (known) put(known, address, (part) => !known[part], list)
    else if (lone) put(whole[0]!, address, () => true, list)
    else if ((address.address || whole.length === 0) && whole.length < 50) {
      whole.push({ ...address })
      for (const part of PARTS) if (address[part]) list.push({ field: part, from: null, to: address[part] })
    }
  }
  return { whole, list }
}

/** No part differs, and the street, where both have one, is the same. */
function isSame(one: Address, other: Address): boolean {
  return PARTS.every((part) => !one[part] || !other[part] || same(one[part]) === same(other[part]))
}

function put(into: Address, from: Address, may: (part: Part) => boolean, list: DuplicateChange[]): void {
  for (const part of PARTS) {
    const value = from[part]
    if (!value || value === into[part] || !may(part)) continue
    list.push({ field: part, from: into[part] ?? null, to: value })
    into[part] = value
  }
}
