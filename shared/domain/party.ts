/** The fixed word lists of a party. What users may edit (tags, sources) lives in tables instead. Names on screen: locales `customers`. */
export const PARTY_KINDS = ['person', 'company'] as const
export type PartyKind = (typeof PARTY_KINDS)[number]
export const PARTY_ROLES = ['customer', 'supplier', 'partner', 'staff'] as const
export type PartyRole = (typeof PARTY_ROLES)[number]
export const CHANNEL_KINDS = ['phone', 'email', 'link'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]
export const CHANNEL_TYPES = [
  'mobile',
  'home',
  'work',
  'fax',
  'website',
  'instagram',
  'telegram',
  'whatsapp',
  'bale',
  'eitaa',
  'rubika',
  'other',
] as const
export type ChannelType = (typeof CHANNEL_TYPES)[number]
/** Which types a kind offers, the usual one first. */
export const CHANNEL_TYPES_OF: Record<ChannelKind, readonly ChannelType[]> = {
  phone: ['mobile', 'work', 'home', 'fax', 'other'],
  email: ['work', 'home', 'other'],
  link: ['website', 'instagram', 'telegram', 'whatsapp', 'bale', 'eitaa', 'rubika', 'other'],
}
export const ADDRESS_TYPES = ['work', 'home', 'shop', 'warehouse', 'other'] as const
export type AddressType = (typeof ADDRESS_TYPES)[number]
/** From → to: works at (a company), refers (introduced), decides for, family of. */
export const LINK_KINDS = ['works_at', 'refers', 'decides_for', 'family'] as const
export type LinkKind = (typeof LINK_KINDS)[number]
export const TRADES = ['shop', 'service', 'distribution', 'clinic', 'school', 'other'] as const
export type Trade = (typeof TRADES)[number]
