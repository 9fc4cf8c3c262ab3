import type { CustomerInput, CustomerPatch } from '../../../shared/contract/customers.ts'
import type { nameTokens } from '../../../shared/domain/search-tokens.ts'
import { type ChannelValues, type Derived, derive, readChannel } from './derive.ts'
import { plainNumber } from './identity.ts'

type List<K extends keyof CustomerInput> = NonNullable<CustomerInput[K]>

/** What a new customer needs to know of the book. */
export interface Surroundings {
  areaCode(): string | null
  /** Names of the tags and of the companies it works at. */
  tags: readonly string[]
  companies: readonly string[]
  /** nameTokens, or one that remembers what it has taken apart. */
  wordsOf?: typeof nameTokens
}

/** The rows a new customer is made of, but for their ids; worked out without the book, so in any thread. */
export interface NewCustomer {
  /** Columns of party: those given, and the derived ones; undefined ones take the default of the schema. */
  party: ReturnType<typeof columnsOf> & Omit<Derived, 'tokens'> & Pick<CustomerInput, 'kind'>
  channels: Array<Omit<List<'channels'>[number], 'id'> & ChannelValues & { position: number }>
  addresses: Array<ReturnType<typeof addressOf>>
  roles: readonly string[]
  /** '' when there is no name to list it under. */
  tokens: string
}

export function newCustomer(input: CustomerInput, { areaCode, tags, companies, wordsOf }: Surroundings): NewCustomer {
  const channels = (input.channels ?? []).map(({ kind, type, value }, position) => {
    const { key, e164 } = readChannel(kind, value, areaCode)
    return { kind, type, value, e164, position, key }
  })
  const places = input.addresses ?? []
  const phones = channels.filter((c) => c.kind === 'phone')
  const { tokens, ...derived } = derive({ party: input, phones, places, companies, tags }, wordsOf)
  return {
    party: { ...columnsOf(input), kind: input.kind, ...derived },
    channels,
    addresses: places.map(addressOf),
    roles: input.roles?.length ? input.roles : ['customer'],
    tokens,
  }
}

/** Columns of party from what was given; what was not given stays undefined. */
export function columnsOf(input: CustomerPatch) {
  const { channels: _c, addresses: _a, links: _l, roles: _r, tag_ids: _t, blacklisted, ...rest } = input
  return {
    ...rest,
    blacklisted: blacklisted === undefined ? undefined : blacklisted ? 1 : 0,
    national_id: plainNumber('national_id', rest.national_id),
    company_id: plainNumber('company_id', rest.company_id),
    economic_code: plainNumber('economic_code', rest.economic_code),
    sheba: plainNumber('sheba', rest.sheba),
    card_number: plainNumber('card_number', rest.card_number),
  }
}

/** Columns of party_address from what was given and where it stands in the list. */
export function addressOf({ id: _, ...rest }: List<'addresses'>[number], position: number) {
  return { ...rest, postal_code: plainNumber('postal_code', rest.postal_code), position }
}
