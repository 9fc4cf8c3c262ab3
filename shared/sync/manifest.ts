/**
 * What is synced, under numbers that never change: the change log and the wire know tables and fields only by these ids (SYNC.md 5, 10).
 * Additive for ever: an id is never reused and never retyped, a dropped field keeps its line. tests/unit/sync-manifest.test.ts holds the
 * snapshot and compares it with the drizzle tables and with the migrated database.
 *
 * Not here, so not captured: `pk`, `updated_at`, and derived columns, which every device makes for itself.
 */
export type FieldType = 'text' | 'integer'
/** How two concurrent values become one (SYNC.md 7). Fields of one group share a stamp: the codec completes a group, the log holds what changed. */
export type MergeClass = 'lww' | 'text' | { group: string }

export interface FieldSpec {
  readonly id: number
  readonly name: string
  readonly type: FieldType
  readonly merge: MergeClass
}

export interface TableSpec {
  readonly id: number
  readonly name: string
  /** 'set': rows are members, id = UUIDv5, add wins. */
  readonly kind: 'rows' | 'set'
  readonly fields: readonly FieldSpec[]
}

/** Ids 1 to 9 are the fields every synced table has. */
export const FIELD_ID = 1
export const FIELD_CREATED_AT = 2
export const FIELD_DELETED = 3

const text = (id: number, name: string, merge: MergeClass = 'lww'): FieldSpec => ({ id, name, type: 'text', merge })
const integer = (id: number, name: string, merge: MergeClass = 'lww'): FieldSpec => ({
  id,
  name,
  type: 'integer',
  merge,
})

function table(id: number, name: string, fields: FieldSpec[], kind: TableSpec['kind'] = 'rows'): TableSpec {
  const common = [text(FIELD_ID, 'id'), integer(FIELD_CREATED_AT, 'created_at'), integer(FIELD_DELETED, 'deleted')]
  return { id, name, kind, fields: [...common, ...fields] }
}

const birth = { group: 'birth' }
const blacklist = { group: 'blacklist' }
const place = { group: 'place' }
const channel = { group: 'channel' }
const tie = { group: 'tie' }
const when = { group: 'when' }
const due = { group: 'due' }
const closing = { group: 'closing' }
const hand = { group: 'hand' }

export const MANIFEST: readonly TableSpec[] = [
  table(1, 'party', [
    text(10, 'kind'),
    text(11, 'title'),
    text(12, 'first_name'),
    text(13, 'last_name'),
    text(14, 'company_name'),
    text(15, 'national_id'),
    text(16, 'company_id'),
    text(17, 'economic_code'),
    text(18, 'registration_number'),
    text(19, 'sheba'),
    text(20, 'card_number'),
    integer(21, 'birth_jy', birth),
    integer(22, 'birth_jm', birth),
    integer(23, 'birth_jd', birth),
    integer(24, 'credit_limit'),
    integer(25, 'blacklisted', blacklist),
    text(26, 'blacklist_reason', blacklist),
    text(27, 'about', 'text'),
    text(28, 'source_id'),
    text(29, 'owner_id'),
    text(30, 'merged_into'),
    text(31, 'quiet_until'),
  ]),
  table(2, 'party_channel', [
    text(10, 'party_id'),
    text(11, 'kind'),
    text(12, 'type'),
    text(13, 'value', channel),
    text(14, 'e164', channel),
    integer(15, 'position'),
  ]),
  table(3, 'party_address', [
    text(10, 'party_id'),
    text(11, 'type'),
    text(12, 'province', place),
    text(13, 'city', place),
    text(14, 'address', place),
    text(15, 'postal_code', place),
    integer(16, 'position'),
  ]),
  table(4, 'party_link', [
    text(10, 'from_id', tie),
    text(11, 'to_id', tie),
    text(12, 'kind'),
    text(13, 'role'),
    integer(14, 'position'),
  ]),
  table(5, 'party_role', [text(10, 'party_id'), text(11, 'role')], 'set'),
  table(6, 'tag', [text(10, 'name'), text(11, 'color'), text(12, 'kind')]),
  table(7, 'party_tag', [text(10, 'party_id'), text(11, 'tag_id')], 'set'),
  table(8, 'source', [text(10, 'name'), integer(11, 'position')]),
  table(9, 'activity', [
    text(10, 'kind'),
    text(11, 'body', 'text'),
    integer(12, 'at', when),
    text(13, 'local_date', when),
    text(14, 'user_id'),
    integer(15, 'pinned'),
    text(16, 'direction'),
    text(17, 'channel'),
    text(18, 'outcome_id'),
    integer(19, 'minutes'),
    text(20, 'task_id'),
    text(21, 'occasion'),
  ]),
  table(10, 'activity_party', [text(10, 'activity_id'), text(11, 'party_id')]),
  table(11, 'saved_view', [text(10, 'name'), text(11, 'definition'), integer(12, 'position')]),
  table(12, 'user', [text(10, 'name'), text(11, 'color'), text(12, 'role'), text(13, 'share')]),
  table(13, 'setting', [text(10, 'key'), text(11, 'value')]),
  table(14, 'party_distinct', [text(10, 'a_id', tie), text(11, 'b_id', tie)], 'set'),
  table(15, 'list_item', [text(10, 'list'), text(11, 'name'), integer(12, 'position')]),
  table(16, 'mention', [text(10, 'activity_id'), text(11, 'user_id'), integer(12, 'seen_at')]),
  table(17, 'task', [
    text(10, 'kind'),
    text(11, 'title'),
    text(12, 'body', 'text'),
    text(13, 'party_id'),
    text(14, 'owner_id', hand),
    text(15, 'user_id'),
    text(16, 'due_date', due),
    integer(17, 'due_minute', due),
    integer(18, 'minutes'),
    integer(19, 'priority'),
    text(20, 'status', closing),
    integer(21, 'closed_at', closing),
    text(22, 'closed_by', closing),
    text(23, 'rule'),
    text(24, 'series_id'),
    text(25, 'handed_by', hand),
    integer(26, 'handed_at', hand),
    text(27, 'handed_note', hand),
    integer(28, 'handed_seen_at'),
    text(29, 'rule_date'),
  ]),
  table(18, 'task_check', [text(10, 'task_id'), text(11, 'text'), integer(12, 'done'), integer(13, 'position')]),
  table(19, 'reminder', [text(10, 'task_id'), integer(11, 'before'), integer(12, 'snoozed_at')]),
  table(20, 'lead', [
    text(10, 'name'),
    text(11, 'company'),
    text(12, 'phone', channel),
    text(13, 'e164', channel),
    text(14, 'email'),
    text(15, 'city'),
    text(16, 'body', 'text'),
    text(17, 'source_id'),
    text(18, 'owner_id'),
    text(19, 'user_id'),
    integer(20, 'at'),
    text(21, 'status', closing),
    integer(22, 'closed_at', closing),
    text(23, 'reason_id', closing),
    text(24, 'party_id', closing),
  ]),
  table(21, 'holiday', [text(10, 'date'), text(11, 'name'), text(12, 'kind')]),
]

/** change.kind */
export const KIND = { put: 1, patch: 2, fill: 3 } as const

export function tableByName(name: string): TableSpec | undefined {
  return MANIFEST.find((t) => t.name === name)
}
export function tableById(id: number): TableSpec | undefined {
  return MANIFEST.find((t) => t.id === id)
}
