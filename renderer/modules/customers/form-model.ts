import type { z } from 'zod'
import type { Customer, CustomerInput, CustomerPatch, Link } from '../../../shared/contract/customers.ts'
import { displayName } from '../../../shared/domain/name.ts'
import type {
  AddressType,
  ChannelKind,
  ChannelType,
  LinkKind,
  PartyKind,
  PartyRole,
} from '../../../shared/domain/party.ts'
import { tidy } from '../../../shared/domain/persian-text.ts'

/** Members of lists have a key of their own: the row's id, or `new-N` until they are saved. */
export interface ChannelForm {
  key: string
  kind: ChannelKind
  type: ChannelType
  value: string
}
export interface AddressForm {
  key: string
  type: AddressType
  province: string
  city: string
  address: string
  postal_code: string
}
export interface LinkForm {
  key: string
  kind: LinkKind
  role: string
  outgoing: boolean
  other: z.infer<typeof Link>['other'] | null
}
export interface Birth {
  jm: number
  jd: number
  jy: number | null
}

/** The form of a customer: texts are never null, so that an input always has a value. */
export interface CustomerForm {
  kind: PartyKind
  title: string
  first_name: string
  last_name: string
  company_name: string
  national_id: string
  company_id: string
  economic_code: string
  registration_number: string
  sheba: string
  card_number: string
  blacklist_reason: string
  about: string
  birth: Birth | null
  credit_limit: number | null
  blacklisted: boolean
  source_id: string | null
  owner_id: string | null
  roles: PartyRole[]
  tag_ids: string[]
  channels: ChannelForm[]
  addresses: AddressForm[]
  links: LinkForm[]
}

const TEXTS = [
  'title',
  'first_name',
  'last_name',
  'company_name',
  'national_id',
  'company_id',
  'economic_code',
  'registration_number',
  'sheba',
  'card_number',
  'blacklist_reason',
  'about',
] as const
export type TextKey = (typeof TEXTS)[number]

export const isNew = (key: string) => key.startsWith('new-')
/** A key no member of the list has yet. */
export function newKey(list: readonly { key: string }[]): string {
  let n = 1
  while (list.some((each) => each.key === `new-${n}`)) n++
  return `new-${n}`
}

export function emptyForm(kind: PartyKind): CustomerForm {
  const texts = Object.fromEntries(TEXTS.map((key) => [key, ''])) as Record<TextKey, string>
  return {
    kind,
    ...texts,
    birth: null,
    credit_limit: null,
    blacklisted: false,
    source_id: null,
    owner_id: null,
    roles: ['customer'],
    tag_ids: [],
    channels: [{ key: 'new-1', kind: 'phone', type: kind === 'company' ? 'work' : 'mobile', value: '' }],
    addresses: [],
    links: [],
  }
}

export function formOf(customer: Customer): CustomerForm {
  const texts = Object.fromEntries(TEXTS.map((key) => [key, customer[key] ?? ''])) as Record<TextKey, string>
  const { birth_jm: jm, birth_jd: jd, birth_jy: jy } = customer
  return {
    kind: customer.kind,
    ...texts,
    birth: jm !== null && jd !== null ? { jm, jd, jy } : null,
    credit_limit: customer.credit_limit,
    blacklisted: customer.blacklisted,
    source_id: customer.source_id,
    owner_id: customer.owner_id,
    roles: [...customer.roles],
    tag_ids: customer.tags.map((tag) => tag.id),
    channels: customer.channels.map(({ id, kind, type, value }) => ({ key: id, kind, type, value })),
    addresses: customer.addresses.map(({ id, type, ...rest }) => ({
      key: id,
      type,
      province: rest.province ?? '',
      city: rest.city ?? '',
      address: rest.address ?? '',
      postal_code: rest.postal_code ?? '',
    })),
    links: customer.links.map(({ id, kind, role, outgoing, other }) => ({
      key: id,
      kind,
      role: role ?? '',
      outgoing,
      other,
    })),
  }
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const idOf = (key: string) => (isNew(key) ? {} : { id: key })
const orNull = (text: string) => text.trim() || null

/** The lists as the contract takes them, without members that were begun and left empty. */
const listInput = {
  channels: (list: ChannelForm[]) =>
    list
      .filter((each) => each.value.trim())
      .map(({ key, kind, type, value }) => ({ ...idOf(key), kind, type, value: value.trim() })),
  addresses: (list: AddressForm[]) =>
    list
      .filter((each) => each.province || each.city || each.address.trim() || each.postal_code.trim())
      .map(({ key, type, province, city, address, postal_code }) => ({
        ...idOf(key),
        type,
        province: orNull(province),
        city: orNull(city),
        address: orNull(address),
        postal_code: orNull(postal_code),
      })),
  links: (list: LinkForm[]) =>
    list.flatMap(({ key, kind, role, outgoing, other }) =>
      other ? [{ ...idOf(key), kind, role: orNull(role), outgoing, other_id: other.id }] : [],
    ),
}

/** Only what differs from the record the form began with. */
export function patchOf(base: CustomerForm, form: CustomerForm): CustomerPatch {
  const patch: CustomerPatch = {}
  for (const key of TEXTS) if (form[key].trim() !== base[key]) patch[key] = orNull(form[key])
  if (!same(form.birth, base.birth)) {
    patch.birth_jm = form.birth?.jm ?? null
    patch.birth_jd = form.birth?.jd ?? null
    patch.birth_jy = form.birth?.jy ?? null
  }
  if (form.credit_limit !== base.credit_limit) patch.credit_limit = form.credit_limit
  if (form.blacklisted !== base.blacklisted) patch.blacklisted = form.blacklisted
  if (form.source_id !== base.source_id) patch.source_id = form.source_id
  if (form.owner_id !== base.owner_id) patch.owner_id = form.owner_id
  if (!same([...form.roles].sort(), [...base.roles].sort())) patch.roles = form.roles
  if (!same([...form.tag_ids].sort(), [...base.tag_ids].sort())) patch.tag_ids = form.tag_ids
  for (const key of ['channels', 'addresses', 'links'] as const) {
    const next = listInput[key](form[key] as never)
    if (!same(next, listInput[key](base[key] as never))) Object.assign(patch, { [key]: next })
  }
  return patch
}

export const isChanged = (base: CustomerForm, form: CustomerForm) =>
  base.kind !== form.kind || Object.keys(patchOf(base, form)).length > 0

/** A new record: everything that was filled in. */
export function inputOf(form: CustomerForm): CustomerInput {
  const blank = { ...emptyForm(form.kind), roles: [] as PartyRole[] }
  return { kind: form.kind, ...patchOf(blank, form) }
}

/** Has the form what a record needs: a name, or one phone? */
export const isEnough = (form: CustomerForm) =>
  [form.first_name, form.last_name, form.company_name].some((text) => text.trim()) ||
  form.channels.some((each) => each.kind === 'phone' && each.value.trim())

/** The name as the engine will tidy and show it, without asking. */
export const nameOfForm = (form: CustomerForm) =>
  displayName({
    kind: form.kind,
    first_name: tidy(form.first_name) || null,
    last_name: tidy(form.last_name) || null,
    company_name: tidy(form.company_name) || null,
  })
