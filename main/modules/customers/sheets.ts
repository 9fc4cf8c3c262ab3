import type { ExportSheet } from '../exports/sheet.ts'

const party = { to: 'party', show: 'name' } as const
/** What belongs to a customer goes with them. */
const ofParty = [['party_id', 'party']] as const

/** The customer book as tables of open files. Derived keys stay behind; the name is one that people need. */
export const customerSheets: readonly ExportSheet[] = [
  {
    table: 'party',
    columns: {
      kind: 'text',
      name: 'text',
      title: 'text',
      first_name: 'text',
      last_name: 'text',
      company_name: 'text',
      national_id: 'text',
      company_id: 'text',
      economic_code: 'text',
      registration_number: 'text',
      sheba: 'text',
      card_number: 'text',
      birth_jy: 'number',
      birth_jm: 'number',
      birth_jd: 'number',
      credit_limit: 'number',
      about: 'text',
      source_id: { to: 'source', show: 'name' },
      owner_id: { to: 'user', show: 'name' },
      quiet_until: 'day',
      merged_into: party,
      blacklisted: 'flag',
      blacklist_reason: 'text',
    },
    private: ['blacklisted', 'blacklist_reason'],
  },
  {
    table: 'party_channel',
    columns: { party_id: party, kind: 'text', type: 'text', value: 'text', e164: 'text', position: 'number' },
    partOf: ofParty,
  },
  {
    table: 'party_address',
    columns: {
      party_id: party,
      type: 'text',
      province: 'text',
      city: 'text',
      address: 'text',
      postal_code: 'text',
      position: 'number',
    },
    partOf: ofParty,
  },
  {
    table: 'party_link',
    columns: { from_id: party, to_id: party, kind: 'text', role: 'text', position: 'number' },
    partOf: [
      ['from_id', 'party'],
      ['to_id', 'party'],
    ],
  },
  { table: 'party_role', columns: { party_id: party, role: 'text' }, partOf: ofParty },
  { table: 'tag', columns: { name: 'text', kind: 'text', color: 'text' } },
  {
    table: 'party_tag',
    columns: { party_id: party, tag_id: { to: 'tag', show: 'name' } },
    partOf: [
      ['party_id', 'party'],
      ['tag_id', 'tag'],
    ],
  },
  { table: 'source', columns: { name: 'text', position: 'number' } },
]
