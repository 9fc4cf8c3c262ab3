/**
 * Which fields hold the id of another row. One list: names for people, «does anything still hang on this row?», and what goes along when a
 * customer is merged into another.
 */
export interface Reference {
  table: string
  field: string
  to: 'party' | 'user' | 'tag' | 'source' | 'activity' | 'list_item' | 'task'
  /** The row belongs to what it points at and says nothing without it: such a field is plumbing, not news. */
  part?: true
  /** A mark about the row: it does not keep it from being taken back, and whoever reads it follows `merged_into`, so a merge leaves it alone. */
  mark?: true
  /** Two rows of one customer that agree in these columns are the same thing: of a merged one such a row stays behind. */
  alike?: readonly string[]
}

export const REFERENCES: readonly Reference[] = [
  { table: 'party', field: 'source_id', to: 'source' },
  { table: 'party', field: 'owner_id', to: 'user' },
  { table: 'party', field: 'merged_into', to: 'party' },
  { table: 'party_channel', field: 'party_id', to: 'party', part: true },
  { table: 'party_address', field: 'party_id', to: 'party', part: true },
  { table: 'party_link', field: 'from_id', to: 'party', part: true },
  { table: 'party_link', field: 'to_id', to: 'party' },
  { table: 'party_role', field: 'party_id', to: 'party', part: true },
  { table: 'party_tag', field: 'party_id', to: 'party', part: true },
  { table: 'party_tag', field: 'tag_id', to: 'tag' },
  { table: 'activity', field: 'user_id', to: 'user' },
  { table: 'activity_party', field: 'party_id', to: 'party', part: true, alike: ['activity_id'] },
  { table: 'activity_party', field: 'activity_id', to: 'activity', part: true },
  { table: 'activity', field: 'outcome_id', to: 'list_item' },
  { table: 'activity', field: 'task_id', to: 'task', mark: true },
  { table: 'mention', field: 'activity_id', to: 'activity', part: true },
  { table: 'mention', field: 'user_id', to: 'user' },
  { table: 'task', field: 'party_id', to: 'party' },
  { table: 'task', field: 'owner_id', to: 'user' },
  { table: 'task', field: 'user_id', to: 'user' },
  { table: 'task', field: 'closed_by', to: 'user' },
  { table: 'task', field: 'handed_by', to: 'user' },
  { table: 'task', field: 'series_id', to: 'task', mark: true },
  { table: 'task_check', field: 'task_id', to: 'task', part: true },
  { table: 'reminder', field: 'task_id', to: 'task', part: true },
  { table: 'lead', field: 'source_id', to: 'source' },
  { table: 'lead', field: 'owner_id', to: 'user' },
  { table: 'lead', field: 'user_id', to: 'user' },
  { table: 'lead', field: 'reason_id', to: 'list_item' },
  { table: 'lead', field: 'party_id', to: 'party' },
  { table: 'party_distinct', field: 'a_id', to: 'party', part: true, mark: true },
  { table: 'party_distinct', field: 'b_id', to: 'party', mark: true },
]

export function referenceOf(table: string, field: string): Reference | undefined {
  return REFERENCES.find((r) => r.table === table && r.field === field)
}

/** How to find the rows of a customer, and the customer of a row. */
export const PARTY_OF: Readonly<Record<string, string>> = {
  party: 'id',
  party_channel: 'party_id',
  party_address: 'party_id',
  party_link: 'from_id',
  party_role: 'party_id',
  party_tag: 'party_id',
  activity_party: 'party_id',
  task: 'party_id',
  lead: 'party_id',
  party_distinct: 'a_id',
}
