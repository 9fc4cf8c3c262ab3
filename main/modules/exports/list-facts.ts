import { CHANNEL_KINDS, CHANNEL_TYPES_OF, type ChannelKind, type ChannelType } from '../../../shared/domain/party.ts'
import type { Db } from '../../db/open.ts'

/** What the book has at all, so that a file has no empty columns and enough of the others. Read in one pass over each table. */
export interface ListFacts {
  /** Columns of party that hold something for somebody. */
  filled: ReadonlySet<string>
  /** The most channels of this kind and type that anybody has. */
  channels: ReadonlyArray<{ kind: ChannelKind; type: ChannelType; most: number }>
  addresses: number
  /** Lists that anybody has. */
  lists: ReadonlySet<'work' | 'relations' | 'tags' | 'groups'>
}

const COLUMNS = [
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
  'birth_jy',
  'birth_jm',
  'credit_limit',
  'about',
  'source_id',
  'owner_id',
  'last_contact',
  'next_contact',
] as const

const LISTS = {
  work: "SELECT 1 FROM party_link WHERE kind = 'works_at' AND deleted = 0",
  // A second workplace is told there too.
  relations: `SELECT 1 FROM party_link WHERE kind <> 'works_at' AND deleted = 0
    UNION ALL SELECT 1 FROM party_link WHERE deleted = 0 GROUP BY from_id HAVING count(*) > 1`,
  tags: "SELECT 1 FROM tag WHERE kind = 'tag' AND deleted = 0",
  groups: "SELECT 1 FROM tag WHERE kind = 'group' AND deleted = 0",
}
type List = keyof typeof LISTS

export function factsOf(db: Db): ListFacts {
  const one = (sql: string) => (db.prepare(sql).get() ?? {}) as Record<string, number | null>
  const party = one(
    `SELECT ${COLUMNS.map((c) => `max(${c} IS NOT NULL) AS ${c}`).join(', ')} FROM party WHERE deleted = 0`,
  )
  const kinds = CHANNEL_KINDS.flatMap((kind) => CHANNEL_TYPES_OF[kind].map((type) => ({ kind, type })))
  // Grouped in the order of the index, so that nothing is sorted or kept.
  const counts = one(
    `SELECT ${kinds.map((_, i) => `max(n${i}) AS n${i}`).join(', ')} FROM (
       SELECT ${kinds.map(({ kind, type }, i) => `sum(kind = '${kind}' AND ${typeIs(kind, type)}) AS n${i}`).join(', ')}
       FROM party_channel WHERE deleted = 0 GROUP BY party_id)`,
  )
  const { n } = one(
    'SELECT max(n) AS n FROM (SELECT count(*) AS n FROM party_address WHERE deleted = 0 GROUP BY party_id)',
  )
  return {
    filled: new Set(COLUMNS.filter((c) => party[c] === 1)),
    channels: kinds.map((k, i) => ({ ...k, most: counts[`n${i}`] ?? 0 })),
    addresses: n ?? 0,
    lists: new Set(
      Object.keys(LISTS).filter((list) => one(`SELECT EXISTS (${LISTS[list as List]}) AS n`)['n'] === 1) as List[],
    ),
  }
}

/** A type that this version does not know is one of the others. */
function typeIs(kind: ChannelKind, type: ChannelType): string {
  if (type !== 'other') return `type = '${type}'`
  const known = CHANNEL_TYPES_OF[kind].filter((t) => t !== 'other')
  return `type NOT IN (${known.map((t) => `'${t}'`).join()})`
}

/** The type a channel counts as: its own, or «other». */
export function typeOf(kind: ChannelKind, type: string): ChannelType {
  return CHANNEL_TYPES_OF[kind].find((known) => known === type) ?? 'other'
}
