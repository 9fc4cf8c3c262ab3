import type { DuplicateReason } from '../../../shared/contract/duplicates.ts'
import type { Facts } from './facts.ts'
import { relate } from './name-key.ts'
import type { Rarity } from './rarity.ts'

export interface Judged {
  /** 0 to 100. */
  score: number
  /** Strongest first. */
  reasons: DuplicateReason[]
}

/** A pair is shown from here on: one strong sign alone, or two weaker ones together. */
export const LIKELY = 40

/*
 * Points, by judgement: an equal id number settles it nearly alone; an equal mobile needs no more, unless the names contradict; a name needs
 * the city or the company beside it, and counts for less the more are called so.
 */
const NUMBERS = { national_id: 90, company_id: 90, economic_code: 70, sheba: 65, card_number: 65 } as const
const MOBILE = 60
const LANDLINE = 45
const EMAIL = 60
const SAME_NAME = 40
const NEAR_NAME = 32
const PART_NAME = 18
const CITY = 15
const COMPANY = 25
const BIRTHDAY = 15

/** Are these one customer, and why? Symmetric. */
export function judge(a: Facts, b: Facts, rarity: Rarity): Judged {
  const found: Array<[DuplicateReason, number]> = []
  let against = 0
  for (const [field, points] of Object.entries(NUMBERS) as Array<[keyof typeof NUMBERS, number]>) {
    if (a[field] === null || b[field] === null) continue
    if (a[field] === b[field]) found.push([field, points])
    // Two ids are two people; two accounts are not.
    else if (field === 'national_id' || field === 'company_id') against += 50
  }
  const phone = shared(a.phones, b.phones, (key) => points(rarity.phone(key), key.startsWith('9') ? MOBILE : LANDLINE))
  if (phone) found.push([phone.owners > 2 ? 'shared_phone' : 'phone', phone.points])
  const email = shared(a.emails, b.emails, (key) => points(rarity.email(key), EMAIL))
  if (email) found.push([email.owners > 2 ? 'shared_email' : 'email', email.points])

  const name = relate(a.name, b.name)
  if (name === 'none') against += 20
  // Nothing contradicts.
  else if (name === 'unknown') against -= 5
  else {
    const byName = namePoints(name, a, b, rarity)
    if (byName > 0) found.push([REASON[name], byName])
  }
  if (a.companies.some((company) => b.companies.includes(company))) found.push(['company', COMPANY])
  if (a.city && b.city) {
    if (a.city === b.city) found.push(['city', CITY])
    else against += 10
  }
  if (a.birthday && b.birthday) {
    if (a.birthday === b.birthday) found.push(['birthday', BIRTHDAY])
    else against += 15
  }
  if (a.kind !== b.kind) against += 10
  const score = found.reduce((sum, [, p]) => sum + p, 0) - against
  const reasons = found.sort((x, y) => y[1] - x[1]).map(([reason]) => reason)
  return { score: Math.max(0, Math.min(100, Math.round(score))), reasons }
}

const REASON = { same: 'same_name', near: 'near_name', part: 'part_name' } as const

/** What is on more records says less, and on many nothing. */
function points(owners: number, full: number): { owners: number; points: number } {
  const less = owners <= 2 ? 0 : owners === 3 ? 10 : owners <= 5 ? 20 : owners <= 20 ? 35 : full
  return { owners, points: Math.max(0, full - less) }
}

function shared(
  a: readonly string[],
  b: readonly string[],
  worth: (key: string) => { owners: number; points: number },
) {
  let best: { owners: number; points: number } | null = null
  for (const key of a) {
    if (!b.includes(key)) continue
    const one = worth(key)
    if (!best || one.points > best.points) best = one
  }
  return best
}

/** The more are called so, the likelier these are two of them: five points less for each doubling. */
function namePoints(relation: keyof typeof REASON, a: Facts, b: Facts, rarity: Rarity): number {
  if (relation === 'part') return PART_NAME
  const holders = a.nameSort === b.nameSort ? Math.max(rarity.name(a), rarity.name(b)) : rarity.name(a) + rarity.name(b)
  const full = relation === 'same' ? SAME_NAME : NEAR_NAME
  return Math.max(0, full - Math.round(5 * Math.log2(Math.max(1, holders - 1))))
}
