import { displayName, sortName } from '../../../shared/domain/name.ts'
import { fold, toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { formatPhone, parsePhone } from '../../../shared/domain/phone.ts'
import { digitTokens, nameTokens } from '../../../shared/domain/search-tokens.ts'
import { sortKey } from '../../../shared/domain/sort-key.ts'

/** All that the derived columns and the search row of a party are made from. */
export interface Sources {
  party: {
    kind: 'person' | 'company'
    title?: string | null | undefined
    first_name?: string | null | undefined
    last_name?: string | null | undefined
    company_name?: string | null | undefined
    national_id?: string | null | undefined
    company_id?: string | null | undefined
    economic_code?: string | null | undefined
  }
  /** In their order; `key` as keyOf makes it. */
  phones: ReadonlyArray<{ value: string; e164: string | null; key: string }>
  places: ReadonlyArray<{ province?: string | null | undefined; city?: string | null | undefined }>
  /** Names of the companies the person works at. */
  companies: readonly string[]
  /** Names of tags and groups. */
  tags: readonly string[]
}

export interface Derived {
  name: string
  name_sort: string
  city: string | null
  province: string | null
  city_sort: string
  phones: string
  /** The row of party_fts: distinct tokens. */
  tokens: string
}

/**
 * Reads a channel as it is written for the first time. An eight-digit number gets the area code the business has at that time, which is
 * asked for only then; its e164 keeps it, so that the number stays what it was when the business changes its code.
 */
export function readChannel(kind: string, value: string, areaCode: () => string | null): ChannelValues {
  if (kind !== 'phone') return { key: keyOf({ kind, value, e164: null }), e164: null }
  let phone = parsePhone(value)
  if (!phone.ok && phone.reason === 'needs_area_code') phone = parsePhone(value, { areaCode: areaCode() ?? undefined })
  return { key: phone.national, e164: phone.ok ? phone.e164 : null }
}
export interface ChannelValues {
  key: string
  e164: string | null
}

/** What «exists already?» compares: national digits of a phone, an e-mail in lower case, nothing for a link. Hangs on the row alone. */
export function keyOf({ kind, value, e164 }: { kind: string; value: string; e164: string | null }): string {
  if (kind === 'phone') return parsePhone(e164 ?? value).national
  return kind === 'email' ? value.toLowerCase() : ''
}

/** Of a row of its own columns; '' of one that has no name. */
export function nameSortOf(value: (column: string) => unknown): string {
  const text = (column: string) => (value(column) as string | null) ?? null
  const parts = {
    kind: value('kind') === 'company' ? ('company' as const) : ('person' as const),
    first_name: text('first_name'),
    last_name: text('last_name'),
    company_name: text('company_name'),
  }
  return sortKey(sortName(parts))
}

/** A customer known by a phone only is listed under it. @param wordsOf nameTokens, or one that remembers what it has taken apart */
export function derive({ party, phones, places, companies, tags }: Sources, wordsOf = nameTokens): Derived {
  const parts = {
    kind: party.kind,
    first_name: party.first_name ?? null,
    last_name: party.last_name ?? null,
    company_name: party.company_name ?? null,
  }
  const named = displayName(parts)
  const shown = named || (phones[0] ? formatPhone(phones[0].e164 ?? phones[0].value) : '')
  const place = places.find((p) => p.city || p.province)
  const city = place?.city || null
  const tokens = new Set<string>()
  const add = (list: readonly string[]) => {
    for (const token of list) tokens.add(token)
  }
  if (named) addName(add, wordsOf, named)
  if (party.title) add(wordsOf(party.title))
  // A person may also carry a company's name that is no record of its own.
  if (party.kind === 'person' && party.company_name) addName(add, wordsOf, party.company_name)
  for (const company of companies) addName(add, wordsOf, company)
  for (const p of places) {
    if (p.city) add(wordsOf(p.city))
    if (p.province) add(wordsOf(p.province))
  }
  for (const tag of tags) addName(add, wordsOf, tag)
  for (const phone of phones) if (phone.key) add(digitTokens(phone.key))
  for (const code of [party.national_id, party.company_id, party.economic_code]) {
    if (code) add(digitTokens(toLatinDigits(code).replace(/\D/g, '')))
  }
  return {
    name: shown,
    name_sort: sortKey(named ? sortName(parts) : shown),
    city,
    province: place?.province || null,
    city_sort: city ? sortKey(city) : '',
    phones: phones
      .map((p) => p.key)
      .filter(Boolean)
      .join(' '),
    tokens: [...tokens].join(' '),
  }
}

/** Long numbers inside a name are looked for as digits, so they get the tokens of digits too. */
function addName(add: (tokens: readonly string[]) => void, wordsOf: typeof nameTokens, name: string): void {
  add(wordsOf(name))
  const runs = fold(name).match(/\d{4,}/g)
  if (runs) for (const run of runs) add(digitTokens(run))
}
